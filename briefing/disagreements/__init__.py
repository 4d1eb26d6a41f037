"""Claims -> the points on which their sources differ; one kind of difference one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from briefing.disagreements import actor, date, denial, figure, opposite, place, rebuttal
from briefing.disagreements.account import take_apart
from briefing.disagreements.difference import Difference
from briefing.disagreements.evidence import Pile
from briefing.disagreements.lexicon import load_lexicon
from briefing.disagreements.merging import Point, merge, tell
from briefing.models import Article, Claim, Split

__all__ = ["Point", "can_compare", "find_points", "tell"]

#: What looks for each kind, in the order in which a pair of accounts is asked.
KINDS: tuple[Callable[[Pile], Iterator[Difference]], ...] = (
    denial.compare,
    rebuttal.compare,
    opposite.compare,
    figure.compare,
    place.compare,
    date.compare,
    actor.compare,
)


def find_points(claims: Sequence[Claim], splits: Iterable[Split] = ()) -> tuple[Point, ...]:
    """The points on which claims differ, most weighty first.

    `splits` are the articles taken apart, for what passages take in. Claims in a language without
    a table of words are not compared.
    """
    return merge(tuple(_differences(Pile(take_apart(claims, splits)))))


def can_compare(articles: Iterable[Article]) -> bool:
    """Whether two articles or more are in languages whose claims are compared."""
    return sum(load_lexicon(article.language) is not None for article in articles) > 1


def _differences(pile: Pile) -> Iterator[Difference]:
    """What every two accounts differ in; those that differ in one kind are not asked for others."""
    told: set[tuple[int, int]] = set()
    for compare in KINDS:
        found = [each for each in compare(pile) if each.accounts not in told]
        told.update(each.accounts for each in found)
        yield from found
