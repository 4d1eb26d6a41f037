"""A SQLite file -> one that is known to be whole, ours and up to date; or a refusal."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from briefing.errors import StoreError
from briefing.store.connection import sqlite_connection
from briefing.store.keeping import mark_copy
from briefing.store.migrations import MIGRATIONS, Migration, migrate, newest
from briefing.store.trouble import damaged, store_error

APPLICATION_ID = 0x42524946  #: "BRIF", at byte 68 of every file of ours
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_NO_HURRY = 1.0  # seconds
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV}  # file systems without links


def prepare(
    path: Path, *, now: datetime, patience: float, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Create the store when there is none, migrate an older one after copying it.

    Raises StoreError, and leaves the file as it is, when it is no store of ours, is damaged, or
    was written by a newer program.
    """
    try:
        if not _exists(path):
            create(path, patience=patience, migrations=migrations)
        _refuse_foreign(path, newest(migrations))
        _migrate(path, now=now, patience=patience, migrations=migrations)
    except (sqlite3.Error, OSError) as error:
        raise store_error(str(path), error) from None


def create(path: Path, *, patience: float, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Put an empty store at `path`, whole or not at all; one that is there already stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (
        contextlib.suppress(FileExistsError),  # another process was first
        draft_of(path, patience=patience, migrations=migrations) as draft,
        contextlib.closing(sqlite_connection(draft, patience=patience)) as connection,
    ):
        connection.execute("INSERT INTO brief_meta VALUES ('instance', ?)", (uuid4().hex,))


@contextlib.contextmanager
def draft_of(
    path: Path, *, patience: float, migrations: Sequence[Migration] = MIGRATIONS
) -> Iterator[Path]:
    """A file beside `path` with our tables and no row, which gets its name when all went well.

    Raises FileExistsError at the end when the name is taken.
    """
    with _new_file(path) as draft:
        with contextlib.closing(sqlite_connection(draft, patience=patience)) as connection:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL")
            with _transaction(connection):
                version = migrate(connection.execute, "sqlite", version=0, migrations=migrations)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version}")
        yield draft
        _publish(draft, path)


def copy(path: Path, target: Path, *, now: datetime, patience: float) -> None:
    """A consistent copy of a store in use, whole or not at all; FileExistsError when taken.

    It is marked as a copy of that time.
    """
    with _new_file(target) as draft:
        with (
            contextlib.closing(sqlite_connection(path, patience=patience)) as source,
            contextlib.closing(sqlite_connection(draft, patience=patience)) as copied,
        ):
            source.backup(copied)
            _refuse_broken(copied, str(draft))
            mark_copy(copied, now=now)
        _publish(draft, target)


def shrink(path: Path) -> None:
    """Give the room of removed rows back to the disk, unless others are busy with the store."""
    try:
        with contextlib.closing(sqlite_connection(path, patience=_NO_HURRY)) as connection:
            # A script, since `execute` stops after the first page.
            connection.executescript("PRAGMA incremental_vacuum")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        # The next retirement finds the same room; nothing but that was asked for here.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise store_error(str(path), error) from None


def _publish(draft: Path, path: Path) -> None:
    """Give a finished file its name, on the disk too; FileExistsError when the name is taken."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, never replaces what another process has put there meanwhile.
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, "already there", str(path)) from None
        draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _exists(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        log = path.with_name(path.name + "-wal")
        # Looked at again, since another process may be creating the store at this moment.
        if log.exists() and log.stat().st_size and not path.exists():
            raise damaged(str(path), f"the file is gone, but its log {log.name} is there") from None
        return False
    if not stat.S_ISREG(mode):
        kind = "is a folder" if stat.S_ISDIR(mode) else "is not a regular file"
        raise StoreError(f"{path}: {kind}", hint="set `store:` to a file in it, or to another path")
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK)):
        is_read_only = bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
        number = errno.EROFS if is_read_only else errno.EACCES
        raise store_error(str(path), OSError(number, os.strerror(number)))
    return True


def _refuse_foreign(path: Path, known: int) -> None:
    """Look at the header alone: SQLite may change a file by opening it."""
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        raise damaged(str(path), "the file is empty, and an empty file is not a store")
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise damaged(str(path), "not a SQLite file, or its beginning is damaged")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise damaged(str(path), "a SQLite file, but not a store of brief")
    _refuse_newer(str(path), int.from_bytes(header[60:64], "big"), known)


def _migrate(
    path: Path, *, now: datetime, patience: float, migrations: Sequence[Migration]
) -> None:
    with contextlib.closing(sqlite_connection(path, patience=patience)) as connection:
        _refuse_broken(connection, str(path))
        if _version(connection) == newest(migrations):
            return
        with _transaction(connection):
            version = _version(connection)  # another process may have been first
            _refuse_newer(str(path), version, newest(migrations))
            if version < newest(migrations):
                # Nobody can write meanwhile, so the copy is the state that is migrated.
                copy(path, _spare_name(path, version, now), now=now, patience=patience)
                reached = migrate(
                    connection.execute, "sqlite", version=version, migrations=migrations
                )
                connection.execute(f"PRAGMA user_version = {reached}")
        # The header that older programs look at must say so too, not the log beside it alone.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_newer(name: str, version: int, known: int) -> None:
    if version > known:
        raise StoreError(
            f"{name}: written by a newer brief (schema {version}; this one knows up to {known})",
            hint="update brief, or put back the copy that the newer one made before it migrated"
            " (its name ends in .bak); the file was left as it is",
        )


def _refuse_broken(connection: sqlite3.Connection, name: str) -> None:
    found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        raise damaged(name, f"the store is damaged ({' '.join(found.split())[:200]})")


def _spare_name(path: Path, version: int, now: datetime) -> Path:
    stem = f"{path.name}.schema-{version}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    spare = path.with_name(f"{stem}.bak")
    count = 1
    while spare.exists():
        count += 1
        spare = path.with_name(f"{stem}-{count}.bak")
    return spare


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """An empty file beside `path` that only its owner reads; gone afterwards."""
    draft = path.with_name(f".{path.name}.tmp-{uuid4().hex}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield draft
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
