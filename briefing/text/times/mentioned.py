"""Expressions that count from a day or period that the text has named -> the days meant.

"The following Monday" is the one after the day told last, however long ago that was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from briefing.text.times.absolute import with_clock
from briefing.text.times.calendar import Meaning, a_day, a_season, size_of, unit_around
from briefing.text.times.phrase import Context, Phrase, Rule
from briefing.text.times.relative import weekday

_THREE_SEASONS = 273
_HOW = "counted from what was told last"


def weekday_from_day(phrase: Phrase, context: Context) -> Meaning | None:
    """The following Monday, the Friday before, that same Tuesday."""
    base = context.previous_day.first if context.previous_day else None
    if base is None:
        return weekday(phrase, context)
    number = phrase.number("WEEKDAY") or 0
    if direction := _direction(phrase):
        away = (direction * (number - base.weekday())) % 7 or 7
        day = base + timedelta(direction * away)
    else:
        day = base + timedelta((number - base.weekday()) % 7)
    return with_clock(phrase, replace(a_day(day), how=_HOW))


def unit_from_mention(phrase: Phrase, context: Context) -> Meaning | None:
    """The day before, the year after: beside what was told last."""
    unit = phrase.word("UNIT") or "day"
    base = context.previous_day if unit == "day" else context.previous
    if base is None or base.first is None:
        return Meaning(granularity=size_of(unit))
    return replace(unit_around(base.first, unit, _direction(phrase)), how=_HOW)


def unit_over(phrase: Phrase, context: Context) -> Meaning | None:
    """The week before last, the year after next: counted from the article's own day."""
    unit = phrase.word("SHIFTED") or "week"
    if context.day is None:
        return Meaning(granularity=size_of(unit))
    return unit_around(context.day, unit, 2 * _direction(phrase))


def season_from_mention(phrase: Phrase, context: Context) -> Meaning | None:
    """The following summer, that same winter, the autumn of that year."""
    season = phrase.word("SEASON") or "SU"
    base = context.previous.first if context.previous else None
    if base is None:
        return Meaning(granularity="range", value=f"XXXX-{season}")
    year = base.year
    begin = a_season(year, season).first
    if begin and _direction(phrase) > 0 and begin <= base:
        year += 1
    elif begin and base < begin - timedelta(_THREE_SEASONS) and not phrase.has("year"):
        year -= 1  # "that winter", told of a day in February
    return phrase.modified(replace(a_season(year, season), how=_HOW))


def week_on_weekday(phrase: Phrase, context: Context) -> Meaning | None:
    """Monday week, a week on Monday, a week from Monday."""
    number = phrase.number("WEEKDAY") or 0
    if context.day is None:
        return Meaning(granularity="day", value=f"XXXX-WXX-{number + 1}")
    return a_day(_next(context.day, number) + timedelta(7))


def _next(day: date, number: int) -> date:
    return day + timedelta((number - day.weekday()) % 7)


def _direction(phrase: Phrase) -> int:
    """1 for what comes after, -1 for what comes before, 0 for what is the same."""
    if any(phrase.has(word) for word in ("following", "next", "after")):
        return 1
    return -any(phrase.has(word) for word in ("previous", "preceding", "before"))


MENTIONED: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        weekday_from_day,
        unit_from_mention,
        unit_over,
        season_from_mention,
        week_on_weekday,
    )
}
