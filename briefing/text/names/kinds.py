"""A name between its neighbours -> what it names: a person, a body, a place or something else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from briefing.text.names.lexicon import Lexicon
from briefing.text.names.places import load_places
from briefing.text.names.places import phrase_key as key
from briefing.text.names.tokens import Token
from briefing.text.tables import load_table
from briefing.text.words import stem

NameKind = Literal["person", "body", "place", "other"]
Span = tuple[int, int]

#: Offices that a body may hold: "Roe & Doe, the owner of the mill".
_HELD_BY_BODIES = frozenset(
    "owner leader partner sponsor dealer guide champion model member builder chair host baron "
    "guard planner grower brewer distiller keeper broker trader insurer publisher producer "
    "reviewer auditor regulator operator developer author".split()
)


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    rows = load_table("background")["stems_by_count"]
    return frozenset(word for row in rows.values() for word in row.split())


@lru_cache(maxsize=32_768)
def is_common(lower: str) -> bool:
    """Whether a word is found in running English text in lower case."""
    return stem(lower, "en") in _common_stems()


class Kinds:
    """The kinds of names in one token sequence, told from their words and what stands beside."""

    def __init__(self, sequence: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens = sequence
        self._lexicon = lexicon

    def _lower_at(self, position: int) -> str:
        return self._tokens[position].lower if 0 <= position < len(self._tokens) else ""

    def surnames(self, spans: Sequence[Span]) -> frozenset[str]:
        """Last words of the names that are persons', by their own words or by a title."""
        return frozenset(
            self._tokens[last].lower
            for first, last in spans
            if self._is_person(first, last)
            or (last > first and self.kind(first, last, frozenset()) == "person")
        )

    def _is_person(self, first: int, last: int) -> bool:
        sequence = self._tokens
        if first and self._is_title_before(first):
            return True
        if last == first:
            return False
        return sequence[first].lower in self._lexicon.given_names or self._is_apposed(first, last)

    def _is_apposed(self, first: int, last: int) -> bool:
        """Whether an office stands beside: "lawyer, Mads Lie," and "Mads Lie, a lawyer"."""
        offices = self._lexicon.offices
        if self._lower_at(first - 1) == "," and first > 1 and self._lower_at(first - 2) in offices:
            return True
        if self._lower_at(last + 1) != ",":
            return False
        opening = self._lower_at(last + 2)
        if opening.isdigit() and len(opening) < 4:  # an age
            return self._lower_at(last + 3) == "," and 6 < int(opening) < 115
        is_body_too = opening not in {"a", "an"}
        is_opened = opening in self._lexicon.modifiers or opening in offices
        if is_body_too and opening != "the" and not is_opened:
            return False
        for position in range(last + 2, last + 8):
            word = self._lower_at(position)
            if word in offices and not (is_body_too and word in _HELD_BY_BODIES):
                return True
            if word in {"", ",", ".", "of", "that", "which"}:
                return False
        return False

    def _is_title_before(self, first: int) -> bool:
        sequence = self._tokens
        before = sequence[first - 1]
        if sequence[first].start - before.end > 1 or not before.text[0].isalpha():
            return False
        return (before.is_capital and before.lower in self._lexicon.titles) or (
            before.lower in self._lexicon.offices
        )

    def kind(self, first: int, last: int, persons: frozenset[str]) -> NameKind:
        """What a name names, as far as its words and neighbours tell."""
        places = load_places()
        sequence = self._tokens
        words = " ".join(token.text for token in sequence[first : last + 1])
        folded = key(words)
        if folded in places.bodies:
            return "body"
        if folded in places.demonyms:
            return "other"
        if folded in places.places:
            return "place"
        tail = sequence[last].lower
        if last > first and tail in self._lexicon.body_heads:
            return "body"
        if self._is_person(first, last):
            return "person"
        if last > first and tail in self._lexicon.place_heads:
            return "place"
        if any(
            token.lower in self._lexicon.body_heads or token.text in {"of", "for", "&"}
            for token in sequence[first:last]
        ):
            return "body"
        if first == last:
            if tail in persons:
                return "person"
            if sequence[last].text.isupper() and len(tail) > 1:
                return "body"
            return self._single_kind(first)
        if last - first > 3 or any(
            is_common(token.lower) for token in sequence[first : last + 1] if token.is_capital
        ):
            return "other"
        return "person"

    def _single_kind(self, position: int) -> NameKind:
        """A name of one word that no other name explains, from the words around it."""
        sequence = self._tokens
        before = sequence[position - 1].lower if position else ""
        after = sequence[position + 1].lower if position + 1 < len(sequence) else ""
        if after in self._lexicon.verbs and self._lexicon.verbs[after].kind == "clause":
            return "person"
        if before in {"in", "near", "to", "from", "at", "outside"}:
            return "place"
        return "other"
