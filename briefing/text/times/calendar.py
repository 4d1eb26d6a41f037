"""A day, week, month, quarter, season, year … -> its first and last day and its written value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Granularity = Literal["day", "week", "month", "year", "range", "part", "duration", "unknown"]
Kind = Literal["date", "time", "duration", "set", "vague"]

_DAYS = {"week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3660, "century": 36600}
#: First month of the seasons of the northern year; winter begins in the year that names it.
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression stands for, and how that was found."""

    first: date | None = None  #: None when the calendar cannot be told
    last: date | None = None
    granularity: Granularity = "unknown"
    value: str = ""  #: as TIMEX3 writes it; X for what is not known; "" when nothing is
    kind: Kind = "date"
    how: str = ""  #: the direction that was taken and why, or ""
    is_anchor: bool = (
        True  #: whether later expressions count from it; "a year earlier" looks back only
    )
    modifier: str = ""  #: "start", "mid" or "end" of the period, or ""

    @property
    def is_resolved(self) -> bool:
        """Whether the calendar days are known."""
        return self.first is not None


def a_day(day: date) -> Meaning:
    """One calendar day."""
    return Meaning(day, day, "day", day.isoformat())


def a_week(day: date) -> Meaning:
    """The week, Monday to Sunday, that holds a day."""
    first = day - timedelta(day.weekday())
    year, week, _ = day.isocalendar()
    return Meaning(first, first + timedelta(6), "week", f"{year}-W{week:02d}")


def a_weekend(day: date) -> Meaning:
    """Saturday and Sunday of the week that holds a day."""
    week = a_week(day)
    saturday = day - timedelta(day.weekday()) + timedelta(5)
    return Meaning(saturday, saturday + timedelta(1), "range", f"{week.value}-WE")


def a_month(year: int, month: int) -> Meaning:
    """A month; `month` may lie outside 1–12 and is carried into the year."""
    year, month = carried(year, month)
    return replace(_months(year, month, 1), granularity="month", value=f"{year:04d}-{month:02d}")


def a_quarter(year: int, quarter: int) -> Meaning:
    """A quarter of a calendar year; `quarter` may lie outside 1–4."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return replace(_months(year, quarter * 3 - 2, 3), value=f"{year:04d}-Q{quarter}")


def a_half(year: int, half: int) -> Meaning:
    """The first or second half of a year."""
    return replace(_months(year, half * 6 - 5, 6), value=f"{year:04d}-H{half}")


def a_season(year: int, season: str) -> Meaning:
    """A season, "SP", "SU", "FA" or "WI"; winter begins in December of the year."""
    return replace(_months(year, _SEASONS[season], 3), value=f"{year:04d}-{season}")


def a_year(year: int) -> Meaning:
    """A calendar year."""
    return replace(_months(year, 1, 12), granularity="year", value=f"{year:04d}")


def a_decade(year: int) -> Meaning:
    """The ten years from a year that ends in 0."""
    return replace(_months(year // 10 * 10, 1, 120), value=f"{year // 10:03d}")


def a_century(century: int) -> Meaning:
    """A century by its number: the 20th is 1901–2000."""
    return replace(_months(century * 100 - 99, 1, 1200), value=f"{century - 1:02d}")


def from_to(first: Meaning, last: Meaning) -> Meaning:
    """From the beginning of one period to the end of another; nothing when that runs back."""
    if first.first and last.last and first.first > last.last:
        return Meaning()
    return Meaning(first.first, last.last, "range", f"{first.value}/{last.value}")


def moved(meaning: Meaning, count: int, unit: str) -> Meaning:
    """A period of the same size, so many units later; a longer unit is moved by, not rounded to."""
    if meaning.first is None or _is_far(meaning.first, count, unit):
        return Meaning()
    year, month = meaning.first.year, meaning.first.month
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 0) * count
    to_year, to_month = carried(year, month + months)
    mark = meaning.value[5:6]
    if meaning.granularity == "year":
        return a_year(to_year)
    if mark == "Q":
        return a_quarter(to_year, (to_month - 1) // 3 + 1)
    if months:
        return a_month(to_year, to_month) if unit in ("month", "quarter") else a_year(to_year)
    day = meaning.first + timedelta(count * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0))
    return a_week(day) if unit in ("week", "fortnight") else a_day(day)


def unit_around(day: date, unit: str, shift: int = 0) -> Meaning:
    """The day, week, month … that holds a day, or the one so many further on."""
    if _is_far(day, shift, unit):
        return Meaning()
    match unit:
        case "day":
            return a_day(day + timedelta(shift))
        case "week" | "fortnight":
            return a_week(day + timedelta(7 * shift * (1 + (unit == "fortnight"))))
        case "weekend":
            return a_weekend(day + timedelta(7 * shift))
        case "month":
            return a_month(day.year, day.month + shift)
        case "quarter":
            return a_quarter(day.year, (day.month - 1) // 3 + 1 + shift)
        case "year":
            return a_year(day.year + shift)
        case "decade":
            return a_decade(day.year + 10 * shift)
        case "century":
            return a_century((day.year - 1) // 100 + 1 + shift)
    return Meaning()


def size_of(unit: str) -> Granularity:
    """The granularity of a unit."""
    sizes: dict[str, Granularity] = {"day": "day", "week": "week", "month": "month", "year": "year"}
    return sizes.get(unit, "range")


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def carried(year: int, month: int) -> tuple[int, int]:
    """A month number outside 1–12 carried into the year."""
    return year + (month - 1) // 12, (month - 1) % 12 + 1


def _is_far(day: date, count: int, unit: str) -> bool:
    """Whether so many units lead out of the calendar."""
    years = count * _DAYS.get(unit, 1) / 365
    return not date.min.year + 100 < day.year + years < date.max.year - 100


def _months(year: int, month: int, count: int) -> Meaning:
    if not date.min.year <= year <= date.max.year - count // 12 - 1:
        return Meaning()
    end_year, end_month = carried(year, month + count)
    return Meaning(date(year, month, 1), date(end_year, end_month, 1) - timedelta(1), "range")
