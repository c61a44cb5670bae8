"""The history of one row, from the events that its triggers wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.utils.timezone import localtime

from claims.selectors import visible
from claims.selectors.visibility import SEE_CONFIDENTIAL

# Counters and copies that tell an editor nothing.
SILENT = frozenset({"version", "created_at", "updated_at", "key", "url_hash", "lease_token"})
SHOWN_CHARACTERS = 300
SHOWN_EVENTS = 200
VERBS = {"insert": "Added", "update": "Changed", "delete": "Removed"}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, in words."""

    field: str
    before: str
    after: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: when, who, what happened, and which fields differ from the event before."""

    at: datetime
    who: str
    verb: str
    changes: list[Change]


def is_tracked(model: type[models.Model]) -> bool:
    """Whether the rows of ``model`` leave events."""
    return event_model(model) is not None


def event_model(model: type[models.Model]) -> Any:
    """The model of the events of ``model``, or None."""
    for relation in model._meta.related_objects:
        if hasattr(relation.related_model, "pgh_tracked_model") and relation.name == "events":
            return relation.related_model
    return None


def entries(row: models.Model, viewer: Any) -> list[Entry]:
    """The newest events of ``row`` that ``viewer`` may know of, the newest first."""
    # One more than is shown, for the oldest one shown to be compared with.
    newest = event_model(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id")
    events = list(visible_events(newest, viewer)[: SHOWN_EVENTS + 1])[::-1]
    told = _tell(type(row), events, viewer)
    return told[::-1][:SHOWN_EVENTS]


def changes_since(row: models.Model, version: int, viewer: Any) -> tuple[list[Entry], Any]:
    """What happened to ``row`` after its ``version``, the oldest first, and that version's event.

    The event is None where the history does not reach back that far.
    """
    since = event_model(type(row)).objects.filter(pgh_obj_id=row.pk, version__gte=version)
    events = list(visible_events(since, viewer).order_by("pgh_id"))
    base = next((event for event in events if event.version == version), None)
    told = _tell(type(row), events, viewer)
    return [entry for entry, e in zip(told, events, strict=True) if e.version > version], base


def visible_events(events: Any, viewer: Any) -> Any:
    """Without what a row said while it was confidential, where that is kept from ``viewer``."""
    named = {field.name for field in events.model._meta.fields}
    if "is_confidential" in named and not viewer.has_perm(SEE_CONFIDENTIAL):
        return events.exclude(is_confidential=True)
    return events


def _tell(model: type[models.Model], events: list[Any], viewer: Any) -> list[Entry]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name not in SILENT
        and not field.primary_key
        and events
        and hasattr(events[0], field.attname)
    ]
    people = _people(events)
    names = _names(fields, events, viewer)
    told = []
    before = None
    for event in events:
        changes = []
        for field in fields:
            old: Any = getattr(before, field.attname) if before is not None else None
            new = getattr(event, field.attname)
            if old != new and not (before is None and new in ("", [], {})):
                changes.append(
                    Change(
                        field=str(field.verbose_name),
                        before=_words(field, old, names),
                        after=_words(field, new, names),
                        name=field.name,
                    )
                )
        told.append(
            Entry(
                at=event.pgh_created_at,
                who=_who(event.pgh_context, people),
                verb=VERBS.get(event.pgh_label, event.pgh_label),
                changes=changes,
            )
        )
        before = event
    return told


def _people(events: Iterable[Any]) -> dict[int, str]:
    named = ((event.pgh_context or {}).get("user") for event in events)
    users = User.objects.filter(pk__in={int(user) for user in named if user})
    return {user.pk: user.get_full_name() or user.username for user in users}


def _who(context: dict[str, Any] | None, people: dict[int, str]) -> str:
    if context and context.get("user"):
        return people.get(context["user"], f"User {context['user']}")
    if context and context.get("job"):
        return f"Job {context['job']}"
    return "A command, or the database itself"


def _names(fields: Iterable[Any], events: list[Any], viewer: Any) -> dict[tuple[type, Any], str]:
    """What the rows are called that the foreign keys point to; one query a model."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for field in fields:
        if isinstance(field, models.ForeignKey):
            keys = {getattr(event, field.attname) for event in events} - {None}
            wanted.setdefault(field.related_model, set()).update(keys)
    names: dict[tuple[type, Any], str] = {}
    for model, keys in wanted.items():
        if not keys:
            continue
        rows = visible(model._default_manager.filter(pk__in=keys), viewer)
        # A version is named after its article; its text is never needed for that.
        if any(field.name == "article_version" for field in model._meta.fields):
            rows = rows.select_related("article_version__article").defer("article_version__text")
        elif model._meta.model_name == "articleversion":
            rows = rows.select_related("article").defer("text")
        names |= {(model, row.pk): str(row) for row in rows}
    return names


def _words(field: Any, value: Any, names: dict[tuple[type, Any], str]) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), f"{value} (not shown)")
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{localtime(value):%d %B %Y, %H:%M}"
    words = str(value)
    return words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS]}…"
