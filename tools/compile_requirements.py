"""Pin requirements/*.in into requirements/*.txt, with hashes and without any index address."""

import os
import subprocess
import sys
from pathlib import Path

COMMON = [
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version",
    "3.11",
]
# torch's CPU build exists for one platform at a time, so training is pinned for that one.
PLATFORM = {
    "runtime": ["--universal"],
    "dev": ["--universal"],
    "training": ["--python-platform", "x86_64-manylinux_2_28"],
}


def main() -> None:
    uv = Path(sys.executable).parent / "uv"
    # pip's own variable, which uv does not read: where torch's CPU wheel may lie.
    links = [f"--find-links={place}" for place in os.environ.get("PIP_FIND_LINKS", "").split()]
    for name, platform in PLATFORM.items():
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.txt", "--quiet"]
        # The header would repeat options that name places of this machine.
        header = ["--custom-compile-command", "make requirements"]
        subprocess.run(
            [uv, "pip", "compile", *COMMON, *platform, *header, *links, *sys.argv[1:], *files],
            check=True,
        )


if __name__ == "__main__":
    main()
