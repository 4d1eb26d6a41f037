"""Differences between two accounts each -> Disagreements, with every claim that holds a side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.disagreements.difference import Difference, Holding
from briefing.models import Claim, Disagreement, DisagreementKind, Side

#: More sides than this are not accounts of one thing.
MOST_SIDES = 4
#: The word for a kind in the label of a point.
LABELS: dict[DisagreementKind, str] = {"other": "name"}


@dataclass(slots=True)
class _Point:
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


def merge(differences: Sequence[Difference], claims: Sequence[Claim]) -> tuple[Disagreement, ...]:
    """One disagreement for all differences of one topic that share a holding.

    Weightiest first; sides in order of publication, never of trust.
    """
    points: list[_Point] = []
    for found in sorted(differences, key=lambda each: -each.weight):
        _join(points, found)
    place = {claim.id: index for index, claim in enumerate(claims)}
    merged = [(point, sides) for point in points if len(sides := tuple(_sides(point, place))) > 1]
    # So many figures are of several things alike, not of one.
    merged = [(point, sides) for point, sides in merged if len(sides) <= MOST_SIDES]
    return tuple(
        Disagreement(" · ".join((LABELS.get(p.kind, p.kind), *p.about)), p.kind, sides)
        for p, sides in merged
    )


def _join(points: list[_Point], found: Difference) -> None:
    near = [
        point
        for point in points
        if point.topic == found.topic and (point.holds(found.one) or point.holds(found.other))
    ]
    if not near:
        points.append(_Point(found.kind, found.topic, found.about, found.weight))
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


def _sides(point: _Point, place: dict[str, int]) -> Iterator[Side]:
    """The sides in order of publication, then of the brief; a claim stands on one side only."""

    def moment(holding: Holding) -> tuple[date, int]:
        return holding.account.published or date.max, place[holding.account.claim.id]

    told: set[str] = set()
    ordered = [sorted(side, key=moment) for side in point.sides]
    for side in sorted(ordered, key=lambda each: moment(each[0])):
        claims = tuple(dict.fromkeys(h.account.claim.id for h in side))
        claims = tuple(claim for claim in claims if claim not in told)
        if claims:
            told.update(claims)
            shown = [h for h in side if h.account.claim.id == claims[0]]
            first = next((h for h in shown if h.account.is_shown), shown[0])
            yield Side(claims, first.value)
