"""Time expressions: what is found, and the days that it means; cases are in `tests/data/times`."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.text.times import TimeExpression, find_times
from briefing.text.times.lexicon import load_lexicon

DATA = Path(__file__).parent.parent / "data" / "times"


def _cases() -> list[Any]:
    """Every case of every file, with the date and the language of its file."""
    found = []
    for path in sorted(DATA.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for case in table["case"]:
            row = {"published": table.get("published"), "language": table.get("language", "en")}
            found.append(pytest.param(row | case, id=f"{path.stem}: {case['text']}"))
    return found


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and where they stood."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
        text += part.strip("[]")
    return text, spans


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _reads(text: str, time: TimeExpression) -> bool:
    return text[time.start : time.end] == time.text


@pytest.mark.parametrize("case", _cases())
def test_a_text_gives_its_times(case: dict[str, Any]) -> None:
    text, spans = _unmarked(case["text"])
    times = find_times(text, published=case["published"], language=case["language"])
    assert [(time.start, time.end) for time in times] == spans
    assert all(_reads(text, time) for time in times)
    firsts = _as_list(case["first"]) if "first" in case else [None] * len(spans)
    assert [time.first for time in times] == firsts
    if len(times) == 1:
        assert times[0].last == case.get("last", case.get("first"))
    for name in ("granularity", "value", "kind", "modifier", "rule"):
        if name in case:
            assert [getattr(time, name) for time in times] == [case[name]]


def test_a_time_counts_from_the_day_in_the_zone_of_the_article() -> None:
    late = datetime(2023, 9, 12, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    (time,) = find_times("The pump failed today.", published=late)
    assert time.first == date(2023, 9, 12)
    (time,) = find_times("The pump failed today.", published=late.astimezone(UTC))
    assert time.first == date(2023, 9, 11)


def test_a_language_without_a_table_has_no_times() -> None:
    assert find_times("12 September 2023", language="xx") == ()


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("in July", True),
        ("on Tuesday", True),
        ("now", False),
        ("daily", False),
        ("18 months", False),
    ],
)
def test_only_what_places_something_in_time_is_a_date(text: str, is_date: bool) -> None:
    (time,) = find_times(text)
    assert time.is_date is is_date


def test_an_impossible_day_is_no_date() -> None:
    assert [time.text for time in find_times("on 31 February 2023")] == ["February 2023"]


def test_a_publication_date_at_the_edge_of_the_calendar_is_ignored() -> None:
    (time,) = find_times("It failed yesterday.", published=date.min)
    assert time.first is None


_WORDS = st.sampled_from(
    "the a of in on last next this early late 12 31 99 2023 1998 May March Sept. Tuesday to – - , "
    ". and two year years ago earlier quarter third week weekend morning 10:30 p.m. will "
    "said today 10/11/2023 2023-02-30 1990s 13th summer Easter old recent the's \n\n".split(" ")
)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_pattern_is_left_out_only_where_what_it_needs_is_missing(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon is not None
    letters = sorted({code for rule in lexicon.rules for code in rule.needed})
    assert letters
    # Every code alone and beside every other: short texts, in which patterns with options match.
    texts = [one + other for one in ("", *letters) for other in letters]
    for rule in lexicon.rules:
        assert rule.needed, rule.pattern.pattern
        for text in texts:
            for match in rule.pattern.finditer(text):
                assert not match.group() or not rule.needed.isdisjoint(match.group())


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=30), st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.none())
def test_any_words_give_times_in_order_that_do_not_overlap(
    words: list[str], published: date | None
) -> None:
    text = " ".join(words)
    end = 0
    for time in find_times(text, published=published):
        assert time.start >= end
        assert _reads(text, time)
        assert (time.first is None) == (time.last is None)
        assert time.first is None or time.last is None or time.first <= time.last
        end = time.end
