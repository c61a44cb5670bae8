"""A changed text: what became of the quotes that the desk had reviewed, and who is told."""

import pytest
from django.contrib.auth.models import Permission

from claims.choices import AlertState, QuoteStanding, QuoteStatus, RejectReason
from claims.models import Quote, QuoteCheck
from claims.services import integrity, quotes
from claims.services.actors import job, person
from claims.services.articles import store_document
from claims.services.errors import InvalidTransition, NotAllowed, NotReady, StaleRow
from tests import factories
from tests.services.documents import document
from tests.services.test_copies import extracted

pytestmark = pytest.mark.django_db

SHARE = "“We have inspected 85% of the dykes,”"
BANNER = "“When?”"
TEXT = (
    f"{SHARE} Helena Brandt told reporters in Tolleby.\n\n"
    f"On the railings somebody had hung a banner with the word {BANNER} painted on it."
)
ALTERED = TEXT.replace("85%", "58%")


def stored(text):
    return store_document(document("https://paper.example/dykes", text=text))


@pytest.fixture
def desk(reporter):
    return person(reporter)


@pytest.fixture
def accepted(desk):
    """An article with an accepted quote and a rejected one."""
    [share, banner] = extracted(stored(TEXT), SHARE, BANNER)
    quotes.accept_as_new_claim(share, actor=desk, text="85% of the dykes have been inspected.")
    quotes.reject(banner, actor=desk, reason_code=RejectReason.NOT_A_QUOTE)
    return share


def standings():
    """Version, quote, standing and alert of each check."""
    rows = QuoteCheck.objects.order_by("article_version__number", "quote_id")
    return [
        (row.article_version.number, row.quote.text[:4], row.standing, row.alert) for row in rows
    ]


def test_an_altered_number_raises_an_alert_with_what_stands_there_now(accepted):
    kept = stored(ALTERED)
    assert standings() == [(2, "“We ", "altered", "open"), (2, "“Whe", "unchanged", "none")]
    check = QuoteCheck.objects.get(quote=accepted)
    assert check.found == "“We have inspected 58% of the dykes,”"
    assert kept.version.text[check.start : check.end] == check.found
    assert 0.8 < check.similarity < 1


@pytest.mark.parametrize(
    ("text", "standing", "alert"),
    [
        ("Updated at noon.\n\n" + TEXT, "unchanged", "none"),
        (TEXT.replace("“", "‘").replace("”", "’"), "unchanged", "none"),
        (TEXT.replace("dykes,”", "dykes”,"), "unchanged", "none"),
        ("Nobody spoke.\n\n" + "\n\n".join(TEXT.split("\n\n")[1:]), "gone", "open"),
        (f"A banner hung there: {BANNER}\n\nLater, {SHARE} said a spokesman.", "moved", "none"),
        (TEXT.replace("We have", "We have not"), "altered", "open"),
    ],
)
def test_what_became_of_the_accepted_quote(accepted, text, standing, alert):
    stored(text)
    check = QuoteCheck.objects.get(quote=accepted)
    assert (check.standing, check.alert) == (standing, alert)
    assert (check.start is None) == (standing == "gone")


def test_a_rejected_quote_is_followed_too_and_alarms_nobody(accepted):
    stored(TEXT.split("\n\n")[0])
    assert (2, "“Whe", "gone", "none") in standings()


def test_candidates_are_left_to_extraction():
    extracted(stored(TEXT), SHARE)
    stored(ALTERED)
    assert not QuoteCheck.objects.exists()


def test_checking_again_changes_nothing(accepted):
    kept = stored(ALTERED)
    before = list(QuoteCheck.objects.order_by("pk").values())
    assert integrity.check_version(kept.version) == 0
    stored(ALTERED)
    assert list(QuoteCheck.objects.order_by("pk").values()) == before


def test_an_alert_closes_when_the_words_are_back_in_a_third_text(accepted):
    stored(ALTERED)
    stored(TEXT + " It rained.")
    assert [row for row in standings() if row[1] == "“We "] == [
        (2, "“We ", "altered", "none"),
        (3, "“We ", "unchanged", "none"),
    ]
    closed = QuoteCheck.objects.get(quote=accepted, standing="altered")
    assert "version 3 has the words again" in closed.note


def test_an_alert_closes_when_the_first_text_is_back_and_opens_when_it_goes_again(accepted):
    stored(ALTERED)
    stored(TEXT)
    assert QuoteCheck.objects.get(quote=accepted).alert == AlertState.NONE
    stored(ALTERED)
    check = QuoteCheck.objects.get(quote=accepted)
    assert (check.alert, check.note) == (AlertState.OPEN, "")


