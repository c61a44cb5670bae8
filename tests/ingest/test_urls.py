"""Canonical URLs: what is one article, and what must stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.errors import BadUrl
from claims.ingest.urls import canonicalize, declared_canonical, normalize, text_urn, url_hash

CASES = [
    # scheme and host in lower case, the path as it is
    ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
    # an empty path is the root
    ("https://example.org", "https://example.org/"),
    ("https://example.org?a=1", "https://example.org/?a=1"),
    # default ports go, others stay
    ("http://example.org:80/", "http://example.org/"),
    ("https://example.org:443/", "https://example.org/"),
    ("https://example.org:80/", "https://example.org:80/"),
    # fragments go
    ("https://example.org/a#comments", "https://example.org/a"),
    # trackers go, in any case, and what the article hangs on stays
    ("https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://example.org/a?id=7"),
    # parameters that only look like trackers stay (courlan would drop each of them)
    (
        "https://e.org/a?reference=1&sourceid=2&uid=3&keyword=k",
        "https://e.org/a?keyword=k&reference=1&sourceid=2&uid=3",
    ),
    # a parameter without value or without "=" stays
    ("https://example.org/a?story&x=", "https://example.org/a?story&x="),
    # sorted by name; repeated ones keep their order
    ("https://example.org/?b=2&a=9&b=1", "https://example.org/?a=9&b=2&b=1"),
    # empty pieces of a query go
    ("https://example.org/a?&&x=1&", "https://example.org/a?x=1"),
    ("https://example.org/a?", "https://example.org/a"),
    # an address within an address stays whole
    (
        "https://archive.example/web/2021/https://e.org/x",
        "https://archive.example/web/2021/https://e.org/x",
    ),
    # international names as punycode, paths as percent-encoded UTF-8
    ("https://München.example/Straße", "https://xn--mnchen-3ya.example/Stra%C3%9Fe"),
    # a trailing dot of the host
    ("https://example.org./a", "https://example.org/a"),
    # one form of percent-encoding
    ("https://example.org/%7euser/%c3%a9/a%2fb", "https://example.org/~user/%C3%A9/a%2Fb"),
    # a bare per cent sign, and blanks
    ("https://example.org/85% of it", "https://example.org/85%25%20of%20it"),
    # dot segments
    ("https://example.org/a/./b/../c/..", "https://example.org/a/"),
    ("https://example.org/../../x", "https://example.org/x"),
    # slips of pasting
    (" https://example.org/a\n ", "https://example.org/a"),
    ("https://example.org/a\nb", "https://example.org/ab"),
    # a trailing slash and a doubled one mean something to some servers
    ("https://example.org/a/", "https://example.org/a/"),
    ("https://example.org/a//b", "https://example.org/a//b"),
    # IPv6, in its short form
    ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    # identities of files and pasted texts pass
    ("file:///srv/a%20b.txt", "file:///srv/a%20b.txt"),
    ("urn:sha256:" + "0" * 64, "urn:sha256:" + "0" * 64),
]


@pytest.mark.parametrize(("url", "canonical"), CASES)
def test_an_address_has_one_canonical_form(url: str, canonical: str) -> None:
    assert canonicalize(url) == canonical
    assert canonicalize(canonical) == canonical


BAD = [
    "",  # nothing
    "example.org/a",  # no scheme
    "//example.org/a",  # none either
    "http://",  # no host
    "https:///path",
    "http://:80/",
    "ftp://example.org/a",  # schemes that are not the web
    "file://server/share",
    "file:///ä",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/html,x",
    "urn:isbn:1",
    "http://user:secret@example.org/",  # credentials do not belong into a record
    "http://example.org@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",  # what browsers and parsers read differently
    "http://example.org:99999/",  # ports
    "http://example.org:x/",
    "http://example.org:0/",
    "http://exa mple.org/",  # hosts
    "http://exa%6dple.org/",
    "http://-ä-.example/",
    "http://" + "a" * 64 + ".org/",
    "http://a..b/",
    "http://2130706433/",  # numbers that only a resolver takes for an address
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://example.1/",
    "http://[::1/",
    "http://[nonsense]/",
    "http://[fe80::1%25eth0]:x/",
    "https://example.org/" + "a" * 9000,  # length
]


@pytest.mark.parametrize("url", BAD)
def test_a_bad_address_is_refused_with_a_reason(url: str) -> None:
    with pytest.raises(BadUrl) as caught:
        canonicalize(url)
    assert caught.value.code == "bad_url"
    assert len(str(caught.value)) > 10
    assert "secret" not in str(caught.value)


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(max_size=40).map("https://example.org/".__add__),
        st.text(alphabet="a%2fF./?&=#:@[]ä\\ \t", max_size=30).map("http://e.org/".__add__),
        st.text(alphabet="a%.:@[]ä\\/1", max_size=20).map("http://".__add__),
    )
)
def test_any_string_is_canonical_for_good_or_refused(url: str) -> None:
    try:
        canonical = canonicalize(url)
    except BadUrl:
        return
    assert canonical.isascii()
    assert canonicalize(canonical) == canonical
    assert normalize(normalize(url)) == normalize(url)


def test_a_request_keeps_its_whole_query_in_order() -> None:
    assert normalize("http://E.org/a?utm_id=1&b=2&a=1#x") == "http://e.org/a?utm_id=1&b=2&a=1"


def test_the_hash_of_a_url_is_sha256_in_hex() -> None:
    # from `printf %s https://example.org/ | sha256sum`
    assert (
        url_hash("https://example.org/")
        == "8198d1bac40a1033653a78e48800cefc9e6b974ff075c66e5548b5c1e145a2b0"
    )
    assert len(url_hash("urn:\ud800")) == 64


def test_a_text_without_address_is_named_by_its_hash() -> None:
    assert canonicalize(text_urn(url_hash("x"))).startswith("urn:sha256:")


BASE = "https://www.example.org/2021/story?ref=a"
DECLARED = [
    # the same site, relative or absolute
    ("/story", BASE, "https://www.example.org/story"),
    ("https://example.org/story?utm_source=a", BASE, "https://example.org/story"),
    ("https://amp.example.org/story", BASE, "https://amp.example.org/story"),
    # another site may not take the article over
    ("https://evil.example.net/story", BASE, ""),
    # nor a neighbour under one public suffix
    ("https://other.co.uk/story", "https://outlet.co.uk/story", ""),
    # nor one address another
    ("http://127.0.0.2/story", "http://127.0.0.1/story", ""),
    ("http://127.0.0.1/story", "http://127.0.0.1/other", "http://127.0.0.1/story"),
    # the front page is no article
    ("/", BASE, ""),
    ("https://example.org", BASE, ""),
    # unless it is the page that was read
    ("/", "https://www.example.org/?x=1", "https://www.example.org/"),
    # nonsense
    ("", BASE, "https://www.example.org/2021/story?ref=a"),
    ("http://[", BASE, ""),
    ("javascript:void(0)", BASE, ""),
    ("file:///etc/passwd", BASE, ""),
    # without a base only an absolute one is worth anything
    ("https://example.org/story", "", "https://example.org/story"),
    ("/story", "", ""),
    ("https://example.org/", "", ""),
    ("", "", ""),
    ("file:///etc/passwd", "", ""),
]


@pytest.mark.parametrize(("declared", "base", "expected"), DECLARED)
def test_a_page_may_name_its_canonical_address_within_its_site(
    declared: str, base: str, expected: str
) -> None:
    assert declared_canonical(declared, base=base) == expected
