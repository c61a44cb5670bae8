"""CSV and XLSX: read within bounds, written so that nothing is lost."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.services.exchange.files import BadFile, DoesNotFit, csv_lines, read, xlsx_file

STORED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
TABLES = st.lists(st.lists(STORED, min_size=2, max_size=2), max_size=4)
COLUMNS = ["id", "text"]


def as_csv(rows):
    return "".join(csv_lines(COLUMNS, rows)).encode()


def as_xlsx(rows):
    with xlsx_file("speaker", COLUMNS, rows, numbers=frozenset()) as file:
        return file.read()


def cells(content, name="table.csv"):
    return [row for _, row in read(name, content).rows]


def packed(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_every_text_survives_a_csv(rows):
    assert cells(as_csv(rows)) == [row for row in rows if any(row)]


@given(TABLES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_text_survives_an_xlsx(rows):
    assert cells(as_xlsx(rows), "table.xlsx") == [row for row in rows if any(row)]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_no_cell_is_a_formula(make):
    dangers = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0"]
    content = make([["1", danger] for danger in dangers])
    assert [row[1] for row in cells(content, "t.xlsx" if make is as_xlsx else "t.csv")] == dangers
    if make is as_xlsx:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        written = [(cell.data_type, cell.value) for row in sheet.iter_rows() for cell in row]
        assert {kind for kind, _ in written} == {"s"}
        texts = [value for _, value in written]
    else:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        texts = [cell for line in lines for cell in line]
    assert not [text for text in texts if text.lstrip()[:1] in tuple("=+-@")]


def test_a_text_too_long_for_a_cell_is_not_cut():
    with pytest.raises(DoesNotFit, match="text of row 7"):
        as_xlsx([["7", "x" * 32_768]])
    assert cells(as_csv([["7", "x" * 200_000]])) == [["7", "x" * 200_000]]


def test_what_spreadsheets_of_other_countries_write_is_read():
    for separator in ";\t,":
        content = f"id{separator}text\r\n1{separator}“Grüße”\r\n".encode()
        assert cells(content) == [["1", "“Grüße”"]]


def test_rows_keep_their_numbers_and_get_all_their_cells():
    sheet = read("t.csv", b"id,text,more,,\r\n1,a\r\n,,\r\n2,b,c\r\n")
    assert sheet.columns == ["id", "text", "more"]
    assert sheet.rows == [(2, ["1", "a", ""]), (4, ["2", "b", "c"])]


def test_numbers_dates_and_flags_of_a_spreadsheet_become_text():
    content = workbook(
        COLUMNS,
        [1, 2.0],
        [2, 2.5],
        [3, date(2026, 3, 1)],
        [4, datetime(2026, 3, 1, 9, 30)],  # noqa: DTZ001  a sheet knows no zones
        [5, True],
    )
    assert [row[1] for row in cells(content, "t.xlsx")] == [
        *("2", "2.5", "2026-03-01", "2026-03-01T09:30:00", "yes"),
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"id,id\r\n", "name each column once"),
        (b"id,,text\r\n", "name each column once"),
        (b"id,text\r\n1,2,3\r\n", "Row 2 has more cells"),
        (b'id,text\r\n1,"open\r\n', "no CSV"),
        ("id,text\r\n1,Grüße".encode("latin-1"), "not in UTF-8"),
        (b"id,text\r\n1,a\x00b\r\n", "characters that are no text"),
        (b"PK\x03\x04 and then nothing", "no XLSX"),
        (packed(**{"[Content_Types].xml": "<a/>"}), "no XLSX"),
        (workbook(COLUMNS, [1, "=1+1"]), "Row 2 holds a formula"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, why):
    with pytest.raises(BadFile, match=why):
        read("table.csv", content)


def test_what_only_calls_itself_xlsx_is_refused():
    with pytest.raises(BadFile, match="no XLSX"):
        read("table.xlsx", b"id,text\r\n")


class TestBounds:
    def test_of_bytes(self, settings):
        settings.IMPORT_MAX_BYTES = 10
        with pytest.raises(BadFile, match="larger than 10 bytes"):
            read("t.csv", b"id,text\r\n1,2\r\n")

    @pytest.mark.parametrize("make", [as_csv, as_xlsx])
    def test_of_rows(self, settings, make):
        settings.IMPORT_MAX_ROWS = 2
        assert len(cells(make([["1", "a"]] * 2))) == 2
        with pytest.raises(BadFile, match="More than 2 rows"):
            cells(make([["1", "a"]] * 3))

    def test_of_what_a_zip_unpacks_to(self, settings):
        settings.IMPORT_MAX_UNPACKED_BYTES = 1_000_000
        bomb = packed(**{"xl/worksheets/sheet1.xml": "0" * 5_000_000})
        assert len(bomb) < 10_000
        with pytest.raises(BadFile, match="unpacks to more"):
            read("t.xlsx", bomb)

    def test_of_files_in_a_zip(self):
        with pytest.raises(BadFile, match="unpacks to more"):
            read("t.xlsx", packed(**{f"m{n}": "" for n in range(1001)}))

    def test_of_a_single_cell_far_down(self):
        book = openpyxl.Workbook()
        book.active["A1"] = "id"
        book.active["A900000"] = "1"
        out = io.BytesIO()
        book.save(out)
        with pytest.raises(BadFile, match="More than"):
            read("t.xlsx", out.getvalue())

    def test_of_entities_that_multiply(self):
        content = workbook(COLUMNS, ["1", "a"])
        laughs = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for member in old.namelist():
                text = old.read(member)
                if member.endswith("sheet1.xml"):
                    text = laughs + text.replace(b"<v>0</v>", b"<v>&b;</v>")
                new.writestr(member, text)
        with pytest.raises(BadFile):
            read("t.xlsx", out.getvalue())
