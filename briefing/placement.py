"""Claims -> sections: each claim under the heading that it fits best, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.models import Claim, Passage
from briefing.sections import KINDS
from briefing.sections.fit import Candidate, Fit
from briefing.sections.query import Query

#: Fit from which a claim that condensing chose stands under a heading.
PLACED = 0.35
#: Fit from which a claim does that condensing passed over: a heading that plainly asks for it.
PLACED_UNCHOSEN = 0.45
#: Longest passage, in words, that overlapping claims may grow into.
PASSAGE_WORDS = 90


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands under each heading, most important first, and what fits nowhere."""

    sections: tuple[tuple[Claim, ...], ...]
    unplaced: tuple[Claim, ...]


def assign(candidates: Sequence[Candidate], queries: Sequence[Query]) -> Placed:
    """Each candidate under the heading that it fits best; the earlier heading where two fit alike.

    `unplaced` holds what condensing chose and no heading asks for.
    """
    sections: list[list[tuple[float, Claim]]] = [[] for _ in queries]
    unplaced: list[tuple[float, Claim]] = []
    for candidate in candidates:
        fits = [KINDS[query.spec.kind].fit(candidate, query) for query in queries]
        best = max(range(len(fits)), key=lambda index: (fits[index].score, -index), default=-1)
        needed = PLACED if candidate.is_chosen else PLACED_UNCHOSEN
        if best >= 0 and fits[best].score >= needed:
            claim = _with(candidate.claim, fits[best])
            sections[best].append((0.5 * fits[best].score + 0.5 * candidate.importance, claim))
        elif candidate.is_chosen:
            unplaced.append((candidate.importance, candidate.claim))
    placed = Placed(tuple(_ordered(rows) for rows in sections), _ordered(unplaced))
    return _without_overlap(placed)


def _with(claim: Claim, fit: Fit) -> Claim:
    return replace(claim, score=round(fit.score, 4), why=fit.why)


def _ordered(rows: Sequence[tuple[float, Claim]]) -> tuple[Claim, ...]:
    def key(row: tuple[float, Claim]) -> tuple[float, str, int]:
        return -row[0], row[1].passage.article.id, row[1].passage.start

    return tuple(claim for _, claim in sorted(rows, key=key))


def _without_overlap(placed: Placed) -> Placed:
    """No sentence in two passages: where two overlap they become one, in the better place."""
    groups = [*placed.sections, placed.unplaced]
    kept: list[list[Claim]] = [[] for _ in groups]
    homes: dict[str, list[tuple[int, int]]] = defaultdict(list)  # article id -> (group, index)
    for number, group in enumerate(groups):
        for claim in group:
            near = homes[claim.passage.article.id]
            home = next((h for h in near if _overlap(kept[h[0]][h[1]], claim)), None)
            if home is None:
                near.append((number, len(kept[number])))
                kept[number].append(claim)
            elif joined := _joined(kept[home[0]][home[1]], claim):
                kept[home[0]][home[1]] = joined
    return Placed(tuple(map(tuple, kept[:-1])), tuple(kept[-1]))


def _overlap(one: Claim, other: Claim) -> bool:
    mine, theirs = one.passage, other.passage
    return mine.start < theirs.end and theirs.start < mine.end


def _joined(one: Claim, other: Claim) -> Claim | None:
    """The first of two claims whose passages overlap, with the second's for context.

    Its support stays its own: the other sentences say something else. None where the passage
    would grow too long: then the second claim is not printed.
    """
    passage = Passage(
        one.passage.article,
        min(one.passage.start, other.passage.start),
        max(one.passage.end, other.passage.end),
    )
    if len(passage.text.split()) > PASSAGE_WORDS:
        return None
    return replace(one, passage=passage)
