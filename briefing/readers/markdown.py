"""A Markdown file -> its page: paragraphs and headings as plain text, each on a line of its own.

Links keep their words; pictures with their captions, code in a named language and HTML tags are
dropped; the row of a table is a line with " | " between cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.readers.cleaning import clean
from briefing.readers.decoding import decode
from briefing.readers.flattening import flatten
from briefing.readers.front_matter import split_front_matter
from briefing.readers.page import Page
from briefing.readers.plain_text import page_of

#: Deepest nesting that is parsed; the parser drops what lies deeper.
NESTING = 60
#: Longest caption of a picture, in words.
CAPTION = 70

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,30}\](?::\s)?")
_MARKS = re.compile(r"^[ \t]*(?:[>#*+-][>#*+ \t-]*|\d{1,9}[.)][ \t]+)", re.MULTILINE)


def parse(content: bytes, subject: str) -> tuple[Page, ...]:
    """The one page of a Markdown text; raises ParseError when there is nothing to read in it."""
    decoded = decode(content)
    facts = split_front_matter(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    tokens = _parsed(facts.body)
    if tokens is None:
        text = clean(_MARKS.sub("", facts.body))
        return (
            page_of(
                text, facts, subject, note="nested too deeply for Markdown; read as plain text"
            ),
        )
    text = clean("\n\n".join(_paragraphs(tokens)))
    return (page_of(text, facts, subject, note=decoded.note, title=_title(tokens)),)


def _parsed(body: str) -> Sequence[Token] | None:
    """The tokens; None when the text is nested more deeply than the parser goes."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
    # Only the words of a link are used; one that is refused would stay as it was typed.
    vars(parser)["validateLink"] = lambda _: True
    tokens = parser.parse(body)
    return None if any(token.level >= NESTING - 1 for token in tokens) else tokens


def _title(tokens: Sequence[Token]) -> str | None:
    """The heading that opens the text."""
    if len(tokens) < 2 or tokens[0].type != "heading_open" or tokens[0].tag not in ("h1", "h2"):
        return None
    return clean(_inline(tokens[1])).replace("\n", " ") or None


def _paragraphs(tokens: Sequence[Token]) -> Iterator[str]:
    row: list[str] = []
    is_under_picture = False
    for token in tokens:
        if token.type in ("td_open", "th_open"):
            row.append("")
        elif token.type == "tr_close":
            yield " | ".join(cell for cell in row if cell)
            row = []
        elif token.type == "inline" and row:
            row[-1] = _inline(token)
        elif token.type == "inline":
            is_caption = _opens_with_picture(token) or (is_under_picture and _is_emphasis(token))
            if not is_caption:
                yield _inline(token)
            is_under_picture = _opens_with_picture(token)
        elif token.type == "code_block" or (token.type == "fence" and not token.info.strip()):
            # Text that was indented or set apart, far more often than code.
            yield token.content
        elif token.type == "html_block":
            yield flatten(token.content)


def _opens_with_picture(token: Token) -> bool:
    """Whether a paragraph is a picture, with its caption where words follow."""
    children = token.children or ()
    opening = next((child.type for child in children if child.type != "link_open"), "")
    return opening == "image" and len(token.content.split()) <= CAPTION


def _is_emphasis(token: Token) -> bool:
    """Whether a whole paragraph is emphasised, as captions under pictures are."""
    kinds = [child.type for child in token.children or ()]
    is_whole = kinds[:1] == ["em_open"] and kinds[-1:] == ["em_close"]
    return is_whole and len(token.content.split()) <= CAPTION


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and child.content.startswith("<br")
        ):
            parts.append("\n")
    return _FOOTNOTE.sub("", "".join(parts))
