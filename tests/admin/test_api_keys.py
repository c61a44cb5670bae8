"""Keys made at the desk: shown once, to whom they belong."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import ApiKey
from claims.services import api_keys

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_works(reporter):
    client = Client()
    client.force_login(reporter)
    page = client.post(
        reverse("admin:claims_apikey_add"), {"name": "nightly", "scopes": ["read", "triage"]}
    )
    (key,) = set(re.findall(r"fck_[a-z0-9]{8}_[\w-]{43}", page.content.decode()))

    found = api_keys.authenticate(key)
    assert (found.owner, found.scopes) == (reporter, ["read", "triage"])
    listed = client.get(reverse("admin:claims_apikey_changelist")).content.decode()
    assert found.prefix in listed
    assert key not in listed
    assert not any(key in str(value) for value in client.session.values())


def test_one_sees_and_revokes_ones_own_keys_alone(reporter, checker):
    own, _ = api_keys.create_key(actor=api_keys.Actor(reporter), name="mine", scopes=["read"])
    other, _ = api_keys.create_key(actor=api_keys.Actor(checker), name="theirs", scopes=["read"])
    client = Client()
    client.force_login(reporter)
    changelist = reverse("admin:claims_apikey_changelist")
    assert "theirs" not in client.get(changelist).content.decode()
    client.post(changelist, {"action": "revoke_each", "_selected_action": [own.pk, other.pk]})

    assert ApiKey.objects.get(pk=own.pk).revoked_at is not None
    assert ApiKey.objects.get(pk=other.pk).revoked_at is None
