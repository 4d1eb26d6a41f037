"""The shape of brief.json and manifest.json, checked when they are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from briefing.models import DisagreementKind, EventState, SectionKind

_Count = Annotated[int, Field(ge=0)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}")]


class Part(BaseModel):
    """A part of brief.json; more keys than these are allowed."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class SpanPart(Part):
    """A stretch of an article, in code points, half open."""

    start: _Count
    end: _Count


class PassagePart(SpanPart):
    """A stretch of a named article."""

    article: str


class SupportPart(PassagePart):
    """A sentence that says a claim."""

    text: str
    same: str | None = None


class SpeakerPart(Part):
    """Who says a claim."""

    name: Annotated[str, Field(min_length=1)]
    role: str | None
    text: str


class AlternativePart(Part):
    """A section where a claim does not stand."""

    section: str
    score: float


class ClaimPart(Part):
    """A claim."""

    id: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]
    passage: PassagePart
    support: Annotated[list[SupportPart], Field(min_length=1)]
    articles: _Count
    publishers: _Count
    independent: Annotated[int, Field(ge=1)]
    in_common: list[str] = []
    speaker: SpeakerPart | None
    status: Annotated[str, Field(min_length=1)]
    score: float
    why: list[str]
    also_fits: list[AlternativePart] = []


class ArticlePart(Part):
    """An article that was read."""

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


class OriginPart(Part):
    """Articles that count as one source."""

    articles: Annotated[list[str], Field(min_length=1)]
    why: list[str]


class ReferencePart(Part):
    """A numbered reference."""

    number: int
    article: str


class PersonPart(Part):
    """A row of a roster."""

    name: str
    also: list[str]
    role: str | None
    claims: list[str]
    references: list[int]


class QuotationPart(PassagePart):
    """Words in quotation marks, and the claim whose speaker says them."""

    claim: str
    text: Annotated[str, Field(min_length=1)]


class EventPart(Part):
    """A row of a timeline."""

    claim: str
    start: _Day | None
    end: _Day | None
    granularity: str
    expression: str
    state: EventState = "reported"
    also: list[str] = []


class QuestionPart(Part):
    """A question that a section was asked to answer."""

    question: Annotated[str, Field(min_length=1)]
    claims: list[str]


class SectionPart(Part):
    """A section."""

    title: str
    kind: SectionKind
    claims: list[ClaimPart]
    more: list[ClaimPart]
    people: list[PersonPart] = []
    events: list[EventPart] = []
    questions: list[QuestionPart] = []
    gap: str | None


class SidePart(Part):
    """A side of a disagreement."""

    claims: list[str]
    value: str


class DisagreementPart(Part):
    """A disagreement."""

    about: str
    kind: DisagreementKind
    sides: list[SidePart]


class ProblemPart(Part):
    """A problem."""

    subject: str
    reason: str


class BriefFile(Part):
    """The whole of brief.json."""

    schema_: Literal["brief/1"] = Field(alias="schema")
    name: str
    title: str
    language: str
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$")]
    articles: list[ArticlePart]
    independent_sources: list[OriginPart] = []
    references: list[ReferencePart]
    bottom_line: list[str]
    sections: list[SectionPart]
    quotations: list[QuotationPart] = []
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
    """A file that the manifest lists."""

    path: str
    sha256: _Hash
    bytes: _Count


class ManifestFile(Part):
    """The part of manifest.json that is proved."""

    schema_: Literal["brief-manifest/1"] = Field(alias="schema")
    edition: str
    files: list[ListedFile]
    seal: _Hash
