"""The words of one expression and what is known around it: what every rule is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from briefing.text.times.calendar import Meaning
from briefing.text.times.lexicon import Token, Value
from briefing.text.times.tense import Tense

_MULTIPLES = (12, 100)  # "two dozen", "a hundred"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens that a pattern matched."""

    text: str  #: in lower case
    tokens: tuple[Token, ...]

    def has(self, name: str) -> bool:
        """Whether a token belongs to a class, or is that very word."""
        return any(name in token.values for token in self.tokens)

    def all(self, *names: str) -> list[Value]:
        """The values of every token that belongs to one of the classes, in order."""
        found = ((token.values[n] for n in names if n in token.values) for token in self.tokens)
        return [value for values in found for value in list(values)[:1]]

    def number(self, *names: str) -> int | None:
        """The first number that a token has for one of the classes."""
        return next((v for v in self.all(*names) if isinstance(v, int)), None)

    def word(self, *names: str) -> str | None:
        """The first text that a token has for one of the classes."""
        return next((v for v in self.all(*names) if isinstance(v, str)), None)

    def year(self) -> int | None:
        """The year that is written, in figures or in words."""
        if (year := self.number("YEAR")) is not None:
            return year
        if (century := self.number("CENTURY_WORD")) is None:
            return self.number("SHORT_YEAR")
        rest = [
            v for v in self.all("TENS", "NUMBER_WORD") if isinstance(v, int) and v * 100 != century
        ]
        return century + sum(rest) if 0 < sum(rest) < 100 else None

    def month(self) -> int:
        """The month that is named; 0 when none is."""
        return self.number("MONTH", "SHORT_MONTH") or 0

    def count(self) -> int | None:
        """How many: figures, words or "a"; None when there is no number."""
        numbers = [v for v in self.all("NUMBER", "NUMBER_WORD", "ONE") if isinstance(v, int)]
        if not numbers:
            return None
        if len(numbers) > 1 and numbers[1] in _MULTIPLES:
            return numbers[0] * numbers[1]
        return (
            sum(numbers[:2]) if 20 <= numbers[0] < 100 and self.has("NUMBER_WORD") else numbers[0]
        )

    def modified(self, meaning: Meaning) -> Meaning:
        """The same period, with "early", "mid" or "the end of" kept beside it."""
        modifier = self.word("MOD", "EDGE")
        return replace(meaning, modifier=modifier) if modifier else meaning


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the words."""

    day: date | None  #: the article's own date in its own zone
    tense: Tense
    previous: Meaning | None  #: the calendar period mentioned last, when still near
    previous_day: Meaning | None  #: the day mentioned last
    last_quarter: Meaning | None  #: the quarter mentioned last
    reported_quarter: Meaning | None  #: the same, unless a longer period was reported on since
    month_first: bool


#: A rule: what the words mean here, or None when they mean no time at all.
Rule = Callable[[Phrase, Context], Meaning | None]
