"""Whose key may do what: the whole URLconf against the table permissions.txt.

An operation that the table does not know fails, and so does one that is gone. The message says
which lines to write; whether they are right is for a person to judge.
"""

import logging
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from claims.choices import Scope
from tests.api.bodies import Bodies
from tests.api.routes import operations
from tests.api.rows import ROLES, everybody, key_of, member, small_desk

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "permissions.txt"
# In the order of the letters: P is the public, where PUBLIC_READ is on.
LETTERS = {"P": None, "R": "Reporter", "C": "Checker", "E": "Editor", "A": "Administrator"}
LETTERS |= {"U": "Auditor"}
SCOPES = {scope[0]: scope for scope in Scope.values}


def expected() -> dict[str, tuple[str, str]]:
    """Operation → the letters of the roles, and of the scopes that let it be done alone."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    told = [line.rsplit(maxsplit=2) for line in lines if line and not line.startswith("#")]
    return {" ".join(name.split()): (roles, scopes) for name, roles, scopes in told}


def allowed(operation, desk, key):
    """Whether it is not refused for who asks; whatever it did is undone."""
    with transaction.atomic():
        answer = Client(raise_request_exception=False).generic(
            operation.method.upper(),
            desk.path(operation),
            desk.bytes(operation),
            content_type=desk.content_type(operation),
            headers={"If-Match": "*", **({"Authorization": f"Bearer {key}"} if key else {})},
        )
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{operation}: {answer.content!r}"
    return answer.status_code not in (401, 403)


def test_every_operation_is_open_to_whom_the_table_says(settings):
    settings.PUBLIC_READ = True
    assert list(ROLES) == [role for role in LETTERS.values() if role]
    small_desk()
    desk, owner = Bodies(), everybody()
    keys = {letter: key_of(member(role)) if role else None for letter, role in LETTERS.items()}
    of_scope = {letter: key_of(owner, scope) for letter, scope in SCOPES.items()}
    logging.disable(logging.ERROR)
    try:
        found = {
            str(each): tuple(
                "".join(letter if allowed(each, desk, key) else "-" for letter, key in some.items())
                for some in (keys, of_scope)
            )
            for each in operations()
        }
    finally:
        logging.disable(logging.NOTSET)
    table = expected()
    wrong = [
        f"{name:58} {line[0]} {line[1]}" for name, line in found.items() if table.get(name) != line
    ]
    assert not wrong, f"In {TABLE.name}, if that is how it should be:\n" + "\n".join(wrong)
    assert not set(table) - set(found), f"In {TABLE.name}, no longer there."


def test_no_operation_is_open_to_two_scopes():
    assert all(len(scopes.replace("-", "")) <= 1 for _, scopes in expected().values())
