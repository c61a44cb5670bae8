"""What is done to the parts of a claim: right of reply, appearances, links, archived copies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import FetchOutcome, FetchPurpose, MatchState, QuoteStatus, Stance, WorkState
from claims.models import ClaimLink, Fetch
from claims.services import appearances, evidence, fetching, links, replies
from claims.services.actors import person
from claims.services.archive import open_archived
from claims.services.errors import InvalidTransition, NotAllowed, NotReady
from tests import factories
from tests.ingest.web import running

pytestmark = pytest.mark.django_db


# --- Right of reply ---------------------------------------------------------------------------


def test_publishing_warns_until_somebody_was_asked_and_answered_or_the_deadline_passed(checker):
    claim, actor = factories.ClaimFactory(), person(checker)
    assert replies.warnings(claim) == ["Nobody has been asked for a reply."]
    deadline = timezone.now() + timedelta(days=2)
    asked = replies.ask(claim, actor=actor, asked="Press office", deadline=deadline)
    (warning,) = replies.warnings(claim)
    assert "Press office: no answer yet, and the deadline runs until" in warning
    replies.record_answer(asked, actor=actor, answer="We stand by it.")
    assert replies.warnings(claim) == []
    asked.refresh_from_db()
    assert (asked.answer, asked.asked_by) == ("We stand by it.", checker)
    assert asked.answered_at is not None


def test_a_deadline_that_passed_is_no_warning(checker):
    claim = factories.ClaimFactory()
    past = timezone.now() - timedelta(days=1)
    factories.ReplyRequestFactory(claim=claim, asked_at=past, deadline=past)
    assert replies.warnings(claim) == []


@pytest.mark.parametrize(
    ("asked", "hours", "deadline", "missing"),
    [
        (" ", 0, None, "who was asked"),
        ("Press office", 1, None, "put already"),
        ("Press office", -1, -2, "before the question"),
    ],
)
def test_a_question_that_cannot_be_is_refused(checker, asked, hours, deadline, missing):
    now = timezone.now()
    with pytest.raises(NotReady, match=missing):
        replies.ask(
            factories.ClaimFactory(),
            actor=person(checker),
            asked=asked,
            asked_at=now + timedelta(hours=hours),
            deadline=now + timedelta(hours=deadline) if deadline else None,
        )


def test_reporters_neither_ask_nor_answer(reporter):
    row = factories.ReplyRequestFactory()
    with pytest.raises(NotAllowed):
        replies.ask(row.claim, actor=person(reporter), asked="Press office")
    with pytest.raises(NotAllowed):
        replies.record_answer(row, actor=person(reporter), answer="No.")


# --- Appearances ------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["candidate", "accepted"])
def test_a_suggested_appearance_is_confirmed_with_a_stance(checker, status):
    quote = factories.QuoteFactory(
        status=status, touched_at=timezone.now() if status == "accepted" else None
    )
    suggested = factories.AppearanceFactory(quote=quote, score=0.8, method="text")
    appearances.confirm(suggested, actor=person(checker), stance=Stance.DENIES)
    suggested.refresh_from_db()
    quote.refresh_from_db()
    assert (suggested.state, suggested.stance) == (MatchState.CONFIRMED, Stance.DENIES)
    assert quote.status == QuoteStatus.ACCEPTED


def test_a_rejected_quote_voices_nothing(checker):
    quote = factories.QuoteFactory(status="rejected", touched_at=timezone.now())
    suggested = factories.AppearanceFactory(quote=quote)
    with pytest.raises(InvalidTransition, match="voices nothing"):
        appearances.confirm(suggested, actor=person(checker))


def test_a_dismissed_appearance_leaves_its_quote_alone(checker):
    suggested = factories.AppearanceFactory()
    appearances.dismiss(suggested, actor=person(checker))
    suggested.refresh_from_db()
    assert suggested.state == MatchState.DISMISSED
    assert suggested.quote.status == QuoteStatus.CANDIDATE


def test_reporters_do_not_judge_suggestions(reporter):
    suggested = factories.AppearanceFactory()
    for act in (appearances.confirm, appearances.dismiss):
        with pytest.raises(NotAllowed):
            act(suggested, actor=person(reporter))


# --- Links ------------------------------------------------------------------------------------

SHARE = {"value": 85, "unit": "percent", "comparator": "=", "of": "Senn dykes"}


def counting(topic, **changes):
    claim = factories.ClaimFactory(quantities=[{**SHARE, **changes}])
    if topic is not None:
        claim.topics.add(topic)
    return claim


@pytest.mark.parametrize(
    ("changes", "suggested"),
    [
        ({"value": 58}, True),
        ({"value": 58, "of": "senn Dykes"}, True),
        ({}, False),  # the same number
        ({"value": 58, "unit": "km"}, False),
        ({"value": 58, "of": "ferries"}, False),
        ({"value": 58, "comparator": ">"}, False),  # 85 is more than 58
        ({"value": [50, 60]}, False),
    ],
)
def test_another_number_of_the_same_thing_on_one_topic_is_a_contradiction(changes, suggested):
    topic = factories.TopicFactory()
    claim, other = counting(topic), counting(topic, **changes)
    counting(None, value=1)  # filed under no topic
    for _ in range(2):
        links.suggest_links(claim)
        links.suggest_links(other)
    found = [(row.from_claim, row.to_claim, row.state) for row in ClaimLink.objects.all()]
    assert found == ([(claim, other, MatchState.SUGGESTED)] if suggested else [])


def said(claim, speaker, stance, **options):
    return factories.AppearanceFactory(
        claim=claim,
        stance=stance,
        state=options.pop("state", MatchState.CONFIRMED),
        quote=factories.QuoteFactory(speaker=speaker, **options),
    )


def test_who_denies_one_claim_and_asserts_another_on_its_topic_opposes_them():
    topic, speaker = factories.TopicFactory(), factories.SpeakerFactory()
    claims = [factories.ClaimFactory() for _ in range(4)]
    for claim in claims[:3]:
        claim.topics.add(topic)
    said(claims[0], speaker, Stance.ASSERTS)
    said(claims[1], speaker, Stance.DENIES)
    said(claims[2], speaker, Stance.DENIES, state=MatchState.SUGGESTED)  # nobody confirmed it
    said(claims[3], speaker, Stance.DENIES)  # another topic
    links.suggest_links(claims[0])
    link = ClaimLink.objects.get()
    assert (link.from_claim, link.to_claim, link.method) == (claims[0], claims[1], "same speaker")


def test_one_quote_that_denies_and_asserts_needs_no_topic():
    first = said(factories.ClaimFactory(), factories.SpeakerFactory(), Stance.DENIES)
    other = factories.AppearanceFactory(quote=first.quote, state=MatchState.CONFIRMED)
    links.suggest_links(other.claim)
    assert ClaimLink.objects.get().method == "same quote"


def test_a_dismissed_link_is_not_suggested_again(checker):
    topic = factories.TopicFactory()
    claim, other = counting(topic), counting(topic, value=58)
    (link,) = links.suggest_links(claim)
    links.dismiss(ClaimLink.objects.get(), actor=person(checker))
    assert links.suggest_links(claim) == links.suggest_links(other) == []
    link = ClaimLink.objects.get()
    assert (link.state, link.confirmed_by) == (MatchState.DISMISSED, None)
    with pytest.raises(InvalidTransition):
        links.confirm(link, actor=person(checker))


def test_a_link_is_confirmed_by_a_person_with_the_right(checker, reporter):
    link = factories.ClaimLinkFactory()
    with pytest.raises(NotAllowed):
        links.confirm(link, actor=person(reporter))
    assert links.confirm(link, actor=person(checker)).confirmed_by == checker


def test_no_more_links_are_suggested_than_the_setting_says(settings):
    settings.LINK_SUGGESTIONS_MAX = 2
    topic = factories.TopicFactory()
    claim = counting(topic)
    for value in range(5):
        counting(topic, value=value)
    links.suggest_links(claim)
    assert ClaimLink.objects.count() == 2


def test_a_suggestion_costs_a_fixed_number_of_queries(django_assert_num_queries):
    topic, speaker = factories.TopicFactory(), factories.SpeakerFactory()
    claim = counting(topic)
    said(claim, speaker, Stance.ASSERTS)
    for value in range(30):
        said(counting(topic, value=value), speaker, Stance.DENIES)
    with django_assert_num_queries(8):
        links.suggest_links(claim)


# --- Archived copies --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server():
    with running() as web:
        web.files = {"/log": ("text/csv; charset=utf-8", b"section;inspected\n1;yes\n")}
        yield web


@pytest.fixture
def web(server, settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]
    return server


def performed(row):
    fetching.perform_fetch(row.pk)
    row.refresh_from_db()
    return row


def test_a_document_is_archived_as_it_came_article_or_not(web, checker):
    pieces = [factories.EvidenceFactory(url=f"{web.url}/log") for _ in range(2)]
    rows = {evidence.request_copy(piece, actor=person(checker)) for piece in pieces}
    (fetch,) = rows  # one reading for both
    assert fetch.purpose == FetchPurpose.EVIDENCE
    assert performed(fetch).outcome == FetchOutcome.ARCHIVED
    for piece in pieces:
        piece.refresh_from_db()
        assert evidence.copy_stands(piece) == "kept"
        assert open_archived(piece.snapshot.name).payload == web.files["/log"][1]
        assert (piece.sha256, piece.fetch) == (fetch.snapshot_sha256, fetch)
        assert piece.accessed_at == fetch.finished_at
    assert fetch.article is None


def test_a_failure_is_told_with_its_reason_and_tried_again(web, checker):
    piece = factories.EvidenceFactory(url=f"{web.url}/nowhere-to-be-found")
    fetch = performed(evidence.request_copy(piece, actor=person(checker)))
    piece.refresh_from_db()
    assert (fetch.state, fetch.outcome) == (WorkState.DONE, FetchOutcome.GONE)
    assert evidence.copy_stands(piece) == "failed"
    assert "404" in evidence.reason_of(piece)
    again = evidence.request_copy(piece, actor=person(checker))
    assert again != fetch
    piece.refresh_from_db()
    assert evidence.copy_stands(piece) == "waits"


def test_a_new_address_does_not_keep_the_old_copy(web, checker):
    piece = factories.EvidenceFactory(url=f"{web.url}/log")
    performed(evidence.request_copy(piece, actor=person(checker)))
    piece.refresh_from_db()
    piece.url = f"{web.url}/other"
    piece.save()
    evidence.request_copy(piece, actor=person(checker))
    piece.refresh_from_db()
    assert (piece.snapshot.name, piece.sha256) == ("", "")


def test_a_confidential_document_is_not_fetched(checker):
    piece = factories.EvidenceFactory(is_confidential=True)
    with pytest.raises(InvalidTransition, match="who reads it"):
        evidence.request_copy(piece, actor=person(checker))
    assert not Fetch.objects.exists()


@pytest.mark.parametrize("url", ["", "ftp://audit.example/log", "http://[bad"])
def test_what_is_no_address_is_refused(checker, url):
    piece = factories.EvidenceFactory(url=url, excerpt="58 of 100.")
    with pytest.raises(NotReady, match="an address"):
        evidence.request_copy(piece, actor=person(checker))


def test_reporters_have_nothing_archived(reporter):
    with pytest.raises(NotAllowed):
        evidence.request_copy(factories.EvidenceFactory(), actor=person(reporter))
