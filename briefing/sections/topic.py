"""Kind `topic`: what the sources say about a description and its keywords."""

from __future__ import annotations

from briefing.models import Claim
from briefing.sections.fit import Candidate, Fit
from briefing.sections.query import Query

#: A passage of fewer words seldom says anything by itself.
SHORT_WORDS = 8
#: What such a passage keeps of its relevance.
SHORT = 0.7


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as the passage's words are, offices in a list of names left out."""
    text = _without_offices(candidate.claim)
    relevance = query.relevance(text, candidate.around, candidate.language)
    is_short = len(candidate.claim.text.split()) < SHORT_WORDS
    return Fit(relevance.score * (SHORT if is_short else 1.0), relevance.why)


def _without_offices(claim: Claim) -> str:
    """The passage; where it introduces several people, without what their offices are about."""
    introduced = [mention for mention in claim.support[0].people if mention.is_introduced]
    text = claim.text
    if len(introduced) > 1:
        for mention in introduced:
            text = text.replace(mention.role or "", " ") if mention.role else text
    return text
