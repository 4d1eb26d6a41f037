"""Differences between two accounts each -> Points, with every account that holds a side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.disagreements.difference import Difference, Holding
from briefing.models import Article, Claim, Disagreement, DisagreementKind, Passage, Sentence, Side

#: More sides than this are not accounts of one thing.
MOST_SIDES = 4
#: The word for a kind in the label of a point.
LABELS: dict[DisagreementKind, str] = {"other": "name"}


@dataclass(frozen=True, slots=True)
class Point:
    """A point on which claims differ, before they are numbered; sides in order of publication."""

    kind: DisagreementKind
    about: str
    sides: tuple[tuple[Holding, ...], ...]

    @property
    def shown(self) -> Iterator[Sentence]:
        """The sentence that each claim of a side shows."""
        for side in self.sides:
            for holding in side:
                yield holding.account.claim.support[0]


@dataclass(slots=True)
class _Draft:
    """Differences about one thing; each side is holdings that agree."""

    kind: DisagreementKind
    topic: str
    about: tuple[str, ...]
    weight: float
    sides: list[list[Holding]] = field(default_factory=list)

    def holds(self, holding: Holding) -> bool:
        return any(_is_same(holding, each) for side in self.sides for each in side)

    def add(self, holding: Holding) -> None:
        if self.holds(holding):
            return
        for side in self.sides:
            if all(holding.agrees(each) for each in side):
                side.append(holding)
                return
        self.sides.append([holding])


def merge(differences: Sequence[Difference]) -> tuple[Point, ...]:
    """One point for all differences of one topic that share a holding, weightiest first."""
    drafts: list[_Draft] = []
    for found in sorted(differences, key=lambda each: -each.weight):
        _join(drafts, found)
    # More sides are figures of several things alike, not of one.
    return tuple(
        Point(draft.kind, _about(draft), _in_order(draft.sides))
        for draft in drafts
        if len(draft.sides) <= MOST_SIDES
    )


def tell(points: Iterable[Point], claims: Sequence[Claim]) -> tuple[Disagreement, ...]:
    """The points in terms of numbered claims; without those of which no two sides are listed."""
    found = {sentence: claim for claim in claims for sentence in claim.support}
    printed: defaultdict[Article, list[Claim]] = defaultdict(list)
    for claim in claims:
        printed[claim.passage.article].append(claim)

    def claim_of(holding: Holding) -> Claim | None:
        """The claim that says it, or that took it in when their passages became one."""
        shown = holding.account.claim.support[0]
        if shown in found:
            return found[shown]
        return next((c for c in printed[shown.article] if _holds(c.passage, shown)), None)

    told = []
    for point in points:
        sides = tuple(_sides(point, claim_of))
        if len(sides) > 1:
            told.append(Disagreement(point.about, point.kind, sides))
    return tuple(told)


def _about(draft: _Draft) -> str:
    return " · ".join((LABELS.get(draft.kind, draft.kind), *draft.about))


def _join(points: list[_Draft], found: Difference) -> None:
    near = [
        point
        for point in points
        if point.topic == found.topic and (point.holds(found.one) or point.holds(found.other))
    ]
    if not near:
        points.append(_Draft(found.kind, found.topic, found.about, found.weight))
        near = points[-1:]
    point = near[0]
    if found.kind == "update":
        point.kind = "update"
    for holding in (found.one, found.other):
        point.add(holding)
    for other in near[1:]:
        for side in other.sides:
            for holding in side:
                point.add(holding)
        points.remove(other)


def _is_same(one: Holding, other: Holding) -> bool:
    return one.account is other.account and (one.start, one.end) == (other.start, other.end)


def _moment(holding: Holding) -> tuple[date, int]:
    account = holding.account
    return account.published or date.max, account.number


def _in_order(sides: Iterable[Sequence[Holding]]) -> tuple[tuple[Holding, ...], ...]:
    """Sides in order of publication, then of reading, never of trust."""
    ordered = [tuple(sorted(side, key=_moment)) for side in sides]
    return tuple(sorted(ordered, key=lambda side: _moment(side[0])))


def _sides(point: Point, claim_of: Callable[[Holding], Claim | None]) -> Iterator[Side]:
    """The sides with their claims, each on one side only."""
    taken: set[str] = set()
    for side in point.sides:
        of_claim: dict[str, Holding] = {}
        for holding in side:
            claim = claim_of(holding)
            if claim is not None and claim.id not in taken:
                of_claim.setdefault(claim.id, holding)
                if holding.account.is_shown and not of_claim[claim.id].account.is_shown:
                    of_claim[claim.id] = holding
        if of_claim:
            taken.update(of_claim)
            yield Side(tuple(of_claim), next(iter(of_claim.values())).value)


def _holds(passage: Passage, sentence: Sentence) -> bool:
    return passage.start <= sentence.start and sentence.end <= passage.end
