"""A schedule and a time -> the editions that are due, those that were missed, and the next ones.

An edition is known by its civil period, such as "2024-05-14", so that whatever the clocks do on
that day it is one edition; nothing but arithmetic with dates happens here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from briefing.config import ScheduleSpec, write_span
from briefing.config.cron import fires_after, fires_before, is_daily
from briefing.models import Article

#: With `catch_up: none`, how long after its time an edition is still punctual; whoever calls
#: `brief run --due` may come some minutes late, and hosted schedulers often do.
PUNCTUAL = timedelta(hours=1)
#: Most missed editions that are told one by one; those before them are told as one.
MOST_MISSED = 400

#: Why an article is left out that an earlier edition was made of.
USED = "used by an earlier edition"

_DAY = timedelta(days=1)
#: Without a window, how old an article may be; the store remembers its use for at least as long.
_LONG_AGO = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Slot:
    """One edition that a schedule asks for."""

    period: str  #: "2024-05-14", or "2024-05-14T07:44" where a day may have several
    at: datetime  #: when it is due, in the schedule's zone
    window_start: datetime | None  #: articles from then on belong to it; None: no limit
    cut_off: datetime  #: articles published later do not


@dataclass(frozen=True, slots=True)
class Missed:
    """An edition that will not be made, and why."""

    period: str
    reason: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """An article that does not belong to an edition, and why."""

    article: Article
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The articles of a brief, parted for one edition."""

    articles: tuple[Article, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done about a schedule now."""

    slots: tuple[Slot, ...]  #: to be made, the earliest first
    missed: tuple[Missed, ...]  #: to be recorded, the earliest first


def due(
    spec: ScheduleSpec,
    zone: ZoneInfo,
    *,
    after: str | None,
    unsettled: Collection[str] = (),
    now: datetime,
) -> Due:
    """The editions that are due at `now`, and those missed.

    `zone` is where `spec` has none. `after` is the last period that was made, or recorded as not
    made; None when the schedule is new, and then only its latest edition can be due. `unsettled`
    are periods that were begun and not finished.
    """
    found, is_cut = _since(spec, _zone(spec, zone), after, unsettled, now)
    slots, missed = list[Slot](), list[Missed]()
    latest = found[-1] if found else None
    for slot in found:
        lateness = now - slot.at.astimezone(UTC)
        if lateness > spec.max_late:
            missed.append(Missed(slot.period, f"more than {write_span(spec.max_late)} late"))
        elif spec.catch_up == "none" and lateness > PUNCTUAL:
            missed.append(Missed(slot.period, "its time had passed, and catch_up is none"))
        elif spec.catch_up == "latest" and slot is not latest:
            missed.append(Missed(slot.period, "a later one is due, and catch_up is latest"))
        else:
            slots.append(slot)
    if after is None and not unsettled:
        missed = []  # before the schedule was there, nothing could be missed
    elif is_cut:
        first = _first_after(spec, _zone(spec, zone), after, unsettled)
        reason = f"this and all before {found[0].period}: nothing ran, and there are too many"
        missed.insert(0, Missed(first, reason))
    return Due(tuple(slots), tuple(missed))


def next_slots(
    spec: ScheduleSpec, zone: ZoneInfo, *, now: datetime, count: int
) -> tuple[Slot, ...]:
    """The next `count` editions after `now`."""
    fires = fires_after(spec.cron, _zone(spec, zone), now)
    return tuple(_slot(spec, moment) for moment in islice(fires, count))


def choose(articles: Sequence[Article], slot: Slot, zone: ZoneInfo, used: frozenset[str]) -> Choice:
    """The articles that belong to an edition: published in its window.

    An article with a time belongs where its time does, whether used before or not, unless the
    window has no beginning. One with a date alone is taken by the first edition whose window
    touches that day, and one without a date by the first that sees it. `used` are the hashes of
    the articles in earlier editions; `zone` is where days begin and end.
    """
    judged = [(article, _why_not(article, slot, zone, used)) for article in articles]
    return Choice(
        tuple(article for article, why in judged if not why),
        tuple(Excluded(article, why) for article, why in judged if why),
    )


def _why_not(article: Article, slot: Slot, zone: ZoneInfo, used: frozenset[str]) -> str:
    """Why an article does not belong to an edition; "" when it does."""
    # What the store has let go of long ago must not come again, so there always is a start.
    start = slot.window_start or slot.cut_off - _LONG_AGO
    published, is_used, is_early, is_late = article.published, article.sha256 in used, False, False
    if isinstance(published, datetime):
        is_early, is_late = published < start, published >= slot.cut_off
        is_used = is_used and slot.window_start is None
    elif published is not None:
        is_early = _midnight(published + _DAY, zone) <= start
        is_late = _midnight(published, zone) >= slot.cut_off
    if is_late:
        return "published after its cut-off"
    if is_used:
        return USED
    return "published before its window" if is_early else ""


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _zone(spec: ScheduleSpec, zone: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(spec.timezone) if spec.timezone else zone


def _since(
    spec: ScheduleSpec,
    zone: ZoneInfo,
    after: str | None,
    unsettled: Collection[str],
    now: datetime,
) -> tuple[list[Slot], bool]:
    """What fired until `now` and is not settled, the earliest first; whether more was cut off."""
    found: dict[str, Slot] = {}
    is_new = after is None and not unsettled
    stop = min((*unsettled, *([after] if after is not None else [])), default="")
    for moment in fires_before(spec.cron, zone, now):
        slot = _slot(spec, moment)
        if slot.period <= stop and slot.period not in unsettled:
            break
        if after is None or slot.period > after or slot.period in unsettled:
            # Going back in time, the first of two passes through an hour comes last, and counts.
            found[slot.period] = slot
        if is_new:
            break
        if len(found) > MOST_MISSED:
            return sorted(found.values(), key=lambda each: each.at)[1:], True
    return sorted(found.values(), key=lambda each: each.at), False


def _first_after(
    spec: ScheduleSpec, zone: ZoneInfo, after: str | None, unsettled: Collection[str]
) -> str:
    if unsettled:
        return min(unsettled)
    assert after is not None
    begin = datetime.fromisoformat(after).replace(tzinfo=zone) - _DAY
    slots = (_slot(spec, moment) for moment in fires_after(spec.cron, zone, begin))
    return next(slot.period for slot in slots if slot.period > after)


def _slot(spec: ScheduleSpec, at: datetime) -> Slot:
    period = at.strftime("%Y-%m-%d" if is_daily(spec.cron) else "%Y-%m-%dT%H:%M")
    cut_off = _cut_off(spec.cut_off, at)
    start = None if spec.window is None else _back(cut_off, spec.window)
    return Slot(period, at, start, cut_off)


def _cut_off(given: time | timedelta | None, at: datetime) -> datetime:
    if given is None:
        return at
    if isinstance(given, timedelta):
        return _back(at, given)
    cut_off = datetime.combine(at.date(), given, at.tzinfo)
    return cut_off if cut_off <= at else cut_off - _DAY


def _back(moment: datetime, span: timedelta) -> datetime:
    """`moment` less `span`; whole days keep the time of day, so that windows meet on any day."""
    if span % _DAY == timedelta():
        return moment - span
    return (moment.astimezone(UTC) - span).astimezone(moment.tzinfo)
