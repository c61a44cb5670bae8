"""What several models share: optimistic locking, ranges of characters, append-only rows."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Left

# A tsvector holds at most 1 MB; a longer text is searched by its beginning.
SEARCHED_CHARACTERS = 100_000

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def tracked(**options: Any) -> Callable[[ModelClass], ModelClass]:
    """Keep every insert, update and delete of the model in an event table that only grows.

    ``options`` are those of ``pghistory.track``. The trackers are made anew for each
    model: the library's default-trackers setting copies them, and a copied operation no
    longer equals the one that statement-level triggers look for.
    """
    trackers = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    track = pghistory.track(*trackers, **options)

    def decorate(model: ModelClass) -> ModelClass:
        # The trackers pair a row's old and new form by its key: a changed key would leave no event.
        pgtrigger.register(pgtrigger.ReadOnly(name="keep_key", fields=["id"]))(model)
        return track(model)  # type: ignore[no-any-return]

    return decorate


def count_version(*, exclude: list[str] | None = None) -> pgtrigger.Trigger:
    """A trigger that raises ``version`` by one when any field but ``exclude`` changes."""
    return pgtrigger.Trigger(
        name="count_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=exclude),
        func="NEW.version = OLD.version + 1; RETURN NEW;",
    )


def fsm(field: str, moves: frozenset[tuple[str, str]]) -> pgtrigger.FSM:
    """A trigger that lets ``field`` change only along ``moves``."""
    return pgtrigger.FSM(name=f"{field}_moves", field=field, transitions=sorted(moves))


def append_only() -> pgtrigger.Protect:
    """A trigger that refuses every update and delete."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def ordered_span(start: str, end: str, *, name: str) -> models.CheckConstraint:
    """``0 <= start < end``, or neither is set."""
    return models.CheckConstraint(
        name=name,
        # A comparison with NULL is no violation to a check: half a span must be named as one.
        condition=models.Q(
            **{
                f"{start}__isnull": False,
                f"{end}__isnull": False,
                f"{start}__gte": 0,
                f"{end}__gt": models.F(start),
            },
        )
        | models.Q(**{f"{start}__isnull": True, f"{end}__isnull": True}),
        violation_error_message="A span starts at 0 or later and ends after its start.",
    )


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """``field`` holds one of the values of ``choices``, in the database too."""
    return models.CheckConstraint(
        name=name, condition=models.Q(**{f"{field}__in": sorted(choices.values)})
    )


def search_vector(field: str, *, config: str) -> SearchVector:
    """The expression that is indexed for ``field`` and must be used to search it."""
    return SearchVector(Left(field, SEARCHED_CHARACTERS), config=config)


def search_index(field: str, *, config: str, name: str) -> GinIndex:
    """A full-text index on ``field``."""
    return GinIndex(search_vector(field, config=config), name=name)


class Editable(models.Model):
    """A row that people edit. ``version`` rises with every change, whoever makes it.

    The trigger counts, not the code: a bulk update or raw SQL raises it too, so an
    editor who holds an older number is always told (services.locking).
    """

    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Rises by one with every change of the row."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        triggers = [count_version()]
