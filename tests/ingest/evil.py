"""What a hostile outlet may serve, at the sizes of production, besides `tests.ingest.web`.

One method per evil, as there. `BROKEN` and `PAGES` say what must come of each.
"""

import gzip
from contextlib import contextmanager
from functools import cache
from itertools import pairwise

import brotli
import zstandard

from tests.ingest.web import Handler, bomb, running

MEGABYTE = 1 << 20
PROSE = "<p>“We hold 85% of the country,” a spokesman said on Friday, which Kabul denied.</p>"


def page(body: str | bytes) -> bytes:
    """An HTML page around a body, with an article in it that could be read."""
    inner = body if isinstance(body, bytes) else body.encode()
    start = f"<!doctype html><html lang=en><head><title>Evil</title></head><body>{PROSE * 3}"
    return start.encode() + inner + b"</body></html>"


@cache
def packed(kind: str) -> bytes:
    """200 MB of nothing, packed once or twice."""
    blank = b"\0" * (200 * MEGABYTE)
    match kind:
        case "brotli":
            return brotli.compress(blank, quality=5)
        case "zstd":
            return zstandard.ZstdCompressor().compress(blank)
        case "gzip":
            return gzip.compress(blank, 6)
    return gzip.compress(packed("gzip"))


class EvilHandler(Handler):
    """Answers like its base and a few worse ways."""

    def chunked(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def page_endlessheaders(self) -> None:
        """A header after the other."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(1_000_000):
            self.wfile.write(b"X-%d: %s\r\n" % (number, b"a" * 1000))

    def page_endlessline(self) -> None:
        """A status line without an end."""
        for _ in range(100_000):
            self.wfile.write(b"HTTP/1.1 " + b"2" * 1000)

    def page_endlesshints(self) -> None:
        """103 Early Hints, and again, and never the page."""
        for _ in range(1_000_000):
            self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 100)

    def page_crumbs(self) -> None:
        """Chunks of one byte each: five bytes of frame for one of content."""
        self.chunked()
        for _ in range(100_000):
            self.wfile.write(b"1\r\na\r\n" * 1000)

    def page_longchunk(self) -> None:
        """A chunk whose length has no end."""
        self.chunked()
        for _ in range(100_000):
            self.wfile.write(b"0" * 1000)

    def page_trailers(self) -> None:
        """A body that ends, and trailers that do not."""
        self.chunked()
        body = page("")
        self.wfile.write(b"%x\r\n%s\r\n0\r\n" % (len(body), body))
        for _ in range(100_000):
            self.wfile.write(b"X-Trailer: %s\r\n" % (b"a" * 1000))

    def page_twolengths(self) -> None:
        body = page("")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(body)

    def page_part(self) -> None:
        self.send(page(""), status=206, Content_Range="bytes 0-99/1000")

    def page_notmodified(self) -> None:
        self.send(b"", status=304)

    def page_switch(self) -> None:
        self.send(b"", status=101, Upgrade="websocket", Connection="Upgrade")

    def page_video(self) -> None:
        self.send(b"\0" * 100_000, Content_Type="video/mp4")

    def page_twoplaces(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/story")
        self.send_header("Location", "http://10.0.0.1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def page_umlaut(self) -> None:
        """A Location in bare UTF-8, beside a header that is none."""
        self.send(b"", status=302, Location="/Größe".encode().decode("latin-1"), X_Name="caf\xe9")

    def page_longplace(self) -> None:
        self.send(b"", status=302, Location="/story?" + "a" * 20_000)

    def page_jar(self) -> None:
        """More cookie than anybody needs, some of it odd, set again at each step of a loop."""
        odd = 'é;=," ' * 200
        self.send_response(302)
        for number in range(60):
            self.send_header("Set-Cookie", f"c{number}={odd}; Path=/")
        self.send_header("Location", "/jar")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def page_brotlibomb(self) -> None:
        self.send(packed("brotli"), Content_Encoding="br")

    def page_zstdbomb(self) -> None:
        self.send(packed("zstd"), Content_Encoding="zstd")

    def page_gzipbomb(self) -> None:
        self.send(packed("gzip"), Content_Encoding="gzip")

    def page_nestedbomb(self) -> None:
        self.send(packed("nested"), Content_Encoding="gzip, gzip")

    def page_zstdwindow(self) -> None:
        """Asks the reader to remember 128 MB."""
        settings = zstandard.ZstdCompressionParameters(window_log=27)
        packer = zstandard.ZstdCompressor(compression_params=settings).compressobj()
        self.send(packer.compress(page("")) + packer.flush(), Content_Encoding="zstd")

    def page_cutbrotli(self) -> None:
        self.send(brotli.compress(page(""))[:-9], Content_Encoding="br")

    def page_cutzstd(self) -> None:
        self.send(zstandard.ZstdCompressor().compress(page(""))[:-9], Content_Encoding="zstd")

    def page_huge(self) -> None:
        """50 MB of page."""
        self.endless(page(PROSE * 10) * 100)

    def page_deep(self) -> None:
        """20,000 nested divs."""
        self.send(page("<div>" * 20_000 + PROSE + "</div>" * 20_000))

    def page_tags(self) -> None:
        self.send(page("<b>" * 3_000_000))

    def page_attributes(self) -> None:
        self.send(page("<p " + " ".join(f"a{n}=b" for n in range(500_000)) + ">x</p>"))

    def page_comment(self) -> None:
        self.send(page("<!--" + "-" * (5 * MEGABYTE)))

    def page_entities(self) -> None:
        self.send(page("&amp;" * 100_000 + "&#x110000;&#0;&#xD800;&" + "a" * MEGABYTE))

    def page_nul(self) -> None:
        self.send(page(b"<p>The mayor\0 said \xe2\x80\x9cno\0pe\xe2\x80\x9d on Friday.</p>"))

    def page_surrogates(self) -> None:
        """Halves of pairs, in bytes and as character references."""
        self.send(page(b"<p>A lone \xed\xa0\x80 and &#xD83D; half, she said.</p>"))

    def page_invalid(self) -> None:
        self.send(page(b"<p>Broken \xff\xfe\xc0\xaf\xf5 bytes, \xe2\x80 she said.</p>" * 50))

    def page_bidi(self) -> None:
        marks = "\u202e\u2066\u200b\u2060\ufeff\u00ad"
        self.send(page(f"<p>The {marks}may{marks}or said it was {marks}done.</p>"))

    def page_marks(self) -> None:
        """A letter under half a million accents."""
        self.send(page("<p>said a" + "\u0301\u0316" * 250_000 + " and left.</p>"))

    def page_word(self) -> None:
        """One word of 1 MB, and a quotation of another."""
        self.send(page(f"<p>He said {'a' * MEGABYTE} and “{'b' * MEGABYTE}” on Friday.</p>"))

    def page_quotes(self) -> None:
        """Nothing but quotation marks."""
        self.send(page("<p>" + '“ ‘ ” ’ " ' * 50_000 + "she said.</p>"))

    def page_refresh(self) -> None:
        """Sends on a browser, not a reader."""
        self.send(page('<meta http-equiv="refresh" content="0;url=http://127.0.0.2/">'))

    def page_laughs(self) -> None:
        """A thousand million laughs, of ten entities, in a feed."""
        names = "abcdefghij"
        entities = f'<!ENTITY a "{"ha" * 10}">' + "".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
        )
        self.feed(f"<!DOCTYPE rss [{entities}]>", "&j;")

    def page_quadratic(self) -> None:
        """One long entity, often."""
        self.feed(f'<!DOCTYPE rss [<!ENTITY a "{"ha" * 100_000}">]>', "&a;" * 10_000)

    def page_xxe(self) -> None:
        """A file of this machine, and an address within, as entities."""
        entities = (
            '<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1/story">'
        )
        self.feed(f"<!DOCTYPE rss [{entities}]>", "&a;&b;")

    def feed(self, doctype: str, title: str) -> None:
        body = f"""<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>{title}</title>
<item><title>{title}</title><link>/story</link><description>{title}</description></item>
</channel></rss>"""
        self.send(body.encode(), Content_Type="application/rss+xml")

    def page_xhtml(self) -> None:
        """The same laughs in a page."""
        entities = '<!ENTITY a "ha"><!ENTITY b "&a;&a;">'
        body = f"<?xml version='1.0'?><!DOCTYPE html [{entities}]>" + page("<p>&b;</p>").decode()
        self.send(body.encode(), Content_Type="application/xhtml+xml")


#: HTTP that no page needs a reader to hear out, and the code of the refusal.
BROKEN = {
    "endlessheaders": "protocol",
    "endlessline": "protocol",
    "endlesshints": "too_large",
    "crumbs": "too_large",
    "longchunk": "protocol",
    "trailers": "protocol",
    "twolengths": "protocol",
    "part": "protocol",
    "notmodified": "http_status",
    "switch": "protocol",
    "video": "unsupported_content",
    "jar": "too_many_redirects",
    "twoplaces": "protocol",
    "umlaut": "http_status",
    "longplace": "bad_url",
    "zstdwindow": "encoding",
    "cutbrotli": "protocol",
    "cutzstd": "protocol",
}
STORED = "stored"
#: Pages at their full size: STORED, or the code of the refusal.
PAGES = {
    "story": STORED,
    "long": "too_large",
    "huge": "too_large",
    "hollow": "too_large",
    "bomb": "too_large",
    "gzipbomb": "too_large",
    "brotlibomb": "too_large",
    "zstdbomb": "too_large",
    "nestedbomb": "too_large",
    "deep": STORED,
    "tags": "too_large",
    "attributes": "too_large",
    "comment": STORED,
    "entities": STORED,
    "refresh": STORED,
    "xhtml": STORED,
    "nul": STORED,
    "surrogates": STORED,
    "invalid": STORED,
    "bidi": STORED,
    "marks": STORED,
    "word": STORED,
    "quotes": STORED,
    # feeds, read as pages
    "laughs": "unsupported_content",
    "quadratic": "unsupported_content",
    "xxe": "unsupported_content",
}


@contextmanager
def evil():
    """The evil server, in a thread; its bombs are packed beforehand."""
    bomb()
    for kind in ("gzip", "nested", "brotli", "zstd"):
        packed(kind)
    with running(EvilHandler) as web:
        yield web
