"""Kind `place`: one movement or event, and two places that do not hold each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.disagreements.account import Account
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.pairing import pairs
from briefing.disagreements.sites import Location, find_locations
from briefing.models import DisagreementKind
from briefing.text.names.places import country_of, is_capital

#: What must stand about both places, and the share of the poorer and of the richer words.
ENOUGH, SHARED, SHARED_MOST = 0.7, 0.6, 0.4
#: The shares where both are names: of two names one may be a part of the other that nobody tells.
SHARED_NAMED, SHARED_NAMED_MOST = 0.7, 0.5
#: The same, where both name one kind of place, and its other sides.
ENOUGH_SIDE, SHARED_SIDE = 0.4, 0.4
#: What the subjects of two movements must have in common.
SAME_SUBJECT, SHARED_SUBJECT = 0.45, 0.33
#: Likeness of two spellings of one place.
SAME_SPELLING = 0.88
#: So near to each other two names of places are told together.
TOGETHER = 24
_APART = re.compile(r"\b(?:to|from|not|rather|instead|or|and|but)\b")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in its account, with what is said about it."""

    account: Account
    location: Location
    near: dict[str, float]  #: notion -> how near it stands, 0–1


def compare(pile: Pile) -> Iterator[Difference]:
    """The places on which accounts differ."""
    roles: defaultdict[str, list[Where]] = defaultdict(list)
    for account in pile.accounts:
        if account.is_question:
            continue
        found = tuple(find_locations(account))
        places = {w.notion for w in account.words if any(p.start <= w.start < p.end for p in found)}
        for location in found:
            if account.is_distant(location.start):
                continue
            near = account.surroundings(location.start, location.end)
            near = {notion: nearness for notion, nearness in near.items() if notion not in places}
            roles[location.role].append(Where(account, location, near))
    for told in roles.values():
        for i, j in pairs([each.near.keys() for each in told], pile):
            if (difference := _difference(told[i], told[j], pile)) is not None:
                yield difference


def _difference(one: Where, other: Where, pile: Pile) -> Difference | None:
    mine, theirs = one.account, other.account
    if (
        mine.are_one_voice(theirs)
        or not mine.are_two_speakers(theirs)
        or mine.is_apart_from(theirs)
        or mine.is_of_other_days(theirs)
    ):
        return None
    if mine.is_another_in_a_row(theirs) or (mine.said | theirs.said) & mine.lexicon.apart:
        return None
    if not _exclude(one.location, other.location, pile) or _is_known_to(one, other, pile):
        return None
    weight = (_one_movement if one.location.is_goal else _one_event)(one, other, pile)
    if weight is None:
        return None
    return Difference(
        _kind(mine, theirs),
        _about(one, other, pile),
        "place",
        _holding(one),
        _holding(other),
        weight,
    )


def _kind(one: Account, other: Account) -> DisagreementKind:
    """`update` where a plan came out otherwise."""
    order = in_order_of_time(one, other)
    is_outcome = order is not None and order[0].is_future and not order[1].is_future
    return "update" if is_outcome else "place"


def _about(one: Where, other: Where, pile: Pile) -> tuple[str, ...]:
    common = _subject(one) & _subject(other)
    first = sorted(common, key=lambda notion: (-pile.weight(notion), notion))
    return pile.label(one.account, other.account, first)


def _holding(where: Where) -> Holding:
    location = where.location
    key = f"{'not ' if location.is_negated else ''}{location.key}"
    return Holding(where.account, location.start, location.end, key=key)


def _exclude(first: Location, second: Location, pile: Pile) -> bool:
    """Whether one thing cannot be at both places."""
    if first.name is None or second.name is None:
        return first.name is second.name and first.is_other_site(second)
    mine, theirs = first.name, second.name
    is_same = _is_one_place(mine, theirs)
    if first.is_negated != second.is_negated:
        return is_same
    return not first.is_negated and not is_same and not _holds(mine, theirs, pile)


