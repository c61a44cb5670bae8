"""Settings that make sense only together are checked, each with a way to mend them."""

import pytest
from django.core.checks import run_checks

from claims.checks import limits_fit_together, one_machine_parts


def fit(settings, *, limit, lease, visibility=None):
    settings.EXTRACTION_TIME_LIMIT_SECONDS = limit
    settings.EXTRACTION_LEASE_SECONDS = lease
    options = {} if visibility is None else {"visibility_timeout": visibility}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    return [message.id for message in limits_fit_together()]


@pytest.mark.parametrize(
    ("limit", "lease", "visibility", "found"),
    [
        (120, 180, None, []),
        (120, 180, 3600, []),
        (180, 180, None, ["factcheck.E001"]),
        (181, 180, None, ["factcheck.E001"]),
        (120, 180, 180, ["factcheck.E002"]),
        (120, 180, 100, ["factcheck.E002"]),
        (200, 180, 100, ["factcheck.E001", "factcheck.E002"]),
    ],
)
def test_a_task_ends_before_its_lease_and_the_lease_before_the_broker_asks_again(
    settings, limit, lease, visibility, found
):
    assert fit(settings, limit=limit, lease=lease, visibility=visibility) == found


def test_every_message_says_what_to_change(settings):
    fit(settings, limit=200, lease=180, visibility=100)
    settings.DATABASE_URL, settings.CELERY_BROKER_URL = "", "filesystem://"
    messages = [*limits_fit_together(), *one_machine_parts()]
    assert [message.id for message in messages] == [
        "factcheck.E001",
        "factcheck.E002",
        "factcheck.I001",
        "factcheck.I002",
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
    settings.CELERY_BROKER_URL = "redis://cache/0"
    assert one_machine_parts() == []
