"""Cited passages and references -> the views of the sources, evidence and summaries annexes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from briefing.models import Article, Block, BlockKind, Brief, Split, Summary
from briefing.renderers.addresses import link_to_passage, web_address
from briefing.renderers.citing import Citations, Cited, link, source_id
from briefing.renderers.fields import (
    Direction,
    EvidenceView,
    LinkView,
    PassageView,
    PieceView,
    SourceView,
    SummaryView,
)
from briefing.renderers.wording import (
    CONTROLS,
    clock,
    direction,
    language_name,
    local_day,
    number,
    short_day,
)

LONG_TEXT = 560  #: characters of about eight printed lines
MOST_WORDS = 120  #: a longer paragraph is cut around its passage


def view_sources(brief: Brief, citations: Citations) -> list[SourceView]:
    """The numbered sources, each with the passages that the brief cites from it."""
    printed = [claim for section in brief.sections for claim in section.claims]
    views = []
    for reference in sorted(brief.references, key=lambda r: r.number):
        article = reference.article
        passages: list[PassageView] = [
            {
                "text": cited.article.text[cited.start : cited.end],
                "evidence": f"e{rank}",
                "paragraph": paragraph_around(cited, brief.splits.get(article.id)).label,
            }
            for rank, cited in enumerate(citations.entries, 1)
            if cited.article.id == article.id
        ]
        view: SourceView = {
            "number": reference.number,
            "id": source_id(reference.number),
            "publisher": article.publisher,
            "title": article.title,
            "title_direction": text_direction(article.title or "", "en"),
            "authors": list(article.authors),
            "date": printed_day(article.published, brief.as_of.tzinfo),
            "time": printed_time(article.published, brief.as_of.tzinfo),
            "url": web_address(article.url),
            "path": article.path,
            "language": article.language,
            "language_name": language_name(article.language),
            "words": number(article.words),
            "wire": article.wire,
            "descriptor": descriptor_words(article),
            "used": sum(article in claim.articles for claim in printed),
            "passages": passages,
            "paragraphs": link_paragraphs(passages),
        }
        views.append(view)
    return views


def descriptor_words(article: Article) -> str:
    """`newspaper, Norway, private, owned by Aune Media; language unknown`."""
    descriptor = article.descriptor
    if descriptor is None:
        return "no descriptor on file"
    facts = {
        "kind": descriptor.kind,
        "country": descriptor.country,
        "control": descriptor.control and CONTROLS[descriptor.control],
        "owner": descriptor.owner and f"owned by {descriptor.owner}",
        "language": descriptor.language and f"in {language_name(descriptor.language)}",
    }
    known = ", ".join(value for value in facts.values() if value)
    unknown = ", ".join(f"{name} unknown" for name, value in facts.items() if not value)
    name = f"by its address {descriptor.name}" if article.publisher is None else ""
    note = descriptor.note and descriptor.note.rstrip(".")
    return "; ".join(filter(None, (name, known, unknown, note)))


def view_evidence(brief: Brief, citations: Citations) -> list[EvidenceView]:
    """Each cited passage in its paragraph, in order of first use."""
    return [
        view_entry(f"e{rank}", cited, brief, citations)
        for rank, cited in enumerate(citations.entries, 1)
    ]


def view_entry(entry_id: str, cited: Cited, brief: Brief, citations: Citations) -> EvidenceView:
    """One evidence entry."""
    article = cited.article
    paragraph = paragraph_around(cited, brief.splits.get(article.id))
    before = article.text[paragraph.start : cited.start]
    passage = article.text[cited.start : cited.end]
    after = article.text[cited.end : paragraph.end]
    room = MOST_WORDS - len(passage.split())
    shown_before, shown_after = before, after
    if len(before.split()) + len(after.split()) > max(room, 0):
        shown_before = last_words(before, max(room, 0) // 2)
        shown_after = first_words(after, max(room, 0) // 2)
    source = citations.number(article)
    return {
        "id": entry_id,
        "number": source,
        "source": source_id(source),
        "publisher": article.publisher,
        "title": article.title,
        "date": printed_day(article.published, brief.as_of.tzinfo),
        "paragraph": f"{paragraph.label} of {paragraph.total}" if paragraph.label else None,
        "characters": f"{number(cited.start)}–{number(cited.end)}",
        "before": shown_before,
        "passage": passage,
        "after": shown_after,
        "is_cut_before": shown_before != before,
        "is_cut_after": shown_after != after,
        "language": article.language,
        "direction": text_direction(passage, article.language),
        "places": list(cited.places),
        "page_link": link_to_passage(
            web_address(article.url), article.text, cited.start, cited.end
        ),
    }


def view_summary(summary: Summary, brief: Brief, citations: Citations) -> SummaryView:
    """One article's own summary."""
    article = summary.article
    pieces: list[PieceView] = []
    last = 0
    for sentence in summary.sentences:
        between = article.text[last : sentence.start]
        pieces.append({"text": sentence.text, "has_gap": bool(pieces) and bool(between.strip())})
        last = sentence.end
    return {
        "number": citations.number(article) if citations.knows(article) else None,
        "publisher": article.publisher,
        "title": article.title,
        "date": printed_day(article.published, brief.as_of.tzinfo),
        "language": article.language,
        "direction": text_direction(article.text[:200], article.language),
        "pieces": pieces,
        "is_long": sum(len(sentence.text) for sentence in summary.sentences) > LONG_TEXT,
    }


