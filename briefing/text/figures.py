"""A text -> the figures in it, each with its unit, so that 12 people and 12 km are two things.

The same figures in one notation make "38mm" and "38 millimetres", "1 p.m." and "13:00" one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.numerals import find_numerals
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
      | \b(?P<rank>(?<!\ba\s)(?<!per\s)second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b
        (?=\s[^\W\d_])
    )
    (?P<ordinal>st\b|nd\b|rd\b|th\b)?
    (?:
      [\s-]?(?P<multiplier>thousand|million|billion|trillion|mn|bn|tn)\b
      | (?(money)(?P<letter>[km])\b)
    )?
    (?:\s?(?P<unit>%|°[cf]|[ap]\.m\b|p\b|[^\W\d_][\w’'-]*(?:\.[a-z])?))?
    """
)


#: What opens the unit of a place in an order: "the second engine" is another than the third.
RANK = "rank of "
CLOCK = "clock"
#: How telling a figure is that two statements hardly share by chance.
EXACT = 2.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts or measures."""

    value: float  #: of a time of day hours × 100 + minutes
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
    if language != "en":
        return tuple(
            PlacedFigure(Figure(n.value, _counted(n.unit, language)), n.start, n.end, n.unit_end)
            for n in find_numerals(text, language)
        )
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


def in_one_notation(text: str, language: str = "en") -> str:
    """An English text with each figure written in one way, and without the units of the table.

    A text in another language stays as it is.
    """
    if language != "en":
        return text
    return _FIGURE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    value = _value(match)
    if value is None or match["rank"]:
        return match[0]
    if _is_time(match):
        return f" h{value:04.0f} "
    unit = match["unit"] or ""
    return f" {f'{value:.3f}'.rstrip('0').rstrip('.')} {'' if _is_listed(unit) else unit}"


def telling(figure: Figure) -> float:
    """How seldom a figure is equal by chance: 0 below ten, 1 from ten on, 2 for an exact one.

    Exact is what has three digits that are not zeros at its end, or a time not on the hour. What
    is counted ("228 people") is told again whenever its subject is named, and so tells half.
    """
    if figure.unit == CLOCK:
        return EXACT if figure.value % 100 else 1.0
    digits = f"{figure.value:.3f}".rstrip("0").replace(".", "").strip("0")
    measured = 1.0 if figure.unit in load_table("units")["units"] else 0.5
    if len(digits) > 2:
        return EXACT * measured
    return measured if figure.value >= 10 or len(digits) > 1 else 0.0


def _value(match: re.Match[str]) -> float | None:
    table = load_table("units")
    if _is_time(match):
        hours, _, minutes = (
            (match["clock"] or match["colon"] or match["digits"]).replace(":", ".").partition(".")
        )
        half = (match["unit"] or "").lower()[:1]
        hour = int(hours) % 12 + 12 * (half == "p") if half in {"a", "p"} else int(hours)
        return hour * 100.0 + int(minutes or 0)
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["compound"]:
        tens, ones = re.split(r"[- ]", match["compound"].lower())
        value = table["words"][tens] + table["words"].get(ones, 1)
    else:
        word = table["words"].get((match["word"] or match["rank"]).lower())
        if word is None:
            return None
        value = float(word)
    multiplier = match["multiplier"] or match["letter"] or ""
    return float(value * table["multipliers"].get(multiplier.lower(), 1))


def _is_time(match: re.Match[str]) -> bool:
    """Whether a figure is a time of day: "4:10", "4.10 a.m.", "4 a.m."."""
    if match["clock"] or match["colon"]:
        return True
    unit = (match["unit"] or "").lower()
    return (
        unit in {"am", "pm", "a.m", "p.m"}
        and re.fullmatch(r"\d\d?", match["digits"] or "") is not None
    )


_MONTH = re.compile(
    r"""(?xi)
    (?: january | february | march | april | may | june | july | august | september | october
      | november | december | jan | feb | mar | apr | jun | jul | aug | sept? | oct | nov | dec
    ) \.? $
    """
)


#: What tells a year before 1900 from a number of people.
_BEFORE_YEAR = frozenset(("in", "In", "since", "Since", "until", "from", "by", "of"))


def _is_date(match: re.Match[str], value: float) -> bool:
    """Whether a bare number is a year, or the day of a month."""
    if _is_time(match) or match["multiplier"] or match["money"]:
        return False
    before = match.string[: match.start()].rstrip().rsplit(" ", 1)[-1]
    if match["digits"] and len(match["digits"]) == 4:
        return (1500 if before in _BEFORE_YEAR else 1900) <= value <= 2100
    if value > 31:
        return False
    return bool(_MONTH.match(match["unit"] or "") or _MONTH.match(before))


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {word: unit for unit, words in load_table("units")["units"].items() for word in words}


def _is_listed(word: str) -> bool:
    return word.lower().rstrip(".") in _units()


def _counted(word: str, language: str) -> str | None:
    """The unit of the table that a word is, else its stem; None where it counts nothing."""
    word = word.lower()
    if not word or word in stop_words(language):
        return None
    return _units().get(word) or stem(word, language)


def _unit(match: re.Match[str], language: str) -> str | None:
    if _is_time(match):
        return CLOCK
    units = _units()
    if match["money"]:
        return units[match["money"]]
    word = (match["unit"] or "").lower().rstrip(".")
    if word in units:
        return units[word]
    counted = _counted(word, language)
    return f"{RANK}{counted}" if counted and (match["rank"] or match["ordinal"]) else counted
