"""What a configuration may ask for, as frozen types that check themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from briefing.config.delivery import DeliverSpec, Keep, ScheduleSpec, StoreLocation
from briefing.config.notes import Notes, Yardstick
from briefing.config.publishers import Publishers
from briefing.config.suggest import clip, no_such
from briefing.config.values import (
    Address,
    Language,
    Length,
    Line,
    Location,
    Name,
    Published,
    Spec,
    Title,
    Zone,
    mistake,
)
from briefing.models import Paper, PdfStandard, Profile, SectionKind

Format = Literal["markdown", "html", "pdf", "docx", "text", "csl", "ris", "bibtex", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
PROFILES: tuple[Profile, ...] = get_args(Profile)


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


class SectionBudget(Spec):
    """How long a section may be."""

    words: Annotated[int, Field(ge=1)] | None = None
    """Most words of the statements printed."""


class BudgetSpec(Spec):
    """How long a brief may be."""

    words: Annotated[int, Field(ge=1)] | None = None
    """Most words of the statements printed, the bottom line counted once."""
    claims: Annotated[int, Field(ge=1)] | None = None
    """Most statements printed."""
    pages: Annotated[int, Field(ge=1)] | None = None
    """Most pages of brief.pdf, annexes included."""


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
    questions: Annotated[tuple[Title, ...], Field(max_length=50)] = ()
    """What the section should answer; a question that no source answers is listed as a gap."""
    limit: Annotated[int, Field(ge=1)] = 10
    """Most claims printed; the rest stay in brief.json."""
    budget: SectionBudget = SectionBudget()
    """How long it may be; met by leaving statements out, and the brief says how many."""
    notes: Notes = ()
    """What the desk itself says on it; always labelled as not from the sources."""


class DefaultsSpec(Spec):
    """What may stand under `defaults`, for every brief, and in a brief, where it wins."""

    language: Language = "en"
    """Language of the labels and of articles that neither state nor show theirs, ISO 639-1."""
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
    evidence: bool = True
    """Whether an annex shows each cited passage in its paragraph; without it a citation leads to \
its source."""
    quotations: bool = True
    """Whether a table tells who said what: the direct quotations printed, with their speakers."""
    figures: bool = True
    """Whether timelines, sources by section and support are drawn as well."""
    publishers: Publishers = None
    """A file with what is known of publishers, relative to the configuration file."""
    issuer: Line = ""
    """Who issues the brief; printed above the title."""
    marking: Line = ""
    """A marking for every page, such as TLP:CLEAR."""
    distribution: Line = ""
    """Who receives the brief; printed on the first page."""
    yardstick: Yardstick | None = None
    """Whose words of likelihood and confidence the notes keep to; `brief check` names others."""
    budget: BudgetSpec = BudgetSpec()
    """How long the brief may be; met by leaving statements out, and the brief says how many."""
    profile: Profile = "desk"
    """For whom: the whole brief, one page for a principal, or a public one without marking, \
distribution and notes."""
    paper: Paper = "a4"
    """The paper of brief.pdf and brief.docx."""
    pdf_standard: PdfStandard = "ua-1"
    """What brief.pdf follows: PDF/UA-1, or PDF/A-3u for archives; both are tagged."""

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
    schedule: ScheduleSpec | None = None
    """When editions are due; without it, `brief run --due` leaves the brief alone."""
    sources: Annotated[tuple[SourceSpec, ...], Field(min_length=1)]
    """What to read."""
    sections: Annotated[tuple[SectionSpec, ...], Field(min_length=1)]
    """The headings, in printed order."""
    notes: Notes = ()
    """What the desk itself says on the whole; always labelled as not from the sources."""
    deliver: tuple[DeliverSpec, ...] = ()
    """Where each edition goes; in a brief without a schedule, for `brief send`."""

    @field_validator("deliver")
    @classmethod
    def _has_what_it_attaches(
        cls, deliver: tuple[DeliverSpec, ...], info: ValidationInfo
    ) -> tuple[DeliverSpec, ...]:
        is_made = "pdf" in info.data.get("formats", FORMATS)
        if not is_made and any(each.mail and each.mail.attach for each in deliver):
            raise mistake(
                "a mail attaches the PDF, which formats leaves out; add pdf there, "
                "or give the mail attach: []"
            )
        return deliver

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
    store: StoreLocation | None = None
    """The memory between runs: a file, or postgresql://host/database; by default a file in the \
user's state folder."""
    keep: Keep = timedelta(days=400)
    """How long the store keeps what editions were made of; at least `365d`."""
    keep_editions: Annotated[int, Field(ge=1)] = 100
    """Editions of each brief that it keeps however old they are."""
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


def deliverers(spec: BriefSpec) -> dict[str, DeliverSpec]:
    """The deliveries of a brief, each under the name that the outbox knows it by."""
    named: dict[str, DeliverSpec] = {}
    for deliver in spec.deliver:
        kind = "mail" if deliver.mail is not None else "folder"
        number = sum(name.startswith(f"{spec.name}/{kind}") for name in named) + 1
        named[f"{spec.name}/{kind}" + (f"-{number}" if number > 1 else "")] = deliver
    return named


def every_deliverer(briefs: Iterable[BriefSpec]) -> dict[str, DeliverSpec]:
    """The deliveries of all briefs of a configuration, each under its name in the outbox."""
    return {name: each for spec in briefs for name, each in deliverers(spec).items()}
