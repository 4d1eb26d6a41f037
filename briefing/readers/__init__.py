"""Sources -> Articles: which files a source means, and one file read by the parser of its format.

To add a format: one file with a `parse` function, one row in READERS.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.config import SourceSpec
from briefing.errors import SourceError
from briefing.models import Article, Problem
from briefing.readers import markdown, plain_text, webpage
from briefing.readers.files import expand, load_content, name_of, shown
from briefing.readers.page import Page, Parse, Reading
from briefing.readers.recognising import recognise
from briefing.readers.wire import copy_of
from briefing.text.language import tell_language

__all__ = ["READERS", "Reader", "Reading", "expand", "read"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the names that its files have, and what parses them."""

    suffixes: tuple[str, ...]  #: in lower case; "" is a file without one
    parse: Parse


#: By what the content is; `recognise` gives the name where the content shows it.
READERS: dict[str, Reader] = {
    "text": Reader((".txt", ".text", ""), plain_text.parse),
    "markdown": Reader((".md", ".markdown"), markdown.parse),
    "html": Reader((".html", ".htm", ".xhtml"), webpage.parse),
}
_READ = "reads .txt, .md, .html"


def read(path: Path, source: SourceSpec, *, language: str, zone: ZoneInfo, root: Path) -> Reading:
    """The articles in a file that `source` means, the facts of `source` laid over its own.

    `language` is for articles that state none and whose words tell none, `zone` for dates without
    one; `root` is where the names of files are told from. Raises SourceError, or ParseError, when
    no article comes of it.
    """
    subject = name_of(path, root)
    content = load_content(path, source, root)
    pages = _reader(content, path, subject).parse(content, subject)
    notes = (Problem(subject, note) for page in pages for note in page.notes)
    articles = (_article(page, source, subject, language, zone) for page in pages)
    return Reading(articles=tuple(articles), notes=tuple(notes))


def _reader(content: bytes, path: Path, subject: str) -> Reader:
    """The reader for what the content is, or else for what the name says."""
    suffix = path.suffix.lower()
    kind = recognise(content)
    if kind in READERS:
        return READERS[kind]
    if kind is not None:
        what = "unsupported: .pdf" if kind == "pdf" else f"not text ({kind})"
        raise SourceError(subject, f"{what}; {_READ}")
    by_suffix = {known: reader for reader in READERS.values() for known in reader.suffixes}
    if suffix not in by_suffix:
        raise SourceError(subject, f"unsupported: {shown(suffix)}; {_READ}")
    return by_suffix[suffix]


def _article(
    page: Page, source: SourceSpec, subject: str, language: str, zone: ZoneInfo
) -> Article:
    publisher = source.publisher or page.publisher
    authors = (
        tuple(name.strip() for name in source.author.split(";")) if source.author else page.authors
    )
    return Article(
        id=sha256(f"{publisher or ''}\0{page.text}".encode()).hexdigest()[:12],
        text=page.text,
        title=source.title or _as_in_text(page),
        publisher=publisher,
        authors=authors,
        published=_in_zone(source.published or page.published, zone),
        language=source.language
        or page.language
        or tell_language(page.text, expected=language)
        or language,
        url=source.url or page.url,
        path=subject,
        wire=page.wire or copy_of([name for name in (publisher, *authors) if name]),
    )


def _as_in_text(page: Page) -> str | None:
    """The title as the text has it, where the two differ in marks or capitals alone."""
    if page.title is None:
        return None
    lines = (line.lstrip("# ") for line in page.text.split("\n", maxsplit=8)[:8])
    return next((line for line in lines if _letters(line) == _letters(page.title)), page.title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _in_zone(published: date | datetime | None, zone: ZoneInfo) -> date | datetime | None:
    is_naive = isinstance(published, datetime) and published.tzinfo is None
    return (
        published.replace(tzinfo=zone)
        if isinstance(published, datetime) and is_naive
        else published
    )
