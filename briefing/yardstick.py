"""Notes of the desk -> where their words of likelihood or confidence leave the yardstick chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.config import PlacedNote, Yardstick
from briefing.errors import Mistake
from briefing.text.tables import load_table

Kind = Literal["likelihood", "confidence"]
KINDS: tuple[Kind, ...] = ("likelihood", "confidence")

_SENTENCE_END = re.compile(r"(?<=[.!?;])[”\"’)\]]*\s+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase by which something is measured."""

    kind: Kind
    yardsticks: frozenset[str]  #: that have it; empty for one that neither has


def check_notes(notes: Iterable[PlacedNote]) -> tuple[Mistake, ...]:
    """One for each word that a note's yardstick lacks, and each sentence that mixes both kinds."""
    return tuple(
        Mistake(note.path, note.line, note.column, note.key, message)
        for note in notes
        for message in check_note(note.text, note.yardstick)
    )


def check_note(text: str, yardstick: Yardstick | None) -> Iterator[str]:
    """What is wrong with the words of one note; without a yardstick only that kinds are mixed."""
    for sentence in _SENTENCE_END.split(text):
        found = list(dict.fromkeys(_find(sentence)))
        first = {kind: next((w for w, term in found if term.kind == kind), "") for kind in KINDS}
        if all(first.values()):
            yield (
                f"likelihood ('{first['likelihood']}') and confidence ('{first['confidence']}') "
                "in one sentence; make two sentences of it"
            )
        for words, term in found:
            if yardstick is not None and yardstick not in term.yardsticks:
                table = load_table("yardsticks")[yardstick]
                known = ", ".join(table[term.kind])
                yield f"'{words}' is no word of {table['name']} for {term.kind}; it has: {known}"


def _find(sentence: str) -> Iterator[tuple[str, Term]]:
    """The terms of a sentence in order, the longest at each place."""
    terms, pattern = _terms()
    for match in pattern.finditer(sentence.casefold()):
        words = " ".join(match[0].split())
        yield words, terms[words]


@cache
def _terms() -> tuple[dict[str, Term], re.Pattern[str]]:
    terms: dict[str, Term] = {}
    for name, table in load_table("yardsticks").items():
        for kind in KINDS:
            for words in table[kind]:
                known = terms[words].yardsticks if words in terms else frozenset[str]()
                terms[words] = Term(kind, known if name == "loose" else known | {name})
    longest_first = sorted(terms, key=len, reverse=True)
    ways = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in longest_first)
    return terms, re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])")
