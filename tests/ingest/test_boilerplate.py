"""What stands around an article goes, and what somebody said stays."""

import pytest

from claims.ingest import read_bytes
from claims.ingest.boilerplate import is_boilerplate
from tests.ingest.pages import PARAGRAPHS, TITLE, outlet, paragraphs

GONE = [
    "Read more: Harbour master resigns",
    "READ MORE",
    "Read more about the harbour here",
    "See also: “We lost everything,” says ferry captain",
    "Related articles",
    "More from the city",
    "Also read: Ferries stop",
    "Advertisement",
    "Story continues below advertisement",
    "Share this article",
    "Share on Facebook",
    "12 comments",
    "Join the conversation",
    "Photograph: Bram Ostler/Courier",
    "Photo by Bram Ostler",
    "© 2026 The Harbour Post. All rights reserved.",
    "Published: 12 March 2026, 17:40",
    "3 min read",
    "Sign up for our daily newsletter and get the news in your inbox.",
    "Get the day's news straight to your inbox.",
    "By signing up, you agree to our terms and privacy policy.",
    "This site is protected by reCAPTCHA and the Google privacy policy.",
    "We use cookies to improve your experience of this site.",
    "We and our 231 partners store cookies on your device.",
    "You need to enable JavaScript to run this app.",
    "Just a moment...",
    "Please verify you are a human",
    "Do you have a story for us? Email the newsroom at tips@harbour-post.example",
    "Lesen Sie auch: Hafenmeister tritt zurück",
    "Mehr zum Thema",
    "Lire aussi : Le port ferme",
    "Te puede interesar",
    "Leggi anche: Il porto chiude",
    "Lees ook: Haven dicht",
    "Czytaj także: Port zamknięty",
    "Читайте також: Порт закрито",
]

STAYS = [
    # sentences that begin like them
    "Related industries such as shipping are hit as well, the chamber said.",
    "Read more than once, the report contradicts itself, Hollander said.",
    "Published on Monday, the report names nobody.",
    "Photographs of the pier were shown to the council.",
    "Comments by the mayor made it worse.",
    "Share prices of Senn Lines fell by 12% on Monday.",
    "Follow the money, the prosecutor said.",
    "More than 300 people came to the quay.",
    "Copyrights of the harbour songs were sold in 1974.",
    "Advertising no longer pays for printing, Ostler said.",
    "Published reports of the cracks go back to 2014.",
    "We use less coal than in 2019, the minister said.",
    "Save the harbour, the fishermen demanded.",
    "Listen to the fishermen, said Aalto.",
    # what somebody said about cookies and scripts
    "“We use cookies like everybody else,” the company said.",
    "Your privacy is none of their business, she said: “We value it.”",
    # a line that is long is an article's
    "Read more: " + "and so on " * 60,
    # headings
    "What the ministry says",
    "Three questions",
]


@pytest.mark.parametrize("line", GONE)
def test_a_line_that_points_elsewhere_goes(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize("line", STAYS)
def test_a_line_of_the_article_stays(line: str) -> None:
    assert not is_boilerplate(line)


def text_of(html: str) -> list[str]:
    """The paragraphs that are read from a page."""
    return read_bytes(html.encode(), content_type="text/html").text.split("\n\n")


AROUND = [
    # captions, however they are marked up
    "<figure><img src=a.jpg><figcaption>The quay, seen from the sea.</figcaption></figure>",
    '<div class="image"><img src=a.jpg><p class="wp-caption-text">The quay on Monday.</p></div>',
    '<img src=a.jpg><span class="PhotoCredit">Bram Ostler for the Post, all the same.</span>',
    # boxes with other articles
    '<div class="related-articles"><h3>Related</h3><p>Fish is dear again.</p></div>',
    '<aside class="RecommendedStories"><p>Harbour master resigns after talks.</p></aside>',
    '<ul class="links"><li><a href=/a>Fish prices rise</a></li><li><a href=/b>Quay</a></li></ul>',
    "<p><strong>Read more:</strong> <a href=/x>“We lost everything,” says captain</a></p>",
    "<p><a href=/x>Harbour master resigns after a night of talks</a></p>",
    # offers, notices, sharing
    '<div class="newsletter"><p>The Morning Tide: every day at six, free of charge.</p></div>',
    '<div id="cookie-banner"><p>We set cookies. You can refuse them at any time.</p></div>',
    '<div class="social-share"><a href=#>Facebook</a><a href=#>Mail</a></div>',
    '<div class="ad-slot">Advertisement</div>',
    # a pull quote says again what the text says
    '<aside class="pull-quote"><p>“Nobody wanted to hear what it would cost.”</p></aside>',
]


@pytest.mark.parametrize("piece", AROUND, ids=range(len(AROUND)))
def test_what_stands_between_paragraphs_goes(piece: str) -> None:
    page = outlet(paragraphs(3) + piece + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[3:]))
    assert text_of(page) == PARAGRAPHS


BETWEEN = [
    # a heading between paragraphs
    ("<h2>What the mayor says</h2>", ["What the mayor says"]),
    # sentences in a list
    ("<ul><li>He said no.</li><li>She said yes.</li></ul>", ["He said no.", "She said yes."]),
    # a sentence that is a link
    (
        "<p><a href=/x>He said on Monday that he would resign.</a></p>",
        ["He said on Monday that he would resign."],
    ),
    # a block quotation that only the text has
    (
        "<blockquote><p>“Not a single bolt is loose,” the report says.</p></blockquote>",
        ["“Not a single bolt is loose,” the report says."],
    ),
]


@pytest.mark.parametrize(("piece", "lines"), BETWEEN, ids=range(len(BETWEEN)))
def test_what_belongs_to_the_article_stays(piece: str, lines: list[str]) -> None:
    page = outlet(paragraphs(3) + piece + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[3:]))
    assert text_of(page) == [*PARAGRAPHS[:3], *lines, *PARAGRAPHS[3:]]


def test_a_page_whose_article_is_called_by_a_suspicious_name_is_read() -> None:
    body = f'<div class="related promo social">{paragraphs(7)}</div>'
    assert text_of(outlet(body)) == PARAGRAPHS


def test_a_heading_with_nothing_below_it_goes() -> None:
    assert text_of(outlet(paragraphs(7) + "<h2>What comes next</h2>")) == PARAGRAPHS


def test_a_headline_other_than_the_title_is_no_paragraph() -> None:
    head = '<meta property="og:title" content="Why the harbour is closed">'
    document = read_bytes(outlet(paragraphs(7), head=head).encode(), content_type="text/html")
    assert document.title == "Why the harbour is closed"
    assert TITLE not in document.text
