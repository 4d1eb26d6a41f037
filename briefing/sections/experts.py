"""Kind `experts`: views of analysts, scholars and other outside observers, with the speaker."""

from __future__ import annotations

from briefing.sections.fit import NO_FIT, Candidate, Fit
from briefing.sections.query import Query
from briefing.sections.speakers import is_observer

#: What a view of a named observer scores, before its relevance to the section's words.
NAMED = 0.9
#: The same for "analysts say", which may as well report a fact that another section asks for.
UNNAMED = 0.55


def fit(candidate: Candidate, query: Query) -> Fit:
    """Well when an outside observer speaks; better when it is on the section's words."""
    claim = candidate.claim
    speaker = claim.speaker
    if speaker is None or not is_observer(speaker, candidate.language):
        return NO_FIT
    relevance = query.relevance(claim.text, candidate.around, candidate.language)
    why = (
        f"observer: {speaker.name}" + (f", {speaker.role}" if speaker.role else ""),
        *relevance.why,
    )
    base = NAMED if speaker.kind == "person" else UNNAMED
    return Fit(base + (1 - base) * relevance.score, why)
