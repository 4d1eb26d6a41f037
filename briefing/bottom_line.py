"""Sections -> the bottom line: the few claims that a reader who stops on page one must know."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Claim, Section
from briefing.text.context import names_its_speaker, needs_context
from briefing.text.similarity import cosines, vectors
from briefing.text.words import stems

#: Claims of the bottom line, at most.
LENGTH = 4
#: Two claims this alike are on one thing.
ALIKE = 0.35
#: Longest claim, in words, that a bottom line may hold.
WORDS = 50


def choose_bottom_line(sections: Sequence[Section]) -> tuple[str, ...]:
    """Ids of up to four printed claims: short ones, best supported first, never two alike."""
    claims = [
        claim
        for section in sections
        for claim in section.claims
        if len(claim.text.split()) <= WORDS
        and not needs_context(claim.support[0])
        and names_its_speaker(claim.support[0])
    ]
    if not claims:
        return ()
    alike = cosines(vectors([stems(c.text, c.passage.article.language) for c in claims]))
    home = {claim.id: place for place, section in enumerate(sections) for claim in section.claims}
    ranked = sorted(range(len(claims)), key=lambda index: _merit(claims[index]))
    chosen: list[int] = []
    used: set[int] = set()
    for index in [*ranked, *ranked]:  # first one a section, then whatever is left
        if len(chosen) == LENGTH:
            break
        repeats = index in chosen or any(alike[index, other] >= ALIKE for other in chosen)
        if repeats or (home[claims[index].id] in used and len(used) < len({*home.values()})):
            continue
        chosen.append(index)
        used.add(home[claims[index].id])
    return tuple(claims[index].id for index in chosen)


def _merit(claim: Claim) -> tuple[float, float, str, int]:
    return -claim.independent, -claim.score, claim.passage.article.id, claim.passage.start
