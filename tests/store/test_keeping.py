"""F12 and retention: copies are whole, evidence stays a year, and what is unsettled stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import StoreError
from briefing.store.archive import Store
from briefing.store.rows import ClockError, Restoration, Retired
from tests.store.rows import (
    NOW,
    YEAR,
    article,
    build,
    claim,
    message,
    opened,
    printed,
    states,
    take,
)
from tests.store.worker import begin, lines

DAY = timedelta(days=1)


def test_a_copy_holds_everything(store: Store, tmp_path: Path) -> None:
    build(store, "2024-05-14", message())
    row = build(store, "2024-05-15", message(), message("two@example.org"))
    store.mark_retry(take(store), now=NOW, next_try=NOW + DAY, reply="451")
    store.record_run(started=NOW, ended=NOW, summary="two editions")
    store.backup(tmp_path / "copy.sqlite3", now=NOW)
    with opened(tmp_path / "copy.sqlite3") as copy:
        assert copy.editions() == store.editions()
        assert copy.outbox() == store.outbox()
        assert copy.runs() == store.runs()
        assert copy.articles_of(row.edition_id) == store.articles_of(row.edition_id)
        assert copy.claims_of(row.edition_id) == store.claims_of(row.edition_id)
        assert copy.used_articles("harbour") == store.used_articles("harbour")
        assert copy.message_content(1) == message().content
        assert (copy.instance_id, copy.high_water()) == (store.instance_id, NOW)
        assert build(copy, "2024-05-16").number == 3  # and it can be gone on with
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.sqlite3"]


def test_a_copy_knows_that_it_is_one_until_it_is_put_to_use(store: Store, tmp_path: Path) -> None:
    build(store, "2024-05-14", message(), message("two@example.org", deliverer="folder"))
    assert store.settle_copy(now=NOW) == ()
    assert states(store) == ["queued", "queued"]
    store.backup(tmp_path / "first.sqlite3", now=NOW)
    with opened(tmp_path / "first.sqlite3") as first:  # a copy of a copy is as old as the first
        first.backup(tmp_path / "copy.sqlite3", now=NOW + DAY)
    with opened(tmp_path / "copy.sqlite3") as copy:
        assert copy.restoration() is None
        assert copy.settle_copy(now=NOW + 2 * DAY, repeatable=["folder"]) == (1,)
        assert states(copy) == ["unknown", "queued"]
        assert copy.outbox()[0].is_held
        assert "a copy of 2024-05-14 11:44 UTC" in copy.outbox()[0].last_reply
        assert copy.restoration() == Restoration(NOW, NOW + 2 * DAY)
        assert copy.requeue(1, now=NOW)
        assert copy.settle_copy(now=NOW + 3 * DAY) == ()
        assert states(copy) == ["queued", "queued"]
        assert not copy.outbox()[0].is_held


def test_a_message_on_its_way_in_a_copy_is_held(store: Store, tmp_path: Path) -> None:
    build(store, "2024-05-14", message(), message("two@example.org"))
    store.mark_transmitting(take(store), now=NOW)
    take(store)
    store.backup(tmp_path / "copy.sqlite3", now=NOW)
    with opened(tmp_path / "copy.sqlite3") as copy:
        assert copy.settle_copy(now=NOW) == (1, 2)
        assert states(copy) == ["unknown", "unknown"]


def test_a_copy_replaces_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.sqlite3").write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        store.backup(tmp_path / "copy.sqlite3", now=NOW)
    with pytest.raises(StoreError, match="gone"):
        store.backup(tmp_path / "gone" / "copy.sqlite3", now=NOW)
    assert (tmp_path / "copy.sqlite3").read_text() == "mine"
    assert not list(tmp_path.glob(".*"))


def test_a_copy_made_under_load_is_whole(location: str | Path, tmp_path: Path) -> None:
    with opened(location) as store:
        workers = [begin(location, tmp_path / "go", "claim", 60) for _ in range(2)]
        (tmp_path / "go").touch()
        copies = [tmp_path / f"copy{number}.sqlite3" for number in range(6)]
        for path in copies:
            store.backup(path, now=NOW)
        lines(workers)
    for path in copies:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with opened(path) as copy:
            built = copy.editions("harbour", 1000, states=["built"])
            assert sorted(row.number or 0 for row in built) == list(range(1, len(built) + 1))
            assert len(copy.outbox()) == len(built)  # never an edition without its message


def test_evidence_is_kept_a_year(store: Store) -> None:
    with pytest.raises(ValueError, match="at least 365 days"):
        store.retire(now=NOW, keep=YEAR - DAY, keep_editions=1)


def test_what_is_old_goes_and_the_latest_stay(store: Store) -> None:
    for number in range(3):
        build(store, f"2024-05-{14 + number}", message(), now=NOW + number * DAY)
    store.record_misfire("harbour", "2024-05-13", reason="late", now=NOW)
    store.record_run(started=NOW, ended=NOW, summary="old")
    for _ in range(3):
        held = take(store, now=NOW + 9 * DAY)
        store.mark_transmitting(held, now=NOW + 9 * DAY)
        store.mark_sent(held, now=NOW + 9 * DAY, reply="250")
    nothing = store.retire(now=NOW + YEAR, keep=YEAR, keep_editions=1)
    assert nothing == Retired(editions=0, articles=0, messages=3, runs=0)
    done = store.retire(now=NOW + YEAR + 2 * DAY, keep=YEAR, keep_editions=1)
    assert done == Retired(editions=3, articles=2, messages=0, runs=1)
    (row,) = store.editions()
    assert (row.period, row.number, row.article_count) == ("2024-05-16", 3, 1)
    assert states(store) == ["sent"]
    assert build(store, "2025-06-01", now=NOW + YEAR + 2 * DAY).number == 4
    again = store.retire(now=NOW + YEAR + 99 * DAY, keep=YEAR, keep_editions=2)
    assert again.editions == 0


@pytest.mark.parametrize("state", ["queued", "retry", "unknown"])
def test_an_edition_with_an_unsettled_message_stays(store: Store, state: str) -> None:
    build(store, "2024-05-14", message())
    build(store, "2024-05-15")
    if state != "queued":
        held = take(store)
        if state == "retry":
            store.mark_retry(held, now=NOW, next_try=NOW + DAY, reply="451")
        else:
            store.mark_unknown(held, now=NOW, reply="lost")
    assert store.retire(now=NOW + 2 * YEAR, keep=YEAR, keep_editions=1).editions == 0
    assert store.message_content(1) == message().content
    store.drop(1, "too old", now=NOW)
    assert store.retire(now=NOW + 2 * YEAR, keep=YEAR, keep_editions=1).editions == 1
    assert store.outbox() == ()


def test_the_content_of_sent_messages_goes_sooner(store: Store) -> None:
    build(store, "2024-05-14", message())
    held = take(store)
    store.mark_transmitting(held, now=NOW)
    store.mark_sent(held, now=NOW, reply="250")
    assert store.retire(now=NOW + 29 * DAY, keep=YEAR, keep_editions=1).messages == 0
    assert store.retire(now=NOW + 31 * DAY, keep=YEAR, keep_editions=1).messages == 1
    assert store.message_content(held.id) is None
    (row,) = store.outbox()
    assert (row.state, row.size) == ("sent", len(held.content))


def test_an_undated_article_is_remembered_for_good(store: Store) -> None:
    undated, dated = article("The pier.", published=""), article("The quay.")
    store.finish_edition(
        claim(store), now=NOW, articles=[undated, dated], claims=[printed("The pier.")]
    )
    build(store, "2025-05-14", now=NOW + YEAR)
    latest = article("The harbour reopened. It was 2025-05-14.")
    store.retire(now=NOW + YEAR + DAY, keep=YEAR, keep_editions=1)
    assert store.used_articles("harbour") == {undated.sha256, latest.sha256}
    assert store.articles_of(1) == ()
    assert store.claims_of(1) == ()


def test_an_article_stays_as_long_as_an_edition_needs_it(store: Store) -> None:
    same = article("The pier.")
    store.finish_edition(claim(store), now=NOW, articles=[same])
    late = NOW + 2 * YEAR
    row = store.finish_edition(claim(store, "2026-05-14", now=late), now=late, articles=[same])
    done = store.retire(now=late, keep=YEAR, keep_editions=1)
    assert (done.editions, done.articles) == (1, 0)
    assert store.articles_of(row.edition_id) == (same,)


def test_the_file_shrinks(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite3"
    with opened(place) as store:
        for number in range(20):
            held = claim(store, f"2024-{number:04}")
            store.finish_edition(held, now=NOW, articles=[article("x" * 50_000 + str(number))])
        store.backup(tmp_path / "before.sqlite3", now=NOW)
        store.retire(now=NOW + 2 * YEAR, keep=YEAR, keep_editions=1)
    assert place.stat().st_size < (tmp_path / "before.sqlite3").stat().st_size / 4


def test_others_work_while_one_retires(location: str | Path, tmp_path: Path) -> None:
    go = tmp_path / "go"
    workers = [begin(location, go, "claim", 40), begin(location, go, "retire", 40)]
    go.touch()
    assert len(lines(workers)) == 80


@pytest.mark.parametrize("days", [-1, -0.5, 0, 1, 300, 400])
def test_a_clock_that_can_be_right_is_believed(store: Store, days: float) -> None:
    store.check_clock(now=NOW)
    store.record_run(started=NOW, ended=NOW, summary="")
    store.check_clock(now=NOW + days * DAY)


@pytest.mark.parametrize("days", [-1.1, -3650, -20_000, 400.1, 3650])
def test_an_absurd_clock_is_not_believed(store: Store, days: float) -> None:
    store.note_time(now=NOW)
    with pytest.raises(ClockError, match="nothing was done"):
        store.check_clock(now=NOW + days * DAY)
    store.accept_clock(now=NOW + days * DAY)
    if days > -10_000:
        store.check_clock(now=NOW + days * DAY)


def test_the_mark_only_rises(store: Store) -> None:
    assert store.high_water() is None
    store.note_time(now=NOW)
    store.note_time(now=NOW - DAY)
    store.record_run(started=NOW - DAY, ended=NOW - DAY, summary="")
    assert store.high_water() == NOW
    store.record_run(started=NOW, ended=NOW + DAY, summary="")
    assert store.high_water() == NOW + DAY
    assert [row.ended for row in store.runs()] == [NOW + DAY, NOW - DAY]


def test_a_clock_never_set_is_noticed_at_once(store: Store) -> None:
    with pytest.raises(ClockError, match="has not been set"):
        store.check_clock(now=NOW.replace(year=1970))
