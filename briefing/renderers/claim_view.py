"""One claim -> what templates see of it: citations, support, speaker and status."""

from __future__ import annotations

from briefing.models import Brief, Claim
from briefing.renderers.citing import Citations
from briefing.renderers.evidence import LONG_TEXT, text_direction
from briefing.renderers.fields import ClaimView, SpeakerView, SupportView
from briefing.renderers.wording import chip_of, count, day_in, local_day, shorten
from briefing.text.context import names_its_speaker

MOST_DOTS = 6
KEY_LINES = 92  #: characters of a role that fit three lines of a key


def view_claim(claim: Claim, citations: Citations, brief: Brief) -> ClaimView:
    """One claim with its citations, support and speaker."""
    article = claim.passage.article
    day = local_day(article.published, brief.as_of.tzinfo)
    return {
        "id": claim.id,
        "text": claim.text,
        "language": article.language,
        "direction": text_direction(claim.text, article.language),
        "citations": citations.links(claim.articles, [claim]),
        "numbers": citations.numbers(claim.articles),
        "support": view_support(claim),
        "speaker": view_speaker(claim),
        "names_speaker": names_its_speaker(claim.support[0]),
        "status": claim.status,
        "chip": chip_of(claim.status),
        "date": day_in(day, brief.as_of.year) if day else None,
        "evidence": citations.entry(claim),
        "is_long": len(claim.text) > LONG_TEXT,
    }


def view_support(claim: Claim) -> SupportView:
    """How many articles say it, and how many of them independently."""
    sources = len(claim.articles)
    independent = min(max(claim.independent, 1), sources)
    words = count(sources, "source", "sources")
    if sources > 1:
        words += f", {independent} independent"
        if claim.in_common:
            words += f": {'; '.join(claim.in_common)}"
    return {
        "sources": sources,
        "independent": independent,
        "copies": sources - independent,
        "has_dots": sources <= MOST_DOTS,
        "words": words,
    }


def view_speaker(claim: Claim) -> SpeakerView | None:
    """Name and office; for a body the note that no person is named."""
    speaker = claim.speaker
    if speaker is None:
        return None
    name, role = speaker.name, speaker.role
    if speaker.kind == "unnamed":
        name, role = "Unnamed", f"“{speaker.name}”"
    elif speaker.kind == "body":
        role = role or "no person named"
    return {
        "name": name,
        "role": role,
        "short_role": shorten(role, KEY_LINES) if role else None,
        "kind": speaker.kind,
    }
