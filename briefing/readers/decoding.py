"""Bytes -> text, by what the file says about itself, never by a statistical guess.

The order is fixed: byte order mark, declared encoding, strict UTF-8, the sign of UTF-16 without a
mark, Windows-1252. Guessers are wrong too often on texts as short as an article.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that Python knows and no page is written in: as a label, a mistake or a trick.
_NOT_FOR_PAGES = frozenset(
    (
        "utf-7",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
    )
)
# What the web means by these names.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what had to be guessed to get it."""

    text: str
    note: str | None = None  #: None when the encoding is certain


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of `content`; `declared` is the encoding that the content itself names, if any.

    Never fails: bytes that fit nothing become U+FFFD, and the note says so.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Decoded(content[len(mark) :].decode(name, errors="replace"))
    guess = _without_declaration(content)
    if not declared:
        return guess
    codec = _codec(declared)
    text = _strictly(content, codec) if codec else None
    # Text in another encoding is hardly ever valid UTF-8 by accident: then the label is stale.
    is_stale = guess.note is None and codec != "utf-8" and not content.isascii()
    if text is not None and not is_stale:
        return Decoded(text)
    fault = "wrong" if codec else "unknown"
    outcome = guess.note or "read as UTF-8"
    return Decoded(guess.text, f"declared encoding {declared[:40]!a} is {fault}; {outcome}")


def _without_declaration(content: bytes) -> Decoded:
    unmarked = _sign_of_utf16(content)
    if unmarked and (text := _strictly(content, unmarked)) is not None:
        return Decoded(text, "encoding guessed: UTF-16 without a byte order mark")
    if (text := _strictly(content, "utf-8")) is not None:
        return Decoded(text)
    return Decoded(content.decode("cp1252", errors="replace"), "encoding guessed: Windows-1252")


def _codec(declared: str) -> str | None:
    """The codec meant by a label; None when it names none that a page may be written in."""
    try:
        name = codecs.lookup(declared.strip()).name
        b"a".decode(name)
    except (LookupError, ValueError):  # ValueError covers NUL in the label and UnicodeError
        return None
    # A label that can be read as ASCII is not written in UTF-16.
    name = "utf-8" if name.startswith(("utf-16", "utf-32")) else name
    return None if name in _NOT_FOR_PAGES else _MEANT.get(name, name)


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (LookupError, ValueError):
        return None


def _sign_of_utf16(content: bytes) -> str | None:
    """NULs in every other place, as ASCII letters, spaces and line ends have them in UTF-16."""
    sample = content[: 8192 - len(content[:8192]) % 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.05 * len(sample) and even <= 0.01 * odd:
        return "utf-16-le"
    if even > 0.05 * len(sample) and odd <= 0.01 * even:
        return "utf-16-be"
    return None
