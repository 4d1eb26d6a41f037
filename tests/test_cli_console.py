"""What reaches a terminal: nothing that can move its cursor, and colour only where it is wanted."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable

import pytest

from briefing.cli.console import complain, note, safe_text, start_logging, warn
from briefing.cli.progress import bar
from briefing.models import Problem


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Make stderr a terminal; within the test, because pytest sets its own before each."""

    def watch() -> Terminal:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.delenv("NO_COLOR", raising=False)
        return terminal

    return watch


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim–Putin “summit”, 日本, café", "Kim–Putin “summit”, 日本, café"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("two\nlines\r\tand a tab", r"two\nlines\r\tand a tab"),
        ("\x00\x07\x7f\x85\x9b", r"\x00\x07\x7f\x85\x9b"),
        ("a\u202etxt.exe\u2066\u200f", r"a\u202etxt.exe\u2066\u200f"),
        ("a\u2028b", r"a\u2028b"),
        ("bad\udcffbyte", r"bad\udcffbyte"),
        ("👩\u200d🚀 क्\u200dष", "👩\u200d🚀 क्\u200dष"),
    ],
)
def test_text_of_others_is_one_visible_line(text: str, expected: str) -> None:
    assert safe_text(text) == expected


def test_labels_are_coloured_on_a_terminal_only(
    watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watch()
    complain("[/no] such \x1b[5mthing", "try this")
    assert terminal.getvalue() == (
        "\x1b[1;31merror:\x1b[0m [/no] such \\x1b[5mthing\n\x1b[1;36mhint:\x1b[0m try this\n"
    )
    plain = watch()
    monkeypatch.setenv("NO_COLOR", "1")
    warn(Problem("a.txt", "is empty"))
    assert plain.getvalue() == "warning: a.txt: is empty\n"


def test_the_bar_shows_steps_as_typed_and_is_gone_at_the_end(watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    with bar("harbour", wanted=True) as progress:
        assert progress is not None
        progress.step("read [/red]\x1b[5m{x}", 2, 5)
    shown = terminal.getvalue()
    assert "harbour" in shown
    assert "read [/red]\\x1b[5m{x}" in shown
    assert "2/5" in shown
    assert shown.rstrip().endswith("\x1b[2K")  # the line is erased


def test_there_is_no_bar_where_nobody_watches(
    watch: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = watch()
    with bar("harbour", wanted=False) as progress:
        assert progress is None
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with bar("harbour", wanted=True) as progress:
        assert progress is None
    monkeypatch.setattr(sys, "stderr", None)
    with bar("harbour", wanted=True) as progress:
        assert progress is None
    assert terminal.getvalue() == ""


def test_a_closed_stream_takes_no_lines_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    note("nobody hears")
    complain("nobody hears")


@pytest.mark.parametrize(
    ("verbosity", "expected"),
    [
        (0, ["error: briefing.x: [e]\\x1b"]),
        (1, ["info: briefing.x: i", "error: briefing.x: [e]\\x1b"]),
        (
            2,
            [
                "debug: briefing.x: d",
                "info: briefing.x: i",
                "error: briefing.x: [e]\\x1b",
                "warning: other: w",
            ],
        ),
    ],
)
def test_log_lines_are_ours_unless_all_are_asked_for(
    watch: Callable[[], Terminal],
    monkeypatch: pytest.MonkeyPatch,
    verbosity: int,
    expected: list[str],
) -> None:
    terminal = watch()
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    level = root.level
    start_logging(verbosity)
    ours = logging.getLogger("briefing.x")
    ours.debug("d")
    ours.info("i")
    ours.error("[e]\x1b")
    logging.getLogger("other").warning("w")
    root.setLevel(level)
    assert terminal.getvalue().splitlines() == expected
