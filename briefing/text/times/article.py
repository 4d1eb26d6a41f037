"""An article -> the expressions in it that say when, found once for all who ask."""

from __future__ import annotations

from functools import lru_cache

from briefing.models import Article
from briefing.text.times.expressions import TimeExpression, find_times


@lru_cache(maxsize=256)
def article_times(article: Article) -> tuple[TimeExpression, ...]:
    """The dates of a whole article: "the next day" counts from one that another sentence names."""
    found = find_times(article.text, published=article.published, language=article.language)
    return tuple(time for time in found if time.is_date)
