"""A pattern over classes of words -> a regular expression over codes, one letter a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The code of a word that no rule knows; all other codes are letters of a private alphabet.
UNKNOWN = "."
_FIRST_CODE = 0xE000

_ELEMENT = re.compile(r"(\(\?[:=!<]+)|([A-Z_]+)|([^\W\d_][\w'’]*)|([,.\-–—])|(\s+)|([()|?*+])|(.)")
_OPENING = re.compile(r"\(\?(?::|<?[=!])")


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A pattern over codes, and the resolver of what it finds."""

    name: str
    pattern: re.Pattern[str]
    needed: frozenset[str]  #: codes of which every match holds one; most texts hold none of most


class Codes:
    """A letter for each set of classes that some word has, and the letters of a class."""

    def __init__(self) -> None:
        self._letters: dict[frozenset[str], str] = {}

    def of(self, classes: frozenset[str]) -> str:
        """The letter of a set of classes."""
        return self._letters.setdefault(classes, chr(_FIRST_CODE + len(self._letters)))

    def having(self, name: str) -> str:
        """The letters of all sets with a class."""
        return "".join(c for classes, c in self._letters.items() if name in classes)

    def only(self, names: set[str]) -> str:
        """The letters of all sets with no other class."""
        return "".join(c for classes, c in self._letters.items() if classes <= names)


def literals(source: str, shorthand: Mapping[str, str]) -> Iterable[str]:
    """The words that a pattern names as they are."""
    for match in _ELEMENT.finditer(source):
        if match[2] in shorthand:
            yield from literals(shorthand[match[2]], shorthand)
        elif match[3]:
            yield match[3]


def needed(pattern: str, filling: str) -> frozenset[str]:
    """Of what every match of a pattern must hold, the codes of the rarest; empty when nothing is.

    Look-around and what may be left out need not be there, and a choice has all that its branches
    need. Filling is in every text.
    """

    def rarest(found: list[frozenset[str]]) -> frozenset[str]:
        return min(found, key=lambda codes: (not codes.isdisjoint(filling), len(codes)))

    def read(start: int) -> tuple[list[frozenset[str]], int]:
        """What is needed up to the next closing bracket, and where that stands."""
        branches: list[list[frozenset[str]]] = [[]]
        position = start
        while position < len(pattern) and pattern[position] != ")":
            if pattern[position] == "|":
                branches.append([])
                position += 1
                continue
            if opening := _OPENING.match(pattern, position):
                found, end = read(opening.end())
                found = found if opening[0] == "(?:" else []
            else:
                end = pattern.index("]", position)
                found = [frozenset(pattern[position + 1 : end])]
            position = end + 1
            if pattern[position : position + 1] in ("?", "*"):
                found = []
                position += 1
            branches[-1].extend(found)
        if len(branches) == 1:
            return branches[0], position
        every = [rarest(branch) for branch in branches if branch]
        return ([frozenset().union(*every)] if len(every) == len(branches) else []), position

    found, _ = read(0)
    return rarest(found) if found else frozenset()


def to_expression(source: str, shorthand: Mapping[str, str], codes: Codes) -> str:
    """A pattern over class names and words -> a regular expression over codes."""
    out: list[str] = []
    for match in _ELEMENT.finditer(source):
        if match[2] in shorthand:
            out.append(f"(?:{to_expression(shorthand[match[2]], shorthand, codes)})")
        elif name := match[2] or match[3] or match[4]:
            letters = codes.having(name) if name != "UNKNOWN" else UNKNOWN
            if not letters:
                raise KeyError(f"time_words: no words for {name} in {source!r}")
            out.append(f"[{letters}]")
        elif match[6] == "(":
            out.append("(?:")
        elif mark := match[1] or match[6]:
            out.append(mark)
        elif match[7]:
            raise KeyError(f"time_words: {match[7]!r} in {source!r}")
    return "".join(out)
