"""Signed-in clients, one a role, and a desk with a row of everything."""

import pytest
from django.test import Client

from tests import factories
from tests.admin.browsing import (  # noqa: F401  fixtures
    _roles_stay,
    browser,
    requests_of_pages,
    signed_in,
    staff,
)


@pytest.fixture
def root(db):
    """An administrator."""
    return factories.UserFactory(username="root", is_superuser=True)


@pytest.fixture
def sign_in():
    """A client that is signed in as a user."""

    def as_user(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def as_root(sign_in, root):
    return sign_in(root)


@pytest.fixture
def as_reporter(sign_in, reporter):
    return sign_in(reporter)


@pytest.fixture
def as_checker(sign_in, checker):
    return sign_in(checker)


@pytest.fixture
def as_editor(sign_in, editor):
    return sign_in(editor)
