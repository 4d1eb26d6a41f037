"""A text -> its tokens: words, abbreviations, possessive endings and marks, with offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., D.C.
    r"|[^\W_]+(?:[.,]\d+)*(?:(?:[-‐‑&/]|['’](?!s\b))[^\W_]+)*"
    r"|['’]s\b"
    r"|\n|[^\w\s]|_"
)
#: Abbreviations that a full stop behind them belongs to.
_ABBREVIATED = frozenset(
    "Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Gen Lt Col Maj Capt Sgt Adm Brig Cmdr Cpl Det "
    "Insp Supt Spc Pvt Pfc Rev Hon Msgr St Jr Sr No Inc Corp Ltd Co Jan Feb Mar Apr Aug Sept "
    "Sep Oct Nov Dec vs Pa Va Fla Ill Mass Calif Conn Wis Minn Mich Ariz Tenn Ky Ga Ala Miss "
    "Okla Ore Wash Del Md Ind Neb Nev Colo Ark Mo La".split()
)


class Token(NamedTuple):
    """A word, an abbreviation, a possessive ending or one mark."""

    start: int
    end: int
    text: str
    lower: str  #: in lower case, without final dots, with plain apostrophes
    is_capital: bool


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`."""
    found = []
    stop = len(text) if end is None else end
    dot = -1  # a full stop that an abbreviation took
    for match in _TOKEN.finditer(text, start, stop):
        word = match[0]
        lower = word.lower()
        first, last = match.span()
        if lower.isalpha():
            if text.startswith(".", last) and _takes_dot(text, word, last):
                dot = last
                last += 1
                word += "."
        elif first == dot:
            continue
        elif last - first > 1:
            lower = lower.replace("’", "'").rstrip(".")
        # Token(…) itself would take twice as long, and there is one for each word of an article.
        found.append(tuple.__new__(Token, (first, last, word, lower, word[0].isupper())))
    return found


def _takes_dot(text: str, word: str, dot: int) -> bool:
    """Whether the full stop behind a word belongs to it: "Sen.", and "F." in "John F. Kennedy"."""
    if word in _ABBREVIATED:
        return not text[dot + 1 : dot + 2].isalnum()
    return len(word) == 1 and word.isupper() and text[dot + 2 : dot + 3].isupper()
