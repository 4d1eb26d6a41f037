"""A place -> a database that runs work as one transaction, and again where that helps."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from briefing.store.migrations import Dialect
from briefing.store.trouble import store_error

Result = TypeVar("Result")

#: SQLSTATEs after which the same transaction can succeed: serialization failure, deadlock, server
#: going down or coming up, connection lost.
_PASSING = {"40001", "40P01", "57P01", "57P02", "57P03", "08000", "08003", "08006"}
_FIRST_PAUSE = 0.05  # seconds; doubled after each failure
_LONGEST_PAUSE = 1.0


class Database:
    """An engine with its name for messages; `patience`, in seconds, bounds every wait."""

    def __init__(
        self, engine: Engine, dialect: Dialect, name: str, patience: float, *, secret: str = ""
    ) -> None:
        self.dialect = dialect
        self.name = name
        self._engine = engine
        self._patience = patience
        self._secret = secret

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` on one unchanging view of the data; StoreError when that cannot be had."""
        return self._run(work, writing=False)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` and commit, or leave everything as it was and raise StoreError.

        The write lock is taken at the start: a transaction that reads first and then writes
        would fail at once in SQLite, whatever the patience.
        """
        return self._run(work, writing=True)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], Result], *, writing: bool) -> Result:
        deadline = time.monotonic() + self._patience
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._once(work, writing=writing)
            except DBAPIError as error:
                if not self._can_pass(error) or time.monotonic() + pause > deadline:
                    raise store_error(self.name, error.orig or error, secret=self._secret) from None
            except SQLAlchemyError as error:
                raise store_error(self.name, error, secret=self._secret) from None
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _once(self, work: Callable[[Connection], Result], *, writing: bool) -> Result:
        options: dict[str, Any] = {"writing": writing}
        if self.dialect == "postgresql" and not writing:
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            return work(connection)

    def _can_pass(self, error: DBAPIError) -> bool:
        if self.dialect == "sqlite":
            return False  # SQLite has waited itself
        state = getattr(error.orig, "sqlstate", None)
        # A server that is being restarted refuses connections, which has no SQLSTATE.
        is_lost = error.connection_invalidated or (state is None and _is_operational(error))
        return is_lost or state in _PASSING


def sqlite_database(path: Path, *, name: str, patience: float) -> Database:
    """The database in an existing file; the file is never created here."""

    def connect() -> sqlite3.Connection:
        return sqlite_connection(path, patience=patience)

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True
    )

    def begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("writing", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")

    event.listen(engine, "begin", begin)
    return Database(engine, "sqlite", name, patience)


def sqlite_connection(
    path: Path, *, patience: float, can_create: bool = False
) -> sqlite3.Connection:
    """A connection that takes no transaction by itself and syncs every commit to the disk."""
    mode = "rwc" if can_create else "rw"
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,  # the pool hands a connection to one thread at a time
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def postgresql_database(url: URL, *, name: str, patience: float) -> Database:
    """The database on a server; nothing is connected yet."""
    wait = max(1, int(1000 * patience))
    given = url.query.get("options", "")
    options = given if isinstance(given, str) else " ".join(given)
    engine = create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": max(2, min(10, int(patience))),
            "options": f"-c lock_timeout={wait} {options}",
        },
    )
    return Database(engine, "postgresql", name, patience, secret=str(url.password or ""))


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ == "OperationalError"
