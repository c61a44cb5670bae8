"""Many claims at once leave what one at a time leaves, and a bad line harms no other."""

from datetime import UTC, date, datetime

import orjson
import pytest
from django.apps import apps
from django.db import connection

from claims.models import Change, Claim, Decision
from claims.services import bulk, claims
from claims.services.actors import job, person
from claims.services.errors import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def lines(*contents):
    return [c if isinstance(c, bytes) else orjson.dumps(c) for c in contents]


def create(*contents, actor):
    return list(bulk.create_claims(lines(*contents), actor=actor))


def left_by(claim):
    """Everything that the record holds of a claim, but for keys and clocks."""
    moving = {"id", "pk", "claim_id", "created_at", "updated_at", "at"}

    def plain(rows):
        return [
            {
                name: value
                for name, value in row.items()
                if (name not in moving and not name.startswith("pgh_")) or name == "pgh_label"
            }
            for row in rows
        ]

    event = apps.get_model("claims", "ClaimEvent")
    return {
        "claim": plain(Claim.objects.filter(pk=claim.pk).values()),
        "decisions": plain(Decision.objects.filter(claim=claim).values()),
        "history": plain(event.objects.filter(pgh_obj_id=claim.pk).values()),
        "changes": list(
            Change.objects.filter(resource="claims", object_id=claim.pk).values_list("kind")
        ),
    }


def test_a_line_leaves_what_the_service_leaves(editor):
    text = "  By March 2026,\n 85% of the dykes had been inspected. "
    one = claims.create_claim(text=text, actor=person(editor))
    (outcome,) = create({"text": text}, actor=person(editor))
    made = Claim.objects.get(pk=outcome.key)
    assert made.quantities
    assert left_by(made) == left_by(one)


def test_all_that_a_line_may_say_is_kept(editor):
    topics = [factories.TopicFactory(slug=slug) for slug in ("rivers", "dykes")]
    (outcome,) = create(
        {
            "text": "It is so.",
            "topics": ["dykes", "rivers", "dykes"],
            "priority": "high",
            "recheck_by": "2026-03-01",
            "embargo_until": "2026-03-01T07:00:00+01:00",
        },
        actor=person(editor),
    )
    claim = Claim.objects.get(pk=outcome.key)
    assert set(claim.topics.all()) == set(topics)
    assert (claim.priority, claim.recheck_by) == ("high", date(2026, 3, 1))
    assert claim.embargo_until == datetime(2026, 3, 1, 6, tzinfo=UTC)


BAD = [
    (b"{", "#", "malformed"),
    (b'"a text"', "#", "malformed"),
    (b'{"text": "\\ud800"}', "#", "malformed"),
    (b"\xff\xfe", "#", "malformed"),
    ({}, "#/text", "required"),
    ({"text": " \n "}, "#/text", "invalid"),
    ({"text": 5}, "#/text", "invalid"),
    ({"text": "a\0b"}, "#/text", "invalid"),
    ({"text": "x" * 10_001}, "#/text", "invalid"),
    ({"text": "So.", "stage": "published"}, "#/stage", "unknown_field"),
    ({"text": "So.", "a/b~c": 1}, "#/a~1b~0c", "unknown_field"),
    ({"text": "So.", "topics": "dykes"}, "#/topics", "invalid"),
    ({"text": "So.", "topics": [1]}, "#/topics", "invalid"),
    ({"text": "So.", "topics": ["a\0"]}, "#/topics", "invalid"),
    ({"text": "So.", "topics": ["nowhere"]}, "#/topics/0", "does_not_exist"),
    ({"text": "So.", "priority": "urgent"}, "#/priority", "invalid"),
    ({"text": "So.", "priority": None}, "#/priority", "invalid"),
    ({"text": "So.", "recheck_by": "soon"}, "#/recheck_by", "invalid"),
    ({"text": "So.", "recheck_by": "2026-02-30"}, "#/recheck_by", "invalid"),
    ({"text": "So.", "recheck_by": 20260301}, "#/recheck_by", "invalid"),
    ({"text": "So.", "embargo_until": "later"}, "#/embargo_until", "invalid"),
    ({"text": "So.", "embargo_until": "0001-01-01T00:00:00+14:00"}, "#/embargo_until", "invalid"),
    ({"text": "So.", "embargo_until": "9999-12-31T23:59:59-12:00"}, "#/embargo_until", "invalid"),
]


def test_bad_lines_are_told_where_and_why_and_harm_no_other(editor):
    contents = [each for content, _, _ in BAD for each in (content, {"text": "A good one."})]
    outcomes = create(*contents, actor=person(editor))
    assert [outcome.line for outcome in outcomes] == list(range(1, len(contents) + 1))
    bad, good = outcomes[::2], outcomes[1::2]
    assert [(o.errors[0].pointer, o.errors[0].code) for o in bad] == [
        (pointer, code) for _, pointer, code in BAD
    ]
    assert all(outcome.key is None for outcome in bad)
    assert [outcome.key for outcome in good] == list(
        Claim.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert Decision.objects.count() == len(good)


def test_all_that_is_wrong_with_a_line_is_said_at_once(editor):
    (outcome,) = create({"stage": 1, "priority": "x", "topics": ["y"]}, actor=person(editor))
    assert {error.pointer for error in outcome.errors} == {
        *("#/stage", "#/priority", "#/topics/0", "#/text")
    }


def test_what_only_the_database_refuses_harms_no_other_line(editor):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_claim ADD CONSTRAINT no_cats CHECK (text <> 'Cat.')")
    outcomes = create({"text": "Dog."}, {"text": "Cat."}, {"text": "Cow."}, actor=person(editor))
    assert [bool(outcome.key) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].errors[0].code == "refused"
    assert list(Claim.objects.order_by("pk").values_list("text", flat=True)) == ["Dog.", "Cow."]


def test_empty_lines_have_no_outcome_and_batches_follow_each_other(editor, monkeypatch):
    monkeypatch.setattr(bulk, "BATCH_LINES", 2)
    contents = [{"text": "1."}, b"", {"text": "2."}, b"  ", {"text": "3."}, {"text": 4}, b"\r"]
    outcomes = create(*contents, actor=person(editor))
    assert [(o.line, bool(o.key)) for o in outcomes] == [
        (1, True),
        (3, True),
        (5, True),
        (6, False),
    ]
    later = claims.create_claim(text="After them.", actor=person(editor))
    assert later.pk > max(outcome.key for outcome in outcomes if outcome.key)


def test_any_text_is_kept_as_it_is(editor):
    texts = ["back\\slash \\N \\.", "“quoted” 漢字 👩‍👧", "%s {} \\t", "tab and \x0b"]
    create(*({"text": text} for text in texts), actor=person(editor))
    assert list(Claim.objects.order_by("pk").values_list("text", flat=True)) == [
        " ".join(text.split()) for text in texts
    ]


def test_it_needs_the_right_to_make_claims(auditor):
    with pytest.raises(NotAllowed):
        create({"text": "So."}, actor=person(auditor))
    with pytest.raises(NotAllowed):
        create({"text": "So."}, actor=job("import"))
    assert not Claim.objects.exists()
