"""Kind `timeline`: dated movements and events, in the order in which they happen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.models import Claim, Event, Section
from briefing.sections.dating import (
    Timing,
    dates_speech,
    event_of,
    is_precise,
    is_told,
    span_said,
    still_runs,
    timing_of,
)
from briefing.sections.fit import NO_FIT, Candidate, Fit, Whole
from briefing.sections.occurrence import Occurrence, gather
from briefing.sections.query import Query
from briefing.sections.speakers import share_spoken
from briefing.text.times import TimeExpression

#: How far a day, an hour or a range of days lifts a claim that is relevant at all.
DATED = 0.3
#: Relevance below which a date alone makes no claim an event of this section.
RELATED = 0.15
#: What a claim without a date keeps of its relevance: a movement may be told without its day.
UNDATED = 0.85
#: What a claim keeps that is dated by month or year alone: mostly it tells of earlier times.
DISTANT = 0.7
#: Share of a claim from which what is said is what it is about.
MOSTLY = 0.4
#: What a claim keeps that happens in another year than the section names.
OTHER_YEAR = 0.5
#: What a claim keeps that is somebody's opinion rather than an event.
OPINION = 0.6
#: Fit from which a dated claim of another section has a row that points at it.
POINTED_AT = 0.4

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as its words are, more when its day is told, less when it is an opinion.

    A section that has nothing but its title asks for whatever has a day.
    """
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around, candidate.language)
    timing = timing_of(claim)
    time = timing.found if timing else None
    score, why = relevance.score, relevance.why
    if query.is_open and time and is_precise(time):
        score = max(score, RELATED)
    if not score or claim.text.endswith("?"):
        return NO_FIT
    if time is None:
        score *= UNDATED
    else:
        why = (f"dated: {time.text}", *why)
        if _is_of_another_year(time, query):
            score *= OTHER_YEAR
        if not is_precise(time):
            score *= DISTANT
        elif timing and _dates_words(claim, timing):
            score *= UNDATED
        elif score >= RELATED:
            score += (1 - score) * DATED
    return Fit(score * (OPINION if _is_opinion(claim, timing) else 1.0), why)


def order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """In order of when things happen, reports of one event together; at last what has no date."""
    return tuple(claim for found in gather(claims) for claim in found.claims)


def complete(section: Section, query: Query, whole: Whole) -> Section:
    """The section with one row an event, those included that other sections tell of.

    A claim of another section has a row when it is dated to the day and fits this section well.
    """
    here = {claim.id for claim in section.claims}
    elsewhere = [
        claim for claim in whole.printed if claim.id not in here and _belongs(claim, query)
    ]
    found = gather(section.claims, elsewhere)
    events = tuple(
        _event(one, timing, whole)
        for one in found
        if (timing := one.timing) and not still_runs(timing)
    )
    claims = tuple(claim for one in found for claim in one.claims if claim.id in here)
    return replace(section, claims=claims, events=events)


def tell_undated(sections: Sequence[Section]) -> tuple[str, ...]:
    """The sentence that says how many rows keep the sources' words for want of a date, if any."""
    count = sum(event.start is None for section in sections for event in section.events)
    if not count:
        return ()
    rows = "1 row of the timeline keeps" if count == 1 else f"{count} rows of the timeline keep"
    return (f"{rows} the source's own words for the day, as the article states no date.",)


def _event(found: Occurrence, timing: Timing, whole: Whole) -> Event:
    also = tuple(claim.id for claim in found.claims[1:])
    return replace(event_of(found.claims[0], timing, whole.now), also=also)


def _belongs(claim: Claim, query: Query) -> bool:
    timing = timing_of(claim)
    if timing is None or timing.found.granularity == "week" or not is_precise(timing.found):
        return False
    if not is_told(timing) or (claim.speaker and dates_speech(timing)):
        return False
    near = [other.score for other in claim.also_fits if other.section == query.spec.title]
    return max([fit(Candidate(claim), query).score, *near]) >= POINTED_AT


def _is_of_another_year(time: TimeExpression, query: Query) -> bool:
    """Whether the section's title or description names years, and a claim happens in none."""
    asked = {int(year) for year in _YEAR.findall(f"{query.spec.title} {query.spec.description}")}
    if not asked or time.first is None or time.last is None:
        return False
    return not any(time.first.year <= year <= time.last.year for year in asked)


def _dates_words(claim: Claim, timing: Timing) -> bool:
    """Whether the day is that on which somebody spoke, and nothing that was said has one."""
    return claim.speaker is not None and dates_speech(timing)


def _is_opinion(claim: Claim, timing: Timing | None) -> bool:
    """Whether a person says most of it, or somebody unnamed in quotation marks, without a date."""
    speaker = claim.speaker
    if speaker is None or share_spoken(claim) < MOSTLY:
        return False
    is_quoted = claim.support[0].text.startswith(("“", '"'))
    if speaker.kind == "body" or (speaker.kind == "unnamed" and not is_quoted):
        return False
    said = span_said(claim)
    return timing is None or said is None or not said[0] <= timing.found.start < said[1]
