"""Altered quotes on the desk: told on the home page, listed, shown as a diff, settled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, ArticleVersion, Quote, QuoteCheck
from claims.services import integrity
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db

OLD = "“We have inspected 85% of the dykes,”"
NEW = OLD.replace("85%", "58%")
AROUND = " Minna Aalto said on Monday, in Tolleby, at the third of three meetings."


@pytest.fixture
def alert():
    """An accepted quote whose outlet has altered it since."""
    return altered()


def altered(old=OLD, new=NEW):
    version = factories.ArticleVersionFactory(text=old + AROUND)
    quote = factories.QuoteFactory(
        article_version=version,
        words=old,
        status="accepted",
        touched_at=factories.timezone.now(),
    )
    later = factories.ArticleVersionFactory(article=version.article, text=new + AROUND)
    assert integrity.check_version(later) == 1
    return QuoteCheck.objects.get(quote=quote)


def test_the_home_page_counts_open_alerts_and_shows_what_changed(as_reporter, alert):
    page = as_reporter.get(reverse("admin:index"))
    [tile] = [tile for tile in page.context["tiles"] if "altered" in tile.label]
    assert (tile.count, tile.alarm) == (1, True)
    assert list(as_reporter.get(tile.link).context["cl"].result_list) == [alert]
    assert "85%</del>" in page.content.decode()


def test_the_list_shows_open_ones_first_and_what_held_only_when_asked(as_reporter, alert, checker):
    settled = altered(new=OLD.replace("85%", "5%"))
    integrity.settle_alert(settled, actor=integrity.Actor(user=checker), note="A slip.")
    held = altered(new=f"Updated. {OLD}")
    path = url(QuoteCheck, "changelist")
    assert list(as_reporter.get(path).context["cl"].result_list) == [alert, settled]
    everything = as_reporter.get(path, {"became": "all"}).context["cl"].result_list
    assert set(everything) == {alert, settled, held}
    assert list(as_reporter.get(path, {"q": "58%"}).context["cl"].result_list) == [alert]


def test_the_page_shows_both_passages_and_the_claims_that_rest_on_them(as_reporter, alert):
    claim = factories.AppearanceFactory(quote=alert.quote).claim
    html = as_reporter.get(url(QuoteCheck, "change", alert.pk)).content.decode()
    assert f"<mark>{OLD}</mark>" in html
    assert f"<mark>{NEW}</mark>" in html
    assert claim.text in html
    assert "Your role may read this alert, not settle it." in html


def test_a_checker_settles_it_with_a_note(as_checker, checker, alert):
    path = reverse("admin:claims_quotecheck_settle", args=[alert.pk])
    assert "<textarea" in as_checker.get(url(QuoteCheck, "change", alert.pk)).content.decode()
    empty = as_checker.post(path, {"version": alert.version, "note": ""})
    assert empty.status_code == 400
    done = as_checker.post(path, {"version": alert.version, "note": "A slip."}, follow=True)
    assert messages_of(done) == ["The alert is settled."]
    alert.refresh_from_db()
    assert (alert.alert, alert.note, alert.settled_by) == ("settled", "A slip.", checker)


def test_a_stale_page_settles_nothing_and_keeps_what_was_typed(as_checker, alert):
    path = reverse("admin:claims_quotecheck_settle", args=[alert.pk])
    QuoteCheck.objects.filter(pk=alert.pk).update(note="Looking into it.")
    page = as_checker.post(path, {"version": alert.version, "note": "They erred."})
    assert page.status_code == 409
    html = page.content.decode()
    assert "changed by somebody else" in html
    assert "They erred." in html
    assert as_checker.post(path, {"version": alert.version + 1, "note": "x"}).status_code == 302


def test_a_reporter_may_not_settle(as_reporter, alert):
    path = reverse("admin:claims_quotecheck_settle", args=[alert.pk])
    assert as_reporter.post(path, {"version": alert.version, "note": "x"}).status_code == 403
    alert.refresh_from_db()
    assert alert.alert == "open"


def test_a_quote_that_is_gone_is_said_to_be(as_reporter):
    gone = altered(new="Nobody spoke.")
    html = as_reporter.get(url(QuoteCheck, "change", gone.pk)).content.decode()
    assert "Nothing like it is left in the text." in html


def test_the_standing_is_on_the_pages_of_quote_and_article(as_reporter, alert):
    quote = as_reporter.get(url(Quote, "change", alert.quote_id)).content.decode()
    assert "In later texts of the article" in quote
    assert "58%</ins>" in quote
    article = alert.article_version.article
    page = as_reporter.get(url(Article, "change", article.pk)).content.decode()
    assert "Reviewed before" in page
    assert "What changed since version 1" in page


def test_two_versions_are_compared(as_reporter, alert):
    path = reverse(
        "admin:claims_articleversion_compare",
        args=[alert.quote.article_version_id, alert.article_version_id],
    )
    html = as_reporter.get(path).content.decode()
    assert "58%</ins>" in html
    assert "Reviewed quotes in the later text" in html
    missing = reverse("admin:claims_articleversion_compare", args=[alert.article_version_id, 0])
    assert as_reporter.get(missing).status_code == 404


def test_texts_are_compared_by_those_who_may_read_them(sign_in, alert):
    path = url(ArticleVersion, "compare", alert.article_version_id, alert.article_version_id)
    assert sign_in(factories.UserFactory()).get(path).status_code == 403


def test_markup_in_a_text_is_shown_and_not_obeyed(as_reporter):
    check = altered(new=OLD.replace("85%", "<script>alert(1)</script>"))
    for path in (
        url(QuoteCheck, "change", check.pk),
        url(QuoteCheck, "changelist"),
        reverse("admin:index"),
        url(ArticleVersion, "compare", check.quote.article_version_id, check.article_version_id),
    ):
        html = as_reporter.get(path).content.decode()
        assert "<script>alert" not in html
        assert "alert" in html


def test_an_article_that_is_gone_says_so(as_reporter):
    article = factories.ArticleVersionFactory().article
    article.gone_at = factories.timezone.now()
    article.save(update_fields=["gone_at"])
    html = as_reporter.get(url(Article, "change", article.pk)).content.decode()
    assert "Gone from the web" in html


def test_the_list_costs_the_same_for_three_and_thirty(as_reporter):
    def cost():
        path = url(QuoteCheck, "changelist")
        as_reporter.get(path)
        with CaptureQueriesContext(connection) as captured:
            as_reporter.get(path)
        return [query["sql"] for query in captured]

    for _ in range(3):
        altered()
    few = cost()
    for _ in range(5):
        altered()
    many = cost()
    assert len(many) == len(few)
    assert not any('"claims_articleversion"."text"' in sql for sql in many)
