"""Figures: their values and units, one notation, and how much an equal one tells."""

from __future__ import annotations

import pytest

from briefing.text.figures import CLOCK, EXACT, RANK, Figure, find_figures, in_one_notation, telling


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("at 1 p.m.", 13 * 100, CLOCK),
        ("until 1pm", 13 * 100, CLOCK),
        ("at 12.30 a.m.", 30, CLOCK),
        ("at 4:10 a.m. local time", 4 * 100 + 10, CLOCK),
        ("a price of €680m", 680e6, "eur"),
        ("a price of 680 million euros", 680e6, "eur"),
        ("a mast of 6m", 6, "m"),
        ("the second engine", 2, f"{RANK}engin"),
        ("the 2nd engine", 2, f"{RANK}engin"),
        ("1,700 jobs", 1700, "job"),
        ("twelve marines", 12.0, "marin"),  # not in March
        ("3 separatists", 3.0, "separatist"),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str) -> None:
    assert find_figures(text) == {Figure(value, unit)}


@pytest.mark.parametrize(
    "text", ["in 1868", "In 2019, the mill", "May 14", "14 Sept.", "3 dec", "a second blast"]
)
def test_dates_and_another_one_are_no_figures(text: str) -> None:
    assert find_figures(text) == frozenset()


def test_one_notation() -> None:
    said = [in_one_notation(text).split() for text in ("38mm of rain", "38 millimetres of rain")]
    assert said[0] == said[1]
    assert in_one_notation("at 1 p.m.").split()[:2] == in_one_notation("at 13:00").split()[:2]


def test_the_rarer_tells_more() -> None:
    minute, hour = Figure(410, CLOCK), Figure(1300, CLOCK)
    measured, counted, few = Figure(490, "pence"), Figure(228, "passeng"), Figure(3, "base")
    assert telling(minute) == EXACT > telling(hour) == telling(measured) == 1.0
    assert telling(counted) == EXACT / 2
    assert telling(few) == 0.0
