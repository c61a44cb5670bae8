"""A desk of claims alone, in a database of its own, for benchmarks of whole tables."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def desk_of(rows: int) -> Iterator[None]:
    """An embedded PostgreSQL with so many invented claims, with topics, history and changes."""
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"VAR_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark-" * 6}
        os.environ |= {"LOG_LEVEL": "WARNING", "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
        os.environ |= {"ENV_FILE": "", "ALLOWED_HOSTS": "localhost"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _fill(rows)
        yield


def _fill(rows: int) -> None:
    from django.db import connection

    from claims.demo import load
    from claims.demo.load.rows import QUOTES_A_CLAIM, Desk, this_moment
    from claims.models import Claim, ClaimTopic, Topic
    from claims.services.copying import copy_rows

    desk = Desk(rows * QUOTES_A_CLAIM, load.people(), seed=1, now=this_moment())
    copy_rows(Topic, desk.topics())
    copy_rows(Claim, desk.claims())
    copy_rows(ClaimTopic, desk.filed())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
