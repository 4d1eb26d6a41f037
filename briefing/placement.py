"""Claims -> sections: each claim under the heading that it fits best, with the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from briefing.models import Alternative, Claim, Passage
from briefing.sections import KINDS
from briefing.sections.fit import Candidate, Fit
from briefing.sections.query import Query

#: Fit from which a claim that condensing chose stands under a heading.
PLACED = 0.35
#: Fit from which a claim does that condensing passed over: a heading that plainly asks for it.
PLACED_UNCHOSEN = 0.45
#: Fit from which a heading with next to nothing may have what stands under another.
SHARED = 0.5
#: Fit from which what its own heading has no room for is printed under another.
OVERFLOW = 0.7
#: Claims of a heading that has next to nothing; one with more can spare some.
FEW = 3
#: Other sections that are named for a claim.
ALTERNATIVES = 3
#: Longest passage, in words, that overlapping claims may grow into.
PASSAGE_WORDS = 90


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands under each heading, most important first, and what fits nowhere."""

    sections: tuple[tuple[Claim, ...], ...]
    unplaced: tuple[Claim, ...]


def assign(candidates: Sequence[Candidate], queries: Sequence[Query]) -> Placed:
    """Each candidate under the heading that it fits best; the earlier heading where two fit alike.

    What a heading has no room for goes under another that it fits, and no heading stays nearly
    empty while another has claims to spare for it. `unplaced` holds what no heading asks for, and
    condensing chose or sources differ on.
    """
    fitted = [
        _Fitted(candidate, tuple(KINDS[q.spec.kind].fit(candidate, q) for q in queries))
        for candidate in candidates
    ]
    homes: list[list[_Fitted]] = [[] for _ in queries]
    unplaced: list[_Fitted] = []
    for row in fitted:
        if (best := row.best()) is not None:
            homes[best].append(row)
        elif row.candidate.is_chosen or row.candidate.is_compared:
            unplaced.append(row)
    _move_overflow(homes, queries)
    _share(homes, queries)
    placed = Placed(
        tuple(
            tuple(_with(row, home, queries) for row in _ranked(rows, home))
            for home, rows in enumerate(homes)
        ),
        tuple(_with(row, None, queries) for row in _ranked(unplaced, None)),
    )
    return _without_overlap(placed)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A candidate with its fit for every heading."""

    candidate: Candidate
    fits: tuple[Fit, ...]

    @property
    def needed(self) -> float:
        return PLACED if self.candidate.is_chosen else PLACED_UNCHOSEN

    def best(self, among: Iterable[int] | None = None, needed: float = 0.0) -> int | None:
        """The heading that it fits best, if it fits one well enough, and as well as `needed`."""
        open_to = range(len(self.fits)) if among is None else sorted(among)
        best = max(open_to, key=lambda home: (self.fits[home].score, -home), default=None)
        least = max(self.needed, needed)
        return best if best is not None and self.fits[best].score >= least else None

    def rank(self, home: int | None) -> tuple[float, str, int]:
        """Sorts by importance and by fit under a heading, best first."""
        passage = self.candidate.claim.passage
        fit = self.fits[home].score if home is not None else 0.0
        return -(0.5 * fit + 0.5 * self.candidate.importance), passage.article.id, passage.start


def _ranked(rows: Sequence[_Fitted], home: int | None) -> list[_Fitted]:
    return sorted(rows, key=lambda row: row.rank(home))


def _move_overflow(homes: list[list[_Fitted]], queries: Sequence[Query]) -> None:
    """What stands beyond a limit goes where it fits, too, and there is room."""
    limits = [query.spec.limit for query in queries]
    for home, rows in enumerate(homes):
        for row in _ranked(rows, home)[limits[home] :]:
            room = {h for h in range(len(homes)) if h != home and len(homes[h]) < limits[h]}
            if (other := row.best(room, OVERFLOW)) is not None:
                rows.remove(row)
                homes[other].append(row)


def _share(homes: list[list[_Fitted]], queries: Sequence[Query]) -> None:
    """A heading with next to nothing gets what fits it well and others can spare.

    A roster wants none of it: its rows name claims wherever they stand.
    """
    for home, rows in enumerate(homes):
        if queries[home].spec.kind == "people":
            continue
        spare = [
            (row.fits[home].score, other, row)
            for other, theirs in enumerate(homes)
            if other != home
            for row in theirs
            if row.fits[home].score >= SHARED
        ]
        for _, other, row in sorted(spare, key=lambda item: (-item[0], item[2].rank(home))):
            if len(rows) >= FEW:
                break
            if len(homes[other]) > FEW:
                homes[other].remove(row)
                rows.append(row)


def _with(row: _Fitted, home: int | None, queries: Sequence[Query]) -> Claim:
    """The claim with its fit under a heading, and the other headings that it fits.

    Without a heading it fits none well enough; then those that came nearest are named.
    """
    least = row.needed if home is not None else 0.0
    others = [
        Alternative(queries[other].spec.title, round(fit.score, 4))
        for other, fit in enumerate(row.fits)
        if other != home and fit.score > 0 and fit.score >= least
    ]
    best = tuple(sorted(others, key=lambda each: -each.score)[:ALTERNATIVES])
    if home is None:
        return replace(row.candidate.claim, also_fits=best)
    fit = row.fits[home]
    return replace(row.candidate.claim, score=round(fit.score, 4), why=fit.why, also_fits=best)


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
