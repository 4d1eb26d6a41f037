"""The outbox as a state machine, over the real store: nothing twice, nothing lost in silence."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config.delivery import DeliverSpec, FolderSpec
from briefing.deliverers import Receipt, copy_message, deliver_pending
from briefing.deliverers.outbox import AGAIN, GIVE_UP_AFTER, LEASE, stranded, wait_after
from briefing.deliverers.transport import Outcome, OutcomeKind
from briefing.store.archive import Store
from briefing.store.rows import ClaimedMessage, OutgoingMessage
from tests.deliverers.editions import (
    EML,
    NOW,
    PASSWORD,
    Clock,
    make_deliver,
    make_edition,
    make_outgoing,
    make_store,
)
from tests.deliverers.servers import DROP, RawServer, Sink, run_sink

PEOPLE = ("ana@example.org", "bo@example.org", "cleo@example.org")


class Said:
    """A transport that answers each recipient as told, and keeps what it was given."""

    def __init__(self, outcomes: Mapping[str, Outcome | BaseException] | None = None) -> None:
        self.outcomes = dict(outcomes or {})
        self.tried: list[str] = []
        self.taken: list[str] = []

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        self.tried.append(message.recipient)
        outcome = self.outcomes.get(message.recipient, Outcome("sent", "250 fine"))
        on_transmitting()
        if isinstance(outcome, BaseException):
            raise outcome
        if outcome.kind in ("sent", "unknown"):
            self.taken.append(message.recipient)
        return outcome


@contextmanager
def outbox(root: Path, *people: str) -> Iterator[Store]:
    store, _ = make_store(root, *(make_outgoing(person) for person in people or PEOPLE))
    with store:
        yield store


def states(store: Store) -> dict[str, str]:
    return {f"{row.recipient}{again(row.deliverer)}": row.state for row in store.outbox()}


def again(deliverer: str) -> str:
    return AGAIN if deliverer.endswith(AGAIN) else ""


def deliver(
    store: Store,
    transport: Said | None = None,
    *,
    now: Clock | None = None,
    spec: DeliverSpec | None = None,
    limit: int | None = None,
) -> tuple[Receipt, ...]:
    return deliver_pending(
        store,
        {"plain/mail": spec or make_deliver(25)},
        now=now or Clock(),
        transport=transport,
        limit=limit,
        owner="test",
    )


def test_each_gets_one(tmp_path: Path) -> None:
    transport = Said()
    with outbox(tmp_path) as store:
        receipts = deliver(store, transport)
        assert [(r.recipient, r.kind, r.attempt) for r in receipts] == [
            (person, "sent", 1) for person in PEOPLE
        ]
        assert states(store) == dict.fromkeys(PEOPLE, "sent")
        assert deliver(store, transport) == ()
    assert transport.tried == list(PEOPLE)


def test_one_refused_fails_alone(tmp_path: Path) -> None:  # F22, F23
    sink = Sink({"bo@example.org": "550 5.1.1 nobody of that name"})
    controller = run_sink(sink)
    controller.start()
    try:
        with outbox(tmp_path) as store:
            receipts = deliver(store, spec=make_deliver(int(controller.port)))
            assert states(store) == {
                "ana@example.org": "sent",
                "bo@example.org": "failed",
                "cleo@example.org": "sent",
            }
            (row,) = (row for row in store.outbox() if row.state == "failed")
            assert "550 5.1.1 nobody of that name" in row.last_reply
    finally:
        controller.stop()
    assert sink.taken == [("ana@example.org", EML), ("cleo@example.org", EML)]
    assert [receipt.kind for receipt in receipts] == ["sent", "failed", "sent"]


def test_back_off_doubles_up_to_six_hours() -> None:
    minutes = [wait_after(attempt) // timedelta(minutes=1) for attempt in range(1, 10)]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert wait_after(10_000) == timedelta(hours=6)


def test_what_waited_for_days_is_sent_only_when_asked(tmp_path: Path) -> None:
    clock, transport = Clock(), Said({PEOPLE[0]: Outcome("sent", "250 OK")})
    with outbox(tmp_path, PEOPLE[0]) as store:
        clock.moment = NOW + timedelta(days=3)
        (receipt,) = deliver(store, transport, now=clock)
        assert (receipt.kind, receipt.reply) == (
            "failed",
            "waited for more than 54 hours; sent only when asked",
        )
        assert store.requeue(receipt.message_id, now=clock.moment)
        (receipt,) = deliver(store, transport, now=clock)
        assert receipt.kind == "sent"


def test_not_now_is_tried_again_later_and_given_up_after_two_days(tmp_path: Path) -> None:
    clock, transport = Clock(), Said({PEOPLE[0]: Outcome("retry", "451 come again")})
    with outbox(tmp_path, PEOPLE[0]) as store:
        tries, due = 0, [NOW]
        while due:
            (moment,) = due
            clock.moment = moment - timedelta(seconds=1)
            assert tries == 0 or deliver(store, transport, now=clock) == ()
            clock.moment = moment
            receipts = deliver(store, transport, now=clock)
            due = [receipt.next_try for receipt in receipts if receipt.next_try is not None]
            tries += 1
        (row,) = store.outbox()
        assert row.state == "failed"
        assert row.last_reply == "given up after 48 hours: 451 come again"
        assert GIVE_UP_AFTER <= clock.moment - NOW <= GIVE_UP_AFTER + timedelta(hours=6)
        # 5 + 10 + 20 + 40 + 80 + 160 + 320 minutes are 10:35 h; then every 6 h up to 52:35 h.
        assert tries == 8 + 7


def test_in_doubt_is_held(tmp_path: Path) -> None:  # F24
    clock = Clock()
    with RawServer({"dot": lambda to: DROP if to == PEOPLE[1] else b"250 ok"}) as server:
        spec = make_deliver(server.port)
        with outbox(tmp_path) as store:
            kinds = [receipt.kind for receipt in deliver(store, now=clock, spec=spec)]
            assert kinds == ["sent", "unknown", "sent"]
            for _ in range(20):
                clock.wait(timedelta(hours=6))
                assert deliver(store, now=clock, spec=spec) == ()
            assert states(store)[PEOPLE[1]] == "unknown"
    assert Counter(server.heard.recipients) == Counter(PEOPLE)


def test_in_doubt_is_sent_once_more_where_that_is_wanted(tmp_path: Path) -> None:
    clock = Clock()
    with RawServer({"dot": lambda to: DROP if to == PEOPLE[1] else b"250 ok"}) as server:
        spec = make_deliver(server.port, on_unknown="resend")
        with outbox(tmp_path) as store:
            deliver(store, now=clock, spec=spec)
            for _ in range(20):
                clock.wait(timedelta(hours=6))
                deliver(store, now=clock, spec=spec)
            assert states(store) == {
                PEOPLE[0]: "sent",
                PEOPLE[1]: "dropped",
                PEOPLE[2]: "sent",
                PEOPLE[1] + AGAIN: "unknown",
            }
            first, second = (r for r in store.outbox() if r.recipient == PEOPLE[1])
            assert first.message_id == second.message_id
            assert store.message_content(second.id) == EML
    assert Counter(server.heard.recipients)[PEOPLE[1]] == 2


def test_a_refused_login_stops_all_mail_of_the_server(  # F27
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL", PASSWORD)
    answers = {"EHLO": b"250-raw\r\n250 AUTH PLAIN", "AUTH": b"535 no: " + PASSWORD.encode()}
    with RawServer(answers) as server:
        spec = make_deliver(server.port, smtp={"user": "desk", "password_env": "MAIL"})
        with outbox(tmp_path) as store:
            receipts = deliver(store, spec=spec)
            assert states(store) == dict.fromkeys(PEOPLE, "retry")
            assert {receipt.next_try for receipt in receipts} == {NOW + timedelta(minutes=5)}
    assert server.heard.connections == 1
    assert receipts[1].reply.startswith("not tried: 127.0.0.1")
    assert PASSWORD not in repr(receipts)
    assert PASSWORD.encode() not in (tmp_path / "state.sqlite3").read_bytes()


def test_without_a_password_nothing_is_tried(tmp_path: Path) -> None:
    spec = make_deliver(9, smtp={"user": "desk", "password_file": "nowhere"})
    with outbox(tmp_path) as store:
        receipts = deliver(store, spec=spec)
        assert states(store) == dict.fromkeys(PEOPLE, "retry")
    assert "nowhere: the password cannot be read" in receipts[0].reply


def test_another_server_goes_on(tmp_path: Path) -> None:
    messages = [make_outgoing("ana@example.org"), make_outgoing("bo@example.org", "other/mail")]
    store, _ = make_store(tmp_path, *messages)
    with store, RawServer({"greeting": b"421 closed"}) as bad, RawServer() as good:
        specs = {"plain/mail": make_deliver(bad.port), "other/mail": make_deliver(good.port)}
        deliver_pending(store, specs, now=Clock(), owner="test")
        assert states(store) == {"ana@example.org": "retry", "bo@example.org": "sent"}


def test_rows_of_other_configurations_are_left_alone(tmp_path: Path) -> None:
    store, _ = make_store(tmp_path, make_outgoing("ana@example.org", "elsewhere/mail"))
    with store:
        assert deliver(store, Said()) == ()
        (row,) = store.outbox()
        assert (row.state, row.attempts) == ("queued", 0)


def test_rows_of_no_configuration_are_named_when_overdue_and_given_up_when_too_late(
    tmp_path: Path,
) -> None:
    clock, specs = Clock(), {"plain/mail": make_deliver(25)}
    gone = [
        make_outgoing(person, f"gone/mail{again}")
        for person, again in zip(PEOPLE, ("", AGAIN, ""), strict=True)
    ]
    store, _ = make_store(tmp_path, make_outgoing(PEOPLE[0]), *gone)
    with store:
        held = store.claim_message(now=NOW, owner="dead", lease=LEASE, deliverers=["gone/mail"])
        assert held is not None
        put_off = store.claim_message(now=NOW, owner="dead", lease=LEASE, deliverers=["gone/mail"])
        assert put_off is not None
        later = NOW + timedelta(hours=6)
        store.mark_retry(put_off, now=NOW, next_try=later, reply="451 not now")
        known = {}
        for hours in (1, 1.4, 1.6, 6.9, 7.1):
            found = stranded(store, specs, now=NOW + timedelta(hours=hours))
            known[hours] = [row.id for row in found]
        assert known == {1: [], 1.4: [3], 1.6: [2, 3], 6.9: [2, 3], 7.1: [2, 3, 4]}
        clock.wait(timedelta(hours=53))
        assert [each.recipient for each in deliver(store, Said(), now=clock)] == [PEOPLE[0]]
        clock.wait(timedelta(hours=2))
        receipts = deliver(store, Said(), now=clock)
        assert [(each.message_id, each.kind) for each in receipts] == [
            (number, "failed") for number in (2, 3, 4)
        ]
        assert stranded(store, specs, now=clock()) == ()
        assert deliver(store, Said(), now=clock) == ()


def test_a_recipient_who_is_not_listed_any_more_gets_nothing_unless_named_by_hand(
    tmp_path: Path,
) -> None:
    transport = Said()
    listed = [replace(make_outgoing(person), is_listed=True) for person in PEOPLE[:2]]
    store, _ = make_store(tmp_path, *listed, make_outgoing(PEOPLE[2]))
    with store:
        receipts = deliver(store, transport, spec=make_deliver(25, to=["Ana@Example.org"]))
        assert [receipt.kind for receipt in receipts] == ["sent", "dropped", "sent"]
        (row,) = store.outbox(states=["dropped"])
        assert (row.recipient, row.attempts) == (PEOPLE[1], 1)
    assert transport.taken == [PEOPLE[0], PEOPLE[2]]


def test_a_limit_and_a_stop_end_a_pass(tmp_path: Path) -> None:
    with outbox(tmp_path) as store:
        assert len(deliver(store, Said(), limit=2)) == 2
        receipts = deliver_pending(
            store,
            {"plain/mail": make_deliver(25)},
            now=Clock(),
            transport=Said(),
            owner="test",
            is_stopping=lambda: True,
        )
        assert receipts == ()
        assert Counter(states(store).values()) == {"sent": 2, "queued": 1}


def test_a_folder_stands_behind_the_same_seam(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    folder = FolderSpec(path="shared")
    message = copy_message(edition, folder, root=tmp_path, deliverer="plain/folder")
    store, _ = make_store(tmp_path, message)
    with store:
        specs = {"plain/folder": DeliverSpec(folder=folder)}
        (receipt,) = deliver_pending(store, specs, now=Clock(), owner="test", root=tmp_path)
        assert receipt.kind == "sent"
    assert (tmp_path / "shared" / edition.parent.name / edition.name / "brief.json").is_file()


class Killed(BaseException):
    """The process ended here."""


class Dying:
    """A transport whose process dies at a stage of one recipient's transaction."""

    def __init__(self, victim: str, stage: str) -> None:
        self.victim, self.stage = victim, stage
        self.taken: list[str] = []

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        self._die(message, "claimed")
        on_transmitting()
        self._die(message, "transmitting")
        self.taken.append(message.recipient)
        self._die(message, "taken")
        return Outcome("sent", "250 fine")

    def _die(self, message: ClaimedMessage, stage: str) -> None:
        if (message.recipient, stage) == (self.victim, self.stage):
            self.victim = ""
            raise Killed


