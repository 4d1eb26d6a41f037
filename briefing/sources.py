"""Articles and printed claims -> the statement about the sources, sentences made of counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from briefing.independence import Sources
from briefing.models import Article, Claim, Problem


def summarize_sources(
    articles: Sequence[Article],
    sources: Sources,
    printed: Sequence[Claim],
    problems: Sequence[Problem],
) -> str:
    """How many articles, publishers and independent sources; dates; the single-source share."""
    publishers = {article.publisher for article in articles if article.publisher}
    unknown = sum(article.publisher is None for article in articles)
    sentences = [
        f"{_count(len(articles), 'article')} from {_count(len(publishers), 'named publisher')}"
        + (f" and {unknown} of unknown publisher" if unknown else "")
        + f"; {_count(sources.count_articles(articles), 'independent source')}."
    ]
    sentences.append(_dates(articles))
    if printed:
        single = sum(claim.independent == 1 for claim in printed)
        sentences.append(
            f"Of {_count(len(printed), 'printed statement')}, {single} "
            f"{'rests' if single == 1 else 'rest'} on a single source."
        )
    if problems:
        sentences.append(f"{_count(len(problems), 'problem')} with the sources: see the list.")
    return " ".join(sentences)


def _dates(articles: Sequence[Article]) -> str:
    days = sorted(_day(article.published) for article in articles if article.published)
    undated = len(articles) - len(days)
    if not days:
        return "No article states its date."
    span = (
        f"{days[0]:%-d %B %Y}"
        if days[0] == days[-1]
        else f"{days[0]:%-d %B %Y} to {days[-1]:%-d %B %Y}"
    )
    return f"Published {span}" + (f"; {undated} undated." if undated else ".")


def _day(published: date | datetime) -> date:
    return published.date() if isinstance(published, datetime) else published


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
