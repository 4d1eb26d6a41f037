"""The statement about the sources: every figure in it is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefing.models import Problem
from briefing.sources import summarize_sources
from tests.build import make_article, make_claim, make_split

DATED = make_article("The wall cracked.", publisher="Paper 1", published=date(2024, 5, 3))
TIMED = make_article(
    "The gates opened.", publisher="Paper 2", published=datetime(2024, 5, 1, 23, tzinfo=UTC)
)
BARE = make_article("The village slept.")
COPY = make_article("The village sleeps.", publisher="Paper 3", wire="Paper 1")


def test_counts_articles_publishers_and_independent_sources() -> None:
    summary = summarize_sources([DATED, TIMED, BARE, COPY], [], [])
    assert summary.startswith(
        "4 articles from 3 named publishers and 1 of unknown publisher; 3 independent sources."
    )


def test_says_the_span_of_dates_and_what_is_undated() -> None:
    assert "Published 1 May 2024 to 3 May 2024; 2 undated." in summarize_sources(
        [DATED, TIMED, BARE, COPY], [], []
    )
    assert "Published 3 May 2024." in summarize_sources([DATED], [], [])
    assert "No article states its date." in summarize_sources([BARE], [], [])


def test_counts_statements_on_a_single_source() -> None:
    cracked, opened = (make_split(a).sentences[0] for a in (DATED, TIMED))
    claims = [make_claim("c1", cracked), make_claim("c2", cracked, opened)]
    assert "Of 2 printed statements, 1 rests on a single source." in summarize_sources(
        [DATED, TIMED], claims, []
    )


def test_names_problems_only_where_there_are_some() -> None:
    assert "problem" not in summarize_sources([DATED], [], [])
    assert "1 problem" in summarize_sources([DATED], [], [Problem("x.txt", "empty")])
