"""Tokens of a sentence -> the phrases in it that can name a speaker, with the role beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.text.names import Name, Token
from briefing.text.names_lexicon import Lexicon

SourceKind = Literal["person", "body", "unnamed", "pronoun", "document", "unknown"]

_OBJECTS = frozenset({"him", "her", "them", "me", "us"})
#: Determiners that stand for people by themselves.
_ALONE = frozenset("some many others another both most several one".split())
#: An appositive or the tail of a noun phrase is no longer than this, in tokens.
LONGEST = 30
_STOPS = frozenset(".;:!?—–\n")


@dataclass(frozen=True, slots=True)
class Source:
    """Who is named as the speaker, as it stands in the text; indices of tokens, last included."""

    first: int
    last: int
    kind: SourceKind
    name: tuple[int, int] | None = None  #: tokens of the name inside
    role: tuple[int, int] | None = None  #: tokens of the role stated beside the name
    behind: int = -1  #: last token of name, role and all that belongs to it


class Phrases:
    """Noun phrases of a token sequence, found from their end or from their beginning."""

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

    # -- single words ------------------------------------------------------------------------

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

    def _is_filler(self, position: int) -> bool:
        """Whether the word may stand inside a noun phrase before its head."""
        word = self.lower(position)
        if not word or not (word[0].isalnum() or word in {"'s", "’s", "-"}):
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

    # -- from the end --------------------------------------------------------------------------

    def ending_at(self, last: int, *, floor: int = 0, depth: int = 0) -> Source | None:
        """The phrase whose last token is `last`, not reaching before `floor`."""
        word = self.lower(last)
        if last < floor or not word or depth > 3:
            return None
        gender = self.lexicon.pronouns.get(word)
        if gender == "r":
            before = last - 2 if self.lower(last - 1) == "," else last - 1
            return self.ending_at(before, floor=floor, depth=depth + 1)
        if gender is not None and word not in _OBJECTS:
            return Source(last, last, "pronoun", behind=last)
        if word in _ALONE and self._opens_clause(last, floor):
            return Source(last, last, "unnamed", behind=last)
        named = self._ends.get(last)
        if named is not None and named[0] >= floor:
            return self._named_ending(named[0], last, named[1], floor, depth)
        if self.is_noun(last):
            return self._noun_ending(last, floor, depth)
        return self._described_ending(last, floor) or self._head_by_words(last, last, floor)

    def _named_ending(
        self, first: int, last: int, name: Name, floor: int, depth: int
    ) -> Source | None:
        start = self._prenominal_start(first, floor)
        role = self._role_between(start, first - 1)
        if role is None:
            start = first if not self._is_title(first - 1) else start
        begins = role[0] if role else start
        if role is None and begins > floor and (described := self._described_start(begins, floor)):
            begins, role = described, (described, begins - 1)  # "screenwriter Roe wrote"
        if self.lower(begins - 1) in self.lexicon.determiners and begins > floor:
            begins -= 1
        if self.lower(begins - 1) in {"and", "or"} and begins - 2 >= floor:
            pair = self._ends.get(begins - 2)
            if pair is not None and pair[1].kind == name.kind:
                is_both = self.lower(pair[0] - 1) == "both"
                if is_both or self._opens_clause(pair[0], floor):
                    return Source(pair[0], last, _kind(name), name=(pair[0], last), behind=last)
            if self.is_noun(begins - 2):
                joined = self.ending_at(begins - 2, floor=floor, depth=depth + 1)
                if joined is not None and self._opens_clause(joined.first, floor):
                    return Source(joined.first, last, "unnamed", behind=last)
        carried = self._head_before(begins, last, floor, depth)
        if carried is not None:
            return carried
        return Source(begins, last, _kind(name), name=(first, last), role=role, behind=last)

    def _described_start(self, first: int, floor: int) -> int | None:
        """Where one or two nouns that no table knows begin, when they alone stand before a name."""
        for start in (first - 1, first - 2):
            if start < floor or not self._is_filler(start) or self.tokens[start].is_capital:
                return None
            if self.lower(start).endswith(("ly", "ing", "ed", "'s")):
                return None
            if start == floor or not self.lower(start - 1)[:1].isalnum():
                return start
        return None

    def _noun_ending(self, last: int, floor: int, depth: int) -> Source | None:
        start = last
        while start > floor and self._is_filler(start - 1):
            start -= 1
            if last - start > 12:
                return None
        if start > floor and self.lower(start - 1) in self.lexicon.determiners:
            start = self._share_start(start - 1, floor)
        elif self._only_fits_with_determiner(start, last):
            return None
        if self.lower(start - 1) in {"and", "or"} and start - 2 >= floor:
            joined = self.ending_at(start - 2, floor=floor, depth=depth + 1)
            if joined is not None and joined.kind != "pronoun":
                return Source(joined.first, last, "unnamed", behind=last)
        carried = self._head_before(start, last, floor, depth)
        if carried is not None:
            return carried
        return Source(start, last, self._noun_kind(last), behind=last)

    def _share_start(self, determiner: int, floor: int) -> int:
        """The start of "one of those advisers", given that of "those"."""
        share = determiner - 2
        if (
            share >= floor
            and self.lower(share + 1) == "of"
            and self.lower(share) in self.lexicon.determiners
        ):
            return share
        return determiner

    def _only_fits_with_determiner(self, start: int, last: int) -> bool:
        """Whether a bare phrase is no subject: one office noun alone is more often a verb or name."""
        if start < last:
            return False
        word = self.lower(last)
        return word not in self.lexicon.people and not self.tokens[last].is_capital

    def _described_ending(self, last: int, floor: int) -> Source | None:
        """ "the billionaire", "the 70-year-old": a definite noun that no table knows."""
        word = self.lower(last)
        if not word[:1].isalnum() or word in self.lexicon.function_words:
            return None
        for start in range(last, max(floor, last - 5) - 1, -1):
            if self.lower(start) in self.lexicon.determiners:
                is_fit = start < last and self._opens_clause(start, floor)
                return Source(start, last, "unknown", behind=last) if is_fit else None
            if not self._is_filler(start):
                return None
            if start == floor and start < last and word.endswith("s"):
                return Source(start, last, "unnamed", behind=last)  # "Corporate buyers say"
        return None

    def _head_before(self, first: int, last: int, floor: int, depth: int) -> Source | None:
        """The head that the phrase from `first` is attached to: "a spokesman for | the ministry"."""
        before = self.lower(first - 1)
        head = first - 2
        if before not in self.lexicon.prepositions or head < floor:
            return self._head_by_words(first, last, floor)
        named = self._ends.get(head)
        if named is not None and named[0] >= floor:
            if before not in {"of", "from", "at", "with", "for"} or named[1].kind == "place":
                return None
            found = self.ending_at(head, floor=floor, depth=depth + 1)
            if found is None:
                return None
            role = found.role or (first, last)
            return Source(found.first, found.last, found.kind, found.name, role, last)
        if self.is_noun(head):
            found = self.ending_at(head, floor=floor, depth=depth + 1)
            if found is not None and found.kind not in {"pronoun", "unknown"}:
                return Source(found.first, last, found.kind, found.name, found.role, last)
        if before in {"in", "for", "of"} and (found := self._described_ending(head, floor)):
            return Source(found.first, last, found.kind, behind=last)
        return self._head_by_words(first, last, floor)

    def _head_by_words(self, first: int, last: int, floor: int) -> Source | None:
        """ "people familiar with the matter", "an official who asked not to be named"."""
        for head in range(first - 1, max(floor, first - 14) - 1, -1):
            word = self.lower(head)
            if word in {"", ",", "that", "but"} or word in _STOPS:
                return None
            is_head = word in self.lexicon.people or word in self.lexicon.offices
            if is_head and self.lower(head + 1) in self.lexicon.attaching:
                start = head
                while start > floor and self._is_filler(start - 1):
                    start -= 1
                if start > floor and self.lower(start - 1) in self.lexicon.determiners:
                    start -= 1
                return Source(start, last, "unnamed", behind=last)
        return None

    # -- from the beginning ----------------------------------------------------------------------

    def starting_at(self, first: int, *, ceiling: int | None = None) -> Source | None:
        """The phrase whose first token is `first`, with the appositive behind it."""
        ceiling = len(self.tokens) if ceiling is None else ceiling
        if first >= ceiling:
            return None
        gender = self.lexicon.pronouns.get(self.lower(first))
        if gender is not None and gender != "r":
            return Source(first, first, "pronoun", behind=first)
        position = first
        if self.lower(position) in self.lexicon.determiners:
            position += 1
            if self.lower(position) == "of":
                position += 1 + (self.lower(position + 1) in self.lexicon.determiners)
            elif self.lower(first) in _ALONE and not self._is_filler(position):
                return Source(first, first, "unnamed", behind=first)
        head = name = None
        while position < ceiling:
            named = self._starts.get(position)
            if named is not None and named[0] < ceiling:
                head, name = named[0], (position, named[0], named[1])
                position = named[0] + 1
                continue
            if self.is_noun(position):
                head, name = position, None
            elif not self._is_filler(position) or position - first > 9:
                break
            elif head is not None and not self._goes_on(position):
                break
            position += 1
        if head is None:
            return self._described_starting(first, position)
        if name is None:
            return self._noun_starting(first, head, ceiling)
        start = self._prenominal_start(name[0], first)
        role = self._role_between(max(start, first), name[0] - 1)
        return self._with_appositive(first, name, role, ceiling)

    def _goes_on(self, position: int) -> bool:
        """Whether a word behind a head can still belong to its phrase: "Russia's biggest bank"."""
        return self._is_role_word(position) or "'s" in (
            self.lower(position - 1),
            self.lower(position - 2),
        )

    def _described_starting(self, first: int, position: int) -> Source | None:
        if position - first > 1 and self.lower(first) in self.lexicon.determiners:
            return Source(first, position - 1, "unknown", behind=position - 1)
        return None

    def _noun_starting(self, first: int, head: int, ceiling: int) -> Source | None:
        if self.lower(head + 1) == ",":
            # "the security council's spokesperson, Adrienne Watson, …"
            named = self._starts.get(head + 2)
            if (
                named is not None
                and _kind(named[1]) in {"person", "unknown"}
                and named[0] > head + 2
            ):
                role = self._role_between(first, head)
                return Source(first, named[0], "person", (head + 2, named[0]), role, named[0])
        last = self._tail_end(head, ceiling)
        return Source(first, last, self._noun_kind(head), behind=last)

    def _tail_end(self, head: int, ceiling: int) -> int:
        """The last token of what is attached to a noun: "for the ministry", "and analysts"."""
        last = head
        while last + 1 < ceiling and last - head < 16:
            word = self.lower(last + 1)
            if word not in {
                "for",
                "of",
                "at",
                "from",
                "with",
                "in",
                "and",
                "to",
                "familiar",
                "close",
                "on",
            }:
                break
            following = last + 2
            if self.lower(following) in {"with", "to"}:
                following += 1
            end = self._plain_end(following, ceiling)
            if end is None:
                break
            last = end
        return last

    def _plain_end(self, first: int, ceiling: int) -> int | None:
        """The last token of the noun phrase at `first`, whatever its head."""
        position = first
        if self.lower(position) in self.lexicon.determiners:
            position += 1
            if self.lower(position) == "of":
                position += 1 + (self.lower(position + 1) in self.lexicon.determiners)
        start = position
        while position < ceiling and self._is_filler(position) and position - start < 8:
            position += 1
        return position - 1 if position > start else None

    def _with_appositive(
        self, first: int, name: tuple[int, int, Name], role: tuple[int, int] | None, ceiling: int
    ) -> Source:
        begin, last, named = name
        behind = last
        after = self.role_after(last, ceiling)
        if after is not None:
            behind = after[1]
            role = after if role is None or self._is_weak(role) else role
        if self.lower(last + 1) == "and" and (pair := self._starts.get(last + 2)):
            if pair[1].kind == named.kind == "person":
                return Source(first, pair[0], "person", (begin, pair[0]), None, pair[0])
        return Source(first, last, _kind(named), (begin, last), role, behind)

    # -- roles -----------------------------------------------------------------------------------

    def role_before(self, first: int, floor: int = 0) -> tuple[int, int] | None:
        """Tokens of the role that stands before a name: "State Department spokesman | Roe"."""
        role = self._role_between(self._prenominal_start(first, floor), first - 1)
        if role is not None:
            return role
        if self.lower(first - 1) == "," and self.is_noun(first - 2):
            # "the foreign minister, Roe": an office noun that a determiner or possessive opens.
            start = self._prenominal_start(first - 1, floor)
            if self.lower(start - 1) in self.lexicon.determiners or "'s" in [
                self.lower(p) for p in range(start, first - 1)
            ]:
                return self._role_between(start, first - 2)
        return None

    def role_after(self, last: int, ceiling: int | None = None) -> tuple[int, int] | None:
        """Tokens of the role behind a name: an appositive, or "of" and "from" with a body."""
        ceiling = len(self.tokens) if ceiling is None else ceiling
        if self.lower(last + 1) in {"of", "from", "at", "with"}:
            return self._affiliation(last + 2, ceiling)
        if self.lower(last + 1) == "(":
            return None
        if self.lower(last + 1) != ",":
            return None
        start = last + 2
        if self.lower(start)[:1].isdigit() and self.lower(start + 1) == ",":
            start += 2
        end = self._appositive_end(start, ceiling)
        return (start, end) if end is not None and self._heads_a_role(start, end) else None

    def _affiliation(self, first: int, ceiling: int) -> tuple[int, int] | None:
        start = first + 1 if self.lower(first) == "the" else first
        named = self._starts.get(start)
        if named is None or named[0] >= ceiling or named[1].kind == "place":
            return None
        if named[1].kind != "body" and named[0] == start:
            return None
        last = named[0]
        if self.lower(last + 1) == "'s":
            return None
        return start, last

    def _appositive_end(self, first: int, ceiling: int) -> int | None:
        position = first
        lexicon = self.lexicon
        while position < min(ceiling, first + LONGEST):
            word = self.lower(position)
            if not word or word in _STOPS or word in {"who", "whose", "which", "where", "("}:
                break
            verb = lexicon.verbs.get(word)
            if word == "," or (
                verb is not None and verb.kind == "clause" and not self.tokens[position].is_capital
            ):
                break
            position += 1
        else:
            if position >= first + LONGEST:
                return None
        last = position - 1
        while last > first and (self.lower(last) in lexicon.days or self.lower(last) == "on"):
            last -= 1
        return last if last >= first else None

    def _heads_a_role(self, first: int, last: int) -> bool:
        """Whether an appositive tells an office: its head, before any preposition, is one."""
        lexicon = self.lexicon
        opening = self.lower(first)
        is_opened = (
            opening in lexicon.determiners
            or opening in lexicon.modifiers
            or opening in lexicon.offices
            or opening in lexicon.titles
            or self.tokens[first].is_capital
        )
        if not is_opened:
            return False
        for position in range(first, last + 1):
            word = self.lower(position)
            if word in lexicon.prepositions and position > first:
                return False
            if word in lexicon.conjunctions and word not in {"and", "or"}:
                return False
            if word in lexicon.offices or (
                self.tokens[position].is_capital
                and word in lexicon.titles
                and word not in lexicon.honorifics
            ):
                return True
        return False

    def subject(self, first: int, behind: int) -> Source | None:
        """Who the clause in a stretch is about: the phrase at its start, or behind an opening one."""
        word = self.lower(first)
        starts = [first]
        if word in self.lexicon.conjunctions or word in self.lexicon.prepositions:
            commas = [p + 1 for p in range(first, behind) if self.lower(p) == ","]
            starts = [*commas[:3], first + 1] if word in self.lexicon.conjunctions else commas[:3]
        for start in starts:
            source = self.starting_at(start, ceiling=behind)
            if source is None or source.kind == "unknown" and source.name is None:
                continue
            if self.lower(source.last + 1) not in {"'s", ",", "."} or source.behind > source.last:
                return source
            if self.lower(source.last + 2) in {"who", "whose", "which"}:
                return source
        return None

    def _is_title(self, position: int) -> bool:
        return self.lower(position) in self.lexicon.titles and self.tokens[position].is_capital

    def _prenominal_start(self, first: int, floor: int) -> int:
        start = first
        while start > floor and first - start < 14:
            word = self.lower(start - 1)
            if not self._is_filler(start - 1) and not self._joins(start - 1):
                break
            if not (
                self._is_role_word(start - 1) or self._joins(start - 1) or self._leads_on(start - 1)
            ):
                break
            if word in self.lexicon.people and word not in self.lexicon.offices:
                break
            start -= 1
        return start

    def _is_role_word(self, position: int) -> bool:
        word = self.lower(position)
        lexicon = self.lexicon
        return (
            self.tokens[position].is_capital
            or word in lexicon.offices
            or word in lexicon.modifiers
            or word in lexicon.bodies
            or word == "'s"
            or "-" in word
        )

    def _leads_on(self, position: int) -> bool:
        """An unknown lower-case word inside a role: "munitions industry department director"."""
        return self.lower(position).isalpha() and self._is_role_word(position + 1)

    def _joins(self, position: int) -> bool:
        """ "of" and "for" between capitals: "Secretary of State Roe"; "and" between offices."""
        return (
            self.lower(position) in {"of", "and"}
            and position > 0
            and bool(self.lower(position - 1))
            and self.tokens[position - 1].is_capital
            and position + 1 < len(self.tokens)
            and self.tokens[position + 1].is_capital
            and self.lower(position - 1) in self.lexicon.titles | self.lexicon.offices
        )

    def _role_between(self, first: int, last: int) -> tuple[int, int] | None:
        """The stretch when it tells an office, without an honorific at its end."""
        lexicon = self.lexicon
        while last >= first and self.lower(last) in lexicon.honorifics:
            last -= 1
        while first <= last and self.lower(first) in lexicon.determiners | frozenset({"'s", "and"}):
            first += 1
        if first > last:
            return None
        words = [self.lower(position) for position in range(first, last + 1)]
        # The office stands last: "US officials Roe" or "Roe's spokesman met Doe" is no role of Doe.
        pair = " ".join(words[-2:])
        if words[-1] in lexicon.offices or words[-1] in lexicon.titles or pair in lexicon.titles:
            return first, last
        return None

    def _is_weak(self, role: tuple[int, int]) -> bool:
        """Whether a role is one title only: "Sen.", "Prof"."""
        return role[0] == role[1] and self.tokens[role[0]].is_capital

    def _opens_clause(self, first: int, floor: int) -> bool:
        before = self.lower(first - 1)
        return (
            first <= floor
            or before == ""
            or not before[0].isalnum()
            or before in (self.lexicon.conjunctions | {"with"})
        )

    def _noun_kind(self, position: int) -> SourceKind:
        word = self.lower(position)
        lexicon = self.lexicon
        if word in lexicon.people or word in lexicon.offices:
            return "unnamed"
        if word in lexicon.documents:
            return "document"
        return "body"


def _kind(name: Name) -> SourceKind:
    return {"person": "person", "body": "body", "place": "body", "other": "unknown"}[name.kind]  # type: ignore[return-value]
