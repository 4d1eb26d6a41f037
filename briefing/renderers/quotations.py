"""The quotations of a brief -> the rows of the table of who said what."""

from __future__ import annotations

from datetime import datetime, tzinfo

from briefing.models import Article, Brief, Claim
from briefing.renderers.citing import Citations, quoted_claims
from briefing.renderers.claim_view import view_speaker
from briefing.renderers.evidence import text_direction
from briefing.renderers.fields import QuoteView
from briefing.renderers.wording import chip_of, day_in, local_day


def view_quotations(brief: Brief, citations: Citations) -> list[QuoteView]:
    """One row a claim, with its quotations."""
    rows: list[QuoteView] = []
    for rank, claim_id in enumerate(quoted_claims(brief), 1):
        claim = citations.claim(claim_id)
        speaker = view_speaker(claim)
        assert speaker is not None  # nobody is quoted unnamed
        words = [quote.text for quote in brief.quotes if quote.claim == claim_id]
        language = claim.passage.article.language
        first, date = _first(claim, brief)
        rows.append(
            {
                "id": f"q{rank}",
                "speaker": speaker,
                "words": words,
                "language": language,
                "direction": text_direction(words[0], language),
                "status": claim.status,
                "chip": chip_of(claim.status),
                "first": first,
                "date": date,
                "citations": citations.links(claim.articles, [claim]),
                "numbers": citations.numbers(claim.articles),
            }
        )
    return rows


def _first(claim: Claim, brief: Brief) -> tuple[str, str]:
    """Publisher and day of the earliest article; of several, not unless all state their date."""
    zone = brief.as_of.tzinfo
    first = min(claim.articles, key=lambda article: _age(article, zone))
    day = local_day(first.published, zone)
    if len(claim.articles) > 1 and not all(article.published for article in claim.articles):
        return "not known", "a date is missing"
    return (
        first.publisher or "publisher not stated",
        day_in(day, brief.as_of.year) if day else "date not stated",
    )


def _age(article: Article, zone: tzinfo | None) -> tuple[bool, str, bool, str]:
    """Earliest first: by day, then by hour where it is told; what states no date is the last."""
    day = local_day(article.published, zone)
    hour = article.published if isinstance(article.published, datetime) else None
    return (
        day is None,
        day.isoformat() if day else "",
        hour is None,
        hour.astimezone(zone).isoformat() if hour else "",
    )
