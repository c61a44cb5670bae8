"""Who asks too much waits: counted by key, and by address for whoever has no good one."""

import shutil
import subprocess

import pytest
from django.test import Client

from claims.api import throttling
from tests.api.rows import key_of, member
from tests.faults.machinery import wait_until

pytestmark = pytest.mark.django_db
PATH = "/api/v1/me"


@pytest.fixture(params=["memory", "redis"])
def counting(request, settings, short_tmp):
    """Counts of its own, in each store that a desk may have."""
    if request.param == "memory":
        settings.CACHE_URL = "memory://"
        throttling._limiter.cache_clear()
        yield
        throttling._limiter.cache_clear()
        return
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    path = short_tmp / "redis.sock"
    server = subprocess.Popen(
        [shutil.which("redis-server"), "--port", "0", "--unixsocket", str(path), "--save", ""],
        stdout=subprocess.DEVNULL,
        cwd=short_tmp,
    )
    settings.CACHE_URL = f"redis+unix://{path}"
    try:
        wait_until(path.exists, "Redis is there")
        yield
    finally:
        if throttling._limiter.cache_info().currsize:
            throttling._limiter(settings.CACHE_URL).storage.storage.close()
        throttling._limiter.cache_clear()
        server.terminate()
        server.wait()


@pytest.fixture
def client():
    return Client(headers={"Authorization": f"Bearer {key_of(member('Editor'))}"})


def test_a_key_has_its_rate_and_is_told(settings, counting, client):
    settings.API_KEY_RATE = "3/minute"
    answers = [client.get(PATH) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    assert {answer["RateLimit-Limit"] for answer in answers[:3]} == {"3"}
    assert 0 < int(answers[0]["RateLimit-Reset"]) <= 60
    refused = answers[-1]
    assert (refused.json()["code"], refused["Content-Type"]) == (
        "throttled",
        "application/problem+json",
    )
    assert 0 < int(refused["Retry-After"]) <= 60


def test_another_key_is_not_held_back_by_it(settings, counting, client):
    settings.API_KEY_RATE = "1/minute"
    other = Client(headers={"Authorization": f"Bearer {key_of(member('Checker'))}"})
    assert [client.get(PATH).status_code for _ in range(2)] == [200, 429]
    assert other.get(PATH).status_code == 200


def test_wrong_keys_are_counted_by_address_until_none_is_looked_at(settings, counting, client):
    settings.API_ADDRESS_RATE = "3/minute"
    guesser = Client(headers={"Authorization": "Bearer fck_aaaaaaaa_guessed"})
    assert [guesser.get(PATH).status_code for _ in range(5)] == [401, 401, 401, 429, 429]
    elsewhere = guesser.get(PATH, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 401
    assert client.get(PATH, REMOTE_ADDR="192.0.2.8").status_code == 200


def test_whoever_has_no_key_is_counted_by_address(settings, counting):
    settings.PUBLIC_READ, settings.API_ADDRESS_RATE = True, "2/minute"
    anybody = Client()
    answers = [anybody.get("/api/v1/claims") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Retry-After" in answers[-1]


def test_a_desk_that_cannot_count_works_on(settings, client, short_tmp):
    settings.CACHE_URL = f"redis+unix://{short_tmp}/none.sock"
    throttling._limiter.cache_clear()
    settings.API_KEY_RATE = "1/minute"
    assert [client.get(PATH).status_code for _ in range(3)] == [200, 200, 200]
    throttling._limiter.cache_clear()


def test_pages_of_named_origins_may_ask_and_of_no_others(settings, client):
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    theirs = client.get(PATH, headers={"Origin": "https://news.example"})
    others = client.get(PATH, headers={"Origin": "https://evil.example"})
    assert theirs["Access-Control-Allow-Origin"] == "https://news.example"
    assert "ETag" in theirs["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in others
    asked = Client().options(
        "/api/v1/claims/1",
        headers={
            "Origin": "https://news.example",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization, if-match, idempotency-key",
        },
    )
    assert asked.status_code == 200
    assert "PATCH" in asked["Access-Control-Allow-Methods"]
    assert {"authorization", "if-match", "idempotency-key"} <= set(
        asked["Access-Control-Allow-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Credentials" not in asked
