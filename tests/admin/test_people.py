"""Who may make whom what."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests import factories
from tests.admin.pages import url

pytestmark = pytest.mark.django_db


def posted(user, **changes):
    """The form of ``user`` as a browser sends it."""
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in user.groups.all()],
        "last_login_0": "",
        "last_login_1": "",
        "date_joined_0": user.date_joined.strftime("%Y-%m-%d"),
        "date_joined_1": user.date_joined.strftime("%H:%M:%S"),
        **changes,
    }


@pytest.fixture
def editors() -> Group:
    return Group.objects.get(name="Editor")


@pytest.fixture
def as_administrator(sign_in, administrator):
    return sign_in(administrator)


def test_an_administrator_gives_a_role_and_it_is_in_the_history(
    as_administrator, reporter, editors
):
    path = url(User, "change", reporter.pk)
    answer = as_administrator.post(path, posted(reporter, groups=[editors.pk]))
    assert answer.status_code == 302
    assert list(reporter.groups.all()) == [editors]
    history = as_administrator.get(url(User, "history", reporter.pk)).content.decode()
    assert "Roles: Reporter → Editor." in history


def test_an_administrator_adds_a_person_who_is_nobody_yet(as_administrator):
    answer = as_administrator.post(
        url(User, "add"),
        {
            "username": "new",
            "usable_password": "true",
            "password1": "a-long-pass-word-of-hers",
            "password2": "a-long-pass-word-of-hers",
            "is_superuser": "on",
        },
    )
    assert answer.status_code == 302
    new = User.objects.get(username="new")
    assert not new.is_superuser
    assert not new.groups.exists()


@pytest.mark.parametrize("whose", ["reporter", "administrator"])
def test_an_administrator_makes_no_superuser(request, as_administrator, whose):
    user = request.getfixturevalue(whose)
    permission = editors_permission()
    as_administrator.post(
        url(User, "change", user.pk),
        posted(user, is_superuser="on", user_permissions=[permission.pk]),
    )
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def editors_permission():
    return Group.objects.get(name="Editor").permissions.get(codename="approve_verdict")


def test_nobody_but_a_superuser_changes_the_own_roles(as_administrator, administrator, editors):
    own = [*administrator.groups.all()]
    as_administrator.post(
        url(User, "change", administrator.pk),
        posted(administrator, groups=[editors.pk], first_name="Ada"),
    )
    administrator.refresh_from_db()
    assert [*administrator.groups.all()] == own
    assert administrator.first_name == "Ada"


def test_a_superuser_is_changed_by_a_superuser_only(as_administrator, as_root, root):
    other = factories.UserFactory(username="other", is_superuser=True)
    for user in (root, other):
        answer = as_administrator.post(
            url(User, "change", user.pk), posted(user, first_name="Mallory")
        )
        assert answer.status_code == 403
        path = reverse("admin:auth_user_password_change", args=[user.pk])
        assert as_administrator.get(path).status_code == 403
    as_root.post(url(User, "change", other.pk), posted(other, first_name="Ada", is_superuser="on"))
    other.refresh_from_db()
    assert (other.first_name, other.is_superuser) == ("Ada", True)


def test_roles_themselves_are_the_superusers(as_administrator, editors):
    path = url(Group, "change", editors.pk)
    assert as_administrator.get(path).status_code == 200
    assert as_administrator.post(path, {"name": "Mine"}).status_code == 403
    assert as_administrator.get(url(Group, "add")).status_code == 403


def test_nobody_deletes_a_person_whose_work_is_on_the_record(as_administrator, reporter):
    assert (
        as_administrator.post(url(User, "delete", reporter.pk), {"post": "yes"}).status_code == 403
    )


def test_the_auditor_looks_at_people_and_changes_none(sign_in, auditor, reporter):
    client = sign_in(auditor)
    path = url(User, "change", reporter.pk)
    assert client.get(path).status_code == 200
    assert client.post(path, posted(reporter, first_name="X")).status_code == 403
