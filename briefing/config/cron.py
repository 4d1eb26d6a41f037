"""A cron expression -> the times at which it fires, in a time zone and through its clock changes.

On the day when a clock goes forward, what would fire in the hour that does not exist fires once,
right after it; on the day when it goes back, what fires at an hour of its own fires once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from briefing.config.suggest import clip, did_you_mean
from briefing.config.values import mistake

ALIASES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}

_FIELDS = {
    "Bad minute": "the minute (first) must be of 0-59",
    "Bad hour": "the hour (second) must be of 0-23",
    "Bad day-of-month": "the day of the month (third) must be of 1-31, one that exists, or L",
    "Bad month": "the month (fourth) must be of 1-12 or JAN-DEC",
    "Bad day-of-week": "the weekday (fifth) must be of 0-7 or SUN-SAT; 0 and 7 are Sunday",
}
_A_START = datetime(2024, 1, 1, tzinfo=UTC)


def check_cron(text: str) -> str:
    """`text` when it is an expression that fires at some time; raises a mistake otherwise."""
    if text.startswith("@"):
        if text.lower() not in ALIASES:
            known = ", ".join(ALIASES)
            raise mistake(f"no '{clip(text)}'; {did_you_mean(text, ALIASES)}known: {known}")
        return text.lower()
    if len(text.split()) != 5:
        raise mistake(
            "must be five fields (minute, hour, day, month, weekday) such as '44 7 * * 1-5', "
            f"or one of {', '.join(ALIASES)}; not '{clip(text)}'"
        )
    try:
        fires = next(CronSim(text, _A_START), None)
    except CronSimError as error:
        raise mistake(f"'{clip(text)}': {_FIELDS.get(str(error), str(error))}") from error
    if fires is None:
        raise mistake(f"'{clip(text)}' never fires")
    return text


def fires_after(cron: str, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The times in `zone`, one after the other, at which `cron` fires later than `after`."""
    last = after
    # Steps of wall clock time may begin in an hour that comes twice, so a little is tried before.
    start = datetime.fromtimestamp(after.timestamp() - _A_FOLD, zone)
    for moment in CronSim(ALIASES.get(cron, cron), start):
        if moment.timestamp() > last.timestamp():
            last = moment
            yield moment


def fires_before(cron: str, zone: ZoneInfo, before: datetime) -> Iterator[datetime]:
    """The times at which `cron` fires at `before` or earlier, the latest first.

    They are those that `fires_after` gives, found in steps of growing length.
    """
    end, reach = before, _A_FOLD
    while reach < _LONGEST:
        start = datetime.fromtimestamp(end.timestamp() - reach, UTC)
        found = []
        for moment in fires_after(cron, zone, start):
            if moment.timestamp() > end.timestamp():
                break
            found.append(moment)
        yield from reversed(found)
        end, reach = start, reach * 2


def is_daily(cron: str) -> bool:
    """Whether `cron` fires at most once a day, so that a date alone tells its editions apart."""
    minute, hour = ALIASES.get(cron, cron).split()[:2]
    return minute.isdigit() and hour.isdigit()


def next_fires(cron: str, zone: ZoneInfo, after: datetime, count: int) -> tuple[datetime, ...]:
    """The next `count` times after `after`."""
    return tuple(islice(fires_after(cron, zone, after), count))


_A_FOLD = 3 * 3600  #: seconds; no clock has ever been put back by more
_LONGEST = 60 * 366 * 86400  #: seconds; a day that exists comes again within eight years
