"""Expressions that name a place in the calendar -> that day, month, quarter, year …

Where the year is left out, the reading nearest to the article's date is taken, unless it lies far
off and the verb tells the other direction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from briefing.text.times.calendar import (
    Meaning,
    a_century,
    a_day,
    a_decade,
    a_half,
    a_month,
    a_quarter,
    a_week,
    a_year,
    from_to,
    valid_day,
)
from briefing.text.times.phrase import Context, Phrase, Rule

#: A day without a year this near is the day meant, whatever the verb says.
NEAR_DAYS = 75
#: The same for a month, in months.
NEAR_MONTHS = 1
_THURSDAY = 3
_MOST_WEEKS = 5
_MONTH = 31


def iso_day(phrase: Phrase, _context: Context) -> Meaning | None:
    """2023-09-12, with or without a time."""
    year, month, day = (int(part) for part in phrase.text[:10].split("-"))
    found = valid_day(year, month, day)
    if not found:
        return None
    if len(phrase.text) < 16:
        return a_day(found)
    return replace(a_day(found), granularity="part", value=phrase.text.upper(), kind="time")


def numeric_day(phrase: Phrase, context: Context) -> Meaning | None:
    """12/09/2023 or 12.9.23; of two readings one within a month, else the language's."""
    one, two, year = (int(part) for part in re.split(r"[/.]", phrase.text))
    if "." in phrase.text and year < 100 and context.month_first:
        return None  # a version number, not a day
    year += 0 if year > 99 else 2000 if year < 40 else 1900
    is_month_first = context.month_first and "." not in phrase.text
    orders = [(one, two), (two, one)] if is_month_first else [(two, one)]
    if "/" in phrase.text and not is_month_first:
        orders.append((one, two))
    readings = [day for month, d in orders if (day := valid_day(year, month, d))]
    if not readings:
        return None
    if (anchor := context.day) and len(readings) == 2:
        readings.sort(key=lambda day: abs((day - anchor).days) > _MONTH)
    return a_day(readings[0])


def day_of_month(phrase: Phrase, context: Context) -> Meaning | None:
    """12 September, Sept. 12, the 12th of September 2023, Tuesday, March eighth."""
    month, day = phrase.month(), phrase.number("DAY", "ORDINAL", "ORDINAL_WORD") or 0
    if numbers := phrase.all("DAY"):
        day = int(numbers[-1]) if phrase.has("HALF_OF_DAY") else int(numbers[0])
    return with_clock(phrase, _dated(phrase, context, month, day))


def days_of_month(phrase: Phrase, context: Context) -> Meaning | None:
    """10–13 September, Sept. 10 to 13, from 30 August to 2 September 2023."""
    days = [day for day in phrase.all("DAY") if isinstance(day, int)]
    months = [m for m in phrase.all("MONTH", "SHORT_MONTH") if isinstance(m, int)]
    if len(days) != 2:
        return None
    last = _dated(phrase, context, months[-1], days[1])
    if last is None or last.last is None:
        return last and Meaning(
            granularity="range", value=f"XXXX-{months[0]:02d}-{days[0]:02d}/{last.value}"
        )
    years = [y for y in phrase.all("YEAR") if isinstance(y, int)]
    year = years[0] if len(years) == 2 else last.last.year - (months[0] > months[-1])
    first = valid_day(year, months[0], days[0])
    if not first or first > last.last:
        return None
    return replace(from_to(a_day(first), last), how=last.how)


def month(phrase: Phrase, context: Context) -> Meaning | None:
    """September, early September, September 2023, last September, September last year."""
    named = phrase.month()
    year, how = _year_of(phrase, context), ""
    if year is None and context.day is None:
        return phrase.modified(Meaning(granularity="month", value=f"XXXX-{named:02d}"))
    if year is None and context.day:
        year, how = _year_of_month(phrase, context, context.day, named)
    return phrase.modified(replace(a_month(year or 1, named), how=how))


def weekday_of_month(phrase: Phrase, context: Context) -> Meaning | None:
    """The first Monday of May, the last Sunday in October 2023."""
    weekday, month = phrase.number("WEEKDAY") or 0, phrase.month()
    number = phrase.number("ORDINAL_WORD", "ORDINAL") or 0
    if number > _MOST_WEEKS:
        return None

    def day_in(year: int) -> date | None:
        first = a_month(year, month).first or date(year, 1, 1)
        days = [first + timedelta((weekday - first.weekday()) % 7 + 7 * n) for n in range(5)]
        own = [day for day in days if day.month == month]
        return own[number - 1] if number <= len(own) else None

    if (year := _year_of(phrase, context)) is not None:
        found = day_in(year)
        return a_day(found) if found else None
    if context.day is None:
        return Meaning(granularity="day", value=f"XXXX-{month:02d}-XX")
    days = [day for k in (-1, 0, 1) if (day := day_in(context.day.year + k))]
    return _nearest(days, context.day, context)


