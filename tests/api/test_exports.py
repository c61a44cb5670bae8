"""Whole tables through the API: streamed, with the values that single rows have."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from claims.services.exports import FORMS, RESOURCES
from tests import factories

MADE = {
    "claims": factories.ClaimFactory,
    "quotes": factories.QuoteFactory,
    "verdicts": factories.VerdictFactory,
    "speakers": factories.SpeakerFactory,
    "articles": factories.ArticleFactory,
    "evidence": factories.EvidenceFactory,
    "decisions": factories.DecisionFactory,
    "appearances": factories.AppearanceFactory,
}
# What other tables say, what follows from the rest, and what is never exported if true.
NOT_EXPORTED = {"claims": ["verdict"], "quotes": ["content"], "evidence": ["is_confidential"]}


def lines(answer):
    return [json.loads(line) for line in answer.getvalue().splitlines()]


def plain(row):
    """With moments as moments, however many digits they are written with."""

    def value(name, given):
        if isinstance(given, str) and (name.endswith("_at") or name == "at"):
            return datetime.fromisoformat(given).astimezone(UTC)
        return given

    return {name: value(name, given) for name, given in row.items()}


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_line_says_what_the_row_says(resource, client_of, editor):
    client = client_of(editor)
    row = MADE[resource]()
    if resource == "claims":
        row.topics.add(factories.TopicFactory())
    if resource == "speakers":
        factories.SpeakerAliasFactory(speaker=row)
    answer = client.get(f"/api/v1/exports/{resource}.ndjson")
    assert answer.status_code == 200
    assert answer.streaming
    exported = {line["id"]: line for line in lines(answer)}[row.pk]
    shown = client.get(f"/api/v1/{resource}/{row.pk}").json()
    assert set(shown) - set(exported) <= {"href", *NOT_EXPORTED.get(resource, ())}
    assert plain(exported) == plain({name: shown[name] for name in exported})


@pytest.mark.parametrize("resource", RESOURCES)
def test_as_csv_it_has_the_same_columns(resource, client_of, editor):
    client = client_of(editor)
    row = MADE[resource]()
    answer = client.get(f"/api/v1/exports/{resource}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode(), newline="")))
    assert str(row.pk) in [each["id"] for each in rows]


def test_its_headers_say_what_it_is(client_of, editor):
    answer = client_of(editor).get("/api/v1/exports/claims.ndjson")
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="claims-')
    assert answer["Last-Modified"]
    assert answer["RateLimit-Remaining"]


def test_the_feed_goes_on_from_its_cursor(committed, client_of, editor):
    client = client_of(editor)
    factories.ClaimFactory()
    answer = client.get("/api/v1/exports/claims.ndjson")
    later = factories.ClaimFactory()
    exported = [line["id"] for line in lines(answer)]
    page = client.get("/api/v1/changes", {"since": answer["Change-Cursor"], "resource": "claims"})
    assert [change["id"] for change in page.json()["changes"]] == [later.pk]
    assert later.pk in exported  # read after it came: told twice, and lost never


def test_hidden_rows_are_not_in_it(client_of, editor, administrator):
    hidden = factories.ClaimFactory(embargo_until=timezone.now() + timedelta(days=1))
    secret = factories.EvidenceFactory(is_confidential=True)
    claims = client_of(administrator).get("/api/v1/exports/claims.ndjson")
    if claims.status_code == 200:
        assert hidden.pk not in [line["id"] for line in lines(claims)]
    evidence = client_of(editor).get("/api/v1/exports/evidence.ndjson")
    assert secret.pk not in [line["id"] for line in lines(evidence)]


@pytest.mark.parametrize("form", FORMS)
def test_it_needs_the_right_to_take_rows_along(form, db, anybody):
    address = f"/api/v1/exports/claims.{form}"
    assert anybody.get(address).status_code == 401
    newcomer = APIClient()
    newcomer.force_login(factories.UserFactory())
    answer = newcomer.get(address)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_another_form_is_another_address(client_of, editor):
    client = client_of(editor)
    assert client.get("/api/v1/exports/claims.csv", HTTP_ACCEPT="text/csv").status_code == 200
    refused = client.get("/api/v1/exports/claims.csv", HTTP_ACCEPT="image/png")
    assert (refused.status_code, refused.json()["code"]) == (406, "not_acceptable")
    assert client.get("/api/v1/exports/users.csv").status_code == 404
    assert client.get("/api/v1/exports/claims.csv?stage=new").status_code == 400
