"""What the tests of extraction share: short ways to say what the rules find."""

from __future__ import annotations

from claims.extraction import Quote, Span, extract


def quotes(text: str) -> tuple[Quote, ...]:
    return extract(text, engine="rules").quotes


def contents(text: str) -> list[tuple[str, str]]:
    """Return (kind, text) of each quote, in order."""
    return [(str(quote.kind), quote.text) for quote in quotes(text)]


def speakers(text: str) -> list[str | None]:
    return [quote.speaker.name for quote in quotes(text)]


def under(text: str, spans: tuple[Span, ...]) -> str:
    return " | ".join(span.text(text) for span in spans)


def one(text: str) -> Quote:
    found = quotes(text)
    assert len(found) == 1, [quote.text for quote in found]
    return found[0]
