"""A plain-text file, with or without front matter -> its page."""

from __future__ import annotations

from briefing.errors import ParseError
from briefing.readers.cleaning import clean, has_words, unwrap
from briefing.readers.decoding import decode
from briefing.readers.front_matter import FrontMatter, split_front_matter
from briefing.readers.page import Page
from briefing.readers.statements import find_statements


def parse(content: bytes, subject: str) -> tuple[Page, ...]:
    """The one page of a text; raises ParseError when there is nothing to read in it."""
    decoded = decode(content)
    facts = split_front_matter(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    return (page_of(clean(unwrap(facts.body)), facts, subject, note=decoded.note),)


def page_of(
    text: str,
    facts: FrontMatter,
    subject: str,
    *,
    note: str | None = None,
    title: str | None = None,
) -> Page:
    """The page of a cleaned text: facts of its front matter, then `title`, then its own lines."""
    if not has_words(text):
        raise ParseError(subject, "no text in it")
    stated = find_statements(text)
    return Page(
        text=text,
        title=facts.title or title or stated.title,
        publisher=facts.publisher or stated.publisher,
        authors=facts.authors or stated.authors,
        published=facts.published or stated.published,
        language=facts.language,
        url=facts.url or stated.url,
        wire=stated.wire,
        notes=(*((note,) if note else ()), *facts.notes),
    )
