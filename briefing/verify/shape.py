"""The shape of brief.json and manifest.json, as the schema brief/1 promises it; checked on reading."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.models import DisagreementKind, SectionKind

_Count = Annotated[int, Field(ge=0)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}")]


class Part(BaseModel):
    """A part of brief.json; more keys than these are allowed."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class SpanPart(Part):
    start: _Count
    end: _Count


class PassagePart(SpanPart):
    article: str


class SupportPart(PassagePart):
    text: str


class SpeakerPart(Part):
    name: Annotated[str, Field(min_length=1)]
    role: str | None
    text: str


class ClaimPart(Part):
    id: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    passage: PassagePart
    support: Annotated[list[SupportPart], Field(min_length=1)]
    articles: _Count
    publishers: _Count
    independent: Annotated[int, Field(ge=1)]
    speaker: SpeakerPart | None
    status: Annotated[str, Field(min_length=1)]
    score: float
    why: list[str]


class ArticlePart(Part):
    id: str
    path: str | None
    url: str | None
    title: str | None
    publisher: str | None
    authors: list[str]
    published: _Day | None
    language: str
    sha256: _Hash
    words: _Count
    summary: list[SpanPart]
    wire: str | None


class ReferencePart(Part):
    number: int
    article: str


class PersonPart(Part):
    name: str
    also: list[str]
    role: str | None
    claims: list[str]
    references: list[int]


class EventPart(Part):
    claim: str
    start: _Day | None
    end: _Day | None
    granularity: str
    expression: str


class SectionPart(Part):
    title: str
    kind: SectionKind
    claims: list[ClaimPart]
    more: list[ClaimPart]
    people: list[PersonPart] = []
    events: list[EventPart] = []
    gap: str | None


class SidePart(Part):
    claims: list[str]
    value: str


class DisagreementPart(Part):
    about: str
    kind: DisagreementKind
    sides: list[SidePart]


class ProblemPart(Part):
    subject: str
    reason: str


class BriefFile(Part):
    schema_: Literal["brief/1"] = Field(alias="schema")
    name: str
    title: str
    language: str
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$")]
    articles: list[ArticlePart]
    references: list[ReferencePart]
    bottom_line: list[str]
    sections: list[SectionPart]
    disagreements: list[DisagreementPart]
    unplaced: list[ClaimPart]
    problems: list[ProblemPart]
    source_summary: str

    @property
    def printed(self) -> list[ClaimPart]:
        """The claims that stand in sections, in printed order."""
        return [claim for section in self.sections for claim in section.claims]

    @property
    def claims(self) -> list[ClaimPart]:
        """Every claim, printed or not."""
        more = [claim for section in self.sections for claim in section.more]
        return [*self.printed, *more, *self.unplaced]


class ListedFile(Part):
    path: str
    sha256: _Hash
    bytes: _Count


class ManifestFile(Part):
    schema_: Literal["brief-manifest/1"] = Field(alias="schema")
    edition: str
    files: list[ListedFile]
    seal: _Hash
