"""Run the benchmarks that need nothing but this checkout, one after the other."""

import subprocess
import sys

SCRIPTS = ("benchmarks.extraction_speed", "benchmarks.store_rows")


def main() -> int:
    failed = [
        name for name in SCRIPTS if subprocess.run([sys.executable, "-m", name]).returncode != 0
    ]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
