"""The numbers of a text as tokens and amounts: what ``quantities`` builds on."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from claims.extraction import lexicons

MAX_NUMBER_WORDS = 14
"""Tokens of one number in words ("one hundred and ten thousand" has five)."""
MAX_GAP = 3
"""White space that may stand between two tokens of one quantity; never a blank line."""
MAX_LOOK = 64
"""Tokens that any method looks ahead or back from where it is."""
MAX_WORD = 40
"""Longer words are none that count."""
YEARS = range(1500, 2100)
"""Bare four-digit figures that are read as years."""

# The white space before a token, and the token.
_TOKEN = re.compile(r"(\s*)(\d{4}-\d\d-\d\d(?!\d)|\d+(?:[.,]\d+)*|[½¼¾⅓⅔⅕]|[^\W\d_]+|\S)")
_BINDING = frozenset("/:.,#_@&+'’*=\\")
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?")


@cache
def table(name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lexicons.lines("quantity_words"):
        label, _, rest = line.partition(":")
        if label == name:
            pairs = (re.fullmatch(r"(.+?)=(.+)", pair) for pair in rest.split())
            found |= {m[1].replace("_", " "): m[2].replace("_", " ") for m in pairs if m}
    return found


# Named tuples: a text makes dozens of them, and a frozen dataclass takes three times as long.
class Token(NamedTuple):
    """``low`` is the lower-case text; ``glued``: no space before it; ``near``: a small one."""

    start: int
    end: int
    text: str
    low: str
    glued: bool
    near: bool


class Amount(NamedTuple):
    """A value from token ``start`` up to token ``end``; ``size`` is the scale it was given."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    size: Decimal = Decimal(1)
    vague: bool = False


_BEYOND = (Token(0, 0, "", "", False, False),) * MAX_LOOK

# The tables of words that a value, a currency before it or a date begins with, and what else
# one begins with that stands in none.
_OPENING = ("number", "vague", "glyph", "symbol", "dollar", "code", "month")
_OPENERS = frozenset({"a", "an", "half", "twice", "several", "many", "few", "-", "−"})


@cache
def openers() -> frozenset[str]:
    """Return all words and marks that a quantity may begin with, beside figures."""
    return _OPENERS.union(*map(table, _OPENING))


