"""Brief -> the one page for a principal: what may stand on it, and what of it is left out first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from briefing.budget import shorten
from briefing.models import Brief, Claim, Disagreement, Section
from briefing.renderers.fields import BriefView, ItemView, SourceView

MOST_DIFFERENCES = 3
LEAST_BOTTOM_LINE = 2
TO = "one page"
KINDS = ("timeline", "statements", "experts")  #: what follows the bottom line, in this order


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement that may stand under the bottom line, and its rank among them."""

    claim: Claim
    rank: tuple[bool, int, int, float]  #: the lowest is the last to be left out


def plan_pages(brief: Brief) -> list[Brief]:
    """The brief as one page, from the fullest to the least.

    The next planned event, the best statement and the best view go one by one, the weakest first;
    then the bottom line, from its end, down to two.
    """
    shown = shown_differences(brief)
    choices = sorted(choose(brief, shown), key=lambda choice: choice.rank)
    bottom = brief.bottom_line
    least = min(LEAST_BOTTOM_LINE, len(bottom))
    kept = [(*bottom, *(c.claim.id for c in choices[:n])) for n in range(len(choices), -1, -1)]
    kept += [bottom[:n] for n in range(len(bottom) - 1, least - 1, -1)]
    hidden = tuple(n for n in range(1, len(brief.disagreements) + 1) if n not in shown)
    people = sum(len(section.people) for section in brief.sections)
    return [shorten(brief, names, TO, differences=hidden, people=people) for names in kept]


def shown_differences(brief: Brief) -> tuple[int, ...]:
    """Ranks, from 1, of the three points that stand on the page: those of the bottom line first."""

    def weight(rank: int) -> tuple[bool, bool, int]:
        point = brief.disagreements[rank - 1]
        return not _claims(point) & {*brief.bottom_line}, point.kind != "denial", rank

    ranks = sorted(range(1, len(brief.disagreements) + 1), key=weight)
    return tuple(sorted(ranks[:MOST_DIFFERENCES]))


def choose(brief: Brief, shown: Collection[int]) -> list[Choice]:
    """The next planned event, the best statement and the best outside view.

    A side of a denial stands there only where the denial does.
    """
    torn = {
        name
        for rank, point in enumerate(brief.disagreements, 1)
        if point.kind == "denial" and rank not in shown
        for name in _claims(point)
    }
    taken = {*brief.bottom_line, *torn}
    named = {name for point in brief.disagreements for name in _claims(point)}
    chosen: list[Choice] = []
    for kind in KINDS:
        found = [
            Choice(claim, (claim.id not in named, -claim.independent, place, -claim.score))
            for place, section in enumerate(brief.sections)
            if section.kind == kind
            for claim in (ahead(section, brief, taken) if kind == "timeline" else section.claims)
            if claim.id not in taken
        ]
        chosen += sorted(found, key=lambda choice: choice.rank)[:1]
    return chosen


def ahead(section: Section, brief: Brief, taken: Collection[str]) -> list[Claim]:
    """The claim of the next planned event; none when nothing is planned."""
    claims = {claim.id: claim for claim in section.claims if claim.id not in taken}
    today = brief.as_of.date()
    planned = [
        (event.start, claims[event.claim])
        for event in section.events
        if event.claim in claims
        and event.start is not None
        and event.start >= today
        and event.state == "planned"
    ]
    return [claim for _, claim in sorted(planned, key=lambda each: each[0])[:1]]


def view_page(view: BriefView) -> dict[str, object]:
    """What the template of the page sees beside the view: the items and the sources cited."""
    bottom = {claim["id"] for claim in view["bottom_line"]}
    items: list[ItemView] = []
    for section in view["sections"]:
        rows = {row["claim"]["id"]: row for row in section["timeline"] if row["claim"]}
        items += [
            {
                "head": "Ahead" if section["kind"] == "timeline" else section["title"],
                "kind": section["kind"],
                "claim": claim,
                "row": rows.get(claim["id"]),
            }
            for claim in section["claims"]
            if claim["id"] not in bottom and section["kind"] in KINDS
        ]
    items.sort(key=lambda item: KINDS.index(item["kind"]))
    cited = {n for claim in view["bottom_line"] for n in claim["numbers"]}
    cited |= {n for item in items for n in item["claim"]["numbers"]}
    cited |= {n for p in view["disagreements"] for side in p["sides"] for n in side["numbers"]}
    sources: list[SourceView] = [s for s in view["sources"] if s["number"] in cited]
    return {"items": items, "cited": sources}


def _claims(point: Disagreement) -> set[str]:
    return {name for side in point.sides for name in side.claims}
