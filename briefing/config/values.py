"""A value as a file holds it -> the value checked; the types of which specs are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from unicodedata import category, normalize
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from briefing.config.suggest import clip, did_you_mean
from briefing.config.times import parse_time

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_SPAN = re.compile(r"(\d{1,5})\s*([smhdw])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def mistake(message: str) -> PydanticCustomError:
    """A validation error whose text is `message` and is shown to the user as it stands."""
    return PydanticCustomError("mistake", "{message}", {"message": message})


def one_line(text: str) -> str:
    """`text` as one line; raises a mistake for a character that cannot be seen."""
    line = " ".join(normalize("NFC", text).split())
    return without_controls(line)


def without_controls(text: str) -> str:
    """`text` as it is; raises a mistake for a character that cannot be seen."""
    for letter in text:
        if category(letter) in ("Cc", "Cs") or letter in _DIRECTIONS:
            raise mistake(f"holds the invisible character U+{ord(letter):04X}; take it out")
    return text


def _filled(text: str) -> str:
    if not text:
        raise mistake("is empty")
    return text


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or any(map(str.isspace, text)):
        raise mistake(f"must be an address such as https://example.org/page, not '{clip(text)}'")
    return text


def _language(text: str) -> str:
    if not re.fullmatch("[a-z]{2}", text):
        raise mistake(f"must be a language code of two letters, such as en, not '{clip(text)}'")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        meant = did_you_mean(text, available_timezones())
        message = (
            f"no time zone '{clip(text)}'; {meant}known: IANA names such as Europe/Berlin, UTC"
        )
        raise mistake(message) from error
    return text


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise mistake(f"a name is up to 80 of a-z, 0-9 and '-', no '-' first; not '{clip(text)}'")
    return text


def _length(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    text = str(value).strip()
    if _COUNT.fullmatch(text) and int(text) >= 1:
        return int(text)
    share = _SHARE.fullmatch(text)
    if share and 0 < float(share[1]) <= 100:
        return f"{share[1]}%"
    raise mistake(
        "must be a share above 0% and up to 100%, such as 30%, or a count of sentences "
        f"from 1, such as 5; not '{clip(text)}'"
    )


def parse_span(text: str) -> timedelta | None:
    """What "24h", "90m" or "7d" says; None when it is no such thing."""
    match = _SPAN.fullmatch(text.strip())
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None


def write_span(span: timedelta) -> str:
    """`span` as a configuration writes it, in the largest unit that holds it whole."""
    seconds = round(span.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def _span(value: object) -> object:
    span = value if isinstance(value, timedelta) else parse_span(str(value))
    if span is None or span <= timedelta():
        raise mistake(f"must be a span of time such as 24h, 90m or 7d, not '{clip(str(value))}'")
    return span


def _published(value: object) -> object:
    if not isinstance(value, str):
        if value is None or isinstance(value, date):
            return value
        raise mistake("must be a date such as 2023-09-12 or a time such as 2023-09-12T08:00Z")
    try:
        return parse_time(value)
    except ValueError as error:
        raise mistake(f"'{clip(value)}' {error}") from error


Line = Annotated[str, AfterValidator(one_line)]  #: printed text; white space runs become one space
Title = Annotated[Line, AfterValidator(_filled)]
Location = Annotated[str, AfterValidator(without_controls), AfterValidator(_filled)]
Address = Annotated[str, AfterValidator(without_controls), AfterValidator(_address)]
Language = Annotated[str, AfterValidator(_language)]
Zone = Annotated[str, AfterValidator(_zone)]
Name = Annotated[str, AfterValidator(_name)]
Published = Annotated[date | datetime | None, BeforeValidator(_published)]
Length = Annotated[
    str | int,
    BeforeValidator(_length),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\s*\d{1,3}(\.\d{1,6})?\s*%\s*$"},
                {"type": "integer", "minimum": 1},
            ]
        }
    ),
]
#: "24h", "90m", "7d" in a file.
Span = Annotated[
    timedelta,
    BeforeValidator(_span),
    PlainSerializer(write_span, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\d{1,5}\s*[smhdw]\s*$"}),
]


class Spec(BaseModel):
    """What every spec shares: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, values: Any) -> Any:
        """A known key without a value is as if it were not there."""
        if not isinstance(values, Mapping):
            return values
        known = cls.file_keys()
        return {
            key: value for key, value in values.items() if value is not None or key not in known
        }

    @classmethod
    def file_keys(cls) -> tuple[str, ...]:
        """The keys that a file may give, in the order of the class."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())
