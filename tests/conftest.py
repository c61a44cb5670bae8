"""What every test needs: files of its own, and people with roles."""

import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection

from claims.migrations import _beginning
from tests import factories


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Never go on with a database that is not a test's: committing tests empty their tables."""
    name = connection.settings_dict["NAME"]
    if not str(name).startswith("test_"):
        pytest.exit(f"The tests would have run on the database {name!r}.", returncode=3)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads, snapshots and static files of a test stay in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    # An empty folder: with DEBUG=0 WhiteNoise warns where there is none.
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def _static_folder() -> None:
    """The live server starts before any test has a folder of its own, and WhiteNoise wants one."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def _member(role: str) -> User:
    user = factories.UserFactory(username=role.lower())
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def reporter(db) -> User:
    return _member("Reporter")


@pytest.fixture
def checker(db) -> User:
    return _member("Checker")


@pytest.fixture
def editor(db) -> User:
    return _member("Editor")


@pytest.fixture
def administrator(db) -> User:
    return _member("Administrator")


@pytest.fixture
def auditor(db) -> User:
    return _member("Auditor")


def remake_roles() -> None:
    """Make the roles and the first scale again, which the flush of a committing test takes away."""
    _beginning.make_roles(apps, None)
    _beginning.make_scale(apps, None)
    _beginning.make_epoch(apps, None)


@pytest.fixture
def _roles_return(django_db_setup, django_db_blocker):
    """Set up before ``transactional_db``, so ended after its flush."""
    yield
    with django_db_blocker.unblock():
        remake_roles()


@pytest.fixture
def committed(_roles_return, transactional_db):
    """Changes are committed, so that other threads and processes see them."""


@pytest.fixture
def short_tmp():
    """A folder with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder:
        yield Path(folder)
