"""The text layer of a PDF: paragraphs, whole words, no running heads; the rest is refused."""

import pytest

from claims.ingest import (
    Document,
    EmptyDocument,
    ReadLimits,
    TooLarge,
    UnsupportedContent,
    read_bytes,
)
from tests.ingest.pages import PARAGRAPHS
from tests.ingest.pdfs import HEIGHT, assembled, pdf, typeset

# Windows-1252 has the typographic quotation marks; what is not in it is not in these texts.
STATEMENT = PARAGRAPHS


def read(raw: bytes, **limits: int) -> Document:
    """The document, as from an upload."""
    return read_bytes(raw, limits=ReadLimits(**limits))


def test_lines_become_paragraphs_and_running_heads_go() -> None:
    raw = typeset(
        STATEMENT * 3,
        head="Ministry of Harbours - Statement 14/2026",
        foot="Page {page} of 3",
        title="Statement on the harbour",
    )
    document = read(raw)
    assert document.text.split("\n\n") == STATEMENT * 3
    assert document.title == "Statement on the harbour"
    assert document.content_type == "application/pdf"
    assert document.raw == raw
    assert document.canonical_url.startswith("urn:sha256:")


def test_paragraphs_that_are_only_indented_are_found() -> None:
    assert read(typeset(STATEMENT, gap=0, indent=18)).text.split("\n\n") == STATEMENT


def test_a_last_line_that_is_short_ends_a_paragraph() -> None:
    long = "The quay is closed until the end of April, the port authority said on Monday in\n"
    raw = typeset([long + "a statement of eleven lines.", STATEMENT[1]], gap=0)
    assert read(raw).text.count("\n\n") == 1


DIVIDED = [
    # a word that is divided at the end of a line
    (
        "The port author-\nity said so in a statement on Monday.",
        "The port authority said so in a statement on Monday.",
    ),
    # a word that has its hyphen elsewhere as well
    (
        "A long-term plan is needed, and it is a long-\nterm plan that the port has.",
        "A long-term plan is needed, and it is a long-term plan that the port has.",
    ),
    # a name, a number
    (
        "The line from Haverness-\nTolleby is closed today.",
        "The line from Haverness-Tolleby is closed today.",
    ),
    # a dash is no hyphen
    (
        "The quay was closed –\nfor how long, nobody said.",
        "The quay was closed – for how long, nobody said.",
    ),
]


def test_a_divided_word_is_whole_again() -> None:
    text = read(typeset([lines for lines, _ in DIVIDED])).text
    assert text.split("\n\n") == [whole for _, whole in DIVIDED]


def test_a_sentence_goes_on_over_the_page() -> None:
    words = "The port authority said that the quay and"
    first = [(72, HEIGHT - 150 - 14 * n, 11, words) for n in range(3)]
    second = [(72, HEIGHT - 150, 11, "the piers are sound, which nobody believed.")]
    text = read(pdf([first, second])).text
    assert text.endswith("quay and the piers are sound, which nobody believed.")


def test_a_heading_is_a_paragraph_and_the_title() -> None:
    raw = pdf(
        [
            [
                (72, 700, 20, "Harbour closed until April"),
                (72, 660, 11, "The port authority said on Monday that the northern quay"),
                (72, 646, 11, "would stay closed."),
            ]
        ]
    )
    document = read(raw)
    assert document.title == "Harbour closed until April"
    assert document.text.split("\n\n") == [
        "Harbour closed until April",
        "The port authority said on Monday that the northern quay would stay closed.",
    ]


def test_the_name_of_a_program_is_no_title() -> None:
    assert read(typeset(STATEMENT[:1], title="Microsoft Word - final2.docx")).title == ""


def test_one_page_has_no_running_heads() -> None:
    raw = pdf([[(72, 800, 11, "The quay is closed until April, the port authority said.")]])
    assert read(raw).text == "The quay is closed until April, the port authority said."


def damaged() -> bytes:
    """A file whose objects are gone."""
    return b"%PDF-1.4\n" + b"garbage " * 200


BOMB = b" " * 90_000_000

REFUSED = [
    (
        "encrypted",
        pdf([[(72, 700, 11, "Secret.")]], password="x"),
        {},
        UnsupportedContent,
        "pdf_encrypted",
        "password",
    ),
    ("broken", damaged(), {}, UnsupportedContent, "pdf_broken", "broken"),
    ("cut", b"%PDF-1.4\n", {}, UnsupportedContent, "pdf_broken", "broken"),
    ("scanned", pdf([[], []], picture=True), {}, EmptyDocument, "pdf_scanned", "scanned"),
    ("long", typeset(STATEMENT * 3), {"pdf_max_pages": 1}, TooLarge, "too_large", "pages"),
    ("much", typeset(STATEMENT), {"max_chars": 500}, TooLarge, "too_large", "characters"),
    ("slow", typeset(STATEMENT), {"pdf_seconds": 0.01}, TooLarge, "too_large", "seconds"),
]


@pytest.mark.parametrize(
    ("raw", "limits", "error", "code", "words"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    raw: bytes, limits: dict[str, int], error: type[Exception], code: str, words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        read(raw, **limits)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_a_bomb_is_refused_by_the_memory_that_it_would_take() -> None:
    raw = assembled([BOMB])
    assert len(raw) < 1_000_000
    with pytest.raises(TooLarge, match="memory"):
        read(raw, pdf_memory=100_000_000)
