"""Kind `other`: one office in one event, and two names for who holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.disagreements.account import Account
from briefing.disagreements.difference import Difference, Holding
from briefing.disagreements.evidence import Pile
from briefing.disagreements.pairing import pairs
from briefing.models import Mention
from briefing.text.names.persons import is_short_for, parts, same_person
from briefing.text.words import words

#: What two accounts must have in common besides an office that many may hold.
ENOUGH, SHARED = 0.9, 0.45

#: Likeness from which two names are two spellings of one.
SAME_NAME = 0.85


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody named beside an office in an account."""

    account: Account
    mention: Mention
    office: frozenset[str]  #: content words


def compare(pile: Pile) -> Iterator[Difference]:
    """The names on which accounts differ."""
    offices: defaultdict[str, list[Holder]] = defaultdict(list)
    for account in pile.accounts:
        for mention in account.sentence.people:
            if not mention.is_introduced or account.is_distant(0):
                continue
            if office := _office(account, mention.role or ""):
                for head in sorted(office & account.lexicon.offices)[:1]:
                    offices[head].append(Holder(account, mention, office))
    for holders in offices.values():
        for i, j in pairs([holder.account.notions for holder in holders], pile):
            if (found := _difference(holders[i], holders[j], pile)) is not None:
                yield found


def _difference(one: Holder, other: Holder, pile: Pile) -> Difference | None:
    mine, theirs = one.account, other.account
    if mine.number == theirs.number or mine.lexicon is not theirs.lexicon:
        return None
    if mine.sentence.article == theirs.sentence.article or mine.is_apart_from(theirs):
        return None
    left, right = one.office, other.office
    if not (left <= right or right <= left) or not _are_two(one.mention.name, other.mention.name):
        return None
    named = (one.mention.name, other.mention.name)
    if _are_known_together(*named, pile):
        return None
    taken = {mine.lexicon.notion_of(word) for name in named for word in words(name)}
    taken |= {mine.lexicon.notion_of(word) for word in (*left, *right)}
    overlap = pile.overlap(mine.notions - taken, theirs.notions - taken)
    is_unique = left == right and len(left) > 1 and not mine.lexicon.national & left
    if not is_unique and (overlap.weight < ENOUGH or overlap.share < SHARED):
        return None
    start, stop = mine.text.find(one.mention.form), theirs.text.find(other.mention.form)
    if start < 0 or stop < 0:
        return None
    common = [word for word in words(one.mention.role or "") if word in right and word in left]
    return Difference(
        "other",
        tuple(dict.fromkeys(common)) or pile.label(mine, theirs),
        " ".join(sorted(left & right)),
        Holding(mine, start, start + len(one.mention.form), key=named[0]),
        Holding(theirs, stop, stop + len(other.mention.form), key=named[1]),
        overlap.weight + 1.0,
    )


def _are_two(one: str, other: str) -> bool:
    """Whether two full names are two persons' for sure."""
    if not (parts(one).is_full and parts(other).is_full):
        return False
    if same_person(one, other) or is_short_for(one, other) or is_short_for(other, one):
        return False
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() < SAME_NAME


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
    return any(first in article.text and second in article.text for article in pile.articles)
