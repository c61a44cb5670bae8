"""A feed in any form, whole or broken, says the same things; a hostile one says nothing."""

import gzip
import json
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from claims.ingest.errors import TooLarge
from claims.ingest.feeds import (
    FeedLimits,
    ForbiddenMarkup,
    FoundFeed,
    NotAFeed,
    find_feeds,
    read_feed,
)

URL = "https://paper.example/feeds/news.xml"
NINE = datetime(2024, 6, 1, 9, 30, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>The Paper</title><link>https://paper.example/</link><language>en-GB</language>
<atom:link rel="self" href="https://paper.example/feeds/news.xml"/>
<atom:link rel="hub" href="https://hub.example/"/><ttl>30</ttl>
<item><title>Dykes &amp;amp; &lt;b&gt;dunes&lt;/b&gt;</title><media:title>A picture</media:title>
<link>/news/1?a=1&amp;b=2</link><guid isPermaLink="false">one</guid>
<dc:creator>Ann Lee</dc:creator><pubDate>Sat, 01 Jun 2024 11:30:00 +0200</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<title type="html">The &lt;i&gt;Paper&lt;/i&gt;</title>
<link href="https://paper.example/"/><link rel="hub" href="https://hub.example/"/>
<entry><title>Dykes &amp; dunes</title><id>one</id><link rel="self" href="/api/1"/>
<link rel="alternate" href="/news/1?a=1&amp;b=2"/><author><name>Ann Lee</name></author>
<updated>2024-06-02T00:00:00Z</updated><published>2024-06-01T09:30:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><title>No</title></div></content>
</entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>The Paper</title><link>https://paper.example/</link></channel>
<item rdf:about="y"><title>Dykes &amp; dunes</title><link>/news/1?a=1&amp;b=2</link>
<dc:creator>Ann Lee</dc:creator><dc:date>2024-06-01T11:30+02:00</dc:date></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Paper",
        "home_page_url": "https://paper.example/",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": "one",
                "url": "/news/1?a=1&b=2",
                "title": "Dykes & dunes",
                "date_published": "2024-06-01T11:30:00+02:00",
                "authors": [{"name": "Ann Lee"}],
            }
        ],
    }
)
OLD_RSS = """<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Paper</title><link>https://paper.example/</link>
<item><title>Dykes &amp; dunes</title><link>/news/1?a=1&amp;b=2</link>
<author>ann@paper.example (Ann Lee)</author>
<pubDate>1 Jun 24 09:30 GMT</pubDate></item></channel></rss>"""


@pytest.mark.parametrize(
    ("text", "form"),
    [(RSS, "rss"), (ATOM, "atom"), (RDF, "rss"), (JSON_FEED, "json"), (OLD_RSS, "rss")],
    ids=["rss", "atom", "rdf", "json", "rss-0.91"],
)
def test_each_form_says_the_same(text, form):
    document = read_feed(text.encode(), "", URL)
    assert (document.format, document.title, document.site) == (
        form,
        "The Paper",
        "https://paper.example/",
    )
    [entry] = document.entries
    assert entry.url == "https://paper.example/news/1?a=1&b=2"
    assert (entry.title, entry.byline, entry.published) == ("Dykes & dunes", "Ann Lee", NINE)


def test_what_a_feed_says_of_itself():
    document = read_feed(RSS.encode(), "", URL)
    assert (document.language, document.hub) == ("en-GB", "https://hub.example/")
    assert document.ttl == timedelta(minutes=30)
    sy = RSS.replace(
        "<ttl>30</ttl>",
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
    )
    assert read_feed(sy.encode(), "", URL).ttl == timedelta(hours=6)


FEEDBURNER = "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
C = "https://paper.example/c"


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<link>https://other.example/a</link>", "https://other.example/a"),
        ("<link>  /a  </link>", "https://paper.example/a"),
        ("<link/><guid>https://paper.example/b</guid>", "https://paper.example/b"),
        ("<guid isPermaLink='false'>https://paper.example/b</guid>", None),
        ("<link>mailto:x@y.example</link>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>https://user:word@paper.example/</link>", None),
        ("<link>http://[bad/</link>", None),
        ("<title>No link at all</title>", None),
        (
            f"<link>/1</link><feedburner:origLink {FEEDBURNER}>{C}</feedburner:origLink>",
            C,
        ),
    ],
)
def test_an_entry_is_what_has_an_address_that_can_be_read(item, link):
    text = f"<rss><channel><title>T</title><item>{item}</item></channel></rss>"
    document = read_feed(text.encode(), "", URL)
    assert [entry.url for entry in document.entries] == ([link] if link else [])
    assert document.skipped == (0 if link else 1)


