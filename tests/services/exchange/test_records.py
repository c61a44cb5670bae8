"""Speakers, claims, verdicts and evidence: out, edited and in again."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.choices import ClaimStage, VerdictStatus
from claims.export.cells import bare, guarded
from claims.models import Claim, Decision, Evidence, ImportDraft, Notification, Speaker, Verdict
from claims.services.actors import person
from claims.services.errors import InvalidTransition, NotAllowed
from claims.services.exchange.exporting import table
from claims.services.exchange.files import BadFile, DoesNotFit
from claims.services.exchange.importing import CHANGED, NEW, REFUSED, SAME, look, receive, write
from claims.services.speaker_merging import merge
from tests import factories

pytestmark = pytest.mark.django_db

HOSTILE = '=HYPERLINK("http://x")\r\n\t_x000D_ “Grüße”, ;\''
MODELS = {"speaker": Speaker, "claim": Claim, "verdict": Verdict, "evidence": Evidence}
EMBARGO = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def actor(editor):
    return person(editor)


def exported(kind, actor, form="csv", rows=None):
    found = table(kind, MODELS[kind].objects.all() if rows is None else rows, actor=actor)
    if form == "csv":
        return "".join(found.csv()).encode()
    with found.xlsx() as file:
        return file.read()


def rows_of(content):
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [{name: bare(cell) for name, cell in line.items()} for line in lines]


def as_file(rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows([{name: guarded(cell) for name, cell in row.items()} for row in rows])
    return out.getvalue().encode()


def edited(kind, actor, *changes):
    """The exported table with ``changes`` put over its rows, in order."""
    rows = rows_of(exported(kind, actor))
    return as_file([{**row, **change} for row, change in zip(rows, changes, strict=True)])


def received(kind, content, actor, name="table.csv"):
    return receive(kind, name=name, content=content, actor=actor)


def imported(kind, content, actor):
    return write(received(kind, content, actor), actor=actor)


def outcomes(report):
    return [row.outcome for row in report.rows]


def problems(report):
    return [problem for row in report.rows for problem in row.problems]


def everything():
    """Some of every kind, with text that a spreadsheet would run and XML would lose."""
    kept = factories.SpeakerFactory(name=HOSTILE, description=HOSTILE, wikidata_id="Q5")
    factories.SpeakerAliasFactory(speaker=kept, name=f"+{HOSTILE}")
    factories.SpeakerFactory(merged_into=kept, is_confirmed=False)
    claim = factories.ClaimFactory(
        text=HOSTILE,
        stage=ClaimStage.RESEARCHING,
        assignee=factories.UserFactory(),
        embargo_until=datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        recheck_by=date(2027, 1, 1),
    )
    claim.topics.set(factories.TopicFactory.create_batch(2))
    factories.VerdictFactory(claim=claim, explanation=HOSTILE, valid_as_of=date(2026, 2, 1))
    published(factories.ClaimFactory(stage=ClaimStage.PUBLISHED))
    factories.EvidenceFactory(claim=claim, excerpt=HOSTILE, title="@title", accessed_at=EMBARGO)


def published(claim):
    return factories.VerdictFactory(
        claim=claim,
        status=VerdictStatus.PUBLISHED,
        approver=factories.UserFactory(),
        published_at=datetime(2026, 4, 1, tzinfo=UTC),
    )


def state():
    return {
        kind: [
            {k: v for k, v in row.items() if k != "updated_at"}
            for row in model.objects.order_by("pk").values()
        ]
        for kind, model in MODELS.items()
    }


class TestARoundTrip:
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    @pytest.mark.parametrize("kind", sorted(MODELS))
    def test_of_an_unedited_table_changes_nothing(self, actor, kind, form):
        everything()
        before = state()
        content = exported(kind, actor, form)
        report = look(received(kind, content, actor, f"table.{form}"), actor=actor)
        assert set(outcomes(report)) == {SAME}
        assert len(report.rows) == MODELS[kind].objects.count()
        assert not report.may_be_written
        assert state() == before

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_of_any_text_is_lossless(self, actor, text):
        row = factories.EvidenceFactory(excerpt=text)
        for form in ("csv", "xlsx"):
            content = exported("evidence", actor, form, Evidence.objects.filter(pk=row.pk))
            report = look(received("evidence", content, actor, f"t.{form}"), actor=actor)
            assert outcomes(report) == [SAME]

    def test_by_a_spreadsheet_that_writes_numbers_and_dates_changes_nothing(self, actor):
        claim = factories.ClaimFactory(recheck_by=date(2027, 1, 1))
        book = openpyxl.Workbook()
        book.active.append(["id", "version", "recheck_by"])
        book.active.append([claim.pk, float(claim.version), date(2027, 1, 1)])
        out = io.BytesIO()
        book.save(out)
        report = look(received("claim", out.getvalue(), actor, "t.xlsx"), actor=actor)
        assert outcomes(report) == [SAME]


class TestAnEdit:
    def test_is_shown_before_it_is_made(self, actor):
        one, two = factories.SpeakerFactory.create_batch(2)
        draft = received("speaker", edited("speaker", actor, {"description": "Mayor"}, {}), actor)
        report = look(draft, actor=actor)
        assert outcomes(report) == [CHANGED, SAME]
        change = report.rows[0].changes[0]
        assert (change.column, change.before, change.after) == ("description", "", "Mayor")
        assert Speaker.objects.get(pk=one.pk).description == ""
        assert outcomes(write(draft, actor=actor)) == [CHANGED, SAME]
        assert Speaker.objects.get(pk=one.pk).description == "Mayor"
        assert Speaker.objects.get(pk=two.pk).version == two.version
        assert not ImportDraft.objects.exists()

    def test_of_a_speaker_reaches_every_column(self, actor):
        speaker = factories.SpeakerAliasFactory(name="Old").speaker
        change = {
            "name": " Sadiq  Khan ",
            "kind": "group",
            "description": "=of London",
            "wikidata_id": "Q334155",
            "is_confirmed": "no",
            "aliases": "Khan\nMayor Khan\n",
        }
        imported("speaker", edited("speaker", actor, change), actor)
        speaker.refresh_from_db()
        assert (speaker.name, speaker.key, speaker.kind) == ("Sadiq Khan", "sadiq khan", "group")
        assert (speaker.description, speaker.wikidata_id) == ("=of London", "Q334155")
        assert speaker.is_confirmed is False
        assert [alias.name for alias in speaker.aliases.all()] == ["Khan", "Mayor Khan"]

    def test_of_a_claim_reaches_every_column_and_tells_the_assignee(self, actor, checker):
        claim = factories.ClaimFactory()
        topic = factories.TopicFactory(name="Dykes")
        change = {
            "text": "The city has inspected 85% of its dykes.",
            "topics": "Dykes",
            "priority": "high",
            "assignee": "checker",
            "embargo_until": "2100-01-01T00:00",
            "recheck_by": "2027-05-01",
        }
        imported("claim", edited("claim", actor, change), actor)
        claim.refresh_from_db()
        assert claim.text == change["text"]
        assert [quantity["value"] for quantity in claim.quantities] == [85]
        assert list(claim.topics.all()) == [topic]
        assert (claim.priority, claim.assignee) == ("high", checker)
        assert (claim.embargo_until, claim.recheck_by) == (EMBARGO, date(2027, 5, 1))
        assert Notification.objects.get().user == checker

    def test_of_a_draft_is_written_on_by_who_imports_it(self, actor, editor):
        draft = factories.VerdictFactory(claim__stage=ClaimStage.RESEARCHING)
        rating = factories.RatingFactory(scale__name="Truth", label="False")
        change = {"summary": "It was 58%.", "rating": "Truth: False", "valid_as_of": "2026-05-01"}
        imported("verdict", edited("verdict", actor, change), actor)
        draft.refresh_from_db()
        assert (draft.summary, draft.rating) == ("It was 58%.", rating)
        assert draft.valid_as_of == date(2026, 5, 1)
        assert [writer.user for writer in draft.writers.all()] == [editor]

    def test_of_evidence_lets_a_copy_of_another_address_go(self, actor):
        evidence = factories.EvidenceFactory(sha256="a" * 64, snapshot="snapshots/x")
        imported("evidence", edited("evidence", actor, {"stance": "refutes"}), actor)
        evidence.refresh_from_db()
        assert (evidence.stance, evidence.sha256) == ("refutes", "a" * 64)
        imported("evidence", edited("evidence", actor, {"url": "https://other.example/"}), actor)
        evidence.refresh_from_db()
        assert (evidence.url, evidence.sha256, evidence.snapshot.name) == (
            "https://other.example/",
            "",
            "",
        )

    def test_leaves_columns_alone_that_the_file_does_not_have(self, actor):
        speaker = factories.SpeakerFactory(description="Mayor")
        content = as_file(
            [{"id": f"{speaker.pk}", "version": f"{speaker.version}", "name": "Sadiq Khan"}]
        )
        imported("speaker", content, actor)
        speaker.refresh_from_db()
        assert (speaker.name, speaker.description) == ("Sadiq Khan", "Mayor")


class TestANewRow:
    def test_becomes_a_speaker(self, actor):
        rows = [{"id": "", "version": "", "name": "Sadiq Khan", "aliases": "Khan", "kind": ""}]
        report = imported("speaker", as_file(rows), actor)
        assert outcomes(report) == [NEW]
        made = Speaker.objects.get()
        assert (made.name, made.kind, made.is_confirmed) == ("Sadiq Khan", "person", True)
        assert [alias.name for alias in made.aliases.all()] == ["Khan"]

    def test_becomes_a_claim_with_its_first_decision(self, actor, editor):
        rows = [{"id": "", "version": "", "text": "The ferry raises €2.1m.", "priority": "low"}]
        imported("claim", as_file(rows), actor)
        made = Claim.objects.get()
        assert (made.text, made.priority, made.stage) == ("The ferry raises €2.1m.", "low", "new")
        assert made.created_by == editor
        assert Decision.objects.get(claim=made).to_state == "new"

    def test_becomes_a_draft_and_evidence_of_a_claim(self, actor, editor):
        claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
        common = {"id": "", "version": "", "claim": f"{claim.pk}"}
        imported("verdict", as_file([{**common, "summary": "It was 58%."}]), actor)
        imported(
            "evidence", as_file([{**common, "title": "Log", "url": "https://a.example/"}]), actor
        )
        draft, evidence = claim.verdicts.get(), claim.evidence.get()
        assert (draft.status, draft.author, draft.summary) == ("draft", editor, "It was 58%.")
        assert (evidence.title, evidence.added_by) == ("Log", editor)

    def test_is_not_written_twice_by_two_presses(self, actor):
        draft = received(
            "speaker", as_file([{"id": "", "version": "", "name": "Sadiq Khan"}]), actor
        )
        write(draft, actor=actor)
        with pytest.raises(InvalidTransition, match="imported already"):
            write(draft, actor=actor)
        assert Speaker.objects.count() == 1


class TestARowIsRefused:
    def test_that_somebody_has_changed_since(self, actor):
        speaker = factories.SpeakerFactory()
        content = edited("speaker", actor, {"description": "Mine"})
        Speaker.objects.filter(pk=speaker.pk).update(description="Theirs")
        report = imported("speaker", content, actor)
        assert outcomes(report) == [REFUSED]
        assert problems(report)[0][0] == "version"
        assert "changed since" in problems(report)[0][1]
        speaker.refresh_from_db()
        assert speaker.description == "Theirs"

    def test_whose_names_somebody_has_changed_since(self, actor):
        speaker = factories.SpeakerFactory()
        content = edited("speaker", actor, {"aliases": "Mine"})
        merge(kept=speaker, absorbed=factories.SpeakerFactory(name="Theirs"), actor=actor)
        assert problems(imported("speaker", content, actor))[0][0] == "version"
        assert [alias.name for alias in speaker.aliases.all()] == ["Theirs"]

    def test_and_with_it_all_others(self, actor):
        factories.SpeakerFactory.create_batch(2)
        content = edited("speaker", actor, {"description": "New"}, {"kind": "robot"})
        report = imported("speaker", content, actor)
        assert outcomes(report) == [CHANGED, REFUSED]
        assert not Speaker.objects.filter(description="New").exists()
        assert ImportDraft.objects.count() == 1

    @pytest.mark.parametrize(
        ("kind", "change", "column", "why"),
        [
            ("claim", {"stage": "published"}, "stage", "read only"),
            ("claim", {"created_at": "2026-01-01"}, "created_at", "read only"),
            ("claim", {"text": "  "}, "text", "must stand here"),
            ("claim", {"topics": "No such topic"}, "topics", "no topic No such topic"),
            ("claim", {"assignee": "nobody"}, "assignee", "Nobody who may research"),
            ("claim", {"recheck_by": "soon"}, "recheck_by", "2026-03-31"),
            ("claim", {"embargo_until": "soon"}, "embargo_until", "2026-03-31T18:00"),
            ("claim", {"priority": "urgent"}, "priority", "low, normal, high"),
            ("claim", {"id": "987654"}, "id", "no claim 987654"),
            ("claim", {"id": "-1"}, "id", "no id"),
            ("claim", {"id": "9" * 30}, "id", "no id"),
            ("claim", {"id": "", "version": ""}, "stage", "leave it empty"),
            ("verdict", {"rating": "Half true"}, "rating", "scale and label"),
            ("verdict", {"status": "published"}, "status", "read only"),
            ("verdict", {"number": "7"}, "number", "read only"),
            ("verdict", {"approver": "editor"}, "approver", "read only"),
            ("verdict", {"claim": "1"}, "claim", "read only"),
            ("speaker", {"merged_into": "1"}, "merged_into", "read only"),
            ("speaker", {"is_confirmed": "perhaps"}, "is_confirmed", "yes or no"),
            ("speaker", {"wikidata_id": "58217"}, "", "Q58217"),
            ("speaker", {"name": "…"}, "name", "letters or digits"),
            ("speaker", {"aliases": "…"}, "aliases", "letters or digits"),
            ("evidence", {"url": "", "excerpt": ""}, "", "address or the passage"),
            ("evidence", {"url": "javascript:alert(1)"}, "url", "valid URL"),
            ("evidence", {"sha256": "0" * 64}, "sha256", "read only"),
        ],
    )
    def test_with_a_reason(self, actor, kind, change, column, why):
        claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
        factories.VerdictFactory(claim=claim)
        factories.EvidenceFactory(claim=claim)
        factories.SpeakerFactory()
        before = state()
        report = imported(kind, edited(kind, actor, change), actor)
        assert outcomes(report) == [REFUSED]
        assert any(name == column and why in said for name, said in problems(report)), problems(
            report
        )
        assert state() == before

    def test_that_stands_twice_in_the_table(self, actor):
        factories.SpeakerFactory()
        row = rows_of(exported("speaker", actor))[0]
        report = imported(
            "speaker", as_file([{**row, "description": "A"}, {**row, "description": "B"}]), actor
        )
        assert outcomes(report) == [CHANGED, REFUSED]
        assert "twice" in problems(report)[0][1]

    def test_that_takes_the_wikidata_item_of_another(self, actor):
        factories.SpeakerFactory(wikidata_id="Q1")
        factories.SpeakerFactory()
        report = imported("speaker", edited("speaker", actor, {}, {"wikidata_id": "Q1"}), actor)
        assert outcomes(report) == [SAME, REFUSED]

    def test_of_a_speaker_that_is_a_redirect(self, actor):
        kept = factories.SpeakerFactory()
        factories.SpeakerFactory(merged_into=kept)
        report = imported("speaker", edited("speaker", actor, {}, {"description": "X"}), actor)
        assert "was merged into" in problems(report)[0][1]

    @pytest.mark.parametrize("status", [VerdictStatus.PUBLISHED, VerdictStatus.DRAFT])
    def test_of_a_verdict_that_is_published_or_in_review(self, actor, status):
        claim = factories.ClaimFactory(stage=ClaimStage.IN_REVIEW)
        verdict = (
            published(claim) if status == "published" else factories.VerdictFactory(claim=claim)
        )
        report = imported("verdict", edited("verdict", actor, {"summary": "Else."}), actor)
        assert outcomes(report) == [REFUSED]
        verdict.refresh_from_db()
        assert verdict.summary != "Else."

    def test_of_a_second_draft_or_a_draft_of_a_claim_that_is_not_researched(self, actor):
        claim = factories.ClaimFactory(stage=ClaimStage.RESEARCHING)
        factories.VerdictFactory(claim=claim)
        for target in (claim, factories.ClaimFactory()):
            row = {"id": "", "version": "", "claim": f"{target.pk}", "summary": "X"}
            assert outcomes(imported("verdict", as_file([row]), actor)) == [REFUSED]
        assert Verdict.objects.count() == 1

    def test_with_a_sentence_that_is_set(self, actor):
        factories.ClaimFactory(stage=ClaimStage.PUBLISHED)
        report = imported("claim", edited("claim", actor, {"text": "Something else."}), actor)
        assert "its sentence is set" in problems(report)[0][1]
        imported("claim", edited("claim", actor, {"priority": "high"}), actor)
        assert Claim.objects.get().priority == "high"

    def test_that_moves_the_embargo_of_a_claim_in_review_for_who_may_not_publish(
        self, actor, editor
    ):
        claim = factories.ClaimFactory(stage=ClaimStage.IN_REVIEW, embargo_until=EMBARGO)
        Group.objects.get(name="Editor").permissions.remove(
            Permission.objects.get(codename="approve_verdict")
        )
        content = edited("claim", actor, {"embargo_until": ""})
        report = imported("claim", content, person(User.objects.get(pk=editor.pk)))
        assert outcomes(report) == [REFUSED]
        claim.refresh_from_db()
        assert claim.embargo_until == EMBARGO

    @pytest.mark.parametrize(
        ("header", "why"),
        [("id,version,status", "no column status"), ("id,name", "id and version are needed")],
    )
    def test_of_a_table_with_other_columns(self, actor, header, why):
        with pytest.raises(BadFile, match=why):
            received("speaker", f"{header}\r\n".encode(), actor)
        assert not ImportDraft.objects.exists()


class TestWhoMay:
    def test_take_tables_out_and_in(self, reporter, checker):
        for user, may_export in ((reporter, False), (checker, True)):
            for kind in MODELS:
                if may_export:
                    exported(kind, person(user))
                else:
                    with pytest.raises(NotAllowed):
                        exported(kind, person(user))
                with pytest.raises(NotAllowed):
                    received(kind, b"id,version\r\n", person(user))

    def test_say_yes_to_a_file_is_who_showed_it(self, actor):
        draft = received(
            "speaker", as_file([{"id": "", "version": "", "name": "Sadiq Khan"}]), actor
        )
        other = factories.UserFactory(is_superuser=True)
        with pytest.raises(InvalidTransition):
            write(draft, actor=person(other))
        assert not Speaker.objects.exists()

    def test_confidential_evidence_leaves_the_desk_with_nobody(self, actor):
        secret = factories.EvidenceFactory(title="The whistleblower", is_confidential=True)
        assert b"whistleblower" not in exported("evidence", actor)
        row = {"id": f"{secret.pk}", "version": f"{secret.version}", "title": "X"}
        assert "no evidence" in problems(imported("evidence", as_file([row]), actor))[0][1]
        secret.refresh_from_db()
        assert secret.title == "The whistleblower"

    def test_claims_under_embargo_go_out_with_those_who_see_them(self, actor):
        claim = factories.ClaimFactory(text="Under embargo.", embargo_until=EMBARGO)
        factories.VerdictFactory(claim=claim, summary="Under embargo.")
        factories.EvidenceFactory(claim=claim, title="Under embargo.")
        outsider = factories.UserFactory()
        for kind in ("claim", "verdict", "evidence"):
            permission = outsider.user_permissions.model.objects
            outsider.user_permissions.add(
                permission.get(codename=f"export_{kind}"), permission.get(codename=f"import_{kind}")
            )
            outsider = User.objects.get(pk=outsider.pk)  # permissions are read once
            assert b"Under embargo." not in exported(kind, person(outsider))
            assert b"Under embargo." in exported(kind, actor)
            content = edited(kind, actor, {})
            report = look(received(kind, content, person(outsider)), actor=person(outsider))
            assert outcomes(report) == [REFUSED]
        row = {"id": "", "version": "", "claim": f"{claim.pk}", "title": "X", "url": "https://a.b/"}
        report = look(
            received("evidence", as_file([row]), person(outsider)), actor=person(outsider)
        )
        assert ("claim", f"There is no claim {claim.pk} that you may see.") in problems(report)


class TestBounds:
    def test_of_rows_that_go_out(self, actor, settings):
        first = factories.SpeakerFactory.create_batch(3)[0]
        settings.EXPORT_MAX_ROWS = 2
        with pytest.raises(DoesNotFit, match="More than 2 rows"):
            exported("speaker", actor)
        assert (
            len(rows_of(exported("speaker", actor, rows=Speaker.objects.filter(pk=first.pk)))) == 1
        )

    @pytest.mark.parametrize("kind", sorted(MODELS))
    def test_of_queries_for_any_number_of_rows(self, actor, kind):
        def count():
            with CaptureQueriesContext(connection) as captured:
                content = exported(kind, actor)
                look(received(kind, content, actor), actor=actor)
            return len([q for q in captured if not q["sql"].endswith(("SAVEPOINT", '"'))])

        def reads():
            with CaptureQueriesContext(connection) as captured:
                exported(kind, actor)
            return len(captured)

        everything()
        few, few_reads = count(), reads()
        everything_again = [factories.EvidenceFactory() for _ in range(5)]
        for evidence in everything_again:
            factories.VerdictFactory(claim=evidence.claim)
            factories.SpeakerAliasFactory()
        assert reads() == few_reads
        assert count() - few <= 2 * 5 + 1  # savepoints of the rows alone

    def test_of_one_file_a_person(self, actor):
        factories.SpeakerFactory()
        for _ in range(2):
            received("speaker", exported("speaker", actor), actor)
        assert ImportDraft.objects.count() == 1
