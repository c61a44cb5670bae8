"""Every model has a factory, and what it makes is stored with its history."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from claims.models import (
    CandidateHold,
    Change,
    ChangeEpoch,
    ClaimTopic,
    Fingerprint,
    Heartbeat,
    Host,
    IdempotentAnswer,
    ImportDraft,
    KeptFigures,
    Notification,
    NotificationChoice,
    OutboxEntry,
    WebhookDelivery,
)
from tests import factories

MODELS = [
    model
    for model in apps.get_app_config("claims").get_models()
    if not model.__name__.endswith("Event") and model is not ClaimTopic
]
FACTORIES = {
    factory._meta.model: factory
    for factory in vars(factories).values()
    if isinstance(factory, type)
    and issubclass(factory, DjangoModelFactory)
    and factory is not DjangoModelFactory
}


# Caches, clocks, courtesies and news that nobody asks for later, and what can be made anew.
WITHOUT_HISTORY = {
    *(Host, Heartbeat, Fingerprint, CandidateHold, IdempotentAnswer, ImportDraft, KeptFigures),
    *(Change, ChangeEpoch, Notification, NotificationChoice, OutboxEntry, WebhookDelivery),
}


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_factory_row_is_valid_and_leaves_an_insert_event(model):
    row = FACTORIES[model]()
    row.full_clean()
    if model in WITHOUT_HISTORY:
        return
    events = apps.get_model("claims", f"{model.__name__}Event").objects.filter(pgh_obj_id=row.pk)
    assert "insert" in set(events.values_list("pgh_label", flat=True))
