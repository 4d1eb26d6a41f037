"""`brief run --due` and `brief daemon`: what is due now -> made, recorded and delivered."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.console import (
    complain,
    exit_code,
    note,
    report,
    reporting,
    safe_text,
    say,
    start_logging,
    warn,
)
from briefing.cli.options import ConfigOption, DebugOption, OutOption, complete_names, open_config
from briefing.cli.progress import bar
from briefing.cli.receipts import tell_held, tell_receipts, tell_stranded
from briefing.cli.state import clock, opened_store, owner
from briefing.config import Config, no_such
from briefing.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from briefing.recurring import Report, Run

_SCHEMA = "brief-run/1"
#: Seconds between two looks of the daemon; a clock that jumps is noticed within one.
_PAUSE = 30
_STOPS = (signal.SIGINT, signal.SIGTERM)

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME",
        help="The briefs to look at; default: all with a schedule.",
        autocompletion=complete_names,
    ),
]
QuietOption = Annotated[
    bool, typer.Option("-q", "--quiet", help="Only what went wrong, on stderr.")
]


def run(
    names: NamesArgument = None,
    is_due: Annotated[
        bool, typer.Option("--due", help="Make the editions that are due now, and no others.")
    ] = False,
    config: ConfigOption = None,
    out: OutOption = None,
    trusts_clock: Annotated[
        bool,
        typer.Option(
            "--trust-clock", help="The clock is right, although earlier runs say it cannot be."
        ),
    ] = False,
    is_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    is_quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Make the editions that are due, and deliver what waits in the outbox.

    Safe to call every minute, from any number of machines with one store: each edition is made
    once, and each recipient gets it once. The last lines on stdout are the edition folders.
    """
    if not is_due:
        message = "what to run: --due; one edition whenever you like is `brief build`"
        raise typer.BadParameter(message, param_hint="--due")
    start_logging()
    with reporting(debug):
        found = open_config(config)
        known_names(found, names or [])
        with opened_store(found) as store:
            if trusts_clock:
                store.accept_clock(now=clock())
        done = _once(found, names or [], out, set(), is_quiet=is_quiet or is_json, debug=debug)
    code = code_of(done)
    if is_json:
        say(_json(done, code))
    elif not is_quiet:
        for each in done.reports:
            if each.folder is not None:
                say(str(each.folder))
    raise typer.Exit(code)


def daemon(
    names: NamesArgument = None,
    config: ConfigOption = None,
    out: OutOption = None,
    is_quiet: QuietOption = False,
    debug: DebugOption = False,
) -> None:
    """Do what `brief run --due` does, again and again, until stopped.

    The configuration is read anew each time; while a changed one holds a mistake, the last good
    one goes on.
    """
    start_logging()
    with reporting(debug):
        found = open_config(config)
        known_names(found, names or [])
    told, told_stranded = set[str](), set[str]()
    while True:
        mistakes: list[ConfigError | StoreError] = []
        try:
            found = open_config(config or found.path)
        except ConfigError as error:
            mistakes.append(error)
        try:
            done = _once(found, names or [], out, told_stranded, is_quiet=is_quiet, debug=debug)
            for each in done.reports:
                if each.folder is not None and not is_quiet:
                    say(str(each.folder))
        except StoreError as error:
            mistakes.append(error)
        for mistake in mistakes:
            if str(mistake) not in told:  # once is enough until it is mended
                report(mistake, debug=debug)
        told = {str(mistake) for mistake in mistakes}
        time.sleep(_PAUSE)


class Stopping:
    """While it is entered, the first SIGINT or SIGTERM lets the message that is being sent be
    finished and recorded; the second ends the command at once.
    """

    def __init__(self) -> None:
        self.heard = 0  #: the signal's number; 0 before any
        self._before: list[tuple[int, Any]] = []

    def __enter__(self) -> Callable[[], bool]:
        self._before = [(each, signal.signal(each, self._hear)) for each in _STOPS]
        return lambda: bool(self.heard)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)

    def _hear(self, number: int, _frame: object) -> None:
        if self.heard:
            raise SystemExit(128 + number)
        self.heard = number


