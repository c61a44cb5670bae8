"""The sentence that an editor begins with when a quote becomes a claim."""

from datetime import date

from django.db.models import F, Q
from django.utils.timezone import localdate

from claims.choices import QuoteKind, SpeakerKind
from claims.extraction.standalone import Said, place_of, stand_alone
from claims.models import Affiliation, Quote
from claims.selectors import text_between

DATELINE_CHARACTERS = 120
OPENING, CLOSING = "“‘«„\"'‹‚", "”’»\"'›“‘"


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


def prefilled_claim(quote: Quote) -> str:
    """The words of ``quote`` as a sentence that stands alone, as far as the record knows how.

    ``speaker`` and ``article_version.article`` should be loaded; two or three queries besides.
    """
    version = quote.article_version
    day = said_on(quote)
    words = bare_words(quote)
    place, country = place_of(text_between(version.pk, 0, DATELINE_CHARACTERS))
    # Asked for only where it matters: "promised", "to cut taxes".
    cue = text_between(version.pk, *quote.cue_span) if _is_plan(words) and quote.cue_span else ""
    said = Said(
        speaker=quote.speaker.name if quote.speaker else quote.suggested_name,
        kind=quote.speaker.kind if quote.speaker else SpeakerKind.PERSON.value,
        organisation=_organisation(quote, day),
        day=day,
        place=place,
        country=country,
        cue=cue,
        quoted=quote.kind == QuoteKind.DIRECT or quote.text[:1] in OPENING,
    )
    return stand_alone(words, said)


def _is_plan(words: str) -> bool:
    return words.startswith("to ")


def said_on(quote: Quote) -> date | None:
    """The day that "yesterday" counts from: when the article came out, where that is known."""
    published = quote.article_version.article.published_at
    return localdate(published) if published else None


def _organisation(quote: Quote, day: date | None) -> str:
    """For whom the speaker said "we", where the record has one role for that day."""
    if quote.speaker_id is None:
        return ""
    held = Affiliation.objects.filter(speaker=quote.speaker_id).exclude(organisation="")
    if day is not None:
        held = held.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )
    names = held.order_by(F("since").desc(nulls_last=True)).values_list("organisation", flat=True)
    found = set(names[:2])
    return found.pop() if len(found) == 1 else ""
