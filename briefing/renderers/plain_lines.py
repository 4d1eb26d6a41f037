"""Text -> lines of a terminal: white space as one space, wrapped by the columns it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

WIDTH = 78  #: columns; what a mail program and an 80-column terminal show without wrapping again
WIDE = frozenset("WF")  #: East Asian widths that take two columns (Unicode Standard Annex 11)
#: What never begins a line, and what never ends one, in text without spaces.
CLOSING = frozenset("、。，．・：；？！）」』】》〉〕］｝”’ー々")
OPENING = frozenset("（「『【《〈〔［｛“‘")
#: A citation at the end, with the space before it; of a long one, its first number.
CITATION = re.compile(r" \[\d[\d, ]{,24}\]$| \[(?=[\d, ]+\]$)")
KEPT = "\x1f"  #: a space at which no line ends; no text that was read holds this character


def flat(text: str) -> str:
    """`text` with each run of white space as one space; no-break spaces stay."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text)


def fill(text: str, first: str = "", then: str | None = None, width: int = WIDTH) -> str:
    """`text` in lines of at most `width` columns, the first behind `first`, the rest `then`.

    `then` is by default as wide as `first`. A citation at the end keeps to the word before it.
    A word without a place to break, such as an address, stays whole on a line of its own.
    """
    then = " " * columns(first) if then is None else then
    glued = CITATION.sub(lambda found: found[0].replace(" ", KEPT), flat(text).strip(" "))
    lines = [""]
    for piece in unbreakable(glued):
        room = width - columns(then if len(lines) > 1 else first)
        if lines[-1] and columns(lines[-1] + piece.rstrip(" ")) > room:
            lines.append("")
        lines[-1] += piece
    indents = [first, *[then] * (len(lines) - 1)]
    filled = (f"{indent}{line.rstrip(' ')}" for indent, line in zip(indents, lines, strict=True))
    return "\n".join(filled).replace(KEPT, " ")


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(columns_of(character) for character in text)


def columns_of(character: str) -> int:
    """2 for a wide character, 0 for a mark upon the one before it, else 1."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def unbreakable(text: str) -> Iterator[str]:
    """The pieces of `text` between places where a line may end, spaces at their ends."""
    for word in re.findall(r"[^ ]+ *", text):
        piece = ""
        for is_wide, run in groupby(word, lambda c: unicodedata.east_asian_width(c) in WIDE):
            if not is_wide:
                letters = "".join(run)
                if piece and piece[-1] not in OPENING and letters[0] not in CLOSING | {" "}:
                    yield piece
                    piece = ""
                piece += letters
                continue
            for character in run:
                if piece and character not in CLOSING and piece[-1] not in OPENING:
                    yield piece
                    piece = ""
                piece += character
        yield piece
