"""An HTML file -> its page: the main text by trafilatura, the facts by what the page states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.errors import ParseError
from briefing.readers import plain_text
from briefing.readers.cleaning import clean, has_words
from briefing.readers.decoding import decode
from briefing.readers.flattening import flatten, measure_depth
from briefing.readers.metadata import Metadata, find_metadata
from briefing.readers.page import Page
from briefing.readers.statements import find_statements
from briefing.readers.wire import copy_of

#: Deepest nesting for the tree parser, in elements: at 256 it begins to lose text without a word.
DEPTH = 200
#: A page that gives less text than this, in characters, may be a wall or a shell of scripts.
SHORT = 200

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,60})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([^"'>]{1,60})""",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<[a-zA-Z!][^<]*>")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "table", "row", "code", "fw", "div"))


def parse(content: bytes, subject: str) -> tuple[Page, ...]:
    """The one page of an HTML file.

    Raises ParseError with the length found when hardly any text comes out of it.
    """
    decoded = decode(content, _declared(content))
    markup = _PROLOGUE.sub("", decoded.text).replace("\x00", "")
    notes = [decoded.note] if decoded.note else []
    if not _ELEMENT.search(markup):
        return plain_text.parse(content, subject)  # a text that has the wrong name
    if measure_depth(markup) > DEPTH:
        metadata, text = Metadata(), clean(flatten(markup))
        notes.append(f"nested more than {DEPTH} deep; read without its structure")
    else:
        metadata, text = _read_tree(markup)
    words = len(text.split())
    if not has_words(text) or words < 8 or (len(text) < SHORT and len(markup) > 10 * len(text)):
        found = f"{len(text):,} characters of text in a page of {len(markup):,}"
        raise ParseError(subject, f"no article text found: {found}")
    stated = find_statements(text)
    publisher = metadata.publisher or stated.publisher
    authors = tuple(a for a in metadata.authors or stated.authors if a != publisher)
    return (
        Page(
            text=text,
            title=metadata.title or stated.title,
            publisher=publisher,
            authors=authors,
            published=metadata.published or stated.published,
            language=metadata.language,
            url=metadata.url or stated.url,
            wire=stated.wire or copy_of(metadata.authors),
            notes=tuple(notes),
        ),
    )


def _declared(content: bytes) -> str | None:
    match = _DECLARED.search(content[:4096])
    return (match[1] or match[2]).decode("ascii", errors="replace") if match else None


def _read_tree(markup: str) -> tuple[Metadata, str]:
    """Metadata and main text; the flat text where the tree parser lost most of the page."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(markup)
    except (etree.LxmlError, ValueError):  # nothing but comments, or characters that XML refuses
        return Metadata(), clean(flatten(markup))
    metadata = find_metadata(tree)
    if len(tree.text_content()) < 0.5 * len(flat := flatten(markup)):
        return metadata, clean(flat)
    return metadata, clean("\n\n".join(_main_text(markup)))


def _main_text(markup: str) -> Iterator[str]:
    """Paragraphs, headings, list items and table rows, without comments and menus."""
    from trafilatura import bare_extraction

    # Never with deduplicate: it remembers texts, so that a page comes out differently next time.
    document = bare_extraction(markup, favor_precision=True, include_comments=False)
    body: Any = getattr(document, "body", None)
    return iter(()) if body is None else _blocks(body)


def _blocks(body: Any) -> Iterator[str]:
    from lxml import etree

    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS and parts:
            yield _block(parts)
            parts = []
        elif event == "start" and element.tag == "lb":
            parts.append("\0")
        elif event == "start" and element.tag == "cell" and parts:
            parts.append(" | ")
        words = element.text if event == "start" else element.tail
        # The tail of an element belongs to what stands around it, and so comes after its end.
        if words:
            parts.append(words)
    if parts:
        yield _block(parts)


def _block(parts: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).replace("\0", "\n")
