"""A brief and a length -> the brief with what fits, the most telling statements first.

Type never shrinks and no passage is cut: whole statements move to `more`, and are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from briefing.config import BudgetSpec, SectionSpec
from briefing.models import Brief, Claim, Cut, Disagreement, Event, Section
from briefing.settling import settle

#: Claims that are printed or left out together: a denial and what it denies.
Unit = tuple[Claim, ...]


def fit_budgets(brief: Brief, budget: BudgetSpec, specs: Sequence[SectionSpec]) -> Brief:
    """The brief within its own budget and those of its sections, pages apart."""
    units = rank_units(brief)
    every = frozenset(claim.id for section in brief.sections for claim in section.claims)
    kept = every
    for section, spec in zip(brief.sections, specs, strict=True):
        if spec.budget.words is not None:
            here = frozenset(claim.id for claim in section.claims)
            kept -= here - fill(_within(units, here), spec.budget.words, count_words)
    kept = _whole(units, kept)
    asked = ["the budgets of its sections"] if kept < every else []
    for limit, size, what in (
        (budget.words, count_words, "word"),
        (budget.claims, _one, "statement"),
    ):
        if limit is not None:
            fitting = fill(_within(units, kept), limit, size)
            if fitting < kept:
                asked.append(f"{limit:,} {what}{'' if limit == 1 else 's'}")
                kept = fitting
    return shorten(brief, kept, " and ".join(asked)) if asked else brief


def rank_units(brief: Brief) -> list[Unit]:
    """The printed claims, best first, with a denial beside what it denies.

    Those named in the bottom line, in a disagreement or as an answer come first, then those with
    more independent sources, then each section's best before any section's second.
    """
    named = {*brief.bottom_line, *_compared(brief.disagreements)}
    named |= {name for s in brief.sections for q in s.questions for name in q.claims[:1]}
    order: dict[str, tuple[bool, int, int, int]] = {}
    claims: dict[str, Claim] = {}
    for place, section in enumerate(brief.sections):
        best_first = sorted(section.claims, key=lambda c: (-c.independent, -c.score))
        for rank, claim in enumerate(best_first):
            claims[claim.id] = claim
            order[claim.id] = (claim.id not in named, -claim.independent, rank, place)
    together = _together(claims, brief.disagreements)
    ranked = sorted(claims, key=lambda name: order[name])
    units = dict.fromkeys(together[name] for name in ranked)
    return [tuple(claims[name] for name in ranked if name in unit) for unit in units]


def fill(units: Iterable[Unit], limit: int, size: Callable[[Claim], int]) -> frozenset[str]:
    """Ids of the units that fit, best first; one that is too long makes room for the next."""
    kept: list[str] = []
    left = limit
    for unit in units:
        needed = sum(size(claim) for claim in unit)
        if needed <= left:
            kept += [claim.id for claim in unit]
            left -= needed
    return frozenset(kept)


def prefixes(units: Sequence[Unit]) -> list[frozenset[str]]:
    """Ids of no unit, of the best, of the two best … of all."""
    sets = accumulate(
        units, lambda kept, unit: kept | {c.id for c in unit}, initial=frozenset[str]()
    )
    return list(sets)


def shorten(
    brief: Brief,
    kept: Collection[str],
    to: str,
    *,
    differences: tuple[int, ...] = (),
    people: int = 0,
) -> Brief:
    """The brief that prints only the claims `kept`, numbered anew, with the count of the rest."""
    sections = tuple(_shortened(section, kept) for section in brief.sections)
    before = sum(len(section.claims) for section in brief.sections)
    after = sum(len(section.claims) for section in sections)
    was = brief.cut
    shortened = replace(
        brief,
        sections=sections,
        bottom_line=tuple(name for name in brief.bottom_line if name in kept),
        cut=Cut(
            to=f"{was.to} and {to}" if was else to,
            claims=before - after + (was.claims if was else 0),
            of=was.of if was else before,
            differences=differences,
            people=people,
        ),
    )
    return settle(shortened)


def _shortened(section: Section, kept: Collection[str]) -> Section:
    cut = tuple(claim for claim in section.claims if claim.id not in kept)
    return replace(
        section,
        claims=tuple(claim for claim in section.claims if claim.id in kept),
        more=(*cut, *section.more),
        events=tuple(row for event in section.events if (row := _told(event, kept))),
    )


def _told(event: Event, kept: Collection[str]) -> Event | None:
    """The row without the reports that are cut, in whatever section they stood."""
    left = [name for name in (event.claim, *event.also) if name in kept]
    return replace(event, claim=left[0], also=tuple(left[1:])) if left else None


def _compared(disagreements: Iterable[Disagreement]) -> set[str]:
    return {name for point in disagreements for side in point.sides for name in side.claims}


def _together(
    claims: Collection[str], disagreements: Iterable[Disagreement]
) -> dict[str, frozenset[str]]:
    """Each claim's unit: itself, or all printed sides of the denials in which it stands."""
    units = {name: frozenset({name}) for name in claims}
    for point in disagreements:
        if point.kind == "denial":
            sides = [name for name in sorted(_compared([point])) if name in units]
            union = frozenset[str]().union(*(units[name] for name in sides))
            units |= dict.fromkeys(union, union)
    return units


def _within(units: Iterable[Unit], ids: Collection[str]) -> list[Unit]:
    """What of each unit stands among `ids`."""
    cut = (tuple(claim for claim in unit if claim.id in ids) for unit in units)
    return [unit for unit in cut if unit]


def _whole(units: Iterable[Unit], kept: Collection[str]) -> frozenset[str]:
    """Of `kept`, the claims of units that are kept as a whole."""
    whole = (unit for unit in units if all(claim.id in kept for claim in unit))
    return frozenset(claim.id for unit in whole for claim in unit)


def count_words(claim: Claim) -> int:
    """Words of a claim as it is printed."""
    return len(claim.text.split())


def _one(claim: Claim) -> int:
    del claim
    return 1
