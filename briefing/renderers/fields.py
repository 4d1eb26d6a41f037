"""The plain data that templates see, field by field: a stable interface (docs/templates.md)."""

from __future__ import annotations

from typing import Literal, TypedDict

Direction = Literal["ltr", "rtl"]


class LinkView(TypedDict):
    """A link inside the document."""

    label: str  #: what it says, without brackets
    target: str  #: the id it leads to, without "#"
    name: str  #: what a screen reader calls it


class SupportView(TypedDict):
    """How well a claim is supported."""

    sources: int  #: articles that say it
    independent: int  #: of these, how many do not carry one another's copy
    copies: int  #: the rest
    has_dots: bool  #: False above six sources: then the words alone
    words: str  #: "3 sources, 2 independent: AFP copy"


class SpeakerView(TypedDict):
    """Who a claim is attributed to."""

    name: str  #: name as the source gives it; "Unnamed" where nobody is named
    role: str | None  #: office and affiliation, whole; for an unnamed speaker the words used
    short_role: str | None  #: the same cut to three lines of a key
    kind: str  #: person, body or unnamed


class ClaimView(TypedDict):
    """One claim as it is printed."""

    id: str  #: "c12", also its anchor in its section
    text: str  #: the passage, verbatim
    language: str  #: of the article
    direction: Direction  #: ltr or rtl, by its first letter
    citations: list[LinkView]  #: numbers, ascending; the fifth may be "+6"
    numbers: list[int]  #: every number, where nothing is counted away
    support: SupportView  #: how well it is supported
    speaker: SpeakerView | None  #: None when nobody is named as its speaker
    names_speaker: bool  #: False where the passage says only "he said", or nothing
    status: str  #: the contract's word
    chip: str | None  #: solid, dashed, reversed or outline; None for said and reported
    date: str | None  #: day of publication of the printed article, "12 Sep"
    evidence: str  #: id of the evidence entry of the printed passage, or of its source
    is_long: bool  #: so long that it may break across pages


class EventView(TypedDict):
    """One row of a timeline."""

    day: str | None  #: "Tue 12 Sep"; None when it could not be worked out
    is_new_day: bool  #: False where the row above has the same day
    is_same_event: bool  #: True where the row above tells of the same event, and when
    expression: str  #: the source's words for the time; "" when no event is known
    status: str  #: happened, reported or planned
    claim: ClaimView | None  #: None where the claim is printed elsewhere
    citations: list[LinkView]  #: as in a claim
    numbers: list[int]  #: as in a claim
    elsewhere: LinkView | None  #: where the claim is printed, when not here


class PersonView(TypedDict):
    """One row of a roster."""

    name: str  #: as most fully given
    also: list[str]  #: other spellings
    role: str | None  #: as a source gives it
    citations: list[LinkView]  #: as in a claim
    numbers: list[int]  #: as in a claim


class QuestionView(TypedDict):
    """A question that a section was asked to answer."""

    text: str  #: as configured
    answers: list[LinkView]  #: where the claims stand that answer it; empty where none does
    citations: list[LinkView]  #: as in a claim
    numbers: list[int]  #: as in a claim
    state: str  #: "answered", "not covered by the sources supplied", or why else it is not printed


class MarkView(TypedDict):
    """When an event is, in a timeline figure."""

    x: int  #: of its middle
    status: str  #: happened, reported or planned


class SpanView(TypedDict):
    """A stretch of an event of several days, in a timeline figure."""

    x: int  #: of its left end
    width: int  #: more than 0
    look: str  #: filled, half (reported) or outlined (planned, or after the cut-off)


class TrackView(TypedDict):
    """One row of a timeline figure."""

    y: int  #: of its middle
    label: str  #: a stretch of the claim, verbatim; "" where the date stands alone
    is_cut: bool  #: True where the claim's words go on behind the label
    language: str  #: of the label, ISO 639-1
    date: str  #: "Tue 12 Sep"
    marks: list[MarkView]  #: one; more where sources give different times; none for a span
    spans: list[SpanView]  #: two where the cut-off lies inside
    note: str  #: its citations, "[3, 6] or [4]"
    note_x: int  #: where the note begins or ends
    note_anchor: str  #: start or end


class TickView(TypedDict):
    """A line of the time scale."""

    x: int  #: of the line
    label: str  #: "Mon 11"; "" where something else stands there


class TimelineView(TypedDict):
    """A timeline as a figure 640 units wide."""

    description: str  #: what it shows, for who cannot see it
    height: int  #: in units
    left: int  #: x where the time scale begins
    right: int  #: x where it ends
    ticks: list[TickView]  #: from left to right
    cutoff: int | None  #: x of the information cut-off; None where it lies outside
    cutoff_anchor: str  #: end or start: on which side of its line the word stands
    tracks: list[TrackView]  #: in order of happening
    states: list[str]  #: which of happened, reported, planned it shows
    differs: bool  #: whether sources give different times of an event
    notes: list[str]  #: what has to be said under it


