"""What is kept of the store: copies of it, and of its rows those that are young or unsettled."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from briefing.store.connection import sqlite_connection
from briefing.store.rows import SETTLED_MESSAGES, Retired
from briefing.store.schema import (
    ARTICLES,
    EDITIONS,
    METADATA,
    OUTBOX,
    RUNS,
    USED,
    USES,
    written,
)

#: In the table of single facts, when a copy was made; only copies have it.
COPIED = "copied"
#: Evidence of what was printed, and from what, is kept at least this long.
SHORTEST_KEEP = timedelta(days=365)
#: How long the content of a sent message is kept; that it was sent is kept with its edition.
KEEP_SENT = timedelta(days=30)


def retire(
    connection: Connection, *, now: datetime, keep: timedelta, keep_editions: int
) -> Retired:
    """Remove what is older than `keep`; see `Store.retire`."""
    if keep < SHORTEST_KEEP:
        raise ValueError(f"evidence is kept for at least {SHORTEST_KEEP.days} days, not {keep}")
    before = now - keep
    editions = _retirable(connection, before, max(1, keep_editions))
    messages = _rowcount(
        connection,
        update(OUTBOX)
        .where(OUTBOX.c.state == "sent", OUTBOX.c.changed < now - KEEP_SENT)
        .where(func.length(OUTBOX.c.content) > 0)
        .values(content=b""),
    )
    for edition_id in editions:  # its uses, claims and messages go with it
        connection.execute(delete(EDITIONS).where(EDITIONS.c.id == edition_id))
    articles = _rowcount(
        connection,
        delete(ARTICLES).where(
            ARTICLES.c.stored < before,
            ~select(USES.c.sha256).where(USES.c.sha256 == ARTICLES.c.sha256).exists(),
        ),
    )
    # A dated article is by then outside every window; of an undated one, only this row knows.
    connection.execute(delete(USED).where(USED.c.dated == 1, USED.c.used < before))
    runs = _rowcount(connection, delete(RUNS).where(RUNS.c.ended < before))
    return Retired(editions=len(editions), articles=articles, messages=messages, runs=runs)


def mark_copy(copy: sqlite3.Connection, *, now: datetime) -> None:
    """Have a copy know that it is one, and of when; a copy of an unused copy is as old as that."""
    copy.execute("INSERT OR IGNORE INTO brief_meta VALUES (?, ?)", (COPIED, written(now)))


def fill(connection: Connection, copy: Path, *, now: datetime, patience: float) -> None:
    """Copy every row of a store on a server into an empty store in a file, in one transaction."""
    with closing(sqlite_connection(copy, patience=patience)) as target:
        target.execute("BEGIN IMMEDIATE")
        for table in METADATA.sorted_tables:
            names = [column.name for column in table.c]
            places = ", ".join("?" * len(names))
            insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"
            target.executemany(insert, _stored_rows(connection, table))
        target.execute("DELETE FROM brief_meta WHERE key = 'schema'")  # a file has it in its header
        mark_copy(target, now=now)
        if target.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.DatabaseError("a row of the copy refers to one that is not there")
        target.execute("COMMIT")


def _retirable(connection: Connection, before: datetime, keep_editions: int) -> list[int]:
    rank = func.row_number().over(
        partition_by=EDITIONS.c.brief, order_by=(EDITIONS.c.period.desc(), EDITIONS.c.id.desc())
    )
    ranked = select(EDITIONS.c.id, EDITIONS.c.settled, rank.label("place")).subquery()
    is_open = (OUTBOX.c.edition_id == ranked.c.id) & OUTBOX.c.state.not_in(SETTLED_MESSAGES)
    query = (
        select(ranked.c.id)
        .where(ranked.c.place > keep_editions, ranked.c.settled < before)
        .where(~select(OUTBOX.c.id).where(is_open).exists())
    )
    return [int(found) for found in connection.scalars(query)]


def _rowcount(connection: Connection, statement: Any) -> int:
    return int(connection.execute(statement).rowcount)


def _stored_rows(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    """The rows as the database holds them, without the types that Python sees."""
    names = ", ".join(column.name for column in table.c)
    for row in connection.exec_driver_sql(f"SELECT {names} FROM {table.name}"):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
