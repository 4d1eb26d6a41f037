"""Brief -> the plain data that templates see: words, numbers and links, once for all formats."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.models import Brief, Disagreement, Note, Person, Question, Section
from briefing.renderers.citing import Citations
from briefing.renderers.claim_view import view_claim
from briefing.renderers.counted_figures import draw_matrix, draw_support
from briefing.renderers.evidence import (
    text_direction,
    view_evidence,
    view_sources,
    view_summary,
)
from briefing.renderers.fields import (
    BriefView,
    DisagreementView,
    EventView,
    NoteView,
    PersonView,
    QuestionView,
    SectionView,
    SideView,
)
from briefing.renderers.missing import cut_sentence, every_note, is_empty, missing
from briefing.renderers.quotations import view_quotations
from briefing.renderers.timeline_figure import draw_timeline
from briefing.renderers.wording import (
    clock,
    count,
    edition_name,
    event_day,
    long_day,
    number,
    short_day,
    shorten,
)

KIND_LABELS = {
    "topic": "Topic",
    "timeline": "Timeline",
    "people": "People",
    "statements": "Statements",
    "experts": "Experts",
}
PROFILE_LABELS = {
    "desk": "Desk brief",
    "principal": "Principal’s page",
    "press": "Press brief",
}
HEAD = 60  #: characters of a running head


def make_view(brief: Brief) -> BriefView:
    """The view of a brief; a CitationError when a claim has no numbered article behind it."""
    citations = Citations(brief)
    zone_year = brief.as_of.year
    has_figures = brief.show_figures and brief.profile != "principal"
    words = sum(article.words for article in brief.articles)
    return {
        "name": brief.name,
        "title": brief.title,
        "title_direction": text_direction(brief.title, brief.language),
        "title_size": title_size(brief.title),
        "short_title": shorten(brief.title, HEAD - len(f" · {PROFILE_LABELS[brief.profile]}")),
        "subtitle": brief.subtitle,
        "issuer": brief.issuer,
        "marking": brief.marking,
        "marking_class": marking_class(brief.marking),
        "distribution": brief.distribution,
        "profile": brief.profile,
        "profile_label": PROFILE_LABELS[brief.profile],
        "paper": brief.paper,
        "language": brief.language,
        "direction": text_direction("", brief.language),
        "as_of": brief.as_of.isoformat(),
        "edition": edition_name(brief.as_of),
        "number": brief.number,
        "edition_day": long_day(brief.as_of.date()),
        "cutoff": f"{short_day(brief.as_of.date())}, {clock(brief.as_of)}",
        "read": f"{count(len(brief.articles), 'article', 'articles')}, {number(words)} words",
        "bottom_line": [
            view_claim(citations.claim(claim_id), citations, brief)
            for claim_id in brief.bottom_line
        ],
        "is_compared": brief.is_compared,
        "disagreements": [
            view_disagreement(rank, disagreement, citations, brief)
            for rank, disagreement in enumerate(brief.disagreements, 1)
            if brief.cut is None or rank not in brief.cut.differences
        ],
        "missing": missing(brief),
        "cut": cut_sentence(brief),
        "source_summary": brief.source_summary,
        "sections": [
            view_section(rank, section, citations, brief, zone_year)
            for rank, section in enumerate(brief.sections, 1)
            if brief.profile != "principal" or section.claims
        ],
        "notes": [view_note(note, brief) for note in brief.notes],
        "has_notes": bool(every_note(brief)),
        "sources": view_sources(brief, citations),
        "quotations": view_quotations(brief, citations),
        "evidence": view_evidence(brief, citations),
        "shows_evidence": brief.show_evidence,
        "matrix": draw_matrix(brief, citations) if has_figures else None,
        "support_bar": draw_support(brief) if has_figures else None,
        "summaries": [view_summary(summary, brief, citations) for summary in brief.summaries]
        if brief.show_summaries
        else [],
        "unread": [{"subject": p.subject, "reason": p.reason} for p in brief.problems],
        "unplaced": len(brief.unplaced),
    }


def view_section(
    rank: int, section: Section, citations: Citations, brief: Brief, year: int
) -> SectionView:
    """One section."""
    return {
        "number": rank,
        "id": f"s{rank}",
        "title": section.title,
        "kind": section.kind,
        "kind_label": KIND_LABELS[section.kind],
        "description": section.description,
        "claims": [view_claim(claim, citations, brief) for claim in section.claims],
        "timeline": list(view_events(section, citations, brief, year)),
        "figure": draw_timeline(section, brief, citations)
        if brief.show_figures and brief.profile != "principal"
        else None,
        "people": [view_person(person, citations) for person in section.people]
        if brief.profile != "principal"
        else [],
        "questions": [view_question(q, citations) for q in section.questions],
        "more": len(section.more),
        "notes": [view_note(note, brief) for note in section.notes],
        "gap": section.gap,
        "is_empty": is_empty(section),
    }


def view_note(note: Note, brief: Brief) -> NoteView:
    """What the desk itself says."""
    return {
        "text": note.text,
        "author": note.author or "author not stated",
        "direction": text_direction(note.text, brief.language),
    }


def view_question(question: Question, citations: Citations) -> QuestionView:
    """A question with links to the claims that answer it."""
    claims = [citations.claim(claim_id) for claim_id in question.claims]
    printed = [claim for claim in claims if claim.id in citations.homes]
    articles = dict.fromkeys(article for claim in printed for article in claim.articles)
    return {
        "text": question.text,
        "answers": [citations.homes[claim.id] for claim in printed],
        "citations": citations.links(articles, printed),
        "numbers": citations.numbers(articles),
        "state": "answered"
        if printed
        else "answered in brief.json only"
        if claims
        else "not covered by the sources supplied"
        if question.is_looked_for
        else "not looked for in this language",
    }


def view_events(
    section: Section, citations: Citations, brief: Brief, year: int
) -> Iterator[EventView]:
    """Rows of a timeline: dated ones in order, then the section's claims that no event dates."""
    if not section.events:
        return
    here = {claim.id: claim for claim in section.claims}
    told: set[str] = set()
    day_above: str | None = None
    for event in section.events:
        day = event_day(event.start, event.end, event.granularity, year) if event.start else None
        for rank, claim_id in enumerate((event.claim, *event.also)):
            if claim_id in told:
                continue
            told.add(claim_id)
            claim = citations.claim(claim_id)
            yield {
                "day": day,
                "is_new_day": rank == 0 and day is not None and day != day_above,
                "is_same_event": rank > 0,
                "expression": event.expression,
                "status": event.state,
                "claim": view_claim(claim, citations, brief) if claim_id in here else None,
                "citations": citations.links(claim.articles, [claim]),
                "numbers": citations.numbers(claim.articles),
                "elsewhere": None if claim_id in here else citations.homes.get(claim_id),
            }
        day_above = day or day_above
    for claim in section.claims:
        if claim.id not in told:
            yield {
                "day": None,
                "is_new_day": False,
                "is_same_event": False,
                "expression": "",
                "status": "reported",
                "claim": view_claim(claim, citations, brief),
                "citations": citations.links(claim.articles, [claim]),
                "numbers": citations.numbers(claim.articles),
                "elsewhere": None,
            }


