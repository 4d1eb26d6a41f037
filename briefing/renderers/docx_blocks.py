"""What a word processor's document is made of: words in a voice, paragraphs, rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.renderers.fields import LinkView

Voice = Literal["own", "strong", "second", "source", "cited", "citation", "differ", "link", "note"]
Style = Literal[
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Passage",
    "Lead",
    "Key",
    "Own",
    "Evidence",
    "Note",
]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one voice, perhaps a link."""

    text: str
    voice: Voice = "own"
    target: str = ""  #: an anchor of the document
    url: str = ""
    language: str = ""  #: ISO 639-1, where it is not that of the document
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph."""

    words: tuple[Words, ...]
    style: Style = "Own"
    anchor: str = ""  #: what links to it name
    is_right_to_left: bool = False
    keeps_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its first cell names it."""

    cells: tuple[tuple[Block, ...], ...]


def cite(links: Sequence[LinkView]) -> Iterator[Words]:
    """`[1, 2]`, each number a link."""
    yield Words("[", "citation")
    for number, link in enumerate(links):
        yield Words(",\u00a0" if number else "", "citation")
        yield Words(link["label"], "citation", target=link["target"])
    yield Words("]", "citation")


def heading(text: str, anchor: str) -> Block:
    """A heading of the first level."""
    return Block((Words(text),), "Heading 1", anchor)


def paragraph(text: str, style: Style = "Own") -> Block:
    """A paragraph of our own words."""
    return Block((Words(text),), style)
