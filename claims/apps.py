"""The app that holds the record, the services on it and their two faces."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Fact-checking"

    def ready(self) -> None:
        from claims import checks  # noqa: F401  registers the system checks
