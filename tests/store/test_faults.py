"""F6, F7, F9, F11, F42: full disks, locks that are held, processes and servers that die."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from briefing.errors import StoreError
from tests.store.postgresql import Server
from tests.store.rows import (
    LATER,
    LEASE,
    NOW,
    build,
    claim,
    message,
    opened,
    states,
    take,
)
from tests.store.worker import begin

ROOT = Path(__file__).parents[2]


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        return found == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


FILL = """
import resource, signal, sys
from pathlib import Path
from briefing.errors import StoreError
from tests.store.rows import *
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
place = Path(sys.argv[1])
with opened(place) as store:
    held = {prepare}
    size = {room} + max(file.stat().st_size for file in place.parent.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    done = 0
    try:
        for number in range(10_000):
            {step}
            done += 1
    except StoreError as error:
        print(done, error.hint)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    {after}
"""


def with_full_disk(place: Path, prepare: str, step: str, after: str, *, room: int) -> list[str]:
    program = FILL.format(prepare=prepare, step=step, after=after, room=room)
    done = subprocess.run(
        [sys.executable, "-c", program, str(place)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_a_full_disk_takes_nothing_back(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite3"
    said, after = with_full_disk(
        place,
        "None",
        'build(store, f"2024-{number:04}", message())',
        'build(store, "2025-01-01"); print("went on")',
        room=100_000,
    )
    count, _, hint = said.partition(" ")
    assert 0 < int(count) < 10_000
    assert "make room" in hint
    assert after == "went on"
    assert is_whole(place)
    with opened(place) as store:
        assert len(store.editions(limit=20_000, states=["built"])) == int(count) + 1
        assert states(store) == ["queued"] * int(count)


def test_a_full_disk_after_the_servers_yes_holds_the_message(tmp_path: Path) -> None:
    """F7: 250 was said, but `sent` could not be recorded."""
    place = tmp_path / "state.sqlite3"
    said, *_ = with_full_disk(
        place,
        'build(store, "2024-05-14", message()) and take(store)',
        "store.mark_transmitting(held, now=NOW) if number == 0"
        ' else store.mark_sent(held, now=NOW, reply="250 " + "x" * 900_000)',
        "pass",
        room=100_000,
    )
    assert said.startswith("1 ")
    with opened(place) as store:
        assert states(store) == ["transmitting"]
        assert store.recover(now=LATER) == 1
        assert store.claim_message(now=LATER, owner="x", lease=LEASE) is None
        assert states(store) == ["unknown"]
    assert is_whole(place)


def test_a_full_disk_at_the_start_leaves_no_store(tmp_path: Path) -> None:
    program = """
import resource, signal, sys
from briefing.errors import StoreError
from tests.store.rows import opened
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    opened(sys.argv[1])
except StoreError as error:
    print(error.hint)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "state.sqlite3")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "make room" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_a_lock_held_too_long_is_an_error(tmp_path: Path, patience: float) -> None:
    place = tmp_path / "state.sqlite3"
    opened(place).close()
    with closing(sqlite3.connect(place, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with opened(place, patience=patience) as store:
            assert store.editions() == ()  # who only reads need not wait
            with pytest.raises(StoreError, match="kept the store locked") as caught:
                claim(store)
            assert "try again" in caught.value.hint
            holder.execute("ROLLBACK")
            assert store.editions() == ()
            claim(store)


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite3"
    opened(place).close()
    with (
        closing(sqlite3.connect(place, isolation_level=None, check_same_thread=False)) as holder,
        opened(place) as store,
    ):
        holder.execute("BEGIN IMMEDIATE")
        waiting = threading.Timer(0.5, holder.execute, ["ROLLBACK"])
        waiting.start()
        claim(store)
        waiting.join()


def test_a_lock_on_a_server_is_not_waited_for_for_ever(server: Server) -> None:
    address = server.new_database()
    with opened(address) as store:
        build(store)
    with opened(address, patience=1) as store, psycopg.connect(address) as holder:
        holder.execute("LOCK TABLE brief_editions IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="kept the store locked"):
            claim(store, "2024-05-15")


def test_a_kill_loses_nothing_that_was_acknowledged(location: str | Path, tmp_path: Path) -> None:
    """F11: what a process has been told is on record, is on record."""
    acknowledged: set[int] = set()
    for number in range(6):
        go = tmp_path / f"go{number}"
        go.touch()
        worker = begin(location, go, "record", 100_000)
        assert worker.stdout is not None
        for _ in range(5 + 7 * number):
            acknowledged.add(int(worker.stdout.readline()))
        worker.kill()
        acknowledged |= {int(line) for line in worker.stdout.read().split("\n")[:-1]}
        assert worker.wait() == -signal.SIGKILL
        worker.stdout.close()
    with opened(location) as store:
        assert acknowledged <= {row.run_id for row in store.runs(limit=100_000)}
    if isinstance(location, Path):
        assert is_whole(location)


def test_a_connection_lost_is_tried_again_as_a_whole(server: Server) -> None:
    address = server.new_database()
    with opened(address) as store:
        held = claim(store)
        kill_connections(address)
        row = store.finish_edition(held, now=NOW, messages=[message()])
        kill_connections(address)
        assert store.editions() == (row,)
        assert states(store) == ["queued"]


def test_a_connection_lost_in_the_middle_changes_nothing_by_half(server: Server) -> None:
    """The server ends the transaction while it waits for a lock, after rows were written."""
    address = server.new_database()
    with opened(address) as store:
        held = claim(store)
        with psycopg.connect(address) as holder:
            holder.execute("LOCK TABLE brief_outbox IN ACCESS EXCLUSIVE MODE")

            def end() -> None:
                kill_connections(address)
                holder.rollback()

            ending = threading.Timer(0.5, end)
            ending.start()
            row = store.finish_edition(held, now=NOW, messages=[message()])
            ending.join()
        assert (row.number, states(store)) == (1, ["queued"])
        assert store.next_number("harbour") == 2


def test_a_server_that_restarts_is_waited_for(server: Server) -> None:
    address = server.new_database()
    with opened(address) as store:
        build(store, "2024-05-14", message())
        server.stop()
        coming = threading.Timer(0.5, server.start)
        coming.start()
        held = take(store)
        coming.join()
        store.mark_transmitting(held, now=NOW)
        assert states(store) == ["transmitting"]


def test_a_server_that_stays_away_is_an_error(server: Server) -> None:
    address = server.new_database()
    with opened(address, patience=0.5) as store:
        server.stop()
        try:
            with pytest.raises(StoreError, match=r"127\.0\.0\.1"):
                store.editions()
        finally:
            server.start()


def test_a_serialization_failure_is_tried_again(server: Server) -> None:
    """The database is told to serialize, and two transactions meet on one row."""
    address = server.new_database()
    with opened(address) as store:
        build(store, "2024-05-14", message())
    with psycopg.connect(address, autocommit=True) as admin:
        name = admin.info.dbname
        admin.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    with opened(address) as store, psycopg.connect(address) as other:
        held = take(store)
        other.execute("UPDATE brief_outbox SET last_reply = 'seen'")
        committing = threading.Timer(0.5, other.commit)
        committing.start()
        store.mark_transmitting(held, now=NOW)  # waits, fails with 40001, and is run again
        committing.join()
        assert states(store) == ["transmitting"]


def kill_connections(address: str) -> None:
    """End every other connection that is not holding the tables for the test."""
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND query NOT LIKE 'LOCK%'"
        )
