"""What was received is shown as text and handed out as a file; nothing of it runs here."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from claims.models import ArticleVersion, Evidence, Fetch
from claims.services import archive
from claims.services.articles import store_document
from tests import factories
from tests.admin.pages import url
from tests.services.documents import document
from tests.services.test_archive import fetched

pytestmark = pytest.mark.django_db
EVIL = b"<script>alert(1)</script><img src=x onerror=alert(2)><p>\xe2\x80\x9cNo\xe2\x80\x9d.</p>"
PAGES = ("archived", "archived_source", "archived_file", "archived_warc")


@pytest.fixture
def version() -> ArticleVersion:
    return store_document(document(raw=EVIL, exchange=fetched(EVIL, headers={}))).version


def test_the_page_says_what_came_and_that_it_is_still_that(as_reporter, version):
    html = as_reporter.get(url(ArticleVersion, "archived", version.pk)).content.decode()
    assert "https://daily.example/b?x=1" in html
    assert version.snapshot_sha256 in html
    assert "its hash agrees" in html
    assert "redirected from" in html
    assert "&lt;script&gt;alert(1)" in html
    assert EVIL.decode() not in html


@pytest.mark.parametrize("page", PAGES[1:])
def test_what_leaves_is_sealed(as_reporter, version, page):
    response = as_reporter.get(url(ArticleVersion, page, version.pk))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "text/html" not in response["Content-Type"]
    if page == "archived_source":
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content == EVIL
    else:
        assert response["Content-Disposition"].startswith("attachment; ")


def test_the_copy_of_evidence_is_looked_at_by_those_who_may_see_it(
    as_checker, as_reporter, version
):
    piece = factories.EvidenceFactory(
        snapshot=version.snapshot.name, sha256=version.snapshot_sha256, is_confidential=True
    )
    html = as_checker.get(url(Evidence, "archived", piece.pk)).content.decode()
    assert "its hash agrees" in html
    for page in PAGES:
        assert as_reporter.get(url(Evidence, page, piece.pk)).status_code == 404
    Evidence.objects.update(is_confidential=False)
    assert as_reporter.get(url(Evidence, "archived_file", piece.pk)).content == EVIL


def test_the_files_are_those_of_the_archive(as_reporter, version):
    file = as_reporter.get(url(ArticleVersion, "archived_file", version.pk))
    assert file.content == EVIL
    warc = as_reporter.get(url(ArticleVersion, "archived_warc", version.pk))
    with default_storage.open(version.snapshot.name) as kept:
        assert warc.content == kept.read()
    assert warc["Content-Disposition"].endswith(f'{version.snapshot_sha256}.warc.gz"')


@pytest.mark.parametrize("page", PAGES)
def test_only_who_may_see_versions_sees_it(sign_in, client, version, page):
    address = url(ArticleVersion, page, version.pk)
    assert client.get(address).status_code == 302
    assert sign_in(factories.UserFactory()).get(address).status_code == 403
    assert sign_in(factories.UserFactory(is_staff=False)).get(address).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_without_a_snapshot_there_is_nothing_to_see(as_reporter, page):
    bare = factories.ArticleVersionFactory()
    assert as_reporter.get(url(ArticleVersion, page, bare.pk)).status_code == 404


def test_what_is_gone_or_changed_is_said(as_reporter, version):
    name = version.snapshot.name
    default_storage.delete(name)
    address = url(ArticleVersion, "archived", version.pk)
    assert "is gone" in as_reporter.get(address).content.decode()
    assert as_reporter.get(url(ArticleVersion, "archived_warc", version.pk)).status_code == 404
    other = store_document(document("https://daily.example/2", text="Two.", raw=b"x")).version
    with default_storage.open(other.snapshot.name) as file:
        default_storage.save(name, ContentFile(file.read()))
    assert "its hash does not agree" in as_reporter.get(address).content.decode()


def test_the_row_links_to_it(as_reporter, version):
    html = as_reporter.get(url(ArticleVersion, "change", version.pk)).content.decode()
    assert url(ArticleVersion, "archived", version.pk) in html


def test_what_a_fetch_received_is_shown_although_it_is_no_article(as_editor):
    kept = archive.keep(fetched(EVIL))
    fetch = factories.FetchFactory(snapshot=kept.name, snapshot_sha256=kept.sha256)
    html = as_editor.get(url(Fetch, "change", fetch.pk)).content.decode()
    assert url(Fetch, "archived", fetch.pk) in html
    assert "its hash agrees" in as_editor.get(url(Fetch, "archived", fetch.pk)).content.decode()
