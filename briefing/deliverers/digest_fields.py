"""The plain data that the templates of a message see, field by field (docs/mail.md)."""

from __future__ import annotations

from typing import TypedDict


class DigestClaim(TypedDict):
    """One claim."""

    text: str  #: the passage, verbatim
    language: str  #: of its article
    direction: str  #: ltr or rtl
    citation: str  #: "[1, 3]"
    support: str  #: "3 sources, 2 independent"
    voice: str | None  #: who says it, where the passage does not name them
    status: str  #: the contract's word
    chip: str | None  #: solid, dashed, reversed or outline; None for said and reported


class DigestPerson(TypedDict):
    """One row of a roster."""

    name: str  #: as most fully given
    role: str | None  #: as a source gives it
    citation: str  #: as in a claim


class DigestSection(TypedDict):
    """One section in short."""

    number: int  #: 1, 2, 3 …
    title: str  #: as configured
    kind_label: str  #: "Timeline"
    claims: list[DigestClaim]  #: the first ones
    people: list[DigestPerson]  #: the first rows of a roster
    people_more: int  #: further rows
    more: int  #: further claims, in the brief only
    has_claims_above: bool  #: True where claims of it stand in the bottom line instead
    gap: str | None  #: our sentence where the sources hold nothing


class DigestSide(TypedDict):
    """One side of a disagreement."""

    value: str  #: the words that differ
    citation: str  #: as in a claim


class DigestPoint(TypedDict):
    """A point on which sources differ."""

    about: str  #: what it is about
    sides: list[DigestSide]  #: two or more


class DigestSource(TypedDict):
    """One numbered source."""

    number: int  #: as cited
    publisher: str | None  #: None when not stated
    title: str | None  #: None when not stated
    date: str | None  #: "12 Sep 2023"
    url: str | None  #: http or https, without a login


class DigestView(TypedDict):
    """A message."""

    name: str  #: the brief's name
    title: str  #: the brief's title
    title_direction: str  #: ltr or rtl
    issuer: str  #: or ""
    marking: str  #: or ""
    marking_class: str  #: tlp-clear, tlp-green, tlp-amber, tlp-red or other
    distribution: str  #: or ""
    language: str  #: of the brief
    direction: str  #: ltr or rtl
    preheader: str  #: what an inbox shows beside the subject, under 90 characters
    edition_number: int  #: 1, 2, 3 …
    edition_day: str  #: "12 September 2023"
    cutoff: str  #: "12 Sep 2023, 12:00 UTC"
    read: str  #: "6 articles, 4,158 words"
    bottom_line: list[DigestClaim]  #: what a reader who stops here must know
    sections: list[DigestSection]  #: empty when the message is to be very short
    differ: list[DigestPoint]  #: the first two
    differ_more: int  #: further ones
    missing: list[str]  #: sentences of ours
    source_summary: str  #: the statement about the sources
    sources: list[DigestSource]  #: by number, the first thirty
    sources_more: int  #: further ones
    link: str | None  #: where the edition can be read
    attached: str  #: "brief.pdf, 84 kB", or ""
    notes: list[str]  #: sentences of ours: what this message lacks, and why
    unsubscribe: str | None  #: where to leave the list
