"""The nouns that flow through `brief`, from an article as read to a brief as rendered.

All are frozen; whatever is printed is a slice of an article's text, so it is verbatim by nature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Literal

SectionKind = Literal["topic", "timeline", "people", "statements", "experts"]
Granularity = Literal["day", "week", "month", "year", "range", "unknown"]
EventState = Literal["happened", "reported", "planned"]
PartOfDay = Literal["morning", "midday", "afternoon", "evening", "night"]
DisagreementKind = Literal["figure", "date", "place", "denial", "update", "other"]
Profile = Literal["desk", "principal", "press"]
Paper = Literal["a4", "letter"]
PdfStandard = Literal["ua-1", "a-3u"]


class BlockKind(StrEnum):
    """What a stretch of an article is; only a `paragraph` is ever split into sentences."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    BOILERPLATE = "boilerplate"
    FORM = "form"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What the register says of a publisher; None is what it does not say."""

    name: str
    owner: str | None = None
    country: str | None = None  #: English name
    control: str | None = None  #: state, public, private, party or nonprofit
    kind: str | None = None  #: newspaper, agency, broadcaster …
    language: str | None = None  #: ISO 639-1
    note: str | None = None  #: a sentence of the user's


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that count as one source: one article, or several with something in common."""

    articles: tuple[str, ...]  #: article ids
    why: tuple[str, ...] = ()  #: what they have in common: "AFP copy", "one owner, …"


@dataclass(frozen=True, slots=True, eq=False)
class Article:
    """One article; `text` is cleaned once, by its reader, and never changes after that."""

    id: str  #: 12 hexadecimal digits of a hash over publisher and text; stable across runs
    text: str  #: NFC, "\n" line ends; every offset counts its code points
    title: str | None = None  #: None when the source states none
    publisher: str | None = None  #: as the source or the configuration names it; None when unknown
    authors: tuple[str, ...] = ()
    published: date | datetime | None = (
        None  #: a bare date, or an aware datetime; None when unknown
    )
    language: str = "en"  #: ISO 639-1
    url: str | None = None  #: http(s) address where a reader can open it
    path: str | None = None  #: the file it was read from, as the user would name it
    wire: str | None = None  #: the agency whose copy it carries, such as "AFP"
    descriptor: Descriptor | None = None  #: of its publisher; None when none is on file

    @property
    def sha256(self) -> str:
        """Hash of the evidence file: the text in UTF-8."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def words(self) -> int:
        """Number of words, counted at white space."""
        return len(self.text.split())

    @property
    def publisher_name(self) -> str | None:
        """The publisher as the register calls it, else as the source does; None when unknown."""
        return self.descriptor.name if self.descriptor else self.publisher

    @property
    def subject(self) -> str:
        """What a message calls this article: its path, address or title."""
        return self.path or self.url or self.title or self.id


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an article's text of one kind; blocks do not overlap and stand in order."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a sentence is attributed to, in the article's own words."""

    name: str  #: as fully as the article gives it anywhere; never a pronoun
    role: str | None = None  #: office and affiliation as the article gives them
    text: str = (
        ""  #: the words attributed: a quotation, or the reported clause; a slice of the article
    )
    kind: Literal["person", "body", "unnamed"] = "person"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a sentence, and where."""

    speaker: Speaker | None
    around: str  #: the text of the sentence's neighbours in its article


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a sentence."""

    name: str  #: as fully as the article gives it anywhere
    form: str  #: as it stands here
    role: str | None = None  #: office and affiliation as the article gives them anywhere
    is_introduced: bool = False  #: whether the role stands beside the name here


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence is a pair of offsets into its article; sentences of one article do not overlap."""

    article: Article
    start: int
    end: int
    block: int = field(default=0, compare=False)  #: index into `Split.blocks`
    position: int = field(default=0, compare=False)  #: 0, 1, 2 … among the sentences of its article
    speaker: Speaker | None = field(default=None, compare=False)
    status: str = field(default="reported", compare=False)  #: said, denied, confirmed, expected …
    people: tuple[Mention, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Split:
    """An article taken apart: every block, and the sentences of its paragraphs."""

    article: Article
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is printed for a claim: one sentence, or several that stand side by side."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The passage, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that condensing chose from one article, in reading order."""

    article: Article
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A section where a claim does not stand, with how well it would fit there."""

    section: str  #: title
    score: float  #: 0–1


@dataclass(frozen=True, slots=True)
class Claim:
    """What one or several sentences say; its text is the passage, and every sentence is kept."""

    id: str  #: "c1", "c2" … unique in a brief
    passage: Passage
    support: tuple[Sentence, ...]  #: never empty; the printed sentence first
    same: tuple[str, ...] = ()  #: why each of `support` says the same; "" for the printed one
    speaker: Speaker | None = None
    status: str = "reported"
    independent: int = 1  #: sources that do not carry one another's copy
    in_common: tuple[str, ...] = ()  #: why its articles are not all independent: "AFP copy"
    score: float = 0.0  #: 0–1, how well it stands where it stands
    why: tuple[str, ...] = ()  #: why it stands in its section
    #: Other sections that it fits, best first; of an unplaced claim, those that came nearest.
    also_fits: tuple[Alternative, ...] = ()

    @property
    def text(self) -> str:
        """Exactly what is printed."""
        return self.passage.text

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that say it, the printed one first, each once."""
        return tuple(dict.fromkeys(s.article for s in self.support))

    @property
    def publishers(self) -> int:
        """Number of publishers that say it; an article of unknown publisher counts as its own."""
        return len({article.publisher_name or article.id for article in self.articles})


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a roster: a person, under every spelling, with the claims that name them."""

    name: str
    also: tuple[str, ...] = ()  #: other spellings in the sources
    role: str | None = None  #: as a source gives it
    claims: tuple[str, ...] = ()  #: claim ids
    articles: tuple[Article, ...] = ()  #: where name and role are stated


@dataclass(frozen=True, slots=True)
class Event:
    """One row of a timeline: when the thing that a claim reports happens, in its place's own time.

    A row may point at a claim that another section prints.
    """

    claim: str  #: claim id
    expression: str  #: the words that date it, verbatim
    start: date | None = None  #: None when the article's own date is unknown
    end: date | None = None  #: last day of a range
    granularity: Granularity = "unknown"
    rule: str = ""  #: how the days were told: "weekday: the last; behind: said"
    state: EventState = "reported"  #: planned, told as past, or neither for sure
    clock: time | None = None  #: the hour, when it is told
    part: PartOfDay | None = None  #: the part of the day, when that is told instead
    also: tuple[str, ...] = ()  #: further claims that report the same event


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks that the speaker of a printed claim says."""

    claim: str  #: claim id; its speaker is who says them
    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words without their marks, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Note:
    """What the desk itself says, as configured; never words of a source."""

    text: str
    author: str = ""  #: "" when neither an author nor an issuer is named


