"""What opening a store takes: nothing before it is asked for, and what is missing is named."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from briefing.errors import StoreError
from briefing.store.archive import Store
from briefing.store.rows import EditionClaim
from tests.store.rows import NOW, article, claim, message, opened, printed, states

ROOT = Path(__file__).parents[2]


def test_the_library_waits_until_a_store_is_opened() -> None:
    program = "import sys, briefing.store, briefing.store.rows; print('sqlalchemy' in sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match="driver") as caught:
        opened("postgresql://127.0.0.1/state")
    assert 'pip install ".[postgres]"' in caught.value.hint


@contextmanager
def failing_at(number: int) -> Iterator[list[str]]:
    """Let the disk fail at the n-th statement; gives the statements so far."""
    seen: list[str] = []

    def fail(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)
        if len(seen) == number:
            raise sqlite3.OperationalError("disk I/O error")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


def test_a_failure_at_any_statement_leaves_nothing_by_half(tmp_path: Path) -> None:
    """I3, I6: every n-th operation fails once; the edition is there whole or not at all."""
    with opened(tmp_path / "state.sqlite3") as store:
        held = claim(store)
        number = 0
        while True:
            number += 1
            with failing_at(number) as seen, suppress(StoreError, sqlite3.OperationalError):
                finish(store, held)
            if len(seen) < number:
                break
            assert store.editions(states=["built"]) == ()
            assert store.outbox() == ()
            assert store.used_articles("harbour") == frozenset()
            assert store.articles_of(held.edition_id) == ()
            assert store.next_number("harbour") == 1
        assert number > 8
        assert states(store) == ["queued", "queued"]
        assert len(store.used_articles("harbour")) == 2


def finish(store: Store, held: EditionClaim) -> None:
    store.finish_edition(
        held,
        now=NOW,
        articles=[article("The pier."), article("The quay.")],
        claims=[printed("The pier.")],
        messages=[message(), message("two@example.org")],
    )
