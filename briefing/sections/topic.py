"""Kind `topic`: what the sources say about a description and its keywords."""

from __future__ import annotations

from briefing.sections.fit import Candidate, Fit
from briefing.sections.query import Query


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as the passage's words are."""
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around)
    return Fit(relevance.score, relevance.why)
