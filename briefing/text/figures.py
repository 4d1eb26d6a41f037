"""A text -> the figures in it, each with its unit, so that 12 people and 12 km are two things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.tables import load_table
from briefing.text.words import stem, stop_words

_TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = r"(?:thir|four|fif|six|seven|eigh|nine)"
_ONES = r"two|three|four|five|six|seven|eight|nine"
_FIGURE = re.compile(
    rf"""(?xi)
    (?=[$£€¥\d]|\b[tfsned])  # nothing else begins a figure, and most places are left here
    (?P<money>[$£€¥])?
    (?:
      (?P<clock>\d{{1,2}}[:.]\d{{2}})(?=\s?(?:[ap]\.?m\b|gmt\b|local\b|o['’]clock))
      | (?P<colon>\d{{1,2}}:\d{{2}})
      | (?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
      | \b(?P<compound>(?:{_TENS})[- ](?:{_ONES}|one))\b
      | \b(?P<word>{_TENS}|{_ONES}|ten|eleven|twelve|dozen|{_TEENS}teen)\b
    )
    (?P<ordinal>st\b|nd\b|rd\b|th\b)?
    (?:[\s-]?(?P<multiplier>thousand|million|billion|trillion|mn|bn|tn)\b)?
    (?:\s?(?P<unit>%|°[cf]|p\b|[^\W\d_][\w’'-]*(?:\.[a-z])?))?
    """
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts or measures."""

    value: float
    unit: str | None  #: a unit of the table, or the stem of the word behind it; None when bare


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure where it stands in a text."""

    figure: Figure
    start: int
    end: int  #: behind the number and its multiplier
    unit_end: int  #: behind the unit as well


@lru_cache(maxsize=16_384)
def find_figures(text: str, language: str = "en") -> frozenset[Figure]:
    """The distinct figures of a text; years and days of the month are left to dates."""
    return frozenset(placed.figure for placed in place_figures(text, language))


@lru_cache(maxsize=16_384)
def place_figures(text: str, language: str = "en") -> tuple[PlacedFigure, ...]:
    """Every figure of a text in order, with its offsets; dates are left out, too."""
    found = []
    for match in _FIGURE.finditer(text):
        value = _value(match)
        if value is None or _is_date(match, value):
            continue
        end = match.end() if match["unit"] is None else match.start("unit")
        number = text[match.start() : end].rstrip()
        figure = Figure(value, _unit(match, language))
        found.append(PlacedFigure(figure, match.start(), match.start() + len(number), match.end()))
    return tuple(found)


def _value(match: re.Match[str]) -> float | None:
    table = load_table("units")
    if clock := match["clock"] or match["colon"]:
        hours, minutes = re.split(r"[:.]", clock)
        afternoon = (match["unit"] or "").lower().startswith("p") and int(hours) < 12
        return (int(hours) + 12 * afternoon) * 100.0 + int(minutes)
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["compound"]:
        tens, ones = re.split(r"[- ]", match["compound"].lower())
        value = table["words"][tens] + table["words"].get(ones, 1)
    else:
        word = table["words"].get(match["word"].lower())
        if word is None:
            return None
        value = float(word)
    return float(value * table["multipliers"].get((match["multiplier"] or "").lower(), 1))


_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$", re.IGNORECASE)


def _is_date(match: re.Match[str], value: float) -> bool:
    """Whether a bare number is a year, or the day of a month."""
    if match["clock"] or match["colon"] or match["multiplier"] or match["money"]:
        return False
    if match["digits"] and len(match["digits"]) == 4 and 1900 <= value <= 2100:
        return True
    if value > 31:
        return False
    before = match.string[: match.start()].rstrip().rsplit(" ", 1)[-1]
    return bool(_MONTH.match(match["unit"] or "") or _MONTH.match(before))


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {word: unit for unit, words in load_table("units")["units"].items() for word in words}


def _unit(match: re.Match[str], language: str) -> str | None:
    if match["clock"] or match["colon"]:
        return "clock"
    units = _units()
    if match["money"]:
        return units[match["money"]]
    word = (match["unit"] or "").lower().rstrip(".")
    if word in units:
        return units[word]
    return None if not word or word in stop_words(language) else stem(word, language)
