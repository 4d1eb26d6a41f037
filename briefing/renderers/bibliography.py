"""Brief -> what a reference manager keeps of each cited article; what is unknown stays out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from briefing.models import Article, Brief
from briefing.renderers.addresses import web_address
from briefing.renderers.plain_lines import flat
from briefing.renderers.wording import edition_name, local_day


@dataclass(frozen=True, slots=True)
class Entry:
    """One cited article; every text is one line, as the source states it."""

    key: str  #: ASCII, unique, the same in every edition: "harbour-post-2024-1f0c3d2e4b5a"
    number: int  #: as cited in the brief
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]  #: as printed; which part is the family name is nowhere stated
    day: date | None  #: civil day of publication in the brief's time zone
    language: str  #: ISO 639-1
    url: str | None  #: ASCII, http or https only
    note: str  #: number, brief, edition, evidence file and wire agency


def entries(brief: Brief) -> Iterator[Entry]:
    """The cited articles by number."""
    for reference in sorted(brief.references, key=lambda r: r.number):
        article = reference.article
        day = local_day(article.published, brief.as_of.tzinfo)
        yield Entry(
            key=key_of(article, day),
            number=reference.number,
            title=one_line(article.title),
            publisher=one_line(article.publisher),
            authors=tuple(name for given in article.authors if (name := one_line(given))),
            day=day,
            language=article.language,
            url=ascii_address(article.url),
            note=note_of(reference.number, article, brief),
        )


def key_of(article: Article, day: date | None) -> str:
    """Publisher, year and id: a person recognises it, and the id alone makes it unique."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in article.publisher or "")
    parts = [*words.lower().split(), str(day.year) if day else "", article.id]
    return "-".join(part for part in parts if part)


def note_of(number: int, article: Article, brief: Brief) -> str:
    """Where the article stands in the brief, in our words."""
    note = f"Source {number} of brief {brief.name}, edition {edition_name(brief.as_of)}"
    wire = f"; carries {one_line(article.wire)} copy" if article.wire else ""
    return f"{note}; text as read: evidence/{article.id}.txt{wire}"


def one_line(text: str | None) -> str | None:
    """`text` without line ends of any kind; None when nothing is left."""
    return flat(" ".join(text.splitlines())).strip() or None if text else None


def ascii_address(url: str | None) -> str | None:
    """A web address with all but the characters of RFC 3986 percent-encoded; None for no link."""
    address = web_address(url)
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~") if address else None
