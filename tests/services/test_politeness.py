"""A host is asked as fast as it likes, by all workers together, and only for what it allows."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims.choices import FetchOutcome, FetchPurpose, WorkState
from claims.ingest import FetchError, ForbiddenAddress
from claims.models import Fetch, Host
from claims.services import fetching, leasing, politeness
from tests.ingest.web import running
from tests.processes import ROOT, database_url

pytestmark = pytest.mark.django_db
NEVER = "User-agent: *\nDisallow: /"


@pytest.fixture(scope="module")
def server():
    with running() as web:
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    server.requests.clear()
    server.for_robots.clear()
    server.robots = (404, b"")
    return server


@pytest.fixture
def url(web):
    return web.url + "/story"


def serve(web, text, status=200):
    web.robots = (status, text.encode())


def host() -> Host:
    return Host.objects.get()


def test_a_host_is_asked_for_its_file_once(web, url):
    serve(web, "User-agent: *\nDisallow: /private")
    assert politeness.admit(url) == politeness.Admission()
    assert not politeness.admit(url).refused
    assert politeness.admit(web.url + "/private/1").refused
    assert len(web.for_robots) == 1
    assert (host().robots_status, host().robots) == (200, "User-agent: *\nDisallow: /private")


def test_what_a_file_refuses_ends_as_refused_and_is_never_asked_for(web, url):
    serve(web, NEVER)
    row = fetching.request_fetch(url, purpose=FetchPurpose.FEED)
    assert fetching.perform_fetch(row.pk) is None
    row.refresh_from_db()
    assert (row.state, row.outcome) == (WorkState.DONE, FetchOutcome.REFUSED)
    assert web.requests == []


@pytest.mark.parametrize(("heeded", "refused"), [(True, True), (False, False)])
def test_a_setting_says_whether_the_file_counts_for_what_a_person_asks(
    web, url, settings, heeded, refused
):
    serve(web, NEVER)
    settings.FETCH_ROBOTS_FOR_REQUESTS = heeded
    assert politeness.admit(url, requested=True).refused is refused
    assert politeness.admit(url).refused


def test_a_file_is_read_again_when_it_is_old(web, url, settings):
    serve(web, NEVER)
    assert politeness.admit(url).refused
    serve(web, "User-agent: *\nAllow: /")
    assert politeness.admit(url).refused
    Host.objects.update(
        robots_fetched_at=timezone.now() - timedelta(seconds=settings.FETCH_ROBOTS_SECONDS + 1)
    )
    assert not politeness.admit(url).refused
    politeness.forget_robots(host())
    politeness.admit(url)
    assert len(web.for_robots) == 3


def test_a_host_out_of_order_is_left_alone_and_asked_again_later(web, url, settings):
    serve(web, "", 503)
    for _ in range(3):
        with pytest.raises(FetchError) as caught:
            politeness.admit(url)
        assert caught.value.code == "robots"
        assert 0 < caught.value.retry_after <= settings.FETCH_ROBOTS_RETRY_SECONDS
    assert len(web.for_robots) == 1
    serve(web, "")
    Host.objects.update(
        robots_fetched_at=timezone.now()
        - timedelta(seconds=settings.FETCH_ROBOTS_RETRY_SECONDS + 1)
    )
    assert politeness.admit(url) == politeness.Admission()


def test_a_host_out_of_order_is_taken_at_its_last_word(web, url):
    serve(web, "User-agent: *\nDisallow: /private")
    politeness.admit(url)
    politeness.forget_robots(host())
    serve(web, "", 500)
    assert politeness.admit(url) == politeness.Admission()
    assert politeness.admit(web.url + "/private/1").refused
    assert host().robots_status == 500


def test_a_host_that_does_not_answer_leaves_no_trace_and_its_own_reason(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    for _ in range(2):
        with pytest.raises(FetchError) as caught:
            politeness.admit("http://127.0.0.1:2/story")
        assert caught.value.code == "connect"
    assert host().robots_fetched_at is None


def test_an_address_within_is_refused_as_that(settings):
    settings.FETCH_ALLOWED_NETWORKS = []
    with pytest.raises(ForbiddenAddress):
        politeness.admit("http://10.0.0.1/story")


def test_while_one_worker_reads_the_file_the_others_wait(url):
    now = leasing.database_now()
    Host.objects.create(name=url.split("/")[2], robots_fetched_at=now, tokens=5)
    assert politeness.admit(url).wait > timedelta(0)


def test_a_worker_that_was_killed_over_the_file_does_not_keep_it(web, url, settings):
    before = leasing.database_now() - timedelta(seconds=settings.FETCH_TOTAL_SECONDS + 10)
    Host.objects.create(name=url.split("/")[2], robots_fetched_at=before, tokens=5)
    assert politeness.admit(url) == politeness.Admission()


def test_requests_are_paced_and_a_pause_is_worth_a_burst_at_most(web, url, settings):
    settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 100, 3
    # One of the three goes to robots.txt.
    waits = [politeness.admit(url).wait for _ in range(3)]
    assert waits[:2] == [timedelta(0)] * 2
    assert timedelta(seconds=90) < waits[2] <= timedelta(seconds=100)
    Host.objects.update(refilled_at=timezone.now() - timedelta(days=1))
    waits = [politeness.admit(url).wait for _ in range(4)]
    assert [wait > timedelta(0) for wait in waits] == [False, False, False, True]


def test_a_crawl_delay_is_kept_and_bounded(web, url, settings):
    settings.FETCH_HOST_BURST, settings.FETCH_CRAWL_DELAY_MAX_SECONDS = 5, 50
    serve(web, "User-agent: *\nCrawl-delay: 30")
    assert politeness.admit(url).wait == timedelta(0)
    wait = politeness.admit(url).wait
    assert timedelta(seconds=25) < wait <= timedelta(seconds=30)
    politeness.forget_robots(host())
    Host.objects.update(refilled_at=timezone.now() - timedelta(days=1))
    serve(web, "User-agent: *\nCrawl-delay: 86400")
    politeness.admit(url)
    assert host().crawl_delay == 50


def test_a_host_that_asks_for_it_is_left_alone(web, url, settings):
    politeness.admit(url)
    politeness.hold(url, 30)
    assert timedelta(seconds=25) < politeness.admit(url).wait <= timedelta(seconds=30)
    politeness.hold(url, 1)  # does not shorten it
    assert politeness.admit(url).wait > timedelta(seconds=25)
    politeness.release(host())
    assert politeness.admit(url).wait == timedelta(0)
    politeness.hold(url, 0)
    assert politeness.admit(url).wait > timedelta(seconds=settings.FETCH_HOLD_SECONDS - 5)
    politeness.hold(url, 10**9)
    assert politeness.admit(url).wait <= timedelta(seconds=settings.FETCH_HOLD_MAX_SECONDS)


@pytest.mark.parametrize(("path", "seconds"), [("/busy/120", 120), ("/busy/", 60)])
def test_a_busy_server_is_held_for_as_long_as_it_says(web, settings, path, seconds):
    settings.FETCH_HOLD_SECONDS = 60
    row = fetching.request_fetch(web.url + path)
    fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    assert row.state == WorkState.QUEUED
    left = host().held_until - timezone.now()
    assert timedelta(seconds=seconds - 10) < left <= timedelta(seconds=seconds)
    other = fetching.request_fetch(web.url + "/story")
    fetching.perform_fetch(other.pk)
    other.refresh_from_db()
    # It was not its turn, and that costs no attempt.
    assert (other.state, other.attempts) == (WorkState.QUEUED, 0)
    assert other.due_at > timezone.now() + timedelta(seconds=seconds - 15)
    assert [asked for asked, _ in web.requests] == [path]


def test_a_clock_that_was_ahead_and_was_set_right_stops_nothing(web, url, settings):
    settings.FETCH_HOST_SECONDS = 10
    politeness.admit(url)
    Host.objects.update(tokens=0, refilled_at=timezone.now() + timedelta(days=1))
    assert politeness.admit(url).wait == timedelta(0)
    assert politeness.admit(url).wait > timedelta(seconds=5)


def test_hosts_do_not_wait_for_each_other(web, settings):
    settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 100, 2
    politeness.admit(web.url + "/story")
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with running() as other:
        assert politeness.admit(other.url + "/story").wait == timedelta(0)
    assert Host.objects.count() == 2


def test_eight_threads_keep_one_pace(committed, settings):
    """In a second and a half at ten a second, after a burst of two: no more than 17 go."""
    settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 0.1, 2
    known = {"robots_status": 404, "robots_fetched_at": timezone.now()}
    Host.objects.create(name="pace.example", tokens=2, **known)
    admitted: list[float] = []
    until = time.monotonic() + 1.5

    def work() -> None:
        while time.monotonic() < until:
            if not politeness.admit("http://pace.example/x").wait:
                admitted.append(time.monotonic())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    span = max(admitted) - min(admitted)
    assert 2 <= len(admitted) <= 2 + span / 0.1 + 1


PROCESS = """
import sys, time
import django
django.setup()
from django.conf import settings
from claims.services import politeness
settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 0.1, 1
sys.stdin.readline()
until = time.time() + 1
while time.time() < until:
    if not politeness.admit("http://pace.example/x").wait:
        print(time.time(), flush=True)
"""


def test_processes_keep_it_too(committed):
    known = {"robots_status": 404, "robots_fetched_at": timezone.now()}
    Host.objects.create(name="pace.example", tokens=1, **known)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    moments = sorted(
        float(line) for worker in workers for line in worker.communicate(timeout=120)[0].split()
    )
    assert all(worker.returncode == 0 for worker in workers)
    assert len(moments) >= 2
    assert len(moments) <= 2 + (moments[-1] - moments[0]) / 0.1


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }


def test_a_fetch_that_waits_for_its_turn_is_done_in_the_end(web, settings):
    settings.FETCH_HOST_SECONDS, settings.FETCH_HOST_BURST = 0.2, 1
    rows = [fetching.request_fetch(f"{web.url}/story?n={n}") for n in range(3)]
    open_rows = Fetch.objects.filter(pk__in=[row.pk for row in rows])
    deadline = time.monotonic() + 30
    while open_rows.exclude(state=WorkState.DONE).exists() and time.monotonic() < deadline:
        for row in rows:
            fetching.perform_fetch(row.pk)
    assert [row.attempts for row in open_rows] == [1, 1, 1]
    assert len(web.requests) == 3