@pytest.mark.parametrize("victim", PEOPLE)
@pytest.mark.parametrize("stage", ["claimed", "transmitting", "taken"])
def test_killed_at_any_stage_nobody_gets_two_and_nobody_is_forgotten(  # F2
    tmp_path: Path, victim: str, stage: str
) -> None:
    clock, transport = Clock(), Dying(victim, stage)
    spec = {"plain/mail": make_deliver(25)}
    with outbox(tmp_path) as store:
        with pytest.raises(Killed):
            deliver_pending(store, spec, now=clock, transport=transport, owner="first")
        for owner in ("second", "third"):
            deliver_pending(store, spec, now=clock, transport=transport, owner=owner)
            clock.wait(LEASE + timedelta(minutes=1))
        deliver_pending(store, spec, now=clock, transport=transport, owner="last")
        expected = "sent" if stage == "claimed" else "unknown"
        assert states(store) == {**dict.fromkeys(PEOPLE, "sent"), victim: expected}
    assert max(Counter(transport.taken).values()) == 1
    assert set(PEOPLE) - set(transport.taken) == ({victim} if stage == "transmitting" else set())


EVENTS = ("sent", "retry", "failed", "unknown", "claimed", "transmitting", "taken")


class Fated:
    """A transport to each of whose tries something happens, taken from a list."""

    def __init__(self, events: list[str]) -> None:
        self.events = list(events)
        self.taken: list[str] = []
        self.doubtful: set[str] = set()

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        event = self.events.pop(0) if self.events else "sent"
        if event == "claimed":
            raise Killed
        if event == "retry":
            return Outcome("retry", "451 come again")
        on_transmitting()
        if event in ("unknown", "transmitting", "taken"):
            self.doubtful.add(message.recipient)
        if event == "transmitting":
            raise Killed
        if event in ("sent", "unknown", "taken"):
            self.taken.append(message.recipient)
        if event == "taken":
            raise Killed
        kinds: dict[str, OutcomeKind] = {"sent": "sent", "failed": "failed"}
        return Outcome(kinds.get(event, "unknown"), event)


