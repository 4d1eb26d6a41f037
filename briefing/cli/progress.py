"""The steps of a run -> a progress bar on stderr, when somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.cli.console import is_terminal, safe_text

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """One bar that shows the step which is being done."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None, title=safe_text(title))

    def step(self, name: str, done: int, total: int) -> None:
        """Shows that `done` of `total` parts of the step called `name` are done."""
        self._progress.update(self._task, description=safe_text(name), completed=done, total=total)


@contextmanager
def bar(title: str, *, wanted: bool) -> Iterator[Bar | None]:
    """A bar headed by `title`, gone when the block ends; None when stderr is no terminal."""
    if not wanted or not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    progress = Progress(
        TextColumn("{task.fields[title]}", markup=False),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with progress:
        yield Bar(progress, title)
