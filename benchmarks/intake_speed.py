"""Page to candidates, against trafilatura alone on the same pages.

    python -m benchmarks.intake_speed [--pages 300] [--rounds 3]

The pages are the bundled articles, each with paragraphs of others mixed in, set in three
layouts as newspapers have them: menus, styles and scripts in the page, boxes in between,
related articles, comments, a footer. Page to candidates is `read_bytes` (charset, text,
metadata, wall, cleaning) and `extract` with the rules; trafilatura alone is its own
extraction with metadata, as its documentation has it, and with the options used here.
Nothing is stored.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import trafilatura

from claims.extraction import extract
from claims.ingest import read_bytes

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = ROOT / "claims" / "demo" / "articles"
URL = "https://www.harbour-post.example/2026/03/12/story"


def texts() -> list[list[str]]:
    """The paragraphs of each bundled article."""
    return [
        read_bytes(path.read_bytes(), content_type="text/html").text.split("\n\n")
        for path in sorted(ARTICLES.glob("*.html"))
    ]


def page(number: int, known: list[list[str]], chance: random.Random) -> bytes:
    """One article in one of the layouts."""
    own = list(known[number % len(known)])
    for _ in range(3):
        own.insert(chance.randrange(len(own)), chance.choice(chance.choice(known)))
    title = f"{own[0][:60].rstrip()} ({number})"
    return LAYOUTS[number % len(LAYOUTS)](title, own, known, chance).encode()


def _head(title: str, chance: random.Random) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2026-03-12T17:40:00+01:00",
        "author": [{"@type": "Person", "name": "Oona Marlowe"}],
        "publisher": {"@type": "Organization", "name": "The Harbour Post"},
        "isAccessibleForFree": True,
    }
    style = "".join(
        f".c{n}-block__item--{chance.randrange(99)}{{margin:0 {n}px;color:#{n:06x};display:flex}}"
        for n in range(300)
    )
    script = "".join(
        f'window.__q=window.__q||[];__q.push(["slot-{n}",{{"w":{n},"h":{n * 2}}}]);'
        for n in range(300)
    )
    links = "".join(f'<link rel="preload" href="/static/{n}.js" as="script">' for n in range(15))
    metas = "".join(f'<meta name="meta-{n}" content="value {n}">' for n in range(20))
    return f"""<head><meta charset="utf-8"><title>{title} | The Harbour Post</title>
<link rel="canonical" href="{URL}"><meta property="og:title" content="{title}">
<meta property="og:site_name" content="The Harbour Post"><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-12T17:40:00+01:00">{links}{metas}
<style>{style}</style><script>{script}</script>
<script type="application/ld+json">{json.dumps(data)}</script></head>"""


def _menu() -> str:
    sections = ("City", "Harbour", "Valley", "Sport", "Culture", "Weather", "Opinion", "Jobs")
    items = "".join(
        f'<li class="nav__item"><a href="/{name}">{name}</a><ul class="nav__sub">'
        + "".join(f'<li><a href="/{name}/{n}">{name} {n}</a></li>' for n in range(8))
        + "</ul></li>"
        for name in sections
    )
    return (
        f'<header class="masthead"><a class="logo" href="/">The Harbour Post</a><nav><ul>{items}'
        '</ul></nav><a class="btn" href="/subscribe">Subscribe for €2 a week</a></header>'
    )


def _related(known: list[list[str]], chance: random.Random) -> str:
    cards = "".join(
        f'<div class="card card--{n}"><a href="/story-{n}"><img src="/i/{n}.jpg" alt="">'
        f'<h3 class="card__title">{chance.choice(chance.choice(known))[:70]}</h3></a>'
        f'<span class="card__meta">{n} March</span></div>'
        for n in range(24)
    )
    return f'<section class="related-articles"><h2>More from the harbour</h2>{cards}</section>'


def _comments(known: list[list[str]], chance: random.Random) -> str:
    posts = "".join(
        f'<li class="comment"><div class="comment__author">reader_{n}</div>'
        f'<div class="comment__body"><p>{chance.choice(chance.choice(known))[:120]}</p></div></li>'
        for n in range(30)
    )
    return f'<section id="comments" class="comments"><h2>30 comments</h2><ol>{posts}</ol></section>'


LINKS = "".join(f'<div><a href="/f{n}">Page</a> <a href="/g{n}">Terms</a></div>' for n in range(25))
FOOTER = f"""<footer class="site-footer">{LINKS}
<p>© 2026 The Harbour Post. All rights reserved.</p></footer>
<div class="cookie-banner"><p>We use cookies to improve your experience.</p></div>"""
CAPTION = "The quay. Photograph: Bram Ostler"
BETWEEN = (
    '<div class="ad-slot" id="slot-{n}"><span>Advertisement</span></div>',
    f'<figure><img src="/i/{{n}}.jpg" alt=""><figcaption>{CAPTION}</figcaption></figure>',
    '<div class="newsletter-signup"><p>Sign up for our daily newsletter.</p></div>',
    '<p><strong>Read more:</strong> <a href="/x{n}">Ferries stop</a></p>',
)


def _body(paragraphs: list[str], wrap: str) -> str:
    parts = []
    for n, paragraph in enumerate(paragraphs):
        parts.append(wrap.format(paragraph))
        if n % 4 == 3:
            parts.append(BETWEEN[n // 4 % len(BETWEEN)].format(n=n))
    return "\n".join(parts)


def semantic(
    title: str, paragraphs: list[str], known: list[list[str]], chance: random.Random
) -> str:
    """article, section, figure, time."""
    return f"""<!doctype html><html lang="en">{_head(title, chance)}<body>{_menu()}<main>
