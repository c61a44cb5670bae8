"""How well an engine reads the demo articles, against the quotes that they are known to hold.

    python -m tests.extraction.quality            print the measures of both engines
    python -m tests.extraction.quality --raise    raise the floors to what is reached now
    python -m tests.extraction.quality --lower    set them to it, lower ones included

The gold is the project's own (tests/demo/expected_quotes.json); the floors are what
``test_quality.py`` holds both engines to.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from claims.extraction import ENGINES, Quote, extract, offer
from claims.ingest import read_file

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "demo" / "expected_quotes.json"
FLOORS = Path(__file__).with_name("quality_floors.json")
SLACK = {"rules": 0.5, "model": 2.0}
"""By how many points a floor lies below what was reached: another processor rounds otherwise."""


@cache
def articles() -> dict[str, str]:
    """Return the text of each demo article, as ingest reads it."""
    folder = ROOT / "claims" / "demo" / "articles"
    return {path.name: read_file(path).text for path in sorted(folder.glob("*.html"))}


def measure(engine: str) -> dict[str, float]:
    """Return, in percent, what an engine finds of the demo's quotes and how well it reads them.

    A quote is found when one of the engine's overlaps it by half of their characters together.
    ``precision`` counts against everything that the engine returns, though the gold does not
    hold every attribution of a belief; it guards against a flood, not more.
    """
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    wanted = found = exact = kinds = speakers = named = returned = cued = 0
    leaked = 0
    for name, text in articles().items():
        quotes = offer(extract(text, engine=engine)).extraction.quotes
        returned += len(quotes)
        for expected in (q for q in gold["quotes"] if q["article"] == name):
            wanted += 1
            spans = _places(text, expected["content"])
            best = max(quotes, key=lambda q: _overlap(q, spans), default=None)
            if best is None or _overlap(best, spans) < 0.5:
                continue
            found += 1
            exact += [(s.start, s.end) for s in best.content] == spans
            kinds += best.kind == expected["kind"]
            cued += (
                " ".join(s.text(text) for s in best.cue).lower() == (expected["cue"] or "").lower()
            )
            if expected["speaker"] is not None:
                named += 1
                speakers += (best.speaker.name or "").lower() == expected["speaker"].lower()
        for words in gold["not_quotes"][name]:
            at = text.find(words)
            leaked += any(q.start == at and q.end == at + len(words) for q in quotes)
    return {
        "recall": _percent(found, wanted),
        "precision": _percent(found, returned),
        "exact": _percent(exact, wanted),
        "kind": _percent(kinds, found),
        "cue": _percent(cued, found),
        "speaker": _percent(speakers, named),
        "not quotes": 100.0 - _percent(leaked, sum(map(len, gold["not_quotes"].values()))),
    }


def _percent(part: int, whole: int) -> float:
    return round(100.0 * part / whole, 1) if whole else 0.0


def _places(text: str, fragments: Sequence[str]) -> list[tuple[int, int]]:
    places = []
    at = 0
    for fragment in fragments:
        pattern = re.compile(r"\s+".join(map(re.escape, fragment.split())))
        match = pattern.search(text, at) or pattern.search(text)
        assert match is not None, fragment
        at = match.end()
        places.append(match.span())
    return places


def _overlap(quote: Quote, spans: Sequence[tuple[int, int]]) -> float:
    mine = {i for span in quote.content for i in range(span.start, span.end)}
    theirs = {i for start, end in spans for i in range(start, end)}
    return len(mine & theirs) / len(mine | theirs)


def floors() -> dict[str, dict[str, float]]:
    """Return the committed floors of each engine."""
    stored: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return stored


def main(arguments: list[str]) -> int:
    reached = {engine: measure(engine) for engine in ENGINES}
    for engine, measures in reached.items():
        print(engine, json.dumps(measures))
    if arguments[:1] in (["--raise"], ["--lower"]):
        old = floors() if FLOORS.exists() and arguments[0] == "--raise" else {}
        new = {
            engine: {
                name: max(round(value - SLACK[engine], 1), old.get(engine, {}).get(name, 0.0))
                for name, value in measures.items()
            }
            for engine, measures in reached.items()
        }
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
