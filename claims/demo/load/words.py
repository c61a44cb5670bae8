"""Invented language: words, names and sentences with the frequencies of real text."""

import random
from itertools import accumulate, product

# ruff: noqa: SIM905  words are easier to read and to add to as words
_FIRST = "ba be bi bo bu da de di do du fa fe fi ga ge go ka ke ki la le li lo ma me mi mo".split()
_LAST = "len mar nor rak rin sel sta tan tor val van vek wen zar den dor gal her kas lun".split()
_COMMON = (
    "the of to and in a that for is on with as was by at from it an be are has have will this "
    "which not or its were been more than had would new also their after but one two about over"
).split()
_NOUNS = (
    "hospital budget bridge school river tax energy housing wage border election harvest debt "
    "police water road court union factory pension climate trade port mayor council minister"
).split()
_UNITS = ("%", " per cent", " million", ",000 people", " jobs", " kilometres", " euros")


class Words:
    """A source of text that says the same for the same seed."""

    def __init__(self, seed: int, vocabulary: int = 5_000) -> None:
        self.rng = random.Random(seed)  # noqa: S311  to be the same each time
        rare = ["".join(parts) for parts in product(_FIRST, _LAST)]
        rare += [one + other for one, other in product(rare[:100], _LAST)]
        self._words = [*_COMMON, *_NOUNS, *rare][:vocabulary]
        # Zipf's law: the n-th word is as frequent as 1/n.
        self._weights = list(accumulate(1 / n for n in range(1, len(self._words) + 1)))

    @property
    def rarest(self) -> str:
        """The least frequent word there is."""
        return self._words[-1]

    def sentence(self, length: int = 12) -> str:
        """A sentence without its full stop, with a number in it two times in three."""
        words = self.rng.choices(self._words, cum_weights=self._weights, k=length)
        words.insert(length // 2, self.rng.choice(_NOUNS))
        if self.rng.random() < 2 / 3:
            words.insert(length // 3, f"{self.rng.randrange(1, 999)}{self.rng.choice(_UNITS)}")
        text = " ".join(words)
        return text[0].upper() + text[1:]

    def name(self, number: int) -> str:
        """The name of person ``number``; never the same for two numbers below 250,000."""
        number, first = divmod(number, len(_FIRST))
        number, second = divmod(number, len(_LAST))
        number, third = divmod(number, len(_LAST))
        given = _FIRST[first] + _LAST[second]
        family = _LAST[third] + _FIRST[number % len(_FIRST)]
        return f"{given.capitalize()} {family.capitalize()}n"

    def topic(self, number: int) -> str:
        """The name of topic ``number``, each another."""
        return f"{_NOUNS[number % len(_NOUNS)].capitalize()} {number}"
