"""Kind `date`: two accounts give one event days, or years, that have none in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.disagreements.account import Account, day_key, exclude
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.negation import is_negative
from briefing.disagreements.pairing import pairs
from briefing.text.times import TimeExpression

#: What must stand about both days, and the share of the poorer and of the richer words.
ENOUGH, SHARED, SHARED_MOST = 0.7, 0.65, 0.35
#: The shares where the later one says that the day was moved.
ENOUGH_MOVED, SHARED_MOVED, SHARED_MOST_MOVED = 0.5, 0.4, 0.3
#: What must where both tell when that began which the articles are about.
ENOUGH_EVENT = 0.3
#: Notions in common besides.
NOTIONS = 2


@dataclass(frozen=True, slots=True)
class When:
    """The one day that an account gives for what its clause tells."""

    account: Account
    time: TimeExpression
    near: dict[str, float]  #: notion -> how near it stands, 0–1


def compare(pile: Pile) -> Iterator[Difference]:
    """The days on which accounts differ."""
    told = [found for account in pile.accounts if (found := _when(account)) is not None]
    for i, j in pairs([each.near.keys() for each in told], pile):
        if (difference := _difference(told[i], told[j], pile)) is not None:
            yield difference


def _difference(one: When, other: When, pile: Pile) -> Difference | None:
    mine, theirs = one.account, other.account
    if (
        mine.are_one_voice(theirs)
        or not mine.are_two_speakers(theirs)
        or not _exclude(one.time, other.time)
    ):
        return None
    is_year = one.time.granularity == "year"
    if not is_year and (mine.is_apart_from(theirs) or mine.is_another_in_a_row(theirs)):
        return None
    if is_negative(mine) != is_negative(theirs) or (mine.said | theirs.said) & mine.lexicon.apart:
        return None
    order = in_order_of_time(mine, theirs)
    is_moved = order is not None and bool(order[1].texts & mine.lexicon.changed)
    enough, share, least = ENOUGH, SHARED, SHARED_MOST
    if is_moved:
        enough, share, least = ENOUGH_MOVED, SHARED_MOVED, SHARED_MOST_MOVED
    near = pile.nearness(one.near, other.near)
    if pile.are_on_the_event(one.near.keys() & other.near.keys(), mine.lexicon.onsets):
        enough, share, least = ENOUGH_EVENT, SHARED, 0.0
    is_told_alike = is_moved or (mine.is_future and theirs.is_future)
    if not is_told_alike and (_is_repeated(one) or _is_repeated(other)):
        return None
    if near.weight < enough or near.share < share or near.least < least:
        return None
    if len(one.near.keys() & other.near.keys()) < NOTIONS or pile.are_rivals(mine, theirs):
        return None
    return Difference(
        "update" if is_moved else "date",
        pile.label(mine, theirs),
        "day",
        _holding(one),
        _holding(other),
        near.weight,
    )


def _is_repeated(when: When) -> bool:
    """Whether it dates what is done again and again, so that two days of it are two deeds."""
    account, lexicon = when.account, when.account.lexicon
    clause = account.clause_at(when.time.start)
    return any(
        word.clause == clause and word.notion in lexicon.repeated and word.text not in lexicon.wards
        for word in account.words
    ) and not (account.said & lexicon.ordinals)


def _exclude(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether they cannot be one day; one weekday's name in both may be one day after all."""
    if (one.granularity == "year") != (other.granularity == "year"):
        return False
    if one.first and other.first and one.first.isoweekday() == other.first.isoweekday():
        is_written_out = any(c.isdigit() for c in one.text) or any(c.isdigit() for c in other.text)
        return is_written_out and exclude(one, other)
    return exclude(one, other)


def _when(account: Account) -> When | None:
    """The day that an account gives, when its clause gives just one; or else the year."""
    times = account.precise_times or tuple(t for t in account.times if _is_year(t))
    if not times or account.is_question:
        return None
    clause = account.clause_at(times[0].start)
    if any(account.clause_at(time.start) <= clause for time in times[1:]):
        return None
    return When(account, times[0], account.surroundings(times[0].start, times[0].end))


def _is_year(time: TimeExpression) -> bool:
    return time.granularity == "year" and time.value.isdigit() and time.value in time.text


def _holding(when: When) -> Holding:
    key = when.time.value if _is_year(when.time) else day_key(when.time)
    return Holding(when.account, when.time.start, when.time.end, key=key)
