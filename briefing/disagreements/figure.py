"""Kind `figure`: two accounts count or measure one thing and come to figures that cannot both be.

A later count that takes the place of an earlier one is an `update`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.disagreements.account import Account, are_other_days
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.pairing import pairs
from briefing.disagreements.quantities import WIDE, Quantity, quantities
from briefing.models import DisagreementKind
from briefing.text.names.places import owner_of
from briefing.text.times import TimeExpression

#: What the words about two figures must have in common, and the share of the poorer words: where
#: the noun fits anything (and the share of the richer, but where the poorer are wholly shared), …
ENOUGH, SHARED = 0.45, 0.5
SHARED_MOST, WHOLLY = 0.25, 0.8
#: … where both say that the same befell people, at one time or later, …
ENOUGH_STATE, SHARED_STATE, SHARED_UPDATE = 0.35, 0.45, 0.3
#: … where the noun is one of its own, which counts with them, …
ENOUGH_OWN, SHARED_OWN = 0.8, 0.45
#: … and where that noun is so rare, or so much else is the same, that little else must be.
RARE, ENOUGH_RARE, SHARED_RARE = 0.5, 1.15, 0.15
#: … where next to nobody measures anything in that unit, …
ENOUGH_ODD, SHARED_ODD, ENOUGH_LONE = 0.4, 0.4, 0.05
#: A number without noun or unit.
ENOUGH_BARE, SHARED_BARE = 1.2, 0.8
#: Where less than this is in common, figures further apart than this are of two things.
VAGUE, FAR = 0.8, 6.0
#: Up to so many accounts with a figure of one unit, "kilometres an hour", next to nobody tells one.
FEW = 4
MONEY = frozenset({"usd", "gbp", "eur", "jpy", "pence"})
DISTANCE = "metre"
#: Words behind a distance that lead to where it is told from, and words that tell that.
LEADING = 4
#: Units that measure anything.
COMMON = MONEY | {"percent", "day", "month"}
PERSON = "=person"
#: How much all the rest of two accounts must tell before its having nothing in common counts.
TELLING = 2.1
#: "At least nine" gave way to a later count that is higher by this share.
RAISED = 0.25


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity in its account, with what is said about it."""

    account: Account
    quantity: Quantity
    near: dict[str, float]  #: notion -> how near it stands, 0–1
    others: tuple[Quantity, ...]  #: every quantity of the account


@dataclass(frozen=True, slots=True)
class _Figures:
    """Every figure of a pile, and what is asked of all of them at once."""

    pile: Pile
    units: Counter[str]  #: unit and rate -> in how many accounts
    values: frozenset[tuple[object, ...]]  #: article, thing and value of each figure told


def compare(pile: Pile) -> Iterator[Difference]:
    """The figures on which accounts differ."""
    told = [
        Told(account, quantity, account.surroundings(quantity.start, quantity.end), found)
        for account in pile.accounts
        for found in (quantities(account),)
        for quantity in found
    ]
    figures = _Figures(
        pile,
        Counter(unit for unit, _ in {(_unit(t.quantity), t.account.number) for t in told}),
        frozenset((t.account.sentence.article, _thing(t.quantity), t.quantity.value) for t in told),
    )
    alike: defaultdict[tuple[object, ...], list[Told]] = defaultdict(list)
    for each in told:
        if not each.quantity.is_earlier and not each.account.is_distant(each.quantity.start):
            alike[_thing(each.quantity)].append(each)
    for several in alike.values():
        # Of two figures of one thing in a sentence each is of another than the other.
        count = Counter(id(each.account) for each in several)
        things = [each for each in several if count[id(each.account)] == 1]
        for i, j in pairs([each.near.keys() for each in things], pile):
            found = _difference(things[i], things[j], figures)
            if found is not None:
                yield found


def _thing(quantity: Quantity) -> tuple[object, ...]:
    """What must be equal before two quantities are compared: unit, noun, whole or part alike."""
    head = "" if quantity.unit else quantity.head
    modifiers = frozenset() if quantity.unit else quantity.modifiers
    return (quantity.unit, head, modifiers, quantity.state, quantity.rate, quantity.is_part)


def _unit(quantity: Quantity) -> str:
    return f"{quantity.unit} {quantity.rate}"


