"""Dated claims -> the order in which things happen; days without a date stand where they fit.

An article that states no date is read as if it had been written on the day that suits its own
words best; such a day puts rows in order and is never told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from briefing.models import Article, Claim, PartOfDay
from briefing.sections.dating import NAMED, Timing, is_precise, times_of, timing_of
from briefing.text.times import TimeExpression

#: Where articles without any date are put: after whatever has one.
_UNKNOWN = date(8900, 1, 1)
_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")

#: Minutes of the day by which a part of it is sorted; what tells none stands at noon.
_MINUTES: dict[PartOfDay, int] = {
    "morning": 8 * 60,
    "midday": 12 * 60,
    "afternoon": 15 * 60,
    "evening": 19 * 60,
    "night": 22 * 60,
}
_NOON = 12 * 60
#: "Early in the morning" and "late in the evening" lie so many minutes off.
_EDGES = {"start": -120, "end": 90}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a claim stands in time; compared field by field."""

    day: date  #: the first day, told or supposed; date.max when nothing tells
    minute: int  #: of the day
    published: date  #: date.max when unknown
    article: str
    start: int  #: offset of the passage


def place_all(claims: Sequence[Claim]) -> tuple[Place, ...]:
    """The place of each claim in time, all told from these claims."""
    timings = [timing_of(claim) for claim in claims]
    supposed = suppose_days(claims, [timing for timing in timings if timing])
    return tuple(
        Place(
            day=_day(timing, supposed) if timing else date.max,
            minute=_minute(timing) if timing else _NOON,
            published=_published(claim.passage.article) or date.max,
            article=claim.passage.article.id,
            start=claim.passage.start,
        )
        for claim, timing in zip(claims, timings, strict=True)
    )


def _day(timing: Timing, supposed: Mapping[str, date]) -> date:
    """The first day, or the last of a longer period whose end is meant: "later this week"."""
    found = timing.found
    if found.first is None:
        again = times_of(timing.article, supposed.get(timing.article.id))
        found = next((other for other in again if other.start == found.start), found)
    is_late = found.modifier == "end" and found.granularity in ("week", "month", "year")
    return (found.last if is_late else found.first) or date.max


def _minute(timing: Timing) -> int:
    if clock := timing.clock:
        return clock.hour * 60 + clock.minute
    part = timing.part
    return (_MINUTES[part] if part else _NOON) + _EDGES.get(timing.found.modifier, 0)


def suppose_days(claims: Sequence[Claim], timings: Sequence[Timing]) -> dict[str, date]:
    """By id, a day on which each article without a date may have been written.

    Its weekday is the one from which the weekdays that it names lie least far, ahead or behind as
    its verbs tell. The week is that of a statement which a dated article also makes, else of a day
    that it names, else of the newest dated article; where nothing has a date, all fall in one week.
    """
    undated = {t.article.id: t.article for t in timings if t.article.published is None}
    if not undated:
        return {}
    dated = {s.article for claim in claims for s in claim.support if s.article.published}
    newest = _latest(
        [*map(_published, dated), *(_last_named(a, None) for a in undated.values())]
    ) or _latest(_last_named(article, _UNKNOWN) for article in undated.values())
    weekdays = {key: _weekday_of(article) for key, article in undated.items()}
    if newest is None:
        week = _in_one_week(weekdays)
        return {key: _late_enough(undated[key], day) for key, day in week.items()}
    supposed = {
        key: _nearest(_last_named(article, newest) or newest, weekdays[key])
        for key, article in undated.items()
    }
    return {
        key: _late_enough(undated[key], day + _shift(undated[key], day, claims))
        for key, day in supposed.items()
    }


def _last_named(article: Article, around: date | None) -> date | None:
    """The last calendar day that an article names and does not put ahead; a year may be lent."""
    return _latest(
        found.first
        for found in times_of(article, around)
        if found.first
        and is_precise(found)
        and found.rule.startswith(NAMED)
        and found.tense.direction <= 0
    )


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _weekday_of(article: Article) -> int | None:
    """The weekday, 0 for Monday, that fits best as the article's own; None when it names none."""
    named = [
        (int(match[1]) - 1, found.tense.direction)
        for found in times_of(article)
        if (match := _WEEKDAY.match(found.value))
    ]
    if not named:
        return None

    def far(own: int) -> int:
        return sum(_distance(own, weekday, direction) for weekday, direction in named)

    return min(range(7), key=lambda own: (far(own), own))


def _distance(own: int, weekday: int, direction: int) -> int:
    """Days from an article's own weekday to another, in the direction that the verb tells."""
    behind, ahead = (own - weekday) % 7, (weekday - own) % 7
    return behind if direction < 0 else ahead if direction > 0 else min(behind, ahead)


def _nearest(day: date, weekday: int | None) -> date:
    """The day of a weekday that lies nearest to another day."""
    if weekday is None:
        return day
    return day + timedelta((weekday - day.weekday() + 3) % 7 - 3)


def _shift(article: Article, supposed: date, claims: Sequence[Claim]) -> timedelta:
    """By how many weeks a supposed day must move, to agree with what dated articles also say."""
    again = times_of(article, supposed)
    weeks: Counter[int] = Counter()
    for claim in claims:
        known = timing_of(claim)
        if known is None or known.found.first is None or known.article is article:
            continue
        for sentence in claim.support:
            if sentence.article is article:
                weeks.update(
                    (known.found.first - found.first).days // 7
                    for found in again
                    if sentence.start <= found.start < sentence.end
                    and found.first
                    and (known.found.first - found.first).days % 7 == 0
                )
    return timedelta(7 * max(weeks, key=lambda w: (weeks[w], -abs(w)))) if weeks else timedelta()


def _late_enough(article: Article, day: date) -> date:
    """The day, or one soon after it on which nothing lies ahead that a verb puts behind."""
    for later in (day, day + timedelta(1), day + timedelta(2)):
        behind = [t.first for t in times_of(article, later) if t.tense.direction < 0 and _is_day(t)]
        if all(first <= later for first in behind if first):
            return later
    return day


def _is_day(found: TimeExpression) -> bool:
    return found.granularity in ("day", "part") and not found.rule.startswith(NAMED)


def _in_one_week(weekdays: Mapping[str, int | None]) -> dict[str, date]:
    """A day in one unknown week for each article, so that they lie as near as their days allow."""
    known = sorted({weekday for weekday in weekdays.values() if weekday is not None})
    first = min(known, key=lambda f: (sum((day - f) % 7 for day in known), f), default=0)
    monday = _UNKNOWN - timedelta(_UNKNOWN.weekday())
    return {
        key: monday + timedelta(first + ((first if day is None else day) - first) % 7)
        for key, day in weekdays.items()
    }


def _published(article: Article) -> date | None:
    published = article.published
    return published.date() if isinstance(published, datetime) else published
