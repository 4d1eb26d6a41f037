"""Small words and months between their neighbours -> whether they are first names or surnames."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.text.names.kinds import Kinds, is_common
from briefing.text.names.lexicon import Lexicon
from briefing.text.names.places import load_places
from briefing.text.names.places import phrase_key as key
from briefing.text.names.tokens import Token


class SmallNames(Kinds):
    """Which words of one token sequence are names though they mostly are none: "Will", "May"."""

    def __init__(self, sequence: Sequence[Token], lexicon: Lexicon) -> None:
        super().__init__(sequence, lexicon)
        self._never = lexicon.function_words | lexicon.days | lexicon.months
        self._starts: set[int] = set()  #: positions where a capital tells nothing
        self._month_names: set[tuple[str, str]] = set()  #: month and surname: ("april", "roe")

    def _is_name_word(self, position: int) -> bool:
        if position >= len(self._tokens):
            return False
        token = self._tokens[position]
        return token.is_capital and token.lower not in self._never

    def _is_given_name(self, position: int) -> bool:
        """Whether a small word is a first name here: "Will Doe said", not "Will Doe resign?"."""
        token = self._tokens[position]
        if self._is_month_name(position):
            return True
        if token.lower not in self._lexicon.given_names or not self._is_name_word(position + 1):
            return False
        if position not in self._starts:
            return token.text.istitle()
        after = self._lower_at(position + 2)
        verb = self._lexicon.verbs.get(after)
        return after in self._lexicon.finite or (verb is not None and after != verb.lemma)

    def _is_surname(self, position: int) -> bool:
        """Whether the name of a month is a surname: "Anna May said", not "In June May 5"."""
        return (
            self._lower_at(position) in self._lexicon.months
            and self._lower_at(position - 1) in self._lexicon.given_names
            and self._tokens[position].text.istitle()
            and not self._lower_at(position + 1)[:1].isdigit()
        )

    def read_month_names(self) -> None:
        """Note of every person whose first name is a month, where nothing else can be meant."""
        months = self._lexicon.given_months
        for position, token in enumerate(self._tokens):
            if (
                token.lower in months
                and token.text.istitle()
                and self._may_be_first_name(position)
                and self._lower_at(position - 1) not in self._lexicon.before_months
                and not self._lower_at(position - 1)[:1].isdigit()
            ):
                self._month_names.add((token.lower, self._lower_at(position + 1)))

    def _is_month_name(self, position: int) -> bool:
        """Whether a month is a first name: "April Roe said", not "in April Congress met"."""
        pair = self._lower_at(position), self._lower_at(position + 1)
        return pair in self._month_names and self._tokens[position].text.istitle()

    def _may_be_first_name(self, position: int) -> bool:
        """Whether a surname stands behind a month: no office, place, body or common word."""
        surname = position + 1
        if not self._is_name_word(surname) or not self._tokens[surname].text.istitle():
            return False
        word, lexicon = self._tokens[surname], self._lexicon
        if word.start != self._tokens[position].end + 1:
            return False
        if word.lower in lexicon.titles or word.lower in lexicon.offices or is_common(word.lower):
            return False
        if word.lower in lexicon.body_heads or key(word.text) in load_places().owners:
            return False
        if self._is_name_word(surname + 1):
            return False
        # "May Lowland close its border?" asks; a person says, does or is described.
        after = self._lower_at(surname + 1)
        verb = lexicon.verbs.get(after)
        return (
            after in {",", "(", "and", ".", "”", '"', ":"}
            or after in lexicon.finite
            or (verb is not None and after != verb.lemma)
            or after == "who"
            or (len(after) > 3 and after.endswith(("s", "ed")))
        )

    def _is_person(self, first: int, last: int) -> bool:
        return self._is_month_name(first) or super()._is_person(first, last)
