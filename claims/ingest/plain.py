"""Plain text, taken as it is."""

from .clean import clean_text
from .document import Content
from .errors import EmptyDocument
from .limits import ReadLimits


def read_plain(raw_text: str, *, limits: ReadLimits) -> Content:
    """A text without markup: cleaned, its line breaks kept, and a title if one stands on top.

    Raises EmptyDocument when nothing visible is left.
    """
    text = clean_text(raw_text)
    if not text:
        raise EmptyDocument("There is no text in it.")
    return Content(
        title=_headline(text, limits),
        byline="",
        published_at=None,
        language="",
        site_name="",
        canonical="",
        text=text,
    )


def _headline(text: str, limits: ReadLimits) -> str:
    """A first line that stands alone and is no sentence, as people put a title into a file."""
    line, _, rest = text.partition("\n")
    alone = rest.startswith("\n") and len(line) <= limits.max_title_line_chars
    return "" if not alone or line.endswith((".", ":", ",", ";")) else line
