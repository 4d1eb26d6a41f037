"""The words around a name -> the role that they give: "spokesman Roe", "Roe, a professor at …"."""

from __future__ import annotations

from briefing.text.speech.words import Words

#: An appositive is no longer than this, in tokens.
LONGEST = 30
_POSSESSIVE = frozenset({"'s", "'", "’"})
_STOPS = frozenset(".;:!?—–\n")


class Roles(Words):
    """Roles as stretches of tokens, first and last."""

    def role_before(self, first: int, floor: int = 0) -> tuple[int, int] | None:
        """Tokens of the role that stands before a name: "State Department spokesman | Roe"."""
        role = self.role_between(self.prenominal_start(first, floor), first - 1)
        if role is not None:
            return role
        if self.lower(first - 1) == "," and self.is_noun(first - 2):
            # "the foreign minister, Roe": an office noun that a determiner or possessive opens.
            start = self.prenominal_start(first - 1, floor)
            if self.lower(start - 1) in self.lexicon.determiners or "'s" in [
                self.lower(p) for p in range(start, first - 1)
            ]:
                return self.role_between(start, first - 2)
        return None

    def role_of_phrase(self, first: int, last: int) -> tuple[int, int] | None:
        """The role in "the mayor of Hallin": the phrase, if it has an office, without article."""
        opening = self.lower(first)
        if opening in self.lexicon.determiners and opening not in self.lexicon.possessives:
            first += 1
        words = (self.lower(position) for position in range(first, last + 1))
        return (first, last) if any(word in self.lexicon.offices for word in words) else None

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
        duty = start + 2 if self.lower(start + 1) in {"has", "had", "now", "also"} else start + 1
        if self.lower(start) == "who" and self.lower(duty) in self.lexicon.duties:
            end = self._clause_end(duty, ceiling)
            return (start, end) if end is not None else None
        if self.lower(start)[:1].isdigit() and self.lower(start + 1) == ",":
            start += 2
        end = self._appositive_end(start, ceiling)
        if end is None or not self._heads_a_role(start, end):
            return None
        # "As told by Roe, the mayor will …": the subject of what follows, not what Roe is.
        return (
            None if self._has_verb_at(end + 1) and not self._opens_sentence(last) else (start, end)
        )

    def _has_verb_at(self, position: int) -> bool:
        """Whether a finite verb stands at a position, so that a subject ends before it."""
        return self.lower(position) in self.lexicon.finite

    def _opens_sentence(self, last: int) -> bool:
        """Whether the name that ends at a token is the first thing that its sentence says."""
        first = self._ends[last][0] if last in self._ends else last
        return first == 0 or self.lower(first - 1) in _STOPS

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
            is_said = verb is not None and verb.kind == "clause"
            if word == "," or (
                (is_said or word in lexicon.finite) and not self.tokens[position].is_capital
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

    def _clause_end(self, first: int, ceiling: int) -> int | None:
        """The last token of "who chairs the council of the valley", at its comma or stop."""
        for position in range(first, min(ceiling, first + LONGEST)):
            if position in self.inside_names:
                continue
            word = self.lower(position)
            if not word or word in {",", "(", "and", "but"} or word in _STOPS:
                return position - 1 if position - first > 1 else None
        return None

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
        if not is_opened or self._names_another(first, last):
            return False
        for position in range(first, last + 1):
            word = self.lower(position)
            if word in lexicon.prepositions and position > first:
                return False
            if word in lexicon.conjunctions and word not in {"and", "or"}:
                return False
            if word in lexicon.possessives and position > first:
                return False
            if word in lexicon.offices or (
                self.tokens[position].is_capital
                and word in lexicon.titles
                and word not in lexicon.honorifics
            ):
                return True
        return False

    def _names_another(self, first: int, last: int) -> bool:
        """Whether a stretch names a person of its own: "Roe, Marshal Ilk and Mr Doe"."""
        for position in range(first + 1, last + 1):
            named = self._starts.get(position)
            if named is None or self.lower(named[0] + 1) in _POSSESSIVE:
                continue
            before = self.lower(position - 1)
            if before in self.lexicon.titles:
                return True
        return False

    def is_title(self, position: int) -> bool:
        """Whether a word is a title as it stands before a name: "Sen.", "President"."""
        return self.lower(position) in self.lexicon.titles and self.tokens[position].is_capital

    def prenominal_start(self, first: int, floor: int) -> int:
        """Where the words that may be a role of the name at `first` begin; `first` for none."""
        start = first
        while start > floor and first - start < 14:
            word = self.lower(start - 1)
            if not self.is_filler(start - 1) and not self._joins(start - 1):
                break
            if not (
                self.is_role_word(start - 1) or self._joins(start - 1) or self._leads_on(start - 1)
            ):
                break
            is_group = word in self.lexicon.people and word not in self.lexicon.offices
            if is_group and not self.tokens[start - 1].is_capital:
                break
            start -= 1
        return start

    def is_role_word(self, position: int) -> bool:
        """Whether a word may be part of a role: a capital, an office, a body, "senior"."""
        word = self.lower(position)
        lexicon = self.lexicon
        return (
            self.tokens[position].is_capital
            or word in lexicon.offices
            or word in lexicon.modifiers
            or word in lexicon.bodies
            or word in _POSSESSIVE
            or "-" in word
        )

    def _leads_on(self, position: int) -> bool:
        """An unknown lower-case word inside a role: "munitions industry department director".

        One before a capital is a verb: "Hallin sent Defence Minister Roe".
        """
        following = position + 1
        return (
            self.lower(position).isalpha()
            and self.is_role_word(following)
            and not self.tokens[following].is_capital
        )

    def _joins(self, position: int) -> bool:
        """ "of" and "for" between capitals: "Secretary of State Roe"; "and" between offices.

        A word that is a verb elsewhere joins too: "former signal engineer Roe".
        """
        verb = self.lexicon.verbs.get(self.lower(position))
        if verb is not None and self.lower(position + 1) in self.lexicon.offices:
            is_bare = self.lower(position) == verb.lemma
            before = self.lower(position - 1)
            is_one = position + 2 in self._starts and not self.lower(position + 1).endswith("s")
            return is_bare and (
                before in self.lexicon.modifiers or (is_one and before in {"", ","})
            )
        return (
            self.lower(position) in {"of", "and"}
            and position > 0
            and bool(self.lower(position - 1))
            and self.tokens[position - 1].is_capital
            and position + 1 < len(self.tokens)
            and self.tokens[position + 1].is_capital
            and (
                self.lower(position - 1) in self.lexicon.titles
                or self.lower(position - 1) in self.lexicon.offices
            )
        )

    def role_between(self, first: int, last: int) -> tuple[int, int] | None:
        """The stretch when it tells an office, without an honorific at its end."""
        lexicon = self.lexicon
        while last >= first and self.lower(last) in lexicon.honorifics:
            last -= 1
        while first <= last and (
            self.lower(first) in lexicon.determiners or self.lower(first) in {"'s", "and"}
        ):
            first += 1
        if first > last:
            return None
        # The office stands last: "US officials Roe" or "Roe's spokesman met Doe" is no role of Doe.
        word = self.lower(last)
        if word in lexicon.offices or word in lexicon.titles:
            return first, last
        is_pair = last > first and f"{self.lower(last - 1)} {word}" in lexicon.titles
        return (first, last) if is_pair else None

    def _is_weak(self, role: tuple[int, int]) -> bool:
        """Whether a role is one title only: "Sen.", "Prof"."""
        return role[0] == role[1] and self.tokens[role[0]].is_capital
