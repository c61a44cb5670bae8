"""``manage.py ingest`` on real files, standard input and a page from a local server."""

import io
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from claims.choices import WorkState
from claims.models import Article, ArticleVersion, ExtractionRun, Quote

pytestmark = pytest.mark.django_db

TEXT = (
    "Harbour board closes the old gate\n\n"
    "“We will close the gate on Monday,” said Ida Holm, the harbour master.\n"
)
PAGE = """<!doctype html><html lang="en"><head><title>Gate closes</title>
<link rel="canonical" href="http://127.0.0.1:{port}/gate">
<meta property="og:site_name" content="The Harbour Post"></head><body><article><h1>Gate closes</h1>
<p>The harbour board met on Friday to talk about the old gate at the northern quay.</p>
<p>“We will close the gate on Monday,” said Ida Holm, the harbour master, after a long meeting.</p>
<p>The board has nine members, and seven of them voted for the closure of the gate.</p>
</article></body></html>"""


def ingest(*args: str) -> str:
    out = io.StringIO()
    call_command("ingest", *args, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "gate.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_becomes_an_article_with_a_queued_run(text_file):
    printed = ingest(str(text_file), "--source", "The Harbour Post", "--published", "2026-03-12")
    article = Article.objects.get()
    assert article.source.name == "The Harbour Post"
    assert article.published_at.isoformat() == "2026-03-12T00:00:00+00:00"
    assert "“We will close the gate on Monday,”" in article.current_version.text
    assert ExtractionRun.objects.get().state == WorkState.QUEUED
    assert printed.startswith("new: ")


def test_extraction_on_the_spot_stores_the_quote_with_its_speaker(text_file):
    ingest(str(text_file), "--now")
    quote = Quote.objects.get()
    assert quote.text == "“We will close the gate on Monday,”"
    assert quote.speaker.name == "Ida Holm"
    assert not quote.speaker.is_confirmed


def test_the_same_file_again_adds_nothing(text_file):
    ingest(str(text_file), "--now")
    assert ingest(str(text_file), "--now").startswith("unchanged: ")
    assert (Article.objects.count(), ArticleVersion.objects.count(), Quote.objects.count()) == (
        (1, 1, 1)
    )


def test_a_changed_file_becomes_a_new_version_of_the_same_article(text_file):
    ingest(str(text_file))
    text_file.write_text(TEXT.replace("Monday", "Tuesday"), encoding="utf-8")
    assert ingest(str(text_file)).startswith("changed: ")
    article = Article.objects.get()
    assert [version.number for version in article.versions.all()] == [1, 2]
    assert "Tuesday" in article.current_version.text


def test_the_same_text_at_another_address_is_a_copy_without_a_second_text(text_file, tmp_path):
    ingest(str(text_file))
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT, encoding="utf-8")
    assert ingest(str(copy)).startswith("copy: ")
    assert ArticleVersion.objects.count() == 1
    assert (
        Article.objects.exclude(copy_of=None).get().copy_of == ArticleVersion.objects.get().article
    )


def test_standard_input_is_read_with_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert ingest("-", "--now").startswith("new: ")
    assert Quote.objects.get().speaker.name == "Ida Holm"


def test_a_page_is_known_by_its_address_whatever_its_tracking_tail(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.1/32"]

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            body = PAGE.format(port=self.server.server_port).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Keep the test's output to the test."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/gate"
        try:
            assert ingest(address).startswith("new: ")
            assert ingest(f"{address}?utm_source=mail#top").startswith("unchanged: ")
        finally:
            server.shutdown()
    article = Article.objects.get()
    assert article.canonical_url == address
    assert article.source.name == "The Harbour Post"


def test_one_bad_target_is_named_and_the_others_are_read(text_file, tmp_path):
    out, err = io.StringIO(), io.StringIO()
    missing = str(tmp_path / "missing.txt")
    with pytest.raises(CommandError, match="1 of 2 could not be read"):
        call_command("ingest", missing, str(text_file), stdout=out, stderr=err)
    assert "missing.txt" in err.getvalue()
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x.txt", "--published", "yesterday"], "is no date"),
        (["x.txt", "--published", "2026-02-30"], "--published 2026-02-30"),
        (["x.txt", "y.txt", "--url", "https://a.example/1"], "one target"),
    ],
)
def test_options_that_cannot_be_right_are_refused_before_anything_is_read(arguments, message):
    with pytest.raises(CommandError, match=message):
        ingest(*arguments)
    assert not Article.objects.exists()


def test_a_full_disk_is_named_and_nothing_is_stored(text_file, tmp_path):
    (tmp_path / "media").mkdir(exist_ok=True)
    (tmp_path / "media" / "archive").write_text("in the way")
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 could not be read"):
        call_command("ingest", str(text_file), stdout=out, stderr=out)
    assert "cannot be kept" in out.getvalue()
    assert not Article.objects.exists()
