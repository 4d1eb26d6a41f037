"""Kind `experts`: views of analysts, scholars and other outside observers, with the speaker."""

from __future__ import annotations

from briefing.models import Claim
from briefing.sections.fit import NO_FIT, Fit
from briefing.sections.query import Query
from briefing.sections.speakers import is_observer

#: What every view of an observer scores, before its relevance to the section's words.
OBSERVER = 0.9


def fit(claim: Claim, query: Query) -> Fit:
    """Well when an outside observer speaks; better when it is on the section's words."""
    speaker = claim.speaker
    if speaker is None or not is_observer(speaker):
        return NO_FIT
    relevance = query.relevance(claim.text)
    why = (
        f"observer: {speaker.name}" + (f", {speaker.role}" if speaker.role else ""),
        *relevance.why,
    )
    return Fit(OBSERVER + (1 - OBSERVER) * relevance.score, why)
