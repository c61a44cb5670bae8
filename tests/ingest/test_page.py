"""The article comes out of a page, and the rest does not."""

from datetime import UTC, datetime

import pytest

from claims.ingest.document import Content
from claims.ingest.errors import EmptyDocument, TooLarge
from claims.ingest.limits import ReadLimits
from claims.ingest.page import read_page

ARTICLE = """<!doctype html>
<html lang="en-GB">
<head>
<title>Kabul balks at Taliban claim | The Example Post</title>
<meta property="og:title" content="Kabul balks at Taliban claim">
<meta property="og:site_name" content="The Example Post">
<meta name="author" content="Jane  Roe">
<meta property="article:published_time" content="2021-07-10T08:30:00+02:00">
<link rel="shortcut canonical" href="https://www.example.org/2021/kabul">
<script type="application/ld+json">{"@type": "WebPage", "datePublished": "1999-01-01"}</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news</a></li></ul></nav>
<div class="cookie-banner">We use cookies to improve your experience of this site.</div>
<article>
<h1>Kabul balks at Taliban claim</h1>
<p>&#147;We control 85% of the country,&#148; a spokesman
   said in Moscow on <a href="/friday">Friday</a>.<br>Reporters wrote it down.</p>
<figure><img src="a.jpg"><figcaption>A caption under a photograph.</figcaption></figure>
<blockquote><p>“First paragraph of a long quotation, which goes on.</p>
<p>“Second paragraph of it, which ends here.”</p></blockquote>
<h2>What Kabul says</h2>
<table><tr><td>85</td><td>cells are no sentences.</td></tr></table>
<p>Kabul <em>denied</em> it: the claim was “ab&shy;surd”, the min&#8203;istry said, and 85&nbsp;% an
invention.</p>
</article>
<section id="comments" class="comments"><h3>Comments</h3>
<p>Troll: this is a comment that nobody should quote as if it were news.</p></section>
<footer><p>Copyright 2021 The Example Post. All rights reserved.</p></footer>
</body></html>"""

LIMITS = ReadLimits()


def page(body: str, head: str = "", lang: str = "") -> str:
    """A small page around a body."""
    return (
        f"<!doctype html><html{lang}><head><title>T</title>{head}</head><body>{body}</body></html>"
    )


STORY = (
    "<p>“We hold the town,” a spokesman said on Friday, a claim that the ministry denied.</p>"
    "<p>The ministry added that it had retaken three districts over the last two days.</p>"
)


@pytest.fixture(scope="module")
def article() -> Content:
    """The sample, read once."""
    return read_page(ARTICLE, url="https://www.example.org/2021/kabul?x=1", limits=LIMITS)


def test_paragraphs_stay_paragraphs_and_the_rest_is_left_out(article: Content) -> None:
    assert article.text.split("\n\n") == [
        "“We control 85% of the country,” a spokesman said in Moscow on Friday.",
        "Reporters wrote it down.",
        "“First paragraph of a long quotation, which goes on.",
        "“Second paragraph of it, which ends here.”",
        "What Kabul says",
        "Kabul denied it: the claim was “absurd”, the ministry said, and 85 % an invention.",
    ]


def test_a_page_says_what_it_is(article: Content) -> None:
    assert article.title == "Kabul balks at Taliban claim"
    assert article.byline == "Jane Roe"
    assert article.site_name == "The Example Post"
    assert article.language == "en"
    assert article.published_at == datetime(2021, 7, 10, 6, 30, tzinfo=UTC)
    assert article.canonical == "https://www.example.org/2021/kabul"


NO_ARTICLE = [
    # menus, however long
    "<nav><ul>"
    + "".join(f"<li><a href=/{n}>Section {n} of the news</a></li>" for n in range(60))
    + "</ul></nav>",
    # a shell that a script would fill
    '<div id="root"></div><script>start()</script>',
    # a notice and nothing else
    "<p>We use cookies.</p>",
    # nothing
    "",
    # nested deeper than libxml2 follows
    "<div>" * 20_000 + STORY + "</div>" * 20_000,
    # never closed
    "<div><span" * 20_000,
]


@pytest.mark.parametrize("body", NO_ARTICLE, ids=range(len(NO_ARTICLE)))
def test_a_page_without_an_article_is_empty(body: str) -> None:
    with pytest.raises(EmptyDocument):
        read_page(page(body), url="", limits=LIMITS)


@pytest.mark.parametrize("html", ["", "\0", "no markup at all", "<html></html>", "<?xml ?>"])
def test_what_is_hardly_html_is_empty(html: str) -> None:
    with pytest.raises(EmptyDocument):
        read_page(html, url="", limits=LIMITS)


