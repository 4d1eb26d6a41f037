"""An article -> the expressions in it that say when, found once for all who ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from briefing.models import Article
from briefing.text.times.expressions import TimeExpression, find_times

#: Days by which an article may be older than its publication, where its dateline says so.
WRITTEN_BEFORE = 2
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATELINE = re.compile(
    rf"\s*[A-Z][A-Z.’'-]+\b[^\n()]{{0,60}}?,? (?P<month>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
    r" (?P<day>\d\d?)\b"
    r"[^\n()]{0,8}(?:\([^\n()]{2,40}\) ?)?(?:—|–|--|-|_)"
)
#: How the rule for a day that is stated with its year begins, and for one without.
_NAMED, _NEAREST = "day of month", "day of month: the nearest year"


@lru_cache(maxsize=256)
def article_times(article: Article) -> tuple[TimeExpression, ...]:
    """The dates of a whole article: "the next day" counts from one that another sentence names."""
    found = find_times(article.text, published=_written(article), language=article.language)
    return tuple(_with_stated_year(time, found) for time in found if time.is_date)


def _written(article: Article) -> date | datetime | None:
    """When an article was written: the day of its dateline, where it came out shortly after."""
    published = article.published
    dateline = _DATELINE.match(article.text)
    if published is None or dateline is None:
        return published
    for days in range(1, WRITTEN_BEFORE + 1):
        day = published - timedelta(days)
        if day.day == int(dateline["day"]) and _MONTHS[day.month - 1] == dateline["month"][:3]:
            return day
    return published


def _with_stated_year(time: TimeExpression, others: Sequence[TimeExpression]) -> TimeExpression:
    """A day of the month that the article names with one year elsewhere is in that year."""
    first = time.first
    if first is None or not time.rule.startswith(_NEAREST):
        return time
    years = {
        other.first.year
        for other in others
        if other.first
        and other.rule.startswith(_NAMED)
        and not other.rule.startswith(_NEAREST)
        and (other.first.month, other.first.day) == (first.month, first.day)
    }
    if len(years) != 1:
        return time
    day = first.replace(year=years.pop())
    rule = f"{_NAMED}: the year stated elsewhere"
    return replace(time, first=day, last=day, value=day.isoformat(), rule=rule)
