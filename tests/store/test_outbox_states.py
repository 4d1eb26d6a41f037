"""Whatever order things happen in: no copy is sent twice unasked, and no message is forgotten."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
)

from briefing.store.archive import Store
from briefing.store.rows import ClaimedMessage, ClaimLost
from tests.store.rows import LEASE, NOW, build, message, opened

ANSWERS = st.sampled_from(
    ["sent", "retry", "failed", "unknown", "crash after yes", "crash after no"]
)


class Delivery(RuleBasedStateMachine):
    """Owners claim, connect, transmit, hear an answer or none, die, and are slow; time passes."""

    claimed = Bundle("claimed")
    transmitting = Bundle("transmitting")

    @initialize()
    def begin(self) -> None:
        """A store with an edition for three recipients."""
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = opened(Path(self.folder.name) / "state.sqlite3")
        self.now: datetime = NOW
        self.taken: Counter[int] = Counter()  #: copies that the server took
        self.allowed: Counter[int] = Counter()  #: times that a person asked to send again
        build(self.store, "2024-05-14", *(message(f"{name}@example.org") for name in "abc"))

    @rule(target=claimed)
    def claim(self) -> ClaimedMessage | None:
        """Somebody takes what is due."""
        return self.store.claim_message(now=self.now, owner="one", lease=LEASE)

    @rule(held=consumes(claimed))
    def give_up_before_data(self, held: ClaimedMessage | None) -> None:
        """The server refuses to talk."""
        if held is not None:
            self.tolerant(
                lambda: self.store.mark_retry(
                    held, now=self.now, next_try=self.now + LEASE, reply="421"
                )
            )

    @rule(target=transmitting, held=consumes(claimed))
    def transmit(self, held: ClaimedMessage | None) -> ClaimedMessage | None:
        """Somebody, perhaps long after claiming, is about to send DATA."""
        if held is None:
            return None
        return (
            held
            if self.tolerant(lambda: self.store.mark_transmitting(held, now=self.now))
            else None
        )

    @rule(held=consumes(transmitting), answer=ANSWERS)
    def answer(self, held: ClaimedMessage | None, answer: str) -> None:
        """The server takes the message or not, and somebody hears of it or dies."""
        if held is None:
            return
        later = self.now + LEASE
        match answer:
            case "sent":
                self.taken[held.id] += 1
                self.tolerant(lambda: self.store.mark_sent(held, now=self.now, reply="250"))
            case "retry":
                self.tolerant(
                    lambda: self.store.mark_retry(held, now=self.now, next_try=later, reply="451")
                )
            case "failed":
                self.tolerant(lambda: self.store.mark_failed(held, now=self.now, reply="550"))
            case "unknown":
                self.taken[held.id] += 1
                self.tolerant(lambda: self.store.mark_unknown(held, now=self.now, reply="lost"))
            case "crash after yes":
                self.taken[held.id] += 1
            case _:
                pass

    @rule(share=st.sampled_from([0.1, 1, 5]))
    def pass_time(self, share: float) -> None:
        """Leases run out, and retries come due."""
        self.now += LEASE * share

    @rule()
    def recover(self) -> None:
        """A new run looks after what others left."""
        self.store.recover(now=self.now)

    @precondition(lambda self: self.store.outbox(states=["unknown", "failed"]))
    @rule()
    def send_again(self) -> None:
        """A person decides."""
        for row in self.store.outbox(states=["unknown", "failed"]):
            assert self.store.requeue(row.id, now=self.now)
            self.allowed[row.id] += 1

    @invariant()
    def nothing_is_sent_twice_unasked(self) -> None:
        """I2."""
        for row_id, copies in self.taken.items():
            assert copies <= 1 + self.allowed[row_id]

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """I3: every recipient has one row, and `sent` means that the server has it."""
        rows = self.store.outbox()
        assert sorted(row.recipient for row in rows) == [f"{name}@example.org" for name in "abc"]
        assert all(self.taken[row.id] for row in rows if row.state == "sent")

    def teardown(self) -> None:
        """In the end everything is sent, held or given up; nothing waits for ever."""
        for _ in range(3):
            self.now += timedelta(days=1)
            self.store.recover(now=self.now)
            while held := self.store.claim_message(now=self.now, owner="last", lease=LEASE):
                self.store.mark_transmitting(held, now=self.now)
                self.taken[held.id] += 1
                self.store.mark_sent(held, now=self.now, reply="250")
        self.nothing_is_sent_twice_unasked()
        settled = {"sent", "failed", "unknown"}
        assert {row.state for row in self.store.outbox()} <= settled
        self.store.close()
        self.folder.cleanup()

    def tolerant(self, step: object) -> bool:
        """Whether a step was recorded; who has lost the message hears so and stops."""
        assert callable(step)
        try:
            step()
        except ClaimLost:
            return False
        return True


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(
    max_examples=50,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
