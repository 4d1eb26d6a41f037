"""A text in another language than English -> its figures, by the separators and words of its file.

The languages with a data file write a decimal comma, and part thousands by a stop, a space or a
thin space: "1.500", "1 500,5".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.tables import load_language, load_topic


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text."""

    value: float  #: of a time of day hours × 100 + minutes
    unit: str  #: the word behind it as written, or "clock"; "" when bare
    start: int
    end: int  #: behind the number and its multiplier
    unit_end: int


@dataclass(frozen=True, slots=True)
class _Numbers:
    pattern: re.Pattern[str]
    words: Mapping[str, float]
    multipliers: Mapping[str, float]
    months: frozenset[str]


def find_numerals(text: str, language: str) -> Iterator[Numeral]:
    """The numbers of a text in order; years and days of the month are left out."""
    numbers = _numbers(language)
    for match in numbers.pattern.finditer(text):
        unit, end = match["mark"] or match["unit"] or "", match.end("number")
        if match["hours"]:
            value = float(match["hours"]) * 100 + float(match["minutes"])
            yield Numeral(value, "clock", match.start(), match.end(), match.end())
            continue
        if match["digits"] and _is_date(match, unit, numbers.months):
            continue
        value = (
            float(re.sub(r"[.\s’']", "", match["digits"]).replace(",", "."))
            if match["digits"]
            else numbers.words[match["word"].lower()]
        )
        if match["multiplier"]:
            value *= numbers.multipliers[match["multiplier"].lower()]
            end = match.end("multiplier")
        yield Numeral(value, unit, match.start(), end, match.end())


def _is_date(match: re.Match[str], unit: str, months: frozenset[str]) -> bool:
    """Whether bare digits are a year or the day of a month."""
    digits = match["digits"]
    if match["multiplier"] or not digits.isdigit():
        return False
    is_year = len(digits) == 4 and 1900 <= int(digits) <= 2100
    is_day = int(digits) <= 31 and (bool(match["ordinal"]) or unit.lower() in months)
    return is_year or is_day


@lru_cache(maxsize=32)
def _numbers(language: str) -> _Numbers:
    table = load_language(language).get("figures", {})
    words = {word: float(value) for word, value in table.get("words", {}).items()}
    multipliers = {word: float(value) for word, value in table.get("multipliers", {}).items()}
    months = (load_topic("time_words", language) or {}).get("words", {}).get("MONTH", {})
    pattern = re.compile(
        rf"""(?xi)
        (?<![\w.,])
        (?:
          (?P<hours>[01]?\d|2[0-4])(?::|h\s?|[ ]h[ ])(?P<minutes>[0-5]\d)\b
          | (?P<number>
              (?P<digits>\d{{1,3}}(?:[.\s’']\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?)
              | (?P<word>{_choice(words)})\b
            )
            (?P<ordinal>\.(?=\s[^\W\d_]))?
            (?:\s(?P<multiplier>{_choice(multipliers)})\b)?
            (?:\s?(?P<mark>[%€$£])|\s(?:de\s|d[’'])?(?P<unit>[^\W\d_][\w-]*))?
        )
        """
    )
    listed = frozenset(word.lower() for row in months for word in row.split())
    return _Numbers(pattern, words, multipliers, listed)


def _choice(listed: Mapping[str, float]) -> str:
    return "|".join(sorted(map(re.escape, listed), key=lambda w: (-len(w), w))) or "(?!)"
