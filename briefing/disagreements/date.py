"""Kind `date`: two accounts give one event days that have none in common."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.disagreements.account import Account, day_key, exclude
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.negation import is_negative
from briefing.text.times import TimeExpression

#: What two accounts of one event must have in common, and the share of the lighter and heavier.
ENOUGH, SHARED, SHARED_MOST = 0.9, 0.75, 0.3
#: The share where the later one says that the day was moved.
SHARED_MOVED = 0.4
#: Notions of an opening that is no more than a subject: "The first patient, a boy, …".
OPENING = 3


def compare(one: Account, other: Account, pile: Pile) -> Iterator[Difference]:
    """The days on which two accounts differ; at most one difference."""
    mine, theirs = _time(one), _time(other)
    if mine is None or theirs is None or not exclude(mine, theirs):
        return
    if pile.differ_in_actors(one, other) or is_negative(one) != is_negative(other):
        return
    left, right = _event(one, mine), _event(other, theirs)
    if (one.said | other.said) & one.lexicon.apart:
        return
    common = left & right
    is_plan = one.is_future and other.is_future
    if not is_plan and (left | right) & one.lexicon.repeated:
        return
    overlap = pile.overlap(left, right)
    order = in_order_of_time(one, other)
    is_moved = order is not None and bool(order[1].texts & one.lexicon.changed)
    share, least = (SHARED_MOVED, SHARED_MOVED) if is_moved else (SHARED, SHARED_MOST)
    if len(common) < 2 or overlap.share < share or overlap.least < least:
        return
    if overlap.weight < ENOUGH:
        return
    yield Difference(
        "update" if is_moved else "date",
        pile.label(one, other),
        "day",
        _holding(one, mine),
        _holding(other, theirs),
        overlap.weight,
    )


def _time(account: Account) -> TimeExpression | None:
    """The day that an account gives, when its clause gives just one."""
    times = account.precise_times
    if not times:
        return None
    clause = account.clause_at(times[0].start)
    is_alone = all(account.clause_at(time.start) > clause for time in times[1:])
    return times[0] if is_alone else None


def _event(account: Account, time: TimeExpression) -> frozenset[str]:
    """The notions of the dated clause and, where the sentence opens with little else, of that.

    Of the clause before it, where the date stands alone.
    """
    clause = account.clause_at(time.start)
    own = account.clause(clause) or (account.clause(clause - 1) if clause else frozenset())
    opening = account.clause(0)
    return own | opening if clause and len(opening) <= OPENING else own


def _holding(account: Account, time: TimeExpression) -> Holding:
    return Holding(account, time.start, time.end, key=day_key(time))
