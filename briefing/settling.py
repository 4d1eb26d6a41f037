"""A brief whose sections are settled -> with its references, quotations and source statement."""

from __future__ import annotations

from dataclasses import replace

from briefing.citations import number_references
from briefing.models import Brief
from briefing.quotes import find_quotes
from briefing.sources import summarize_sources


def settle(brief: Brief) -> Brief:
    """The brief with references by first use, quotations, and what it says about its sources."""
    sections = brief.sections
    by_id = {c.id: c for section in sections for c in (*section.claims, *section.more)}
    by_id |= {claim.id: claim for claim in brief.unplaced}
    bottom_line = [by_id[name] for name in brief.bottom_line]
    points = brief.disagreements
    compared = [by_id[i] for point in points for side in point.sides for i in side.claims]
    brief = replace(
        brief,
        references=number_references(bottom_line, sections, compared),
        quotes=find_quotes(sections, brief.splits),
    )
    return replace(brief, source_summary=summarize_sources(brief))
