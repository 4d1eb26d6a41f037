"""A configuration -> its store, opened; where it is, and who this process is."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from briefing.config import Config

if TYPE_CHECKING:
    from briefing.store.archive import Store

#: Where the store is, over what the configuration says.
STORE_VARIABLE = "BRIEF_STORE"


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def owner() -> str:
    """This process, as no other process on any machine calls itself."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


def store_location(config: Config) -> str | Path:
    """Where the store of a configuration is: a path, or the address of a database.

    By default it is a file of its own in the user's state folder, named for the configuration's
    folder, so that briefs of one name in two configurations are two briefs.
    """
    given = os.environ.get(STORE_VARIABLE) or config.store
    root = config.path.parent
    if given is None:
        from platformdirs import user_state_path

        plain = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-")[:40]
        mark = sha256(os.fsencode(config.path)).hexdigest()[:8]
        return user_state_path("brief") / f"{plain or 'brief'}-{mark}" / "state.sqlite3"
    return given if "://" in given else root / Path(given).expanduser()


@contextmanager
def opened_store(config: Config) -> Iterator[Store]:
    """The store of a configuration, closed when the block ends; raises StoreError."""
    from briefing.store import open_store

    with open_store(store_location(config), now=clock()) as store:
        yield store
