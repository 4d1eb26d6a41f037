"""Tokens of a sentence -> the phrases in it that can name a speaker, with the role beside them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from briefing.text.names import Name, NameKind
from briefing.text.speech.roles import Roles

SourceKind = Literal["person", "body", "unnamed", "pronoun", "document", "unknown"]

_OBJECTS = frozenset({"him", "her", "them", "me", "us"})
#: Determiners that stand for people by themselves.
_ALONE = frozenset("some many others another both most several one".split())
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


#: Behind these a name tells whose the one before it is.
_CARRIED_BY = frozenset({"of", "from", "at", "with", "for"})


class Phrases(Roles):
    """Noun phrases of a token sequence, found from their end or from their beginning."""

    def ending_at(self, last: int, *, floor: int = 0, depth: int = 0) -> Source | None:
        """The phrase whose last token is `last`, not reaching before `floor`."""
        word = self.lower(last)
        if last < floor or not word or depth > 3 or word in {"and", "or", "but"}:
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
        start = self.prenominal_start(first, floor)
        role = self.role_between(start, first - 1)
        if role is None:
            start = first if not self.is_title(first - 1) else start
        begins = role[0] if role else start
        if role is None and begins > floor and (described := self._described_start(begins, floor)):
            begins, role = described, (described, begins - 1)  # "screenwriter Roe wrote"
        if "-" in self.lower(begins - 1) and self.is_role_word(begins - 1) and begins > floor:
            begins -= 1  # "Bergen-based Roe said"
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
            if start < floor or not self.is_filler(start) or self.tokens[start].is_capital:
                return None
            if self.lower(start).endswith(("ly", "ing", "ed", "'s")):
                return None
            before = start - 1 if self.lower(start - 1) in self.lexicon.determiners else start
            if before <= floor or not self.lower(before - 1)[:1].isalnum():
                return start
        return None

    def _noun_ending(self, last: int, floor: int, depth: int) -> Source | None:
        start = last
        while start > floor and self.is_filler(start - 1):
            start -= 1
            if last - start > 12:
                return None
        if start > floor and self.lower(start - 1) in self.lexicon.determiners:
            start = self._share_start(start - 1, floor)
        elif self._only_fits_with_determiner(start, last):
            # "the secretary of state"
            is_of = self.lower(start - 1) == "of"
            return self._head_before(start, last, floor, depth) if is_of else None
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
        """Whether a bare noun is no subject: an office without article is none."""
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
            if not self.is_filler(start):
                return None
            if start == floor and start < last and word.endswith("s"):
                return Source(start, last, "unnamed", behind=last)  # "Corporate buyers say"
        return None

    def _head_before(self, first: int, last: int, floor: int, depth: int) -> Source | None:
        """The head that a phrase hangs on: "a spokesman for | the ministry"."""
        before = self.lower(first - 1)
        head = first - 2
        if before not in self.lexicon.prepositions or head < floor:
            return self._head_by_words(first, last, floor)
        named = self._ends.get(head)
        if named is not None and named[0] >= floor:
            is_seat = before == "in" and named[1].kind == "body"  # "the Harbour Board in Hallin"
            if named[1].kind == "place" or not (is_seat or before in _CARRIED_BY):
                return None
            found = self.ending_at(head, floor=floor, depth=depth + 1)
            if found is None:
                return None
            if is_seat:
                return replace(found, last=last, behind=last)
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
                while start > floor and self.is_filler(start - 1):
                    start -= 1
                if start > floor and self.lower(start - 1) in self.lexicon.determiners:
                    start -= 1
                return Source(start, last, "unnamed", behind=last)
        return None

    def starting_at(self, first: int, *, ceiling: int | None = None) -> Source | None:
        """The phrase whose first token is `first`, with the appositive behind it."""
        ceiling = len(self.tokens) if ceiling is None else ceiling
        if first >= ceiling:
            return None
        gender = self.lexicon.pronouns.get(self.lower(first))
        # "Said her attorney, Roe": not she.
        is_whose = self.lower(first) in self.lexicon.determiners and self.is_noun(first + 1)
        if gender is not None and gender != "r" and not is_whose:
            return Source(first, first, "pronoun", behind=first)
        position = first
        if self.lower(position) in self.lexicon.determiners:
            position += 1
            if self.lower(position) == "of":
                position += 1 + (self.lower(position + 1) in self.lexicon.determiners)
            elif self.lower(first) in _ALONE and not self.is_filler(position):
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
            elif position - first > 9 or not self._may_stand_in(
                position, has_head=head is not None
            ):
                break
            position += 1
        if head is None:
            return self._described_starting(first, position)
        if name is None:
            return self._noun_starting(first, head, ceiling)
        start = self.prenominal_start(name[0], first)
        role = self.role_between(max(start, first), name[0] - 1)
        return self._with_appositive(first, name, role, ceiling)

    def _may_stand_in(self, position: int, has_head: bool) -> bool:
        """Whether a word belongs to a phrase, behind a head too: "Chile's biggest bank"."""
        if not has_head or not self.is_filler(position):
            return self.is_filler(position)
        return self.is_role_word(position) or "'s" in (
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
                role = self.role_between(first, head)
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
        while position < ceiling and position - start < 8:
            named = self._starts.get(position)
            if named is not None and named[0] < ceiling:
                position = named[0] + 1
                if position < ceiling and not self.is_role_word(position):
                    break  # "of Roe & Doe | cut"
            elif self.is_filler(position):
                position += 1
            else:
                break
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
        pair = self._starts.get(last + 2) if self.lower(last + 1) == "and" else None
        if pair is not None and pair[1].kind == named.kind == "person":
            return Source(first, pair[0], "person", (begin, pair[0]), None, pair[0])
        return Source(first, last, _kind(named), (begin, last), role, behind)

    def subject(self, first: int, behind: int) -> Source | None:
        """Who a clause is about: the phrase at its start, or behind an opening one."""
        word = self.lower(first)
        starts = [first]
        if word in self.lexicon.conjunctions or word in self.lexicon.prepositions:
            commas = [p + 1 for p in range(first, behind) if self.lower(p) == ","]
            starts = [*commas[:3], first + 1] if word in self.lexicon.conjunctions else commas[:3]
        for start in starts:
            if self._is_state(start):
                continue  # "In Aspen, Colo., the guide …"
            source = self.starting_at(start, ceiling=behind)
            if source is None or (source.kind == "unknown" and source.name is None):
                continue
            if self.lower(source.last + 1) not in {"'s", ",", "."} or source.behind > source.last:
                return source
            if self._has_appositive(source.last + 2):
                return source
        near = behind if word in self.lexicon.prepositions else min(behind, first + 6)
        return self._first_named(first, near)

    def _is_state(self, position: int) -> bool:
        return (
            position < len(self.tokens)
            and self.lower(position - 1) == ","
            and self.tokens[position].text.endswith(".")
            and self.lower(position + 1) == ","
        )

    def _has_appositive(self, first: int) -> bool:
        """Whether what follows a subject's comma tells more of it: "Roe, 34, …", "Roe, who …"."""
        word = self.lower(first)
        return word in {"who", "whose", "which"} or (
            word.isdigit() and self.lower(first + 1) == ","
        )

    def _first_named(self, first: int, behind: int) -> Source | None:
        """ "For two weeks Roe has …": the first name right before a verb of the clause."""
        for position in range(first + 1, behind):
            if self.lower(position) == ",":
                return None
            named = self._starts.get(position)
            if named is not None and self.lower(named[0] + 1) in self.lexicon.finite:
                return self.starting_at(position)
        return None

    def _opens_clause(self, first: int, floor: int) -> bool:
        before = self.lower(first - 1)
        return (
            first <= floor
            or before == ""
            or not before[0].isalnum()
            or before in self.lexicon.conjunctions
            or before in self.lexicon.verbs  # "Roe said Doe and Moor had …"
            or before == "with"
        )

    def _noun_kind(self, position: int) -> SourceKind:
        word = self.lower(position)
        lexicon = self.lexicon
        if word in lexicon.people or word in lexicon.offices:
            return "unnamed"
        if word in lexicon.documents:
            return "document"
        return "body"


_KINDS: dict[NameKind, SourceKind] = {
    "person": "person",
    "body": "body",
    "place": "body",
    "other": "unknown",
}


def _kind(name: Name) -> SourceKind:
    return _KINDS[name.kind]