def test_relative_links_of_atom_follow_xml_base():
    text = ATOM.replace("<entry>", "<entry xml:base='https://cdn.example/x/'>")
    text = text.replace('href="/news/1?', 'href="news/1?')
    assert read_feed(text.encode(), "", URL).entries[0].url.startswith("https://cdn.example/x/news")


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("Sat, 01 Jun 2024 09:30:00 GMT", NINE),
        ("Sat, 01 Jun 2024 05:30:00 EDT", NINE),
        ("1 Jun 2024 09:30", NINE),
        ("2024-06-01T09:30:00Z", NINE),
        ("2024-06-01", datetime(2024, 6, 1, tzinfo=UTC)),
        ("Sat, 01 Jun 1026 09:30:00 GMT", None),
        ("Sat, 01 Jun 9026 09:30:00 GMT", None),
        ("yesterday", None),
        ("9" * 100_000, None),
        ("Sat, 01 Jun 2024 09:30:00 +9999999999", None),
    ],
)
def test_dates_are_read_or_left_open(stated, moment):
    text = f"<rss><channel><item><link>/a</link><pubDate>{stated}</pubDate></item></channel></rss>"
    assert read_feed(text.encode(), "", URL).entries[0].published == moment


def test_the_newest_come_first_and_the_limit_cuts_the_oldest():
    items = "".join(
        f"<item><link>/{day}</link><pubDate>{day:02} Jun 2024 00:00 GMT</pubDate></item>"
        for day in (3, 9, 1)
    )
    text = f"<rss><channel><item><link>/undated</link></item>{items}{items}</channel></rss>"
    document = read_feed(text.encode(), "", URL, limits=FeedLimits(max_entries=3))
    assert [entry.url[-2:] for entry in document.entries] == ["/9", "/3", "/1"]
    assert document.left_out == 1  # the one without a date; the repeated ones count once


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("&amp;b=2", "&b=2"),
        RSS.replace("&amp;amp;", "& &nbsp;"),
        RSS.replace("</item>", "<description>a<br>b<p>c</description></item>"),
        RSS[: RSS.index("</item>")],
        "\n\n  " + RSS,
        "junk before " + RSS,
        RSS.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
        RSS.replace("Ann Lee", "Ann \x0bLee\x00"),
        RSS.replace(
            "<ttl>30</ttl>", "<ttl>30</ttl><description><![CDATA[a & b < c]]></description>"
        ),
        "\ufeff" + RSS,
    ],
    ids=[
        "ampersand",
        "entity",
        "tags",
        "cut",
        "blanks",
        "junk",
        "prefix",
        "controls",
        "cdata",
        "bom",
    ],
)
def test_a_broken_feed_is_read_all_the_same(broken):
    [entry] = read_feed(broken.encode(), "", URL).entries
    assert entry.url == "https://paper.example/news/1?a=1&b=2"
    assert (entry.byline, entry.published) == ("Ann Lee", NINE)


def test_the_charset_is_the_headers_or_the_documents_own():
    text = RSS.replace("The Paper", "Café").replace("utf-8", "iso-8859-1")
    assert read_feed(text.encode("latin-1"), "", URL).title == "Café"
    plain = text.partition("?>")[2].encode("cp1251", "replace")
    assert read_feed(plain, "text/xml; charset=windows-1251", URL).title.startswith("Caf")
    assert read_feed(RSS.encode("utf-16"), "", URL).title == "The Paper"


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://paper.example/news/1 </loc><lastmod>2024-06-03</lastmod>
<image:image><image:loc>https://paper.example/1.jpg</image:loc></image:image><news:news>
<news:publication><news:name>The Paper</news:name></news:publication>
<news:publication_date>2024-06-01T09:30:00Z</news:publication_date>
<news:title>Dykes &amp; dunes</news:title></news:news></url>
<url><loc>https://paper.example/about</loc></url><url><lastmod>2024-06-01</lastmod></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap_packed_or_not(packed):
    body = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    document = read_feed(body, "application/xml", URL)
    assert (document.format, document.title, document.skipped) == ("sitemap", "The Paper", 1)
    news, about = document.entries
    assert (news.url, news.title) == ("https://paper.example/news/1", "Dykes & dunes")
    assert (news.published, about.published) == (NINE, None)


def test_an_index_names_its_newest_sitemaps():
    rows = "".join(
        f"<sitemap><loc>/map-{day}.xml</loc><lastmod>2024-06-0{day}</lastmod></sitemap>"
        for day in (2, 9, 4)
    )
    document = read_feed(
        f"<sitemapindex>{rows}</sitemapindex>".encode(), "", URL, limits=FeedLimits(max_parts=2)
    )
    assert document.parts == (
        "https://paper.example/map-9.xml",
        "https://paper.example/map-4.xml",
    )
    assert (document.entries, document.left_out) == ((), 1)