def _difference(one: Told, other: Told, figures: _Figures) -> Difference | None:
    mine, theirs = one.account, other.account
    if (
        mine.are_one_voice(theirs)
        or not mine.are_two_speakers(theirs)
        or mine.is_apart_from(theirs)
    ):
        return None
    first, second = one.quantity, other.quantity
    if _drift(mine, theirs, first.unit) or mine.is_another_in_a_row(theirs):
        return None
    if _is_told(one, other, figures) or _is_told(other, one, figures):
        return None
    kind = _kind(first, second, mine, theirs)
    if kind is None:
        return None
    weight = _common(one, other, figures)
    if weight is None or _something_speaks_against(one, other, figures.pile):
        return None
    first_words = (first.head, first.state, *sorted(first.modifiers))
    return Difference(
        kind,
        figures.pile.label(mine, theirs, first_words),
        f"{first.unit} {first.head}",
        _holding(mine, first, kind),
        _holding(theirs, second, kind),
        weight,
    )


def _drift(one: Account, other: Account, unit: str) -> bool:
    """Whether they tell a price of the market, which is another one each day."""
    drifting = one.lexicon.drifting
    return unit in MONEY and bool(one.said & drifting) and bool(other.said & drifting)


def _holding(account: Account, quantity: Quantity, kind: DisagreementKind) -> Holding:
    """A side; of counts that replace one another, only those alike are one."""
    low, high = quantity.low, quantity.high
    if kind == "update":
        low = high = quantity.value
    return Holding(account, quantity.start, quantity.end, low, high)


def _is_told(one: Told, other: Told, figures: _Figures) -> bool:
    """Whether the other side tells the same figure, too: then it is of another thing, or of before.

    Its account does so as of earlier or of a part, or its article of the same thing elsewhere.
    """
    quantity = one.quantity
    if any(
        quantity.unit == each.unit
        and (
            each.low <= quantity.value <= each.high
            if each.is_earlier
            else abs(quantity.value - each.value) <= 1e-9 * quantity.value
        )
        for each in other.others
    ):
        return True
    article = other.account.sentence.article
    if article == one.account.sentence.article or quantity.unit in COMMON - MONEY:
        return False
    return (article, _thing(quantity), quantity.value) in figures.values


def _common(one: Told, other: Told, figures: _Figures) -> float | None:
    """How much speaks for one thing; None when that is too little."""
    pile, first, second = figures.pile, one.quantity, other.quantity
    near = pile.nearness(one.near, other.near)
    is_far = max(first.value, second.value) > FAR * min(first.value, second.value)
    if near.weight < VAGUE and is_far:
        return None
    own = pile.total(first.modifiers)
    if first.head and not first.is_general:
        own += pile.weight(first.head)
    limits: tuple[tuple[float, float], ...]
    if first.state:
        is_later = _kind(first, second, one.account, other.account) == "update"
        limits = ((ENOUGH_STATE, SHARED_UPDATE if is_later else SHARED_STATE),)
        if first.state in WIDE:
            limits += ((0.0, 0.0),)
    elif not first.unit and not first.head:
        limits = ((ENOUGH_BARE, SHARED_BARE),)
    elif own:
        limits = ((ENOUGH_OWN - own, SHARED_OWN),)
        if own >= RARE:
            limits += ((ENOUGH_RARE - own, SHARED_RARE),)
    elif first.unit not in COMMON and figures.units[_unit(first)] <= FEW:
        is_odd = bool(first.rate) or first.unit.startswith(("cubic", "square"))
        limits = ((ENOUGH_LONE, 0.0) if is_odd else (ENOUGH_ODD, SHARED_ODD),)
    else:
        if near.least < SHARED_MOST and near.share < WHOLLY:
            return None
        limits = ((ENOUGH, SHARED),)
    if not any(near.weight >= enough and near.share >= share for enough, share in limits):
        return None
    return near.weight + own


