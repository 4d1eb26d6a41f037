"""The store as the runner sees it: one method a change, each one transaction."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from briefing.errors import StoreError
from briefing.store import editions, files, keeping, server
from briefing.store import messages as queue
from briefing.store.connection import Database, postgresql_database, sqlite_database
from briefing.store.insertion import insert_new
from briefing.store.outbox import Outbox
from briefing.store.rows import (
    SETTLED_EDITIONS,
    ArticleUse,
    ClaimUse,
    ClockError,
    EditionClaim,
    EditionOutcome,
    EditionRow,
    EditionState,
    LeftOut,
    OutgoingMessage,
    Restoration,
    Retired,
    RunRow,
)
from briefing.store.schema import EDITIONS, META, RUNS, read, written
from briefing.store.trouble import store_error

#: How far the clock may be from the latest time on record before nothing is done any more.
FARTHEST_BACK = timedelta(days=1)
FARTHEST_AHEAD = timedelta(days=400)
_FIRST_YEAR = 2000  # a clock before it was never set

_MARK = "high-water"
_RESTORED = "restored"
_INSTALL = 'in the folder of the source of brief: pip install ".[postgres]"'


class Store(Outbox):
    """An open store: use it in a `with`, or `close` it.

    Any number of processes and threads can use one store at once. Every method is one
    transaction, and raises StoreError, with nothing changed, when the store cannot be used.
    """

    def __init__(self, database: Database, path: Path | None, patience: float) -> None:
        self._database = database
        self._path = path
        self._patience = patience
        self._lock = threading.Lock()
        self.name = database.name  #: what messages call it; never with a password
        self.instance_id = self._meta("instance") or ""  #: made with the store, kept by copies

    @classmethod
    def open(cls, location: str | Path, *, now: datetime, patience: timedelta) -> Self:
        """See `briefing.store.open_store`."""
        seconds = patience.total_seconds()
        if isinstance(location, str) and "://" in location:
            url = server.parse(location)
            try:
                database = postgresql_database(url, name=server.shown(url), patience=seconds)
            except ModuleNotFoundError:
                raise StoreError(
                    f"{server.shown(url)}: the driver for PostgreSQL is not installed",
                    hint=_INSTALL,
                ) from None
            return cls._prepared(database, None, seconds)
        path = Path(location).expanduser()
        files.prepare(path, now=now, patience=seconds)
        database = sqlite_database(path, name=str(path), patience=seconds)
        return cls._prepared(database, path, seconds)

    @classmethod
    def _prepared(cls, database: Database, path: Path | None, patience: float) -> Self:
        try:
            if path is None:
                database.write(lambda connection: server.prepare(connection, database.name))
            return cls(database, path, patience)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Give back every connection; the store can be opened again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def high_water(self) -> datetime | None:
        """The latest time on record; None in a new store."""
        mark = self._meta(_MARK)
        return read(mark) if mark else None

    def check_clock(self, *, now: datetime) -> None:
        """Raise ClockError when `now` cannot be right after what is on record.

        To be called before anything is claimed: a clock that is years off would miss every
        period in between, or send old editions once more.
        """
        mark = self.high_water()
        wrong = ""
        if now.year < _FIRST_YEAR:
            wrong = "it has not been set"
        elif mark is not None and now < mark - FARTHEST_BACK:
            wrong = f"the latest run was at {mark:%Y-%m-%d %H:%M} UTC"
        elif mark is not None and now > mark + FARTHEST_AHEAD:
            wrong = f"the latest run was at {mark:%Y-%m-%d %H:%M} UTC, over {FARTHEST_AHEAD.days}"
            wrong += " days before"
        if wrong:
            raise ClockError(
                f"{self.name}: the clock says {now:%Y-%m-%d %H:%M}, but {wrong}; nothing was done",
                hint="set the clock; if it is right, say so once: `brief run --due --trust-clock`",
            )

    def note_time(self, *, now: datetime) -> None:
        """Put `now` on record, unless a later time is."""
        self._database.write(lambda connection: _raise_mark(connection, now))

    def accept_clock(self, *, now: datetime) -> None:
        """Put `now` on record, also when it is before what is there: a person says it is right."""
        self._database.write(lambda connection: _set_meta(connection, _MARK, written(now)))

    def settle_copy(self, *, now: datetime, repeatable: Collection[str] = ()) -> tuple[int, ...]:
        """In a store put back from a copy, hold every message that waits; which ones.

        To be called before anything is made or sent: whatever waits in a copy may have been sent
        since it was made. From then on `restoration` tells of it. Messages of the deliverers in
        `repeatable` are left alone. In any other store nothing is done.
        """
        if self._meta(keeping.COPIED) is None:
            return ()

        def work(connection: Connection) -> tuple[int, ...]:
            marked = select(META.c.value).where(META.c.key == keeping.COPIED)
            copied = connection.scalar(marked.with_for_update())
            if copied is None:  # another process was first
                return ()
            reason = Restoration(read(copied), now).reason
            held = queue.hold(connection, reason, repeatable=repeatable, now=now)
            connection.execute(delete(META).where(META.c.key == keeping.COPIED))
            _set_meta(connection, _RESTORED, f"{copied} {written(now)}")
            return held

        return self._database.write(work)

    def restoration(self) -> Restoration | None:
        """When the store was last put back from a copy, if ever; see `settle_copy`."""
        times = self._meta(_RESTORED)
        return None if times is None else Restoration(*map(read, times.split()))

    def record_run(self, *, started: datetime, ended: datetime, summary: str) -> int:
        """Put a run on record, and its end as `note_time` does; the id of the run."""

        def work(connection: Connection) -> int:
            _raise_mark(connection, ended)
            row = insert(RUNS).values(started=started, ended=ended, summary=summary)
            return int(connection.execute(row.returning(RUNS.c.id)).scalar_one())

        return self._database.write(work)

    def runs(self, limit: int = 20) -> tuple[RunRow, ...]:
        """The latest runs, newest first."""
        query = select(RUNS).order_by(RUNS.c.id.desc()).limit(limit)
        return self._database.read(
            lambda connection: tuple(
                RunRow(row.id, row.started, row.ended, row.summary)
                for row in connection.execute(query)
            )
        )

    def claim_edition(
        self, brief: str, period: str, *, now: datetime, owner: str, lease: timedelta
    ) -> EditionClaim | None:
        """The right to make the edition of a civil period, or None when it is settled or taken.

        Of any number of claims at once one wins. A period that was released, or whose owner's
        lease ran out, can be claimed again; `attempt` counts.
        """
        token = uuid4().hex
        return self._database.write(
            lambda connection: editions.claim(
                connection, brief, period, now=now, owner=owner, lease=lease, token=token
            )
        )

    def renew_edition(
        self, claim: EditionClaim, *, now: datetime, lease: timedelta
    ) -> EditionClaim:
        """The claim with a lease from `now` on; ClaimLost when another has taken it."""
        until = now + lease
        self._database.write(lambda connection: editions.renew(connection, claim, until))
        return dataclasses.replace(claim, lease_until=until)

    def finish_edition(
        self,
        claim: EditionClaim,
        *,
        now: datetime,
        folder: str = "",
        manifest_sha256: str = "",
        articles: Sequence[ArticleUse] = (),
        claims: Sequence[ClaimUse] = (),
        left_out: Sequence[LeftOut] = (),
        messages: Sequence[OutgoingMessage] = (),
        outcome: EditionOutcome = "built",
        reason: str = "",
    ) -> EditionRow:
        """Settle a claimed period; a built edition gets the next number of its brief.

        What it was made of and `messages` to be sent are stored in the same transaction, so an
        edition without its outbox never exists. Articles count as used when it was built.
        Raises ClaimLost, with nothing stored, when another has taken the period.
        """

        def work(connection: Connection) -> EditionRow:
            row = editions.finish(
                connection,
                claim,
                now=now,
                folder=folder,
                manifest_sha256=manifest_sha256,
                articles=articles,
                claims=claims,
                left_out=left_out,
                outcome=outcome,
                reason=reason,
            )
            queue.enqueue(connection, row.edition_id, messages, now=now)
            return row

        return self._database.write(work)

    def release_edition(self, claim: EditionClaim, *, now: datetime, reason: str) -> None:
        """Give a period back after a failure, so that it can be claimed again at once.

        Nothing of it counts as used. Does nothing when the claim is lost.
        """
        del now  # every change says when; this one has no column for it
        self._database.write(lambda connection: editions.release(connection, claim, reason))

    def record_misfire(self, brief: str, period: str, *, reason: str, now: datetime) -> bool:
        """Settle a period as missed, for good; False when it is settled or being built."""
        return self._database.write(
            lambda connection: editions.record_misfire(
                connection, brief, period, reason=reason, now=now
            )
        )

    def next_number(self, brief: str) -> int:
        """The number that the next built edition gets, if no other is built before it."""
        return self._database.read(lambda connection: editions.next_number(connection, brief))

    def last_edition(
        self, brief: str, *, states: Collection[EditionState] = SETTLED_EDITIONS
    ) -> EditionRow | None:
        """The edition of the latest period in one of these states."""
        found = self.editions(brief, 1, states=states)
        return found[0] if found else None

    def edition(self, edition_id: int) -> EditionRow | None:
        """The edition with this id in the store."""
        found = self._database.read(
            lambda connection: editions.find(connection, EDITIONS.c.id == edition_id)
        )
        return found[0] if found else None

    def find_edition(self, brief: str, key: str) -> EditionRow | None:
        """The edition of a brief by its period, or by its number written in digits."""
        is_wanted = EDITIONS.c.period == key
        if key.isdecimal() and len(key) < 10:
            is_wanted |= EDITIONS.c.number == int(key)
        found = self._database.read(
            lambda connection: editions.find(connection, EDITIONS.c.brief == brief, is_wanted)
        )
        return found[0] if found else None

    def editions(
        self,
        brief: str | None = None,
        limit: int = 50,
        *,
        states: Collection[EditionState] | None = None,
    ) -> tuple[EditionRow, ...]:
        """Editions of one brief or of all, newest period first."""
        conditions = () if brief is None else (EDITIONS.c.brief == brief,)
        return self._database.read(
            lambda connection: editions.find(connection, *conditions, states=states, limit=limit)
        )

    def articles_of(self, edition_id: int) -> tuple[ArticleUse, ...]:
        """What an edition was made of, with the texts as they were read."""
        return self._database.read(lambda connection: editions.articles_of(connection, edition_id))

    def claims_of(self, edition_id: int) -> tuple[ClaimUse, ...]:
        """What an edition printed."""
        return self._database.read(lambda connection: editions.claims_of(connection, edition_id))

    def left_out_of(self, edition_id: int) -> tuple[LeftOut, ...]:
        """What an edition was not made of, and why."""
        return self._database.read(lambda connection: editions.left_out_of(connection, edition_id))

    def used_articles(self, brief: str) -> frozenset[str]:
        """`Article.sha256` of all that built editions of a brief were made of."""
        return self._database.read(lambda connection: editions.used_articles(connection, brief))

    def backup(self, target: Path, *, now: datetime) -> None:
        """A consistent copy in a new SQLite file, also of a store on a server, while in use.

        The copy knows that it is one, see `settle_copy`. Raises StoreError when `target` is there
        already, which is left as it is.
        """
        try:
            if self._path is not None:
                files.copy(self._path, target, now=now, patience=self._patience)
            else:
                with files.draft_of(target, patience=self._patience) as draft:
                    self._database.read(
                        lambda connection: keeping.fill(
                            connection, draft, now=now, patience=self._patience
                        )
                    )
        except FileExistsError:
            raise StoreError(
                f"{target}: is there already", hint="name a file that does not exist"
            ) from None
        except (OSError, sqlite3.Error) as error:
            raise store_error(str(target), error) from None

    def retire(self, *, now: datetime, keep: timedelta, keep_editions: int) -> Retired:
        """Remove editions older than `keep`, but never the last `keep_editions` of a brief.

        One with a message that is not sent, failed or dropped stays too. The content of sent
        messages goes after 30 days. Raises ValueError when `keep` is less than 365 days.
        """
        done = self._database.write(
            lambda connection: keeping.retire(
                connection, now=now, keep=keep, keep_editions=keep_editions
            )
        )
        if self._path is not None and done != Retired(0, 0, 0, 0):
            files.shrink(self._path)
        return done

    def _meta(self, key: str) -> str | None:
        query = select(META.c.value).where(META.c.key == key)
        return self._database.read(lambda connection: connection.scalar(query))


def _raise_mark(connection: Connection, now: datetime) -> None:
    mark = connection.scalar(select(META.c.value).where(META.c.key == _MARK).with_for_update())
    if mark is None or mark < written(now):
        _set_meta(connection, _MARK, written(now))


def _set_meta(connection: Connection, key: str, value: str) -> None:
    if not insert_new(connection, META, {"key": key, "value": value}):
        connection.execute(update(META).where(META.c.key == key).values(value=value))