BLOCKS = [
    # a sentence wrapped in the source is one sentence, also beside a line break
    ("<p>He said it\n   was over<br>on Monday.</p>", "He said it was over\n\non Monday."),
    # inline tags part no words
    ("<p>Kabul <b>de</b>nied <a href=x>it</a>, <i>he</i> said.</p>", "Kabul denied it, he said."),
    # marks that a browser would write, inner ones single, none twice
    ("<p>He <q>had <q>never</q> <b>said</b></q> it.</p>", "He “had ‘never’ said” it."),
    ("<p>He said <q>“no”</q> to it <q></q>.</p>", "He said “no” to it ."),
    # items of a list are paragraphs
    ("<ul><li>He said no.</li><li>She\nsaid yes.</li></ul>", "He said no.\n\nShe said yes."),
]


@pytest.mark.parametrize(("body", "text"), BLOCKS)
def test_a_block_of_the_page_is_a_paragraph(body: str, text: str) -> None:
    found = read_page(page(f"<article>{STORY}{body}{STORY}</article>"), url="", limits=LIMITS).text
    story = clean_story()
    assert found == f"{story}\n\n{text}\n\n{story}"


def clean_story() -> str:
    """The text of STORY."""
    return STORY.replace("</p><p>", "\n\n").removeprefix("<p>").removesuffix("</p>")


def test_a_short_statement_is_an_article() -> None:
    statement = "The ministry denies the report of 10 July in every respect."
    assert read_page(page(f"<p>{statement}</p>"), url="", limits=LIMITS).text == statement


def test_a_language_without_full_stops_is_running_text() -> None:
    thai = "รัฐมนตรีกล่าวว่าไม่มีการเจรจาใด ๆ เกิดขึ้นในสัปดาห์นี้ และจะไม่มีการเจรจาอีกต่อไป " * 2
    assert read_page(page(f"<p>{thai}</p>"), url="", limits=LIMITS).text == thai.strip()


def test_a_page_that_says_nothing_about_itself_has_empty_fields() -> None:
    found = read_page(page(STORY), url="", limits=LIMITS)
    assert (found.byline, found.language, found.canonical) == ("", "", "")
    assert found.published_at is None


DATES = [
    # a time in the structured data
    (
        """<script type="application/ld+json">
        {"@type": "NewsArticle", "datePublished": "2021-07-10T08:30:00Z"}</script>""",
        datetime(2021, 7, 10, 8, 30, tzinfo=UTC),
    ),
    # only a day
    ('<meta name="date" content="2021-07-10">', datetime(2021, 7, 10, tzinfo=UTC)),
    # broken data beside a good date
    (
        """<meta property="article:published_time" content="soon">
        <meta name="date" content="2021-07-10">""",
        datetime(2021, 7, 10, tzinfo=UTC),
    ),
    # a day in the running text is no date of publication
    ("<style>/* 2021-07-10 */</style>", None),
]


@pytest.mark.parametrize(("head", "expected"), DATES, ids=range(len(DATES)))
def test_the_date_is_what_the_page_states(head: str, expected: datetime | None) -> None:
    assert read_page(page(STORY, head=head), url="", limits=LIMITS).published_at == expected


LANGUAGES = [
    # a tag, with and without a region, in odd spellings
    (' lang="uk"', "", "uk"),
    (' lang="PT_br"', "", "pt"),
    # the locale, when there is no tag
    ("", '<meta property="og:locale" content="de_AT">', "de"),
    # nonsense
    (' lang="english please"', "", ""),
    (' lang="*"', "", ""),
]


@pytest.mark.parametrize(("lang", "head", "expected"), LANGUAGES)
def test_the_language_is_a_primary_subtag(lang: str, head: str, expected: str) -> None:
    assert read_page(page(STORY, head=head, lang=lang), url="", limits=LIMITS).language == expected


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body>{STORY}<p>&b;&x; is what it says.</p></body></html>"
    )
    text = read_page(bomb, url="", limits=LIMITS).text
    assert "lollol" not in text
    assert "root:" not in text


def test_more_tags_than_any_article_has_are_refused() -> None:
    with pytest.raises(TooLarge, match="tags"):
        read_page(page("<b>x</b>" * 60_000), url="", limits=LIMITS)


def test_a_title_is_cut_at_the_limit() -> None:
    head = f'<meta property="og:title" content="{"long " * 400}">'
    assert len(read_page(page(STORY, head=head), url="", limits=LIMITS).title) <= 500