def known_names(config: Config, names: Sequence[str]) -> None:
    """Ends the command when a name is no brief with a schedule."""
    every = [spec.name for spec in config.briefs]
    scheduled = [spec.name for spec in config.briefs if spec.schedule is not None]
    for name in names:
        if name not in every:
            raise typer.BadParameter(no_such(name, every), param_hint="NAME")
        if name not in scheduled:
            raise typer.BadParameter(f"'{name}' has no schedule", param_hint="NAME")
    if not scheduled:
        raise typer.BadParameter("no brief in the configuration has a schedule", param_hint="NAME")


def code_of(done: Run) -> int:
    """The exit code of a run: the highest that any edition or message asks for."""
    codes = [0]
    for each in done.reports:
        if each.error is not None:
            codes.append(exit_code(each.error))
        elif each.outcome == "held":
            codes.append(4)
        elif each.outcome == "missed" or each.problems:
            codes.append(1)
    codes += [4 for receipt in done.receipts if receipt.kind not in ("sent", "dropped")]
    codes += [4 for _ in (*done.doubtful, *done.stranded)]
    return max(codes)


def _once(
    config: Config,
    names: Sequence[str],
    out: Path | None,
    told: set[str],
    *,
    is_quiet: bool,
    debug: bool,
) -> Run:
    """One pass, and what it has to tell; `told` are the warnings that are not to be repeated."""
    from briefing.recurring import run_due

    stopping = Stopping()
    with opened_store(config) as store, bar("run", wanted=not is_quiet) as progress:
        done = run_due(
            config,
            store=store,
            clock=clock,
            owner=owner(),
            out=Path.cwd() / out if out else None,
            names=names,
            progress=progress,
            stopping=stopping,
        )
    for each in done.reports:
        _tell(each, is_quiet=is_quiet, debug=debug)
    tell_receipts(done.receipts, is_quiet=is_quiet)
    seen = {receipt.message_id for receipt in done.receipts}
    tell_held(row for row in done.doubtful if row.id not in seen)
    tell_stranded(done.stranded, told=told)
    if stopping.heard:
        raise SystemExit(128 + stopping.heard)
    return done


def _tell(each: Report, *, is_quiet: bool, debug: bool) -> None:
    subject = f"{each.brief} {each.period}"
    for problem in each.problems:
        if each.error is None:  # an error names its problems itself
            warn(problem)
    if each.error is not None:
        report(each.error, debug=debug)
        note(f"{safe_text(subject)}: is tried again by itself")
    elif each.outcome == "held":
        hint = "`brief outbox` lists its messages; `brief outbox retry` or `drop` decides"
        complain(f"{subject}: {each.reason}", hint)
    elif each.outcome == "missed":
        complain(f"{subject}: missed: {each.reason}")
    elif not is_quiet:
        number = f", number {each.number}" if each.number else ""
        reason = f"; {each.reason}" if each.reason else ""
        note(safe_text(f"{subject}: {each.outcome}{number}{reason}"))


def _json(done: Run, code: int) -> str:
    return json.dumps(
        {
            "schema": _SCHEMA,
            "exit_code": code,
            "editions": [
                {
                    "brief": each.brief,
                    "period": each.period,
                    "outcome": each.outcome,
                    "number": each.number,
                    "folder": os.fspath(each.folder) if each.folder else None,
                    "reason": each.reason or None,
                    "messages": each.messages,
                    "problems": [
                        {"subject": problem.subject, "reason": problem.reason}
                        for problem in each.problems
                    ],
                }
                for each in done.reports
            ],
            "held": [row.id for row in done.doubtful],
            "stranded": [row.id for row in done.stranded],
            "messages": [
                {
                    "id": receipt.message_id,
                    "brief": receipt.brief,
                    "period": receipt.period,
                    "recipient": receipt.recipient,
                    "result": receipt.kind,
                    "reply": receipt.reply,
                }
                for receipt in done.receipts
            ],
        }
    )
