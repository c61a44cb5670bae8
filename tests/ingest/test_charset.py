"""Bytes become the text that was meant, and never an error."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.charset import decode

RUSSIAN = "Министр заявил, что этого не будет никогда. " * 5
FRENCH = "Le ministre a déclaré : « La réforme était nécessaire, mais problématique. » " * 4
CHINESE = "部长说：“我们不会这样做。”" * 5
JAPANESE = "大臣は「それはできない」と述べた。"

CASES = [
    # nothing declared: UTF-8
    ("“né”".encode(), "", "“né”"),
    # byte order marks
    (codecs.BOM_UTF8 + "né".encode(), "", "né"),
    (codecs.BOM_UTF16_LE + "né".encode("utf-16-le"), "", "né"),
    (codecs.BOM_UTF16_BE + "né".encode("utf-16-be"), "", "né"),
    (codecs.BOM_UTF32_LE + "né".encode("utf-32-le"), "", "né"),
    # a byte order mark wins over the header
    (codecs.BOM_UTF8 + "né".encode(), "iso-8859-1", "né"),
    # UTF-16 without one
    ("He said no.".encode("utf-16-le"), "", "He said no."),
    ("He said no.".encode("utf-16-be"), "", "He said no."),
    # the header
    ("né".encode("latin-1"), "ISO-8859-1", "né"),
    (RUSSIAN.encode("koi8-r"), '"koi8-r"', RUSSIAN),
    (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE),
    (JAPANESE.encode("cp932"), "shift_jis", JAPANESE),
    ("né".encode("utf-16-le"), "utf-16", "né"),
    # Latin-1 means Windows-1252: quotation marks
    (b"\x93No\x94", "iso-8859-1", "“No”"),
    # the header says Latin-1, and the bytes are UTF-8: mojibake is the server's mistake
    ("“né”".encode(), "iso-8859-1", "“né”"),
    # the header says UTF-8, and one byte is broken: one mark, the rest intact
    ("né ".encode() + b"\xff" + " à".encode(), "utf-8", "né \ufffd à"),
    # nobody says anything, and one byte is broken
    ("né ".encode() * 9 + b"\xff", "", "né " * 9 + "\ufffd"),
    # nonsense in the header, and codecs that are no charset
    ("né".encode(), "no-such-charset", "né"),
    (b"a-b", "punycode", "a-b"),
    (b"a\\x41", "unicode_escape", "a\\x41"),
    (b"61", "hex", "61"),
    (b"+AGE-", "utf-7", "+AGE-"),
    (b"a", "idna\0", "a"),
    # the page's own declaration, in each form
    ('<meta charset="windows-1251">Да'.encode("cp1251"), "", '<meta charset="windows-1251">Да'),
    (
        "<META http-equiv=content-type content='text/html; charset=koi8-r'>Да".encode("koi8-r"),
        "",
        "<META http-equiv=content-type content='text/html; charset=koi8-r'>Да",
    ),
    (
        '<?xml version="1.0" encoding="iso-8859-2"?><html>Łódź'.encode("iso-8859-2"),
        "",
        '<?xml version="1.0" encoding="iso-8859-2"?><html>Łódź',
    ),
    # a page that can be read byte by byte is not in UTF-16, whatever it says
    ('<meta charset="utf-16">né'.encode(), "", '<meta charset="utf-16">né'),
    # the header wins over the page
    ('<meta charset="koi8-r">né'.encode("cp1252"), "cp1252", '<meta charset="koi8-r">né'),
    # nothing declared: detection, Windows-1252 for a few bytes of English
    (b"He said \x93no\x94 and it\x92s over, na\xefve", "", "He said “no” and it’s over, naïve"),
    (RUSSIAN.encode("cp1251"), "", RUSSIAN),
    (FRENCH.encode("cp1252"), "", FRENCH),
    (CHINESE.encode("gb18030"), "", CHINESE),
    # the first accent stands far behind
    (b"word " * 40_000 + b"caf\xe9", "", "word " * 40_000 + "café"),
    (b"", "", ""),
]


@pytest.mark.parametrize(("raw", "charset", "text"), CASES)
def test_bytes_are_decoded_as_they_were_meant(raw: bytes, charset: str, text: str) -> None:
    assert decode(raw, charset=charset, html=True) == text


def test_a_plain_text_declares_nothing() -> None:
    text = 'He typed <meta charset="koi8-r"> and naïve'
    assert decode(text.encode("cp1252"), html=False) == text


LABELS = st.sampled_from(
    ["", "utf-8", "utf-16", "utf-32", "hz", "iso-2022-kr", "big5", "gbk", "johab", "euc-jp"]
)


@given(st.binary(max_size=200), st.one_of(LABELS, st.text(max_size=12)), st.booleans())
def test_any_bytes_with_any_label_give_a_text(raw: bytes, charset: str, html: bool) -> None:
    assert isinstance(decode(raw, charset=charset, html=html), str)
