"""The article's page: its text, its quotations at their characters, its versions."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from claims.models import Article, ArticleVersion, ExtractionRun, Fetch, Quote
from claims.services.archive import open_archived
from tests import factories
from tests.admin.pages import messages_of, url
from tests.ingest.pages import PARAGRAPHS, WALLED, outlet, paragraphs
from tests.ingest.pdfs import typeset

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


def errors_of(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        # nothing at all, and nothing in it
        ({"pasted": ""}, "address", "Give an address, a file or a text."),
        ({"pasted": " \n\t "}, "pasted", "There is no text in it."),
        # two at once
        ({"file": ("a.txt", b"He said no.", "text/plain")}, "pasted", "not both"),
        # no address of the web
        ({"pasted": "", "address": "ftp://daily.example/1"}, "address", "http"),
        ({"pasted": "", "address": "https://user:x@daily.example/"}, "address", "user name"),
        # files that are no articles
        ({"pasted": "", "file": ("a.png", b"\x89PNG\r\n\x1a\n", "image/png")}, "file", "PNG"),
        ({"pasted": "", "file": ("a.pdf", b"%PDF-1.4 x", "application/pdf")}, "file", "broken"),
        ({"pasted": "", "file": ("a.txt", b"a" * 3000, "text/plain")}, "file", "most that is read"),
    ],
    ids=["nothing", "blanks", "both", "ftp", "user", "png", "pdf", "large"],
)
def test_what_cannot_be_read_is_an_error_beside_its_field(
    as_reporter, settings, fields, field, words
):
    settings.INGEST_MAX_BYTES = 2000
    if "file" in fields:
        fields = {**fields, "file": SimpleUploadedFile(*fields["file"])}
    response = paste(as_reporter, source=factories.SourceFactory(), **fields)
    assert response.status_code == 200
    assert words in " ".join(errors_of(response)[field])
    assert not Article.objects.exists()
    assert not Fetch.objects.exists()


UPLOADS = {
    "harbour.html": (outlet(paragraphs(7)).encode(), "text/html", "text/html"),
    "harbour.txt": ("\n\n".join(PARAGRAPHS).encode(), "text/plain", "text/plain"),
    "harbour.pdf": (typeset(PARAGRAPHS), "application/pdf", "application/pdf"),
    # a browser that does not know
    "harbour.pdf?": (typeset(PARAGRAPHS), "application/octet-stream", "application/pdf"),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_an_uploaded_file_becomes_an_article(as_reporter, name):
    content, sent_as, kind = UPLOADS[name]
    file = SimpleUploadedFile(name.rstrip("?"), content, sent_as)
    source = factories.SourceFactory()
    response = paste(as_reporter, source=source, pasted="", file=file, title="Harbour closed")
    article = Article.objects.get()
    assert (article.title, article.source) == ("Harbour closed", source)
    version = article.current_version
    assert version.text.split("\n\n") == PARAGRAPHS
    assert version.content_type == kind
    assert open_archived(version.snapshot.name).payload == content
    assert any("being extracted" in told for told in messages_of(response))


def test_a_file_without_an_outlet_is_of_the_one_that_it_names(as_reporter):
    file = SimpleUploadedFile("a.html", outlet(paragraphs(7)).encode(), "text/html")
    data = {"file": file, "address": "https://www.harbour-post.example/1?utm_source=x"}
    as_reporter.post(url(Article, "add"), data)
    article = Article.objects.get()
    assert (article.source.name, article.source.domain) == (
        "The Harbour Post",
        "harbour-post.example",
    )
    assert article.canonical_url == "https://www.harbour-post.example/1"


def test_a_full_disk_is_a_complaint_at_the_form(as_reporter, settings, tmp_path):
    (tmp_path / "media").mkdir(exist_ok=True)
    # A file where a folder should be: the archive takes nothing.
    (tmp_path / "media" / "archive").write_text("in the way")
    response = paste(as_reporter, source=factories.SourceFactory())
    assert "cannot be kept" in " ".join(errors_of(response)["pasted"])
    assert not Article.objects.exists()


def test_a_stub_is_refused_with_the_reason(as_reporter):
    file = SimpleUploadedFile("a.html", WALLED["named-box"].encode(), "text/html")
    response = as_reporter.post(url(Article, "add"), {"file": file})
    assert "Only the beginning is free" in " ".join(errors_of(response)["file"])


def test_an_address_alone_is_queued_once_and_shown(as_reporter, django_capture_on_commit_callbacks):
    source = factories.SourceFactory()
    with django_capture_on_commit_callbacks() as rung:
        response = paste(
            as_reporter, source=source, pasted="", address="https://daily.example/a?utm_source=x"
        )
    fetch = Fetch.objects.get()
    assert (fetch.purpose, fetch.state) == ("request", "queued")
    assert fetch.hints["title"] == "Council votes"
    assert fetch.hints["source"] == source.name
    assert len(rung) == 1
    assert response.redirect_chain[-1][0] == url(Fetch, "change", fetch.pk)
    again = paste(as_reporter, source=source, pasted="", address="https://daily.example/a")
    assert any("being read already" in told for told in messages_of(again))
    assert Fetch.objects.count() == 1


def test_who_may_not_add_articles_may_not_ask_for_pages(sign_in):
    response = sign_in(factories.UserFactory()).post(
        url(Article, "add"), {"address": "https://daily.example/a"}
    )
    assert response.status_code == 403
    assert not Fetch.objects.exists()


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
