"""The outbox as deliverers see it: one method a step of a message, each one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from briefing.store import messages as queue
from briefing.store.connection import Database
from briefing.store.rows import (
    ClaimedMessage,
    EditionRow,
    MessageState,
    OutboxRow,
    OutgoingMessage,
)


class Outbox:
    """The messages of a store; `mark_…` raise ClaimLost when another process has taken one."""

    _database: Database

    def enqueue(
        self, edition: EditionRow | int, messages: Sequence[OutgoingMessage], *, now: datetime
    ) -> int:
        """Store messages to be sent; how many were new for their recipient and deliverer."""
        edition_id = edition if isinstance(edition, int) else edition.edition_id
        return self._database.write(
            lambda connection: queue.enqueue(connection, edition_id, messages, now=now)
        )

    def claim_message(
        self,
        *,
        now: datetime,
        owner: str,
        lease: timedelta,
        deliverers: Collection[str] | None = None,
        edition: int | None = None,
    ) -> ClaimedMessage | None:
        """The right to send the oldest message that is due, of these deliverers or of all."""
        token = uuid4().hex
        return self._database.write(
            lambda connection: queue.claim(
                connection,
                now=now,
                owner=owner,
                lease=lease,
                token=token,
                deliverers=deliverers,
                edition=edition,
            )
        )

    def release_message(self, message: ClaimedMessage, *, now: datetime) -> None:
        """Give a claimed message back untried; nothing once it is transmitting or not ours."""
        self._database.write(lambda connection: queue.release(connection, message, now=now))

    def mark_transmitting(self, message: ClaimedMessage, *, now: datetime) -> None:
        """To be called just before DATA; renews the lease.

        ClaimLost: another has it, so do not send. After this call nobody sends the message
        again by itself, whatever happens.
        """
        self._database.write(
            lambda connection: queue.mark_transmitting(connection, message, now=now)
        )

    def mark_sent(self, message: ClaimedMessage, *, now: datetime, reply: str) -> None:
        """The server said yes; recorded also when the lease ran out meanwhile."""
        self._database.write(
            lambda connection: queue.mark_sent(connection, message, now=now, reply=reply)
        )

    def mark_retry(
        self, message: ClaimedMessage, *, now: datetime, next_try: datetime, reply: str
    ) -> None:
        """It was certainly not taken, and may be tried again from `next_try` on."""
        self._mark_unsent(message, "retry", now=now, reply=reply, next_try=next_try)

    def mark_failed(self, message: ClaimedMessage, *, now: datetime, reply: str) -> None:
        """It was certainly not taken, and trying again would not help."""
        self._mark_unsent(message, "failed", now=now, reply=reply)

    def mark_unknown(self, message: ClaimedMessage, *, now: datetime, reply: str) -> None:
        """Nobody can know whether it was taken; held until a person decides."""
        self._mark_unsent(message, "unknown", now=now, reply=reply)

    def mark_dropped(self, message: ClaimedMessage, *, now: datetime, reason: str) -> None:
        """Nothing of it was sent, and nothing is to be."""
        self._database.write(
            lambda connection: queue.mark_dropped(connection, message, now=now, reason=reason)
        )

    def give_up(
        self, reason: str, *, before: datetime, edition: int | None = None, now: datetime
    ) -> tuple[OutboxRow, ...]:
        """Fail messages queued before a time that wait still, of whatever deliverer."""
        return self._database.write(
            lambda connection: queue.give_up(
                connection, reason, before=before, edition=edition, now=now
            )
        )

    def recover(self, *, now: datetime) -> int:
        """Turn messages left `transmitting` past their lease into `unknown`; how many."""
        return self._database.write(lambda connection: queue.recover(connection, now=now))

    def outbox(
        self, *, states: Collection[MessageState] | None = None, edition: int | None = None
    ) -> tuple[OutboxRow, ...]:
        """Messages in these states, or all, oldest first."""
        return self._database.read(
            lambda connection: queue.find(connection, states=states, edition=edition)
        )

    def message_content(self, message_id: int) -> bytes | None:
        """A message as it was or will be sent; None when unknown, or let go long after sending."""
        return self._database.read(lambda connection: queue.content(connection, message_id))

    def requeue(self, message_id: int, *, now: datetime) -> bool:
        """Have an unknown, failed, waiting or dropped message sent again from `now` on.

        False, with nothing changed, when there is none such; its age counts from `now`.
        """
        return self._database.write(
            lambda connection: queue.requeue(connection, message_id, now=now)
        )

    def drop(self, message_id: int, reason: str, *, now: datetime) -> bool:
        """Give a message up that is not being sent; False when there is none such."""
        return self._database.write(
            lambda connection: queue.drop(connection, message_id, reason, now=now)
        )

    def _mark_unsent(
        self,
        message: ClaimedMessage,
        state: MessageState,
        *,
        now: datetime,
        reply: str,
        next_try: datetime | None = None,
    ) -> None:
        self._database.write(
            lambda connection: queue.mark_unsent(
                connection, message, state, now=now, reply=reply, next_try=next_try
            )
        )