class CellView(TypedDict):
    """How many statements of a section rest on a source."""

    x: int  #: of its left end
    width: int  #: in units
    count: int  #: 0 or more
    tint: int  #: 0 for none, 1 for 1–2, 2 for 3–4, 3 for 5 and more


class MatrixRowView(TypedDict):
    """One source in the matrix."""

    y: int  #: of its middle
    number: int  #: as cited
    publisher: str  #: whole, or "publisher not stated"
    label: str  #: the same, shortened to its room; "" in a script that no SVG can hold
    cells: list[CellView]  #: one a column
    only: int  #: printed statements that rest on it alone


class ColumnView(TypedDict):
    """One section in the matrix."""

    x: int  #: of its middle
    number: int  #: of the section
    title: str  #: as configured
    lines: list[str]  #: its head, in one or two lines


class MatrixView(TypedDict):
    """Printed statements by source and section, as a figure 640 units wide."""

    description: str  #: what it shows, for who cannot see it
    height: int  #: in units
    head: int  #: y where the rows begin
    columns: list[ColumnView]  #: sections that print statements
    rows: list[MatrixRowView]  #: sources, by number
    more: int  #: sources left out


class PartView(TypedDict):
    """Statements with so many independent sources."""

    x: int  #: of its left end
    width: int  #: in units
    count: int  #: 1 or more
    sources: str  #: three, two or one; three means three or more


class SupportBarView(TypedDict):
    """How the printed statements are supported, as a figure 640 units wide."""

    description: str  #: what it shows, for who cannot see it
    total: int  #: printed statements
    parts: list[PartView]  #: the best supported first


class NoteView(TypedDict):
    """An analyst's note: words of the desk, never of a source."""

    text: str  #: as configured
    author: str  #: "author not stated" where neither an author nor an issuer is named
    direction: Direction  #: ltr or rtl, by its first letter


class SectionView(TypedDict):
    """One section."""

    number: int  #: 1, 2, 3 …
    id: str  #: its anchor, "s1"
    title: str  #: as configured
    kind: str  #: topic, timeline, people, statements or experts
    kind_label: str  #: "Timeline"
    description: str  #: as configured, or ""
    claims: list[ClaimView]  #: in printed order
    timeline: list[EventView]  #: rows in order of happening; empty unless events are known
    figure: TimelineView | None  #: the rows drawn; None where they are too few or too many
    people: list[PersonView]  #: rows of a roster; empty in other kinds
    questions: list[QuestionView]  #: in configured order
    more: int  #: claims beyond the limit, in brief.json only
    notes: list[NoteView]  #: the desk's own, to be set apart
    gap: str | None  #: our sentence where the sources hold nothing
    is_empty: bool  #: True where the sources hold nothing for it


class PassageView(TypedDict):
    """A cited passage under its source."""

    text: str  #: the passage, verbatim
    evidence: str  #: id of its evidence entry
    paragraph: str | None  #: "4", or "4–5"; None when the paragraphs are not known


class SourceView(TypedDict):
    """One numbered source."""

    number: int  #: as cited
    id: str  #: its anchor, "source-1"
    publisher: str | None  #: None when not stated
    title: str | None  #: None when not stated
    title_direction: Direction  #: ltr or rtl, by its first letter
    authors: list[str]  #: empty when not stated
    date: str | None  #: "12 Sep 2023"
    time: str | None  #: "05:10 UTC"; None when only the day is known
    url: str | None  #: http or https only
    path: str | None  #: the file read
    language: str  #: ISO 639-1
    language_name: str  #: "English"
    words: str  #: "712"
    wire: str | None  #: the agency whose copy it carries
    descriptor: str  #: what the register says of its publisher, and what it does not
    used: int  #: printed statements that cite it
    passages: list[PassageView]  #: in order of first use
    paragraphs: list[LinkView]  #: "4" for ¶ 4, ascending, each to its first evidence entry


class EvidenceView(TypedDict):
    """One cited passage in the paragraph where it stands."""

    id: str  #: its anchor, "e1"
    number: int  #: of its source
    source: str  #: id of its source
    publisher: str | None  #: None when not stated
    title: str | None  #: None when not stated
    date: str | None  #: "12 Sep 2023"; None when not stated
    paragraph: str | None  #: "4 of 19"; None when the paragraphs are not known
    characters: str  #: "902–1,067", as in the evidence file
    before: str  #: the paragraph up to the passage
    passage: str  #: the cited words, verbatim
    after: str  #: the paragraph after the passage
    is_cut_before: bool  #: True where the paragraph goes on before what is shown
    is_cut_after: bool  #: the same at its end
    language: str  #: ISO 639-1
    direction: Direction  #: ltr or rtl, by its first letter
    places: list[LinkView]  #: every place that uses it
    page_link: str | None  #: opens the article's page at the sentence


