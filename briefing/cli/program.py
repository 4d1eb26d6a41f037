"""The commands put together, and everything that can end one -> an exit code."""

from __future__ import annotations

import io
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Annotated, NoReturn

import typer

from briefing.cli.build import build
from briefing.cli.check import check, schema
from briefing.cli.console import complain, exit_code, note, report, say
from briefing.cli.explain import explain
from briefing.cli.export import export
from briefing.cli.history import backup, history
from briefing.cli.init import init
from briefing.cli.outbox import outbox_app
from briefing.cli.run import daemon, run
from briefing.cli.schedule import schedule
from briefing.cli.send import send
from briefing.cli.templates import templates_app
from briefing.cli.verify import verify
from briefing.errors import BriefingError

INTERRUPTED = 130
TERMINATED = 143
_BUG = 3  #: not the interpreter's 1, which would say that something was built

app = typer.Typer(
    name="brief",
    help="From a pile of news articles to a brief whose every sentence can be traced to its "
    "source.",
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_COMMANDS: tuple[Callable[..., None], ...] = (
    build,
    verify,
    explain,
    export,
    check,
    init,
    schema,
    run,
    schedule,
    daemon,
    send,
    history,
    backup,
)
for _command in _COMMANDS:
    app.command()(_command)
app.add_typer(outbox_app, name="outbox")
app.add_typer(templates_app, name="templates")


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    is_version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)
    ] = False,
) -> None:
    """From a pile of news articles to a brief whose every sentence can be traced to its source."""
    if is_version:
        say(f"brief {_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        note(context.get_help())
        raise typer.Exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line `arguments`, by default the program's own; returns the exit code.

    Raises SystemExit(143) when the process is told to terminate.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # LANG=C must not stop a title
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        with _Bugs():
            return _run(arguments)
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(arguments: Sequence[str] | None) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="brief", standalone_mode=False)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        complain(error.format_message(), f"{context.command_path} --help" if context else "")
        return error.exit_code
    except BriefingError as error:
        report(error)
        return exit_code(error)
    except typer.Abort:
        code = INTERRUPTED
    if code == INTERRUPTED:
        note("interrupted")
    return code or 0


class _Bugs:
    """Lets what should never happen be seen whole, and end with an exit code of its own."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception):
            note("".join(traceback.format_exception(error)).rstrip())
            complain("this is a bug in brief", "please report it, with the lines above")
            raise SystemExit(_BUG) from error


def _terminate(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough; what is half done is being undone
    raise SystemExit(TERMINATED)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("brief")
    except PackageNotFoundError:
        return "unknown (not installed)"
