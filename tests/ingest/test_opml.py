"""Lists of feeds come in however they are nested, and go out so that they come back whole."""

import pytest

from claims.ingest.errors import TooLarge
from claims.ingest.feeds import ForbiddenMarkup
from claims.ingest.opml import NotOpml, OutlineFeed, read_opml, write_opml

LIST = """<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Regional">
<outline text="The Paper" title="The Paper: all" type="rss" xmlUrl="https://paper.example/rss"
 htmlUrl="https://paper.example/"/></outline>
<outline text="Twice" xmlUrl="https://paper.example/rss"/></outline>
<outline text="Post" xmlurl="feed://post.example/atom"/>
<outline text="Broken" xmlUrl="mailto:x"/><outline text="No feed"/></body></opml>"""


def test_nested_outlines_are_found_once_each():
    feeds, skipped = read_opml(LIST.encode())
    assert feeds == [
        OutlineFeed("https://paper.example/rss", "The Paper: all", "https://paper.example/"),
        OutlineFeed("http://post.example/atom", "Post"),
    ]
    assert skipped == 1


def test_a_list_of_ours_comes_back_whole():
    feeds = [
        OutlineFeed("https://a.example/1", "A & <B>", "https://a.example/", "The “A”"),
        OutlineFeed("https://a.example/2?x=1&y=2", "Two", "https://a.example/", "The “A”"),
        OutlineFeed("https://b.example/", "https://b.example/", "", "B"),
    ]
    assert read_opml(write_opml(feeds, title="All")) == (feeds, 0)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotOpml),
        (b"not xml", NotOpml),
        (b"<rss/>", NotOpml),
        (b"<opml><body>", NotOpml),
        (b"<?xml version='1.0' encoding='klingon'?><opml/>", NotOpml),
        (b"<!DOCTYPE opml [<!ENTITY x 'y'>]><opml><body/></opml>", ForbiddenMarkup),
        (
            b"<!DOCTYPE opml SYSTEM 'file:///etc/passwd'><opml>&x;</opml>",
            (ForbiddenMarkup, NotOpml),
        ),
        (b" " * 2000, TooLarge),
    ],
)
def test_what_is_no_list_is_refused(data, error):
    with pytest.raises(error):
        read_opml(data, max_bytes=1000)


def test_a_list_may_be_deep_but_not_endless():
    deep = "<outline text='x'>" * 5_000 + "<outline xmlUrl='https://a.example/'/>"
    text = f"<opml><body>{deep}{'</outline>' * 5_000}</body></opml>"
    assert len(read_opml(text.encode())[0]) == 1
    many = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(11))
    with pytest.raises(TooLarge):
        read_opml(f"<opml><body>{many}</body></opml>".encode(), max_feeds=10)
