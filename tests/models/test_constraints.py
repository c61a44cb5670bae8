"""What the database refuses whoever writes: a row of the table for each constraint."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db.models import ProtectedError

from claims import models
from claims.choices import QuoteStatus, VerdictStatus, WorkState
from tests import factories
from tests.models.writing import execute, refused, refused_every_way

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 1, tzinfo=UTC)

# (factory, a change of a row it made, the constraint that refuses it)
WRONG = [
    (factories.ArticleFactory, {"url_hash": "abc"}, "article_hash_form"),
    (factories.ArticleFactory, {"url_hash": "A" * 64}, "article_hash_form"),
    (factories.ArticleFactory, {"kind": "poem"}, "article_kind_known"),
    (factories.SourceFactory, {"name": ""}, "source_name_filled"),
    (factories.SourceFactory, {"kind": "blog"}, "source_kind_known"),
    (factories.FeedFactory, {"interval_seconds": 0}, "feed_interval"),
    (factories.FeedFactory, {"state": "asleep"}, "feed_state_known"),
    (factories.SpeakerFactory, {"kind": "robot"}, "speaker_kind_known"),
    (factories.SpeakerFactory, {"wikidata_id": "58217"}, "speaker_wikidata_form"),
    (factories.SpeakerFactory, {"wikidata_id": "Q0"}, "speaker_wikidata_form"),
    (factories.SpeakerFactory, {"wikidata_id": "q58217"}, "speaker_wikidata_form"),
    (factories.SpeakerFactory, {"wikidata_id": "Q58217\n"}, "speaker_wikidata_form"),
    (factories.SpeakerFactory, {"wikidata_id": "Q58217 Q1"}, "speaker_wikidata_form"),
    (
        factories.AffiliationFactory,
        {"since": date(2021, 2, 1), "until": date(2021, 1, 31)},
        "affiliation_ordered",
    ),
    (factories.QuoteFactory, {"kind": "partial"}, "quote_kind_known"),
    (factories.ClaimFactory, {"text": ""}, "claim_text_filled"),
    (factories.ClaimFactory, {"priority": "urgent"}, "claim_priority_known"),
    (factories.AppearanceFactory, {"stance": "shrugs"}, "appearance_stance_known"),
    (factories.AppearanceFactory, {"state": "perhaps"}, "appearance_state_known"),
    (factories.AppearanceFactory, {"score": 1.5}, "appearance_score_share"),
    (factories.AppearanceFactory, {"score": float("nan")}, "appearance_score_share"),
    (factories.ClaimLinkFactory, {"relation": "resembles"}, "claim_link_known"),
    (factories.RatingFactory, {"colour": "red"}, "rating_colour_form"),
    (factories.RatingFactory, {"colour": "#12345g"}, "rating_colour_form"),
    (factories.EvidenceFactory, {"stance": "maybe"}, "evidence_stance_known"),
    (factories.EvidenceFactory, {"kind": "hearsay"}, "evidence_kind_known"),
    (factories.EvidenceFactory, {"url": ""}, "evidence_says_something"),
    (factories.ExtractionRunFactory, {"state": "paused"}, "run_state_known"),
    (factories.ExtractionRunFactory, {"state": WorkState.RUNNING}, "run_leased_while_running"),
    (
        factories.ExtractionRunFactory,
        {"state": WorkState.RUNNING, "lease_token": uuid.UUID(int=1), "due_at": None},
        "run_leased_while_running",
    ),
    (
        factories.ExtractionRunFactory,
        {"lease_token": uuid.UUID(int=1)},
        "run_leased_while_running",
    ),
    (factories.ExtractionRunFactory, {"state": WorkState.DONE}, "run_done_is_counted"),
    (factories.VerdictFactory, {"number": 0}, "verdict_number_positive"),
    (
        factories.VerdictFactory,
        {"status": VerdictStatus.PUBLISHED},
        "verdict_published_is_complete",
    ),
    (factories.VerdictFactory, {"published_at": NOW}, "verdict_published_is_complete"),
    (factories.QuoteFactory, {"status": QuoteStatus.ACCEPTED}, "quote_decided_by_people"),
    (factories.QuoteFactory, {"status": QuoteStatus.REJECTED}, "quote_decided_by_people"),
]


@pytest.mark.parametrize(
    ("factory", "changes", "constraint"),
    WRONG,
    ids=[f"{factory._meta.model.__name__}-{changes}" for factory, changes, _ in WRONG],
)
def test_a_wrong_value_is_refused(factory, changes, constraint):
    row = factory()
    refused_every_way(row, constraint, **changes)


@pytest.mark.parametrize(
    ("factory", "changes", "constraint"),
    [
        (factories.ArticleVersionFactory, {"text": "", "sha256": "0" * 64}, "version_text_filled"),
        (factories.ArticleVersionFactory, {"sha256": "0" * 63}, "version_hash_form"),
        (factories.ArticleVersionFactory, {"number": 0}, "version_number_positive"),
        (factories.SpeakerFactory, {"name": ""}, "speaker_name_filled"),
        (factories.SpeakerFactory, {"name": "…!?"}, "speaker_name_filled"),
        (factories.SpeakerAliasFactory, {"name": "—"}, "alias_filled"),
        (factories.VerdictFactory, {"status": "final"}, "verdict_"),
        (factories.ClaimFactory, {"stage": "forgotten"}, "claim_stage_known"),
        (factories.QuoteFactory, {"status": "maybe"}, "quote_status_known"),
    ],
)
def test_a_wrong_row_is_not_even_inserted(factory, changes, constraint):
    with refused(constraint):
        factory(**changes)


@pytest.mark.parametrize("lacking", ["rating", "approver", "published_at", "summary"])
def test_a_published_verdict_lacks_nothing(lacking):
    complete = {
        "status": VerdictStatus.PUBLISHED,
        "rating": factories.RatingFactory(),
        "approver": factories.UserFactory(),
        "published_at": NOW,
        "summary": "The log lists 58%.",
    }
    with refused("verdict_published_is_complete"):
        factories.VerdictFactory(**complete | {lacking: "" if lacking == "summary" else None})


def test_a_published_correction_says_what_it_corrects():
    complete = {
        "status": VerdictStatus.PUBLISHED,
        "approver": factories.UserFactory(),
        "published_at": NOW,
        "number": 2,
    }
    with refused("verdict_published_is_complete"):
        factories.VerdictFactory(**complete)
    assert factories.VerdictFactory(**complete, correction_note="It was 58%, not 85%.").pk


def test_nobody_approves_a_verdict_of_their_own():
    verdict = factories.VerdictFactory()
    refused_every_way(
        verdict,
        "verdict_four_eyes",
        status=VerdictStatus.PUBLISHED,
        approver=verdict.author,
        published_at=NOW,
    )


@pytest.mark.parametrize("status", [VerdictStatus.DRAFT, VerdictStatus.PUBLISHED])
def test_a_claim_has_one_draft_and_one_published_verdict_at_most(status):
    claim = factories.ClaimFactory()
    values = (
        {}
        if status == VerdictStatus.DRAFT
        else {"approver": factories.UserFactory(), "published_at": NOW, "correction_note": "58%."}
    )
    factories.VerdictFactory(claim=claim, status=status, **values)
    with refused(f"verdict_{status}_once_a_claim"):
        factories.VerdictFactory(claim=claim, status=status, **values)


def test_a_claim_may_have_many_retracted_verdicts():
    claim = factories.ClaimFactory()
    for _ in range(2):
        factories.VerdictFactory(
            claim=claim,
            status=VerdictStatus.RETRACTED,
            approver=factories.UserFactory(),
            published_at=NOW,
            correction_note="58%.",
        )
    assert claim.verdicts.count() == 2


@pytest.mark.parametrize(
    ("factory", "shared", "constraint"),
    [
        (factories.ArticleFactory, ["canonical_url"], "article_url_once"),
        (factories.ArticleVersionFactory, ["article", "text"], "version_text_once"),
        (factories.ArticleVersionFactory, ["article", "number"], "version_number_once"),
        (factories.ExtractionRunFactory, ["article_version", "extractor"], "run_once_a_version"),
        (factories.QuoteFactory, ["article_version"], "quote_span_once"),
        (factories.SourceFactory, ["name"], "source_name_once"),
        (factories.SourceFactory, ["domain"], "source_domain_once"),
        (factories.FeedFactory, ["url"], "feed_url_once"),
        (factories.SpeakerAliasFactory, ["speaker", "name"], "alias_once_a_speaker"),
        (factories.AppearanceFactory, ["claim", "quote"], "appearance_once"),
        (factories.ClaimLinkFactory, ["from_claim", "to_claim", "relation"], "claim_link_once"),
        (factories.TopicFactory, ["name"], "topic_name_once"),
        (factories.TopicFactory, ["slug"], "topic_slug_once"),
        (factories.RatingScaleFactory, ["name"], "scale_name_once"),
        (factories.RatingFactory, ["scale", "label"], "rating_label_once"),
        (factories.RatingFactory, ["scale", "value"], "rating_value_once"),
        (factories.VerdictFactory, ["claim", "number"], "verdict_number_once"),
        (factories.SpeakerMergeFactory, ["absorbed"], "merge_open_once_a_speaker"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_unique_is_refused_the_second_time(factory, shared, constraint):
    first = factory()
    with refused(constraint):
        factory(**{name: getattr(first, name) for name in shared})


@pytest.mark.parametrize(
    ("factory", "first", "second"),
    [
        (factories.SpeakerFactory, {"name": "Imran Khan"}, {"name": "Imran Khan"}),
        (factories.SpeakerFactory, {"wikidata_id": ""}, {"wikidata_id": ""}),
        (factories.SourceFactory, {"domain": ""}, {"domain": ""}),
        (factories.SpeakerAliasFactory, {"name": "Khan"}, {"name": "Khan"}),
        # An unconfirmed namesake of a confirmed speaker: a person decides whether they are one.
        (
            factories.SpeakerFactory,
            {"name": "Sadiq Khan"},
            {"name": "Sadiq Khan", "is_confirmed": False},
        ),
    ],
)
def test_what_two_rows_may_share(factory, first, second):
    assert factory(**first).pk != factory(**second).pk


def test_a_wikidata_item_belongs_to_one_speaker():
    factories.SpeakerFactory(wikidata_id="Q58217")
    with refused("speaker_wikidata_once"):
        factories.SpeakerFactory(wikidata_id="Q58217")


def test_an_unconfirmed_name_is_there_once_unless_it_was_merged_away():
    first = factories.SpeakerFactory(name="José Mujica", is_confirmed=False)
    with refused("speaker_unconfirmed_once"):
        factories.SpeakerFactory(name="JOSE MUJICA", is_confirmed=False)
    first.merged_into = factories.SpeakerFactory()
    first.save()
    assert factories.SpeakerFactory(name="JOSE MUJICA", is_confirmed=False).pk


@pytest.mark.parametrize(
    ("factory", "field", "constraint"),
    [
        (factories.ArticleFactory, "copy_of", "article_not_copy_of_itself"),
        (factories.SpeakerFactory, "merged_into", "speaker_not_merged_into_itself"),
    ],
)
def test_a_row_does_not_point_at_itself(factory, field, constraint):
    row = factory()
    refused_every_way(row, constraint, **{field: row})


@pytest.mark.parametrize(
    ("factory", "one", "other", "constraint"),
    [
        (factories.ClaimLinkFactory, "from_claim", "to_claim", "claim_link_of_two"),
        (factories.SpeakerMergeFactory, "kept", "absorbed", "merge_of_two"),
    ],
)
def test_a_relation_is_one_of_two_rows(factory, one, other, constraint):
    row = factory()
    refused_every_way(row, constraint, **{one: getattr(row, other)})


def test_rows_that_others_rest_on_cannot_be_deleted():
    appearance = factories.AppearanceFactory()
    evidence = factories.EvidenceFactory(claim=appearance.claim)
    run = factories.ExtractionRunFactory(article_version=appearance.quote.article_version)
    for row in (
        appearance.quote,
        appearance.claim,
        appearance.quote.speaker,
        appearance.quote.article_version.article,
        appearance.quote.article_version.article.source,
    ):
        with pytest.raises(ProtectedError):
            row.delete()
    assert models.Evidence.objects.get() == evidence
    assert models.ExtractionRun.objects.get() == run


@pytest.mark.parametrize("table", ["claims_quote", "claims_claim", "claims_speaker"])
def test_raw_sql_cannot_delete_what_others_rest_on(table):
    factories.AppearanceFactory()
    with refused("foreign key constraint"):
        execute(f"DELETE FROM {table}")
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_person_who_decided_cannot_be_deleted():
    decision = factories.DecisionFactory()
    with pytest.raises(ProtectedError):
        decision.actor.delete()