class Numbers:
    """Reads amounts; every method takes token indices and looks a bounded way around them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.done = 0
        end = 0
        for gap, word in _TOKEN.findall(text):
            near = end > 0 and (len(gap) < 2 or (len(gap) <= MAX_GAP and gap.count("\n") < 2))
            start = end + len(gap)
            end = start + len(word)
            word = word[:MAX_WORD]
            self.tokens.append(Token(start, end, word, word.lower(), near and not gap, near))
        # An index below zero means one of these as well.
        self._around = [*self.tokens, *_BEYOND]

    def at(self, i: int) -> Token:
        """Return a token, an empty one beyond the ends."""
        return self._around[i]

    def low(self, i: int) -> str:
        """Return the lower-case word if it stands near the one before it, else ""."""
        token = self._around[i]
        return token.low if token.near else ""

    def amount(self, i: int, joined: bool = False) -> Amount | None:
        """Read one value with its currency or unit; ``joined``: a dash before it is a range."""
        j, money = self.currency(i)
        sign = 1
        if self.at(j).text in {"-", "−"} and self.at(j + 1).glued and not self.at(j).glued:
            j, sign = j + 1, -1
        read = self.part(j) or self.vague(j) or self.figure(j, money != "", joined)
        read = read or self.worded(j, joined)
        if read is None:
            return None
        read = read._replace(start=i, unit=read.unit or money, value=read.value * sign)
        return read if read.unit else self.united(read)

    def currency(self, i: int) -> tuple[int, str]:
        """Return where the value starts and the currency written before it, "" if none."""
        token, behind = self.at(i), self.at(i + 1)
        if token.text in table("symbol"):
            return i + 1, table("symbol")[token.text]
        if token.low in table("dollar") and behind.text == "$" and behind.glued:
            return i + 2, table("dollar")[token.low]
        return (i + 1, token.text) if token.text in table("code") else (i, "")

    def united(self, read: Amount) -> Amount:
        """Take the unit behind a value: "per cent", "years", "-year"."""
        j = read.end
        if self.at(j).text in {"-", "‑"} and self.at(j).glued and self.at(j + 1).glued:
            j += 1
        for words in (2, 1):
            phrase = " ".join(self.low(k) for k in range(j, j + words))
            unit = table("unit").get(phrase)
            if phrase in table("symbol") and self.digit(j + 1):
                continue
            if unit and not (phrase == "day" and self.at(read.start).low == "one"):
                times, _, name = unit.rpartition("*")
                return read._replace(value=read.value * int(times or 1), unit=name, end=j + words)
        return read

    def united_of(self, read: Amount) -> Amount:
        """Take the unit of a vague value: "millions of dollars"."""
        if self.low(read.end) != "of":
            return read
        united = self.united(read._replace(end=read.end + 1))
        return united if united.unit else read

    # -- figures -------------------------------------------------------------------------------

    def figure(self, i: int, money: bool, joined: bool) -> Amount | None:
        """Read "1,200", "1.2 million", "1.2m", "2½"; None for what is no number."""
        token = self.at(i)
        text = token.text
        if not _FIGURE.fullmatch(text) or self.labelled(i, joined):
            return None
        if len(text) > 1 and text[0] == "0" and text[1] != ".":
            return None
        read = Amount(i, i + 1, Decimal(text.replace(",", "")))
        behind = self.at(i + 1)
        if behind.glued and behind.low in table("glyph"):
            read = read._replace(end=i + 2, value=read.value + Decimal(table("glyph")[behind.low]))
        elif behind.low in table("letter") and (behind.glued or (money and behind.near)):
            size = Decimal(table("letter")[behind.low])
            if not self.letter(i + 2, glued=True):
                return read._replace(end=i + 2, value=read.value * size, size=size)
        elif behind.glued and (behind.text in {":", "/"} or self.letter(i + 1, glued=True)):
            split = behind.text in {":", "/"} and self.digit(i + 2)
            if split or (behind.low not in table("unit") and behind.text not in {":", "/"}):
                return None
        return self.scaled(read)

    def labelled(self, i: int, joined: bool) -> bool:
        """Tell whether a figure belongs to a name, a list, a phone number or a time."""
        token, before, behind = self.at(i), self.at(i - 1), self.at(i + 1)
        if joined:
            return False
        if token.near and self.digit(i - 1) and i - 1 >= self.done:
            return True
        if behind.near and not behind.glued and self.digit(i + 1):
            return True
        if behind.near and (behind.low in {"am", "pm", "o"} or self.meridiem(i + 1)):
            return True
        if token.glued:
            if self.letter(i - 1) or before.text in _BINDING or self.digit(i - 1):
                return True
            if before.text in {"-", "‑"} and before.glued:
                return not (len(token.text) == len(self.at(i - 2).text) == 4 and self.digit(i - 2))
            if before.text in {"(", "["} and behind.text in {")", "]"}:
                return True
        named = i - 2 if before.text == "." else i - 1
        if token.near and self.at(named).low in table("label"):
            return True
        margin = self.text[max(0, token.start - 8) : token.start].rstrip(" \t")
        at_margin = margin.endswith("\n") or (not margin and token.start <= 8)
        listed = behind.glued and behind.text in {".", ")"} and self.at(i + 2).near
        alone = behind.near and "\n" in self.text[token.end : behind.start]
        return at_margin and (listed or alone)

    def meridiem(self, i: int) -> bool:
        """Tell whether "a.m." or "p.m." stands at token ``i``."""
        return self.at(i).low in {"a", "p"} and self.low(i + 1) == "." and self.low(i + 2) == "m"

    def digit(self, i: int) -> bool:
        """Tell whether a token is a figure."""
        return self.at(i).text[:1].isdecimal()

    def letter(self, i: int, glued: bool = False) -> bool:
        """Tell whether a token is a word, glued to the one before it if that is asked."""
        return self.at(i).text[:1].isalpha() and (self.at(i).glued or not glued)

    def scaled(self, read: Amount) -> Amount:
        """Take "and a half", then up to two scale words ("million", "hundred thousand")."""
        j, value, size = read.end, read.value, read.size
        if (self.low(j), self.low(j + 1)) == ("and", "a") and self.low(j + 2) in {
            "half",
            "quarter",
        }:
            value += size / int(table("part")[self.low(j + 2)])
            j += 3
        for _ in range(2):
            k = j + (self.low(j) == "-" and self.at(j).glued and self.at(j + 1).glued)
            if self.low(k) not in table("scale"):
                break
            step = Decimal(table("scale")[self.low(k)])
            j, value, size = k + 1, value * step, size * step
        return read._replace(end=j, value=value, size=size)

    # -- words ---------------------------------------------------------------------------------

    def worded(self, i: int, joined: bool) -> Amount | None:
        """Read "twenty-five", "one hundred and ten thousand", "a dozen", "a million"."""
        if self.at(i).glued and self.at(i - 1).text in {"-", "‑", "'", "’"} and not joined:
            return None
        numbers, scales = table("number"), table("scale")
        total, current, size, j = 0, 0, 10**15, i
        if self.at(i).low in {"a", "an"} and self.low(i + 1) in scales:
            current, j = 1, i + 1
        elif self.at(i).low not in numbers:
            return None
        last = i + MAX_NUMBER_WORDS
        while j < last:
            word = self.at(j).low if j == i else self.low(j)
            if word in numbers and _fits(current, int(numbers[word])):
                current += int(numbers[word])
            elif word == "hundred" and 0 < current < 100:
                current *= 100
            elif word in scales and word != "hundred" and current and int(scales[word]) < size:
                size = int(scales[word])
                total, current = total + current * size, 0
            elif not self.links(j):
                break
            j += 1
        if self.low(j) == "-" and self.low(j + 1) in table("ordinal") and self.at(j).glued:
            return None
        step = Decimal(size if size < 10**15 else 1)
        return self.scaled(Amount(i, j, Decimal(total + current), size=step))

    def links(self, j: int) -> bool:
        """Tell whether token ``j`` joins number words: "hundred and ten", "twenty-five"."""
        behind, before = table("number").get(self.low(j + 1)), self.at(j - 1).low
        if behind is None:
            return False
        if self.low(j) == "and":
            return before in table("scale") and before != "dozen"
        tens = int(table("number").get(before, 0)) >= 20
        return self.low(j) in {"-", "‑"} and tens and 0 < int(behind) < 10

    def vague(self, i: int) -> Amount | None:
        """Read "thousands", "tens of thousands", "scores of", "several hundred"."""
        vague, word = table("vague"), self.at(i).low
        if word in {"several", "many", "few"} and self.low(i + 1) in table("scale"):
            return Amount(i, i + 2, Decimal(table("scale")[self.low(i + 1)]), vague=True)
        if word not in vague or self.digit(i - 1):
            return None
        value, end, of = int(vague[word]), i + 1, self.low(i + 1) == "of"
        if of and self.low(i + 2) in vague:
            value, end = value * int(vague[self.low(i + 2)]), i + 3
        elif not of and word in {"tens", "scores"}:
            return None
        return self.united_of(Amount(i, end, Decimal(value), vague=True))

    # -- parts and multiples -------------------------------------------------------------------

    def part(self, i: int) -> Amount | None:
        """Read "half", "a third of", "two-thirds", "1/3 of", "one in five", "twice as"."""
        word = self.at(i).low
        if word == "twice" and self.low(i + 1) in {"as", "the", "that", "their", "its"}:
            return Amount(i, i + 1, Decimal(2), "times")
        if word == "half":
            return self.half(i)
        if word in table("glyph") and self.low(i + 1) in {"of", "the"}:
            return Amount(i, i + 1, Decimal(table("glyph")[word]), "fraction")
        top = 1 if word in {"a", "an"} else int(table("number").get(word, 0))
        figure = self.at(i).text
        if figure.isdecimal() and len(figure) < 4 and not self.labelled(i, joined=False):
            top = int(figure)
            if self.low(i + 1) == "/" and self.digit(i + 2) and self.low(i + 3) == "of":
                bottom = self.at(i + 2).text
                return self.share(i, i + 3, top, int(bottom) if bottom.isdecimal() else 0)
        if not top:
            return None
        k = i + 1 + (self.low(i + 1) == "-" and self.at(i + 1).glued)
        name = self.low(k)
        if name in table("part"):
            plural = name.endswith("s") or name == "halves"
            article = word in {"a", "an"} and not self.ends_part(i, k + 1)
            if plural == (top == 1) or article:
                return None
            return self.share(i, k + 1, top, int(table("part")[name]))
        return self.of_so_many(i, top) if word not in {"a", "an"} else None

    def ends_part(self, i: int, end: int) -> bool:
        """Tell whether "a third" is a part there, and neither a rank nor three months."""
        if self.low(end) == "of" or self.at(i - 1).low in {"by", "than", "nearly", "almost"}:
            return True
        return not (self.letter(end) and self.at(end).near) and self.at(i - 1).low != "in"

    def of_so_many(self, i: int, top: int) -> Amount | None:
        """Read "nine out of ten", "one in five", "four in ten"."""
        out = (self.low(i + 1), self.low(i + 2)) == ("out", "of")
        few = top == 1 or self.low(i + 2) in {"three", "four", "five", "ten", "10"}
        if not out and not (few and self.low(i + 1) == "in"):
            return None
        start = i + 2 + out
        if not self.at(start).near:
            return None
        bottom = self.figure(start, money=False, joined=False) or self.worded(start, joined=False)
        if bottom is None or bottom.value > 1000 or self.united(bottom).unit:
            return None
        return self.share(i, bottom.end, top, int(bottom.value))

    def share(self, i: int, end: int, top: int, bottom: int) -> Amount | None:
        """Return a proper fraction to four places, times the scale of "of a million"."""
        if not top < bottom:
            return None
        value = Decimal(top) / Decimal(bottom)
        if (
            self.low(end) == "of"
            and self.low(end + 1) == "a"
            and self.low(end + 2) in table("scale")
        ):
            return Amount(i, end + 3, value * int(table("scale")[self.low(end + 2)]))
        return Amount(i, end, value.quantize(Decimal("0.0001")).normalize(), "fraction")

    def half(self, i: int) -> Amount | None:
        """Read "half a million", "half an hour", "half of", "half the"."""
        k = i + 1
        if self.low(k) in {"a", "an"} or (self.low(k) == "-" and self.at(k).glued):
            k += 1
        if self.low(k) in table("scale"):
            return Amount(i, k + 1, Decimal("0.5") * int(table("scale")[self.low(k)]))
        if k > i + 1 and self.low(k) in table("unit"):
            return Amount(i, k, Decimal("0.5"))
        if self.low(i + 1) == "of" or (self.low(i + 1) in table("determiner") and k == i + 1):
            return Amount(i, i + 1, Decimal("0.5"), "fraction")
        return None


def _fits(current: int, value: int) -> bool:
    """Tell whether a number word may follow: tens and teens on hundreds, digits on tens."""
    if value == 0 or value >= 10:
        return current % 100 == 0 and (value > 0 or current == 0)
    return current % 10 == 0 and current % 100 != 10
