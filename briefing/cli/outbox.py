"""`brief outbox`: the messages that are not on their way yet, and what to do with them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import complain, note, reporting, safe_text, say
from briefing.cli.options import ConfigOption, DebugOption, JsonOption, open_config
from briefing.cli.receipts import tell_stranded
from briefing.cli.state import clock, opened_store
from briefing.config import every_deliverer

if TYPE_CHECKING:
    from briefing.store.rows import OutboxRow

_SCHEMA = "brief-outbox/1"

outbox_app = typer.Typer(
    help="Show the messages that are not sent, and decide about them.", rich_markup_mode=None
)

IdsArgument = Annotated[
    list[int], typer.Argument(metavar="ID", help="Messages, as `brief outbox` numbers them.")
]


@outbox_app.callback(invoke_without_command=True)
def outbox(
    context: typer.Context,
    config: ConfigOption = None,
    is_all: Annotated[
        bool, typer.Option("--all", help="Those that were sent or dropped as well.")
    ] = False,
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Show the messages that are not sent, and decide about them.

    A message is `unknown` when the line broke after its content had gone out: nobody can know
    whether it arrived, so it is kept until you decide. So are messages of a store put back from a
    copy. Exit code 4 while any is unknown or failed, or waits for a delivery that is gone.
    """
    if context.invoked_subcommand is not None:
        return
    from briefing.deliverers import stranded

    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            rows = store.outbox()
            lost = stranded(store, every_deliverer(found.briefs), now=clock())
    shown = [row for row in rows if is_all or row.state not in ("sent", "dropped")]
    if is_json:
        say(json.dumps({"schema": _SCHEMA, "messages": [_fields(row) for row in shown]}))
    elif not shown:
        say("nothing waits")
    for row in [] if is_json else shown:
        number = f"number {row.edition_number}" if row.edition_number else row.period
        line = f"{row.id:>6}  {row.state:12}  {row.brief} {number}  {row.recipient}"
        when = f"; next try {row.next_try:%Y-%m-%d %H:%M} UTC" if row.next_try else ""
        say(safe_text(line))
        if row.last_reply or when:
            tries = "1 try" if row.attempts == 1 else f"{row.attempts} tries"
            after = f"after {tries}: " if row.attempts else ""
            say(safe_text(f"        {after}{row.last_reply}{when}"))
    tell_stranded(lost, told=set())
    waits = any(row.state in ("unknown", "failed") for row in rows)
    raise typer.Exit(4 if waits or lost else 0)


@outbox_app.command()
def retry(ids: IdsArgument, config: ConfigOption = None, debug: DebugOption = False) -> None:
    """Send messages again with the next `brief run --due`; one that did arrive arrives twice."""
    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            done = {number: store.requeue(number, now=clock()) for number in ids}
    _say_done(done, "waits to be sent", "not in the outbox, sent, or being sent just now")


@outbox_app.command()
def drop(
    ids: IdsArgument,
    reason: Annotated[
        str, typer.Option("--reason", help="Why, for the history.")
    ] = "dropped by hand",
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Never send messages again."""
    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            done = {number: store.drop(number, reason, now=clock()) for number in ids}
    _say_done(done, "dropped", "not in the outbox, sent, or being sent just now")


@outbox_app.command()
def show(
    number: Annotated[int, typer.Argument(metavar="ID", help="A message.")],
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Print a message as it is stored, for a mail program to open."""
    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            content = store.message_content(number)
    if content is None:
        complain(f"{number}: no such message")
        raise typer.Exit(2)
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _say_done(done: dict[int, bool], verb: str, otherwise: str) -> None:
    for number, is_done in done.items():
        if is_done:
            note(f"{number}: {verb}")
        else:
            complain(f"{number}: {otherwise}")
    raise typer.Exit(0 if all(done.values()) else 2)


def _fields(row: OutboxRow) -> dict[str, object]:
    return {
        "id": row.id,
        "brief": row.brief,
        "period": row.period,
        "number": row.edition_number,
        "recipient": row.recipient,
        "message_id": row.message_id,
        "state": row.state,
        "attempts": row.attempts,
        "next_try": row.next_try.isoformat() if row.next_try else None,
        "last_reply": row.last_reply,
    }
