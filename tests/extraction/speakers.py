"""How often the right speaker is given, on the corpus of ``corpus/``.

    python -m tests.extraction.speakers dev              both engines and the resolver alone
    python -m tests.extraction.speakers dev --misses     each wrong answer as well
    python -m tests.extraction.speakers --raise          raise the floors to what is reached now
    python -m tests.extraction.speakers --lower          set them to it, lower ones included

"resolver" is resolution alone: the mention of each quote is given, as the gold has it, so that
what the engines miss or cut wrongly does not count. ``test_speakers.py`` holds the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.extraction import ENGINES, Quote, SpeakerGuess, extract
from claims.extraction.marks import quoted_regions
from claims.extraction.names import collect
from claims.extraction.resolve import Place, Resolver
from claims.extraction.tokens import Sentence, sentences
from tests.extraction.marked import (
    PARTS,
    CharSpan,
    GoldArticle,
    GoldQuote,
    GoldSpeaker,
    articles,
)

FLOORS = Path(__file__).with_name("speaker_floors.json")
SLACK = {"rules": 0.5, "resolver": 0.5, "model": 2.0}
"""By how many points a floor lies below what was reached: another processor rounds otherwise."""

WAYS = (*ENGINES, "resolver")

_IDLE = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one gold quote; ``guess`` is None where the quote was not found."""

    article: GoldArticle
    quote: GoldQuote
    guess: SpeakerGuess | None


def answers(article: GoldArticle, way: str) -> list[Answer]:
    """Return an engine's answer, or the resolver's, for each gold quote of an article."""
    if way == "resolver":
        guesses: Sequence[SpeakerGuess | None] = _resolved(article)
    else:
        quotes = extract(article.text, engine=way).quotes
        found = [_matching(quotes, gold) for gold in article.quotes]
        guesses = [quote.speaker if quote else None for quote in found]
    return [Answer(article, q, g) for q, g in zip(article.quotes, guesses, strict=True)]


def _matching(quotes: Sequence[Quote], gold: GoldQuote) -> Quote | None:
    """Return the quote whose fragments at the gold's place share half their characters with it.

    Fragments elsewhere do not count against it: an engine may join what the gold keeps apart,
    and the words have one speaker all the same.
    """
    wanted = _characters(gold.content)
    best, most = None, 0.5
    for quote in quotes:
        spans = [(span.start, span.end) for span in quote.content]
        near = [span for span in spans if wanted & _characters([span])]
        mine = _characters(near)
        share = len(mine & wanted) / len(mine | wanted)
        if share >= most:
            best, most = quote, share
    return best


