"""CSV and XLSX: rows of text out of a file, and into one. Nothing here knows what they mean."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import openpyxl
from django.conf import settings
from openpyxl.cell import WriteOnlyCell

from claims.export.cells import bare, from_xml, guarded, xml_safe
from claims.services.errors import DeskError

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_CHARACTERS = 32_767
"""More does not fit into a cell of a spreadsheet."""
MOST_COLUMNS = 100
MOST_MEMBERS = 1000
"""Files within an XLSX: one of ours has ten."""
BOM = "\ufeff"
# What openpyxl and those beneath it say of a file that is none of theirs.
UNREADABLE = (
    *(zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, SyntaxError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)


class BadFile(DeskError):
    """The file cannot be read as a table; nothing of it was taken."""


class DoesNotFit(DeskError):
    """The table does not fit into the form that was asked for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read: names of columns, and rows with their numbers in the file."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]


def read(name: str, content: bytes) -> Sheet:
    """The first sheet of the file, every cell as text and without guard; BadFile if there is none.

    Empty rows are left out; a row has as many cells as there are columns.
    """
    if len(content) > settings.IMPORT_MAX_BYTES:
        raise BadFile(f"The file is larger than {settings.IMPORT_MAX_BYTES:,} bytes.")
    lines = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    if content[:2] != b"PK" and name.lower().endswith((".xlsx", ".xls", ".ods")):
        raise BadFile("This is no XLSX file. Save it as XLSX, or as CSV in UTF-8.")
    columns: list[str] = []
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(lines, start=1):
        if not columns:
            columns = [cell.strip() for cell in _trimmed(cells)]
            if len(set(columns)) < len(columns) or "" in columns:
                raise BadFile("The first row must name each column once.")
            continue
        filled = _trimmed(cells)
        if not filled:
            continue
        if len(filled) > len(columns):
            raise BadFile(f"Row {number} has more cells than there are columns.")
        if len(rows) == settings.IMPORT_MAX_ROWS:
            raise BadFile(f"More than {settings.IMPORT_MAX_ROWS:,} rows. Split the file.")
        texts = [bare(cell) for cell in filled]
        if any("\x00" in text or _half_a_pair(text) for text in texts):
            raise BadFile(f"Row {number} holds characters that are no text.")
        rows.append((number, texts + [""] * (len(columns) - len(texts))))
    if not columns:
        raise BadFile("The file is empty.")
    return Sheet(columns, rows)


def csv_lines(columns: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A CSV file line by line, for readers that know neither UTF-8 nor us (hence the mark)."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([guarded(text) for text in row])


def xlsx_file(
    title: str, columns: list[str], rows: Iterable[list[str]], *, numbers: frozenset[str]
) -> IO[bytes]:
    """An XLSX file, written row by row to a temporary file that goes when it is closed.

    The columns in ``numbers`` hold numbers, all others text. Raises DoesNotFit.
    """
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(columns)
    try:
        for row in rows:
            sheet.append(
                [
                    int(text) if name in numbers and text else _text_cell(sheet, name, row[0], text)
                    for name, text in zip(columns, row, strict=True)
                ]
            )
    except BaseException:
        sheet.close()  # its half-written file goes with it
        raise
    # Handed over open, to be sent and closed by whoever asked for it.
    out = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115
    book.save(out)
    out.seek(0)
    return out


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _text_cell(sheet: Any, column: str, key: str, text: str) -> Any:
    if not text:
        return None
    safe = xml_safe(guarded(text))
    if len(safe.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
        raise DoesNotFit(
            f"{column} of row {key} is longer than a cell of a spreadsheet. Download as CSV."
        )
    cell = WriteOnlyCell(sheet, value=safe)
    cell.data_type = "s"  # whatever it looks like
    return cell


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("The file is not in UTF-8. Save it as “CSV UTF-8” or as XLSX.") from error
    head = text.partition("\n")[0]
    csv.field_size_limit(max(csv.field_size_limit(), settings.IMPORT_MAX_BYTES))
    # Spreadsheets separate by what the country does not use in numbers.
    separator = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in lines:
            if len(cells) > MOST_COLUMNS:
                raise BadFile(f"Row {lines.line_num} has more than {MOST_COLUMNS} cells.")
            yield cells
    except csv.Error as error:
        raise BadFile(f"Line {lines.line_num} is no CSV: {error}.") from error


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    _refuse_bombs(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size may be wrong.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            if number > settings.IMPORT_MAX_ROWS * 2:  # a single cell far down makes a million
                raise BadFile(f"More than {settings.IMPORT_MAX_ROWS:,} rows. Split the file.")
            yield [_as_text(cell, number) for cell in row]
    except UNREADABLE as error:
        raise BadFile("This is no XLSX file that can be read.") from error


def _refuse_bombs(content: bytes) -> None:
    """BadFile where little would unpack to much. A member never gives more than it announces."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sizes = [member.file_size for member in packed.infolist()]
    except UNREADABLE as error:
        raise BadFile("This is no XLSX file that can be read.") from error
    if len(sizes) > MOST_MEMBERS or sum(sizes) > settings.IMPORT_MAX_UNPACKED_BYTES:
        raise BadFile(
            f"The file unpacks to more than {settings.IMPORT_MAX_UNPACKED_BYTES:,} bytes."
        )


def _as_text(cell: Any, number: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise BadFile(f"Row {number} holds a formula. Put its value in its place.")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        midnight = value.time() == value.min.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return from_xml(str(value))


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end, which spreadsheets add at will."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _half_a_pair(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