def link_paragraphs(passages: list[PassageView]) -> list[LinkView]:
    """The paragraphs that hold the passages, ascending, each once."""
    first: dict[str, str] = {}
    for passage in passages:
        if passage["paragraph"] is not None:
            first.setdefault(passage["paragraph"], passage["evidence"])
    labels = sorted(first, key=lambda label: int(label.partition("–")[0]))
    return [link(label, first[label], f"paragraph {label}") for label in labels]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The paragraph, or the neighbouring paragraphs, that a passage stands in."""

    start: int
    end: int
    label: str | None  #: "4", or "4–5"; None when the paragraphs are not known
    total: int  #: paragraphs of the article


def paragraph_around(cited: Cited, split: Split | None) -> Stretch:
    """Where a passage stands; the whole article when its blocks are not known."""
    blocks = split.blocks if split else ()
    paragraphs = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    first = block_at(blocks, cited.start)
    last = block_at(blocks, cited.end - 1)
    if first is None or last is None:
        return Stretch(0, len(cited.article.text), None, len(paragraphs))
    label = None
    if first in paragraphs and last in paragraphs:
        low, high = paragraphs.index(first) + 1, paragraphs.index(last) + 1
        label = str(low) if low == high else f"{low}–{high}"
    return Stretch(first.start, last.end, label, len(paragraphs))


def block_at(blocks: tuple[Block, ...], offset: int) -> Block | None:
    """The block that holds an offset; None when it lies between blocks."""
    rank = bisect_right(blocks, offset, key=lambda block: block.start) - 1
    if rank < 0 or offset >= blocks[rank].end:
        return None
    return blocks[rank]


def last_words(text: str, limit: int) -> str:
    """The end of `text`, at most `limit` words, with the white space that follows them."""
    ends = list(re.finditer(r"\S+", text))
    if len(ends) <= limit:
        return text
    return text[ends[-limit].start() :] if limit else ""


def first_words(text: str, limit: int) -> str:
    """The beginning of `text`, at most `limit` words."""
    ends = list(re.finditer(r"\S+", text))
    if len(ends) <= limit:
        return text
    return text[: ends[limit - 1].end()] if limit else ""


def text_direction(text: str, language: str) -> Direction:
    """`wording.direction`, as a field of the view."""
    return "rtl" if direction(text, language) == "rtl" else "ltr"


def printed_day(published: date | datetime | None, zone: tzinfo | None) -> str | None:
    """`12 Sep 2023`; None when unknown."""
    day = local_day(published, zone)
    return short_day(day) if day else None


def printed_time(published: date | datetime | None, zone: tzinfo | None) -> str | None:
    """`05:10 UTC`; None when only the day, or nothing, is known."""
    return clock(published.astimezone(zone)) if isinstance(published, datetime) else None
