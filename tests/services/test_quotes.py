"""What people decide about a quote."""

import pytest

from claims.choices import MatchState, QuoteStatus, RejectReason, Stance
from claims.models import Appearance, Claim, Decision
from claims.services import quotes, unresolved
from claims.services.actors import job, person
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from tests import factories
from tests.models.test_history import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote():
    return factories.QuoteFactory()


@pytest.fixture
def desk(reporter):
    return person(reporter)


def test_a_quote_is_accepted_as_a_new_claim(quote, desk, reporter):
    claim = quotes.accept_as_new_claim(quote, actor=desk, text="85% of the dykes were inspected.")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.ACCEPTED
    assert quote.touched_at is not None
    appearance = claim.appearances.get()
    assert (appearance.quote, appearance.state) == (quote, MatchState.CONFIRMED)
    assert appearance.stance == Stance.ASSERTS
    assert quote.decisions.get().actor == reporter
    assert claim.decisions.get().to_state == "new"


def test_a_quote_is_accepted_as_another_appearance_of_a_claim(quote, desk):
    claim = factories.ClaimFactory()
    appearance = quotes.accept_as_appearance(quote, actor=desk, claim=claim, stance="denies")
    assert (appearance.stance, appearance.state) == ("denies", "confirmed")
    assert list(Claim.objects.all()) == [claim]
    # Confirmed from the beginning: history tells of no suggestion.
    assert [event.state for event in events(Appearance)] == ["confirmed"]


def test_a_suggested_appearance_is_confirmed_and_keeps_how_it_was_suggested(quote, desk):
    suggested = factories.AppearanceFactory(quote=quote, score=0.8, method="embedding-1")
    quotes.accept_as_appearance(quote, actor=desk, claim=suggested.claim, stance="questions")
    appearance = Appearance.objects.get()
    assert (appearance.pk, appearance.state) == (suggested.pk, MatchState.CONFIRMED)
    assert (appearance.stance, appearance.score, appearance.method) == (
        "questions",
        0.8,
        "embedding-1",
    )


@pytest.mark.parametrize(
    ("text", "stance", "message"),
    [("  ", "asserts", "a sentence of its own"), ("It is so.", "shrugs", "no known stance")],
)
def test_a_refused_claim_leaves_the_quote_a_candidate(quote, desk, text, stance, message):
    with pytest.raises(NotReady, match=message):
        quotes.accept_as_new_claim(quote, actor=desk, text=text, stance=stance)
    quote.refresh_from_db()
    assert (quote.status, quote.touched_at) == (QuoteStatus.CANDIDATE, None)
    assert not Claim.objects.exists()
    assert not Decision.objects.exists()


def test_a_quote_is_accepted_once(quote, desk):
    quotes.accept_as_new_claim(quote, actor=desk, text="The first.")
    with pytest.raises(InvalidTransition, match="is accepted and cannot become accepted"):
        quotes.accept_as_new_claim(quote, actor=desk, text="The second.")
    assert Claim.objects.get().text == "The first."


def test_no_job_accepts_or_rejects(quote):
    with pytest.raises(NotAllowed):
        quotes.accept_as_new_claim(quote, actor=job("rules-1"), text="It is so.")
    with pytest.raises(NotAllowed):
        quotes.reject(quote, actor=job("rules-1"), reason_code=RejectReason.DUPLICATE)


def test_a_person_without_a_role_decides_nothing(quote):
    nobody = person(factories.UserFactory())
    with pytest.raises(NotAllowed):
        quotes.accept_as_new_claim(quote, actor=nobody, text="It is so.")
    with pytest.raises(NotAllowed):
        quotes.set_speaker(quote, actor=nobody, speaker=None)


@pytest.mark.parametrize("reason", RejectReason.values)
def test_a_quote_is_rejected_with_a_known_reason(quote, desk, reason):
    quotes.reject(quote, actor=desk, reason_code=reason, comment=" see above ")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.REJECTED
    assert quote.touched_at is not None
    decision = quote.decisions.get()
    assert (decision.reason_code, decision.comment) == (reason, "see above")


@pytest.mark.parametrize(
    ("reason", "message"), [("", "a reason is needed"), ("boring", "'boring' is no known reason")]
)
def test_a_quote_is_not_rejected_without_one(quote, desk, reason, message):
    with pytest.raises(NotReady, match=message):
        quotes.reject(quote, actor=desk, reason_code=reason)
    quote.refresh_from_db()
    assert (quote.status, quote.touched_at) == (QuoteStatus.CANDIDATE, None)


def test_a_reopened_quote_is_a_candidate_again_and_its_appearances_are_dismissed(quote, desk):
    claim = quotes.accept_as_new_claim(quote, actor=desk, text="85% were inspected.")
    factories.AppearanceFactory(quote=quote, state=MatchState.SUGGESTED)
    elsewhere = factories.AppearanceFactory(claim=claim, state=MatchState.CONFIRMED)
    quotes.reopen(quote, actor=desk, comment="Wrong sentence.")
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.CANDIDATE
    assert set(quote.appearances.values_list("state", flat=True)) == {"dismissed"}
    elsewhere.refresh_from_db()
    assert elsewhere.state == MatchState.CONFIRMED
    assert Claim.objects.filter(pk=claim.pk).exists()
    again = quotes.accept_as_appearance(quote, actor=desk, claim=claim)
    assert again.state == MatchState.CONFIRMED


