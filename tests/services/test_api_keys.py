"""Keys of the API: who they let in, and whom not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import ApiKey
from claims.services import api_keys
from claims.services.actors import person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady

pytestmark = pytest.mark.django_db


def make(user, **options):
    given = {"name": "nightly import", "scopes": ["read"], **options}
    return api_keys.create_key(actor=person(user), **given)


def test_a_key_lets_its_owner_in_and_is_not_kept(reporter):
    _, key = make(reporter)

    assert api_keys.authenticate(key).owner == reporter
    kept = ApiKey.objects.values().get()
    assert key not in str(kept)
    assert key.rpartition("_")[2] not in str(kept)
    assert ApiKey.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"),
        lambda key: key.replace("fck_", "fcx_"),
        lambda key: key + "a",
        lambda key: key.upper(),
        lambda key: "",
        lambda key: "fck_\0\0\0\0\0\0\0\0_" + "a" * 43,
    ],
)
def test_what_only_looks_like_a_key_lets_nobody_in(reporter, spoil):
    _, key = make(reporter)
    with pytest.raises(NotAllowed):
        api_keys.authenticate(spoil(key))


def test_a_revoked_an_expired_and_an_ownerless_key_let_nobody_in(reporter, checker):
    revoked, first = make(reporter)
    api_keys.revoke(revoked, actor=person(reporter))
    expiring, second = make(reporter, expires_at=timezone.now() + timedelta(days=1))
    ApiKey.objects.filter(pk=expiring.pk).update(expires_at=timezone.now())
    _, third = make(checker)
    checker.is_active = False
    checker.save()

    for key in (first, second, third):
        with pytest.raises(NotAllowed):
            api_keys.authenticate(key)
    with pytest.raises(InvalidTransition):
        api_keys.revoke(revoked, actor=person(reporter))


def test_only_who_may_manage_keys_makes_and_revokes_those_of_others(
    reporter, checker, administrator
):
    with pytest.raises(NotAllowed):
        make(reporter, owner=checker)
    row, _ = make(administrator, owner=checker)
    assert row.owner == checker
    with pytest.raises(NotAllowed):
        api_keys.revoke(row, actor=person(reporter))
    assert api_keys.revoke(row, actor=person(administrator)).revoked_at is not None
    assert [*api_keys.keys_for(reporter)] == []
    assert [*api_keys.keys_for(administrator)] == [row]


@pytest.mark.parametrize(
    "options",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_key_needs_a_name_a_scope_and_a_future(reporter, options):
    with pytest.raises(NotReady):
        make(reporter, **options)
    assert not ApiKey.objects.exists()
