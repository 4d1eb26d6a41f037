"""A configuration and the time -> the editions that are due, made, recorded and delivered.

Safe to call every minute, by any number of processes on any number of machines with one store:
each period is claimed before it is made, and settled together with the messages that it sends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from briefing.config import BriefSpec, Config, ScheduleSpec, deliverers, every_deliverer
from briefing.deliverers import (
    Receipt,
    Transport,
    compose,
    copy_message,
    deliver_pending,
    hold_copied,
    stranded,
)
from briefing.edition import EDITION_FORMAT, MANIFEST
from briefing.errors import BriefingError, NothingToBuild, StoreError
from briefing.faults import fault
from briefing.models import Problem
from briefing.record import article_uses, claim_uses, left_out_of, remark_of
from briefing.renderers import Templates
from briefing.runner import Edition, Progress, Silent, build_edition, read_sources
from briefing.schedule import USED, Choice, Excluded, Slot, choose, due
from briefing.store.rows import (
    OPEN_EDITIONS,
    ClaimLost,
    EditionClaim,
    EditionRow,
    LeftOut,
    MessageState,
    OutboxRow,
    OutgoingMessage,
)

if TYPE_CHECKING:
    from briefing.store.archive import Store

Clock = Callable[[], datetime]

#: How long a process may be silent before another takes its edition over.
LEASE = timedelta(minutes=5)
#: After each failure the next try is twice as late, up to this.
LONGEST_PAUSE = timedelta(hours=1)

_SENDING: tuple[MessageState, ...] = ("transmitting",)
_UNKNOWN: tuple[MessageState, ...] = ("unknown",)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one period of one brief in this run."""

    brief: str
    period: str
    outcome: Literal["built", "held", "skipped", "missed", "failed"]
    reason: str = ""  #: why it was held, skipped, missed or failed; what a built one left out
    folder: Path | None = None
    number: int | None = None
    messages: int = 0  #: put into the outbox
    problems: tuple[Problem, ...] = ()
    error: BriefingError | None = None  #: of a failed one


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did."""

    reports: tuple[Report, ...]
    receipts: tuple[Receipt, ...]
    doubtful: tuple[OutboxRow, ...] = ()  #: held from now on: somebody may have sent them
    stranded: tuple[OutboxRow, ...] = ()  #: long due, and no delivery here sends them


def run_due(
    config: Config,
    *,
    store: Store,
    clock: Clock,
    owner: str,
    out: Path | None = None,
    names: Sequence[str] = (),
    progress: Progress | None = None,
    transport: Transport | None = None,
    stopping: AbstractContextManager[Callable[[], bool]] | None = None,
    told: Callable[[Report], None] = lambda _: None,
) -> Run:
    """Make the editions that are due by `clock`, then deliver everything that waits for it.

    `owner` names this process in the store; `names` are the briefs to look at, by default all;
    `out` is where editions go, by default beside the configuration. `told` hears of each edition
    as it is settled. `stopping` is entered before the delivery and gives what is asked before each
    message; a yes leaves the rest for the next run. A brief that fails leaves the others alone, and
    is tried again later.

    Raises StoreError when the store cannot be used, or the clock is absurd against its history.
    """
    started = clock()
    store.check_clock(now=started)
    store.note_time(now=started)
    specs = every_deliverer(config.briefs)
    held = {row.id for row in hold_copied(store, specs, now=started)}
    reports = []
    for spec in config.briefs:
        if spec.schedule is not None and (not names or spec.name in names):
            work = _Work(config, spec, spec.schedule, store, clock, owner, out, progress)
            for report in work.settle_due():
                told(report)
                reports.append(report)
    fault("run-deliver")
    held |= {row.id for row in store.outbox(states=_SENDING)}
    store.recover(now=clock())
    with stopping or nullcontext(lambda: False) as is_stopping:
        receipts = deliver_pending(
            store,
            specs,
            now=clock,
            owner=owner,
            transport=transport,
            root=config.path.parent,
            is_stopping=is_stopping,
        )
    fault("run-delivered")
    doubtful = tuple(row for row in store.outbox(states=_UNKNOWN) if row.id in held)
    if reports or receipts or doubtful:
        store.record_run(started=started, ended=clock(), summary=_summary(reports, receipts))
        store.retire(now=clock(), keep=config.keep, keep_editions=config.keep_editions)
    return Run(tuple(reports), tuple(receipts), doubtful, stranded(store, specs, now=clock()))


@dataclass(slots=True)
class _Work:
    """One brief in one run; also the progress that keeps its claim alive while it is made."""

    config: Config
    spec: BriefSpec
    schedule: ScheduleSpec
    store: Store
    clock: Clock
    owner: str
    out: Path | None
    progress: Progress | None
    claim: EditionClaim | None = None

    def settle_due(self) -> list[Report]:
        """Every period that is due made or recorded as missed, the earliest first."""
        name = self.spec.name
        last = self.store.last_edition(name)
        begun = {row.period: row for row in self.store.editions(name, 400, states=OPEN_EDITIONS)}
        todo = due(
            self.schedule,
            ZoneInfo(self.spec.timezone),
            after=last.period if last else None,
            unsettled=begun,
            now=self.clock(),
        )
        reports = []
        for missed in todo.missed:
            reason = missed.reason
            if missed.period in begun and begun[missed.period].reason:
                reason += f"; before: {begun[missed.period].reason}"
            if self.store.record_misfire(name, missed.period, reason=reason, now=self.clock()):
                reports.append(Report(name, missed.period, "missed", reason))
        for slot in todo.slots:
            if not _is_too_early(begun.get(slot.period), self.clock()):
                report = self._attempt(slot)
                reports += [report] if report else []
        return reports

    def step(self, name: str, done: int, total: int) -> None:
        """Tells the progress, and that this process is still alive."""
        now = self.clock()
        if self.claim is not None and self.claim.lease_until - now < LEASE * 2 / 3:
            self.claim = self.store.renew_edition(self.claim, now=now, lease=LEASE)
        (self.progress or Silent()).step(name, done, total)

    def _attempt(self, slot: Slot) -> Report | None:
        """The edition of a slot, made and settled; None when somebody else has it."""
        name = self.spec.name
        self.claim = self.store.claim_edition(
            name, slot.period, now=self.clock(), owner=self.owner, lease=LEASE
        )
        if self.claim is None:
            return None
        try:
            fault("run-claimed")
            return self._make(slot)
        except ClaimLost:
            return None  # this process was silent for too long; whoever has it now makes it
        except BaseException as error:
            # Whatever ends this process, the next one need not wait for the lease to run out.
            reason = str(error) if isinstance(error, BriefingError) else type(error).__name__
            with suppress(StoreError):
                self.store.release_edition(self.claim, now=self.clock(), reason=reason)
            if not isinstance(error, BriefingError) or isinstance(error, StoreError):
                raise
            problems = error.problems if isinstance(error, NothingToBuild) else ()
            return Report(name, slot.period, "failed", reason, problems=problems, error=error)

    def _make(self, slot: Slot) -> Report:
        spec, schedule, root = self.spec, self.schedule, self.config.path.parent
        reading = read_sources(spec.sources, spec, root=root, progress=self)
        if reading.readable < schedule.min_sources or not reading.articles:
            message = f"{spec.name}: {reading.readable} of {len(spec.sources)} sources can be read"
            if schedule.min_sources > 1:
                message += f", and min_sources is {schedule.min_sources}"
            raise NothingToBuild(message, problems=reading.problems)
        used = self.store.used_articles(spec.name)
        zone = ZoneInfo(spec.timezone)
        choice = choose(reading.articles, slot, zone, used)
        articles, remark = choice.articles, remark_of(choice)
        if all(article.sha256 in used for article in articles):
            if schedule.nothing_new == "skip":
                reason = "nothing new, and nothing_new is skip"
                left_out = left_out_of(choice, reading.problems)
                return self._settle(slot, "skipped", reason, left_out=left_out)
            if schedule.nothing_new == "short" or not articles:
                used_ones = tuple(Excluded(article, USED) for article in articles)
                choice = Choice((), choice.excluded + used_ones)
                articles, remark = (), "nothing new"
                spec = spec.model_copy(update={"subtitle": "Nothing new since the last edition"})
        out = self.out or root / "out"
        is_there = (
            out / spec.name / slot.cut_off.astimezone(UTC).strftime(EDITION_FORMAT)
        ).exists()
        templates = root / "templates"
        edition = build_edition(
            spec,
            articles,
            reading.problems,
            out=out,
            now=slot.cut_off,
            number=self.store.next_number(spec.name),
            templates=templates if templates.is_dir() else None,
            progress=self,
        )
        fault("run-built")
        held = self._held(slot, edition, is_there=is_there)
        messages = self._messages(edition, held)
        fault("run-composed")
        return self._settle(
            slot,
            "held" if held else "built",
            f"held: {held}" if held else remark,
            edition,
            messages,
            left_out_of(choice, edition.problems),
        )

    def _held(self, slot: Slot, edition: Edition, *, is_there: bool) -> str:
        """Why the edition must not be mailed by itself; "" when it may."""
        assert self.claim is not None
        mails = [deliver.mail for deliver in self.spec.deliver if deliver.mail is not None]
        if not mails:
            return ""
        restored = self.store.restoration()
        if restored is not None and slot.at <= restored.noticed:
            return restored.reason
        if is_there and self.claim.attempt == 1:
            # Only a store that was put back to an earlier day, or was lost, has not heard of it.
            return "this edition was there before, and the store does not know it"
        is_missing = "pdf" in self.spec.formats and not (edition.folder / "brief.pdf").exists()
        if is_missing and any(mail.attach and mail.on_render_failure == "hold" for mail in mails):
            return "brief.pdf could not be made"
        return ""

    def _messages(self, edition: Edition, held: str) -> tuple[OutgoingMessage, ...]:
        number = self.store.next_number(self.spec.name)
        now = self.clock()
        root = self.config.path.parent
        return make_messages(
            self.spec, edition.folder, root=root, number=number, now=now, held=held
        )

    def _settle(
        self,
        slot: Slot,
        outcome: Literal["built", "held", "skipped"],
        reason: str,
        edition: Edition | None = None,
        messages: Sequence[OutgoingMessage] = (),
        left_out: Sequence[LeftOut] = (),
    ) -> Report:
        assert self.claim is not None
        row = self.store.finish_edition(
            self.claim,
            now=self.clock(),
            folder=str(edition.folder) if edition else "",
            manifest_sha256=manifest_hash(edition.folder) if edition else "",
            articles=article_uses(edition.brief) if edition else (),
            claims=claim_uses(edition.brief) if edition else (),
            left_out=left_out,
            messages=messages,
            outcome="skipped" if outcome == "skipped" else "built",
            reason=reason,
        )
        fault("run-recorded")
        return Report(
            self.spec.name,
            slot.period,
            outcome,
            reason,
            folder=edition.folder if edition else None,
            number=row.number,
            messages=len(messages),
            problems=edition.problems if edition else (),
        )


def make_messages(
    spec: BriefSpec, folder: Path, *, root: Path, number: int, now: datetime, held: str = ""
) -> tuple[OutgoingMessage, ...]:
    """What the edition in `folder` sends: one message a recipient, and one a folder.

    `root` is the configuration's folder; `held` is why no mail may go out until a person says so.
    Copies into folders are never held: two are as good as one. Raises DeliveryError when the
    edition is not whole.
    """
    templates = Templates(root / "templates" if (root / "templates").is_dir() else None)
    messages: list[OutgoingMessage] = []
    for name, deliver in deliverers(spec).items():
        if deliver.mail is not None:
            mail = deliver.mail
            goes_without = held or mail.on_render_failure == "send_html"
            if goes_without and not (folder / "brief.pdf").exists():
                mail = mail.model_copy(update={"attach": ()})
            for each in mail.recipients:
                message = compose(
                    folder,
                    mail,
                    recipient=each,
                    edition_number=number,
                    now=now,
                    deliverer=name,
                    templates=templates,
                )
                messages.append(replace(message, is_listed=True, held=held))
        elif deliver.folder is not None:
            messages.append(copy_message(folder, deliver.folder, root=root, deliverer=name))
    return tuple(messages)


def manifest_hash(folder: Path) -> str:
    """The hash of an edition's manifest, which holds the hashes of all its files."""
    return sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _is_too_early(row: EditionRow | None, now: datetime) -> bool:
    """Whether a period that failed should rest a little before it is tried again."""
    if row is None or row.state != "released":
        return False
    minutes = (min(timedelta(minutes=2**n), LONGEST_PAUSE) for n in range(min(row.attempts, 100)))
    # A first failure that was only an interruption is tried again at once.
    pauses = sum(minutes, timedelta()) - timedelta(minutes=1)
    return row.first_claimed <= now < row.first_claimed + pauses


def _summary(reports: Sequence[Report], receipts: Sequence[Receipt]) -> str:
    parts = [f"{report.brief} {report.period}: {report.outcome}" for report in reports]
    return "; ".join([*parts, *([f"{len(receipts)} messages tried"] if receipts else [])])