def _characters(spans: Sequence[CharSpan]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _resolved(article: GoldArticle) -> list[SpeakerGuess | None]:
    """Resolve the mentions as the gold has them; a quote without one keeps the last speaker."""
    read = list(sentences(article.text, quoted_regions(article.text)))
    names = collect(read)
    starts = [sentence.starts[0] for sentence in read]
    places: list[Place | None] = []
    for quote in article.quotes:
        carried = places[-1] if places else None
        places.append(_place(quote.mention, read, starts) if quote.mention else carried)
    at = [bisect_right(starts, quote.content[0][0]) - 1 for quote in article.quotes]
    guesses: list[SpeakerGuess | None] = []
    for resolver in (Resolver(read, names), Resolver(read, names)):
        guesses = [resolver.resolve(p, s) for p, s in zip(places, at, strict=True)]
    return guesses


def _place(mention: CharSpan, read: list[Sentence], starts: list[int]) -> Place:
    at = bisect_right(starts, mention[0]) - 1
    s = read[at]
    return at, bisect_right(s.ends, mention[0]), bisect_left(s.starts, mention[1])


def named_right(gold: GoldSpeaker, guess: SpeakerGuess) -> bool:
    """Tell whether a name is one of the gold's, articles and case aside."""
    if guess.name is None:
        return None in gold.names
    return _plain(guess.name) in {_plain(name) for name in gold.names if name is not None}


def _plain(text: str) -> str:
    """Return words without case, marks and the articles before them."""
    words = text.casefold().replace("'", "’").replace(",", " ").replace(".", "").split()
    while len(words) > 1 and words[0] in _IDLE:
        words = words[1:]
    return " ".join(words)


def right(answer: Answer) -> bool:
    """Tell whether the speaker is right: the name, or no name and exactly the candidates."""
    quote, guess = answer.quote, answer.guess
    if guess is None:
        return False
    if not quote.speakers:
        return guess.name is None
    if len(quote.speakers) == 1:
        return named_right(quote.speakers[0], guess)
    wanted = {_plain(speaker.names[0] or "") for speaker in quote.speakers}
    return guess.name is None and {_plain(name) for name in guess.candidates} == wanted


def measure(part: str, way: str) -> dict[str, float]:
    """Return, in percent, how well speakers are given in one part of the corpus.

    ``found`` counts against all gold quotes; ``speaker`` against those found whose speaker is
    given, ``kind`` and ``role`` against those of them that are right (``role`` of people);
    ``doubt`` against those where several speak or may be meant; ``wrong`` is the share of names
    that are a wrong one rather than none.
    """
    count: Counter[str] = Counter()
    for answer in every_answer(part, way):
        quote, guess = answer.quote, answer.guess
        count["all"] += 1
        if guess is None:
            continue
        count["found"] += 1
        ok = right(answer)
        if len(quote.speakers) == 1:
            count["given"] += 1
            count["speaker"] += ok
            count["wrong"] += not ok and guess.name is not None
            if ok:
                count["kind"] += str(guess.kind) in quote.speakers[0].kinds
                if quote.speakers[0].kinds == ("person",):
                    count["people"] += 1
                    count["role"] += _role_right(quote.speakers[0], guess)
        else:
            count["open"] += 1
            count["doubt"] += ok
    return {
        "found": _percent(count["found"], count["all"]),
        "speaker": _percent(count["speaker"], count["given"]),
        "wrong": _percent(count["wrong"], count["given"]),
        "kind": _percent(count["kind"], count["speaker"]),
        "role": _percent(count["role"], count["people"]),
        "doubt": _percent(count["doubt"], count["open"]),
    }


def every_answer(part: str, way: str) -> Iterator[Answer]:
    """Yield the answers for all articles of a part."""
    for article in articles(part):
        yield from answers(article, way)


def _role_right(gold: GoldSpeaker, guess: SpeakerGuess) -> bool:
    return _plain(guess.role) in {_plain(role) for role in gold.roles}


def _percent(part: int, whole: int) -> float:
    return round(100.0 * part / whole, 1) if whole else 100.0


def floors() -> dict[str, dict[str, dict[str, float]]]:
    """Return the committed floors: part, way, measure. ``wrong`` is a ceiling and has none."""
    stored: dict[str, dict[str, dict[str, float]]]
    stored = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return stored


def _show(answer: Answer) -> str:
    quote, guess = answer.quote, answer.guess
    text = answer.article.text
    start, end = quote.content[0]
    wanted = [speaker.names[0] for speaker in quote.speakers]
    mention = text[slice(*quote.mention)] if quote.mention else "(carried)"
    given = "not found" if guess is None else (guess.name or f"doubt {guess.candidates}")
    return (
        f"  {answer.article.name} {quote.number}: [{mention}] {text[start:end][:50]!r}\n"
        f"      wanted {wanted}, given {given}"
    )


def _write_floors(raised: bool) -> None:
    old = floors() if raised else {}
    new = {
        part: {
            way: {
                name: max(round(value - SLACK[way], 1), old.get(part, {}).get(way, {}).get(name, 0))
                for name, value in measure(part, way).items()
                if name != "wrong"
            }
            for way in WAYS
        }
        for part in PARTS
    }
    FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.extraction.speakers")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="dev, held_out")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="up", action="store_true", help="raise the floors")
    change.add_argument("--lower", action="store_true", help="set the floors, lower ones too")
    options = parser.parse_args(arguments)
    if options.up or options.lower:
        _write_floors(options.up)
        return 0
    for part in options.parts or PARTS[:1]:
        for way in WAYS:
            print(part, way, json.dumps(measure(part, way)))
            for answer in every_answer(part, way) if options.misses else ():
                if not right(answer):
                    print(_show(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
