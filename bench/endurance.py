"""Years of recurring editions in a store, with a made clock: does it stay bounded and quick?

Every day each brief makes an edition of ten articles and sends it to three recipients, then what
is too old is retired, as `brief run --due` does. Prints one line a year: what the store holds, the
size of its file, and the seconds that a day took. After the time that is kept, the sizes must not
rise any more; nothing else is held to a number.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from briefing.store import open_store
from briefing.store.archive import Store
from briefing.store.rows import ArticleUse, ClaimUse, OutgoingMessage

YEARS = 3
BRIEFS = 20
ARTICLES = 10
RECIPIENTS = 3
KEEP = timedelta(days=400)
LEASE = timedelta(minutes=30)
FIRST_DAY = datetime(2025, 1, 1, 6, tzinfo=UTC)


def main() -> None:
    """Run `YEARS` years of `BRIEFS` briefs, or as many as the arguments say."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else YEARS
    briefs = int(sys.argv[2]) if len(sys.argv) > 2 else BRIEFS
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "store.db"
        print(f"{'year':>4}{'editions':>10}{'MB':>8}{'s a day':>9}{'longest s':>11}")
        with open_store(path, now=FIRST_DAY) as store:
            for year in range(years):
                seconds = [run_day(store, 365 * year + day, briefs) for day in range(365)]
                editions = len(store.editions(limit=10**6))
                megabytes = sum(file.stat().st_size for file in path.parent.iterdir()) / 1e6
                print(
                    f"{year + 1:4}{editions:10}{megabytes:8.1f}"
                    f"{sum(seconds) / len(seconds):9.3f}{max(seconds):11.3f}",
                    flush=True,
                )


def run_day(store: Store, day: int, briefs: int) -> float:
    """Make, settle and send the editions of one day; return the seconds that it took."""
    start = time.perf_counter()
    now = FIRST_DAY + timedelta(days=day)
    store.check_clock(now=now)
    for brief in range(briefs):
        make_edition(store, f"brief-{brief}", now)
    while claimed := store.claim_message(now=now, owner="bench", lease=LEASE):
        store.mark_transmitting(claimed, now=now)
        store.mark_sent(claimed, now=now, reply="250 ok")
    store.retire(now=now, keep=KEEP, keep_editions=30)
    store.record_run(started=now, ended=now, summary="done")
    return time.perf_counter() - start


def make_edition(store: Store, brief: str, now: datetime) -> None:
    """Settle one edition with its articles, claims and messages."""
    period = f"{now:%Y-%m-%d}"
    claim = store.claim_edition(brief, period, now=now, owner="bench", lease=LEASE)
    if claim is None:
        raise SystemExit(f"{brief} {period}: the period is taken, which must not be")
    articles = []
    for number in range(ARTICLES):
        text = f"{brief} {period} {number} " * 150
        digest = sha256(text.encode()).hexdigest()
        articles.append(ArticleUse(digest, digest[:12], text=text, published=period))
    claims = [ClaimUse(f"c{n}", "0" * 64, "Section", text="words " * 25) for n in range(30)]
    messages = [
        OutgoingMessage(
            f"reader-{n}@example.org", f"<{brief}-{period}-{n}@example.org>", bytes(20_000), "mail"
        )
        for n in range(RECIPIENTS)
    ]
    store.finish_edition(claim, now=now, articles=articles, claims=claims, messages=messages)


if __name__ == "__main__":
    main()
