"""An account -> what it says is not so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.disagreements.account import Account, Word

_NUMBER = re.compile(r"No\.|no\. ?\d|No \d")
_ARTICLES = frozenset(("a", "an", "the", "any", "his", "her", "its", "their"))


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation and what it negates."""

    account: Account
    cue: Word
    deed: Word  #: the first word behind the cue that tells something
    behind: tuple[Word, ...]  #: the words of its clause that tell something, from the deed on

    @property
    def subject(self) -> frozenset[str]:
        """The notions of its clause before the negation."""
        return frozenset(
            word.notion
            for word in self.account.words
            if word.clause == self.cue.clause and word.end <= self.cue.start and word.notion
        )

    @property
    def is_of_a_deed(self) -> bool:
        """Whether a deed or a state is negated, rather than a thing ("no warning") or a doer."""
        between = {
            word.text
            for word in self.account.words
            if self.cue.end <= word.start and word.end <= self.deed.start
        }
        return self.cue.text not in self.account.lexicon.nobody and not between & _ARTICLES


def is_negative(account: Account) -> bool:
    """Whether what is said holds a negation, or a verb that is as good as one."""
    return any(
        _is_cue(word, account) or word.text in account.lexicon.preventing
        for word in account.words
        if word.is_said
    )


def _is_cue(word: Word, account: Account) -> bool:
    """Whether a word negates; the abbreviation of "number" does not."""
    if word.text not in account.lexicon.negations:
        return False
    return word.text != "no" or _NUMBER.match(account.text, word.start) is None


def negated(account: Account) -> Negation | None:
    """What an account negates.

    None when nothing is, when two negations meet, or where the negation says that something is
    unknown, refused, beyond somebody's power or still to come.
    """
    said = [word for word in account.words if word.is_said]
    cues = [index for index, word in enumerate(said) if _is_cue(word, account)]
    if len(cues) != 1 or account.is_question:
        return None
    cue = said[cues[0]]
    if cue.text in account.lexicon.unable or "would" in {w.text for w in said[: cues[0]][-3:]}:
        return None
    behind = [word for word in said[cues[0] + 1 :] if word.clause == cue.clause]
    near = {word.text for word in behind[:4]}
    if near & account.lexicon.ignorance or said[0].clause < cue.clause - 3:
        return None
    telling = tuple(word for word in behind if word.notion)
    if not telling or telling[0].notion in account.naming:
        return None
    return Negation(account, cue, telling[0], telling)
