"""Kind `place`: one movement or event, and two places that do not hold each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.disagreements.account import Account, Word
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.models import DisagreementKind
from briefing.text.names import Name
from briefing.text.names.places import country_of, is_capital, is_country, owner_of

#: What two accounts of one event must have in common, and the share of the lighter and heavier.
ENOUGH, SHARED, SHARED_MOST = 1.0, 0.6, 0.35
#: What the subjects of two movements must have in common.
SAME_SUBJECT, SHARED_SUBJECT = 0.4, 0.33
#: Likeness of two spellings of one place.
SAME_SPELLING = 0.88
#: Words between a preposition and the place: "to the Russian port city of".
BETWEEN = 5


@dataclass(frozen=True, slots=True)
class Location:
    """A place where an account puts somebody or something."""

    name: Name
    start: int  #: of the stretch with the preposition or the negation
    clause: int
    is_goal: bool  #: where a movement goes; else where something is
    is_negated: bool


def compare(one: Account, other: Account, pile: Pile) -> Iterator[Difference]:
    """The places on which two accounts differ; at most one difference."""
    if one.is_distant or other.is_distant or one.is_of_other_days(other):
        return
    for first in _locations(one):
        for second in _locations(other):
            if first.is_goal != second.is_goal or not _exclude(first, second, pile):
                continue
            weight = (_one_movement if first.is_goal else _one_event)(
                one, first, other, second, pile
            )
            if weight is not None:
                yield Difference(
                    _kind(one, other),
                    _about(one, other, first, second, pile),
                    "place",
                    _holding(one, first),
                    _holding(other, second),
                    weight,
                )
                return


def _kind(one: Account, other: Account) -> DisagreementKind:
    """`update` where a plan came out otherwise."""
    order = in_order_of_time(one, other)
    is_outcome = order is not None and order[0].is_future and not order[1].is_future
    return "update" if is_outcome else "place"


def _about(
    one: Account, other: Account, first: Location, second: Location, pile: Pile
) -> tuple[str, ...]:
    common = _subject(one, first) & _subject(other, second)
    return pile.label(one, other, sorted(common, key=lambda n: (-pile.weight(n), n)))


def _holding(account: Account, location: Location) -> Holding:
    key = f"{'not ' if location.is_negated else ''}{location.name.text.lower()}"
    return Holding(account, location.start, location.name.end, key=key)


@lru_cache(maxsize=16_384)
def _locations(account: Account) -> tuple[Location, ...]:
    lexicon = account.lexicon
    found = []
    for name in account.names:
        if name.kind == "body" or (owner_of(name.text) and not is_country(name.text)):
            continue
        clause = account.clause_at(name.start)
        before = [w for w in account.words if w.end <= name.start and w.clause == clause]
        near = before[-BETWEEN:]
        lead = next(
            (w for w in reversed(near) if w.text in lexicon.toward | lexicon.within | {"visit"}),
            None,
        )
        if lead is None:
            continue
        behind_lead = [w for w in before if w.start > lead.start]
        if name.kind != "place" and " " in name.text and behind_lead:
            continue
        if any(w.text in {"from", "by", "off", "with"} for w in behind_lead):
            continue
        verbs = {word.text for word in before}
        is_goal = bool(verbs & lexicon.motion) and lead.text not in lexicon.within
        if not is_goal and lead.text not in lexicon.within:
            continue
        cues = [w for w in before if w.text in lexicon.negations]
        start = max(0, before.index(cues[-1]) - 1) if cues else None
        found.append(
            Location(
                name,
                lead.start if start is None else before[start].start,
                clause,
                is_goal,
                bool(cues),
            )
        )
    return tuple(found)


def _exclude(first: Location, second: Location, pile: Pile) -> bool:
    """Whether one thing cannot be at both places."""
    mine, theirs = first.name.text, second.name.text
    is_same = _is_one_place(mine, theirs)
    if first.is_negated != second.is_negated:
        return is_same
    return not first.is_negated and not is_same and not _holds(mine, theirs, pile)


def _is_one_place(one: str, other: str) -> bool:
    mine, theirs = one.lower(), other.lower()
    if {*mine.split()} & {*theirs.split()}:
        return True
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio() >= SAME_SPELLING


def _holds(one: str, other: str, pile: Pile) -> bool:
    """Whether one of two places may lie in the other, as far as tables and articles tell."""
    if is_capital(one) and is_capital(other):
        return False
    mine, theirs = country_of(one), country_of(other)
    if mine and theirs:
        return mine == theirs
    if (mine and not is_capital(one)) or (theirs and not is_capital(other)):
        return True
    lexicon = pile.accounts[0].lexicon
    if any({*name.lower().split()} & lexicon.regions for name in (one, other)):
        return True
    return _named_together(one, other, pile)


def _named_together(one: str, other: str, pile: Pile) -> bool:
    """Whether an article tells one place by the other: "Adamuz, near Cordoba"."""
    choice = [re.escape(one), re.escape(other)]
    pattern = re.compile(
        rf"(?:{'|'.join(choice)}),? (?:(?:in|near|outside|of|north|south|east|west|and|the) )*"
        rf"(?:{'|'.join(choice)})"
    )
    articles = dict.fromkeys(account.sentence.article for account in pile.accounts)
    return any(
        match.group() and one in match.group() and other in match.group()
        for article in articles
        for match in pattern.finditer(article.text)
    )


def _one_movement(
    one: Account, first: Location, other: Account, second: Location, pile: Pile
) -> float | None:
    mine, theirs = _subject(one, first), _subject(other, second)
    left, right = _named(one, first), _named(other, second)
    if left and right and not left & right:
        return None
    common = mine & theirs
    weight = pile.total(common)
    lighter = min(pile.total(mine), pile.total(theirs))
    verbs = {one.lexicon.notion_of(word) for word in one.lexicon.motion}
    if pile.total(common - verbs) < SAME_SUBJECT or weight < SHARED_SUBJECT * lighter:
        return None
    return weight + pile.overlap(one.notions, other.notions).weight


def _one_event(
    one: Account, first: Location, other: Account, second: Location, pile: Pile
) -> float | None:
    if pile.differ_in_actors(one, other):
        return None
    place = {word.notion for word in (*_place_words(one, first), *_place_words(other, second))}
    overlap = pile.overlap(one.notions - place, other.notions - place)
    if len(one.notions & other.notions) < 3 or overlap.share < SHARED:
        return None
    if overlap.least < SHARED_MOST or overlap.weight < ENOUGH:
        return None
    return overlap.weight


def _place_words(account: Account, location: Location) -> list[Word]:
    name = location.name
    return [w for w in account.words if name.start <= w.start < name.end]


def _named(account: Account, location: Location) -> frozenset[str]:
    """The words of the names before the place: who goes there."""
    return frozenset(
        word for n in account.names if n.end <= location.start for word in n.text.lower().split()
    )


def _subject(account: Account, location: Location) -> frozenset[str]:
    """The notions before the place: who or what goes there.

    Where nothing but a pronoun and the verb stands there, what the passage says before it.
    """
    verbs = {account.lexicon.notion_of(word) for word in account.lexicon.motion}
    subject = frozenset(w.notion for w in account.words if w.notion and w.end <= location.start)
    return subject | account.before if subject <= verbs else subject
