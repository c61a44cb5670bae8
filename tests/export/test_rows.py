"""Whole tables as NDJSON and CSV: every row once, nothing in them that a reader would trip on."""

import csv
import io
import json
from datetime import datetime

import pytest

from claims.export import rows
from claims.export.cells import bare, guarded
from claims.export.rows import TABLES, pieces
from claims.models import Claim, Evidence, Speaker
from tests import factories

pytestmark = pytest.mark.django_db

NASTY = [
    'He said "no", twice.',
    'back\\slash \\n and \\" and \\.',
    "one line\nanother\r\nand\ta tab",
    "marks of COPY: \x01 \x02 \x03",
    "\\.",
    "“quoted” – ümläut – 漢字 – 👩‍👧 – \u2028 – \ufeff",
    "=HYPERLINK(1)",
    "\u3000=1+1",
    "\u00a0@x",
    " -1",
    "＝wide",
    "'already",
    "',=",
    "\t=tab",
    "\x1f=unit",
    "NULL",
    "null",
    "100%s %d {} {0}",
]


def as_lines(resource, queryset):
    content = b"".join(pieces(resource, "ndjson", queryset)).decode()
    return [json.loads(line) for line in content.split("\n")[:-1]]


def as_cells(resource, queryset):
    content = b"".join(pieces(resource, "csv", queryset)).decode()
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_any_text_comes_through_json_as_it_was():
    claims = [factories.ClaimFactory(text=text) for text in NASTY]
    read = as_lines("claims", Claim.objects.all())
    assert [(line["id"], line["text"]) for line in read] == [(c.pk, c.text) for c in claims]


def test_any_text_comes_through_cells_and_runs_nothing():
    for text in NASTY:
        factories.ClaimFactory(text=text)
    read = [row["text"] for row in as_cells("claims", Claim.objects.all())]
    assert read == [guarded(text) for text in NASTY]
    assert [bare(cell) for cell in read] == NASTY


def test_values_are_of_their_kind(editor):
    topics = [factories.TopicFactory(slug=slug) for slug in ("rivers", "dykes")]
    claim = factories.ClaimFactory(assignee=editor, quantities=[{"value": 85}])
    claim.topics.set(topics)
    claim.refresh_from_db()
    (line,) = as_lines("claims", Claim.objects.all())
    moments = {
        name: datetime.fromisoformat(line.pop(name)) for name in ("created_at", "updated_at")
    }
    assert moments == {"created_at": claim.created_at, "updated_at": claim.updated_at}
    assert line == {
        "id": claim.pk,
        "text": claim.text,
        "quantities": [{"value": 85}],
        "stage": "new",
        "priority": "normal",
        "assignee": "editor",
        "embargo_until": None,
        "recheck_by": None,
        "created_by": None,
        "version": 1,
        "topics": ["dykes", "rivers"],
    }
    (row,) = as_cells("claims", Claim.objects.all())
    assert list(row) == TABLES["claims"].names
    assert (json.loads(row["topics"]), row["assignee"]) == (["dykes", "rivers"], "editor")
    assert datetime.fromisoformat(row["created_at"]) == claim.created_at
    assert "T" in row["created_at"]
    assert row["embargo_until"] == ""


@pytest.mark.parametrize("resource", TABLES)
@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_every_resource_is_written_in_both_forms(resource, form):
    """With every column filled where it may be, and with the rest left out."""
    made = {
        "claims": factories.ClaimFactory,
        "quotes": factories.QuoteFactory,
        "verdicts": factories.VerdictFactory,
        "speakers": factories.SpeakerFactory,
        "articles": factories.ArticleFactory,
        "evidence": factories.EvidenceFactory,
        "decisions": factories.DecisionFactory,
        "appearances": factories.AppearanceFactory,
    }[resource]
    keys = [made().pk, made().pk]
    everything = TABLES[resource].model.objects.all()
    read = (as_lines if form == "ndjson" else as_cells)(resource, everything)
    assert [int(row["id"]) for row in read] == keys
    assert all(list(row) == TABLES[resource].names for row in read)


def test_pieces_follow_each_other_without_gap_or_double(monkeypatch):
    monkeypatch.setattr(rows, "PIECE_ROWS", 2)
    keys = [factories.SpeakerFactory().pk for _ in range(5)]
    for read in (as_lines, as_cells):
        assert [int(row["id"]) for row in read("speakers", Speaker.objects.all())] == keys
    factories.SpeakerFactory()  # a last piece that is full
    assert len(as_lines("speakers", Speaker.objects.all())) == 6


def test_only_the_rows_that_were_chosen_are_written():
    factories.EvidenceFactory(is_confidential=True)
    plain = factories.EvidenceFactory()
    chosen = Evidence.objects.exclude(is_confidential=True)
    assert [line["id"] for line in as_lines("evidence", chosen)] == [plain.pk]


def test_of_nothing_there_is_a_header_and_no_line():
    assert b"".join(pieces("claims", "ndjson", Claim.objects.all())) == b""
    assert b"".join(pieces("claims", "csv", Claim.objects.all())).startswith(b"id,text,quantities")


def test_what_is_written_without_escaping_is_held_to_plain_words_by_the_database():
    written = [
        (table.model, field)
        for table in TABLES.values()
        for field in table.model._meta.concrete_fields
        if field.name in table.columns.values() and field.choices
    ]
    assert len(written) > 10
    for model, field in written:
        checks = [
            each for each in model._meta.constraints if f"'{field.name}__in'" in str(vars(each))
        ]
        assert checks, f"{model.__name__}.{field.name} may hold anything"
        assert all(value.replace("_", "").isalnum() for value, _ in field.choices)


def test_keys_that_lie_far_apart_cost_a_piece_each():
    keys = [1, 5, 10**12, 10**12 + 1, 2**62]
    for key in keys:
        factories.ClaimFactory(pk=key)
    assert [row["id"] for row in as_lines("claims", Claim.objects.all())] == keys
    assert len(list(pieces("claims", "ndjson", Claim.objects.all()))) == 3
