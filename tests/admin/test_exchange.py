"""Tables out and in, through the pages."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Evidence, ImportDraft, Speaker, Verdict
from tests import factories
from tests.admin.pages import messages_of, url

pytestmark = pytest.mark.django_db
KINDS = {"speaker": Speaker, "claim": Claim, "verdict": Verdict, "evidence": Evidence}


def at(kind, page, *args):
    return reverse(f"admin:claims_{kind}_{page}", args=args)


def downloaded(client, kind, form="csv", **filters):
    response = client.get(at(kind, "export", form), filters)
    assert response.status_code == 200
    return response.getvalue()


def shown(client, kind, content, name="table.csv"):
    """The page that a file leads to."""
    file = SimpleUploadedFile(name, content)
    return client.post(at(kind, "import"), {"file": file}, follow=True)


def edited(content, old, new):
    assert old in content
    return content.replace(old, new)


class TestDownloading:
    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_gives_the_list_as_it_is_filtered(self, as_editor, kind):
        factories.EvidenceFactory()
        factories.VerdictFactory()
        factories.SpeakerFactory()
        lines = downloaded(as_editor, kind).decode("utf-8-sig").splitlines()
        assert lines[0].startswith("id,version,")
        assert len(lines) == 1 + KINDS[kind].objects.count()

    def test_keeps_to_the_filters(self, as_editor):
        factories.SpeakerFactory(name="Sadiq Khan")
        factories.SpeakerFactory(name="Mayor’s office", kind="organisation")
        content = downloaded(as_editor, "speaker", kind__exact="organisation").decode()
        assert "Mayor’s office" in content
        assert "Sadiq Khan" not in content
        assert "Sadiq Khan" in downloaded(as_editor, "speaker", q="khan").decode()

    def test_as_a_spreadsheet_runs_no_formula(self, as_editor):
        factories.SpeakerFactory(name="=1+1")
        response = as_editor.get(at("speaker", "export", "xlsx"))
        assert response["Content-Disposition"].startswith('attachment; filename="speaker-20')
        sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
        assert sheet["C2"].value == "'=1+1"
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]

    def test_is_refused_where_it_would_be_too_much(self, as_editor, settings):
        settings.EXPORT_MAX_ROWS = 1
        factories.SpeakerFactory.create_batch(2)
        response = as_editor.get(at("speaker", "export", "csv"), follow=True)
        assert "Narrow the list down" in messages_of(response)[0]

    def test_of_a_text_that_no_cell_holds_is_refused_as_a_spreadsheet(self, as_editor):
        factories.EvidenceFactory(excerpt="x" * 40_000)
        response = as_editor.get(at("evidence", "export", "xlsx"), follow=True)
        assert "Download as CSV" in messages_of(response)[0]
        assert b"x" * 40_000 in downloaded(as_editor, "evidence")

    def test_takes_as_many_queries_for_many_as_for_few(self, as_editor):
        def count():
            with CaptureQueriesContext(connection) as captured:
                downloaded(as_editor, "claim")
            return len(captured)

        factories.ClaimFactory().topics.add(factories.TopicFactory())
        downloaded(as_editor, "claim")
        few = count()
        for _ in range(20):
            factories.ClaimFactory(assignee=factories.UserFactory()).topics.add(
                factories.TopicFactory()
            )
        assert count() == few

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_and_importing_are_for_those_who_may(self, as_reporter, as_checker, as_editor, kind):
        for client, may_export, may_import in (
            (as_reporter, False, False),
            (as_checker, True, False),
            (as_editor, True, True),
        ):
            page = client.get(at(kind, "changelist")).content.decode()
            assert ("Download CSV" in page) == may_export
            assert ("Import a table" in page) == may_import
            export = client.get(at(kind, "export", "csv")).status_code
            assert export == (200 if may_export else 403)
            wanted = 200 if may_import else 403
            assert client.get(at(kind, "import")).status_code == wanted
            assert client.post(at(kind, "import"), {}).status_code == wanted

    def test_in_another_form_is_not_there(self, as_editor):
        assert as_editor.get(at("speaker", "export", "ods")).status_code == 404


class TestImporting:
    def test_shows_what_changes_and_writes_it_on_yes(self, as_editor):
        speaker = factories.SpeakerFactory(name="Sadiq Khan")
        content = edited(downloaded(as_editor, "speaker"), b"Sadiq Khan", b"Sir Sadiq Khan")
        page = shown(as_editor, "speaker", content)
        html = page.content.decode()
        assert "0 new · 1 changed · 0 as before · 0 refused" in html
        assert "Sadiq Khan</del>" in html
        assert "Sir Sadiq Khan</ins>" in html
        speaker.refresh_from_db()
        assert speaker.name == "Sadiq Khan"
        draft = ImportDraft.objects.get()
        done = as_editor.post(at("speaker", "import_draft", draft.pk), follow=True)
        assert messages_of(done) == ["Imported: 0 new, 1 changed, 0 as before."]
        speaker.refresh_from_db()
        assert speaker.name == "Sir Sadiq Khan"
        again = as_editor.post(at("speaker", "import_draft", draft.pk), follow=True)
        assert "imported already" in messages_of(again)[0]

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_of_a_download_has_nothing_to_write(self, as_editor, kind):
        factories.EvidenceFactory()
        factories.VerdictFactory()
        factories.SpeakerFactory()
        for form in ("csv", "xlsx"):
            page = shown(as_editor, kind, downloaded(as_editor, kind, form), f"t.{form}")
            assert "there is nothing to write" in page.content.decode()
            assert "Write these changes" not in page.content.decode()

    def test_names_the_rows_that_are_refused_and_writes_none(self, as_editor):
        factories.SpeakerFactory(name="Good")
        factories.SpeakerFactory(name="Stale")
        content = downloaded(as_editor, "speaker")
        content = edited(edited(content, b"Good", b"Better"), b"Stale", b"Mine")
        Speaker.objects.filter(name="Stale").update(description="Theirs")
        page = shown(as_editor, "speaker", content)
        html = page.content.decode()
        assert "changed since this table was made" in html
        assert "Write these changes" not in html
        draft = ImportDraft.objects.get()
        assert as_editor.post(at("speaker", "import_draft", draft.pk)).status_code == 409
        assert Speaker.objects.filter(name="Good").exists()

    def test_shows_refused_rows_first_and_no_more_than_the_limit(self, as_editor, settings):
        settings.IMPORT_SHOWN_ROWS = 2
        rows = ["id,version,name,kind"] + [f",,Name {n},person" for n in range(3)]
        content = "\r\n".join([*rows, ",,Robot,robot"]).encode()
        listed = shown(as_editor, "speaker", content).context["rows"]
        assert [row.outcome for row in listed] == ["refused", "new"]
        assert (listed[0].number, listed[0].title) == (5, "Robot")

    def test_escapes_what_the_file_says(self, as_editor):
        payload = "<script>alert(1)</script>"
        content = f"id,version,name,kind\r\n,,{payload},{payload}\r\n".encode()
        html = shown(as_editor, "speaker", content, f"{payload}.csv").content.decode()
        assert payload not in html
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize(
        ("content", "why"),
        [(b"PK\x03\x04", "no XLSX"), (b"a,b\r\n", "no column a, b"), (b"\xff\xfe", "not in UTF-8")],
    )
    def test_says_why_a_file_is_no_table(self, as_editor, content, why):
        page = shown(as_editor, "speaker", content)
        assert page.status_code == 400
        assert why in page.content.decode()
        assert not ImportDraft.objects.exists()

    def test_of_too_large_a_file_is_refused(self, as_editor, settings):
        settings.IMPORT_MAX_BYTES = 100
        page = shown(as_editor, "speaker", b"id,version,name\r\n" + b"x" * 100)
        assert "larger than 100 bytes" in page.content.decode()

    def test_of_somebody_elses_file_is_not_there(self, as_editor, as_root):
        shown(as_editor, "speaker", b"id,version,name\r\n,,Sadiq Khan\r\n")
        draft = ImportDraft.objects.get()
        assert as_root.get(at("speaker", "import_draft", draft.pk)).status_code == 404
        assert as_editor.get(at("claim", "import_draft", draft.pk)).status_code == 404
        as_root.post(at("speaker", "import_draft", draft.pk))
        assert not Speaker.objects.exists()

    def test_page_names_what_may_be_written(self, as_editor):
        html = as_editor.get(at("verdict", "import")).content.decode()
        assert html.count("read only") >= 5
        assert "for new rows" in html


def test_a_download_is_what_a_csv_reader_reads(as_editor):
    factories.ClaimFactory(text='He said: "Yes,\nof course", and left.')
    lines = list(
        csv.DictReader(io.StringIO(downloaded(as_editor, "claim").decode("utf-8-sig"), newline=""))
    )
    assert lines[0]["text"] == 'He said: "Yes,\nof course", and left.'


def test_the_lists_keep_their_other_pages(as_editor):
    assert as_editor.get(url(Speaker, "changelist")).status_code == 200
