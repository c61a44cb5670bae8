"""System checks on settings that only make sense together. Each says what to change."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, register
from django.core.checks import Warning as Caution

from claims.extraction import ModelUnavailable
from claims.extraction.choice import SETTING, chosen

LEASE, TIME_LIMIT = "_LEASE_SECONDS", "_TIME_LIMIT_SECONDS"


@register("factcheck")
def limits_fit_together(**_: Any) -> list[CheckMessage]:
    """A task must be over before its lease, and the lease before the broker hands it out again."""
    found: list[CheckMessage] = []
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    for kind in _leased_kinds():
        limit, lease = f"{kind}{TIME_LIMIT}", f"{kind}{LEASE}"
        killed_after = getattr(settings, limit) + settings.HARD_KILL_SECONDS
        if killed_after >= getattr(settings, lease):
            found.append(
                Error(
                    f"{limit} and HARD_KILL_SECONDS together are not below {lease}.",
                    hint="Raise the lease, or two workers may do the same work at once.",
                    id="factcheck.E001",
                )
            )
        if visibility is not None and visibility <= getattr(settings, lease):
            found.append(
                Error(
                    f"{lease} is not below CELERY_VISIBILITY_TIMEOUT_SECONDS.",
                    hint="Raise the visibility timeout, or Redis hands running work out again.",
                    id="factcheck.E002",
                )
            )
    if settings.FETCH_TOTAL_SECONDS >= settings.FETCH_TIME_LIMIT_SECONDS:
        found.append(
            Error(
                "FETCH_TOTAL_SECONDS is not below FETCH_TIME_LIMIT_SECONDS.",
                hint="Raise the time limit: the page is read after it was fetched.",
                id="factcheck.E005",
            )
        )
    if settings.WEBHOOK_TIMEOUT_SECONDS >= settings.WEBHOOK_TIME_LIMIT_SECONDS:
        found.append(
            Error(
                "WEBHOOK_TIMEOUT_SECONDS is not below WEBHOOK_TIME_LIMIT_SECONDS.",
                hint="Raise the time limit: what came of an attempt is written down after it.",
                id="factcheck.E006",
            )
        )
    return found


def _leased_kinds() -> list[str]:
    """The kinds of work that are leased, such as EXTRACTION, by the leases in the settings."""
    # A set: settings that are overridden stand in dir() twice.
    return sorted({name.removesuffix(LEASE) for name in dir(settings) if name.endswith(LEASE)})


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
    if settings.CACHE_URL.startswith("memory:"):
        found.append(
            Info(
                "Requests to the API are counted by each web process for itself.",
                hint="Set CACHE_URL=redis://… where several serve the desk.",
                id="factcheck.I003",
            )
        )
    return found


@register("factcheck", deploy=True)
def fetching_has_an_address(**_: Any) -> list[CheckMessage]:
    """A crawler that cannot be complained to is blocked."""
    if settings.FETCH_CONTACT:
        return []
    return [
        Caution(
            "FETCH_CONTACT is not set: outlets cannot tell who reads their pages.",
            hint="Set it to a web page or an e-mail address that somebody reads.",
            id="factcheck.W001",
        )
    ]
