"""The steps of a run -> progress bars on stderr, when somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.cli.console import is_terminal, safe_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bars:
    """One bar a step, in the order in which the steps begin."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def step(self, name: str, done: int, total: int) -> None:
        """Shows that `done` of `total` parts of the step called `name` are done."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(safe_text(name), total=total)
        self._progress.update(self._tasks[name], completed=done, total=total)


@contextmanager
def bars(title: str, *, wanted: bool) -> Iterator[Bars | None]:
    """Bars headed by `title`, gone when the block ends; None when stderr is no terminal."""
    if not wanted or not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    progress = Progress(
        TextColumn(safe_text(title), markup=False),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with progress:
        yield Bars(progress)
