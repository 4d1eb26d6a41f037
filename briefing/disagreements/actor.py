"""Kind `other`: one office in one event, and two names for who holds it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.disagreements.account import Account
from briefing.disagreements.difference import Difference, Holding
from briefing.disagreements.evidence import Pile
from briefing.models import Mention
from briefing.text.names.persons import is_short_for, parts, same_person
from briefing.text.words import words

#: What two accounts must have in common besides an office that many may hold.
ENOUGH, SHARED = 1.2, 0.5


def compare(one: Account, other: Account, pile: Pile) -> Iterator[Difference]:
    """The names on which two accounts differ; at most one difference."""
    if one.sentence.article == other.sentence.article or one.is_distant or other.is_distant:
        return
    for mine in one.sentence.people:
        for theirs in other.sentence.people:
            found = _difference(one, mine, other, theirs, pile)
            if found is not None:
                yield found
                return


def _difference(
    one: Account, mine: Mention, other: Account, theirs: Mention, pile: Pile
) -> Difference | None:
    if not (mine.is_introduced and theirs.is_introduced and mine.role and theirs.role):
        return None
    if not _are_two(mine.name, theirs.name):
        return None
    left, right = _office(one, mine.role), _office(other, theirs.role)
    if not left or not right or not (left <= right or right <= left):
        return None
    if _are_known_together(mine.name, theirs.name, pile):
        return None
    names = {*words(mine.name), *words(theirs.name), *words(mine.role), *words(theirs.role)}
    taken = {one.lexicon.notion_of(word) for word in names}
    overlap = pile.overlap(one.notions - taken, other.notions - taken)
    is_unique = len(left & right) > 1 and not one.lexicon.national & left
    if not is_unique and (overlap.weight < ENOUGH or overlap.share < SHARED):
        return None
    start, stop = one.text.find(mine.form), other.text.find(theirs.form)
    if start < 0 or stop < 0:
        return None
    common = [word for word in words(mine.role) if word in right and word in left]
    return Difference(
        "other",
        tuple(dict.fromkeys(common)) or pile.label(one, other),
        " ".join(sorted(left & right)),
        Holding(one, start, start + len(mine.form), key=mine.name),
        Holding(other, stop, stop + len(theirs.form), key=theirs.name),
        overlap.weight + 1.0,
    )


def _are_two(one: str, other: str) -> bool:
    """Whether two full names are two persons' for sure."""
    if not (parts(one).is_full and parts(other).is_full):
        return False
    return not (same_person(one, other) or is_short_for(one, other) or is_short_for(other, one))


def _office(account: Account, role: str) -> frozenset[str]:
    """The content words of an office that one person holds; empty for any other role."""
    found = [word for word in words(role) if account.lexicon.notion_of(word)]
    if not account.lexicon.offices & set(found) or account.lexicon.passing & set(words(role)):
        return frozenset()
    return frozenset(word.removesuffix("'s") for word in found)


def _are_known_together(one: str, other: str, pile: Pile) -> bool:
    """Whether some article names both: then they are two people, and no two accounts of one."""
    first, second = one.split()[-1], other.split()[-1]
    if first == second:
        first, second = one, other
    articles = dict.fromkeys(account.sentence.article for account in pile.accounts)
    return any(first in article.text and second in article.text for article in articles)
