"""What is content when a person moves the ends of a quotation."""

import pytest

from claims.extraction.respan import respanned, trimmed

TEXT = "“The dykes hold,” Aalto said on Monday. “All of them.” She added that repairs end in May."


def spans(*words: str) -> list[tuple[int, int]]:
    return [(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]


HOLD, ALL, AALTO, REPAIRS = (
    "“The dykes hold,”",
    "“All of them.”",
    "Aalto said",
    "repairs end in May",
)


@pytest.mark.parametrize(
    ("chosen", "former", "parts", "kind"),
    [
        # Shorter: one part, still between its marks.
        ("The dykes hold", [HOLD], ["The dykes hold"], "direct"),
        # Longer, over the words of the writer: they stay out.
        ("“The dykes hold,” Aalto said on Monday. “All of them.”", [HOLD], [HOLD, ALL], "direct"),
        # What lay between two parts before stays out.
        ("dykes hold,” Aalto said on Monday. “All of", [HOLD, ALL], ["dykes hold,”", "“All of"],
         "direct"),
        # Cut down to the second part: the gap is gone with the first.
        (ALL, [HOLD, ALL], [ALL], "direct"),
        # No marks: indirect.
        ("repairs end in May", [HOLD], [REPAIRS], "indirect"),
        # A writer's words before a marked passage, with no cue in them: one part, mixed.
        ("on Monday. “All of them.”", [ALL], ["on Monday. “All of them.”"], "mixed"),
    ],
)  # fmt: skip
def test_content_and_kind_of_new_ends(chosen, former, parts, kind):
    [span] = spans(chosen)
    found = respanned(TEXT, span, former=spans(*former), aside=spans("said", "Aalto"))
    assert [part.text(TEXT) for part in found.content] == parts
    assert found.kind.value == kind


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, 3, (1, 3)),
        (0, 5, (1, 4)),
        (2, 3, (2, 3)),
        (4, 5, None),  # nothing but a blank
        (3, 3, None),
        (-1, 3, None),
        (0, 6, None),  # behind the text
    ],
)
def test_blanks_at_the_ends_are_left_out(start, end, span):
    assert trimmed(" one ", start, end) == span
