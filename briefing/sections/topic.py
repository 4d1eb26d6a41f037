"""Kind `topic`: what the sources say about a description and its keywords."""

from __future__ import annotations

from briefing.models import Claim
from briefing.sections.fit import Fit
from briefing.sections.query import Query


def fit(claim: Claim, query: Query) -> Fit:
    """As relevant as the passage's words are."""
    relevance = query.relevance(claim.text)
    return Fit(relevance.score, relevance.why)
