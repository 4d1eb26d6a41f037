"""The few words of ours: dates, counts, cuts and directions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefing.renderers.wording import (
    clock,
    count,
    day_in,
    direction,
    event_day,
    language_name,
    local_day,
    long_day,
    shorten,
)

MAY = date(2024, 5, 7)


def test_days() -> None:
    assert long_day(MAY) == "7 May 2024"
    assert day_in(MAY, 2024) == "7 May"
    assert day_in(MAY, 2025) == "7 May 2024"


@pytest.mark.parametrize(
    ("end", "granularity", "shown"),
    [
        (None, "day", "Tue 7 May"),
        (MAY, "range", "Tue 7 May"),
        (date(2024, 5, 9), "range", "7–9 May"),
        (date(2024, 6, 1), "range", "7 May–1 Jun"),
        (date(2025, 1, 1), "range", "7 May–1 Jan 2025"),
        (None, "week", "Week of 7 May"),
        (None, "month", "May 2024"),
        (None, "year", "2024"),
    ],
)
def test_event_days(end: date | None, granularity: str, shown: str) -> None:
    assert event_day(MAY, end, granularity, 2024) == shown


def test_a_publication_counts_in_the_zone_of_the_brief() -> None:
    seoul = timezone(timedelta(hours=9), "KST")
    late = datetime(2024, 5, 7, 20, 30, tzinfo=UTC)
    assert local_day(late, seoul) == date(2024, 5, 8)
    assert local_day(MAY, seoul) == MAY
    assert clock(late.astimezone(seoul)) == "05:30 KST"


def test_counts() -> None:
    assert count(1, "source", "sources") == "1 source"
    assert count(1200, "word", "words") == "1,200 words"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 5, "short"),
        ("cut at a word", 10, "cut at a…"),
        ("no comma, here", 11, "no comma…"),
        ("unbreakable", 6, "unbre…"),
    ],
)
def test_shorten_stays_within_its_limit(text: str, limit: int, shown: str) -> None:
    assert shorten(text, limit) == shown
    assert len(shown) <= limit


def test_direction_comes_from_the_first_letter_then_the_language() -> None:
    assert direction("12 abc") == "ltr"
    assert direction("12 نهر abc") == "rtl"
    assert direction("12", "he") == "rtl"
    assert direction("") == "ltr"


def test_language_names() -> None:
    assert language_name("ko") == "Korean"
    assert language_name("xx") == "xx"
