"""The memory between runs: editions by civil period, what they used, and the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.store.archive import Store

#: How long a write waits for another process before the store is given up.
PATIENCE = timedelta(seconds=30)


def open_store(location: str | Path, *, now: datetime, patience: timedelta = PATIENCE) -> Store:
    """The store at a path (SQLite) or a postgresql:// address, created or brought up to date.

    A new store appears whole or not at all. Before an older one is migrated, a copy of it is
    put beside it. `patience` bounds every wait for a lock.

    Raises StoreError for what is damaged, newer, not a store or cannot be had in time; the
    original is left as it is, and the hint says how to restore.
    """
    from briefing.store.archive import Store  # SQLAlchemy takes longer to load than most commands

    return Store.open(location, now=now, patience=patience)
