"""Segments of an article as HTML: every piece escaped, every quotation a link."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.admin.highlighting import Marked, Segment, highlight
from claims.models import Quote


def marked(quote: Quote, *, shift: int = 0) -> Marked:
    """The spans of ``quote``, counted from ``shift``."""

    def moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return span and (span[0] - shift, span[1] - shift)

    return Marked(
        key=quote.pk,
        fragments=tuple((start - shift, end - shift) for start, end in quote.fragments),
        cue=moved(quote.cue_span),
        mention=moved(quote.mention_span),
    )


def speaker_of(quote: Quote) -> str:
    """Who is named as the speaker, in a few words."""
    if quote.speaker is not None:
        return quote.speaker.name
    if quote.candidate_names:
        return f"{' or '.join(quote.candidate_names)}?"
    return f"{quote.suggested_name}?" if quote.suggested_name else "speaker not known"


def described(quote: Quote) -> str:
    """What a pointer resting on the quotation is told."""
    kind, status = quote.get_kind_display(), quote.get_status_display()
    return f"{speaker_of(quote)} · {kind.lower()} · {status.lower()}"


def marked_text(text: str, quotes: Iterable[Quote], *, start: int = 0) -> SafeString:
    """``text`` with the content of ``quotes`` linked, their cues and mentions marked.

    ``text`` begins at offset ``start`` of the article.
    """
    by_key = {quote.pk: quote for quote in quotes}
    segments = highlight(text, [marked(quote, shift=start) for quote in by_key.values()])
    return format_html_join("", "{}", ((_piece(segment, by_key),) for segment in segments))


def text_around(text: str, quote: Quote, *, start: int) -> SafeString:
    """``text``, which begins at offset ``start`` of the article, with one quotation marked."""
    segments = highlight(text, [marked(quote, shift=start)])
    return format_html_join(
        "", "{}", ((_piece(segment, {quote.pk: quote}, link=False),) for segment in segments)
    )


def _piece(segment: Segment, quotes: Mapping[int, Quote], *, link: bool = True) -> SafeString:
    classes = []
    if segment.cues:
        classes.append("fc-cue")
    if segment.mentions:
        classes.append("fc-mention")
    if not segment.quotes:
        if not classes:
            return format_html("{}", segment.text)
        return format_html('<span class="{}">{}</span>', " ".join(classes), segment.text)
    # The innermost quotation that is still of interest leads: one that was withdrawn never
    # hides another.
    covering = sorted((quotes[key] for key in segment.quotes), key=_is_settled)
    leading = covering[0]
    classes = ["fc-quote", f"fc-{leading.kind}", f"fc-{leading.status}", *classes]
    if len(covering) > 1:
        classes.append("fc-nested")
    title = " — inside: ".join(described(quote) for quote in covering)
    anchors = format_html_join(
        "", '<span id="quote-{}" class="fc-anchor"></span>', ((k,) for k in segment.opens)
    )
    if not link:
        return format_html(
            '{}<mark class="{}" title="{}">{}</mark>',
            anchors,
            " ".join(classes),
            title,
            segment.text,
        )
    first = leading.pk in segment.opens
    return format_html(
        '{}<a href="{}" class="{}" title="{}" data-covers="{}" data-quote="{}"{}>{}</a>',
        anchors,
        reverse("admin:claims_quote_change", args=[leading.pk]),
        " ".join(classes),
        title,
        " ".join(str(quote.pk) for quote in covering),
        leading.pk,
        # One stop of the Tab key a quotation, however many pieces it is in.
        "" if first else format_html(' tabindex="{}"', -1),
        segment.text,
    )


def _is_settled(quote: Quote) -> bool:
    return quote.status in {"rejected", "withdrawn"}
