"""Django's PostgreSQL backend on an embedded server (see `server`).

    DATABASES = {
        "default": {
            "ENGINE": "factcheck.postgres",
            "NAME": "factcheck",  # made when it is missing
            "DATA_DIR": BASE_DIR / "var" / "postgres",  # made when it is missing
            "SOCKET_DIR": ...,  # optional: where the socket goes if DATA_DIR's path is too long
        }
    }

Nothing is started, made or looked at before the first connection.
"""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient
from django.db.utils import OperationalError

from factcheck.postgres import cluster
from factcheck.postgres.errors import ServerError
from factcheck.postgres.server import EmbeddedServer


class EmbeddedPostgresError(OperationalError, CommandError):
    """The embedded server cannot be used; the message says why and what to do.

    An OperationalError for code that retries when the database is away, and a CommandError so
    that manage.py shows the message alone (all of it with --traceback).
    """


@contextlib.contextmanager
def _for_django() -> Iterator[None]:
    try:
        yield
    except ServerError as error:
        raise EmbeddedPostgresError(str(error)) from error


class DatabaseClient(PostgresClient):
    """`manage.py dbshell` with the psql that came with the server."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [str(cluster.programs() / "psql"), *arguments[1:]], environment

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A PostgreSQL connection that brings its server along."""

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        if not settings_dict.get("DATA_DIR"):
            raise ImproperlyConfigured(
                f"DATABASES[{alias!r}] needs a DATA_DIR, the directory for the embedded "
                "PostgreSQL's data."
            )
        with _for_django():
            self.server = EmbeddedServer(
                settings_dict["DATA_DIR"], settings_dict.get("SOCKET_DIR") or None
            )
        info = self.server.info
        where = {"HOST": info.host, "PORT": str(info.port), "USER": info.user, "PASSWORD": ""}
        super().__init__({**settings_dict, **where}, alias)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection; starts the server, and makes the database, if they are not there.

        Raises EmbeddedPostgresError where the server cannot be had, else what psycopg raises.
        """
        with _for_django():
            if not self.server.used_here:
                self.server.ensure_running()
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            # The server was killed or is just starting, or the database is not there yet.
            with _for_django():
                self.server.ensure_running()
            self._create_missing_database(conn_params)
            return super().get_new_connection(conn_params)

    def _create_missing_database(self, conn_params: dict[str, Any]) -> None:
        name = self.settings_dict["NAME"]
        if not name or conn_params.get("dbname") != name:
            return
        # Not _nodb_cursor(), which would come back to this very method.
        maintenance = super().get_new_connection({**conn_params, "dbname": "postgres"})
        with contextlib.closing(maintenance) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                # Of several processes that find it missing one makes it, the others wait here.
                cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {self.ops.quote_name(name)}")
