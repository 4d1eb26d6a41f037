"""Expressions that count from the article's date or from an earlier mention -> the days meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from briefing.text.times.absolute import clock, day_of_month, with_clock
from briefing.text.times.calendar import (
    Meaning,
    a_day,
    a_quarter,
    a_season,
    a_year,
    from_to,
    moved,
    size_of,
    unit_around,
)
from briefing.text.times.lengths import duration
from briefing.text.times.phrase import Context, Phrase, Rule

_SATURDAY = 5
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def weekday(phrase: Phrase, context: Context) -> Meaning | None:
    """Tuesday: the article's own day if it is one, else the last or the next as the verb tells."""
    number = phrase.number("WEEKDAY", "SHORT_WEEKDAY") or 0
    if context.day is None:
        return phrase.modified(
            _clocked(phrase, Meaning(granularity="day", value=f"XXXX-WXX-{number + 1}"))
        )
    day, how = _weekday(phrase, context, context.day, number)
    return phrase.modified(_clocked(phrase, replace(a_day(day), how=how)))


def weekdays(phrase: Phrase, context: Context) -> Meaning | None:
    """From Monday to Wednesday."""
    numbers = [n for n in phrase.all("WEEKDAY") if isinstance(n, int)]
    if context.day is None or len(numbers) != 2:
        return Meaning(granularity="range")
    length = (numbers[1] - numbers[0]) % 7
    if context.tense.direction > 0:
        first = context.day + timedelta((numbers[0] - context.day.weekday()) % 7)
    else:
        last = context.day - timedelta((context.day.weekday() - numbers[1]) % 7)
        first = last - timedelta(length)
    return replace(from_to(a_day(first), a_day(first + timedelta(length))), how=str(context.tense))


def day_before_weekday(phrase: Phrase, context: Context) -> Meaning | None:
    """The day before last Tuesday."""
    found = weekday(phrase, context)
    if found is None or found.first is None:
        return found
    return a_day(found.first + timedelta(-1 if phrase.has("before") else 1))


def near_day(phrase: Phrase, context: Context) -> Meaning | None:
    """Today, yesterday, tomorrow morning, tonight, the day before yesterday."""
    shift = phrase.number("DEICTIC") or 0
    if phrase.has("day"):
        shift += -1 if phrase.has("before") else 1
    if context.day is None:
        return Meaning(granularity="day", value="")
    return phrase.modified(_clocked(phrase, a_day(context.day + timedelta(shift))))


def part_of_shifted_day(phrase: Phrase, context: Context) -> Meaning | None:
    """This morning, last night."""
    if context.day is None:
        return Meaning(granularity="part", kind="time")
    day = context.day - timedelta(1 if phrase.has("last") else 0)
    return phrase.modified(_clocked(phrase, a_day(day)))


def part_of_day(phrase: Phrase, context: Context) -> Meaning | None:
    """In the morning, at 10 a.m.: of the day mentioned last, else of the article's."""
    mark = clock(phrase)
    day = context.previous_day
    if day is None and context.day:
        day = a_day(context.day)
    shift = (
        1 if phrase.has("next") or phrase.has("following") else -1 if phrase.has("previous") else 0
    )
    if day is None or day.first is None:
        return Meaning(granularity="part", value=mark, kind="time")
    found = a_day(day.first + timedelta(shift))
    return replace(found, granularity="part", value=found.value + mark, kind="time")


def that_day(phrase: Phrase, context: Context) -> Meaning | None:
    """That day, the same day, the next day: counted from the day mentioned last."""
    day = context.previous_day
    if day is None and (context.day is None or phrase.has("MOD")):
        day = a_day(context.day) if context.day else Meaning(granularity="day")
    if day is None:
        return None
    if day.first is None:
        return day
    shift = (
        1 if phrase.has("next") or phrase.has("following") else -1 if phrase.has("previous") else 0
    )
    return a_day(day.first + timedelta(shift))


