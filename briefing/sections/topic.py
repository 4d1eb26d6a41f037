"""Kind `topic`: what the sources say about a description and its keywords."""

from __future__ import annotations

from briefing.models import Claim
from briefing.sections.fit import Candidate, Fit
from briefing.sections.query import Query

#: A passage of fewer words seldom says anything by itself.
SHORT_WORDS = 8
#: What such a passage keeps of its relevance, and what a question that nobody in particular asks.
SHORT, ASKED = 0.7, 0.5


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as the passage's words are, offices in a list of names left out."""
    text = _without_offices(candidate.claim)
    relevance = query.relevance(text, candidate.around, candidate.language)
    is_short = len(candidate.claim.text.split()) < SHORT_WORDS
    # Who asks says nothing, but for what a known speaker asks of somebody.
    is_asked = candidate.claim.speaker is None and candidate.claim.text.endswith("?")
    share = (SHORT if is_short else 1.0) * (ASKED if is_asked else 1.0)
    return Fit(relevance.score * share, relevance.why)


def _without_offices(claim: Claim) -> str:
    """The passage; where it introduces several people, without what their offices are about."""
    introduced = [mention for mention in claim.support[0].people if mention.is_introduced]
    text = claim.text
    if len(introduced) > 1:
        for mention in introduced:
            text = text.replace(mention.role or "", " ") if mention.role else text
    return text
