"""``manage.py api_key``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.services import api_keys

pytestmark = pytest.mark.django_db


def test_the_printed_key_lets_its_owner_in(reporter):
    out = StringIO()
    call_command("api_key", "reporter", "--scope", "read", "--scope", "desk", stdout=out)
    key = api_keys.authenticate(out.getvalue().strip())
    assert (key.owner, key.scopes) == (reporter, ["desk", "read"])


def test_nobody_and_a_past_end_are_refused(reporter):
    with pytest.raises(CommandError, match="no user"):
        call_command("api_key", "nobody")
    with pytest.raises(CommandError, match="yet to come"):
        call_command("api_key", "reporter", "--days", "0")
