"""Pairs of texts that are near copies and pairs that only look so, made by a seed.

The texts are the bundled demo articles, the reports beside this file and reports from
templates; what newsrooms do to agency copy is done to them here.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.ingest import read

HERE = Path(__file__).parent
DEMO = HERE.parent / "claims" / "demo" / "articles"

# Each edit of an ordinary desk; agency copy in print has gone through one to four of them.
AGENCIES = ("Meridian", "Continental Press", "Northern Wire", "VPA")
NAMES = ("Nils Arden", "Greta Wolt", "Amina Sow", "Peer Lasse", "Ruth Calder")
SYNONYMS = {
    "said": "stated",
    "announced": "made known",
    "some": "about",
    "because": "since",
    "but": "yet",
    "although": "though",
    "while": "whereas",
    "began": "started",
    "begin": "start",
    "ended": "finished",
    "called": "termed",
    "asked": "requested",
    "offered": "proposed",
    "warned": "cautioned",
    "insisted": "maintained",
    "large": "big",
    "largest": "biggest",
    "also": "likewise",
    "only": "merely",
    "late": "tardy",
    "more": "further",
    "before": "ahead of",
    "after": "following",
    "until": "till",
    "people": "persons",
    "money": "funds",
    "plan": "scheme",
    "workers": "employees",
    "town": "municipality",
    "day": "date",
    "years": "seasons",
    "had": "has",
    "would": "will",
    "the": "this",
}
HEADLINES = (
    "What we know so far, and what comes next",
    "Questions remain after a long week in the province",
    "Officials under pressure as costs go up",
    "A decision that will be felt for years",
)
TOWNS = ("Haverness", "Tolleby", "Marswick", "Lindmark", "Carrow", "Ilmstedt", "Oster Head")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SKIES = ("cloudy with showers", "bright and dry", "overcast", "windy with sunny spells", "foggy")
FIRMS = ("Corvane", "Northgate", "Ilmstahl", "Senn Water", "Bank of Carrow", "Haldis", "Orrin")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, whether one is a copy of the other, and how the pair was made."""

    one: str
    other: str
    copies: bool
    kind: str


@cache
def base_texts() -> tuple[str, ...]:
    """The texts that were written by hand: all different, some on one topic."""
    reports = (HERE / "texts" / "reports.txt").read_text(encoding="utf-8").split("\n===\n")
    # The eighth is a near copy of the tenth (claims/demo/README.md).
    demo = [path for path in sorted(DEMO.glob("*.html")) if not path.name.startswith("08")]
    return (*(read(str(path)).text for path in demo), *reports)


def pairs(seed: int, count: int) -> Iterator[Pair]:
    """``count`` copies and as many that are none, each of every kind in turn."""
    draw = random.Random(seed)
    makers = (_topics, _templates, _shared_quotes, _previous_day, _digest)
    for number in range(count):
        yield _copy(draw)
        yield makers[number % len(makers)](draw)


def _copy(draw: random.Random) -> Pair:
    """A text, and the same as another outlet prints it."""
    text = draw.choice(base_texts()) if draw.random() < 0.85 else draw.choice(TEMPLATES)(draw)
    names = draw.sample(sorted(EDITS), draw.choice((1, 1, 2, 2, 3, 4)))
    edited = text.split("\n\n")
    for name in names:
        edited = EDITS[name](edited, draw)
    return Pair(text, "\n\n".join(edited), copies=True, kind=" + ".join(names))


def _topics(draw: random.Random) -> Pair:
    one, other = draw.sample(base_texts(), 2)
    return Pair(one, other, copies=False, kind="another text")


def _templates(draw: random.Random) -> Pair:
    make = draw.choice(TEMPLATES)
    return Pair(make(draw), make(draw), copies=False, kind=f"same form: {make.__name__}")


def _shared_quotes(draw: random.Random) -> Pair:
    """Another report of the same press conference: the quotations and nothing else."""
    one, other = draw.sample(base_texts(), 2)
    quoted = [part for part in one.split("\n\n") if "“" in part or "‘" in part][:3]
    parts = other.split("\n\n")
    for part in quoted:
        parts.insert(draw.randrange(len(parts)), part)
    return Pair(one, "\n\n".join(parts), copies=False, kind="shared quotations")


