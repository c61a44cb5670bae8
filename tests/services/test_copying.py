"""Rows that come by COPY are told of in history like any others."""

import pghistory
from django.db import transaction
from django.utils import timezone

from claims.models import Topic
from claims.services.copying import copy_rows
from tests.models.test_history import events


# Committed: within a test's own transaction a savepoint would bring the context along.
def test_history_says_who_copied(committed):
    now = timezone.now()
    dykes = Topic(name="Dykes", slug="dykes", version=1, created_at=now, updated_at=now)
    with pghistory.context(job="seed_load"), transaction.atomic():
        copy_rows(Topic, [dykes])
    assert events(Topic).get().pgh_context == {"job": "seed_load"}
