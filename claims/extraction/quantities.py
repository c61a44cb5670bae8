"""Numbers in running text: percentages, money, counts, fractions, ranges, spans of time, dates.

A small reader over tokens, one pass from left to right with bounded windows. Words, units and
comparators stand in ``lexicon/quantity_words.txt``. Decisions: "thousands" is ``>= 1000``;
a bare year ("in 2014") is a date; ordinals, scores (3-2), phone numbers, list numbers, times of
day and a bare "one" are no quantities; "rose from 5% to 7%" is two values and no range.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TypeAlias

from claims.extraction import lexicons
from claims.extraction.amounts import Amount, Numbers, openers, table
from claims.extraction.types import Span

MAX_COUNTED_WORDS = 4
"""Words of what is counted."""
MAX_COMPARATOR_WORDS = 4
"""Words of one comparator ("in the region of")."""
YEARS = range(1500, 2100)
"""Bare four-digit figures that are read as years."""

_DASHES = "-–—‑−"
_INSIDE = frozenset("-‑'’")
_PLURAL = re.compile(r"[a-z]{2,}[^suia\W]s")
_FAMILY = {"=": "=", "~": "=", ">": ">", ">=": ">", "<": "<", "<=": "<"}


# low, high, unit, comparator, of
_Value: TypeAlias = tuple[Decimal | None, Decimal | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text.

    ``low`` and ``high`` are equal unless it is a range; both are None for a calendar date, whose
    ISO form stands in ``date`` ("2021-08-31", "--08-31", "2021-08", "2014"; "" otherwise).
    ``unit``: "percent", "fraction" (0.75 for three-quarters), "times", "date", an ISO currency
    code, "year", "km" and the like, "" for counts. ``comparator``: =, ~, >, >=, < or <=.
    ``of`` is what is counted, as written without a determiner, "" if nothing is named.
    ``text`` is exactly what stands under ``span``, comparator and counted words included.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    of: str
    span: Span
    text: str
    date: str = ""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in text order, none overlapping; any string is valid."""
    return tuple(_Reader(text).all())


