"""What a word processor's document is made of: words in a voice, paragraphs, rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Voice = Literal["own", "strong", "second", "source", "cited", "citation", "differ", "link"]
Style = Literal[
    "Title", "Subtitle", "Heading 1", "Heading 2", "Passage", "Lead", "Key", "Own", "Evidence"
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
