"""`python -m tests.store.worker LOCATION GO TASK COUNT`: one of several processes on one store.

Each waits until the file GO is there, so that all begin together, and prints a line a thing done.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from briefing.store.archive import Store
from tests.store.rows import LEASE, NOW, YEAR, article, message, opened

ROOT = Path(__file__).parents[2]


def begin(location: str | Path, go: Path, task: str, count: int) -> subprocess.Popen[str]:
    """Start a worker; its standard output is a pipe."""
    command = [sys.executable, "-m", "tests.store.worker", str(location), str(go), task, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def lines(workers: list[subprocess.Popen[str]]) -> list[str]:
    """What all of them printed; fails when one of them did."""
    printed = [worker.communicate(timeout=300)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(workers)
    return [line for one in printed for line in one]


def claim_periods(store: Store, count: int) -> None:
    """Claim every period; build an edition with a message of each that was won."""
    for number in range(count):
        period = f"2024-{number:04}"
        claim = store.claim_edition("harbour", period, now=NOW, owner="worker", lease=LEASE)
        if claim is not None:
            row = store.finish_edition(
                claim, now=NOW, articles=[article(period)], messages=[message()]
            )
            print(period, row.number, flush=True)


def send_messages(store: Store, count: int) -> None:
    """Send until nothing is due; at most `count`."""
    for _ in range(count):
        held = store.claim_message(now=NOW, owner="worker", lease=LEASE)
        if held is None:
            return
        store.mark_transmitting(held, now=NOW)
        print(held.id, flush=True)
        store.mark_sent(held, now=NOW, reply="250 ok")


def record_runs(store: Store, count: int) -> None:
    """Record runs, printing the id of each once it is acknowledged."""
    for number in range(count):
        print(store.record_run(started=NOW, ended=NOW, summary=f"run {number} " * 50), flush=True)


def retire(store: Store, count: int) -> None:
    """Retire over and over while others work."""
    for _ in range(count):
        store.retire(now=NOW + YEAR, keep=YEAR, keep_editions=1000)


TASKS = {
    "claim": claim_periods,
    "send": send_messages,
    "record": record_runs,
    "retire": retire,
}

if __name__ == "__main__":
    place, go, task, count = sys.argv[1:]
    while not Path(go).exists():
        time.sleep(0.001)
    with opened(place if "://" in place else Path(place)) as opened_store:
        TASKS[task](opened_store, int(count))