def same_quantity(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities say the same number.

    Unit and value must agree, and the direction of the comparator (= with ~, > with >=, < with
    <=); what is counted is not compared. A fraction equals the percentage it rounds to ("two
    thirds", 67%); a date without a year equals the same day of any year.
    """
    if a.low is None or a.high is None or b.low is None or b.high is None:
        short, long = sorted((a.date, b.date), key=len)
        return bool(short) and (short == long or (short[:2] == "--" and short[2:] == long[5:]))
    if _FAMILY[a.comparator] != _FAMILY[b.comparator]:
        return False
    if (a.unit, b.unit) == ("fraction", "percent"):
        return _rounds(a.low, b.low) and _rounds(a.high, b.high)
    if (a.unit, b.unit) == ("percent", "fraction"):
        return _rounds(b.low, a.low) and _rounds(b.high, a.high)
    return (a.unit, a.low, a.high) == (b.unit, b.low, b.high)


def as_json(quantity: Quantity) -> dict[str, object]:
    """Return ``{"value", "unit", "comparator", "of"}`` as ``Claim.quantities`` holds it.

    The value is a number, ``[low, high]`` for a range, an ISO string for a date.
    """
    value: object = quantity.date
    if quantity.low is not None and quantity.high is not None:
        low, high = _number(quantity.low), _number(quantity.high)
        value = low if low == high else [low, high]
    return {
        "value": value,
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "of": quantity.of,
    }


def from_json(entry: object) -> Quantity | None:
    """Return what `as_json` gave, without span and text; None for anything else."""
    if not isinstance(entry, Mapping):
        return None
    value, unit, sign = entry.get("value"), str(entry.get("unit", "")), entry.get("comparator", "=")
    ends = value if isinstance(value, list) and len(value) == 2 else [value, value]
    named = {"unit": unit, "comparator": str(sign), "of": str(entry.get("of", ""))}
    if sign not in _FAMILY:
        return None
    if isinstance(value, str) and unit == "date":
        return Quantity(None, None, span=Span(0, 1), text="", date=value, **named)
    if any(isinstance(end, bool) or not isinstance(end, int | float) for end in ends):
        return None
    low, high = (Decimal(str(end)) for end in ends)
    return Quantity(low, high, span=Span(0, 1), text="", **named)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _rounds(fraction: Decimal, percent: Decimal) -> bool:
    places = Decimal(1).scaleb(max(-2, min(0, int(percent.as_tuple().exponent))))
    return (fraction * 100).quantize(places, ROUND_HALF_UP) == percent


class _Reader(Numbers):
    """Reads one text, left to right."""

    def all(self) -> list[Quantity]:
        """Read the whole text."""
        found: list[Quantity] = []
        # With most words none begins: to ask the readers about each would take most of the time.
        opening = openers()
        self.skip = 0
        for i, (_, _, word, low, _, _) in enumerate(self.tokens):
            if i < self.skip or not (low in opening or word in opening or word[0].isdecimal()):
                continue
            self.skip = i + 1
            quantity = self.dated_at(i) or self.quantity(i)
            if quantity is not None:
                found.append(quantity)
                self.done = self.skip
        return found

    def build(self, first: int, end: int, value: _Value, day: str = "") -> Quantity:
        """Return the quantity that tokens ``[first, end)`` name, and go on behind it."""
        self.skip = end
        span = Span(self.tokens[first].start, self.tokens[end - 1].end)
        return Quantity(*value, span, span.text(self.text), day)

    # -- dates ---------------------------------------------------------------------------------

    def dated_at(self, i: int) -> Quantity | None:
        """Read "August 31st, 2021", "31 August", "August 2021", "2021-08-31"."""
        months = table("month")
        iso, end = "", i + 1
        if self.at(i).text in months:
            end += self.low(end) == "."
            iso, end = self.day_and_year(int(months[self.at(i).text]), end)
        elif (day := self.day(i)) and not self.at(i).glued:
            j = i + 1 + (self.low(i + 1) in table("ordinal"))
            j += self.low(j) == "of"
            if self.at(j).near and self.at(j).text in months:
                end = j + 1 + (self.low(j + 1) == "," and self.year(j + 2) != "")
                year = self.year(end)
                iso = _iso(year, int(months[self.at(j).text]), day)
                end = end + 1 if year else j + 1
        elif len(self.at(i).text) == 10 and re.fullmatch(r"\d{4}-\d\d-\d\d", self.at(i).text):
            year, month, number = self.at(i).text.split("-")
            iso = _iso(year, int(month), int(number))
        return self.dated(i, end, iso) if iso else None

    def dated(self, i: int, end: int, iso: str) -> Quantity:
        """Return the date that tokens ``[i, end)`` name."""
        return self.build(i, end, (None, None, "date", "=", ""), iso)

    def day_and_year(self, month: int, j: int) -> tuple[str, int]:
        """Read what follows a month: its ISO form ("" if it is no date) and the token behind."""
        if year := self.year(j):
            return f"{year}-{month:02}", j + 1
        day = self.day(j) if self.at(j).near else 0
        end = j + 1 + (self.low(j + 1) in table("ordinal"))
        if not day or self.low(end) in table("scale") or self.low(end) in {"%", "percent", "per"}:
            return "", j
        after = end + (self.low(end) == ",")
        year = self.year(after)
        return _iso(year, month, day), after + 1 if year else end

    def day(self, i: int) -> int:
        """Return the day of the month at token ``i``, 0 if there is none."""
        word = self.at(i).text
        return int(word) if word.isdecimal() and len(word) <= 2 and int(word) <= 31 else 0

    def year(self, i: int) -> str:
        """Return the year at token ``i`` if it stands near the one before it, else ""."""
        return str(int(self.at(i).text)) if self.at(i).near and self.year_like(i) else ""

    def year_like(self, i: int) -> bool:
        """Tell whether token ``i`` is a bare figure that reads as a year."""
        word = self.at(i).text
        return word.isdecimal() and len(word) == 4 and int(word) in YEARS

    # -- numbers -------------------------------------------------------------------------------

    def quantity(self, i: int) -> Quantity | None:
        """Read the quantity whose first token of value or currency is ``i``."""
        first = self.amount(i)
        if first is None:
            return None
        bare = first.end == i + 1 and self.year_like(i)
        comparator, start = self.before(i)
        if bare and comparator == "=" and self.low(i + 1) not in table("people"):
            return self.dated(i, i + 1, str(first.value))
        low, high, start = self.range(first, start)
        if high is None or self.compound(high.end):
            return None
        end, unit = high.end, high.unit
        if first.vague and comparator in {"=", "~"}:
            comparator = ">="
        for words in (2, 1):
            phrase = " ".join(self.low(k) for k in range(end, end + words))
            if comparator == "=" and phrase in table("after"):
                comparator, end = table("after")[phrase], end + words
                break
        ratio = unit == "fraction" and self.low(i + 1) in {"in", "out"}
        of, end = self.counted(end, "" if ratio else unit)
        if first.end == i + 1 and not (unit or of) and self.named(i):
            return None
        if low.end != high.end and self.at(low.end).glued and not unit and not of:
            return None
        if low.value == 1 and high is low and self.at(i).low == "one" and not unit:
            return None
        return self.build(start, end, (low.value, high.value, unit, comparator, of))

    def range(self, first: Amount, start: int) -> tuple[Amount, Amount | None, int]:
        """Return the low and the high end (None: a score or the like) and where it starts."""
        j, word = first.end, self.low(first.end)
        led = self.at(start - 1).low if start - 1 >= self.done else ""
        joins = {"to", "or"} | ({"and"} if led == "between" else set())
        dashed = word != "" and word in _DASHES
        if not (dashed or word in joins) or not self.at(j + 1).near:
            return first, first, start
        second = self.amount(j + 1, joined=True)
        if second is None or second.vague or first.vague:
            return first, first, start
        if dashed and (self.at(j + 1).glued != self.at(j).glued):
            return first, first, start
        value, unit = first.value, first.unit or second.unit
        if first.size == 1 and second.size > 1 and value < second.value / second.size:
            value *= second.size
        changed = any(self.at(k).low in table("change") for k in range(start - 3, start))
        fits = unit == second.unit or (first.unit != "" and second.unit == "")
        if changed and led == "from" and not first.unit:
            first = first._replace(unit=second.unit)
        if value >= second.value or not fits or (changed and led == "from"):
            if dashed and self.at(j).glued and not second.unit:
                self.skip = second.end
                return first, None, start
            return first, first, start
        if dashed and self.low(second.end) in table("score"):
            self.skip = second.end
            return first, None, start
        start -= led in {"between", "from"}
        return first._replace(value=value, unit=unit), second._replace(unit=unit), start

    def compound(self, end: int) -> bool:
        """Tell whether a value is cut from a longer word: "two-state", "nineteen eighty-four"."""
        if self.at(end - 1).low in table("number") and self.low(end) in table("number"):
            second = self.worded(end, joined=False)
            self.skip = second.end if second else end + 1
            return True
        hyphen = self.at(end).glued and self.at(end).text in {"-", "‑"}
        unit = self.at(end - 1).low in table("unit") or self.low(end + 1) == "strong"
        return hyphen and self.letter(end + 1, glued=True) and not unit

    def named(self, i: int) -> bool:
        """Tell whether a figure ends a name: "Boeing 747"."""
        before = self.at(i - 1)
        stops = any(before.low in table(name) for name in ("stop", "before"))
        return self.at(i).near and before.text[:1].isupper() and not stops and self.digit(i)

    # -- what stands around a value ------------------------------------------------------------

    def before(self, i: int) -> tuple[str, int]:
        """Return the comparator before token ``i`` and where it starts ("=" and ``i`` if none)."""
        found, start = "=", i
        for _ in range(2):
            if start == self.done or self.at(start - 1).low not in _comparator_ends():
                break
            for words in range(MAX_COMPARATOR_WORDS, 0, -1):
                j = start - words
                if j < self.done or not all(self.at(k + 1).near for k in range(j, start)):
                    continue
                sign = table("before").get(" ".join(self.at(k).low for k in range(j, start)))
                if sign:
                    found, start = (sign if found in {"=", "~"} else found), j
                    break
        return found, start

    def counted(self, end: int, unit: str) -> tuple[str, int]:
        """Return what is counted and the token behind it ("" and ``end`` if nothing is named)."""
        j, of = end, self.low(end) == "of"
        if unit == "times":
            many = self.low(j) == "as" and self.low(j + 1) in {"many", "much"}
            if not many and self.low(j) != "more":
                return "", end
            j = end = j + 1 + many
        elif of:
            j += 1
        elif unit and not (unit == "fraction" and self.low(j) in table("determiner")):
            return "", end
        if of or unit == "fraction":
            for _ in range(2):
                j += self.low(j) in table("determiner")
        first = j
        for _ in range(MAX_COUNTED_WORDS):
            if not self.counts(j, first):
                break
            word, j = self.at(j), j + 1
            while (
                self.at(j).glued and self.at(j).text in _INSIDE and self.letter(j + 1, glued=True)
            ):
                word, j = self.at(j + 1), j + 2
            if word.text in table("people") or _PLURAL.fullmatch(word.text):
                break
        if j == first:
            return "", end
        words = self.text[self.tokens[first].start : self.tokens[j - 1].end]
        return " ".join(words.split()), j

    def counts(self, j: int, first: int) -> bool:
        """Tell whether token ``j`` may be a word of what is counted."""
        word, forms = self.low(j), lexicons.verb_forms()
        if not word[:1].isalpha() or (self.at(j).glued and self.at(j - 1).text != "+"):
            return False
        if any(word in table(name) for name in ("stop", "number", "scale", "vague")):
            return False
        if j > first and word in forms and forms[word].tag == "B" and self.low(j - 1).endswith("s"):
            return False
        if self.at(j).text in table("month") or (j > first and word.endswith("ly")):
            return False
        verb = word.endswith("ed") or (word in forms and forms[word].tag in {"E", "V", "G"})
        if verb and not _PLURAL.fullmatch(word):
            behind = self.at(j + 1)
            noun = behind.near and behind.text.islower() and behind.low not in table("stop")
            return j == first and noun and not behind.low.endswith("ly")
        return True


@cache
def _comparator_ends() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in table("before"))


def _iso(year: str, month: int, day: int) -> str:
    """Return the ISO form, "--MM-DD" without a year, "" when there is no such day."""
    try:
        whole = date(int(year or 2000), month, day)
    except ValueError:
        return ""
    return whole.isoformat() if year else f"--{month:02}-{day:02}"