def _something_speaks_against(one: Told, other: Told, pile: Pile) -> bool:
    """Whether places, days, names or a negation tell that the figures are of two things."""
    mine, theirs, first, second = one.account, other.account, one.quantity, other.quantity
    if _places_differ(first, second, mine, theirs, pile):
        return True
    if are_other_days(_times(mine, first.clause), _times(theirs, second.clause)):
        return True
    if first.unit == DISTANCE and (
        _is_from_elsewhere(first, mine, theirs) or _is_from_elsewhere(second, theirs, mine)
    ):
        return True
    if pile.are_rivals(mine, theirs) or _names_differ(first, second, mine, theirs, pile):
        return True
    if first.state and not _is_one_misfortune(first.state, mine, theirs, pile):
        return True
    running = mine.lexicon.summing
    if bool(mine.said & running) != bool(theirs.said & running):
        return True
    negations = mine.lexicon.negations
    return bool(mine.words_of(first.clause) & negations) != bool(
        theirs.words_of(second.clause) & negations
    )


def _is_from_elsewhere(quantity: Quantity, account: Account, other: Account) -> bool:
    """Whether a distance is told from somewhere of which the other account knows nothing."""
    behind = [w for w in account.words if w.start >= quantity.end and w.clause == quantity.clause]
    lead = next(
        (i for i, w in enumerate(behind[:LEADING]) if w.text in account.lexicon.origins), None
    )
    if lead is None:
        return False
    told = {word.notion for word in behind[lead + 1 : lead + 1 + LEADING] if word.notion}
    return bool(told) and not told & other.notions


def _is_one_misfortune(state: str, one: Account, other: Account, pile: Pile) -> bool:
    """Whether two accounts of what befell people tell of one event, or one of them of none."""
    mine, theirs = one.notions - {state, PERSON}, other.notions - {state, PERSON}
    if min(pile.total(mine), pile.total(theirs)) < TELLING:
        return True
    return pile.overlap(mine, theirs).weight > 0


def _places_differ(
    first: Quantity, second: Quantity, one: Account, other: Account, pile: Pile
) -> bool:
    """Whether the figures are for two places, or the smaller one is for a place alone."""
    mine, theirs = _places(one, first.clause, pile), _places(other, second.clause, pile)
    if mine and theirs:
        return not mine & theirs
    return (bool(mine) and first.value < second.value) or (
        bool(theirs) and second.value < first.value
    )


def _names_differ(
    first: Quantity, second: Quantity, one: Account, other: Account, pile: Pile
) -> bool:
    """Whether, of people whom something befell, one figure with a name beside it is of a part."""
    mine, theirs = _names(one, first.clause), _names(other, second.clause)
    if not first.state or mine & theirs:
        return False
    return any(not pile.is_everywhere(name) for name in mine | theirs)


def _names(account: Account, clause: int) -> frozenset[str]:
    """The words of the names in a clause; of the one before, for a figure in brackets."""
    here = {clause}
    words = [word for word in account.words if word.clause == clause]
    if words and account.text[: words[0].start].endswith("("):
        here.add(clause - 1)
    return frozenset(
        word
        for name in account.names
        if account.clause_at(name.start) in here and not account.is_opening(name)
        for word in (owner_of(name.text) or name.text).lower().split()
    )


def _places(account: Account, clause: int, pile: Pile) -> frozenset[str]:
    """Where a clause, or a phrase before it, says that it happens."""
    found = set()
    for name in account.names:
        near = [w for w in account.words if w.end <= name.start]
        leads = near and near[-1].text in account.lexicon.within
        is_near = account.clause_at(name.start) in (clause, clause - 1)
        if is_near and leads and not pile.is_everywhere(name.text):
            found.add(name.text.lower())
    return frozenset(found)


def _times(account: Account, clause: int) -> Sequence[TimeExpression]:
    times = [t for t in account.precise_times if account.clause_at(t.start) == clause]
    return times or account.precise_times


def _kind(
    first: Quantity, second: Quantity, one: Account, other: Account
) -> DisagreementKind | None:
    """`update` where a count that goes on rising is told anew, else `figure`; None if both fit."""
    order = in_order_of_time(one, other)
    is_running = bool(first.state) and first.state in one.lexicon.running
    if first.agrees(second):
        if order is None or not is_running:
            return None
        early, late = (first, second) if order[0] is one else (second, first)
        is_raised = early.value < late.value and late.value - early.value >= RAISED * early.value
        return "update" if is_raised and late.low <= late.value else None
    return "update" if order and is_running else "figure"