def bare_day(phrase: Phrase, context: Context) -> Meaning | None:
    """On the 12th: of the month of the day mentioned last, else of the article's."""
    number = phrase.number("DAY")
    if number is None:
        return None
    base = context.previous_day.first if context.previous_day else context.day
    if base is None:
        return Meaning(granularity="day", value=f"XXXX-XX-{number:02d}")
    try:
        return a_day(base.replace(day=number))
    except ValueError:
        return None


def shifted_unit(phrase: Phrase, context: Context) -> Meaning | None:
    """Last week, early next year, later this month, the past quarter."""
    unit = phrase.word("SHIFTED") or "day"
    shift = phrase.number("SHIFT", "PAST") or 0
    if phrase.has("past") and unit in ("decade", "century"):
        return duration(phrase, context)
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    return phrase.modified(unit_around(context.day, unit, shift))


def edge_of_unit(phrase: Phrase, context: Context) -> Meaning | None:
    """The end of the year, year-end, the beginning of the month."""
    unit = phrase.word("SHIFTED") or "year"
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    return replace(unit_around(context.day, unit), modifier=phrase.word("EDGE") or "end")


def year_end(_phrase: Phrase, context: Context) -> Meaning | None:
    """Year-end: the last day of the article's year, or of the one before when the verb tells so."""
    if context.day is None:
        return Meaning(granularity="day", value="XXXX-12-31")
    day = date(context.day.year - (context.tense.direction < 0), 12, 31)
    return replace(a_day(day), how=str(context.tense))


def the_unit(phrase: Phrase, context: Context) -> Meaning | None:
    """Earlier in the year, for the week."""
    unit = phrase.word("SHIFTED") or "year"
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    is_weekend_ahead = context.tense.direction > 0 or context.day.weekday() >= _SATURDAY
    shift = -1 if unit == "weekend" and not is_weekend_ahead else 0
    return phrase.modified(unit_around(context.day, unit, shift))


def related_unit(phrase: Phrase, context: Context) -> Meaning | None:
    """That year, the following month: counted from what was mentioned last."""
    unit = phrase.word("SHIFTED") or "day"
    if context.previous is None or context.previous.first is None:
        return Meaning(granularity=size_of(unit))
    shift = (
        1
        if phrase.has("following")
        else -1
        if phrase.has("previous") or phrase.has("preceding")
        else 0
    )
    return unit_around(context.previous.first, unit, shift)


def shifted_season(phrase: Phrase, context: Context) -> Meaning | None:
    """Last summer, the winter of 1994, in the spring."""
    season = phrase.word("SEASON") or "SU"
    shift = phrase.number("SHIFT")
    written = phrase.year()
    if written is not None:
        return phrase.modified(a_season(written, season))
    if context.day is None:
        return Meaning(granularity="range", value=f"XXXX-{season}")
    anchor = context.day
    year = anchor.year
    if phrase.has("year"):
        year += shift or 0
    elif shift in (-1, 1) or shift is None:
        start = date(year, _SEASON_MONTH[season], 1)
        is_over = anchor > start + timedelta(91)
        ahead = shift == 1 or (shift is None and context.tense.direction > 0)
        if ahead:
            year += is_over
        elif not is_over:
            year -= 1
    return phrase.modified(a_season(year, season))


def ago(phrase: Phrase, context: Context) -> Meaning | None:
    """Two days ago, a year earlier, three weeks later, five months from now."""
    count, unit = phrase.count(), phrase.word("UNIT") or "day"
    if count is None:
        return None
    sign = phrase.number("AGO", "EARLIER") or (-1 if phrase.has("before") else 1)
    if unit in ("hour", "minute"):
        if context.day is None or phrase.has("EARLIER"):
            return Meaning(granularity="part", kind="duration")
        return replace(a_day(context.day), granularity="part", kind="time")
    base = context.previous if phrase.has("EARLIER") else None
    if unit == "year" and count == 1 and context.reported_quarter:
        base = context.reported_quarter
    if base and base.first:
        return replace(moved(base, sign * count, unit), is_anchor=False)
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    return replace(unit_around(context.day, unit, sign * count), is_anchor=False)


