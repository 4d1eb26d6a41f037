"""Things with the notions about them -> the pairs worth a comparison, each with those most like it.

What is compared grows with the number of things, never with its square: of hundreds of reports of
one thing, each meets a few, and what they hold is joined afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from briefing.disagreements.evidence import Pile

#: So many things are compared each with each.
FEW = 16
#: The rarest notions by which a thing looks for others, and how many others each of them leads to.
LOOKED_UP, MET = 6, 12


def pairs(told: Sequence[Collection[str]], pile: Pile) -> Iterator[tuple[int, int]]:
    """Indices of things to compare, the lower first, in order; `told` are the notions of each."""
    if len(told) <= FEW:
        yield from ((i, j) for i in range(len(told)) for j in range(i + 1, len(told)))
        return
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, notions in enumerate(told):
        for notion in notions:
            holders[notion].append(index)
    found: set[tuple[int, int]] = set()
    for index, notions in enumerate(told):
        rarest = sorted(notions, key=lambda n: (len(holders[n]), -pile.weight(n), n))
        for notion in rarest[:LOOKED_UP]:
            sharing = holders[notion]
            place = bisect_left(sharing, index)
            for other in sharing[max(0, place - MET) : place + MET + 1]:
                if other != index:
                    found.add((min(index, other), max(index, other)))
    yield from sorted(found)
