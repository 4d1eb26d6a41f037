"""Kind `timeline`: dated movements and events, in order of when they happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.models import Claim, Event, Section
from briefing.sections.fit import NO_FIT, Fit
from briefing.sections.query import Query
from briefing.text.times import find_times

#: What a claim without a date keeps of its relevance: a movement may be told without its day.
UNDATED = 0.75
#: What a claim keeps that is somebody's opinion rather than an event.
OPINION = 0.6


def fit(claim: Claim, query: Query) -> Fit:
    """As relevant as its words are, more when it is dated, less when it is an opinion."""
    relevance = query.relevance(claim.text)
    if not relevance.score:
        return NO_FIT
    score, why = relevance.score, relevance.why
    if times := find_times(claim.text):
        why = (f"dated: {times[0].text}", *why)
    else:
        score *= UNDATED
    if claim.speaker and claim.speaker.kind != "body" and claim.text.startswith(("“", '"')):
        score *= OPINION
    return Fit(score, why)


def order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """In order of publication and of telling."""
    return tuple(sorted(claims, key=_told))


def complete(section: Section, query: Query) -> Section:
    """The section with the words that date each printed claim."""
    events = tuple(
        Event(claim.id, times[0].text)
        for claim in section.claims
        if (times := find_times(claim.text))
    )
    return replace(section, events=events)


def _told(claim: Claim) -> tuple[str, str, int]:
    article = claim.passage.article
    published = article.published.isoformat() if article.published else ""
    return published, article.id, claim.passage.start
