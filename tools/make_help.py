"""Print the targets of a Makefile that carry a ``## description``."""

import re
import sys
from pathlib import Path

TARGET = re.compile(r"^([a-z][\w-]*):[^#]*## (.+)$", re.MULTILINE)


def main() -> None:
    for makefile in sys.argv[1:]:
        for name, description in TARGET.findall(Path(makefile).read_text(encoding="utf-8")):
            print(f"  make {name:<14}{description}")


if __name__ == "__main__":
    main()
