"""Articles through the API: taken in, and waited for."""

import threading
import time

import pytest
from django.db import connection

from claims.models import Article, ExtractionRun, Fetch
from claims.services import extraction
from tests import factories

TEXT = """Haverness, Monday. “We have inspected 85% of the dykes,” Minna Aalto, the mayor, said.

She added that the rest would be inspected by May."""


@pytest.mark.django_db
def test_a_text_becomes_an_article_and_a_run_that_can_be_asked_for(client_of, reporter):
    client = client_of(reporter)
    answer = client.post(
        "/api/v1/articles",
        {"text": TEXT, "url": "https://daily.example/dykes", "title": "Dykes", "source": "Daily"},
        format="json",
    )

    assert answer.status_code == 202, answer.json()
    run = ExtractionRun.objects.get()
    assert answer["Location"] == f"/api/v1/runs/{run.pk}"
    assert client.get(answer["Location"]).json()["state"] == "queued"
    extraction.perform_run(run.pk)
    done = client.get(answer["Location"]).json()
    assert (done["state"], done["quotes_added"]) == ("done", 2)
    article = client.get(f"/api/v1/articles/{done['article']}?expand=source").json()
    assert (article["title"], article["source"]["name"]) == ("Dykes", "Daily")
    quotes = client.get(f"/api/v1/quotes?article={article['id']}").json()["results"]
    assert len(quotes) == 2
    version = client.get(f"/api/v1/article-versions/{done['article_version']}").json()
    for quote in quotes:
        assert version["text"][quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.django_db
def test_an_address_becomes_a_fetch_and_twice_the_same_one(client_of, reporter):
    client = client_of(reporter)
    first = client.post("/api/v1/articles", {"url": "https://daily.example/a"}, format="json")
    again = client.post("/api/v1/articles", {"url": "https://daily.example/a"}, format="json")

    assert (first.status_code, again.status_code) == (202, 202)
    assert first["Location"] == again["Location"] == f"/api/v1/fetches/{Fetch.objects.get().pk}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid"),
        ({"text": "a", "html": "b"}, "invalid"),
        ({"url": "ftp://daily.example/a"}, "unreadable_document"),
        ({"url": "no address"}, "invalid"),
        ({"text": "   "}, "unreadable_document"),
        ({"html": "<p></p>"}, "unreadable_document"),
    ],
)
def test_what_is_no_article_is_refused(client_of, reporter, body, code):
    answer = client_of(reporter).post("/api/v1/articles", body, format="json")
    assert answer.json()["code"] == code, answer.json()
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_the_text_of_another_article_is_told_to_be_its(client_of, reporter):
    client = client_of(reporter)
    post = {"text": TEXT, "url": "https://daily.example/one"}
    client.post("/api/v1/articles", post, format="json")
    answer = client.post(
        "/api/v1/articles", {**post, "url": "https://daily.example/two"}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert answer.json()["href"].startswith("/api/v1/articles/")


def test_a_run_is_waited_for_while_a_worker_does_it(committed, client_of, reporter):
    client = client_of(reporter)
    run = factories.ExtractionRunFactory(extractor="rules-3")

    def work() -> None:
        time.sleep(0.4)
        extraction.perform_run(run.pk)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    begun = time.monotonic()
    answer = client.get(f"/api/v1/runs/{run.pk}", HTTP_PREFER="wait=20")
    worker.join()
    assert answer.json()["state"] == "done"
    assert time.monotonic() - begun < 15


@pytest.mark.django_db
def test_nobody_is_kept_waiting_longer_than_they_prefer(client_of, reporter):
    run = factories.ExtractionRunFactory()
    begun = time.monotonic()
    answer = client_of(reporter).get(f"/api/v1/runs/{run.pk}", HTTP_PREFER="wait=1")
    assert answer.json()["state"] == "queued"
    assert time.monotonic() - begun >= 1


def test_an_address_that_is_none_is_of_no_article_and_can_be_counted(client_of, reporter):
    listed = client_of(reporter).get("/api/v1/articles?url=nowhere&count=estimated")
    assert (listed.status_code, listed.json()["results"], listed.json()["count"]) == (200, [], 0)
