"""A date or a time as a person writes it -> `date` or `datetime`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_TIME = re.compile(
    r"""(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
        (?:(?:[Tt]|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})
           (?::(?P<second>\d{2})(?:\.(?P<fraction>\d{1,6})\d*)?)?
           \s*(?P<zone>[Zz]|[+-]\d{1,2}(?::?\d{2})?)?)?""",
    re.VERBOSE | re.ASCII,
)


def parse_time(text: str) -> date | datetime:
    """What ISO 8601 `text` says: a bare date, or a datetime, naive when it states no zone.

    Raises ValueError, in words for the user, when it is neither.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            "is neither a date such as 2023-09-12 nor a time such as 2023-09-12T08:00Z"
        )
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return day
        moment = datetime(
            day.year,
            day.month,
            day.day,
            int(match["hour"]),
            int(match["minute"]),
            int(match["second"] or 0),
            int((match["fraction"] or "0").ljust(6, "0")),
            tzinfo=_zone(match["zone"]),
        )
        if moment.tzinfo is not None:
            moment.astimezone(UTC)  # refuses what no other zone can express
    except (ValueError, OverflowError) as error:
        raise ValueError(f"is no time that exists: {error}") from error
    return moment


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)
