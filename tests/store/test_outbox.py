"""The outbox: no message is sent twice, none is lost silently, and every one has one state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from briefing.store.archive import Store
from briefing.store.rows import ClaimedMessage, ClaimLost
from tests.store.rows import LATER, LEASE, NOW, build, message, states, take


def test_a_message_goes_its_way(store: Store) -> None:
    row = build(store, "2024-05-14", message())
    held = take(store)
    assert held.content == message().content
    assert (held.brief, held.period, held.edition_number) == ("harbour", "2024-05-14", 1)
    assert (held.attempt, held.queued, held.lease_until) == (1, NOW, LATER)
    assert states(store) == ["claimed"]
    store.mark_transmitting(held, now=NOW)
    assert states(store) == ["transmitting"]
    store.mark_sent(held, now=NOW, reply="250 queued as 4711")
    (sent,) = store.outbox(edition=row.edition_id)
    assert (sent.state, sent.last_reply, sent.attempts) == ("sent", "250 queued as 4711", 1)
    assert sent.size == len(held.content)
    assert store.claim_message(now=NOW + LEASE * 9, owner="x", lease=LEASE) is None


def test_enqueuing_twice_adds_nothing(store: Store) -> None:
    row = build(store, "2024-05-14", message())
    other = message(deliverer="second")
    assert store.enqueue(row, [message(), other, message("two@example.org")], now=NOW) == 2
    assert store.enqueue(row.edition_id, [message(), other], now=NOW) == 0
    assert len(store.outbox()) == 3


def test_messages_are_taken_oldest_first_and_by_deliverer(store: Store) -> None:
    build(store, "2024-05-15", message("young@example.org"), now=NOW)
    build(store, "2024-05-14", message(), message(deliverer="second"), now=NOW - LEASE)
    only = store.claim_message(now=NOW, owner="x", lease=LEASE, deliverers=["second"])
    assert only is not None
    assert only.deliverer == "second"
    assert store.claim_message(now=NOW, owner="x", lease=LEASE, deliverers=[]) is None
    assert take(store).period == "2024-05-14"
    latest = store.find_edition("harbour", "2024-05-15")
    assert latest is not None
    held = store.claim_message(now=NOW, owner="x", lease=LEASE, edition=latest.edition_id)
    assert held is not None
    assert held.recipient == "young@example.org"


def test_a_claimed_message_is_taken_over_when_its_owner_died(store: Store) -> None:
    build(store, "2024-05-14", message())
    dead = take(store)
    assert store.claim_message(now=NOW, owner="two", lease=LEASE) is None
    alive = take(store, now=LATER, owner="two")
    assert (alive.id, alive.attempt) == (dead.id, 2)
    with pytest.raises(ClaimLost):  # the dead was only slow: it must not send now
        store.mark_transmitting(dead, now=LATER)
    store.mark_transmitting(alive, now=LATER)


def test_a_transmitting_message_is_held_when_its_owner_died(store: Store) -> None:
    build(store, "2024-05-14", message())
    store.mark_transmitting(take(store), now=NOW + LEASE / 2)  # which renews the lease
    assert store.recover(now=LATER) == 0
    assert store.recover(now=LATER + LEASE) == 1
    (row,) = store.outbox(states=["unknown"])
    assert "may or may not have arrived" in row.last_reply
    assert store.claim_message(now=NOW + timedelta(days=9), owner="x", lease=LEASE) is None
    assert store.recover(now=LATER + LEASE) == 0


def test_a_transmitting_message_is_never_taken_over(store: Store) -> None:
    build(store, "2024-05-14", message())
    store.mark_transmitting(take(store), now=NOW)
    assert store.claim_message(now=NOW + LEASE * 99, owner="two", lease=LEASE) is None
    assert states(store) == ["transmitting"]


@pytest.mark.parametrize("answer", ["sent", "retry", "failed", "unknown"])
def test_a_claim_is_good_for_one_transmission(store: Store, answer: str) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    store.mark_transmitting(held, now=NOW)
    mark(store, held, answer)
    with pytest.raises(ClaimLost):
        store.mark_transmitting(held, now=NOW)
    assert states(store) == [answer]


@pytest.mark.parametrize("answer", ["sent", "retry", "failed", "unknown"])
def test_an_answer_after_the_lease_is_recorded(store: Store, answer: str) -> None:
    build(store, "2024-05-14", message())
    slow = take(store)
    store.mark_transmitting(slow, now=NOW)
    assert store.recover(now=LATER) == 1
    mark(store, slow, answer)
    assert states(store) == [answer]


def test_a_yes_is_recorded_though_a_person_asked_to_send_again(store: Store) -> None:
    build(store, "2024-05-14", message())
    slow = take(store)
    store.mark_transmitting(slow, now=NOW)
    store.recover(now=LATER)
    assert store.requeue(slow.id, now=LATER)
    second = take(store, now=LATER, owner="two")
    store.mark_sent(slow, now=LATER, reply="250 at last")
    with pytest.raises(ClaimLost):  # so the second copy is not sent
        store.mark_transmitting(second, now=LATER)
    assert states(store) == ["sent"]


def test_a_yes_does_not_hide_a_copy_on_its_way(store: Store) -> None:
    build(store, "2024-05-14", message())
    slow = take(store)
    store.mark_transmitting(slow, now=NOW)
    store.recover(now=LATER)
    store.requeue(slow.id, now=LATER)
    second = take(store, now=LATER)
    store.mark_transmitting(second, now=LATER)
    with pytest.raises(ClaimLost):
        store.mark_sent(slow, now=LATER, reply="250")
    assert states(store) == ["transmitting"]
    store.mark_sent(second, now=LATER, reply="250")


def test_a_retry_waits_for_its_time(store: Store) -> None:
    build(store, "2024-05-14", message())
    due = NOW + timedelta(minutes=5)
    store.mark_retry(take(store), now=NOW, next_try=due, reply="451 try later")
    (row,) = store.outbox()
    assert (row.state, row.next_try, row.last_reply) == ("retry", due, "451 try later")
    almost = due - timedelta(microseconds=1)
    assert store.claim_message(now=almost, owner="x", lease=LEASE) is None
    assert take(store, now=due).attempt == 2


@pytest.mark.parametrize("answer", ["failed", "unknown", "sent"])
def test_what_is_settled_stays(store: Store, answer: str) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    store.mark_transmitting(held, now=NOW)
    mark(store, held, answer)
    mark(store, held, answer)  # said twice, as after a lost connection
    assert store.claim_message(now=NOW + timedelta(days=9), owner="x", lease=LEASE) is None
    assert states(store) == [answer]


def test_a_message_given_back_was_not_tried(store: Store) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    store.release_message(held, now=NOW)
    assert states(store) == ["queued"]
    with pytest.raises(ClaimLost):
        store.mark_transmitting(held, now=NOW)
    again = take(store)
    assert again.attempt == 1
    store.mark_transmitting(again, now=NOW)
    store.release_message(again, now=NOW)
    assert states(store) == ["transmitting"]


@pytest.mark.parametrize("answer", ["retry", "failed", "unknown"])
def test_a_person_can_send_again_or_give_up(store: Store, answer: str) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    store.mark_transmitting(held, now=NOW)
    mark(store, held, answer)
    assert store.drop(held.id, "read out on the telephone", now=NOW)
    (row,) = store.outbox()
    assert (row.state, row.last_reply) == ("dropped", "read out on the telephone")
    assert store.requeue(held.id, now=LATER)
    again = take(store, now=LATER)
    assert (again.message_id, again.content) == (held.message_id, held.content)
    assert again.queued == LATER  # or the age limit would end it at once


def test_what_is_on_its_way_or_sent_is_left_alone(store: Store) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    for step in (store.mark_transmitting, None):
        assert not store.requeue(held.id, now=NOW)
        assert not store.drop(held.id, "no", now=NOW)
        if step is not None:
            step(held, now=NOW)
    store.mark_sent(held, now=NOW, reply="250")
    assert not store.requeue(held.id, now=NOW)
    assert not store.drop(held.id, "no", now=NOW)
    assert not store.requeue(held.id + 1, now=NOW)
    assert states(store) == ["sent"]


def test_the_content_can_be_read(store: Store) -> None:
    build(store, "2024-05-14", message())
    (row,) = store.outbox()
    assert store.message_content(row.id) == message().content
    assert store.message_content(row.id + 1) is None


def mark(store: Store, held: ClaimedMessage, answer: str) -> None:
    match answer:
        case "sent":
            store.mark_sent(held, now=NOW, reply="250 ok")
        case "retry":
            store.mark_retry(held, now=NOW, next_try=LATER, reply="451 later")
        case "failed":
            store.mark_failed(held, now=NOW, reply="550 no such user")
        case _:
            store.mark_unknown(held, now=NOW, reply="connection lost after DATA")
