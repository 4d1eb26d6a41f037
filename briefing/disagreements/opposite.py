"""Kind `denial`, in two words: one account calls a thing safe that another calls dangerous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.disagreements.account import Account
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.pairing import pairs
from briefing.models import DisagreementKind

#: What must stand about both words, and the shares of the poorer and of the richer words.
ENOUGH, SHARED, SHARED_MOST = 0.5, 0.4, 0.2
#: What must, where the first tells what will be on a day, and the other what was.
ENOUGH_OUTCOME = 0.25
#: How near to both words at least one shared notion stands.
BESIDE = 0.65
#: Words before one of them among which a negation turns it round.
NEGATING = 4
#: Things change: articles further apart than so many days tell of two states.
DAYS = 1


@dataclass(frozen=True, slots=True)
class Called:
    """A word of which another says the opposite."""

    account: Account
    start: int
    end: int
    side: int  #: 0 or 1
    near: dict[str, float]


def compare(pile: Pile) -> Iterator[Difference]:
    """What accounts call by opposite words."""
    found: defaultdict[int, list[Called]] = defaultdict(list)
    for account in pile.accounts:
        if account.is_question:
            continue
        for pair, sides in enumerate(account.lexicon.opposites):
            for side, pattern in enumerate(sides):
                match = pattern.search(account.text)
                if match is None or account.is_distant(match.start()):
                    continue
                if _is_negated(account, match.start()):
                    continue
                if not account.said & account.lexicon.opinion:
                    near = account.surroundings(match.start(), match.end())
                    found[pair].append(Called(account, match.start(), match.end(), side, near))
    for called in found.values():
        for i, j in pairs([each.near.keys() for each in called], pile):
            if (difference := _difference(called[i], called[j], pile)) is not None:
                yield difference


def _is_negated(account: Account, start: int) -> bool:
    lexicon = account.lexicon
    before = [word.text for word in account.words if word.end <= start]
    if set(before) & (lexicon.denials | lexicon.rejections):
        return True
    return bool(set(before[-NEGATING:]) & lexicon.negations)


def _difference(one: Called, other: Called, pile: Pile) -> Difference | None:
    mine, theirs = one.account, other.account
    if one.side == other.side or mine.are_one_voice(theirs):
        return None
    if mine.is_of_other_days(theirs) or pile.are_rivals(mine, theirs):
        return None
    kind: DisagreementKind = "denial"
    enough = ENOUGH
    if mine.is_future or theirs.is_future:
        order = in_order_of_time(mine, theirs)
        is_outcome = order is not None and order[0].is_future and not order[1].is_future
        if not is_outcome or not (mine.precise_times and theirs.precise_times):
            return None
        kind, enough = "update", ENOUGH_OUTCOME
    elif mine.published and theirs.published:
        if abs(mine.published - theirs.published).days > DAYS:
            return None
    elif mine.published or theirs.published:
        return None
    beside = [
        n for n in one.near.keys() & other.near.keys() if min(one.near[n], other.near[n]) >= BESIDE
    ]
    near = pile.nearness(one.near, other.near)
    if not beside or near.weight < enough or near.share < SHARED or near.least < SHARED_MOST:
        return None
    return Difference(
        kind,
        pile.label(mine, theirs, sorted(beside)),
        "denied",
        Holding(mine, one.start, one.end, key=f"{one.side}"),
        Holding(theirs, other.start, other.end, key=f"{other.side}"),
        near.weight,
    )