def year_before(_phrase: Phrase, context: Context) -> Meaning | None:
    """Year-earlier: one year before the quarter reported on, else before the article."""
    if base := context.reported_quarter:
        return replace(moved(base, -1, "year"), is_anchor=False)
    if context.day is None:
        return Meaning(granularity="year")
    return replace(unit_around(context.day, "year", -1), is_anchor=False)


def weeks_of_day(phrase: Phrase, context: Context) -> Meaning | None:
    """The week of March 6."""
    found = day_of_month(phrase, context)
    return (
        unit_around(found.first, "week") if found and found.first else Meaning(granularity="week")
    )


def ahead(phrase: Phrase, context: Context) -> Meaning | None:
    """In two weeks' time; in two weeks, when the verb is ahead, else a length."""
    count, unit = phrase.count(), phrase.word("UNIT", "PLURAL") or "day"
    if count is None:
        return None
    if unit == "quarter":
        return None
    if not phrase.has("time") and (context.tense.direction < 1 or unit in ("hour", "minute")):
        return duration(phrase, context)
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    return unit_around(context.day, unit, count)


def the_quarter(phrase: Phrase, context: Context) -> Meaning | None:
    """The quarter, the latest quarter, the year-ago period: of what the text reports."""
    base = context.last_quarter
    is_ahead = base and base.last and context.day and base.last >= context.day
    if (base is None or is_ahead) and phrase.has("quarter") and context.day:
        base = a_quarter(context.day.year, (context.day.month - 1) // 3)
    if base is None or base.first is None:
        return Meaning(granularity="range") if phrase.has("quarter") else None
    number = (base.first.month + 2) // 3
    if (written := phrase.year()) is not None:
        is_quarter = phrase.has("quarter") or context.reported_quarter
        return replace(
            a_quarter(written, number) if is_quarter else a_year(written), is_anchor=False
        )
    shift = phrase.number("SHIFT")
    if phrase.has("year") and context.day:
        return replace(
            a_quarter(context.day.year + (-1 if shift is None else shift), number), is_anchor=False
        )
    if shift in (-1, 1) and context.day:
        return unit_around(context.day, "quarter", shift)
    return base


def _weekday(phrase: Phrase, context: Context, anchor: date, number: int) -> tuple[date, str]:
    """The day that a weekday's name means, and why."""
    back, forward = (anchor.weekday() - number) % 7, (number - anchor.weekday()) % 7
    shift = phrase.number("SHIFT")
    if phrase.word("SHIFTED") == "week" and shift is not None:
        monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * shift)
        return monday + timedelta(number), "counted in weeks"
    if shift == -1:
        return anchor - timedelta(back or 7), "the last"
    if shift == 1:
        return anchor + timedelta(forward or 7), "the next"
    if back == 0:
        return anchor, "the article's own day"
    is_past_event = phrase.has("OWN") and shift is None  # "Wednesday's ruling"
    if is_past_event:
        return anchor - timedelta(back), "the last, as something had it"
    if context.tense.direction > 0 or (shift == 0 and context.tense.direction == 0):
        return anchor + timedelta(forward), f"the next; {context.tense}"
    return anchor - timedelta(back), f"the last; {context.tense}"


def _clocked(phrase: Phrase, meaning: Meaning) -> Meaning:
    return with_clock(phrase, meaning) or meaning


RELATIVE: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        weekday,
        weekdays,
        weeks_of_day,
        day_before_weekday,
        near_day,
        part_of_shifted_day,
        part_of_day,
        that_day,
        bare_day,
        shifted_unit,
        edge_of_unit,
        year_end,
        the_unit,
        related_unit,
        shifted_season,
        ago,
        year_before,
        ahead,
        the_quarter,
    )
}
