"""Kind `figure`: two accounts count or measure one thing and come to figures that cannot both be.

A later count that takes the place of an earlier one is an `update`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefing.disagreements.account import Account, are_other_days
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.quantities import Quantity, quantities
from briefing.models import DisagreementKind
from briefing.text.names.places import owner_of
from briefing.text.times import TimeExpression

#: What two accounts must have in common: with a noun of its own, and with one that fits anything.
ENOUGH, ENOUGH_GENERAL = 0.9, 1.2
#: The same, where both say of people that the same befell them.
ENOUGH_STATE = 0.45
#: Share of the lighter context that both must have.
SHARED = 0.5
#: What whole sentences must share, where their clauses do not.
SHARED_WHOLE, ENOUGH_WHOLE = 0.5, 1.5
#: What is common outside the clauses counts for this much.
OUTSIDE = 0.4
MONEY = frozenset({"usd", "gbp", "eur", "jpy", "pence"})
RARE_UNITS = ("cubic", "square")
#: Weight from which the rest of an account says which event it tells of.
TELLING = 2.1
PERSON = "=person"
#: "At least nine" gave way to a later count that is higher by this share.
RAISED = 0.25


@lru_cache(maxsize=16_384)
def _quantities(account: Account) -> tuple[Quantity, ...]:
    return quantities(account)


def compare(one: Account, other: Account, pile: Pile) -> Iterator[Difference]:
    """The figures on which two accounts differ."""
    mine, theirs = _quantities(one), _quantities(other)
    if not mine or not theirs or one.is_distant or other.is_distant:
        return
    if pile.differ_in_actors(one, other):
        return
    for first in mine:
        for second in theirs:
            if not _is_one_thing(first, second) or _drift(one, other, first.unit):
                continue
            if _is_told(first, theirs) or _is_told(second, mine):
                continue
            weight = _common(first, second, one, other, pile)
            if weight is None:
                continue
            kind = _kind(first, second, one, other)
            if kind is None:
                continue
            yield Difference(
                kind,
                pile.label(one, other, (first.head, first.state, *sorted(first.modifiers))),
                f"{first.unit} {first.head}",
                _holding(one, first, kind),
                _holding(other, second, kind),
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


def _is_one_thing(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities have one unit and count one noun, whole or part alike."""
    if one.unit != other.unit or one.is_part != other.is_part or one.rate != other.rate:
        return False
    if one.is_earlier or other.is_earlier or one.state != other.state:
        return False
    if one.unit:
        return True
    if one.head != other.head:
        return False
    return one.modifiers == other.modifiers


def _is_told(quantity: Quantity, others: tuple[Quantity, ...]) -> bool:
    """Whether the other account gives the same figure somewhere, as of earlier or of a part."""
    return any(
        quantity.unit == other.unit
        and (
            other.low <= quantity.value <= other.high
            if other.is_earlier
            else abs(quantity.value - other.value) <= 1e-9 * quantity.value
        )
        for other in others
    )


def _common(
    first: Quantity, second: Quantity, one: Account, other: Account, pile: Pile
) -> float | None:
    """How much speaks for one thing; None when that is too little, or something speaks against."""
    if _places_differ(first, second, one, other, pile) or _days_differ(first, second, one, other):
        return None
    if _names_differ(first, second, one, other, pile):
        return None
    negations = one.lexicon.negations
    if bool(one.words_of(first.clause) & negations) != bool(
        other.words_of(second.clause) & negations
    ):
        return None
    mine = first.context | first.modifiers
    theirs = second.context | second.modifiers
    near = pile.overlap(mine, theirs)
    own = 0.0 if first.is_general or not first.head else pile.weight(first.head)
    taken = {first.head, *mine, *theirs}
    around = pile.overlap(one.notions - taken, other.notions - taken).weight
    if first.unit.startswith(RARE_UNITS) and around and _is_rare(first, pile):
        return 1.0 + around
    weight = near.weight + own + OUTSIDE * around
    if first.state:
        if not _is_one_misfortune(first.state, one, other, pile):
            return None
        has_common = near.weight > 0 and near.share >= 0.3
        return weight if has_common and weight >= ENOUGH_STATE else None
    if near.share < SHARED or not near.weight:
        whole = pile.overlap(one.notions, other.notions)
        is_close = whole.share >= SHARED_WHOLE and whole.weight >= ENOUGH_WHOLE
        return whole.weight if is_close and not first.is_general else None
    return weight if weight >= (ENOUGH_GENERAL if first.is_general else ENOUGH) else None


def _is_rare(quantity: Quantity, pile: Pile) -> bool:
    """Whether next to nobody gives a figure of this unit: then those who do mean one thing."""
    holders = [a for a in pile.accounts if any(q.unit == quantity.unit for q in _quantities(a))]
    return len({account.claim.id for account in holders}) <= 2


def _is_one_misfortune(state: str, one: Account, other: Account, pile: Pile) -> bool:
    """Whether two accounts of what befell people tell of one event, or one of them of none."""
    mine, theirs = one.notions - {state, PERSON}, other.notions - {state, PERSON}
    if min(pile.total(mine), pile.total(theirs)) < TELLING:
        return True
    return pile.overlap(mine, theirs).weight > 0


def _places_differ(
    first: Quantity, second: Quantity, one: Account, other: Account, pile: Pile
) -> bool:
    """Whether one figure is for a place that the other's clause does not name."""
    mine, theirs = _places(one, first.clause, pile), _places(other, second.clause, pile)
    return mine != theirs and not (mine & theirs)


def _names_differ(
    first: Quantity, second: Quantity, one: Account, other: Account, pile: Pile
) -> bool:
    """Whether names stand beside both figures, and none beside both.

    Of people whom something befell, one figure with a name of its own is of a part.
    """
    mine, theirs = _names(one, first.clause), _names(other, second.clause)
    if mine and theirs:
        return not mine & theirs
    return bool(first.state) and any(not pile.is_everywhere(name) for name in mine | theirs)


def _names(account: Account, clause: int) -> frozenset[str]:
    """The words of the names in a clause; of the one before, for a figure in brackets."""
    here = {clause}
    words = [word for word in account.words if word.clause == clause]
    if words and account.text[: words[0].start].endswith("("):
        here.add(clause - 1)
    return frozenset(
        word
        for name in account.names
        if account.clause_at(name.start) in here
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


def _days_differ(first: Quantity, second: Quantity, one: Account, other: Account) -> bool:
    """Whether the figures are for days that have none in common."""
    return are_other_days(_times(one, first.clause), _times(other, second.clause))


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
