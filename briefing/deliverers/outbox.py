"""What waits in the store's outbox -> transports -> what became of each, recorded at once.

`claimed` is recorded before anything is tried, `transmitting` after the server took the recipient
and before the first byte of content, the end when it is known. Killed in between, a message is
tried again if it was `claimed`, and nobody's guess if it was `transmitting`: then it is held.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.config.delivery import DeliverSpec, SmtpSpec
from briefing.deliverers.folder import FolderTransport
from briefing.deliverers.passwords import read_password
from briefing.deliverers.smtp import SmtpTransport
from briefing.deliverers.transport import Outcome, OutcomeKind, Receipt, Transport
from briefing.errors import DeliveryError
from briefing.faults import fault
from briefing.store.rows import ClaimedMessage, ClaimLost, MessageState, OutboxRow, OutgoingMessage

if TYPE_CHECKING:
    from briefing.store.archive import Store

#: Longer than any try can take (`session.Limits`), so that no claim runs out under its owner.
LEASE = timedelta(minutes=30)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=48)
#: Later than any try comes while something calls: after this a message is not sent unasked, since
#: what it says is old, or the store is an old copy put back, and the message long delivered.
TOO_LATE = GIVE_UP_AFTER + LONGEST_WAIT
#: How long after its time a message that nobody here sends is told of.
OVERDUE = timedelta(hours=1)
#: Begins the reply of a message whose server was found out of use by one before it.
NOT_TRIED = "not tried: "
#: Ends the deliverer of the one further copy that `on_unknown: resend` allows.
AGAIN = " (again)"
_UNKNOWN: tuple[MessageState, ...] = ("unknown",)
_WAITING: tuple[MessageState, ...] = ("queued", "retry", "claimed")


def deliver_pending(
    store: Store,
    specs: Mapping[str, DeliverSpec],
    *,
    now: Callable[[], datetime],
    owner: str,
    transport: Transport | None = None,
    limit: int | None = None,
    edition: int | None = None,
    root: Path = Path(),
    is_stopping: Callable[[], bool] = lambda: False,
) -> tuple[Receipt, ...]:
    """Try every message that is due, each once, and record what became of it.

    `specs` are the deliverers by the name that is in the rows; rows of others are left alone until
    they are too late for anybody to send. Who is no longer among a mail's recipients gets nothing.
    `transport` replaces those of `specs`; `limit` bounds the tries, `edition` keeps to one edition;
    `root` is where relative paths start; `is_stopping` is asked before each message, and a yes
    ends the pass. Messages of a server that cannot be used are put off together after one try.

    Raises StoreError when an end cannot be recorded; a message that was being sent is then held.
    """
    store.recover(now=now())
    _send_again(store, specs, now())
    names = [name for known in specs for name in (known, known + AGAIN)]
    pool = _Transports(specs, root, transport)
    receipts = list(_give_up(store, edition, now()))
    tried = 0
    while (limit is None or tried < limit) and not is_stopping():
        message = store.claim_message(
            now=now(), owner=owner, lease=LEASE, deliverers=names, edition=edition
        )
        if message is None:
            break
        fault("deliver-claimed")
        tried += 1
        try:
            if _is_listed(message, specs):
                receipts.append(_deliver(store, pool, message, now))
            else:
                receipts.append(_drop(store, message, now()))
        except ClaimLost:
            continue  # another process has it now, and records what becomes of it
    return tuple(receipts)


def hold_copied(
    store: Store, specs: Mapping[str, DeliverSpec], *, now: datetime
) -> tuple[OutboxRow, ...]:
    """In a store put back from a copy, the messages that are held from now on.

    Copies into folders go on, since two are as good as one.
    """
    repeatable = [name for name, spec in specs.items() if spec.folder is not None]
    held = store.settle_copy(now=now, repeatable=repeatable)
    return tuple(row for row in store.outbox(states=_UNKNOWN) if row.id in held) if held else ()


def stranded(
    store: Store, specs: Mapping[str, DeliverSpec], *, now: datetime
) -> tuple[OutboxRow, ...]:
    """Messages long due that belong to no delivery of this configuration.

    A delivery that was renamed or taken out leaves them; in a store that several configurations
    share, they may be another's, which nothing runs.
    """
    return tuple(
        row
        for row in store.outbox(states=_WAITING)
        if row.deliverer.removesuffix(AGAIN) not in specs and _due(row) + OVERDUE < now
    )


def _due(row: OutboxRow) -> datetime:
    """When anybody could have sent a waiting message."""
    if row.state == "claimed":
        return row.changed + LEASE
    return row.next_try or row.queued


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the first, second … try: 5 minutes, doubled, up to 6 hours."""
    doubled: int = 2 ** min(attempt - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


class _Transports:
    """One transport a deliverer, made when first needed, and what servers are out of use."""

    def __init__(
        self, specs: Mapping[str, DeliverSpec], root: Path, transport: Transport | None
    ) -> None:
        self._specs, self._root, self._only = specs, root, transport
        self._made: dict[str, Transport] = {}
        self._closed: dict[tuple[str, ...], str] = {}

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        """Send by the message's deliverer, or say why its server is left alone in this pass."""
        name = message.deliverer.removesuffix(AGAIN)
        server = _server_of(name, self._specs[name])
        if (reason := self._closed.get(server)) is not None:
            return Outcome("retry", f"{NOT_TRIED}{reason}", is_about_server=True)
        try:
            outcome = self._of(name).send(message, on_transmitting)
        except DeliveryError as error:
            outcome = Outcome("retry", str(error), is_about_server=True)
        if outcome.is_about_server:
            self._closed[server] = outcome.reply
        return outcome

    def _of(self, name: str) -> Transport:
        if self._only is not None:
            return self._only
        if name not in self._made:
            self._made[name] = self._make(self._specs[name])
        return self._made[name]

    def _make(self, spec: DeliverSpec) -> Transport:
        if spec.mail is None:
            return FolderTransport()
        smtp: SmtpSpec = spec.mail.smtp
        password = read_password(smtp, root=self._root, environment=os.environ)
        return SmtpTransport(smtp, password=password)


def _server_of(name: str, spec: DeliverSpec) -> tuple[str, ...]:
    """What is out of use together: a server with a login on it; else a deliverer alone."""
    if spec.mail is None:
        return (name,)
    smtp = spec.mail.smtp
    places = (smtp.password_env, smtp.password_file, smtp.password_command)
    return (smtp.host, str(smtp.port), smtp.user or "", *(place or "" for place in places))


def _deliver(
    store: Store, pool: _Transports, message: ClaimedMessage, now: Callable[[], datetime]
) -> Receipt:
    outcome = pool.send(message, lambda: store.mark_transmitting(message, now=now()))
    fault("deliver-answered")
    moment = now()
    kind, reply, next_try = outcome.kind, outcome.reply, None
    if kind == "retry" and moment - message.queued >= GIVE_UP_AFTER:
        hours = GIVE_UP_AFTER // timedelta(hours=1)
        kind, reply = "failed", f"given up after {hours} hours: {reply}"
    match kind:
        case "sent":
            store.mark_sent(message, now=moment, reply=reply)
        case "retry":
            next_try = moment + wait_after(message.attempt)
            store.mark_retry(message, now=moment, next_try=next_try, reply=reply)
        case "failed":
            store.mark_failed(message, now=moment, reply=reply)
        case _:
            store.mark_unknown(message, now=moment, reply=reply)
    fault("deliver-recorded")
    return _receipt(message, kind, reply, message.attempt, next_try=next_try)


def _give_up(store: Store, edition: int | None, now: datetime) -> Iterable[Receipt]:
    """What nobody sent in time, of whatever deliverer, failed; a person may still send it."""
    hours = TOO_LATE // timedelta(hours=1)
    reason = f"waited for more than {hours} hours; sent only when asked"
    for row in store.give_up(reason, before=now - TOO_LATE, edition=edition, now=now):
        yield _receipt(row, "failed", reason, row.attempts)


def _is_listed(message: ClaimedMessage, specs: Mapping[str, DeliverSpec]) -> bool:
    """Whether a message still goes to somebody who is to have it."""
    mail = specs[message.deliverer.removesuffix(AGAIN)].mail
    if mail is None or not message.is_listed:
        return True
    return message.recipient.lower() in {each.lower() for each in mail.recipients}


def _drop(store: Store, message: ClaimedMessage, now: datetime) -> Receipt:
    reason = "no longer among the recipients in the configuration"
    store.mark_dropped(message, now=now, reason=reason)
    return _receipt(message, "dropped", reason, message.attempt)


def _receipt(
    message: ClaimedMessage | OutboxRow,
    kind: OutcomeKind | Literal["dropped"],
    reply: str,
    attempt: int,
    *,
    next_try: datetime | None = None,
) -> Receipt:
    return Receipt(
        message_id=message.id,
        brief=message.brief,
        period=message.period,
        edition_number=message.edition_number,
        deliverer=message.deliverer.removesuffix(AGAIN),
        recipient=message.recipient,
        kind=kind,
        reply=reply,
        attempt=attempt,
        next_try=next_try,
    )


def _send_again(store: Store, specs: Mapping[str, DeliverSpec], now: datetime) -> None:
    """One further row for each `unknown` one whose deliverer says `on_unknown: resend`.

    The store holds one row for an edition, a recipient and a deliverer, so that there is never a
    second further copy, whatever is killed where; it is the same bytes with the same Message-ID.
    """
    for row in store.outbox(states=_UNKNOWN):
        spec = specs.get(row.deliverer)
        content = store.message_content(row.id)
        if spec is None or spec.mail is None or content is None or row.is_held:
            continue
        if spec.mail.on_unknown != "resend":
            continue
        store.enqueue(row.edition_id, [_again(row, content)], now=now)
        fault("deliver-again")
        store.drop(row.id, "unknown; sent once more, as on_unknown: resend asks", now=now)


def _again(row: OutboxRow, content: bytes) -> OutgoingMessage:
    deliverer = row.deliverer + AGAIN
    return OutgoingMessage(row.recipient, row.message_id, content, deliverer, row.is_listed)
