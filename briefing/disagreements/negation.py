"""An account -> what it says is not so."""

from __future__ import annotations

from briefing.disagreements.account import Account, Word


def is_negative(account: Account) -> bool:
    """Whether what is said holds a negation."""
    return any(word.text in account.lexicon.negations for word in account.words if word.is_said)


def negated(account: Account) -> tuple[int, tuple[Word, ...]] | None:
    """The number of the clause that is negated, and its words behind the negation.

    None when nothing is, when two negations meet, or where the negation says that something is
    unknown, refused or still to come.
    """
    said = [word for word in account.words if word.is_said]
    cues = [index for index, word in enumerate(said) if word.text in account.lexicon.negations]
    if len(cues) != 1:
        return None
    cue = said[cues[0]]
    behind = [word for word in said[cues[0] + 1 :] if word.clause == cue.clause]
    near = {word.text for word in behind[:4]}
    if near & account.lexicon.ignorance or said[0].clause < cue.clause - 3:
        return None
    return cue.clause, tuple(word for word in behind if word.notion)
