"""Clients of the API: with keys of each role, and without."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.choices import Scope
from claims.services import api_keys
from claims.services.actors import person
from tests.admin.browsing import _roles_stay, browser, staff  # noqa: F401  found by their names


@pytest.fixture(scope="session", autouse=True)
def _static_folder() -> None:
    """A live server starts before any test has a folder of its own, and WhiteNoise wants one."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _no_throttle(settings):
    """Counted elsewhere: tests ask for more than anybody in a minute."""
    settings.API_KEY_RATE = settings.API_ADDRESS_RATE = "1000000/minute"


@pytest.fixture
def client_of(db):
    """``client_of(user, *scopes)``: a client with a fresh key; all scopes unless some are named."""

    def make(user: User, *scopes: str, **options) -> APIClient:
        _, key = api_keys.create_key(
            actor=person(user), name="test", scopes=scopes or Scope.values, **options
        )
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
        return client

    return make


@pytest.fixture
def anybody() -> APIClient:
    """Somebody without a key."""
    return APIClient()
