"""Kind `people`: a roster of those whom the section asks for, with the roles that sources give."""

from __future__ import annotations

from briefing.models import Claim, Section
from briefing.sections.fit import NO_FIT, Fit
from briefing.sections.query import Query


def fit(claim: Claim, query: Query) -> Fit:
    """As relevant as its words are, if it names somebody."""
    relevance = query.relevance(claim.text)
    return Fit(relevance.score, relevance.why) if relevance.score else NO_FIT


def complete(section: Section, query: Query) -> Section:
    """The section with one row a person."""
    return section
