"""Rows that never change: article versions, decisions, published verdicts, kept merges."""

from datetime import UTC, date, datetime

import pytest

from claims.choices import VerdictStatus
from claims.models import ArticleVersion, Decision, SpeakerMerge, Verdict
from tests import factories
from tests.models.writing import by_queryset, execute, refused, refused_every_way

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "Another text."),
        ("sha256", "0" * 64),
        ("number", 7),
        ("fetched_at", LATER),
        ("snapshot", "elsewhere"),
    ],
)
def test_a_version_never_changes(field, value):
    version = factories.ArticleVersionFactory()
    refused_every_way(version, "Cannot update", **{field: value})


def test_a_version_cannot_be_deleted():
    version = factories.ArticleVersionFactory(is_current=False)
    with refused("Cannot (update or )?delete"):
        version.delete()
    with refused("Cannot (update or )?delete"):
        ArticleVersion.objects.all().delete()
    with refused("Cannot (update or )?delete"):
        execute("DELETE FROM claims_articleversion")


def test_a_decision_never_changes():
    decision = factories.DecisionFactory()
    refused_every_way(decision, "Cannot update", comment="It was not me.")


def test_a_decision_cannot_be_deleted():
    decision = factories.DecisionFactory()
    with refused("Cannot (update or )?delete"):
        decision.delete()
    with refused("Cannot (update or )?delete"):
        execute("DELETE FROM claims_decision")
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "things", [(), ("quote", "claim"), ("claim", "verdict"), ("quote", "verdict")]
)
def test_a_decision_is_on_exactly_one_thing(things):
    rows = {
        "quote": factories.QuoteFactory,
        "claim": factories.ClaimFactory,
        "verdict": factories.VerdictFactory,
    }
    with refused("decision_on_one_thing"):
        factories.DecisionFactory(**{"quote": None} | {thing: rows[thing]() for thing in things})


@pytest.mark.parametrize("thing", ["claim", "verdict"])
def test_a_decision_may_be_on_a_claim_or_a_verdict_alone(thing):
    row = {"claim": factories.ClaimFactory, "verdict": factories.VerdictFactory}[thing]()
    decision = factories.DecisionFactory(quote=None, **{thing: row})
    assert list(row.decisions.all()) == [decision]


def test_a_decision_has_somebody_who_made_it():
    with refused("decision_by_somebody"):
        factories.DecisionFactory(actor=None, job="")
    assert factories.DecisionFactory(actor=None, job="rules-1").job == "rules-1"


def published(**values):
    return factories.VerdictFactory(
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=datetime(2026, 4, 1, tzinfo=UTC),
        **values,
    )


CHANGES = [
    ("claim", factories.ClaimFactory),
    ("number", lambda: 9),
    ("rating", factories.RatingFactory),
    ("summary", lambda: "It was true all along."),
    ("explanation", lambda: "Reworded."),
    ("author", factories.UserFactory),
    ("approver", factories.UserFactory),
    ("valid_as_of", lambda: date(2026, 4, 2)),
    ("correction_note", lambda: "Quietly."),
    ("published_at", lambda: LATER),
]


@pytest.mark.parametrize(("field", "make"), CHANGES, ids=[field for field, _ in CHANGES])
def test_nothing_that_readers_saw_of_a_verdict_changes(field, make):
    verdict = published()
    refused_every_way(verdict, "Cannot update", **{field: make()})


@pytest.mark.parametrize("end", [VerdictStatus.SUPERSEDED, VerdictStatus.RETRACTED])
def test_a_verdict_that_was_public_stays_as_it_was_when_it_is_no_more(end):
    verdict = published()
    by_queryset(verdict, status=end)
    with refused("Cannot update"):
        by_queryset(verdict, summary="It was true all along.")
    with refused("Cannot (update or )?delete"):
        verdict.delete()


def test_a_published_verdict_cannot_be_deleted_but_a_draft_can():
    verdict = published()
    factories.VerdictFactory()
    with refused("Cannot (update or )?delete"):
        verdict.delete()
    with refused("Cannot (update or )?delete"):
        execute("DELETE FROM claims_verdict")
    Verdict.objects.filter(status=VerdictStatus.DRAFT).delete()
    assert list(Verdict.objects.all()) == [verdict]


def test_a_merge_of_speakers_is_kept():
    merge = factories.SpeakerMergeFactory()
    with refused("Cannot (update or )?delete"):
        merge.delete()
    with refused("Cannot (update or )?delete"):
        execute("DELETE FROM claims_speakermerge")
    by_queryset(merge, undone_at=LATER)
    assert SpeakerMerge.objects.get().undone_at == LATER


TRACKED = [
    factory
    for factory in vars(factories).values()
    if isinstance(factory, type)
    and issubclass(factory, factories.DjangoModelFactory)
    and factory is not factories.DjangoModelFactory
    and hasattr(factory._meta.model, "pgh_event_models")  # kept in the history
]


@pytest.mark.parametrize("factory", TRACKED, ids=lambda factory: factory.__name__)
def test_no_row_changes_its_primary_key_behind_the_back_of_its_history(factory):
    row = factory()
    with refused("Cannot update"):
        execute(f"UPDATE {row._meta.db_table} SET id = id + 1000000 WHERE id = %s", row.pk)
