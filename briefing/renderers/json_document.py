"""Brief -> brief.json, the machine-readable brief, schema `brief/1`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from itertools import zip_longest

from briefing.errors import CitationError
from briefing.models import (
    Article,
    Brief,
    Claim,
    Cut,
    Disagreement,
    Document,
    Event,
    Note,
    Person,
    Quote,
    Section,
    Summary,
)
from briefing.renderers.environment import Templates

SCHEMA = "brief/1"
SCORE_DIGITS = 4

Fields = dict[str, object]


def render(brief: Brief, templates: Templates) -> Document:
    """brief.json: UTF-8, two-space indent, keys in the contract's order."""
    del templates
    text = json.dumps(brief_fields(brief), ensure_ascii=False, indent=2, allow_nan=False)
    return Document("brief.json", "application/json", (text + "\n").encode())


def brief_fields(brief: Brief) -> Fields:
    """The whole document."""
    numbers = {r.article.id: r.number for r in brief.references}
    summaries = {s.article.id: s for s in brief.summaries}
    return {
        "schema": SCHEMA,
        "name": brief.name,
        "title": brief.title,
        "subtitle": brief.subtitle,
        "issuer": brief.issuer,
        "marking": brief.marking,
        "distribution": brief.distribution,
        "profile": brief.profile,
        "language": brief.language,
        "as_of": brief.as_of.isoformat(),
        "number": brief.number,
        "articles": [article_fields(a, summaries.get(a.id)) for a in brief.articles],
        "independent_sources": [
            {"articles": list(origin.articles), "why": list(origin.why)} for origin in brief.origins
        ],
        "references": [{"number": r.number, "article": r.article.id} for r in brief.references],
        "bottom_line": list(brief.bottom_line),
        "sections": [section_fields(section, numbers) for section in brief.sections],
        "notes": [note_fields(note) for note in brief.notes],
        "quotations": [quote_fields(quote) for quote in brief.quotes],
        "disagreements": [disagreement_fields(d) for d in brief.disagreements],
        "unplaced": [claim_fields(claim) for claim in brief.unplaced],
        "problems": [{"subject": p.subject, "reason": p.reason} for p in brief.problems],
        "source_summary": brief.source_summary,
        "cut": cut_fields(brief.cut) if brief.cut else None,
    }


def cut_fields(cut: Cut) -> Fields:
    """What a length that was asked for left out."""
    return {
        "to": cut.to,
        "claims": cut.claims,
        "of": cut.of,
        "differences": list(cut.differences),
        "people": cut.people,
    }


def article_fields(article: Article, summary: Summary | None) -> Fields:
    """One article that was read; its text is in the evidence folder."""
    chosen = summary.sentences if summary else ()
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "sha256": article.sha256,
        "words": article.words,
        "summary": [{"start": s.start, "end": s.end} for s in chosen],
        "wire": article.wire,
        "descriptor": asdict(article.descriptor) if article.descriptor else None,
    }


def section_fields(section: Section, numbers: Mapping[str, int]) -> Fields:
    """One section; `people` and `events` are empty lists in the kinds that have none."""
    return {
        "title": section.title,
        "kind": section.kind,
        "description": section.description,
        "claims": [claim_fields(claim) for claim in section.claims],
        "more": [claim_fields(claim) for claim in section.more],
        "people": [person_fields(person, numbers) for person in section.people],
        "events": [event_fields(event) for event in section.events],
        "questions": [
            {"question": q.text, "claims": list(q.claims), "looked_for": q.is_looked_for}
            for q in section.questions
        ],
        "notes": [note_fields(note) for note in section.notes],
        "gap": section.gap,
    }


def quote_fields(quote: Quote) -> Fields:
    """Words in quotation marks; the claim has who says them."""
    return {
        "claim": quote.claim,
        "article": quote.article.id,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
    }


def note_fields(note: Note) -> Fields:
    """What the desk itself says; no source stands behind it."""
    return {"text": note.text, "author": note.author or None, "from_sources": False}


def claim_fields(claim: Claim) -> Fields:
    """One claim with its passage and every sentence that says it."""
    passage, speaker = claim.passage, claim.speaker
    return {
        "id": claim.id,
        "text": claim.text,
        "passage": {"article": passage.article.id, "start": passage.start, "end": passage.end},
        "support": [
            {
                "article": s.article.id,
                "start": s.start,
                "end": s.end,
                "text": s.text,
                "same": same or None,
            }
            for s, same in zip_longest(claim.support, claim.same[: len(claim.support)])
        ],
        "articles": len(claim.articles),
        "publishers": claim.publishers,
        "independent": claim.independent,
        "in_common": list(claim.in_common),
        "speaker": {"name": speaker.name, "role": speaker.role, "text": speaker.text}
        if speaker
        else None,
        "status": claim.status,
        "score": round(claim.score, SCORE_DIGITS),
        "why": list(claim.why),
        "also_fits": [
            {"section": a.section, "score": round(a.score, SCORE_DIGITS)} for a in claim.also_fits
        ],
    }


def person_fields(person: Person, numbers: Mapping[str, int]) -> Fields:
    """One row of a roster; a CitationError when an article of it has no number."""
    for article in person.articles:
        if article.id not in numbers:
            raise CitationError(f"{person.name}: {article.subject} is not among the references")
    return {
        "name": person.name,
        "also": list(person.also),
        "role": person.role,
        "claims": list(person.claims),
        "references": sorted({numbers[article.id] for article in person.articles}),
    }


def event_fields(event: Event) -> Fields:
    """One dated row of a timeline."""
    return {
        "claim": event.claim,
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "granularity": event.granularity,
        "expression": event.expression,
        "state": event.state,
        "clock": f"{event.clock:%H:%M}" if event.clock else None,
        "part": event.part,
        "rule": event.rule,
        "also": list(event.also),
    }


def disagreement_fields(disagreement: Disagreement) -> Fields:
    """One point on which sources differ."""
    return {
        "about": disagreement.about,
        "kind": disagreement.kind,
        "sides": [{"claims": list(s.claims), "value": s.value} for s in disagreement.sides],
    }