def months_of_year(phrase: Phrase, context: Context) -> Meaning | None:
    """January to March 2023, from late April until early May."""
    year = _year_of(phrase, context)
    months = [m for m in phrase.all("MONTH", "SHORT_MONTH") if isinstance(m, int)]
    if len(months) != 2:
        return None
    if year is None:
        if context.day is None:
            return Meaning(granularity="range", value=f"XXXX-{months[0]:02d}/XXXX-{months[1]:02d}")
        year, _ = _year_of_month(phrase, context, context.day, months[1])
    return from_to(a_month(year - (months[0] > months[1]), months[0]), a_month(year, months[1]))


def feast(phrase: Phrase, context: Context) -> Meaning | None:
    """Christmas Day, last Thanksgiving, New Year's Eve."""
    if context.day is None and phrase.year() is None:
        return Meaning()
    code = phrase.word("FEAST") or "01-01"
    year = phrase.year()
    anchor = context.day or date(year or 1, 1, 1)
    days = [
        _feast_day(code, y) for y in ((year,) if year else (anchor.year + k for k in (-1, 0, 1)))
    ]
    if phrase.has("eve"):
        days = [day - timedelta(1) for day in days]
    shift = phrase.number("SHIFT") or 0
    if shift:
        days = [day for day in days if (day - anchor).days * shift > 0]
    day = min(days, key=lambda d: abs((d - anchor).days))
    return a_week(day) if phrase.has("week") else a_day(day)


def quarter(phrase: Phrase, context: Context) -> Meaning | None:
    """The third quarter, third-quarter, the second quarter of 1988, last year's fourth quarter."""
    number = phrase.number("ORDINAL_WORD", "ORDINAL", "DAY") or 0
    if not 1 <= number <= 4:
        return None
    year = _year_of(phrase, context)
    if year is None and context.day is None:
        return Meaning(granularity="range", value=f"XXXX-Q{number}")
    if year is None and context.day:
        now = (context.day.month - 1) // 3 + 1
        year = context.day.year
        if phrase.has("AGO") or phrase.has("EARLIER"):
            return replace(a_quarter(year - 1, number), is_anchor=False)
        if number > now + 1:
            year -= 1
        elif number <= now - 3 and context.tense.direction > 0:
            year += 1
    return a_quarter(year or 1, number)


def half(phrase: Phrase, context: Context) -> Meaning | None:
    """The first half of 1990, the last half of the '80s."""
    if (decade_year := phrase.number("DECADE")) is not None:
        return replace(a_decade(decade_year), modifier="start" if phrase.has("first") else "end")
    year = _year_of(phrase, context)
    number = 1 if phrase.has("first") else 2
    if year is None:
        return (
            Meaning(granularity="range", value=f"XXXX-H{number}")
            if not context.day
            else a_half(context.day.year, number)
        )
    return a_half(year, number)


def year(phrase: Phrase, _context: Context) -> Meaning | None:
    """2023, early 2023, fiscal 1989, nineteen ninety-six."""
    if phrase.has("thousand"):
        return a_year(2000)
    found = phrase.year()
    return phrase.modified(a_year(found)) if found else None


def years(phrase: Phrase, _context: Context) -> Meaning | None:
    """1995–97, from 1995 to 1997."""
    first = phrase.number("YEAR") or 0
    last = phrase.all("YEAR", "YEAR_TAIL")[-1]
    last_year = int(last) if int(last) > 99 else first // 100 * 100 + int(last)
    return from_to(a_year(first), a_year(last_year)) if first < last_year else None


def decade(phrase: Phrase, _context: Context) -> Meaning | None:
    """The 1990s, the late '80s, the nineties."""
    first = phrase.number("DECADE", "NINETIES")
    return phrase.modified(a_decade(first)) if first is not None else None


def century(phrase: Phrase, _context: Context) -> Meaning | None:
    """The 20th century."""
    number = phrase.number("ORDINAL", "ORDINAL_WORD")
    return phrase.modified(a_century(number)) if number and number < 40 else None


def with_clock(phrase: Phrase, meaning: Meaning | None) -> Meaning | None:
    """The day with the part of it or the hour that the phrase gives."""
    mark = clock(phrase)
    if meaning is None or not mark:
        return meaning
    return replace(meaning, granularity="part", value=meaning.value + mark, kind="time")


