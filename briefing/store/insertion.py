"""A row -> inserted, or left alone where one of its kind is there; the same in both dialects."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row unless a unique constraint forbids it; whether it was inserted."""
    # What comes back is a row inserted here; the count of rows is not reported by every driver.
    key = next(iter(table.c))
    if connection.dialect.name == "sqlite":
        new = sqlite.insert(table).values(**values).on_conflict_do_nothing().returning(key)
        return connection.execute(new).first() is not None
    other = postgresql.insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return connection.execute(other).first() is not None
