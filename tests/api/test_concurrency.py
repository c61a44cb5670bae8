"""Many clients at once, each on a connection of its own: no change lost, none done twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from claims.models import Appearance, Claim, IdempotentAnswer, Quote
from tests import factories
from tests.api.rows import key_of, member

pytestmark = pytest.mark.usefixtures("committed")
CLIENTS = 50
ROUNDS = 400
"""So often a client reads and writes again, at most."""


def all_at_once(act):
    """What ``act(n)`` gives for each of the clients; they begin together."""
    gate = Barrier(CLIENTS)

    def one(n):
        try:
            gate.wait(60)
            return act(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(one, range(CLIENTS)))


@pytest.fixture
def ask(settings):
    """``ask(method, path, body, **headers)``, with one editor's key."""
    settings.API_KEY_RATE = "1000000/minute"
    key = key_of(member("Editor"))

    def send(method, path, body=None, **headers):
        return getattr(Client(raise_request_exception=False), method)(
            path,
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}", **headers},
        )

    return send


def test_of_many_changes_on_one_version_one_is_made(ask):
    claim = factories.ClaimFactory()
    path = f"/api/v1/claims/{claim.pk}"
    tag = ask("get", path)["ETag"]

    answers = all_at_once(
        lambda n: ask("patch", path, {"text": f"Dyke {n} was inspected."}, **{"If-Match": tag})
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: CLIENTS - 1}
    (made,) = [answer for answer in answers if answer.status_code == 200]
    claim.refresh_from_db()
    assert (claim.text, claim.version) == (made.json()["text"], made.json()["version"])
    assert claim.version == 2


def test_changes_that_are_based_on_what_was_read_are_all_made(ask):
    speaker = factories.SpeakerFactory(description="")
    path = f"/api/v1/speakers/{speaker.pk}"

    def add(n):
        for _ in range(ROUNDS):
            read = ask("get", path)
            body = {"description": f"{read.json()['description']} {n}".strip()}
            answer = ask("patch", path, body, **{"If-Match": read["ETag"]})
            if answer.status_code == 200:
                return True
            assert answer.status_code == 412, answer.content
        return False

    assert all(all_at_once(add))
    speaker.refresh_from_db()
    assert sorted(map(int, speaker.description.split())) == list(range(CLIENTS))
    assert speaker.version == CLIENTS + 1


def test_one_idempotency_key_makes_one_claim(ask):
    body = {"text": "By March 2026, 85% of the Senn dykes had been inspected."}

    answers = all_at_once(lambda n: ask("post", "/api/v1/claims", body, **{"Idempotency-Key": "k"}))

    assert {answer.status_code for answer in answers} <= {201, 409}
    made = [answer.content for answer in answers if answer.status_code == 201]
    assert made
    assert len(set(made)) == 1
    waiting = [answer.json()["code"] for answer in answers if answer.status_code == 409]
    assert set(waiting) <= {"in_progress"}
    assert Claim.objects.count() == 1
    assert IdempotentAnswer.objects.count() == 1
    again = ask("post", "/api/v1/claims", body, **{"Idempotency-Key": "k"})
    assert (again.status_code, again.content) == (201, made[0])


def test_a_quote_is_accepted_once(ask):
    quote = factories.QuoteFactory()
    path = f"/api/v1/quotes/{quote.pk}"
    tag = ask("get", path)["ETag"]

    answers = all_at_once(
        lambda n: ask(
            "post", f"{path}/accept", {"text": f"Dyke {n} was inspected."}, **{"If-Match": tag}
        )
    )

    assert Counter(answer.status_code for answer in answers)[200] == 1
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert Claim.objects.count() == Appearance.objects.count() == 1
    assert Quote.objects.get().status == "accepted"
