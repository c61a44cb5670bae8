"""System checks on settings that only make sense together. Each says what to change."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register

from claims.extraction import ModelUnavailable
from claims.extraction.choice import SETTING, chosen


@register("factcheck")
def limits_fit_together(**_: Any) -> list[CheckMessage]:
    """A task must end before its lease, and the lease before the broker hands it out again."""
    found: list[CheckMessage] = []
    if settings.EXTRACTION_TIME_LIMIT_SECONDS >= settings.EXTRACTION_LEASE_SECONDS:
        found.append(
            Error(
                "EXTRACTION_TIME_LIMIT_SECONDS is not below EXTRACTION_LEASE_SECONDS.",
                hint="Raise the lease, or two workers may extract the same article at once.",
                id="factcheck.E001",
            )
        )
    options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    visibility = options.get("visibility_timeout")
    if visibility is not None and visibility <= settings.EXTRACTION_LEASE_SECONDS:
        found.append(
            Error(
                "EXTRACTION_LEASE_SECONDS is not below CELERY_VISIBILITY_TIMEOUT_SECONDS.",
                hint="Raise the visibility timeout, or Redis hands running work out again.",
                id="factcheck.E002",
            )
        )
    return found


@register("factcheck")
def the_engine_can_read(**_: Any) -> list[CheckMessage]:
    """The engine that is set must exist, and its files must be whole."""
    try:
        if chosen() == "model":
            # Imported here: the rules need neither numpy nor onnxruntime.
            from claims.extraction.neural.model import check, threads

            threads()
            check()
    except ValueError as error:
        hint = f"Write {SETTING}=rules or {SETTING}=model."
        return [Error(str(error), hint=hint, id="factcheck.E003")]
    except ModelUnavailable as error:
        hint = f"Restore the file, or write {SETTING}=rules to read by rules alone."
        return [Error(str(error), hint=hint, id="factcheck.E004")]
    return []


@register("factcheck", deploy=True)
def one_machine_parts(**_: Any) -> list[CheckMessage]:
    """Say where a part for one machine is in use; that is right on one machine only."""
    found: list[CheckMessage] = []
    if not settings.DATABASE_URL:
        found.append(
            Info(
                "The embedded PostgreSQL is in use.",
                hint="It is for one machine: set DATABASE_URL where several share the record.",
                id="factcheck.I001",
            )
        )
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        found.append(
            Info(
                "The broker is a folder on this machine.",
                hint="Set CELERY_BROKER_URL=redis://… where workers run on several machines.",
                id="factcheck.I002",
            )
        )
    return found
