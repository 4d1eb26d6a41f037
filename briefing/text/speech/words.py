"""Tokens of a paragraph -> a word at a time: its folded form, its name, its part in a phrase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.text.names import Name
from briefing.text.names.lexicon import Lexicon
from briefing.text.names.tokens import Token


class Words:
    """A token sequence in which quotations are folded and names are known."""

    def __init__(
        self,
        sequence: Sequence[Token],
        names: Mapping[int, Name],
        quoted: Sequence[int],
        lexicon: Lexicon,
    ) -> None:
        """`names` are by start offset; `quoted` has the quotation a token stands for, or -1."""
        self.tokens = sequence
        self.lexicon = lexicon
        self.quoted = quoted
        self._starts: dict[int, tuple[int, Name]] = {}
        self._ends: dict[int, tuple[int, Name]] = {}
        self.inside_names: set[int] = set()  #: positions that are part of a name
        self._index_names(names)

    def _index_names(self, names: Mapping[int, Name]) -> None:
        by_end = {token.end: number for number, token in enumerate(self.tokens)}
        for number, token in enumerate(self.tokens):
            name = names.get(token.start)
            if name is not None and name.end in by_end:
                last = by_end[name.end]
                self._starts[number] = (last, name)
                self._ends[last] = (number, name)
                self.inside_names.update(range(number, last + 1))

    def lower(self, position: int) -> str:
        """The folded word at a position; "" outside and for a quotation."""
        if 0 <= position < len(self.tokens) and self.quoted[position] < 0:
            return self.tokens[position].lower
        return ""

    def name_at(self, position: int) -> tuple[int, Name] | None:
        """Last token and name, where a name begins at a position."""
        return self._starts.get(position)

    def is_noun(self, position: int) -> bool:
        """Whether the word may head a phrase of a speaker."""
        word = self.lower(position)
        lexicon = self.lexicon
        return (
            word in lexicon.offices
            or word in lexicon.people
            or word in lexicon.bodies
            or word in lexicon.documents
        )

    def is_filler(self, position: int) -> bool:
        """Whether the word may stand inside a noun phrase before its head."""
        word = self.lower(position)
        if word in {"'", "’"}:
            return self.lower(position - 1).endswith("s")  # "the islanders’ lawyer"
        if not word or not (word[0].isalnum() or word in {"'s", "-"}):
            return False
        lexicon = self.lexicon
        if self.tokens[position].is_capital:
            return word not in lexicon.days and (
                word not in lexicon.function_words or self.tokens[position].text.isupper()
            )
        if word in {"'s", "and", "&"}:
            return word == "'s"
        return word not in lexicon.function_words and (
            word not in lexicon.verbs or word in lexicon.bodies or word in lexicon.documents
        )
