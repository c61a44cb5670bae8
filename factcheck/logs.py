"""Structured logs: one line an event, with the id of the request or task it belongs to."""

from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS = ("console", "json")


def exception_as_info(_: Any, __: str, event: Any) -> Any:
    """An exception that is given as a value, not caught here, is logged as if it had been.

    django-structlog does so for a task that was killed at its time limit; the renderers take
    a finished text under that key, or nothing.
    """
    if isinstance(event.get("exception"), BaseException):
        event["exc_info"] = event.pop("exception")
    return event


SHARED_PROCESSORS: list[Any] = [
    exception_as_info,
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def logging_config(*, level: str, form: str) -> dict[str, Any]:
    """Configure structlog and return the ``LOGGING`` dictionary for the standard library.

    Raises ImproperlyConfigured for an unknown level or form.
    """
    if level not in LEVELS:
        raise ImproperlyConfigured(
            f"LOG_LEVEL={level!r} is unknown. Choose one of {', '.join(LEVELS)}."
        )
    if form not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT={form!r} is unknown. Choose console or json.")
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: list[Any] = (
        [structlog.dev.ConsoleRenderer()]
        if form == "console"
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED_PROCESSORS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print each line a second time.
        "loggers": {
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            "trafilatura": {"level": "CRITICAL"},
            "htmldate": {"level": "CRITICAL"},
        },
    }
