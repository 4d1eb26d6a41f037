"""F42: work whose commit went through, though the answer was lost, is not done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from briefing.errors import StoreError
from briefing.store import editions, messages, server
from briefing.store.connection import Database, postgresql_database, sqlite_database
from briefing.store.rows import EditionClaim, EditionRow
from briefing.store.trouble import store_error
from tests.store.rows import LATER, LEASE, NOW, article, build, claim, message, opened, states


@pytest.fixture
def database(location: str | Path) -> Iterator[Database]:
    """The database below a store with a message, as `Store` has it."""
    with opened(location) as store:
        build(store, "2024-05-13", message())
    if isinstance(location, Path):
        made = sqlite_database(location, name="state", patience=5)
    else:
        made = postgresql_database(server.parse(location), name="state", patience=5)
    yield made
    made.close()


def test_a_claim_made_twice_is_one(database: Database) -> None:
    def work(connection: Connection) -> EditionClaim | None:
        return editions.claim(
            connection, "harbour", "2024-05-14", now=NOW, owner="one", lease=LEASE, token="t"
        )

    first = database.write(work)
    assert first is not None
    assert first.attempt == 1
    assert database.write(work) == first


def test_an_edition_finished_twice_is_one(location: str | Path, database: Database) -> None:
    with opened(location) as store:
        held = claim(store)

    def work(connection: Connection) -> EditionRow:
        return editions.finish(
            connection,
            held,
            now=NOW,
            folder="out/harbour",
            manifest_sha256="",
            articles=[article("The pier.")],
            claims=[],
            left_out=[],
            outcome="built",
            reason="",
        )

    first = database.write(work)
    assert database.write(work) == first
    assert (first.number, first.article_count) == (2, 1)


def test_a_message_claimed_twice_is_tried_once(location: str | Path, database: Database) -> None:
    def work(connection: Connection) -> tuple[int, int] | None:
        held = messages.claim(
            connection, now=NOW, owner="one", lease=LEASE, token="t", deliverers=None, edition=None
        )
        return None if held is None else (held.id, held.attempt)

    assert database.write(work) == (1, 1)
    assert database.write(work) == (1, 1)
    with opened(location) as store:
        assert states(store) == ["claimed"]
        assert store.claim_message(now=LATER, owner="two", lease=LEASE) is not None


def test_work_that_fails_leaves_nothing(database: Database) -> None:
    def work(connection: Connection) -> None:
        editions.record_misfire(connection, "harbour", "2024-05-14", reason="late", now=NOW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.write(work)
    assert len(database.read(editions.find)) == 1


def test_a_mistake_in_a_statement_is_not_tried_again(database: Database) -> None:
    calls: list[int] = []

    def work(connection: Connection) -> None:
        calls.append(1)
        connection.exec_driver_sql("SELECT colour FROM nowhere")

    with pytest.raises(StoreError, match="nowhere"):
        database.write(work)
    assert calls == [1]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("database is locked", "another process has kept the store locked"),
        ("database or disk is full", "make room"),
        ("could not extend file: No space left on device", "make room"),
        ("attempt to write a readonly database", "give this user the right"),
        ("database disk image is malformed", "brief backup"),
        ("file is not a database", "brief backup"),
        ('password authentication failed for user "canary-word"', "***"),
    ],
)
def test_what_a_driver_says_becomes_what_to_do(said: str, wanted: str) -> None:
    error = store_error("state.sqlite3", OSError(said), secret="canary-word")
    assert str(error).startswith("state.sqlite3: ")
    assert wanted in f"{error} {error.hint}"
    assert "canary-word" not in f"{error} {error.hint}"
