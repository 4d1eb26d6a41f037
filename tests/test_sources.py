"""The statement about the sources: every figure in it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefing.independence import find_sources
from briefing.models import Article, Claim, Problem
from briefing.sources import summarize_sources
from tests.build import make_article, make_claim, make_split

DATED = make_article("The wall cracked.", publisher="Paper 1", published=date(2024, 5, 3))
TIMED = make_article(
    "The gates opened.", publisher="Paper 2", published=datetime(2024, 5, 1, 23, tzinfo=UTC)
)
BARE = make_article("The village slept.")
COPY = make_article("The village sleeps.", publisher="Paper 3", wire="Paper 1")
FOUR = [DATED, TIMED, BARE, COPY]
TWO = [DATED, TIMED]


def summary_of(articles: list[Article], claims: list[Claim], problems: list[Problem]) -> str:
    return summarize_sources(articles, find_sources(articles, []), claims, problems)


def test_counts_articles_publishers_and_independent_sources() -> None:
    summary = summary_of(FOUR, [], [])
    assert summary.startswith(
        "4 articles from 3 named publishers and 1 of unknown publisher; 3 independent sources."
    )


def test_says_the_span_of_dates_and_what_is_undated() -> None:
    assert "Published 1 May 2024 to 3 May 2024; 2 undated." in summarize_sources(
        FOUR, find_sources(FOUR, []), [], []
    )
    assert "Published 3 May 2024." in summary_of([DATED], [], [])
    assert "No article states its date." in summarize_sources(
        [BARE], find_sources([BARE], []), [], []
    )


def test_counts_statements_on_a_single_source() -> None:
    cracked, opened = (make_split(a).sentences[0] for a in (DATED, TIMED))
    claims = [make_claim("c1", cracked), make_claim("c2", cracked, opened)]
    assert "Of 2 printed statements, 1 rests on a single source." in summarize_sources(
        TWO, find_sources(TWO, []), claims, []
    )


def test_names_problems_only_where_there_are_some() -> None:
    assert "problem" not in summary_of([DATED], [], [])
    assert "1 problem" in summarize_sources(
        [DATED], find_sources([DATED], []), [], [Problem("x.txt", "empty")]
    )
