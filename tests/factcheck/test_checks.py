"""Settings that make sense only together are checked, each with a way to mend them."""

import pytest
from django.core.checks import run_checks

from claims.checks import limits_fit_together, one_machine_parts


def fit(settings, *, limit, lease, visibility=None, kind="EXTRACTION"):
    for other in {"EXTRACTION", "FETCH", "FEED"} - {kind}:
        setattr(settings, f"{other}_TIME_LIMIT_SECONDS", 70)
        setattr(settings, f"{other}_LEASE_SECONDS", 80)
    settings.HARD_KILL_SECONDS = 5
    setattr(settings, f"{kind}_TIME_LIMIT_SECONDS", limit)
    setattr(settings, f"{kind}_LEASE_SECONDS", lease)
    options = {} if visibility is None else {"visibility_timeout": visibility}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    return [message.id for message in limits_fit_together()]


@pytest.mark.parametrize("kind", ["EXTRACTION", "FETCH", "FEED"])
@pytest.mark.parametrize(
    ("limit", "lease", "visibility", "found"),
    [
        (120, 180, None, []),
        (120, 180, 3600, []),
        (174, 180, None, []),
        (175, 180, None, ["factcheck.E001"]),  # killed 5 s later, as its lease ends
        (180, 180, None, ["factcheck.E001"]),
        (181, 180, None, ["factcheck.E001"]),
        (120, 180, 180, ["factcheck.E002"]),
        (120, 180, 100, ["factcheck.E002"]),
        (200, 180, 100, ["factcheck.E001", "factcheck.E002"]),
    ],
)
def test_a_task_ends_before_its_lease_and_the_lease_before_the_broker_asks_again(
    settings, limit, lease, visibility, found, kind
):
    assert fit(settings, limit=limit, lease=lease, visibility=visibility, kind=kind) == found


def test_a_page_is_fetched_before_the_time_to_read_it_is_over(settings):
    settings.FETCH_TOTAL_SECONDS = 120
    assert fit(settings, limit=120, lease=180, kind="FETCH") == ["factcheck.E005"]


def test_every_message_says_what_to_change(settings):
    fit(settings, limit=200, lease=180, visibility=100)
    settings.DATABASE_URL, settings.CELERY_BROKER_URL = "", "filesystem://"
    settings.CACHE_URL = "memory://"
    messages = [*limits_fit_together(), *one_machine_parts()]
    assert [message.id for message in messages] == [
        "factcheck.E001",
        "factcheck.E002",
        "factcheck.I001",
        "factcheck.I002",
        "factcheck.I003",
    ]
    assert all(message.hint for message in messages)


def test_the_checks_are_registered(settings):
    fit(settings, limit=200, lease=180)
    assert "factcheck.E001" in {message.id for message in run_checks()}
    settings.DATABASE_URL = ""
    without = {message.id for message in run_checks()}
    deployed = {message.id for message in run_checks(include_deployment_checks=True)}
    assert "factcheck.I001" in deployed - without


def test_parts_for_one_machine_are_not_mentioned_where_there_are_none(settings):
    settings.DATABASE_URL = "postgres://db/desk"
    settings.CELERY_BROKER_URL, settings.CACHE_URL = "redis://cache/0", "redis://cache/1"
    assert one_machine_parts() == []
