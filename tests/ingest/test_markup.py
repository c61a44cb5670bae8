"""Markup that would keep a parser busy for hours is told before."""

import time
from pathlib import Path

import pytest

from claims.ingest.errors import TooLarge
from claims.ingest.limits import ReadLimits
from claims.ingest.markup import check_markup

LIMITS = ReadLimits()
MANY = 100_000
HEAVY = [
    # bare names, values, and values that hide the end of the tag or the start of another
    "<p " + " ".join(f"a{n}" for n in range(MANY)) + ">",
    "<p " + " ".join(f"a{n}=b" for n in range(MANY)) + ">",
    "<p " + " ".join(f'a{n}="<>"' for n in range(400)) + ">",
    "<p " + " ".join(f"a{n}='>'" for n in range(400)) + ">",
    # without blanks between them
    "<p " + "".join(f'a{n}="b"' for n in range(400)) + ">",
    "<p" + "".join(f"/a{n}" for n in range(400)) + ">",
    # a quotation mark that is a name, and so hides nothing
    "<p ' " + " ".join(f"a{n}" for n in range(400)) + " '>",
    # behind a script, a comment and a title that end
    "<script>a<b</script><!-- <p --><title><b</title><p " + " a=b" * 400 + ">",
    # a tag that never ends
    "<p " + "a " * MANY,
]
LIGHT = [
    # code that looks like tags
    "<script>" + "if (a<b && c) { d } " * 1000 + "</script><p>x</p>",
    "<style>" + "a<b c " * 1000 + "</STYLE>",
    "<!-- <p " + "a " * 1000 + " -->",
    # long values are one attribute
    f'<img src="data:image/png;base64,{"A " * 100_000}" alt="x">',
    "<p " + " ".join(f"a{n}=b" for n in range(200)) + ">",
    # text with signs of comparison
    "<p>" + "1 < 2 and 3 > 2. " * 1000,
    "",
]


@pytest.mark.parametrize("html", HEAVY)
def test_a_tag_with_too_many_attributes_is_refused(html: str) -> None:
    with pytest.raises(TooLarge):
        check_markup(html, LIMITS)


@pytest.mark.parametrize("html", LIGHT)
def test_code_comments_and_long_values_are_no_attributes(html: str) -> None:
    check_markup(html, LIMITS)


def test_the_bundled_articles_pass() -> None:
    folder = Path(__file__).resolve().parents[2] / "claims" / "demo" / "articles"
    for page in folder.glob("*.html"):
        check_markup(page.read_text(encoding="utf-8"), LIMITS)


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", '<a b="', "<!--", "<script>", "<title", "<a b = ", "</", "<a b=c>"]
)
def test_it_takes_time_by_the_length(piece: str) -> None:
    """Twice the page takes about twice the time; a quadratic scan would take minutes."""
    html = piece * (2_000_000 // len(piece))
    limits = ReadLimits(max_tags=10**9, max_attributes=10**9)
    started = time.process_time()
    check_markup(html, limits)
    assert time.process_time() - started < 20
