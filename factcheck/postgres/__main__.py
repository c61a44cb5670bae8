"""python -m factcheck.postgres status|stop|dsn [DATA_DIR]: looks after an embedded server.

status  says whether it runs (exit status 0) or not (1)
stop    stops it, whoever uses it; a process that still needs it starts it again
dsn     prints how a client reaches it while it runs
"""

import argparse
import sys
from pathlib import Path

from factcheck.postgres.errors import ServerError
from factcheck.postgres.server import EmbeddedServer

DEFAULT_DATA_DIR = Path(__file__).resolve().parents[2] / "var" / "postgres"
DATABASE = "factcheck"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m factcheck.postgres", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("action", choices=["status", "stop", "dsn"])
    parser.add_argument("data_dir", nargs="?", type=Path, default=DEFAULT_DATA_DIR)
    options = parser.parse_args()
    try:
        server = EmbeddedServer(options.data_dir)
        if options.action == "dsn":
            print(server.info.dsn(DATABASE))
            return 0
        if options.action == "stop":
            print("stopped" if server.stop() else "was not running")
            return 0
        running = server.is_running()
    except ServerError as error:
        sys.exit(str(error))
    print(f"{'running' if running else 'not running'}: {server.data_dir}")
    return 0 if running else 1


if __name__ == "__main__":
    sys.exit(main())
