"""Every model has a list, a page and a history, for whom the roles say, at a fixed cost."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import models
from tests.admin.pages import MAKERS, READ_ONLY, WITHOUT_ADD, url

pytestmark = pytest.mark.django_db
EVERY = sorted(MAKERS, key=lambda model: model._meta.label)
OWN = {models.ApiKey}
OURS = [model for model in EVERY if model._meta.app_label == "claims"]
# What leaves the desk is not everybody's business: permissions.txt says whose.
CLOSED = {models.WebhookDelivery, models.WebhookEndpoint}
name_of = {"ids": lambda model: model._meta.label}


def test_every_model_of_the_record_is_registered():
    registered = set(admin.site._registry)
    assert set(MAKERS) == registered
    # Shown on the pages that they belong to: the pipeline, the claim, triage, the bell.
    without_pages = {
        *(models.ClaimTopic, models.Fingerprint, models.Heartbeat),
        *(models.Approval, models.Comment, models.ReplyRequest, models.VerdictWriter),
        *(models.CandidateHold, models.SavedView, models.ImportDraft, models.KeptFigures),
        *(models.Notification, models.NotificationChoice, models.OutboxEntry),
        *(models.Change, models.ChangeEpoch, models.IdempotentAnswer),  # nothing to look at
    }
    assert {getattr(models, name) for name in models.__all__} - registered == without_pages


@pytest.mark.parametrize("model", EVERY, **name_of)
def test_an_administrator_opens_list_page_and_history(as_root, model):
    row = MAKERS[model]()
    assert as_root.get(url(model, "changelist")).status_code == 200
    assert as_root.get(url(model, "changelist"), {"q": "the mayor"}).status_code == 200
    page = as_root.get(url(model, "change", row.pk))
    assert page.status_code == 200
    # A badge of the list, shown in a form as what it is to Python.
    assert not re.search(r"\((&#x27;|&quot;)\w+\1, ", page.content.decode())
    assert as_root.get(url(model, "history", row.pk)).status_code == 200
    assert as_root.get(url(model, "add")).status_code == (403 if model in WITHOUT_ADD else 200)


@pytest.mark.parametrize("model", EVERY, **name_of)
def test_a_page_of_a_row_that_is_gone_says_so(as_root, model):
    assert as_root.get(url(model, "change", 987654)).status_code in {302, 404}


@pytest.mark.parametrize("role", ["reporter", "checker", "editor"])
@pytest.mark.parametrize("model", [each for each in OURS if each not in CLOSED], **name_of)
def test_roles_see_the_record_and_add_what_their_permissions_say(request, sign_in, role, model):
    user = request.getfixturevalue(role)
    client, row = sign_in(user), MAKERS[model]()
    assert client.get(url(model, "changelist")).status_code == 200
    # Of keys one's own alone: another's is not there.
    assert client.get(url(model, "change", row.pk)).status_code == (302 if model in OWN else 200)
    may_add = model not in WITHOUT_ADD and user.has_perm(f"claims.add_{model._meta.model_name}")
    assert client.get(url(model, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("role", ["reporter", "checker", "editor"])
@pytest.mark.parametrize("model", sorted(set(EVERY) - set(OURS), key=str), **name_of)
def test_people_and_schedules_are_the_administrators(request, sign_in, role, model):
    client, row = sign_in(request.getfixturevalue(role)), MAKERS[model]()
    assert client.get(url(model, "changelist")).status_code == 403
    assert client.get(url(model, "change", row.pk)).status_code == 403


@pytest.mark.parametrize("model", sorted(READ_ONLY, key=str), **name_of)
def test_what_machines_wrote_cannot_be_posted_to(as_root, model):
    row = MAKERS[model]()
    assert as_root.post(url(model, "change", row.pk), {}).status_code == 403
    assert as_root.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "model", [models.Quote, models.Claim, models.Verdict, models.Article, models.Appearance]
)
def test_the_heart_of_the_record_is_never_deleted_here(as_root, model):
    row = MAKERS[model]()
    assert as_root.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def queries_of(client, path, **parameters) -> list[str]:
    client.get(path, parameters)  # content types and the like are cached at the first visit
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path, parameters).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("model", EVERY, **name_of)
def test_a_list_of_thirty_costs_as_many_queries_as_one_of_three(as_root, model):
    for _ in range(3):
        MAKERS[model]()
    few = queries_of(as_root, url(model, "changelist"))
    for _ in range(27):
        MAKERS[model]()
    many = queries_of(as_root, url(model, "changelist"))
    assert len(many) == len(few), "\n".join(many)
    assert not any('"claims_articleversion"."text"' in sql for sql in many)


def test_the_queue_costs_a_fixed_number_of_queries_and_loads_no_article(as_reporter):
    path = url(models.Quote, "changelist")
    for _ in range(3):
        MAKERS[models.Quote]()
    few = queries_of(as_reporter, path, status__exact="candidate")
    for _ in range(27):
        MAKERS[models.Quote]()
    many = queries_of(as_reporter, path, status__exact="candidate")
    assert len(many) == len(few)
    assert not any('"claims_articleversion"."text"' in sql for sql in many)


def test_users_and_roles_are_listed_with_each_other(as_root, editor):
    page = as_root.get(url(User, "changelist")).content.decode()
    assert "Editor" in page
    assert "Superuser" in page
    assert as_root.get(url(Group, "changelist")).status_code == 200
