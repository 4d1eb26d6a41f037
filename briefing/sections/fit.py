"""How well a claim fits a section, and why: what every kind of section answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from briefing.models import Claim, Section, Voice
from briefing.sections.query import Query


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a claim fits a section."""

    score: float  #: 0–1; 0 when it does not belong there at all
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that may be printed."""

    claim: Claim
    is_chosen: bool = True  #: whether condensing chose one of its sentences
    importance: float = 0.0  #: 0–1, among all claims
    around: str = ""  #: the text of its neighbours in the article
    elsewhere: tuple[Voice, ...] = ()  #: its other sentences, which may tell more of their speaker
    is_compared: bool = False  #: whether sources differ on what it says

    @property
    def language(self) -> str:
        """ISO 639-1 of the article that is printed."""
        return self.claim.passage.article.language


#: What a kind answers for a claim that does not belong there at all.
NO_FIT = Fit(0.0)


def first_ones(claims: Sequence[Claim], limit: int) -> tuple[Claim, ...]:
    """The most important claims, which come first."""
    return tuple(claims[:limit])


def as_given(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The order of importance, in which claims come."""
    return tuple(claims)


@dataclass(frozen=True, slots=True)
class Whole:
    """The rest of the brief, to which rows of a section may point."""

    claims: Sequence[Claim]  #: every numbered claim, those that no section prints included
    printed: Sequence[Claim]  #: those that some section prints
    now: datetime  #: the cut-off, in the edition's zone


def as_it_is(section: Section, query: Query, whole: Whole) -> Section:
    """The section without rows of its own."""
    return section


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of section, as functions of the query that was made from its spec."""

    fit: Callable[[Candidate, Query], Fit]
    choose: Callable[[Sequence[Claim], int], tuple[Claim, ...]] = first_ones  #: up to a limit
    order: Callable[[Sequence[Claim]], tuple[Claim, ...]] = as_given  #: importance -> printed order
    #: Adds rows that point at numbered claims, its own or any other of the brief.
    complete: Callable[[Section, Query, Whole], Section] = as_it_is
