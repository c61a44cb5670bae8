"""To queue given-up work again, from its list and from the Pipeline page."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims import tasks
from claims.choices import WorkState
from claims.models import ExtractionRun, Fetch, WebhookDelivery
from claims.models.work import Work
from claims.services import leasing

RINGS: dict[type[Work], Callable[[Iterable[int]], None]] = {
    Fetch: tasks.ring_fetches,
    ExtractionRun: tasks.ring,
    WebhookDelivery: tasks.ring_deliveries,
}


def replay_chosen(page: "ModelAdmin[Any]", request: HttpRequest, queryset: QuerySet[Any]) -> None:
    """Queue what was given up again, and tell how many that were."""
    chosen = list(queryset)
    queued = [row for row in chosen if replayed(row)]
    passed_over = len(chosen) - len(queued)
    if queued:
        page.message_user(request, f"Queued again: {len(queued)}.", messages.SUCCESS)
    if passed_over:
        page.message_user(
            request,
            f"Left alone: {passed_over}. Only work that was given up can be queued again.",
            messages.WARNING,
        )


def replayed(row: Work) -> bool:
    """Queue one row again and ring for it; False when it was not given up."""
    if row.state != WorkState.DEAD:
        return False
    leasing.replay(row)
    RINGS[type(row)]([row.pk])
    return True