def _previous_day(draw: random.Random) -> Pair:
    """Yesterday's story: a third of its paragraphs, the background, stand in today's again."""
    one, other = draw.sample(base_texts(), 2)
    parts = one.split("\n\n")
    background = parts[-max(1, len(parts) // 3) :]
    return Pair(
        one, "\n\n".join([*other.split("\n\n"), *background]), copies=False, kind="previous day"
    )


def _digest(draw: random.Random) -> Pair:
    """The news of the day in one page: two paragraphs of each story."""
    chosen = draw.sample(base_texts(), 6)
    digest = "\n\n".join(part for text in chosen for part in text.split("\n\n")[:2])
    return Pair(chosen[0], digest, copies=False, kind="digest")


# --- Edits ------------------------------------------------------------------------------

Parts = list[str]


def _cut_end(parts: Parts, draw: random.Random) -> Parts:
    return parts[: max(2, round(len(parts) * draw.uniform(0.5, 0.8)))]


def _cut_within(parts: Parts, draw: random.Random) -> Parts:
    kept = max(2, round(len(parts) * draw.uniform(0.5, 0.9)))
    return [parts[index] for index in sorted(draw.sample(range(len(parts)), min(kept, len(parts))))]


def _retitle(parts: Parts, draw: random.Random) -> Parts:
    return [draw.choice(HEADLINES), *parts]


def _insert(parts: Parts, draw: random.Random) -> Parts:
    """Paragraphs of the outlet's own: up to a quarter of the text more."""
    foreign = [part for text in draw.sample(base_texts(), 2) for part in text.split("\n\n")]
    room = sum(len(part) for part in parts) / 4
    edited = [*parts]
    for part in draw.sample(foreign, 3):
        if part not in parts and len(part) <= room:
            edited.insert(draw.randrange(1, len(edited) + 1), part)
            room -= len(part)
    return edited


def _dateline(parts: Parts, draw: random.Random) -> Parts:
    bare = re.sub(r"^[A-Z]{3,}[^—]{0,30}— ", "", parts[0])
    return [f"{draw.choice(TOWNS)} ({draw.choice(AGENCIES)}) - {bare}", *parts[1:]]


def _byline(parts: Parts, draw: random.Random) -> Parts:
    first, second = draw.sample(NAMES, 2)
    agency = draw.choice(AGENCIES)
    end = f"(Reporting by {first}; editing by {second}; {agency} newsroom)"
    return [f"By {first}, {agency}", *parts, end]


def _reorder(parts: Parts, draw: random.Random) -> Parts:
    behind = parts[1:]
    draw.shuffle(behind)
    return [parts[0], *behind]


def _synonyms(parts: Parts, draw: random.Random) -> Parts:
    """Some three to six words in a hundred replaced."""
    rate = draw.uniform(0.15, 0.45)

    def swapped(match: re.Match[str]) -> str:
        word = match.group()
        return SYNONYMS[word] if word in SYNONYMS and draw.random() < rate else word

    return [re.sub(r"[a-z]+", swapped, part) for part in parts]


def _house_style(parts: Parts, draw: random.Random) -> Parts:
    """Other quotation marks, and figures of money spelt the other way."""
    marks = str.maketrans("“”", "‘’")
    return [part.translate(marks).replace(" per cent", "%").replace("€", "EUR ") for part in parts]


EDITS: dict[str, Callable[[Parts, random.Random], Parts]] = {
    "cut at the end": _cut_end,
    "cut within": _cut_within,
    "retitled": _retitle,
    "paragraphs inserted": _insert,
    "dateline": _dateline,
    "byline": _byline,
    "reordered": _reorder,
    "synonyms": _synonyms,
    "house style": _house_style,
}


# --- Reports from templates ---------------------------------------------------------------


def weather(draw: random.Random) -> str:
    """The forecast of one day."""
    town, other = draw.sample(TOWNS, 2)
    day, low = draw.choice(DAYS), draw.randint(-3, 14)
    return (
        f"{day} will be {draw.choice(SKIES)} in {town}, with temperatures between {low} and "
        f"{low + draw.randint(3, 9)} degrees.\n\nThe wind will blow from the west at up to "
        f"{draw.randint(10, 70)} kilometres an hour along the coast, and it will be strongest "
        f"near {other} in the afternoon.\n\nIn the night the temperature will fall to "
        f"{low - 2} degrees in the valleys. Up to {draw.randint(0, 25)} litres of rain a square "
        f"metre are expected by the morning.\n\nThe sea at {town} is {draw.randint(4, 19)} "
        f"degrees cold. The forecasters see a chance of rain of {draw.randint(5, 95)} per cent "
        f"for the following day and ask walkers to keep to the paths behind the dyke."
    )


def market(draw: random.Random) -> str:
    """The close of one day on the stock exchange."""
    first, second, third = draw.sample(FIRMS, 3)
    index = draw.randint(4000, 6500)
    return (
        f"Shares on the Carrow exchange closed {draw.choice(('higher', 'lower'))} on "
        f"{draw.choice(DAYS)}, with the index of the 40 largest companies at {index:,} points, "
        f"a change of {draw.uniform(0.1, 3):.1f}% on the day.\n\n{first} led the list with a "
        f"gain of {draw.uniform(1, 9):.1f}%, while {second} lost {draw.uniform(1, 9):.1f}% after "
        f"figures for the quarter that dealers called {draw.choice(('thin', 'mixed', 'weak'))}.\n\n"
        f"Turnover was {draw.randint(300, 2900)} million euros, against "
        f"{draw.randint(300, 2900)} million the day before. The euro stood at "
        f"{draw.uniform(0.9, 1.3):.4f} dollars in the evening.\n\nOil cost "
        f"{draw.uniform(50, 110):.2f} dollars a barrel. Dealers said that all eyes were on the "
        f"meeting of the central bank and on the figures of {third}, which are due next week."
    )


def football(draw: random.Random) -> str:
    """The report of one match."""
    home, away = draw.sample(TOWNS, 2)
    scorer, other = draw.sample(NAMES, 2)
    goals = draw.randint(1, 5)
    return (
        f"{home} beat {away} {goals}–{draw.randint(0, goals - 1)} on {draw.choice(DAYS)} night in "
        f"front of {draw.randint(2000, 30000):,} spectators, and now have "
        f"{draw.randint(5, 60)} points from {draw.randint(6, 30)} games.\n\n{scorer} opened the "
        f"scoring in the {draw.randint(2, 44)}th minute with a header after a corner from the "
        f"left. {other} added the next from close range in the {draw.randint(46, 89)}th.\n\n"
        f"The visitors had {draw.randint(2, 20)} shots in all and hit the post once before the "
        f"interval. Their coach said that his side had deserved more from the game, and that "
        f"the league was long.\n\nNext week {home} travel to {draw.choice(TOWNS)}, where they "
        f"have not won since {draw.randint(1990, 2024)}."
    )


TEMPLATES = (weather, market, football)