<article class="story"><h1>{title}</h1><p class="byline">By Oona Marlowe
<time datetime="2026-03-12T17:40:00+01:00">12 March</time></p>
<div class="story-body">{_body(paragraphs, "<p>{}</p>")}</div></article>
{_related(known, chance)}{_comments(known, chance)}</main>{FOOTER}</body></html>"""


def blocks(title: str, paragraphs: list[str], known: list[list[str]], chance: random.Random) -> str:
    """Every paragraph in boxes of its own, as block editors write them."""
    wrap = '<div class="block"><div class="block__inner"><p class="css-1x9">{}</p></div></div>'
    return f"""<!doctype html><html lang="en">{_head(title, chance)}<body class="tpl">
<div id="app"><div class="layout">{_menu()}<div class="layout__main"><div class="article-body">
<h1 class="headline">{title}</h1>{_body(paragraphs, wrap)}</div>
<aside class="sidebar">{_related(known, chance)}</aside></div></div>{_comments(known, chance)}
{FOOTER}</div></body></html>"""


def classic(
    title: str, paragraphs: list[str], known: list[list[str]], chance: random.Random
) -> str:
    """A table for the columns, divs for the rest."""
    return f"""<html lang="en">{_head(title, chance)}<body>{_menu()}<table><tr><td width="200">
{_related(known, chance)}</td><td><div id="content"><h1>{title}</h1>
{_body(paragraphs, "<p class=MsoNormal><span>{}</span></p>")}</div></td></tr></table>
{_comments(known, chance)}{FOOTER}</body></html>"""


LAYOUTS = (semantic, blocks, classic)


def ours(raw: bytes) -> object:
    text = read_bytes(raw, url=URL, content_type="text/html; charset=utf-8").text
    return extract(text, engine="rules")


def ingest_alone(raw: bytes) -> object:
    return read_bytes(raw, url=URL, content_type="text/html; charset=utf-8")


def documented(raw: bytes) -> object:
    return trafilatura.extract(raw, url=URL, with_metadata=True)


def same_options(raw: bytes) -> object:
    return trafilatura.bare_extraction(
        raw,
        url=URL,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


WORK: dict[str, Callable[[bytes], object]] = {
    "trafilatura, with metadata": documented,
    "trafilatura, our options": same_options,
    "page to text": ingest_alone,
    "page to candidates": ours,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=300, help="pages to read (300)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the fastest counts (3)")
    options = parser.parse_args()
    chance, known = random.Random(20260312), texts()
    pages = [page(number, known, chance) for number in range(options.pages)]
    size = sum(map(len, pages)) / len(pages) / 1024
    tags = sum(raw.count(b"<") for raw in pages) / len(pages)
    words = sum(len(read_bytes(raw).text.split()) for raw in pages) / len(pages)
    print(f"{len(pages)} pages of {size:.0f} KiB and {tags:.0f} tags, {words:.0f} words of article")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    best = dict.fromkeys(WORK, float("inf"))
    # Turn about, page by page, so that whatever else the machine does falls on all alike.
    for _ in range(options.rounds):
        spent = dict.fromkeys(WORK, 0.0)
        for raw in pages:
            for name, work in WORK.items():
                start = time.process_time()
                work(raw)
                spent[name] += time.process_time() - start
        best = {name: min(best[name], spent[name]) for name in WORK}
    baseline = best["trafilatura, with metadata"]
    print(f"{'':<28}{'pages/s':>9}{'ms a page':>11}{'ratio':>8}")
    for name, seconds in best.items():
        print(
            f"{name:<28}{len(pages) / seconds:>9.0f}{1000 * seconds / len(pages):>11.2f}"
            f"{baseline / seconds:>8.2f}"
        )
    same = best["trafilatura, our options"] / best["page to candidates"]
    print(f"page to candidates against trafilatura with our options: {same:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
