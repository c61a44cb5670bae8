"""One worker that reads every page of `evil.PAGES` at a server and stores what it can.

    python -m tests.ingest.evil_worker http://127.0.0.1:8000

Prints a line of JSON a page, with the largest memory that the process ever had. It is the
kernel's high-water mark of this program alone (VmHWM): ru_maxrss begins with the size of
whoever started it.
"""

import json
import os
import sys
import time
from pathlib import Path

import django


def peak_kib() -> int:
    """The high-water mark of the process in KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def main(base: str) -> None:
    from claims.models import Fetch
    from claims.services import fetching
    from tests.ingest.evil import PAGES

    for path in PAGES:
        started = time.monotonic()
        row = fetching.request_fetch(f"{base}/{path}")
        fetching.perform_fetch(row.pk)
        row = Fetch.objects.get(pk=row.pk)
        told = {
            "path": path,
            "state": row.state,
            "outcome": row.outcome,
            "error": row.error[:300],
            "seconds": round(time.monotonic() - started, 2),
            "peak_kib": peak_kib(),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    main(sys.argv[1])
