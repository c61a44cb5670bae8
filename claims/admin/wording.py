"""Small things said the same way on every page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.models import Quote

HIGH, MIDDLING = 0.75, 0.5
OPENING, CLOSING = "“‘«„\"'‹‚", "”’»\"'›“‘"


def share_in_words(share: float) -> str:
    """A number from 0 to 1 as a word."""
    if share >= HIGH:
        return "high"
    return "medium" if share >= MIDDLING else "low"


def meter(share: float) -> SafeString:
    """The number with its word, as a small bar."""
    return format_html(
        '<span class="fc-meter fc-meter-{}"><meter min="0" max="1" value="{}" aria-hidden="true">'
        "</meter> {} <small>{}</small></span>",
        share_in_words(share),
        f"{share:.2f}",
        share_in_words(share),
        f"{share:.2f}",
    )


def shortened(text: str, limit: int = 160) -> str:
    """The text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[:limit].rsplit(' ', 1)[0].rstrip(' …')}…"


def bare_words(quote: Quote) -> str:
    """The words of a quotation: its fragments without the marks around them."""
    parts = []
    for start, end in quote.fragments:
        words = quote.text[start - quote.start : end - quote.start].strip()
        if words[:1] in OPENING and len(words) > 1:
            words = words[1:]
            if words[-1:] in CLOSING:
                words = words[:-1]
        parts.append(words.strip())
    return " ".join(" ".join(parts).split()).rstrip(",")


def suggested_claim(quote: Quote) -> str:
    """Where the editor begins when a quote becomes a claim: who said it, and the words."""
    name = quote.speaker.name if quote.speaker else quote.suggested_name
    words = bare_words(quote).removeprefix("that ")
    words = words[:1].upper() + words[1:]
    return f"{name}: {words}" if name else words