def clock(phrase: Phrase) -> str:
    """The hour or the part of the day as TIMEX3 writes it, or ""."""
    if phrase.has("TONIGHT"):
        return "TNI"
    afternoon = phrase.word("HALF_OF_DAY") == "p"
    if (written := phrase.word("CLOCK", "DOTTED")) is not None:
        hour, minute = re.split(r"[:.]", written)[:2]
    elif phrase.has("HALF_OF_DAY") or phrase.has("o'clock"):
        hour, minute = str(phrase.number("HOUR") or 0), ""
    else:
        return phrase.word("POINT", "PART") or ""
    value = int(hour)
    if phrase.has("HALF_OF_DAY"):
        value = value % 12 + 12 * afternoon
    return f"T{value:02d}" + (f":{minute}" if minute else "")


def _dated(phrase: Phrase, context: Context, month: int, day: int) -> Meaning | None:
    """A day of a month in the year that is written or meant."""
    if not valid_day(2000, month, day):
        return None
    year = _year_of(phrase, context)
    if year is not None:
        found = valid_day(year, month, day)
        return a_day(found) if found else None
    if context.day is None:
        return Meaning(granularity="day", value=f"XXXX-{month:02d}-{day:02d}")
    anchor = context.day
    years = [d for k in (-1, 0, 1) if (d := valid_day(anchor.year + k, month, day))]
    weekday = phrase.number("WEEKDAY", "SHORT_WEEKDAY")
    fitting = [d for d in years if d.weekday() == weekday]
    if fitting:
        return replace(a_day(fitting[0]), how="the year in which the weekday fits")
    return _nearest(years, anchor, context)


def _nearest(days: Sequence[date], anchor: date, context: Context) -> Meaning | None:
    """Of one day in several years the nearest, unless that is far and the verb tells otherwise."""
    if not days:
        return None
    nearest = min(days, key=lambda d: abs((d - anchor).days))
    direction = context.tense.direction
    if abs((nearest - anchor).days) > NEAR_DAYS and (nearest - anchor).days * direction < 0:
        other = [d for d in days if (d - anchor).days * direction > 0]
        if other:
            found = min(other, key=lambda d: abs((d - anchor).days))
            return replace(a_day(found), how=str(context.tense))
    return replace(a_day(nearest), how="the nearest year")


def _year_of(phrase: Phrase, context: Context) -> int | None:
    """The year as written, or "last year" counted from the article's."""
    if (written := phrase.year()) is not None:
        return written
    if phrase.has("that") and context.previous and context.previous.first:
        return context.previous.first.year  # "in May of that year"
    if (
        context.day
        and phrase.word("SHIFTED") == "year"
        and (shift := phrase.number("SHIFT")) is not None
    ):
        return context.day.year + shift
    return None


def _year_of_month(phrase: Phrase, context: Context, anchor: date, month: int) -> tuple[int, str]:
    """The year of a month without one, and why."""
    ahead = anchor.year + (month < anchor.month)
    behind = anchor.year - (month > anchor.month)
    shift = phrase.number("SHIFT", "PAST")
    if shift == 1:
        return anchor.year + (month <= anchor.month), "the next"
    if shift == -1:
        return anchor.year - (month >= anchor.month), "the last"
    if shift == 0:
        return anchor.year, "this year"
    if context.tense.direction > 0:
        return ahead, str(context.tense)
    months_ahead = (ahead - anchor.year) * 12 + month - anchor.month
    if 0 < months_ahead <= NEAR_MONTHS and not context.tense.direction:
        return ahead, "the nearest"
    return behind, str(context.tense) if context.tense.direction else "the last, as nothing tells"


def _feast_day(code: str, year: int) -> date:
    if code == "easter":
        return _easter(year)
    if code.endswith("thu"):
        first = date(year, int(code[:2]), 1)
        offset = (_THURSDAY - first.weekday()) % 7
        return first + timedelta(offset + 7 * (int(code[3]) - 1))
    return date(year, int(code[:2]), int(code[3:]))


def _easter(year: int) -> date:
    """Easter Sunday; Meeus, Astronomical Algorithms (1991), chapter 8."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


ABSOLUTE: dict[str, Rule] = {
    "iso_day": iso_day,
    "numeric_day": numeric_day,
    "day_of_month": day_of_month,
    "days_of_month": days_of_month,
    "month": month,
    "weekday_of_month": weekday_of_month,
    "months_of_year": months_of_year,
    "feast": feast,
    "quarter": quarter,
    "half": half,
    "year": year,
    "years": years,
    "decade": decade,
    "century": century,
}