@settings(max_examples=20, deadline=None)
@given(events=st.lists(st.sampled_from(EVENTS), max_size=8), is_resent=st.booleans())
def test_whatever_happens_the_books_are_right(events: list[str], is_resent: bool) -> None:
    clock, transport = Clock(), Fated(events)
    specs = {"plain/mail": make_deliver(25, on_unknown="resend" if is_resent else "hold")}
    with TemporaryDirectory() as folder, outbox(Path(folder)) as store:
        # More often than there are events, each time after whatever wait there is.
        for run in range(12):
            with suppress(Killed):
                deliver_pending(store, specs, now=clock, transport=transport, owner=f"{run}")
            clock.wait(timedelta(hours=5))
        copies = Counter(transport.taken)
        assert max(copies.values(), default=0) <= (2 if is_resent else 1)
        for row in store.outbox():
            assert row.state in ("sent", "failed", "unknown", "dropped")
            assert row.state != "sent" or copies[row.recipient] >= 1
            assert row.state not in ("unknown", "dropped") or row.recipient in transport.doubtful
            assert row.state != "dropped" or is_resent
        assert {row.recipient for row in store.outbox()} == set(PEOPLE)


def test_a_full_disk_between_the_yes_and_its_record_holds_the_message(  # F7
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, transport = Clock(), Said()
    monkeypatch.setenv("BRIEF_FAULTS_ALLOWED", "1")
    monkeypatch.setenv("BRIEF_FAULT", "deliver-answered:enospc")
    with outbox(tmp_path, PEOPLE[0]) as store:
        with pytest.raises(OSError, match="No space left") as caught:
            deliver(store, transport, now=clock)
        assert caught.value.errno == errno.ENOSPC
        monkeypatch.delenv("BRIEF_FAULT")
        assert states(store) == {PEOPLE[0]: "transmitting"}
        clock.wait(LEASE + timedelta(minutes=1))
        assert deliver(store, transport, now=clock) == ()
        assert states(store) == {PEOPLE[0]: "unknown"}
    assert transport.taken == [PEOPLE[0]]


def test_who_lost_the_claim_sends_nothing(tmp_path: Path) -> None:
    class Slow(Said):
        def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
            if not self.tried:
                self.tried.append(message.recipient)
                clock.wait(LEASE + timedelta(minutes=1))
                deliver(store, fast, now=clock)
            return super().send(message, on_transmitting)

    clock, slow, fast = Clock(), Slow(), Said()
    with outbox(tmp_path, PEOPLE[0]) as store:
        assert deliver(store, slow, now=clock) == ()
        assert states(store) == {PEOPLE[0]: "sent"}
    assert (fast.taken, slow.taken) == ([PEOPLE[0]], [])


def test_queued_twice_is_sent_once(tmp_path: Path) -> None:
    transport = Said()
    with outbox(tmp_path) as store:
        (edition,) = store.editions("plain")
        message = OutgoingMessage(PEOPLE[0], "<x@example.org>", EML, "plain/mail")
        assert store.enqueue(edition, [message], now=NOW) == 0
        deliver(store, transport)
    assert Counter(transport.taken) == Counter(PEOPLE)
