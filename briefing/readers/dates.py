"""The words or digits of a publication date -> a date, or a date and time; never a guess.

Only forms that mean one day everywhere are read: "03/04/2023" is not one of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>UTC|GMT|Z|(?:UTC|GMT)?[+-]\d{1,2}:?\d{2})?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_WRITTEN = tuple(
    re.compile(
        rf"{_WEEKDAY}(?:{day})(?P<rest>,?\s+(?:at\s+)?{_CLOCK})?(?P<other>\s+[A-Z]{{2,5}})?",
        re.IGNORECASE,
    )
    for day in (rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}", rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}")
)
_DIGITS = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


def parse_published(words: str) -> date | datetime | None:
    """The date that `words` state in full, naive where they name no zone, or None.

    Read are ISO 8601, mail headers, "12 September 2023", "Sept. 12, 2023 at 8:05 pm GMT" and
    "2023/09/12". A time in a zone that only letters name, such as BST, gives the day alone.
    """
    words = " ".join(words.split())
    if not 8 <= len(words) <= 60:
        return None
    try:
        found = _iso(words) or _written(words) or _mail(words)
    except (ValueError, OverflowError):
        return None
    return found if found and 1700 <= found.year <= 2200 else None


def _iso(words: str) -> date | datetime | None:
    if match := _DIGITS.fullmatch(words):
        return date(*map(int, match.groups()))
    if not re.match(r"\d{4}-\d{2}-\d{2}", words):
        return None
    return date.fromisoformat(words) if len(words) == 10 else datetime.fromisoformat(words)


def _written(words: str) -> date | datetime | None:
    for pattern in _WRITTEN:
        if match := pattern.fullmatch(words):
            month = _month(match["month"])
            if month is None:
                return None
            day = date(int(match["year"]), month, int(match["day"]))
            is_day = match["hour"] is None or (match["other"] and not match["zone"])
            return day if is_day else _at(day, match)
    return None


def _at(day: date, match: re.Match[str]) -> datetime:
    hour = int(match["hour"])
    if half := match["half"]:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    zone = _zone(match["zone"]) if match["zone"] else None
    clock = time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=zone)
    return datetime.combine(day, clock)


def _zone(words: str) -> timezone:
    match = re.search(r"([+-])(\d{1,2}):?(\d{2})$", words)
    if match is None:
        return timezone(timedelta())
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def _month(name: str) -> int | None:
    matching = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    if name.lower() == "sept":
        matching = [9]
    return matching[0] if len(matching) == 1 else None


def _mail(words: str) -> datetime | None:
    if not re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d", words):
        return None
    return parsedate_to_datetime(words)