@dataclass(frozen=True, slots=True)
class Question:
    """What a section was asked to answer, and the claims that do."""

    text: str  #: as configured
    claims: tuple[str, ...] = ()  #: claim ids, the best first; empty where none answers it
    is_looked_for: bool = True  #: False in a language in which nothing is


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a brief with what stands under it."""

    title: str
    kind: SectionKind
    description: str = ""
    claims: tuple[Claim, ...] = ()  #: printed, in printed order
    more: tuple[Claim, ...] = ()  #: belonging here, beyond the limit
    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    gap: str | None = None  #: a sentence of ours that says the sources hold nothing for it


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: the claims that hold it, and the words that differ."""

    claims: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A point on which sources, or one source over time, differ."""

    about: str  #: its kind and words that the sides share: "figure · ships · waiting"
    kind: DisagreementKind
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """An article that the brief cites, numbered 1, 2, 3 … by first use."""

    number: int
    article: Article


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out or degraded, in words that a reader of the brief understands."""

    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What a length that was asked for left out; all of it stays in brief.json."""

    to: str  #: the length, such as "one page" or "600 words"
    claims: int  #: statements left out
    of: int  #: statements there would have been
    differences: tuple[int, ...] = ()  #: points of difference left out, by rank from 1
    people: int = 0  #: rows of rosters left out


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that any renderer needs; renderers ask nothing else."""

    name: str
    title: str
    as_of: datetime
    number: int | None = None  #: 1, 2, 3 … of a brief that recurs; None where nobody counts
    language: str = "en"
    subtitle: str = ""
    issuer: str = ""
    marking: str = ""
    distribution: str = ""
    profile: Profile = "desk"  #: for whom it is laid out
    paper: Paper = "a4"
    pdf_standard: PdfStandard = "ua-1"  #: PDF/UA-1, or PDF/A-3u for archives; both are tagged
    articles: tuple[Article, ...] = ()
    origins: tuple[Origin, ...] = ()  #: every article in exactly one
    splits: Mapping[str, Split] = field(default_factory=dict)  #: by article id, for the annexes
    summaries: tuple[Summary, ...] = ()
    show_summaries: bool = False
    show_figures: bool = True
    references: tuple[Reference, ...] = ()
    bottom_line: tuple[str, ...] = ()  #: claim ids
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()  #: on the whole; sections have their own
    quotes: tuple[Quote, ...] = ()  #: of what the sections print, in printed order
    show_quotations: bool = True
    show_evidence: bool = True
    disagreements: tuple[Disagreement, ...] = ()
    is_compared: bool = False  #: whether disagreements were looked for
    #: Fitting no section; condensing chose them, or sources differ on them.
    unplaced: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    source_summary: str = ""
    cut: Cut | None = None  #: None when nothing was left out for length


@dataclass(frozen=True, slots=True)
class Document:
    """One rendered file, ready to write or to attach."""

    name: str  #: file name, such as "brief.pdf"
    media_type: str
    content: bytes
    problems: tuple[Problem, ...] = ()  #: what it could not show