def view_person(person: Person, citations: Citations) -> PersonView:
    """One row of a roster."""
    claims = [citations.claim(claim_id) for claim_id in person.claims]
    articles = person.articles or tuple(dict.fromkeys(a for c in claims for a in c.articles))
    return {
        "name": person.name,
        "also": list(person.also),
        "role": person.role,
        "citations": citations.links(articles, claims),
        "numbers": citations.numbers(articles),
    }


def view_disagreement(
    rank: int, disagreement: Disagreement, citations: Citations, brief: Brief
) -> DisagreementView:
    """A point with its sides, in the order that the brief gives them."""
    sides: list[SideView] = []
    for side in disagreement.sides:
        claims = [citations.claim(claim_id) for claim_id in side.claims]
        articles = dict.fromkeys(a for claim in claims for a in claim.articles)
        sides.append(
            {
                "value": side.value,
                "citations": citations.links(articles, claims),
                "numbers": citations.numbers(articles),
                "claims": [view_claim(claim, citations, brief) for claim in claims],
            }
        )
    return {
        "id": f"d{rank}",
        "about": disagreement.about,
        "kind": disagreement.kind,
        "sides": sides,
    }


def title_size(title: str) -> str:
    """The three steps of a title."""
    if len(title) <= 45:
        return "large"
    return "medium" if len(title) <= 80 else "small"


def marking_class(marking: str) -> str:
    """Style name of a marking of the Traffic Light Protocol 2.0, or `other`."""
    name = marking.strip().upper().removeprefix("TLP:")
    if not marking.strip().upper().startswith("TLP:"):
        return "other"
    level = name.partition("+")[0].strip().lower()
    return f"tlp-{level}" if level in {"clear", "green", "amber", "red"} else "other"
