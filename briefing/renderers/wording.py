"""Dates, counts and names -> the few words of ours on a page; never a word on a subject."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, tzinfo

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}
CONTROLS = {
    "state": "state-controlled",
    "public": "public",
    "private": "private",
    "party": "of a party",
    "nonprofit": "non-profit",
}
PLAIN_STATUSES = frozenset({"said", "reported", ""})
CHIPS = {"confirmed": "solid", "expected": "dashed", "denied": "reversed"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug"})


def direction(text: str, language: str = "en") -> str:
    """`ltr` or `rtl`: by the first letter with a direction, else by the language."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def chip_of(status: str) -> str | None:
    """The border of a status chip: solid, dashed, reversed or outline; None for no chip."""
    return None if status in PLAIN_STATUSES else CHIPS.get(status, "outline")


def language_name(code: str) -> str:
    """`English` for `en`; the code itself where the language is not in our list."""
    return LANGUAGES.get(code, code)


def number(value: int) -> str:
    """`4,158`."""
    return f"{value:,}"


def count(value: int, one: str, many: str) -> str:
    """`1 article`, `6 articles`."""
    return f"{number(value)} {one if value == 1 else many}"


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` characters; a longer one is cut at a word and ends with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut).rstrip(" ,;:–-") + "…"


def long_day(day: date) -> str:
    """`12 September 2023`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """`12 Sep 2023`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def day_in(day: date, year: int) -> str:
    """`12 Sep`, with its year where that is not `year`."""
    return short_day(day) if day.year != year else short_day(day).rsplit(" ", 1)[0]


def edition_name(as_of: datetime) -> str:
    """`2023-09-12T1200Z`, what the edition's folder is called."""
    return f"{as_of.astimezone(UTC):%Y-%m-%dT%H%MZ}"


def clock(moment: datetime) -> str:
    """`12:00 UTC`."""
    return f"{moment:%H:%M} {moment.tzname() or ''}".rstrip()


def local_day(published: date | datetime | None, zone: tzinfo | None) -> date | None:
    """The civil day of a publication in `zone`; None when unknown."""
    if isinstance(published, datetime):
        return published.astimezone(zone).date()
    return published


def event_day(start: date, end: date | None, granularity: str, year: int) -> str:
    """`Tue 12 Sep`, `10–13 Sep`, `week of 11 Sep`, `Sep 2023` or `2023`, as fine as it is known."""
    match granularity:
        case "year":
            return str(start.year)
        case "month":
            return f"{MONTHS[start.month - 1][:3]} {start.year}"
        case "week":
            return f"Week of {day_in(start, year)}"
        case _ if end is not None and end != start:
            first = day_in(start, year)
            if (start.year, start.month) == (end.year, end.month):
                first = str(start.day)
            return f"{first}–{day_in(end, year)}"
        case _:
            return f"{WEEKDAYS[start.weekday()]} {day_in(start, year)}"