def _is_known_to(one: Where, other: Where, pile: Pile) -> bool:
    """Whether the article that puts something at one place names the other, too.

    Then one may lie in the other; but where somebody goes, and what every article names, may be
    named beside it.
    """
    sites = {one.location.site, other.location.site} - {""}
    if (
        sites & one.account.notions & other.account.notions
        and one.location.site != other.location.site
    ):
        return True
    if one.location.is_goal:  # "to the factory and then to the port"
        return not (one.location.is_negated or other.location.is_negated) and any(
            (where.location.name or where.location.site) in told
            for where, told in (
                (one, other.account.text),
                (other, one.account.text),
            )
        )
    return any(
        where.location.name is not None
        and not pile.is_everywhere(where.location.name)
        and where.location.name in against.account.sentence.article.text
        for where, against in ((one, other), (other, one))
    )


def _is_one_place(one: str, other: str) -> bool:
    mine, theirs = one.lower(), other.lower()
    if {*mine.replace("-", " ").split()} & {*theirs.replace("-", " ").split()}:
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
    """Whether a sentence tells one place by the other: "Adamuz, near Cordoba"."""
    one, other = (re.split("['’]s\\b", name)[0] for name in (one, other))
    choice = f"{re.escape(one)}|{re.escape(other)}"
    pattern = re.compile(
        rf"(?P<first>{choice})(?P<between>[^.!?]{{1,{TOGETHER}}}?)(?P<second>{choice})"
    )
    return any(
        match["first"] != match["second"] and not _APART.search(match["between"])
        for article in pile.articles
        if one in article.text and other in article.text
        for match in pattern.finditer(article.text)
    )


def _one_movement(one: Where, other: Where, pile: Pile) -> float | None:
    mine, theirs = _subject(one), _subject(other)
    left, right = _named(one), _named(other)
    if left and right and not left & right:
        return None
    common = mine & theirs
    weight = pile.total(common)
    lighter = min(pile.total(mine), pile.total(theirs))
    lexicon = one.account.lexicon
    verbs = {lexicon.notion_of(word) for word in lexicon.motion}
    if not common - verbs or weight < max(SAME_SUBJECT, SHARED_SUBJECT * lighter):
        return None
    return weight + pile.overlap(one.account.notions, other.account.notions).weight


def _one_event(one: Where, other: Where, pile: Pile) -> float | None:
    if pile.are_rivals(one.account, other.account):
        return None
    if not _is_governed_alike(one, other):
        return None
    near = pile.nearness(one.near, other.near)
    enough, share, least = ENOUGH, SHARED, SHARED_MOST
    if one.location.name and one.location.role == "in":
        share, least = SHARED_NAMED, SHARED_NAMED_MOST
    elif one.location.site and one.location.site == other.location.site:
        enough, share, least = ENOUGH_SIDE, SHARED_SIDE, 0.0
    if near.weight < enough or near.share < share or near.least < least:
        return None
    return near.weight


def _is_governed_alike(one: Where, other: Where) -> bool:
    """Whether the word before each place is told in the other account as well."""
    return all(
        not where.location.governors
        or not against.account.notions.isdisjoint(where.location.governors)
        for where, against in ((one, other), (other, one))
    )


def _named(where: Where) -> frozenset[str]:
    """The words of the names before the place: who goes there."""
    return frozenset(
        word
        for name in where.account.names
        if name.end <= where.location.start
        for word in name.text.lower().split()
    )


def _subject(where: Where) -> frozenset[str]:
    """The notions before the place: who or what goes there.

    Where nothing but a pronoun and the verb stands there, what the passage says before it.
    """
    account = where.account
    verbs = {account.lexicon.notion_of(word) for word in account.lexicon.motion}
    subject = frozenset(
        w.notion for w in account.words if w.notion and w.end <= where.location.start
    )
    return subject | account.before if subject <= verbs else subject
