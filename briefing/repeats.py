"""Printed claims -> those that only tell again, in other words, what another one tells.

They are no one statement for sure, so nothing is merged; but a reader need not be told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from briefing.likeness import notions_of
from briefing.models import Claim, Sentence
from briefing.text.facts import differ, facts
from briefing.text.similarity import count_background, load_background

#: Share of a claim's weight that another holds, and notions that they share, from which it adds
#: next to nothing.
HELD, SHARED = 0.65, 7
#: What a notion of several words weighs, in nats: as much as a telling word.
NOTION = 4.0


def find_repeats(claims: Sequence[Claim], sentences: Iterable[Sentence]) -> frozenset[int]:
    """Places of the claims that add next to nothing to one before them in `claims`.

    Rare words weigh more; what `sentences`, all those of the articles, have everywhere, next to
    nothing. A claim with a figure or a day of its own stays, and so does one that denies what the
    other says.
    """
    weigh = _weights(sentences)
    bags = [{*notions_of(claim.support[0])} for claim in claims]
    totals = [sum(map(weigh, sorted(bag))) for bag in bags]
    gone: set[int] = set()
    for place in range(len(claims)):
        for other in range(place):
            if other in gone or len(shared := bags[place] & bags[other]) < SHARED:
                continue
            if sum(map(weigh, sorted(shared))) < HELD * totals[place]:
                continue
            if _adds_nothing(claims[place], claims[other]):
                gone.add(place)
                break
    return frozenset(gone)


def _weights(sentences: Iterable[Sentence]) -> Callable[[str], float]:
    told = list(sentences)
    here = count_background([notions_of(sentence) for sentence in told])
    language = told[0].article.language if told else "en"
    background = load_background(language)

    def weigh(notion: str) -> float:
        local = 2 * here.idf(notion)
        if background is None:
            return local
        return min(NOTION if notion.startswith("~") else background.idf(notion), local)

    return weigh


def _adds_nothing(claim: Claim, other: Claim) -> bool:
    """Whether a claim has no figure and no day of its own and is not at odds with the other."""
    if claim.support[0].article.language != other.support[0].article.language:
        return False
    mine, theirs = facts(claim.support[0]), facts(other.support[0])
    if {figure.value for figure in mine.figures} - {figure.value for figure in theirs.figures}:
        return False
    return mine.days <= theirs.days and not differ(mine, theirs)
