"""What the triage page shows of one candidate: its article, and the card beside it."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Length, Substr

from claims.admin.base import STATUS_COLOURS
from claims.admin.log import LogLine, told
from claims.admin.marking import marked_text, speaker_of
from claims.admin.triage_forms import FORMS
from claims.admin.wording import share_in_words
from claims.choices import QuoteStatus, RejectReason, SpeakerKind, Stance
from claims.extraction.quantities import find_quantities
from claims.models import ArticleVersion, CandidateHold, Quote
from claims.selectors import (
    latest_verdicts,
    other_outlets,
    speakers_that_may_have_said,
    visible_claims,
)
from claims.services.external_reviews import ReviewMatch, reviews_like
from claims.services.matching import Match, match
from claims.services.prefilling import prefilled_claim, said_on
from claims.services.queue import is_altered

SHOWN_DECISIONS = 4
# The keys that choose a stance, a reason: one look at the keyboard, not at a list.
STANCE_KEYS = {Stance.ASSERTS: "a", Stance.DENIES: "d", Stance.QUESTIONS: "q"}


def shown_quotes() -> QuerySet[Quote]:
    """Quotes with what the card says of them, and without the texts they stand in."""
    joined = Quote.objects.select_related("speaker", "article_version__article__source")
    return joined.defer("article_version__text", "prefix", "suffix")


def candidate(quote: Quote, user: Any, *, hold: CandidateHold | None) -> dict[str, Any]:
    """The context of one candidate; ``quote`` is one of `shown_quotes`.

    ``hold`` is that of a colleague who looks at it now. A fixed number of queries.
    """
    version = quote.article_version
    text, start, length = _text_around(quote)
    quotes = (
        Quote.objects.filter(article_version=version).select_related("speaker").order_by("start")
    )
    is_open = quote.status == QuoteStatus.CANDIDATE
    prefilled = prefilled_claim(quote)
    older = version.pk != version.article.current_version_id
    return {
        "quote": quote,
        "article": version.article,
        "version": version,
        "marked_text": marked_text(text, quotes.defer("prefix", "suffix"), start=start),
        "text_start": start,
        "cut_before": start > 0,
        "cut_after": start + len(text) < length,
        "status_colour": STATUS_COLOURS[quote.status],
        "is_open": is_open,
        "hold": hold,
        "older": older,
        "altered": older and is_altered(quote),
        "speaker_in_words": speaker_of(quote),
        "doubtful": quote.speaker is None or not quote.speaker.is_confirmed,
        "maybe": _maybe(quote) if is_open else [],
        "cue": _cue(quote, text, start),
        "worth": share_in_words(quote.check_worthiness),
        "confidence": share_in_words(quote.confidence),
        "quantities": [quantity.text for quantity in find_quantities(quote.content)],
        "outlets": other_outlets([quote])[quote.pk],
        "prefilled": prefilled,
        "matches": matches(quote, prefilled, user) if is_open else [],
        "reviews": reviews(quote, prefilled) if is_open else [],
        "stances": [(value, label, STANCE_KEYS[Stance(value)]) for value, label in Stance.choices],
        "reasons": [
            (value, label, number)
            for number, (value, label) in enumerate(RejectReason.choices, start=1)
        ],
        "kinds": SpeakerKind.choices,
        "decisions": last_decisions(quote),
        "names": {name: form.submit for name, form in FORMS.items()},
    }


def matches(quote: Quote, prefilled: str, user: Any) -> list[dict[str, Any]]:
    """The claims that the quote may repeat, each with its latest verdict and its key."""
    words = _words_of(quote, prefilled)
    found = match(words, quote.speaker, said_on(quote), among=visible_claims(user))
    verdicts = latest_verdicts([each.claim for each in found], user)
    rows: list[dict[str, Any]] = []
    for each in found:
        number = len([row for row in rows if row["number"]]) + 1 if each.same else 0
        rows.append(
            {
                "match": each,
                "percent": round(100 * each.score),
                "said": _stance_in_words(each),
                "verdict": verdicts.get(each.claim.pk),
                "number": number,
            }
        )
    return rows


def reviews(quote: Quote, prefilled: str) -> list[ReviewMatch]:
    """What others found on claims that the quote may repeat."""
    return reviews_like(_words_of(quote, prefilled), said_on(quote))


def _words_of(quote: Quote, prefilled: str) -> str:
    """The claim as it stands alone, without the name that is put before what does not."""
    name = quote.speaker.name if quote.speaker else quote.suggested_name
    return prefilled.removeprefix(f"{name}: ")


def last_decisions(quote: Quote) -> list[LogLine]:
    """What was decided on the quote lately, and by whom."""
    return told(quote.decisions.select_related("actor")[:SHOWN_DECISIONS])


def _stance_in_words(found: Match) -> str:
    return "" if found.stance == Stance.ASSERTS else Stance(found.stance).label.lower()


def _maybe(quote: Quote) -> list[Any]:
    """Speakers known by a name that the extractor gave; not the one who is set."""
    known = speakers_that_may_have_said(quote).exclude(pk=quote.speaker_id or -1)
    return list(known[: settings.SPEAKER_SUGGESTIONS_MAX])


def _text_around(quote: Quote) -> tuple[str, int, int]:
    """The article's text, where what is shown of it begins, and how long it is as a whole.

    Of a long text only so much is read from the database as is shown.
    """
    most = settings.TRIAGE_TEXT_CHARACTERS
    # Whole while it fits; else the quote a third down, with more behind it than before.
    start = max(0, quote.start - most // 3)
    whole, window, length = (
        ArticleVersion.objects.filter(pk=quote.article_version_id)
        .values_list(Substr("text", 1, most), Substr("text", start + 1, most), Length("text"))
        .get()
    )
    if length <= most:
        return whole, 0, length
    if start:
        # Not in the middle of a word.
        kept = window.partition(" ")[2]
        start, window = start + len(window) - len(kept), kept
    return window.rpartition(" ")[0], start, length


def _cue(quote: Quote, text: str, start: int) -> str:
    if quote.cue_span is None:
        return ""
    first, last = quote.cue_span
    return " ".join(text[max(0, first - start) : max(0, last - start)].split())
