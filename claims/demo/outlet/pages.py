"""How the outlet shows its articles: a page, a front page, a feed, a news sitemap."""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from .articles import Story

NAME = "Osterholt Gazette"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
ROBOTS = "User-agent: *\nDisallow: /archive/\nSitemap: {url}/news-sitemap.xml\n"

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title} | {name}</title>
<link rel="alternate" type="application/rss+xml" title="{name}" href="/feed.xml">
{head}
</head>
<body>
<header><p><a href="/">{name}</a></p>
<nav><ul><li><a href="/">News</a></li><li><a href="/archive/">Archive</a></li></ul></nav></header>
<main>
{main}
</main>
<footer><p>{name}, 4 Quay Street, Osterholt. An invented newspaper.</p></footer>
</body>
</html>
"""


def article(story: Story, url: str) -> str:
    """The page of one article."""
    head = (
        f'<link rel="canonical" href="{url}{story.path}">\n'
        f'<meta property="og:site_name" content="{NAME}">\n'
        f'<meta name="author" content="{escape(story.byline)}">\n'
        f'<meta property="article:published_time" content="{story.published.isoformat()}">'
    )
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)
    main = (
        f"<article>\n<h1>{escape(story.title)}</h1>\n"
        f'<p class="byline">By {escape(story.byline)}</p>\n{paragraphs}\n</article>\n'
        '<section class="comments"><h2>Comments</h2><p>Comments are closed.</p></section>'
    )
    return PAGE.format(title=escape(story.title), name=NAME, head=head, main=main)


def front(stories: Sequence[Story], url: str) -> str:
    """The front page: headlines only."""
    links = "\n".join(
        f'<li><a href="{story.path}">{escape(story.title)}</a></li>' for story in stories
    )
    head = f'<link rel="canonical" href="{url}/">'
    return PAGE.format(title="News", name=NAME, head=head, main=f"<ul>\n{links}\n</ul>")


def feed(stories: Sequence[Story], url: str) -> str:
    """RSS 2.0, with a tracking tail on every link, as outlets do."""
    items = "\n".join(
        f"<item><title>{escape(story.title)}</title>"
        f"<link>{url}{story.path}?utm_source=feed</link>"
        f'<guid isPermaLink="false">{story.slug}</guid>'
        f"<dc:creator>{escape(story.byline)}</dc:creator>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>"
        f"<description>{escape(story.paragraphs[0])}</description></item>"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{NAME}</title><link>{url}/</link><language>en-GB</language>\n"
        f"<description>News from the Tarn valley</description>\n{items}\n</channel></rss>\n"
    )


def sitemap(stories: Sequence[Story], url: str) -> str:
    """A news sitemap."""
    rows = "\n".join(
        f"<url><loc>{url}{story.path}</loc><news:news>"
        f"<news:publication><news:name>{NAME}</news:name>"
        "<news:language>en</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
        for story in stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="{NEWS}">\n{rows}\n</urlset>\n'
    )
