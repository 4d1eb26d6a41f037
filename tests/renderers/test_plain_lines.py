"""Lines of plain text: no wider than asked, every word kept, citations held to their word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.renderers.plain_lines import columns, fill


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", "* "),
        ("one", "* one"),
        ("one two three", "* one two\n  three"),
        ("a  b\n\nc", "* a b c"),
        ("https://a.example/long", "* https://a.example/long"),
        ("x https://a.example/long y", "* x\n  https://a.example/long\n  y"),
        ("four fivex [1, 2]", "* four\n  fivex [1, 2]"),
        ("ends here [1, 2, 3, 4]", "* ends\n  here [1, 2, 3, 4]"),
        ("[1] four five six", "* [1] four\n  five six"),
        ("北京时间今天上午", "* 北京时间\n  今天上午"),
        ("北京时间。今天", "* 北京时\n  间。今天"),
        ("北京abc时间", "* 北京abc\n  时间"),
        (
            "e\u0301e\u0301e\u0301e\u0301 e\u0301e\u0301e\u0301",
            "* " + "e\u0301" * 4 + " " + "e\u0301" * 3,
        ),
    ],
)
def test_fill(text: str, filled: str) -> None:
    assert fill(text, "* ", width=10) == filled.rstrip() or fill(text, "* ", width=10) == filled


@given(st.text(alphabet="ab 北。（é\u0301-\u00a0\n", max_size=200))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str) -> None:
    lines = fill(text, "- ", width=20).split("\n")
    assert lines[0].startswith("- ") or lines == ["-"]
    assert all(line.startswith("  ") for line in lines[1:])
    assert "".join(lines).replace(" ", "").removeprefix("-") == "".join(text.split(" ")).replace(
        "\n", ""
    )
    for line in lines:
        # A line is too wide only where it holds nothing but one stretch without a place to break.
        assert columns(line) <= 20 or len(line[2:].split(" ")) == 1
