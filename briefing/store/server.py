"""A PostgreSQL address -> a database with our tables, up to date; or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import Connection, insert, inspect, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from briefing.errors import StoreError
from briefing.store.migrations import MIGRATIONS, Migration, migrate, newest
from briefing.store.schema import META

_LOCK = 0x42524946  # whoever creates or migrates holds it


def parse(location: str) -> URL:
    """The address with our driver; StoreError, without repeating it, when it is none."""
    try:
        url = make_url(location)
    except (ArgumentError, ValueError):
        raise StoreError(
            "the store's address cannot be read",
            hint="write it as postgresql://user@host:5432/database, and special characters of"
            " user and password as %XX",
        ) from None
    if url.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise StoreError(
            f"{shown(url)}: no store is kept in {url.drivername}",
            hint="a store is a path, or an address that begins with postgresql://",
        )
    return url.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """The address as messages name it: no user, password or option."""
    bare = URL.create("postgresql", host=url.host, port=url.port, database=url.database)
    return bare.render_as_string(hide_password=True)


def prepare(
    connection: Connection, name: str, *, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Create or migrate our tables in this one transaction; StoreError for tables not ours.

    A copy beforehand is the server's business: the transaction takes every step or none.
    """
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    version = _version(connection, name)
    if version > newest(migrations):
        raise StoreError(
            f"{name}: written by a newer brief"
            f" (schema {version}; this one knows up to {newest(migrations)})",
            hint="update brief; nothing was changed",
        )
    if version == newest(migrations):
        return
    reached = migrate(
        connection.exec_driver_sql, "postgresql", version=version, migrations=migrations
    )
    if version:
        connection.execute(update(META).where(META.c.key == "schema").values(value=str(reached)))
        return
    for key, value in (("schema", str(reached)), ("instance", uuid4().hex)):
        connection.execute(insert(META).values(key=key, value=value))


def _version(connection: Connection, name: str) -> int:
    """The schema of our tables; 0 when there are none."""
    ours = [table for table in inspect(connection).get_table_names() if table.startswith("brief_")]
    if not ours:
        return 0
    value = None
    if META.name in ours:
        value = connection.scalar(select(META.c.value).where(META.c.key == "schema"))
    if value is None or not value.isdecimal():
        raise StoreError(
            f"{name}: has tables named brief_…, but they are not a store of brief",
            hint="give brief a database or a schema of its own; nothing was changed",
        )
    return int(value)
