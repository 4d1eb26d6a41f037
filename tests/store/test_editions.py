"""Editions: one a brief and civil period, whatever happens to whoever makes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.errors import StoreError
from briefing.store.archive import Store
from briefing.store.rows import ClaimLost
from tests.store.rows import (
    LATER,
    LEASE,
    NOW,
    article,
    build,
    claim,
    message,
    opened,
    printed,
    states,
)


def test_a_period_is_claimed_once(store: Store) -> None:
    held = claim(store)
    assert (held.attempt, held.lease_until) == (1, LATER)
    again = store.claim_edition("harbour", "2024-05-14", now=NOW, owner="two", lease=LEASE)
    assert again is None


def test_briefs_and_periods_are_apart(store: Store) -> None:
    claim(store)
    claim(store, "2024-05-15")
    other = store.claim_edition("ferry", "2024-05-14", now=NOW, owner="one", lease=LEASE)
    assert other is not None


@pytest.mark.parametrize("outcome", ["built", "skipped", "empty"])
def test_a_settled_period_is_never_claimed_again(store: Store, outcome: str) -> None:
    held = claim(store)
    match outcome:
        case "built":
            store.finish_edition(held, now=NOW)
        case "skipped":
            store.finish_edition(held, now=NOW, outcome="skipped", reason="nothing new")
        case _:
            store.finish_edition(held, now=NOW, outcome="empty", reason="no source")
    far = NOW + timedelta(days=300)
    assert store.claim_edition("harbour", "2024-05-14", now=far, owner="x", lease=LEASE) is None


def test_a_lease_that_ran_out_is_taken_over(store: Store) -> None:
    claim(store)
    almost = LATER - timedelta(microseconds=1)
    assert store.claim_edition("harbour", "2024-05-14", now=almost, owner="x", lease=LEASE) is None
    assert claim(store, now=LATER).attempt == 2


def test_who_lost_the_lease_stores_nothing(store: Store) -> None:
    late = claim(store)
    claim(store, now=LATER)
    with pytest.raises(ClaimLost, match="no longer holds"):
        store.finish_edition(late, now=LATER, articles=[article("Late.")], messages=[message()])
    with pytest.raises(ClaimLost):
        store.renew_edition(late, now=LATER, lease=LEASE)
    store.release_edition(late, now=LATER, reason="failed")
    row = store.last_edition("harbour", states=["building"])
    assert row is not None
    assert (row.state, row.attempts, row.article_count) == ("building", 2, 0)
    assert store.outbox() == ()
    assert store.used_articles("harbour") == frozenset()


def test_a_late_owner_still_finishes_when_nobody_took_over(store: Store) -> None:
    row = store.finish_edition(claim(store), now=LATER + LEASE)
    assert row.state == "built"


def test_a_renewed_lease_counts_from_then(store: Store) -> None:
    held = store.renew_edition(claim(store), now=NOW + LEASE / 2, lease=LEASE)
    assert held.lease_until == NOW + LEASE * 1.5
    assert store.claim_edition("harbour", "2024-05-14", now=LATER, owner="x", lease=LEASE) is None
    assert store.finish_edition(held, now=LATER).number == 1


def test_a_released_period_can_be_claimed_at_once(store: Store) -> None:
    store.release_edition(claim(store), now=NOW, reason="no source could be read")
    row = store.last_edition("harbour", states=["released"])
    assert row is not None
    assert row.reason == "no source could be read"
    assert row.settled is None
    assert claim(store).attempt == 2


def test_numbers_count_built_editions_of_a_brief(store: Store) -> None:
    assert store.next_number("harbour") == 1
    assert build(store, "2024-05-14").number == 1
    skipped = store.finish_edition(claim(store, "2024-05-15"), now=NOW, outcome="skipped")
    assert skipped.number is None
    assert store.next_number("harbour") == 2
    assert build(store, "2024-05-16").number == 2
    other = store.claim_edition("ferry", "2024-05-16", now=NOW, owner="one", lease=LEASE)
    assert other is not None
    assert store.finish_edition(other, now=NOW).number == 1


def test_an_edition_tells_what_it_was_made_of(store: Store) -> None:
    row = build(store, "2024-05-14", message())
    assert (row.article_count, row.claim_count) == (1, 1)
    assert (row.folder, row.manifest_sha256) == ("out/harbour/2024-05-14", "0" * 64)
    assert (row.first_claimed, row.settled, row.lease_until) == (NOW, NOW, None)
    text = "The harbour reopened. It was 2024-05-14."
    assert store.articles_of(row.edition_id) == (article(text),)
    assert store.claims_of(row.edition_id) == (printed("The harbour reopened."),)
    assert store.edition(row.edition_id) == row
    assert store.edition(row.edition_id + 1) is None


def test_the_outbox_appears_with_its_edition(store: Store) -> None:
    held = claim(store)
    # The hash says another text: the program's own mistake, found after rows were written.
    wrong = replace(article("One."), text="Two.")
    with pytest.raises(ValueError, match="does not have the hash"):
        store.finish_edition(held, now=NOW, articles=[article("One."), wrong], messages=[message()])
    assert store.outbox() == ()
    assert store.used_articles("harbour") == frozenset()
    assert store.next_number("harbour") == 1
    store.finish_edition(held, now=NOW, articles=[article("One.")], messages=[message()])
    assert states(store) == ["queued"]


def test_articles_are_used_by_built_editions_only(store: Store) -> None:
    old, new = article("The ferry sank."), article("The ferry was raised.", published="")
    held = claim(store, "2024-05-13")
    store.finish_edition(held, now=NOW, articles=[old], outcome="skipped", reason="too few")
    store.release_edition(claim(store, "2024-05-14"), now=NOW, reason="failed")
    assert store.used_articles("harbour") == frozenset()
    store.finish_edition(claim(store, "2024-05-15"), now=NOW, articles=[old])
    store.finish_edition(claim(store, "2024-05-16"), now=NOW, articles=[old, new])
    assert store.used_articles("harbour") == {old.sha256, new.sha256}
    assert store.used_articles("ferry") == frozenset()


def test_a_missed_period_is_recorded_with_its_reason(store: Store) -> None:
    assert store.record_misfire("harbour", "2024-05-13", reason="25 hours late", now=NOW)
    assert not store.record_misfire("harbour", "2024-05-13", reason="again", now=NOW)
    row = store.last_edition("harbour")
    assert row is not None
    assert (row.state, row.reason, row.number, row.attempts) == ("missed", "25 hours late", None, 0)
    held = store.claim_edition("harbour", "2024-05-13", now=NOW, owner="one", lease=LEASE)
    assert held is None


def test_only_what_nobody_works_on_is_missed(store: Store) -> None:
    held = claim(store)
    assert not store.record_misfire("harbour", "2024-05-14", reason="late", now=NOW)
    assert store.record_misfire("harbour", "2024-05-14", reason="late", now=LATER)
    with pytest.raises(ClaimLost):
        store.finish_edition(held, now=LATER)
    build(store, "2024-05-15")
    assert not store.record_misfire("harbour", "2024-05-15", reason="late", now=LATER)


def test_editions_are_found_newest_period_first(store: Store) -> None:
    for period in ("2024-05-15", "2024-05-13", "2024-05-14T07:44"):
        build(store, period)
    claim(store, "2024-05-16")
    periods = [row.period for row in store.editions("harbour")]
    assert periods == ["2024-05-16", "2024-05-15", "2024-05-14T07:44", "2024-05-13"]
    assert [row.period for row in store.editions(limit=1)] == ["2024-05-16"]
    assert store.editions("ferry") == ()
    last = store.last_edition("harbour")
    assert last is not None
    assert last.period == "2024-05-15"  # the one being built is not settled
    assert store.last_edition("harbour", states=["missed"]) is None


def test_an_edition_is_found_by_period_or_number(store: Store) -> None:
    row = build(store, "2024-05-14T07:44")
    assert store.find_edition("harbour", "2024-05-14T07:44") == row
    assert store.find_edition("harbour", "1") == row
    assert store.find_edition("harbour", "2") is None
    assert store.find_edition("ferry", "1") is None


def test_any_text_can_be_stored(store: Store) -> None:
    store.release_edition(claim(store), now=NOW, reason="NUL \0, lone \ud800, \U0001f6a2")
    (row,) = store.editions()
    assert row.reason == "NUL \ufffd, lone \ufffd, \U0001f6a2"


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StoreError, match="without a zone"):
        store.claim_edition("harbour", "2024-05-14", now=naive, owner="one", lease=LEASE)


def test_all_is_there_when_opened_again(location: str) -> None:
    with opened(location) as first:
        row = build(first, "2024-05-14", message())
        name = first.instance_id
    with opened(location) as second:
        assert second.editions() == (row,)
        assert second.instance_id == name