# --- What is no feed, and what would be an attack -----------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<!doctype html><html><body><p>rss</p></body></html>",
        "<html><head><link rel='alternate'></head></html>",
        "<?xml version='1.0'?><note><to>you</to></note>",
        '{"version": "1.0", "items": []}',
        '{"version": "https://jsonfeed.org/version/1", "items": 3}',
        "[1, 2]",
        "{" * 100_000,
        '{"a": ' * 100_000,
        '{"a": ' + "9" * 100_000 + "}",
        "\x89PNG\r\n\x1a\n" + "\0" * 500,
    ],
    ids=range(12),
)
def test_what_is_no_feed_is_said_to_be_none(text):
    with pytest.raises(NotAFeed):
        read_feed(text.encode(), "application/rss+xml", URL)


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)
CHANNEL = "<channel><title>{}</title></channel></rss>"


@pytest.mark.parametrize(
    "head",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>",
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % l9 SYSTEM "http://127.0.0.1/evil.dtd"> %l9;]>',
        f'<!doctype rss [<!entity l9 "{"x" * 1000}">]>',
        '<!-- <a> --><!DOCTYPE rss [<!ENTITY l9 "<rss>">]>',
    ],
    ids=["laughs", "file", "parameter", "lower", "comment"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_entities_is_refused(head, encoding):
    text = f"<?xml version='1.0'?>{head}<rss version='2.0'>{CHANNEL.format('&l9;')}"
    with pytest.raises(ForbiddenMarkup):
        read_feed(text.encode(encoding), "", URL)


def test_an_entity_declared_out_of_sight_stands_for_nothing():
    head = '<!-- <rss > --><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    item = "<item><title>&x;</title><link>/a</link></item>"
    text = f"{head}<rss version='2.0'><channel>{item}</channel></rss>"
    for entry in read_feed(text.encode(), "", URL).entries:
        assert "root:" not in entry.title


HOSTILE = {
    "nested": "<rss><channel>" + "<item>" * 100_000,
    "xhtml": "<feed><entry><content>" + "<div>" * 100_000 + "</div>" * 100_000,
    "attributes": "<rss " + " ".join(f"a{n}='x'" for n in range(50_000)) + "><channel/></rss>",
    "namespaces": "<rss " + " ".join(f"xmlns:a{n}='x'" for n in range(5_000)) + "><channel/></rss>",
    "text": "<rss><channel><title>" + "a" * 5_000_000 + "</title></channel></rss>",
    "ampersands": "<rss><channel>" + "&" * 400_000,
    "entities": "<rss><channel><title>" + "&eacute;" * 150_000 + "</title></channel></rss>",
    "brackets": "<rss><channel><item><title>" + "<" * 300_000,
    "cdata": "<rss><channel><title>" + "<![CDATA[" * 100_000,
    "comments": "<rss><channel><title>" + "<!--" * 100_000,
    "doctypes": "<rss><channel>" + "<!DOCTYPE " * 100_000,
    "quotes": "<rss><channel>" + "<a b='" * 40_000,
    "sitemap": "<urlset>" + "<url>" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_costs_little(name):
    began = time.process_time()
    with suppress(NotAFeed, TooLarge):
        read_feed(HOSTILE[name].encode(), "", URL)
    # Of the CPU; feedparser takes 46 s of it for the first (docs/decisions/0015).
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (b"<rss>" + b" " * 2000, FeedLimits(max_bytes=1000)),
        (gzip.compress(b"<rss>" + b" " * 1_000_000), FeedLimits(max_bytes=100_000)),
        (b"<rss><channel>" + b"<item/>" * 100, FeedLimits(max_tags=50)),
    ],
    ids=["bytes", "bomb", "tags"],
)
def test_more_than_the_limits_is_refused(body, limits):
    with pytest.raises(TooLarge):
        read_feed(body, "", URL, limits=limits)


# --- Feeds that a page names --------------------------------------------------------------


def test_a_page_names_its_feeds_the_likeliest_first():
    page = """<html><head><base href="https://cdn.example/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
    <link REL="Alternate nofollow" type="application/rss+xml; charset=utf-8" href="/rss">
    <link rel="alternate" type="application/atom+xml" title="News" href="https://a.example/atom">
    <link rel="alternate" type="application/rss+xml" href="/rss">
    <link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" href="/x.css">
    <link rel="alternate" type="application/json" href="/wp-json/">
    <link rel="alternate" type="application/rss+xml" href="javascript:x">
    </head></html>"""
    assert find_feeds(page, "https://paper.example/") == [
        FoundFeed("https://a.example/atom", "News"),
        FoundFeed("https://cdn.example/rss", ""),
        FoundFeed("https://cdn.example/comments.xml", "Comments"),
    ]


@pytest.mark.parametrize("page", ["", "\0", "<" * 10_000, "<div>" * 20_000, b"\xff\xfe\x00", "x"])
def test_of_what_is_no_page_there_are_no_feeds(page):
    assert find_feeds(page, "https://paper.example/") == []
