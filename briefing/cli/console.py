"""Results -> stdout, problems and errors -> stderr, one line each and safe to show anywhere."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from unicodedata import category

import typer

from briefing.errors import (
    BriefingError,
    ConfigError,
    Mistake,
    NothingToBuild,
    RenderError,
    StoreError,
)
from briefing.models import Problem

_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RED, _YELLOW, _CYAN = 31, 33, 36


def safe_text(text: str) -> str:
    """`text` as one line with every control character and change of direction made visible.

    Titles and file names come from others; an escape sequence in one must not reach a terminal.
    """
    return "".join(_visible(letter) for letter in text)


def say(text: str) -> None:
    """One line, or several, of what the command is for, on stdout."""
    _write(sys.stdout, text)


def note(text: str) -> None:
    """One line about the run on stderr."""
    _write(sys.stderr, text)


def warn(problem: Problem) -> None:
    """One line on stderr about something that was left out or degraded."""
    note(f"{_paint('warning:', _YELLOW)} {safe_text(problem.subject)}: {safe_text(problem.reason)}")


def caution(mistake: Mistake) -> None:
    """One line on stderr about a place in a configuration that can be used nevertheless."""
    note(f"{_paint('warning:', _YELLOW)} {safe_text(str(mistake))}")


def complain(message: str, hint: str = "") -> None:
    """`error: message` on stderr, and `hint: …` when there is something to do about it."""
    note(f"{_paint('error:', _RED)} {safe_text(message)}")
    if hint:
        note(f"{_paint('hint:', _CYAN)} {safe_text(hint)}")


def report(error: BriefingError, *, debug: bool = False) -> None:
    """What went wrong, one line each; with `debug` the traceback before it."""
    if debug:
        note("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, NothingToBuild):
        for problem in error.problems:
            warn(problem)
    if isinstance(error, ConfigError):
        *before, last = error.mistakes
        for mistake in before:
            complain(str(mistake))
        complain(str(last), error.hint)
    else:
        complain(str(error), error.hint)


def exit_code(error: BriefingError) -> int:
    """The exit code that `error` ends a command with, as the contract numbers them."""
    match error:
        case ConfigError() | RenderError(is_template_error=True):
            return 2
        case StoreError():
            return 5
    return 3


@contextmanager
def reporting(debug: bool, *, code: int | None = None) -> Iterator[None]:
    """Ends the command with a report and its exit code, or `code`, when the block cannot go on."""
    try:
        yield
    except BriefingError as error:
        report(error, debug=debug)
        raise typer.Exit(exit_code(error) if code is None else code) from error


def start_logging(verbosity: int = 0) -> None:
    """Log lines on stderr: our errors; with 1 our steps as well, with 2 all that anybody logs."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Visible("%(name)s: %(message)s"))
    handler.setLevel({0: logging.ERROR, 1: logging.INFO}.get(verbosity, logging.DEBUG))
    if verbosity < 2:
        handler.addFilter(logging.Filter("briefing"))
    logging.basicConfig(handlers=[handler], level=handler.level)
    logging.captureWarnings(True)  # a library's deprecations are not the user's business


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person watches `stream` on a terminal that can move its cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


class _Visible(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines()
        return f"{record.levelname.lower()}: " + "\n".join(map(safe_text, lines))


def _visible(letter: str) -> str:
    if letter in _DIRECTIONS or category(letter) in ("Cc", "Cs", "Zl", "Zp"):
        return letter.encode("unicode_escape").decode()
    return letter


def _paint(word: str, colour: int) -> str:
    if os.environ.get("NO_COLOR") or not is_terminal(sys.stderr):
        return word
    return f"\x1b[1;{colour}m{word}\x1b[0m"


def _write(stream: TextIO | None, text: str) -> None:
    """Prints; when the other side has hung up, goes on in silence: the work is still wanted."""
    try:
        print(text, file=stream, flush=True)
    except OSError as error:
        if stream is not None:
            _silence(stream)
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise BriefingError(f"stdout: {(error.strerror or str(error)).lower()}") from error


def _silence(stream: TextIO) -> None:
    """Sends what else is written to `stream` nowhere, its buffer and the flush at exit included."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())
