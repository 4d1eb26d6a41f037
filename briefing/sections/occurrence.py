"""Dated claims -> occurrences in order of happening: several reports of one event together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.models import Claim
from briefing.sections.dating import Timing, timing_of
from briefing.sections.sequence import Place, place_all
from briefing.text.kindred import notion
from briefing.text.similarity import Background, load_background
from briefing.text.words import stems

#: Share of the weight of the shorter report's notions that two reports of one event have in common.
SHARED_WEIGHT = 0.5
#: Notions that two reports of one event share at least.
SHARED_NOTIONS = 3
#: Minutes by which two reports of one event may lie apart; "before dawn" and 4:10 are one time.
APART = 300


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What happens once, with the claims that report it, the one shown first."""

    place: Place
    claims: tuple[Claim, ...]

    @property
    def timing(self) -> Timing | None:
        """What dates it, or None."""
        return timing_of(self.claims[0])


def gather(claims: Sequence[Claim], elsewhere: Sequence[Claim] = ()) -> tuple[Occurrence, ...]:
    """The claims, each in one occurrence, in order of happening; what nothing dates comes last.

    Claims of one day that share most of what they tell are one occurrence; `elsewhere` come after
    `claims` in it.
    """
    every = [*claims, *elsewhere]
    own = {claim.id for claim in claims}
    placed = sorted(
        zip(place_all(every), every, strict=True),
        key=lambda pair: (pair[1].id not in own, timing_of(pair[1]) is None, pair[0]),
    )
    found: list[Occurrence] = []
    for place, claim in placed:
        for index, other in enumerate(found):
            if _is_same(place, claim, other):
                found[index] = Occurrence(other.place, (*other.claims, claim))
                break
        else:
            found.append(Occurrence(place, (claim,)))
    return tuple(sorted(found, key=lambda one: (one.timing is None, one.place)))


def _is_same(place: Place, claim: Claim, other: Occurrence) -> bool:
    if timing_of(claim) is None or other.timing is None or place.day != other.place.day:
        return False
    if abs(place.minute - other.place.minute) > APART:
        return False
    return _share_most(claim, other.claims[0])


def _share_most(one: Claim, other: Claim) -> bool:
    """Whether two claims share most of what the shorter one tells, rare words weighing more."""
    language = one.support[0].article.language
    if other.support[0].article.language != language:
        return False
    mine, theirs = _notions(one, language), _notions(other, language)
    shared = mine & theirs
    if len(shared) < SHARED_NOTIONS:
        return False
    background = load_background(language) or Background(1, {})
    least = min(_weight(mine, background), _weight(theirs, background))
    return _weight(shared, background) >= SHARED_WEIGHT * least


def _notions(claim: Claim, language: str) -> frozenset[str]:
    timing = timing_of(claim)
    text = claim.support[0].text
    if timing is not None:  # one day has one name
        text = text.replace(timing.found.text, " ")
    return frozenset(notion(stem, language) for stem in stems(text, language))


def _weight(notions: frozenset[str], background: Background) -> float:
    return sum(background.idf(stem) for stem in sorted(notions))
