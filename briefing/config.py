"""config.yaml -> frozen specs; every mistake is reported together, with line and column."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.models import SectionKind

Format = Literal["markdown", "html", "pdf", "json"]


class Spec(BaseModel):
    """What every spec shares: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class SourceSpec(Spec):
    """One source: a path, a page or a feed, with facts that win over what the source says."""

    path: str | None = None
    """A file, folder or glob, relative to the configuration file."""
    url: str | None = None
    """A page to read; beside `path` or `feed`, where a reader can open the article."""
    feed: str | None = None
    """An RSS, Atom or JSON feed."""
    title: str | None = None
    """The article's title."""
    publisher: str | None = None
    """Who published it."""
    author: str | None = None
    """Who wrote it."""
    published: date | datetime | None = None
    """When it was published; a date alone is allowed; without a zone, in the brief's time zone."""
    language: str | None = None
    """The article's language, ISO 639-1."""


class CondenseSpec(Spec):
    """How each article is condensed."""

    method: str = "salience"
    """The ranker's name."""
    length: Annotated[str | int, Field()] = "30%"
    """A share such as 30%, or a count of sentences an article."""


class SectionSpec(Spec):
    """One heading of a brief and what belongs under it."""

    title: str
    """The heading."""
    kind: SectionKind = "topic"
    """What the section collects."""
    description: str = ""
    """What the section is about, in a sentence; printed under the heading."""
    keywords: tuple[str, ...] = ()
    """Words and phrases that what belongs here would use."""
    actors: tuple[str, ...] = ()
    """Whose words and deeds belong here: countries, bodies or people."""
    limit: Annotated[int, Field(ge=1)] = 10
    """Most claims printed; the rest stay in brief.json."""


class BriefSpec(Spec):
    """One brief: its sources, its sections and how it is rendered."""

    name: str
    """The NAME on the command line."""
    title: str
    """The title printed on the first page."""
    subtitle: str = ""
    """A line under the title."""
    issuer: str = ""
    """Who issues the brief; printed above the title."""
    marking: str = ""
    """A marking for every page, such as TLP:CLEAR."""
    distribution: str = ""
    """Who receives the brief; printed on the first page."""
    sources: tuple[SourceSpec, ...]
    """What to read."""
    condense: CondenseSpec = CondenseSpec()
    """How each article is condensed."""
    sections: tuple[SectionSpec, ...]
    """The headings, in printed order."""
    summaries: bool = False
    """Whether an annex prints each article's own summary."""
    language: str = "en"
    """Language of the labels and of articles that state none."""
    timezone: str = "UTC"
    """IANA time zone of dates without one, and of the dates printed."""
    formats: tuple[Format, ...] = ("markdown", "html", "pdf", "json")
    """What to render; brief.json is always written."""
