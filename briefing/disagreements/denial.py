"""Kind `denial`: one account says that something is so, another that it is not.

A plan and the later word that nothing came of it are an `update`.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.disagreements.account import Account, Word
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.negation import is_negative, negated
from briefing.models import DisagreementKind

#: What a denial and what it denies must have in common, and the share of the denied words.
ENOUGH, DENIED = 0.9, 0.65
#: The same for a statement with "not" and one without, and the share of the other's words.
NEGATED, ANSWERED = 0.6, 0.3


def compare(one: Account, other: Account, pile: Pile) -> Iterator[Difference]:
    """What the one says and the other denies; at most one difference."""
    for denying, saying in ((one, other), (other, one)):
        found = _denied(denying, saying, pile) or _contradicted(denying, saying, pile)
        if found is not None:
            yield found
            return


def _denied(denying: Account, saying: Account, pile: Pile) -> Difference | None:
    """A verb of denial, and the other account says what is denied."""
    verb = _verb(denying)
    if verb is None or _verb(saying) is not None or is_negative(saying):
        return None
    denied = _complement(denying, verb)
    content = frozenset(word.notion for word in denied if word.notion)
    if len(content) < 2 or _speak_as_one(denying, saying):
        return None
    overlap = pile.overlap(content, saying.notions)
    share = overlap.weight / max(0.01, pile.total(content))
    if sum(not notion.startswith("@") for notion in content & saying.notions) < 2:
        return None
    if share < DENIED or overlap.weight < ENOUGH:
        return None
    start, end = denying.words[verb].start, denied[-1].end
    holding = Holding(denying, start, _short(denying, start, end), key="no")
    return _difference("denial", holding, saying, content, overlap.weight, pile)


def _complement(account: Account, verb: int) -> list[Word]:
    """The words of what is denied, up to where something else is said."""
    words = account.words[verb + 1 :]
    said = next((word.clause for word in words if word.text in account.lexicon.saying), None)
    return [
        word
        for word in words
        if word.text not in account.lexicon.reports and (said is None or word.clause < said)
    ]


def _verb(account: Account) -> int | None:
    """The index of the word that denies: "denied that", "rejected reports that"."""
    lexicon, words = account.lexicon, account.words
    for index, word in enumerate(words):
        following = [each.text for each in words[index + 1 : index + 5]]
        if word.text in lexicon.denials:
            before = {each.text for each in words[max(0, index - 2) : index]}
            is_passive = bool(before & {"be", "been", "was", "were", "is", "are", "being"})
            if not is_passive and not set(following[:2]) & lexicon.refused:
                return index
        elif word.text in lexicon.rejections and set(following) & lexicon.reports:
            return index
    return None


def _contradicted(negative: Account, positive: Account, pile: Pile) -> Difference | None:
    """A negation, and the other account says the same without one."""
    found = negated(negative)
    if found is None or is_negative(positive) or _verb(positive) is not None:
        return None
    if _verb(negative) is not None or _speak_as_one(negative, positive):
        return None
    if positive.texts & positive.lexicon.unasserted:
        return None
    clause, behind = found
    content = negative.clause(clause)
    if len(content) < 2:
        content = negative.notions
    if not behind or not {word.notion for word in behind[:2]} & positive.notions:
        return None
    if (negative.said | positive.said) & negative.lexicon.opinion:
        return None
    if pile.differ_in_actors(negative, positive) or negative.is_of_other_days(positive):
        return None
    overlap = pile.overlap(content, positive.notions)
    share = overlap.weight / max(0.01, pile.total(content))
    answered = overlap.weight / max(0.01, pile.total(positive.notions))
    least = 3 if _lacks(negative, clause) else 2
    if len(content & positive.notions) < least or share < NEGATED or answered < ANSWERED:
        return None
    if overlap.weight < ENOUGH:
        return None
    kind = _kind(negative, positive)
    if kind is None:
        return None
    start, end = _stretch(negative, clause, behind)
    holding = Holding(negative, start, end, key="no")
    return _difference(kind, holding, positive, content, overlap.weight, pile)


def _kind(negative: Account, positive: Account) -> DisagreementKind | None:
    """Whether a plan came to nothing; None where the two do not speak of one time."""
    if positive.is_future == negative.is_future:
        return "denial"
    order = in_order_of_time(negative, positive)
    late = negative if positive.is_future else positive
    return "update" if order and order[1] is late else None


def _difference(
    kind: DisagreementKind,
    holding: Holding,
    saying: Account,
    content: frozenset[str],
    weight: float,
    pile: Pile,
) -> Difference:
    common = [word for word in saying.words if word.is_said and word.notion in content]
    start = common[0].start
    end = _short(saying, start, common[-1].end)
    about = pile.label(saying, holding.account)
    other = Holding(saying, start, end, key="yes")
    return Difference(kind, about, "denied", holding, other, weight)


def _short(account: Account, start: int, end: int, most: int = 14) -> int:
    """The end of a stretch of so many words at most."""
    words = [word for word in account.words if start <= word.start < end]
    return min(end, words[min(most, len(words)) - 1].end) if words else end


def _lacks(account: Account, clause: int) -> bool:
    """Whether it is a thing that is negated, "no warning", rather than a deed."""
    texts = account.words_of(clause)
    return "no" in texts and "one" not in texts


def _stretch(account: Account, clause: int, behind: tuple[Word, ...]) -> tuple[int, int]:
    """From before the negation to the end of its clause."""
    words = [word for word in account.words if word.clause == clause]
    cue = next(i for i, word in enumerate(words) if word.text in account.lexicon.negations)
    start = words[max(0, cue - 1)].start if cue else words[0].start
    return start, _short(account, start, behind[-1].end)


def _speak_as_one(one: Account, other: Account) -> bool:
    """Whether one speaker says both, or both stand in one article in its own voice."""
    mine, theirs = one.sentence.speaker, other.sentence.speaker
    if mine and theirs:
        return mine.name == theirs.name
    return not mine and not theirs and one.sentence.article == other.sentence.article
