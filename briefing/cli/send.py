"""`brief send`: an edition folder -> messages, sent, tried on one recipient, or only written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import note, reporting, safe_text, say, start_logging
from briefing.cli.options import ConfigOption, DebugOption, open_config
from briefing.cli.receipts import tell_held, tell_receipts
from briefing.cli.state import clock, opened_store, owner, store_location
from briefing.config import (
    BriefSpec,
    Config,
    DeliverSpec,
    deliverers,
    every_deliverer,
    no_such,
    read_mailbox,
)
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from briefing.store.archive import Store
    from briefing.store.rows import EditionState, MessageState, OutgoingMessage

_BUILT: tuple[EditionState, ...] = ("built",)
_SENT: tuple[MessageState, ...] = ("sent",)
_LEASE = timedelta(minutes=5)


def send(
    edition: Annotated[Path, typer.Argument(metavar="EDITION", help="An edition folder.")],
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            metavar="ADDRESS",
            help="Instead of the configured recipients; repeatable.",
        ),
    ] = None,
    config: ConfigOption = None,
    is_dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing: write the messages as .eml files.")
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where --dry-run writes.")
    ] = Path(),
    test_recipient: Annotated[
        str | None,
        typer.Option(
            "--test-recipient",
            metavar="ADDRESS",
            help="Send one message to this address, and remember nothing of it.",
        ),
    ] = None,
    debug: DebugOption = False,
) -> None:
    """Send an edition by mail.

    Whoever has got this edition already does not get it again. Exit code 4 when a message could
    not be sent; it then waits in the outbox.
    """
    start_logging()
    if test_recipient is not None and (to or is_dry_run):
        raise typer.BadParameter("stands alone", param_hint="--test-recipient")
    with reporting(debug):
        found = open_config(config)
        folder = edition.resolve()
        spec = _spec(found, folder)
        chosen = _addresses([test_recipient] if test_recipient else to or [])
        if is_dry_run:
            for path in _write(found, spec, folder, chosen, out):
                say(safe_text(str(path)))
            return
        deliver = _try if test_recipient else _deliver
        is_done = deliver(found, spec, folder, chosen)
    raise typer.Exit(0 if is_done else 4)


def _spec(config: Config, folder: Path) -> BriefSpec:
    """The brief of which `folder` is an edition; raises DeliveryError when it is none."""
    from briefing.deliverers.edition_files import open_edition

    name = str(open_edition(folder).configuration.get("name", ""))
    by_name = {spec.name: spec for spec in config.briefs}
    if name not in by_name:
        raise DeliveryError(f"{folder}: {no_such(name, list(by_name))}")
    if not any(deliver.mail for deliver in by_name[name].deliver):
        hint = "add deliver: with a mail to the brief; docs/mail.md shows how"
        raise DeliveryError(f"{name}: no mail in its configuration", hint=hint)
    return by_name[name]


def _addresses(given: Sequence[str]) -> tuple[str, ...]:
    try:
        return tuple(read_mailbox(each) for each in given)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--to") from error


def _messages(
    config: Config, spec: BriefSpec, folder: Path, to: tuple[str, ...], number: int
) -> tuple[OutgoingMessage, ...]:
    """The mails of an edition, to its recipients or instead of them to the addresses of `to`."""
    from briefing.recurring import make_messages

    mails = [each.mail for each in spec.deliver if each.mail is not None]
    if to:
        mails = [mails[0].model_copy(update={"to": to, "cc": (), "bcc": ()})]
    mailed = spec.model_copy(update={"deliver": tuple(DeliverSpec(mail=mail) for mail in mails)})
    root, now = config.path.parent, clock()
    messages = make_messages(mailed, folder, root=root, number=number, now=now)
    return tuple(replace(message, is_listed=not to) for message in messages)


def _write(
    config: Config, spec: BriefSpec, folder: Path, to: tuple[str, ...], out: Path
) -> list[Path]:
    number = 1
    location = store_location(config)
    if isinstance(location, Path) and location.exists():
        with opened_store(config) as store:
            number = _number(store, spec.name, folder)
    paths = []
    out.mkdir(parents=True, exist_ok=True)
    for count, message in enumerate(_messages(config, spec, folder, to, number), 1):
        path = out / f"{spec.name}-{folder.name}-{count}.eml"
        path.write_bytes(message.content)
        paths.append(path)
        note(f"{safe_text(message.recipient)}: {safe_text(str(path))}")
    return paths


def _number(store: Store, name: str, folder: Path) -> int:
    for row in store.editions(name, 10_000, states=_BUILT):
        if row.number is not None and row.folder == os.fspath(folder):
            return row.number
    return store.next_number(name)


def _try(config: Config, spec: BriefSpec, folder: Path, to: tuple[str, ...]) -> bool:
    """Sends through a store that is thrown away, on the very way that a recurring brief takes."""
    from briefing.store import open_store

    with (
        TemporaryDirectory() as place,
        open_store(Path(place) / "state.sqlite3", now=clock()) as store,
    ):
        return _deliver_from(store, config, spec, folder, to, is_kept=False)


def _deliver(config: Config, spec: BriefSpec, folder: Path, to: tuple[str, ...]) -> bool:
    with opened_store(config) as store:
        return _deliver_from(store, config, spec, folder, to, is_kept=True)


def _deliver_from(
    store: Store,
    config: Config,
    spec: BriefSpec,
    folder: Path,
    to: tuple[str, ...],
    *,
    is_kept: bool,
) -> bool:
    """Whether everything is sent; what is not, is told."""
    from briefing.deliverers import deliver_pending, hold_copied
    from briefing.deliverers.outbox import AGAIN

    store.check_clock(now=clock())
    held = hold_copied(store, every_deliverer(config.briefs), now=clock())
    tell_held(held)
    rows = store.editions(spec.name, 10_000, states=_BUILT)
    row = next((each for each in rows if each.folder == os.fspath(folder)), None)
    messages = _messages(config, spec, folder, to, _number(store, spec.name, folder))
    if row is None:
        # Not made by the schedule: it has a row of its own, which no schedule looks at.
        name = f"{spec.name} by hand"
        claim = store.claim_edition(name, folder.name, now=clock(), owner=owner(), lease=_LEASE)
        if claim is not None:
            row = store.finish_edition(claim, now=clock(), folder=os.fspath(folder))
        else:
            row = store.find_edition(name, folder.name)
    if row is None:
        raise DeliveryError(f"{folder}: another process is sending it")
    added = store.enqueue(row, messages, now=clock())
    if added < len(messages):
        note(
            f"{len(messages) - added} of {len(messages)} recipients have it in the outbox already;"
            " `brief outbox --all` shows how it stands"
        )
    receipts = deliver_pending(
        store,
        deliverers(spec),
        now=clock,
        owner=owner(),
        edition=row.edition_id,
        root=config.path.parent,
    )
    tell_receipts(receipts, is_quiet=False, is_kept=is_kept)
    sent = {
        (each.recipient, each.deliverer.removesuffix(AGAIN))
        for each in store.outbox(states=_SENT, edition=row.edition_id)
    }
    is_whole = all((message.recipient, message.deliverer) in sent for message in messages)
    return is_whole and not held and all(each.kind in ("sent", "dropped") for each in receipts)