def test_one_alert_a_quote_on_the_current_text(accepted):
    stored(ALTERED)
    stored(ALTERED.replace("58%", "5.8%"))
    alerts = QuoteCheck.objects.filter(alert=AlertState.OPEN)
    assert [check.article_version.number for check in alerts] == [3]


def test_what_was_settled_is_raised_again_only_when_it_is_altered_otherwise(accepted, checker):
    stored(ALTERED)
    check = QuoteCheck.objects.get(quote=accepted)
    integrity.settle_alert(check, actor=person(checker), note="They corrected a typing error.")
    stored(ALTERED + " It rained.")
    assert not QuoteCheck.objects.filter(alert=AlertState.OPEN).exists()
    stored(TEXT.replace("85%", "8%"))
    assert QuoteCheck.objects.get(alert=AlertState.OPEN).found == SHARE.replace("85%", "8%")


def test_a_quote_accepted_late_is_sought_in_the_texts_that_came_since(desk):
    [share] = extracted(stored(TEXT), SHARE)
    stored("Updated.\n\n" + TEXT)
    stored(ALTERED)
    quotes.accept_as_new_claim(share, actor=desk, text="85% of the dykes have been inspected.")
    assert standings() == [(2, "“We ", "unchanged", "none"), (3, "“We ", "altered", "open")]


def test_a_reopened_quote_has_no_alert_and_one_accepted_again_has(accepted, desk):
    stored(ALTERED)
    quotes.reopen(Quote.objects.get(pk=accepted.pk), actor=desk)
    check = QuoteCheck.objects.get(quote=accepted)
    assert check.alert == AlertState.NONE
    assert "no longer accepted" in check.note
    again = Quote.objects.get(pk=accepted.pk)
    assert again.status == QuoteStatus.CANDIDATE
    quotes.accept_as_new_claim(again, actor=desk, text="85% of the dykes have been inspected.")
    check.refresh_from_db()
    assert check.alert == AlertState.OPEN


# --- Settling -------------------------------------------------------------------------------


@pytest.fixture
def alert(accepted):
    stored(ALTERED)
    return QuoteCheck.objects.get(quote=accepted)


def test_a_person_settles_an_alert_with_a_note(alert, checker):
    settled = integrity.settle_alert(alert, actor=person(checker), note=" A slip. ")
    assert (settled.alert, settled.note, settled.settled_by) == ("settled", "A slip.", checker)
    assert settled.settled_at is not None


@pytest.mark.parametrize(
    ("who", "note", "refusal"),
    [("reporter", "A slip.", NotAllowed), ("checker", "  ", NotReady), (None, "x", NotAllowed)],
)
def test_who_settles_and_with_what(request, alert, who, note, refusal):
    actor = person(request.getfixturevalue(who)) if who else job("rules-1")
    with pytest.raises(refusal):
        integrity.settle_alert(alert, actor=actor, note=note)
    alert.refresh_from_db()
    assert alert.alert == AlertState.OPEN


def test_an_alert_is_settled_once_and_not_over_anothers_head(alert, checker):
    stale = alert.version
    alert.note = "Looking into it."
    alert.save(update_fields=["note"])
    with pytest.raises(StaleRow):
        integrity.settle_alert(alert, actor=person(checker), note="x", expected_version=stale)
    integrity.settle_alert(alert, actor=person(checker), note="A slip.")
    with pytest.raises(InvalidTransition):
        integrity.settle_alert(alert, actor=person(checker), note="Another.")
    alert.refresh_from_db()
    assert alert.note == "A slip."


def test_who_may_settle_by_role():
    holders = Permission.objects.get(codename="settle_quotecheck").group_set
    assert set(holders.values_list("name", flat=True)) == {"Checker", "Editor"}


def test_every_standing_of_the_text_work_is_one_of_the_record():
    assert {one.value for one in integrity.anchoring.Standing} == set(QuoteStanding.values)


def test_a_thousand_words_and_many_quotes_cost_a_fixed_number_of_queries(
    desk, django_assert_max_num_queries
):
    lines = [f"“We have mended gate number {n} on the Senn,” she said." for n in range(40)]
    version = stored("\n\n".join(lines)).version
    for line in lines:
        factories.QuoteFactory(
            article_version=version,
            words=line.split(" she")[0],
            status="accepted",
            touched_at=factories.timezone.now(),
        )
    with django_assert_max_num_queries(100):
        stored("\n\n".join(lines).replace("mended", "fixed"))
    assert QuoteCheck.objects.filter(alert=AlertState.OPEN).count() == 40
