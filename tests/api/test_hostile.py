"""Whatever is sent to any address by any method: a refusal in the API's form, nothing changed.

The requests are made from the URLconf and the schema: a new route is in it by itself.
"""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims.api.errors import KINDS
from claims.choices import QuoteStatus, Scope
from claims.models import ApiKey, Claim, Evidence, Quote, Verdict
from claims.selectors import visible
from tests.api import hostile
from tests.api.bodies import Bodies
from tests.api.routes import METHODS, operations
from tests.api.rows import everybody, key_of, member, small_desk

pytestmark = pytest.mark.django_db
GOOGLES = "/api/compat/factchecktools/"
# Of these columns it is no news that they change.
NO_NEWS = {"claims_apikey": "last_used_at"}


@pytest.fixture
def desk(settings):
    settings.PUBLIC_READ = False
    small_desk()
    # Thousands of refusals, each of which is logged.
    logging.disable(logging.ERROR)
    yield Bodies()
    logging.disable(logging.NOTSET)


def state() -> dict[str, str]:
    """A digest of every table."""
    tables = sorted(
        {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        & set(connection.introspection.table_names())
    )
    parts = [
        f"SELECT '{table}', count(*)::text || coalesce(md5(string_agg(md5((to_jsonb(t) "
        f"- '{NO_NEWS.get(table, '')}')::text), '' ORDER BY md5((to_jsonb(t) "
        f"- '{NO_NEWS.get(table, '')}')::text))), '') FROM \"{table}\" t"
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


class Attacker:
    """Sends, and keeps what was answered otherwise than by a refusal in the API's form."""

    def __init__(self, key=None):
        self._client = Client(raise_request_exception=False)
        self._key = key
        self.wrong = []
        self.sent = 0

    def send(self, method, path, sent):
        headers = {"If-Match": "*", **sent.headers}
        if self._key:
            headers.setdefault("Authorization", f"Bearer {self._key}")
        answer = self._client.generic(
            method.upper(),
            f"{path}?{sent.query}" if sent.query else path,
            sent.body if sent.body is not None else b"",
            content_type=sent.content_type,
            headers=headers,
        )
        self.sent += 1
        self.judge(f"{method.upper()} {path}: {sent.what}", answer)
        return answer

    def judge(self, name, answer):
        kind, code = answer.headers.get("Content-Type"), None
        if kind == "application/problem+json" and answer.content:
            code = answer.json()["code"]
        if GOOGLES in name and answer.json()["error"]["code"] == answer.status_code:
            return  # in the form of Google's errors, which its clients know
        if not 400 <= answer.status_code < 500 or KINDS.get(code, (0,))[0] != answer.status_code:
            self.wrong.append(f"{name} → {answer.status_code} {kind} {answer.content[:200]!r}")


def assault(attacks, key):
    """Send ``attacks(operation)`` to every operation; nothing may change meanwhile."""
    attacker, before = Attacker(key), state()
    for operation, path, sent in attacks:
        attacker.send(operation.method, path, sent)
    after = state()
    changed = {table for table in after if after[table] != before[table]}
    assert not attacker.wrong, f"{len(attacker.wrong)} of {attacker.sent}:\n" + "\n".join(
        attacker.wrong[:40]
    )
    assert not changed
    assert attacker.sent > 100


def test_parameters(desk):
    # The frame looks at parameters, the same for all: each address gets a quarter of them in
    # turn, so that all meet every kind of address in a quarter of the time.
    queries = list(hostile.queries())
    assault(
        (
            (operation, desk.path(operation), sent)
            for turn, operation in enumerate(operations())
            for sent in queries[turn % 4 :: 4]
            if not desk.takes_query(operation, sent.query)
        ),
        key_of(everybody()),
    )


def test_bodies_that_are_none(desk):
    # One parser reads them all: a third for each address, in turn.
    bodies = list(hostile.raw_bodies())
    taking = [each for each in operations() if each.writes and desk.is_json(each)]
    assault(
        (
            (operation, desk.path(operation), sent)
            for turn, operation in enumerate(taking)
            for sent in bodies[turn % 3 :: 3]
        ),
        key_of(everybody()),
    )


def test_members_of_a_wrong_type(desk):
    assault(
        (
            (operation, desk.path(operation), sent)
            for operation in operations()
            if desk.shape(operation)
            for sent in hostile.wrong_members(
                desk.shape(operation), desk.components, desk.good(operation)
            )
        ),
        key_of(everybody()),
    )


def test_columns_that_are_not_the_clients_to_set(desk):
    assault(
        (
            (operation, desk.path(operation), sent)
            for operation in operations()
            if operation.writes and operation.model is not None and desk.is_json(operation)
            for sent in hostile.members_of_the_model(
                operation.model, desk.shape(operation), desk.good(operation)
            )
        ),
        key_of(everybody()),
    )


def test_keys_in_addresses_and_methods_that_are_not_there(desk):
    known = {(operation.path, operation.method) for operation in operations()}
    unknown = [
        (operation, method)
        for operation in operations()
        for method in (*METHODS, "options", "trace", "foo")
        if (operation.path, method) not in known
    ]
    attacker, before = Attacker(key_of(everybody())), state()
    for operation in operations():
        if operation.detail:
            for key in hostile.KEYS_IN_ADDRESSES:
                answer = attacker.send(
                    operation.method, operation.address(key), hostile.Sent(f"key {key[:20]}")
                )
                if answer.status_code not in (400, 404):
                    attacker.wrong.append(f"{operation} of {key[:20]}: {answer.status_code}")
    for operation, method in unknown:
        answer = attacker.send(method, desk.path(operation), hostile.Sent("unknown method"))
        if answer.status_code != 405:
            attacker.wrong.append(f"{method} {operation.path}: {answer.status_code}, not 405")
    assert not attacker.wrong, "\n".join(attacker.wrong[:40])
    assert state() == before


def test_keys_that_are_not_good(desk):
    editor, gone = member("Editor"), member("Auditor")
    now = timezone.now()
    keys = {name: key_of(editor) for name in ("revoked", "expired", "changed")}
    of_prefix = {name: ApiKey.objects.filter(prefix=key[4:12]) for name, key in keys.items()}
    of_prefix["revoked"].update(revoked_at=now)
    of_prefix["expired"].update(expires_at=now - timedelta(seconds=1))
    keys["changed"] = keys["changed"][:-1] + ("A" if keys["changed"][-1] != "A" else "B")
    keys["of somebody who left"] = key_of(gone)
    gone.is_active = False
    gone.save()
    shown = {name: f"Bearer {key}" for name, key in keys.items()}
    shown |= {"none": "", "empty": "Bearer ", "no key": "Bearer x", "long": "Bearer " + "x" * 9000}
    shown |= {"not ASCII": "Bearer fck_é", "basic": "Basic YTpi", "SQL": "Bearer ' OR 1=1 --"}
    attacker, before = Attacker(), state()
    for operation in operations():
        for name, header in shown.items():
            sent = hostile.Sent(
                f"key: {name}",
                body=desk.bytes(operation),
                content_type=desk.content_type(operation),
                headers={"Authorization": header} if header else {},
            )
            answer = attacker.send(operation.method, desk.path(operation), sent)
            if answer.status_code != 401 or "Bearer" not in answer["WWW-Authenticate"]:
                attacker.wrong.append(f"{operation} with {name}: {answer.status_code}, not 401")
    assert not attacker.wrong, "\n".join(attacker.wrong[:40])
    assert state() == before


def test_keys_without_the_scope(desk):
    owner = everybody()
    key_of_scope = {scope: key_of(owner, scope) for scope in Scope.values}
    attacker, before = Attacker(), state()
    for operation in operations():
        view = operation.made_view()
        wanted = view.scope_of(operation.method.upper())
        for scope, key in key_of_scope.items():
            if scope == wanted:
                continue
            sent = hostile.Sent(
                f"only {scope}",
                body=desk.bytes(operation),
                content_type=desk.content_type(operation),
                headers={"Authorization": f"Bearer {key}"},
            )
            answer = attacker.send(operation.method, desk.path(operation), sent)
            if answer.status_code != 403:
                attacker.wrong.append(f"{operation} with {scope}: {answer.status_code}, not 403")
    assert not attacker.wrong, "\n".join(attacker.wrong[:40])
    assert state() == before


def test_rows_that_are_kept_from_somebody_are_not_there(desk):
    reporter = member("Reporter")
    attacker, before, asked = Attacker(key_of(reporter)), state(), 0
    for operation in operations():
        if not operation.detail:
            continue
        rows = operation.rows.all()
        hidden = rows.exclude(pk__in=visible(rows, reporter).values("pk")).first()
        if hidden is None:
            continue
        sent = hostile.Sent(
            "a hidden row",
            body=desk.bytes(operation),
            content_type=desk.content_type(operation),
        )
        told = attacker.send(operation.method, operation.address(hidden.pk), sent)
        nothing = attacker.send(operation.method, operation.address(10**15), sent)
        asked += 1
        same = (told.status_code, told.content) == (nothing.status_code, nothing.content)
        if not same or told.status_code not in (403, 404):
            attacker.wrong.append(f"{operation}: {told.content!r}, {nothing.content!r}")
    assert not attacker.wrong, "\n".join(attacker.wrong[:40])
    assert asked > 20
    assert state() == before


def test_hidden_rows_are_in_no_list_and_cannot_be_named(desk):
    reporter = member("Reporter")
    client = Client(headers={"Authorization": f"Bearer {key_of(reporter)}"})
    secret = Claim.objects.get(embargo_until__isnull=False)
    paper = Evidence.objects.get(is_confidential=True)
    verdict = Verdict.objects.get(claim=secret)
    for path, key in (("claims", secret.pk), ("evidence", paper.pk), ("verdicts", verdict.pk)):
        listed = client.get(f"/api/v1/{path}?limit=500").json()["results"]
        assert listed
        assert key not in [row["id"] for row in listed]
    waiting = Quote.objects.filter(status=QuoteStatus.CANDIDATE).first()
    accept = {
        "path": f"/api/v1/quotes/{waiting.pk}/accept",
        "content_type": "application/json",
        "headers": {"If-Match": "*"},
    }
    named = client.post(data={"claim": secret.pk}, **accept)
    unknown = client.post(data={"claim": 10**15}, **accept)
    assert named.status_code == unknown.status_code == 400
    assert named.content == unknown.content.replace(b"1000000000000000", b"%d" % secret.pk)