class SideView(TypedDict):
    """One side of a disagreement."""

    value: str  #: the words that differ, from the source
    citations: list[LinkView]  #: as in a claim
    numbers: list[int]  #: as in a claim
    claims: list[ClaimView]  #: the claims that hold this side


class DisagreementView(TypedDict):
    """A point on which sources differ."""

    id: str  #: its anchor, "d1"
    about: str  #: the words that both sides share
    kind: str  #: figure, date, place, denial, update or other
    sides: list[SideView]  #: two or more


class QuoteView(TypedDict):
    """What somebody said word for word, in the claim that prints it."""

    id: str  #: its anchor, "q1"
    speaker: SpeakerView  #: who said it
    words: list[str]  #: the quotations of one claim, verbatim, without their marks
    language: str  #: of the article
    direction: Direction  #: ltr or rtl, by its first letter
    status: str  #: the contract's word
    chip: str | None  #: as in a claim
    first: str  #: publisher of the earliest article that has it, or that it is not known
    date: str  #: of that article, "12 Sep", or that it is not stated
    citations: list[LinkView]  #: as in a claim
    numbers: list[int]  #: as in a claim


class PieceView(TypedDict):
    """A sentence of an article's own summary."""

    text: str  #: the sentence, verbatim
    has_gap: bool  #: True where the article has something between it and the sentence before


class SummaryView(TypedDict):
    """An article's own summary, verbatim."""

    number: int | None  #: of its source; None when the brief does not cite it
    publisher: str | None  #: None when not stated
    title: str | None  #: None when not stated
    date: str | None  #: "12 Sep 2023"; None when not stated
    language: str  #: ISO 639-1
    direction: Direction  #: ltr or rtl, by its first letter
    pieces: list[PieceView]  #: the sentences, in reading order
    is_long: bool  #: so long that it may break across pages


class UnreadView(TypedDict):
    """Something that was left out or degraded."""

    subject: str  #: a path, an address or a title
    reason: str  #: why


class ItemView(TypedDict):
    """A statement under the bottom line on a principal's page."""

    head: str  #: "Ahead", or its section's title
    kind: str  #: timeline, statements or experts
    claim: ClaimView  #: the statement
    row: EventView | None  #: its row of the timeline


class BriefView(TypedDict):
    """Everything that a template sees."""

    name: str  #: the NAME on the command line
    title: str  #: as configured
    title_direction: Direction  #: ltr or rtl, by its first letter
    title_size: str  #: large, medium or small, by its length
    short_title: str  #: for a running head; with the profile's label within 60 characters
    subtitle: str  #: as configured, or ""
    issuer: str  #: as configured, or ""
    marking: str  #: as configured, or ""
    marking_class: str  #: tlp-clear, tlp-green, tlp-amber, tlp-red or other
    distribution: str  #: as configured, or ""
    profile: str  #: desk, principal or press
    profile_label: str  #: "Desk brief"
    paper: str  #: a4 or letter, of the print document
    language: str  #: of the labels, ISO 639-1
    direction: Direction  #: ltr or rtl, by the language
    as_of: str  #: ISO 8601
    edition: str  #: "2023-09-12T1200Z"
    edition_day: str  #: "12 September 2023"
    number: int | None  #: 1, 2, 3 … of a brief that recurs; None where nobody counts
    cutoff: str  #: "12 Sep 2023, 12:00 UTC"
    read: str  #: "6 articles, 4,158 words"
    bottom_line: list[ClaimView]  #: what a reader who stops here must know; may be empty
    is_compared: bool  #: whether differences between the sources were looked for
    disagreements: list[DisagreementView]  #: points on which sources differ
    missing: list[str]  #: sentences of ours, `cut` among them
    cut: str | None  #: what was left out for length, counted; None when nothing was
    source_summary: str  #: how many articles, publishers and independent sources
    sections: list[SectionView]  #: in printed order
    notes: list[NoteView]  #: the desk's own on the whole, to be set apart
    has_notes: bool  #: whether the brief or one of its sections has a note
    sources: list[SourceView]  #: by number
    quotations: list[QuoteView]  #: direct quotations with their speakers, in printed order
    evidence: list[EvidenceView]  #: in order of first use
    shows_evidence: bool  #: False where the annex is left out and no link may lead to it
    matrix: MatrixView | None  #: None with fewer than three sources or sections
    support_bar: SupportBarView | None  #: None with fewer than eight statements
    summaries: list[SummaryView]  #: each article's own summary; empty unless configured
    unread: list[UnreadView]  #: what was left out or degraded
    unplaced: int  #: claims that fit no section, in brief.json only
