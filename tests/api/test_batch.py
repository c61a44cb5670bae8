"""Many claims in one request: a line each way, and the bad ones harm no other."""

import json

import pytest

from claims.choices import Scope
from claims.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/claims/batch"
NDJSON = "application/x-ndjson"


def send(client, *contents, **headers):
    content = b"\n".join(
        each if isinstance(each, bytes) else json.dumps(each).encode() for each in contents
    )
    return client.post(ADDRESS, content, content_type=NDJSON, **headers)


def results(answer):
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == NDJSON
    return [json.loads(line) for line in answer.content.splitlines()]


def test_each_line_is_answered_in_its_place(client_of, reporter):
    factories.TopicFactory(slug="dykes")
    client = client_of(reporter)
    found = results(
        send(
            client,
            {"text": "85% of the dykes were inspected.", "topics": ["dykes"]},
            b"{",
            b"",
            {"text": "It is so.", "stage": "published"},
            {"text": "It is not so."},
        )
    )
    assert [(each["line"], each["status"]) for each in found] == [
        *((1, 201), (2, 400), (4, 400), (5, 201))
    ]
    claim = client.get(found[0]["href"]).json()
    assert claim["topics"] == ["dykes"]
    assert claim["quantities"][0]["value"] == 85
    assert claim["created_by"] == "reporter"
    assert found[1]["problem"]["code"] == "malformed"
    (error,) = found[2]["problem"]["errors"]
    assert (error["pointer"], error["code"]) == ("#/stage", "unknown_field")
    assert Claim.objects.count() == 2


def test_sent_again_with_its_key_it_is_done_once(client_of, reporter):
    client = client_of(reporter)
    headers = {"HTTP_IDEMPOTENCY_KEY": "first-import"}
    first = send(client, {"text": "It is so."}, b"{", **headers)
    again = send(client, {"text": "It is so."}, b"{", **headers)
    assert results(again) == results(first)
    assert again["Idempotency-Replayed"] == "true"
    assert Claim.objects.count() == 1


def test_a_batch_of_nothing_is_refused(client_of, reporter):
    for contents in ([], [b"", b" "]):
        answer = send(client_of(reporter), *contents)
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
        assert not Claim.objects.exists()


def test_other_forms_and_too_many_lines_are_refused(client_of, reporter, settings):
    client = client_of(reporter)
    answer = client.post(ADDRESS, {"text": "So."}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    settings.API_BATCH_MAX_LINES = 2
    answer = send(client, *({"text": f"It is {n}."} for n in range(3)))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not Claim.objects.exists()


def test_it_needs_the_right_and_the_scope(client_of, reporter, auditor, anybody):
    line = {"text": "It is so."}
    assert send(anybody, line).status_code == 401
    assert send(client_of(auditor), line).status_code == 403
    assert send(client_of(reporter, Scope.READ), line).status_code == 403
    assert not Claim.objects.exists()
