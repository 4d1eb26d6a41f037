"""Tokens of a paragraph -> a word at a time: its folded form, its name, its part in a phrase."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from briefing.text.names import Name
from briefing.text.names.lexicon import Lexicon
from briefing.text.names.tokens import Token


class _Lowers(dict[int, str]):
    """Words by position, asked for hundreds of times a sentence; "" where there is none."""

    def __missing__(self, position: int) -> str:
        return ""


class Words:
    """A token sequence in which quotations are folded and names are known."""

    def __init__(
        self,
        sequence: Sequence[Token],
        names: Sequence[Name],
        quoted: Sequence[int],
        lexicon: Lexicon,
    ) -> None:
        """`names` are those of the tokens; `quoted` has the quotation a token is, or -1."""
        self.tokens = sequence
        self.lexicon = lexicon
        self.quoted = quoted
        #: The folded word at every position, "" for a quotation.
        self.lowers = [
            token.lower if number < 0 else ""
            for token, number in zip(sequence, quoted, strict=True)
        ]
        #: The folded word at a position; "" outside and for a quotation.
        self.lower = _Lowers(enumerate(self.lowers)).__getitem__
        self._starts: dict[int, tuple[int, Name]] = {}
        self._ends: dict[int, tuple[int, Name]] = {}
        self.inside_names: set[int] = set()  #: positions that are part of a name
        self._index_names(names)

    def _index_names(self, names: Sequence[Name]) -> None:
        count = len(self.tokens)
        first = 0
        for name in names:
            first = bisect_left(self.tokens, (name.start,), first)
            if first == count:
                return
            if self.tokens[first].start != name.start:
                continue  # inside a quotation
            last = first
            while last < count and self.tokens[last].end < name.end:
                last += 1
            if last < count and self.tokens[last].end == name.end:
                self._starts[first] = (last, name)
                self._ends[last] = (first, name)
                self.inside_names.update(range(first, last + 1))

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
