"""A place for a store in each of the two databases, and stores in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from briefing.store.archive import Store
from tests.store.postgresql import Server, find_program, running_server
from tests.store.rows import opened


@pytest.fixture(scope="session")
def _server_once() -> Iterator[Callable[[str], Server]]:
    started: list[Server] = []
    with ExitStack() as stack:

        def start(initdb: str) -> Server:
            if not started:
                started.append(stack.enter_context(running_server(initdb)))
            return started[0]

        yield start


@pytest.fixture
def server(_server_once: Callable[[str], Server], require_tool: Callable[[str], str]) -> Server:
    """A running PostgreSQL server; the test is skipped by name where none is installed."""
    return _server_once(find_program("initdb") or require_tool("initdb"))


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a test may put a store: a path, then an address."""
    if request.param == "sqlite":
        return tmp_path / "state.sqlite3"
    running: Server = request.getfixturevalue("server")
    return running.new_schema()


@pytest.fixture
def store(location: str | Path) -> Iterator[Store]:
    """A new store."""
    with opened(location) as new:
        yield new
