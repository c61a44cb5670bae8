"""Words like "yesterday" and "last month" as the dates that they meant on the day of the article.

One table: a pattern, and what it is on a given day. "since last year" keeps its own
preposition, "last year" alone is given one. What cannot be told ("a decade ago", "last
winter") stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve"),
)
_COUNT = rf"(?P<n>an?|\d{{1,3}}|{'|'.join(_NUMBERS)}|couple of|a couple of)"
_PREPOSITIONS = "since|by|until|till|before|after|from|for|of|during|through|to|in|on|over|into"
_PARTS = "morning|afternoon|evening|night"
_WHICH = {"last": -1, "this": 0, "next": 1, "previous": -1}
_FUTURE = re.compile(r"\b(?:will|shall|going to|won['’]t|due)\b|['’]ll\b", re.IGNORECASE)
_QUARTERS = ("first", "second", "third", "fourth")

# (preposition that is needed, the date itself), or None where nothing certain can be said.
Answer = tuple[str, str] | None
Reading = Callable[[re.Match[str], date, bool], Answer]


def with_dates(words: str, day: date) -> str:
    """Return ``words`` with what counts from ``day`` said by its date."""
    future = _FUTURE.search(words) is not None
    for pattern, answer in _TABLE:
        words = _said_by_date(words, pattern, answer, day, future)
    return words


def _said_by_date(
    words: str, pattern: re.Pattern[str], answer: Reading, day: date, future: bool
) -> str:
    return pattern.sub(lambda found: _put(found, answer(found, day, future)), words)


def in_words(day: date) -> str:
    """The date as a newspaper prints it: 12 March 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _put(found: re.Match[str], answer: Answer) -> str:
    if answer is None:
        return found.group()
    needed, when = answer
    own = found.group("own")
    text = f"{own}{when}" if own else f"{needed} {when}".strip()
    return text[0].upper() + text[1:] if found.group()[0].isupper() else text


def _day(found: re.Match[str], day: date, _: bool) -> Answer:
    moment = found.group("day").lower()
    if moment == "last night":
        return "on", f"the night of {in_words(day - timedelta(1))}"
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[moment]
    when = in_words(day + timedelta(shift))
    part = "evening" if moment == "tonight" else found.group("part")
    return "on", f"the {part.lower()} of {when}" if part else when


def _part_of_today(found: re.Match[str], day: date, _: bool) -> Answer:
    return "on", f"the {found.group('part').lower()} of {in_words(day)}"


def _dated(found: re.Match[str], day: date, _: bool) -> Answer:
    shift = _WHICH[found.group("which").lower()]
    unit = found.group("unit").lower()
    if unit == "week":
        return "in", f"the week of {in_words(_monday(day) + timedelta(weeks=shift))}"
    if unit == "month":
        return "in", _month(day, shift)
    if unit == "quarter":
        count = day.year * 4 + (day.month - 1) // 3 + shift
        return "in", f"the {_QUARTERS[count % 4]} quarter of {count // 4}"
    return "in", str(day.year + shift)


def _possessive(found: re.Match[str], day: date, future: bool) -> Answer:
    if "which" in found.re.groupindex:
        if found.group("unit").lower() in {"week", "quarter"}:
            return None
        answer = _dated(found, day, future)
    else:
        answer = _day(found, day, future)
    return ("", f"the {answer[1]}") if answer else None


def _season(found: re.Match[str], day: date, _: bool) -> Answer:
    return "in", f"the {found.group('season').lower()} of {day.year}"


def _ago(found: re.Match[str], day: date, _: bool) -> Answer:
    count, unit = _number(found.group("n")), found.group("unit").lower()
    if unit == "day":
        return "on", in_words(day - timedelta(count))
    if unit == "week":
        return "in", f"the week of {in_words(_monday(day) - timedelta(weeks=count))}"
    if unit == "month":
        return "in", _month(day, -count)
    return ("in", str(day.year - count)) if count < day.year else None


def _past(found: re.Match[str], day: date, _: bool) -> Answer:
    unit, count = found.group("unit").lower(), found.group("count") or ""
    if not unit.endswith("s") and found.group("which").lower() == "last":
        return None  # "the last day" may be the last one of anything
    until = in_words(day) if unit[:3] in {"day", "wee"} else _month(day, 0)
    return "", f"the {count}{found.group('unit')} to {until}"


def _weekday(found: re.Match[str], day: date, future: bool) -> Answer:
    wanted = DAYS.index(found.group("weekday").lower())
    which = (found.group("which") or "").lower()
    back = (day.weekday() - wanted) % 7
    if which == "next" or (future and which != "last"):
        ahead = (wanted - day.weekday()) % 7
        when = day + timedelta(ahead or (7 if which == "next" else 0))
    else:
        when = day - timedelta(back or (7 if which == "last" else 0))
    return "on", f"{found.group('weekday').capitalize()} {in_words(when)}"


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _month(day: date, shift: int) -> str:
    count = day.year * 12 + day.month - 1 + shift
    return f"{MONTHS[count % 12]} {count // 12}"


def _number(word: str) -> int:
    word = word.lower()
    if word.isdecimal():
        return int(word)
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    return 2 if "couple" in word else 1


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<own>\b(?:{_PREPOSITIONS})\s+)?\b{words}", re.IGNORECASE)


_DAY = r"(?P<day>yesterday|today|tomorrow|tonight|last night)"
# "The last year" may be the last one of anything.
_UNIT = r"(?<!the )(?P<which>last|this|next|previous)\s+(?P<unit>week|month|quarter|year)"
_OWN = r"['’]s\b"
_END = r"\b(?!['’]s)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(DAYS)})"
# A weekday that has its date already.
_UNDATED = rf"{_END}(?!,?\s+(?:\d|(?:{'|'.join(MONTHS)})\b))"
_TABLE: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (_pattern(rf"{_UNIT}{_OWN}"), _possessive),
    (_pattern(rf"(?P<day>yesterday|today|tomorrow)(?P<part>){_OWN}"), _possessive),
    (_pattern(rf"{_UNIT}{_END}"), _dated),
    (_pattern(rf"this\s+(?P<season>spring|summer|autumn|fall){_END}"), _season),
    (_pattern(rf"this\s+(?P<part>{_PARTS}){_END}"), _part_of_today),
    (_pattern(rf"{_DAY}(?:\s+(?P<part>{_PARTS}))?{_END}"), _day),
    (_pattern(rf"{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+ago\b"), _ago),
    (
        re.compile(
            rf"(?P<own>)\bthe\s+(?P<which>last|past)\s+(?P<count>(?:\d{{1,3}}|{'|'.join(_NUMBERS)}"
            r"|few|couple of|several)\s+)?(?P<unit>(?:day|week|month|year|decade)s?)"
            r"\b(?!\s+of\b|['’]s)",
            re.IGNORECASE,
        ),
        _past,
    ),
    (
        re.compile(
            rf"(?P<own>\bon\s+)(?:(?P<which>last|this|next)\s+)?{_WEEKDAY}{_UNDATED}", re.IGNORECASE
        ),
        _weekday,
    ),
    (
        re.compile(rf"(?P<own>)\b(?P<which>last|this|next)\s+{_WEEKDAY}{_UNDATED}", re.IGNORECASE),
        _weekday,
    ),
)
