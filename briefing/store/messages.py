"""The outbox, inside a transaction that the caller holds: one row a recipient and edition.

queued -> claimed -> transmitting -> sent | retry | failed | unknown, and dropped by hand. A row
left `claimed` by a dead owner can be claimed again, since nothing of it was transmitted; one left
`transmitting` becomes `unknown`, since nobody can know whether the server took it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select, update

from briefing.store.insertion import insert_new
from briefing.store.rows import (
    PENDING_MESSAGES,
    ClaimedMessage,
    ClaimLost,
    MessageState,
    OutboxRow,
    OutgoingMessage,
)
from briefing.store.schema import EDITIONS, OUTBOX

#: From which states a person may have a message sent again, or given up.
REQUEUABLE: tuple[MessageState, ...] = ("unknown", "failed", "retry", "dropped")
DROPPABLE: tuple[MessageState, ...] = ("queued", "retry", "failed", "unknown")

_LEFT_BEHIND = (
    "the process that sent it ended before the server's answer was recorded:"
    " it may or may not have arrived"
)


def enqueue(
    connection: Connection, edition_id: int, messages: Sequence[OutgoingMessage], *, now: datetime
) -> int:
    """Store whole messages; how many were new for their recipient, edition and deliverer."""
    return sum(
        insert_new(
            connection,
            OUTBOX,
            {
                "edition_id": edition_id,
                "recipient": message.recipient,
                "deliverer": message.deliverer,
                "message_id": message.message_id,
                "content": message.content,
                "size": len(message.content),
                "state": "unknown" if message.held else "queued",
                "attempts": 0,
                "next_try": None,
                "last_reply": message.held,
                "queued": now,
                "changed": now,
                "owner": "",
                "token": "",
                "lease_until": None,
                "listed": int(message.is_listed),
                "held": int(bool(message.held)),
            },
        )
        for message in messages
    )


def claim(
    connection: Connection,
    *,
    now: datetime,
    owner: str,
    lease: timedelta,
    token: str,
    deliverers: Collection[str] | None,
    edition: int | None,
) -> ClaimedMessage | None:
    """Take the oldest message that is due; None when there is none."""
    held = _one(connection, OUTBOX.c.token == token)  # an earlier try was committed after all
    if held is None:
        query = select(OUTBOX.c.id).where(_is_due(now)).order_by(OUTBOX.c.queued, OUTBOX.c.id)
        if deliverers is not None:
            query = query.where(OUTBOX.c.deliverer.in_(deliverers))
        if edition is not None:
            query = query.where(OUTBOX.c.edition_id == edition)
        found = connection.scalar(query.limit(1).with_for_update(skip_locked=True))
        if found is None:
            return None
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.id == found)
            .values(
                state="claimed",
                attempts=OUTBOX.c.attempts + 1,
                next_try=None,
                changed=now,
                owner=owner,
                token=token,
                lease_until=now + lease,
            )
        )
        held = _one(connection, OUTBOX.c.id == found)
    return None if held is None else _claimed_message(held, lease)


def release(connection: Connection, message: ClaimedMessage, *, now: datetime) -> None:
    """Give a claimed message back as if it had not been taken; nothing if it is not ours."""
    connection.execute(
        update(OUTBOX)
        .where(_is_mine(message), OUTBOX.c.state == "claimed")
        .values(
            state="queued",
            attempts=OUTBOX.c.attempts - 1,
            changed=now,
            token="",
            owner="",
            lease_until=None,
        )
    )


def mark_transmitting(connection: Connection, message: ClaimedMessage, *, now: datetime) -> None:
    """Record, before the first byte of the message goes out, that it is about to."""
    _settle(
        connection,
        message,
        _is_mine(message) & (OUTBOX.c.state == "claimed"),
        state="transmitting",
        changed=now,
        lease_until=now + message.lease,
    )


def mark_sent(
    connection: Connection, message: ClaimedMessage, *, now: datetime, reply: str
) -> None:
    """Record the server's yes, whatever others did to the row while we waited for it.

    Only a copy that somebody else is transmitting at this moment keeps its own state.
    """
    _settle(
        connection,
        message,
        (OUTBOX.c.id == message.id) & (_is_mine(message) | (OUTBOX.c.state != "transmitting")),
        state="sent",
        next_try=None,
        last_reply=reply,
        changed=now,
        token=message.token,
        lease_until=None,
    )


def mark_unsent(
    connection: Connection,
    message: ClaimedMessage,
    state: MessageState,
    *,
    now: datetime,
    reply: str,
    next_try: datetime | None = None,
) -> None:
    """Record `retry`, `failed` or `unknown` for a message that we hold, or held until `recover`."""
    _settle(
        connection,
        message,
        _is_mine(message) & OUTBOX.c.state.in_(("claimed", "transmitting", "unknown")),
        state=state,
        next_try=next_try,
        last_reply=reply,
        changed=now,
        lease_until=None,
    )


def recover(connection: Connection, *, now: datetime) -> int:
    """Turn what dead owners left `transmitting` into `unknown`; how many there were."""
    done = connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.state == "transmitting", OUTBOX.c.lease_until <= now)
        .values(state="unknown", last_reply=_LEFT_BEHIND, changed=now, lease_until=None)
    )
    return int(done.rowcount)


def hold(
    connection: Connection, reason: str, *, repeatable: Collection[str], now: datetime
) -> tuple[int, ...]:
    """Have everything that waits, or is being sent, wait for a person; the messages.

    Those of the deliverers in `repeatable` stay as they are: twice is as good as once.
    """
    waits = OUTBOX.c.state.in_(PENDING_MESSAGES) & OUTBOX.c.deliverer.not_in(repeatable)
    values = {"last_reply": reason, "next_try": None, "lease_until": None, "token": ""}
    done = connection.execute(
        update(OUTBOX)
        .where(waits)
        .values(state="unknown", held=1, changed=now, **values)
        .returning(OUTBOX.c.id)
    )
    return tuple(sorted(done.scalars()))


def give_up(
    connection: Connection, reason: str, *, before: datetime, edition: int | None, now: datetime
) -> tuple[OutboxRow, ...]:
    """Fail what was queued before a time and waits still, whoever should have sent it."""
    left = and_(OUTBOX.c.state == "claimed", OUTBOX.c.lease_until <= now)
    is_old = (OUTBOX.c.queued < before) & or_(OUTBOX.c.state.in_(("queued", "retry")), left)
    if edition is not None:
        is_old &= OUTBOX.c.edition_id == edition
    done = connection.execute(
        update(OUTBOX)
        .where(is_old)
        .values(state="failed", last_reply=reason, next_try=None, changed=now, lease_until=None)
        .returning(OUTBOX.c.id)
    )
    return find(connection, ids=list(done.scalars()))


def mark_dropped(
    connection: Connection, message: ClaimedMessage, *, now: datetime, reason: str
) -> None:
    """Record that a message that we hold, and of which nothing was sent, is not to be sent."""
    _settle(
        connection,
        message,
        _is_mine(message) & (OUTBOX.c.state == "claimed"),
        state="dropped",
        last_reply=reason,
        changed=now,
        lease_until=None,
    )


def requeue(connection: Connection, message_id: int, *, now: datetime) -> bool:
    """Have a message sent again from now on; False when its state does not allow that."""
    # Who says so means this recipient, listed or not.
    done = connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == message_id, OUTBOX.c.state.in_(REQUEUABLE))
        .values(state="queued", next_try=None, queued=now, changed=now, listed=0, held=0)
    )
    return bool(done.rowcount)


def drop(connection: Connection, message_id: int, reason: str, *, now: datetime) -> bool:
    """Give a message up; False when its state does not allow that."""
    done = connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id == message_id, OUTBOX.c.state.in_(DROPPABLE))
        .values(state="dropped", next_try=None, last_reply=reason, changed=now)
    )
    return bool(done.rowcount)


def find(
    connection: Connection,
    *,
    states: Collection[MessageState] | None = None,
    edition: int | None = None,
    ids: Collection[int] | None = None,
) -> tuple[OutboxRow, ...]:
    """The messages for which all that is given holds, oldest first; without their content."""
    columns = [column for column in OUTBOX.c if column.name != "content"]
    query: Select[Any] = (
        select(*columns, EDITIONS.c.brief, EDITIONS.c.period, EDITIONS.c.number)
        .join(EDITIONS, EDITIONS.c.id == OUTBOX.c.edition_id)
        .order_by(OUTBOX.c.id)
    )
    if states is not None:
        query = query.where(OUTBOX.c.state.in_(states))
    if edition is not None:
        query = query.where(OUTBOX.c.edition_id == edition)
    if ids is not None:
        query = query.where(OUTBOX.c.id.in_(ids))
    return tuple(_outbox_row(row) for row in connection.execute(query))


def content(connection: Connection, message_id: int) -> bytes | None:
    """The stored message; None when there is none, or retention has let it go."""
    return connection.scalar(select(OUTBOX.c.content).where(OUTBOX.c.id == message_id)) or None


def _is_due(now: datetime) -> ColumnElement[bool]:
    waits = and_(OUTBOX.c.state == "retry", OUTBOX.c.next_try <= now)
    left = and_(OUTBOX.c.state == "claimed", OUTBOX.c.lease_until <= now)
    return or_(OUTBOX.c.state == "queued", waits, left)


def _is_mine(message: ClaimedMessage) -> ColumnElement[bool]:
    return and_(OUTBOX.c.id == message.id, OUTBOX.c.token == message.token)


def _settle(
    connection: Connection,
    message: ClaimedMessage,
    condition: ColumnElement[bool],
    **values: Any,
) -> None:
    done = connection.execute(update(OUTBOX).where(condition).values(**values))
    if done.rowcount:
        return
    already = _is_mine(message) & (OUTBOX.c.state == values["state"])
    if _one(connection, already) is None:  # else an earlier try was committed after all
        raise ClaimLost(
            f"message {message.id} to {message.recipient}: {message.owner} no longer holds it,"
            f" so {values['state']} was not recorded",
            hint="`brief outbox` shows what has become of it",
        )


def _one(connection: Connection, condition: ColumnElement[bool]) -> Row[Any] | None:
    query = (
        select(OUTBOX, EDITIONS.c.brief, EDITIONS.c.period, EDITIONS.c.number)
        .join(EDITIONS, EDITIONS.c.id == OUTBOX.c.edition_id)
        .where(condition)
    )
    return connection.execute(query).one_or_none()


def _claimed_message(row: Row[Any], lease: timedelta) -> ClaimedMessage:
    return ClaimedMessage(
        id=row.id,
        edition_id=row.edition_id,
        brief=row.brief,
        period=row.period,
        edition_number=row.number,
        recipient=row.recipient,
        message_id=row.message_id,
        content=bytes(row.content),
        deliverer=row.deliverer,
        is_listed=bool(row.listed),
        attempt=row.attempts,
        queued=row.queued,
        owner=row.owner,
        token=row.token,
        lease=lease,
        lease_until=row.lease_until,
    )


def _outbox_row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        edition_id=row.edition_id,
        brief=row.brief,
        period=row.period,
        edition_number=row.number,
        recipient=row.recipient,
        message_id=row.message_id,
        deliverer=row.deliverer,
        is_listed=bool(row.listed),
        state=row.state,
        is_held=bool(row.held),
        attempts=row.attempts,
        next_try=row.next_try,
        last_reply=row.last_reply,
        queued=row.queued,
        changed=row.changed,
        size=row.size,
    )
