"""/metrics: right across processes, closed unless a setting opens it."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from claims.choices import WorkState
from claims.services import heartbeats
from tests import factories

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-a-test"


def get(client=None, **headers):
    return (client or Client()).get("/metrics", headers=headers)


@pytest.fixture
def _opened(settings):
    settings.METRICS_TOKEN = TOKEN


def values():
    response = get(Authorization=f"Bearer {TOKEN}")
    assert response.status_code == 200
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def test_there_is_no_such_page_unless_a_setting_opens_it(client, admin_user):
    client.force_login(admin_user)
    assert get(client).status_code == 404
    assert get(Authorization="Bearer ").status_code == 404


@pytest.mark.usefixtures("_opened")
@pytest.mark.parametrize(
    "given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer ünïcode"]
)
def test_a_wrong_token_opens_nothing(given):
    response = get(Authorization=given)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("_opened")
def test_a_session_opens_it_for_who_may_see_the_pipeline(client, reporter):
    client.force_login(factories.UserFactory(is_staff=False))
    assert get(client).status_code == 401
    client.force_login(reporter)
    assert get(client).status_code == 200


def test_a_network_opens_it_but_never_through_a_proxy(settings):
    settings.METRICS_NETWORKS = [ip_network("127.0.0.0/8")]
    assert get().status_code == 200
    # The proxy on this machine stands for the whole world.
    assert get(**{"X-Forwarded-For": "203.0.113.9"}).status_code == 401
    settings.METRICS_NETWORKS = [ip_network("10.0.0.0/8")]
    assert get().status_code == 401


@pytest.mark.usefixtures("_opened")
def test_the_figures_are_those_of_the_rows():
    now = timezone.now()
    ended = {"due_at": None, "finished_at": now - timedelta(minutes=5)}
    factories.FetchFactory(due_at=now - timedelta(minutes=10))
    factories.FetchFactory(due_at=now + timedelta(days=1))
    factories.FetchFactory(
        state=WorkState.RUNNING, lease_token="0" * 32, due_at=now - timedelta(minutes=2)
    )
    factories.FetchFactory(state=WorkState.DEAD, error="fetch_status: It answered 500.", **ended)
    factories.FetchFactory(state=WorkState.DONE, outcome="paywall", **ended)
    factories.ExtractionRunFactory(
        state=WorkState.DEAD, error="Traceback …\nclaims.errors.Strange: no", **ended
    )
    factories.FeedFactory(failures=2)
    factories.QuoteCheckFactory(alert="open")
    heartbeats.leave("beat:one")
    found = values()
    assert found["factcheck_work", "fetch", "due"] == 1
    assert found["factcheck_work", "fetch", "later"] == 1
    assert found["factcheck_work", "fetch", "running"] == 1
    assert found["factcheck_work", "fetch", "overdue"] == 1
    assert found["factcheck_work", "fetch", "dead"] == 1
    assert found["factcheck_work_ended", "fetch", "done", "1h"] == 1
    assert found["factcheck_queue_age_seconds", "fetch"] == pytest.approx(600, abs=60)
    assert found["factcheck_done_per_minute", "fetch"] == pytest.approx(1 / 60)
    assert found["factcheck_failures", "fetch_status", "fetch"] == 1
    assert found["factcheck_failures", "Strange", "extract"] == 1
    assert found["factcheck_fetch_outcomes", "paywall"] == 1
    assert found["factcheck_feeds", "active"] == 1
    assert found["factcheck_feeds_in_trouble",] == 1
    assert found["factcheck_open_alerts",] == 1
    assert found["factcheck_heartbeat_age_seconds", "one", "beat"] < 60


@pytest.mark.usefixtures("_opened")
def test_lag_runs_from_publication_to_candidates_of_what_feeds_brought():
    now = timezone.now()
    for minutes, purpose in ((10, "feed"), (20, "feed"), (600, "request")):
        version = factories.ArticleVersionFactory(
            text=f"Text {minutes}.", article__published_at=now - timedelta(minutes=minutes)
        )
        factories.FetchFactory(
            purpose=purpose,
            state=WorkState.DONE,
            outcome="new",
            article=version.article,
            article_version=version,
            due_at=None,
            finished_at=now,
        )
        factories.ExtractionRunFactory(
            article_version=version,
            state=WorkState.DONE,
            quotes_found=0,
            due_at=None,
            finished_at=now,
        )
    found = values()
    assert found["factcheck_lag_seconds", "0.5"] == pytest.approx(900, abs=60)
    assert found["factcheck_lag_seconds", "0.95"] == pytest.approx(1170, abs=60)


@pytest.mark.usefixtures("_opened")
def test_a_scrape_costs_as_many_queries_whatever_there_is():
    def cost():
        with CaptureQueriesContext(connection) as captured:
            values()
        return len(captured)

    cost()
    before = cost()
    for _ in range(5):
        factories.FetchFactory()
        factories.FeedFactory(failures=1)
        factories.HeartbeatFactory()
    assert cost() == before
    assert before < 20
