"""Tokens of a paragraph -> a word at a time: its folded form, its name, its part in a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
        #: The folded word at every position, "" for a quotation.
        self.lowers = [
            token.lower if number < 0 else ""
            for token, number in zip(sequence, quoted, strict=True)
        ]
        self._starts: dict[int, tuple[int, Name]] = {}
        self._ends: dict[int, tuple[int, Name]] = {}
        self.inside_names: set[int] = set()  #: positions that are part of a name
        self._index_names(names)

    def _index_names(self, names: Mapping[int, Name]) -> None:
        count = len(self.tokens)
        for first, token in enumerate(self.tokens):
            name = names.get(token.start)
            if name is None:
                continue
            last = first
            while last < count and self.tokens[last].end < name.end:
                last += 1
            if last < count and self.tokens[last].end == name.end:
                self._starts[first] = (last, name)
                self._ends[last] = (first, name)
                self.inside_names.update(range(first, last + 1))

    def lower(self, position: int) -> str:
        """The folded word at a position; "" outside and for a quotation."""
        return self.lowers[position] if 0 <= position < len(self.lowers) else ""

    def name_at(self, position: int) -> tuple[int, Name] | None:
        """Last token and name, where a name begins at a position."""
        return self._starts.get(position)

    def names(self) -> Iterable[tuple[int, tuple[int, Name]]]:
        """Every name in order: first token, then last token and name."""
        return self._starts.items()

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
