"""Sections of claims -> references numbered by first use; a claim without an article is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.errors import CitationError
from briefing.models import Article, Claim, Reference, Section


def number_references(
    bottom_line: Iterable[Claim], sections: Iterable[Section], compared: Iterable[Claim] = ()
) -> tuple[Reference, ...]:
    """One reference an article, numbered 1, 2, 3 … in the order in which the brief prints it.

    The bottom line comes first, then the claims that are `compared` because they differ, then
    section by section the roster and the claims. A row of a roster or a timeline may point at a
    claim that is not printed; its articles are cited, too.
    Raises CitationError for a claim without support, or whose passage no support backs.
    """
    used: dict[Article, None] = {}
    for claim in (*bottom_line, *compared):
        used.update(dict.fromkeys(_cited(claim)))
    for section in sections:
        for person in section.people:
            used.update(dict.fromkeys(person.articles))
        for claim in section.claims:
            used.update(dict.fromkeys(_cited(claim)))
    return tuple(Reference(number, article) for number, article in enumerate(used, start=1))


def _cited(claim: Claim) -> tuple[Article, ...]:
    if not claim.support:
        raise CitationError(f"claim {claim.id}: no article stands behind it")
    if claim.passage.article not in claim.articles:
        raise CitationError(
            f"claim {claim.id}: its passage is from an article that does not support it"
        )
    return claim.articles


def number_claims(groups: Sequence[Sequence[Claim]]) -> tuple[tuple[Claim, ...], ...]:
    """The same groups with ids "c1", "c2" … through all of them."""
    count = 0
    numbered: list[tuple[Claim, ...]] = []
    for group in groups:
        numbered.append(
            tuple(replace(claim, id=f"c{count + i}") for i, claim in enumerate(group, 1))
        )
        count += len(group)
    return tuple(numbered)
