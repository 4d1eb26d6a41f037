"""F13: any number of processes at once, in either database, have exactly one winner a period."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.rows import LEASE, NOW, message, opened, states
from tests.store.worker import begin, lines


@pytest.mark.parametrize(("processes", "periods"), [(4, 200), (8, 200)])
def test_each_period_has_one_winner(
    location: str | Path, tmp_path: Path, processes: int, periods: int
) -> None:
    # No store is there yet, so they also race to create it.
    workers = [begin(location, tmp_path / "go", "claim", periods) for _ in range(processes)]
    (tmp_path / "go").touch()
    printed = lines(workers)
    wanted = [f"2024-{number:04}" for number in range(periods)]
    assert sorted(printed[::2]) == wanted
    assert sorted(map(int, printed[1::2])) == list(range(1, periods + 1))
    with opened(location) as store:
        assert len(store.editions(limit=1000, states=["built"])) == periods
        assert states(store) == ["queued"] * periods
        assert len(store.used_articles("harbour")) == periods


def test_each_message_is_sent_by_one(location: str | Path, tmp_path: Path) -> None:
    with opened(location) as store:
        held = store.claim_edition("harbour", "2024-05-14", now=NOW, owner="one", lease=LEASE)
        assert held is not None
        recipients = [f"reader{number}@example.org" for number in range(200)]
        store.finish_edition(held, now=NOW, messages=[message(one) for one in recipients])
    workers = [begin(location, tmp_path / "go", "send", 1000) for _ in range(8)]
    (tmp_path / "go").touch()
    assert sorted(map(int, lines(workers))) == list(range(1, 201))
    with opened(location) as store:
        assert states(store) == ["sent"] * 200
        assert {row.attempts for row in store.outbox()} == {1}


def test_one_store_is_created_when_all_open_it_at_once(tmp_path: Path) -> None:
    place = tmp_path / "new" / "state.sqlite3"
    workers = [begin(place, tmp_path / "go", "record", 1) for _ in range(8)]
    (tmp_path / "go").touch()
    assert sorted(map(int, lines(workers))) == list(range(1, 9))
    assert [path.name for path in place.parent.iterdir()] == ["state.sqlite3"]