def test_a_reopened_rejection_is_still_a_persons_and_no_machines(quote, desk):
    quotes.reject(quote, actor=desk, reason_code=RejectReason.DUPLICATE)
    reopened = quotes.reopen(quote, actor=desk)
    assert (reopened.status, reopened.touched_at is None) == (QuoteStatus.CANDIDATE, False)


@pytest.mark.parametrize("seen", [QuoteStatus.WITHDRAWN, QuoteStatus.CANDIDATE])
def test_a_withdrawn_quote_is_not_reopened_whatever_the_caller_saw(desk, seen):
    quote = factories.QuoteFactory(status=QuoteStatus.WITHDRAWN)
    quote.status = seen
    with pytest.raises(InvalidTransition):
        quotes.reopen(quote, actor=desk)
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.WITHDRAWN


def test_a_speaker_set_by_a_person_marks_the_quote_as_touched(quote, desk):
    speaker = factories.SpeakerFactory(name="Imran Khan")
    before = quote.version
    changed = quotes.set_speaker(quote, actor=desk, speaker=speaker, role="Prime Minister")
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (speaker, "Prime Minister")
    assert quote.touched_at is not None
    assert changed.version == quote.version == before + 1


def test_a_speaker_may_be_taken_away_and_the_role_left(quote, desk):
    quotes.set_speaker(quote, actor=desk, speaker=None, role="Mayor")
    quotes.set_speaker(quote, actor=desk, speaker=None)
    quote.refresh_from_db()
    assert (quote.speaker, quote.role) == (None, "Mayor")


def test_a_speaker_taken_away_is_left_open_and_its_name_is_no_open_one(desk):
    quote = factories.QuoteFactory(suggested_name="Khan")
    quotes.set_speaker(quote, actor=desk, speaker=None)
    assert quote.decisions.get().reason_code == "left_open"
    assert not unresolved.quotes_of("Khan").exists()


def test_a_name_nobody_can_settle_is_left_open_for_all_its_quotes_in_the_article(desk):
    version = factories.ArticleVersionFactory(text="“One.” “Two.”")
    one, two = (
        factories.QuoteFactory(
            article_version=version, words=words, speaker=None, suggested_name="Khan"
        )
        for words in ("“One.”", "“Two.”")
    )
    quotes.set_speaker_of_name(one, actor=desk, speaker=None)
    assert {q.decisions.get().reason_code for q in (one, two)} == {"left_open"}
    assert not unresolved.quotes_of("Khan").exists()


def test_a_role_alone_leaves_the_name_as_open_as_it_was(desk):
    quote = factories.QuoteFactory(suggested_name="Khan", speaker=None)
    quotes.set_speaker(quote, actor=desk, speaker=None, role="Captain")
    assert quote.decisions.get().reason_code == "fixed_speaker"
    assert unresolved.quotes_of("Khan").get() == quote


def test_a_withdrawn_quote_gets_no_speaker_since_nothing_could_bring_it_back(desk):
    quote = factories.QuoteFactory(status=QuoteStatus.WITHDRAWN)
    with pytest.raises(InvalidTransition):
        quotes.set_speaker(quote, actor=desk, speaker=None)
    quote.refresh_from_db()
    assert quote.touched_at is None


@pytest.mark.parametrize(
    "act",
    [
        lambda quote, **who: quotes.accept_as_new_claim(quote, text="It is so.", **who),
        lambda quote, **who: quotes.accept_as_appearance(
            quote, claim=factories.ClaimFactory(), **who
        ),
        lambda quote, **who: quotes.reject(quote, reason_code="duplicate", **who),
        lambda quote, **who: quotes.set_speaker(quote, speaker=None, **who),
        lambda quote, **who: quotes.reopen(quote, **who),
    ],
    ids=["new claim", "appearance", "reject", "speaker", "reopen"],
)
def test_a_decision_on_an_older_row_is_refused(quote, desk, act):
    type(quote).objects.filter(pk=quote.pk).update(role="Mayor of Haverness")
    with pytest.raises(StaleRow):
        act(quote, actor=desk, expected_version=quote.version)
    quote.refresh_from_db()
    assert quote.touched_at is None


# --- Corrections ----------------------------------------------------------------------------

TEXT = "“The dykes hold,” Aalto said on Monday. “All of them.” Khan agreed. So did Khan."


@pytest.fixture
def told():
    """A candidate of two parts, in a text with more words."""
    version = factories.ArticleVersionFactory(text=TEXT)
    return factories.QuoteFactory(article_version=version, words="“The dykes hold,”")


