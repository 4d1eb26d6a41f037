"""What a configuration may ask for, as frozen types that check themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args
from unicodedata import category, normalize
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from briefing.config.suggest import clip, did_you_mean, no_such
from briefing.config.times import parse_time
from briefing.models import SectionKind

Format = Literal["markdown", "html", "pdf", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*%", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def mistake(message: str) -> PydanticCustomError:
    """A validation error whose text is `message` and is shown to the user as it stands."""
    return PydanticCustomError("mistake", "{message}", {"message": message})


def _one_line(text: str) -> str:
    line = " ".join(normalize("NFC", text).split())
    return _without_controls(line)


def _without_controls(text: str) -> str:
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


def _published(value: object) -> object:
    if not isinstance(value, str):
        if value is None or isinstance(value, date):
            return value
        raise mistake("must be a date such as 2023-09-12 or a time such as 2023-09-12T08:00Z")
    try:
        return parse_time(value)
    except ValueError as error:
        raise mistake(f"'{clip(value)}' {error}") from error


Line = Annotated[str, AfterValidator(_one_line)]  #: printed text; white space runs become one space
Title = Annotated[Line, AfterValidator(_filled)]
Location = Annotated[str, AfterValidator(_without_controls), AfterValidator(_filled)]
Address = Annotated[str, AfterValidator(_without_controls), AfterValidator(_address)]
Language = Annotated[str, AfterValidator(_language)]
Zone = Annotated[str, AfterValidator(_zone)]
Name = Annotated[str, AfterValidator(_name)]
Published = Annotated[date | datetime | None, BeforeValidator(_published)]
Formats = Annotated[tuple[Format, ...], Field(min_length=1)]
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


class Spec(BaseModel):
    """What every spec shares: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, values: Any) -> Any:
        """A known key without a value is as if it were not there."""
        if not isinstance(values, Mapping):
            return values
        return {
            key: value
            for key, value in values.items()
            if value is not None or key not in cls.model_fields
        }


class SourceSpec(Spec):
    """One source: a path, a page or a feed, with facts that win over what the source says."""

    path: Location | None = None
    """A file, folder or glob, relative to the configuration file: txt, md, html."""
    url: Address | None = None
    """A page to read; beside `path` or `feed`, where a reader can open the article."""
    feed: Annotated[Address | None, Field(validate_default=True)] = None
    """An RSS, Atom or JSON feed."""
    title: Title | None = None
    """The article's title."""
    publisher: Title | None = None
    """Who published it."""
    author: Title | None = None
    """Who wrote it."""
    published: Published = None
    """When it was published; a date alone is allowed; without a zone, in the brief's time zone."""
    language: Language | None = None
    """The article's language, ISO 639-1."""

    @field_validator("feed")
    @classmethod
    def _names_one_source(cls, feed: str | None, info: ValidationInfo) -> str | None:
        if "path" not in info.data or "url" not in info.data:
            return feed  # they hold a mistake of their own
        if info.data["path"] is not None and feed is not None:
            raise PydanticCustomError("source", "names both a path and a feed; make two sources")
        if info.data["path"] is None and info.data["url"] is None and feed is None:
            raise PydanticCustomError("source", "names no path, url or feed; one is needed")
        return feed


class CondenseSpec(Spec):
    """How each article is condensed."""

    method: str = "salience"
    """The ranker's name."""
    length: Length = "30%"
    """A share such as 30%, or a count of sentences an article."""

    @field_validator("method")
    @classmethod
    def _is_a_ranker(cls, method: str, info: ValidationInfo) -> str:
        rankers = (info.context or {}).get("rankers")
        if rankers is not None and method not in rankers:
            raise mistake(no_such(method, sorted(rankers)))
        return method


class SectionSpec(Spec):
    """One heading of a brief and what belongs under it."""

    title: Title
    """The heading."""
    kind: SectionKind = "topic"
    """What the section collects."""
    description: Line = ""
    """What the section is about, in a sentence; printed under the heading."""
    keywords: tuple[Title, ...] = ()
    """Words and phrases that what belongs here would use."""
    actors: tuple[Title, ...] = ()
    """Whose words and deeds belong here: countries, bodies or people."""
    limit: Annotated[int, Field(ge=1)] = 10
    """Most claims printed; the rest stay in brief.json."""


class DefaultsSpec(Spec):
    """What may stand under `defaults`, for every brief, and in a brief, where it wins."""

    language: Language = "en"
    """Language of the labels and of articles that state none, ISO 639-1."""
    timezone: Zone = "UTC"
    """IANA time zone of dates without one, and of the dates printed."""
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = (
        "markdown",
        "html",
        "pdf",
        "json",
    )
    """What to render; brief.json is always written."""
    condense: CondenseSpec = CondenseSpec()
    """How each article is condensed."""
    summaries: bool = False
    """Whether an annex prints each article's own summary."""
    issuer: Line = ""
    """Who issues the brief; printed above the title."""
    marking: Line = ""
    """A marking for every page, such as TLP:CLEAR."""
    distribution: Line = ""
    """Who receives the brief; printed on the first page."""

    @field_validator("formats")
    @classmethod
    def _each_once(cls, formats: tuple[Format, ...]) -> tuple[Format, ...]:
        return tuple(dict.fromkeys(formats))


class BriefSpec(DefaultsSpec):
    """One brief: its sources, its sections and how it is rendered."""

    name: Name
    """The NAME on the command line."""
    title: Title
    """The title printed on the first page."""
    subtitle: Line = ""
    """A line under the title."""
    sources: Annotated[tuple[SourceSpec, ...], Field(min_length=1)]
    """What to read."""
    sections: Annotated[tuple[SectionSpec, ...], Field(min_length=1)]
    """The headings, in printed order."""

    @field_validator("sources")
    @classmethod
    def _in_our_zone(
        cls, sources: tuple[SourceSpec, ...], info: ValidationInfo
    ) -> tuple[SourceSpec, ...]:
        zone = ZoneInfo(info.data.get("timezone", "UTC"))
        return tuple(_placed(source, zone) for source in sources)


class FileSpec(Spec):
    """A whole configuration file."""

    version: Literal[1] = 1
    """The version of this file's format."""
    defaults: DefaultsSpec = DefaultsSpec()
    """What every brief has unless it says otherwise."""
    briefs: Annotated[dict[str, BriefSpec], Field(min_length=1)]
    """The briefs, each under its NAME."""

    @field_validator("version", mode="before")
    @classmethod
    def _is_read_here(cls, version: object) -> int:
        if str(version) != "1":
            raise mistake(f"this program reads version 1, not '{clip(str(version))}'")
        return 1


def _placed(source: SourceSpec, zone: ZoneInfo) -> SourceSpec:
    published = source.published
    if not isinstance(published, datetime) or published.tzinfo is not None:
        return source
    return source.model_copy(update={"published": published.replace(tzinfo=zone)})
