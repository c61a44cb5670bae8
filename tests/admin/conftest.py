"""Signed-in clients, one a role, and a desk with a row of everything."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture
def root(db):
    """An administrator."""
    return factories.UserFactory(username="root", is_superuser=True)


@pytest.fixture
def sign_in():
    """A client that is signed in as a user."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


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