def span_of(words):
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def test_a_span_is_mended_and_the_selectors_with_it(told, desk, reporter):
    fixed = quotes.fix_span(told, actor=desk, **span_of(" dykes hold"))
    told.refresh_from_db()
    assert (told.text, told.fragments) == ("dykes hold", [[5, 15]])
    assert told.prefix == "“The "
    assert told.suffix.startswith(",” Aalto")
    assert told.touched_at is not None
    assert fixed.version == told.version
    decision = told.decisions.get()
    assert (decision.actor, decision.reason_code) == (reporter, "fixed_span")
    assert (decision.from_state, decision.to_state) == ("candidate", "candidate")


def test_a_span_over_a_cue_keeps_the_cue_out(told, desk):
    said = TEXT.index("said")
    type(told).objects.filter(pk=told.pk).update(cue_start=said, cue_end=said + 4)
    words = "“The dykes hold,” Aalto said on Monday. “All of them.”"
    quotes.fix_span(told, actor=desk, **span_of(words))
    told.refresh_from_db()
    assert told.content == "“The dykes hold,” … “All of them.”"
    assert told.kind == "direct"


def test_a_span_without_marks_makes_the_quote_indirect(told, desk):
    quotes.fix_span(told, actor=desk, **span_of("Khan agreed"))
    told.refresh_from_db()
    assert (told.text, told.kind) == ("Khan agreed", "indirect")


@pytest.mark.parametrize(
    "span", [(0, 0), (5, 3), (0, 5000), (-2, 4), (TEXT.index(" on Monday"), TEXT.index("on Mon"))]
)
def test_a_span_that_is_none_is_refused(told, desk, span):
    with pytest.raises(NotReady, match="words of the article are needed"):
        quotes.fix_span(told, actor=desk, start=span[0], end=span[1])
    told.refresh_from_db()
    assert (told.text, told.touched_at) == ("“The dykes hold,”", None)


def test_two_quotes_never_have_one_span(told, desk):
    factories.QuoteFactory(article_version=told.article_version, words="“All of them.”")
    with pytest.raises(NotReady, match="another quote begins and ends there"):
        quotes.fix_span(told, actor=desk, **span_of("“All of them.”"))


def test_a_decided_quote_keeps_its_span(told, desk):
    quotes.reject(told, actor=desk, reason_code="duplicate")
    with pytest.raises(InvalidTransition, match="rejected: reopen it"):
        quotes.fix_span(told, actor=desk, **span_of("dykes"))


def test_a_span_decided_on_an_older_row_is_refused(told, desk):
    version = told.version
    type(told).objects.filter(pk=told.pk).update(role="Mayor")
    with pytest.raises(StaleRow):
        quotes.fix_span(told, actor=desk, expected_version=version, **span_of("dykes"))


def test_words_that_were_mended_are_no_copies_of_others_any_more(desk):
    text = (
        "“We have inspected all of the dykes on the river this spring,” said Ann. “Yes,” he said."
    )
    article = factories.ArticleFactory()
    first, second = (
        factories.QuoteFactory(
            article_version=factories.ArticleVersionFactory(article=article, text=text + end),
            words="“We have inspected all of the dykes on the river this spring,”",
            suggested_name="Ann",
        )
        for end in ("", " More.")
    )
    type(first).objects.filter(pk=second.pk).update(copy_of=first)
    at = text.index("dykes")
    quotes.fix_span(first, actor=desk, start=at, end=at + len("dykes"))
    second.refresh_from_db()
    assert second.copy_of is None


def test_a_speaker_is_set_for_all_candidates_of_the_name(told, desk):
    def named(words, name, **fields):
        return factories.QuoteFactory(
            article_version=told.article_version, words=words, suggested_name=name, **fields
        )

    one, two = named("Khan agreed", "Khan", speaker=None), named("So did Khan", "Khan", role="PM")
    decided = named("“All of them.”", "Khan", speaker=None)
    quotes.reject(decided, actor=desk, reason_code="duplicate")
    elsewhere = factories.QuoteFactory(suggested_name="Khan", speaker=None)
    khan = factories.SpeakerFactory(name="Imran Khan")
    changed = quotes.set_speaker_of_name(one, actor=desk, speaker=khan, role="Captain")
    assert changed == [one, two]
    speakers = [type(one).objects.get(pk=q.pk).speaker for q in (one, two, decided, elsewhere)]
    assert speakers == [khan, khan, None, None]
    assert [type(one).objects.get(pk=q.pk).role for q in (one, two)] == ["Captain", "PM"]
    assert {q.decisions.get().reason_code for q in (one, two)} == {"fixed_speaker"}


def test_without_a_name_only_the_quote_itself_gets_the_speaker(desk):
    version = factories.ArticleVersionFactory(text="“One.” “Two.”")
    one, two = (
        factories.QuoteFactory(
            article_version=version, words=words, speaker=None, suggested_name=""
        )
        for words in ("“One.”", "“Two.”")
    )
    speaker = factories.SpeakerFactory()
    assert quotes.set_speaker_of_name(one, actor=desk, speaker=speaker) == [one]
    two.refresh_from_db()
    assert two.speaker is None
