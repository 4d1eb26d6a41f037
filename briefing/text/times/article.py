"""An article -> the expressions in it that say when, found once for all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from briefing.models import Article
from briefing.text.times.expressions import TimeExpression, find_times

#: How the rule for a day that is stated with its year begins, and for one without.
_NAMED, _NEAREST = "day of month", "day of month: the nearest year"


@lru_cache(maxsize=256)
def article_times(article: Article) -> tuple[TimeExpression, ...]:
    """The dates of a whole article: "the next day" counts from one that another sentence names."""
    found = find_times(article.text, published=article.published, language=article.language)
    return tuple(_with_stated_year(time, found) for time in found if time.is_date)


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
