"""Small things said the same way on every page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

HIGH, MIDDLING = 0.75, 0.5


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
