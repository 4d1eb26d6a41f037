"""What readers hand over: pages taken from bytes, and the reading made of one source file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from briefing.models import Article, Problem


@dataclass(frozen=True, slots=True)
class Page:
    """One article as its file states it, before the facts of the configuration are laid over it."""

    text: str  #: cleaned; every offset of a brief counts its code points
    title: str | None = None  #: None when the file states none
    publisher: str | None = None  #: None when the file states none
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None  #: naive where the file states no zone
    language: str | None = None  #: ISO 639-1; None when the file states none
    url: str | None = None  #: http(s) only
    wire: str | None = None  #: the agency whose copy it carries, such as "AFP"
    notes: tuple[str, ...] = ()  #: what was guessed or passed over while reading


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its articles, and what a reader of the brief should know about them."""

    articles: tuple[Article, ...]
    notes: tuple[Problem, ...] = ()  #: a guessed encoding, a broken front matter; never fatal


#: content and subject -> the pages in it; raises ParseError with that subject
Parse = Callable[[bytes, str], tuple[Page, ...]]
