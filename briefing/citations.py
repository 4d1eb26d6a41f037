"""Sections of claims -> references numbered by first use; a claim without an article is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.errors import CitationError
from briefing.models import Article, Claim, Reference


def number_references(claims: Iterable[Claim]) -> tuple[Reference, ...]:
    """One reference an article, numbered 1, 2, 3 … in the order in which printed claims use it.

    Raises CitationError for a claim without support, or whose passage no support backs.
    """
    used: dict[Article, None] = {}
    for claim in claims:
        if not claim.support:
            raise CitationError(f"claim {claim.id}: no article stands behind it")
        if claim.passage.article not in claim.articles:
            raise CitationError(
                f"claim {claim.id}: its passage is from an article that does not support it"
            )
        used.update(dict.fromkeys(claim.articles))
    return tuple(Reference(number, article) for number, article in enumerate(used, start=1))


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
