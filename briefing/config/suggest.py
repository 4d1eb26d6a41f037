"""A word that is not known -> the known word that was probably meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

_SHOWN = 60  #: characters of a user's word that a message repeats


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that is spelt most like `word`, or None when none is near.

    Case and hyphens do not count, and an abbreviation finds its word: "md" finds "markdown".
    """
    plain = {_plain(each): each for each in sorted(known)}
    wanted = _plain(word)
    if not wanted:
        return None
    close = get_close_matches(wanted, plain, n=1, cutoff=0.6)
    if close:
        return plain[close[0]]
    shortened = [each for each in plain if _abbreviates(wanted, each)]
    return plain[min(shortened, key=len)] if shortened else None


def no_such(word: str, known: Collection[str]) -> str:
    """The message for a word that is not known: what was meant, and what exists."""
    return f"no '{clip(word)}'; {did_you_mean(word, known)}known: {', '.join(known)}"


def did_you_mean(word: str, known: Collection[str]) -> str:
    """`did you mean 'x'? `, or nothing when no known word is near."""
    meant = nearest(word, known)
    return f"did you mean '{meant}'? " if meant else ""


def clip(word: str) -> str:
    """`word`, short enough for one line of a message."""
    return word if len(word) <= _SHOWN else word[: _SHOWN - 1] + "…"


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _abbreviates(short: str, word: str) -> bool:
    letters = iter(word)
    return len(short) > 1 and short[0] == word[:1] and all(letter in letters for letter in short)
