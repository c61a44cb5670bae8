"""The article's page: its text, its quotations at their characters, its versions."""

import re

import pytest
from django.utils.html import escape

from claims.models import Article, ArticleVersion, ExtractionRun, Quote
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db


def text_shown(html: str) -> str:
    """What a reader sees of the text: the block without its tags."""
    block = html.split('<div class="fc-text"', 1)[1].split(">", 1)[1].split("</div>", 1)[0]
    return re.sub(r"<[^>]*>", "", block)


def page_of(client, article, **parameters):
    return client.get(url(Article, "change", article.pk), parameters).content.decode()


def test_the_text_is_shown_whole_with_its_quotes_linked(as_reporter):
    quote = factories.QuoteFactory(status="candidate", kind="mixed")
    html = page_of(as_reporter, quote.article_version.article)
    assert text_shown(html) == escape(quote.article_version.text)
    link = url(Quote, "change", quote.pk)
    assert f'href="{link}" class="fc-quote fc-mixed fc-candidate"' in html
    assert f'id="quote-{quote.pk}"' in html
    assert f'title="{quote.speaker.name} · mixed · candidate"' in html


def test_split_nested_and_attributed_quotes_leave_the_text_as_it_is(as_reporter):
    text = "“We ‘never’ knew,” said Ann Lee, “and asked.” <b>Bold</b> & more."
    version = factories.ArticleVersionFactory(text=text)
    outer = factories.QuoteFactory(
        article_version=version,
        words="“We ‘never’ knew,” said Ann Lee, “and asked.”",
        fragments=[[0, 18], [33, 45]],
        cue_start=19,
        cue_end=23,
        mention_start=24,
        mention_end=31,
    )
    inner = factories.QuoteFactory(article_version=version, words="‘never’")
    html = page_of(as_reporter, version.article)
    assert text_shown(html) == escape(text)
    assert '<span class="fc-cue">said</span>' in html
    assert '<span class="fc-mention">Ann Lee</span>' in html
    assert f'data-quote="{inner.pk}" tabindex' not in html
    assert html.count(f'id="quote-{outer.pk}"') == 1
    assert "fc-nested" in html


def test_an_older_version_is_chosen_by_its_number(as_reporter):
    first = factories.ArticleVersionFactory(text="The “first” text.")
    second = factories.ArticleVersionFactory(article=first.article, text="The “second” text.")
    article = first.article
    assert article.current_version == second
    assert "second" in text_shown(page_of(as_reporter, article))
    assert "first" in text_shown(page_of(as_reporter, article, version=1))
    assert "second" in text_shown(page_of(as_reporter, article, version="99; DROP"))


def test_an_article_without_quotes_says_what_to_do(as_reporter):
    version = factories.ArticleVersionFactory()
    assert "make worker" in page_of(as_reporter, version.article)


def test_the_page_costs_the_same_for_three_quotes_and_thirty(
    as_reporter, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(quotes: int) -> int:
        words = [f"“Point {n} holds,”" for n in range(quotes)]
        version = factories.ArticleVersionFactory(text=f"{' she said. '.join(words)} {quotes}")
        for one in words:
            factories.QuoteFactory(article_version=version, words=one)
        page_of(as_reporter, version.article)
        with CaptureQueriesContext(connection) as captured:
            page_of(as_reporter, version.article)
        return len(captured)

    assert cost(3) == cost(30)


def paste(client, **fields):
    data = {
        "source": fields.pop("source").pk,
        "title": "Council votes",
        "byline": "Ann Lee",
        "address": "",
        "published_at_0": "2026-03-12",
        "published_at_1": "09:30",
        "pasted": "“We have inspected 85% of the dykes,” Minna Aalto said on Monday.",
        **fields,
    }
    return client.post(url(Article, "add"), data, follow=True)


def test_a_pasted_text_becomes_an_article_and_its_extraction_is_queued(as_reporter):
    source = factories.SourceFactory()
    response = paste(as_reporter, source=source, address="https://daily.example/a?utm_source=x")
    article = Article.objects.get()
    assert article.source == source
    assert (article.title, article.byline) == ("Council votes", "Ann Lee")
    assert article.canonical_url == "https://daily.example/a"
    assert ArticleVersion.objects.get().article == article
    assert ExtractionRun.objects.get().state == "queued"
    assert any("being extracted" in told for told in messages_of(response))


def test_the_same_text_pasted_again_is_no_second_article(as_reporter):
    source = factories.SourceFactory()
    paste(as_reporter, source=source)
    response = paste(as_reporter, source=source)
    assert Article.objects.count() == 1
    assert any("on the record already" in told for told in messages_of(response))


def test_nothing_to_read_is_an_error_at_the_form(as_reporter):
    response = paste(as_reporter, source=factories.SourceFactory(), pasted=" \n\t ")
    assert response.status_code == 200
    assert not Article.objects.exists()


def test_an_editor_mends_the_headline_and_a_reporter_cannot(as_editor, as_reporter):
    article = factories.ArticleVersionFactory().article
    article.refresh_from_db()
    data = {
        "version": article.version,
        "title": "A better headline",
        "byline": "",
        "source": article.source_id,
        "kind": "news",
        "language": "en",
        "published_at_0": "",
        "published_at_1": "",
    }
    path = url(Article, "change", article.pk)
    assert as_reporter.post(path, data).status_code == 403
    assert as_editor.post(path, data).status_code == 302
    article.refresh_from_db()
    assert article.title == "A better headline"
