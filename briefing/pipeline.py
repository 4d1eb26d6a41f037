"""Articles and a spec -> the Brief; plain functions in order, no I/O: read this file first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from briefing.bottom_line import choose_bottom_line
from briefing.budget import fit_budgets
from briefing.citations import number_claims
from briefing.claims import group
from briefing.condense import condense
from briefing.config import BriefSpec, NoteSpec, SectionSpec
from briefing.descriptors import Register, describe
from briefing.disagreements import Point, can_compare, find_points, tell
from briefing.independence import Sources, find_sources
from briefing.models import (
    Article,
    Brief,
    Claim,
    Note,
    Problem,
    Section,
    Sentence,
    Split,
    Summary,
    Voice,
)
from briefing.placement import Placed, assign
from briefing.questions import answers_first, ask
from briefing.repeats import find_repeats
from briefing.sections import KINDS
from briefing.sections.fit import Candidate, Whole
from briefing.sections.query import Query, compile_queries
from briefing.settling import settle
from briefing.text.analysis import not_analysed_for
from briefing.text.context import passage_of, taken_in
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute


def make_brief(
    articles: Sequence[Article], spec: BriefSpec, now: datetime, problems: Sequence[Problem] = ()
) -> Brief:
    """The brief that `spec` asks for, as of `now` (aware), from articles already read."""
    # 0. what is known of their publishers
    register = Register(spec.publishers.entries if spec.publishers else ())
    articles = describe(articles, register)
    # 1. take every article apart: blocks, sentences, who says them
    splits = tuple(name_people(attribute(split(article))) for article in articles)
    split_of = {s.article.id: s for s in splits}
    # 2. condense each article
    summaries = tuple(condense(s, spec.condense, _keywords(spec.sections)) for s in splits)
    # 3. sentences that say the same thing become one claim, its independent sources counted
    sentences = [sentence for s in splits for sentence in s.sentences]
    sources = find_sources(articles, sentences, register)
    claims = tuple(
        _counted(claim, sources)
        for claim in group(
            sentences,
            preferred=[sentence for summary in summaries for sentence in summary.sentences],
            taken_in=[sentence for s in splits for sentence in taken_in(s)],
        )
    )
    # 4. where the sources differ, in whatever can be read on its own
    candidates = _candidates(claims, splits, summaries)
    points = find_points([candidate.claim for candidate in candidates], splits)
    candidates = _compared(candidates, points)
    # 5. claims that can be read on their own go under the heading that they fit best
    texts: dict[str, list[str]] = {spec.language: []}
    for sentence in sentences:
        texts.setdefault(sentence.article.language, []).append(sentence.text)
    queries = compile_queries(spec.sections, texts.pop(spec.language), spec.language, texts)
    placed = assign(candidates, queries)
    placed = answers_first(placed, queries, split_of)
    # 6. printed order, ids and rows
    sections, unplaced = _sections(placed, queries, sentences, now)
    sections = _asked(sections, queries, split_of)
    sections = tuple(_with_reason(section, articles) for section in sections)
    sections = tuple(
        replace(section, notes=_notes(asked.notes, spec.issuer))
        for section, asked in zip(sections, spec.sections, strict=True)
    )
    every = [claim for section in sections for claim in (*section.claims, *section.more)]
    disagreements = tell(points, (*every, *unplaced))
    # 7. what a reader who stops on page one must know, and where it all comes from
    brief = settle(
        Brief(
            name=spec.name,
            title=spec.title,
            as_of=now,
            language=spec.language,
            subtitle=spec.subtitle,
            issuer=spec.issuer,
            marking=spec.marking,
            distribution=spec.distribution,
            profile=spec.profile,
            paper=spec.paper,
            pdf_standard=spec.pdf_standard,
            articles=tuple(articles),
            origins=sources.origins,
            splits=split_of,
            summaries=summaries,
            show_summaries=spec.summaries,
            show_figures=spec.figures,
            show_quotations=spec.quotations,
            show_evidence=spec.evidence,
            bottom_line=choose_bottom_line(sections, split_of, disagreements, today=now.date()),
            sections=sections,
            notes=_notes(spec.notes, spec.issuer),
            disagreements=disagreements,
            is_compared=can_compare(articles),
            unplaced=unplaced,
            problems=tuple(problems),
        )
    )
    # 8. no longer than asked for
    return fit_budgets(brief, spec.budget, spec.sections)


def _counted(claim: Claim, sources: Sources) -> Claim:
    """The claim with its independent sources, and why they are not more."""
    standing = sources.standing(claim.support)
    return replace(claim, independent=standing.independent, in_common=standing.why)


def _notes(specs: Sequence[NoteSpec], issuer: str) -> tuple[Note, ...]:
    return tuple(Note(spec.text, spec.author or issuer) for spec in specs)


def _keywords(specs: Sequence[SectionSpec]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keyword for spec in specs for keyword in spec.keywords))


def _candidates(
    claims: Sequence[Claim], splits: Sequence[Split], summaries: Sequence[Summary]
) -> tuple[Candidate, ...]:
    """The claims that can be read on their own, each with its passage and its importance."""
    split_of = {s.article.id: s for s in splits}
    chosen = {sentence for summary in summaries for sentence in summary.sentences}
    candidates = []
    for claim in claims:
        shown = claim.support[0]
        passage = passage_of(shown, split_of[shown.article.id])
        if passage is None:
            continue
        is_chosen = any(sentence in chosen for sentence in claim.support)
        candidates.append(
            Candidate(
                replace(claim, passage=passage),
                is_chosen,
                _importance(claim, is_chosen, split_of),
                _around(shown, split_of[shown.article.id]),
                tuple(
                    Voice(other.speaker, _around(other, split_of[other.article.id]))
                    for other in claim.support[1:]
                ),
            )
        )
    return tuple(candidates)


def _compared(candidates: Sequence[Candidate], points: Sequence[Point]) -> tuple[Candidate, ...]:
    """The candidates, each marked when sources differ on what it says."""
    differing = {sentence for point in points for sentence in point.shown}
    return tuple(
        replace(candidate, is_compared=candidate.claim.support[0] in differing)
        for candidate in candidates
    )


def _around(sentence: Sentence, split: Split) -> str:
    """The rest of a sentence's paragraph, with the sentence before where it opens one."""
    return " ".join(
        other.text
        for other in split.sentences[max(0, sentence.position - 3) : sentence.position + 4]
        if other != sentence
        and (other.block == sentence.block or other.position == sentence.position - 1)
    )


def _importance(claim: Claim, is_chosen: bool, splits: dict[str, Split]) -> float:
    """0–1: chosen by condensing, said by several independent sources, told early."""
    early = max(
        1 - sentence.position / max(1, len(splits[sentence.article.id].sentences))
        for sentence in claim.support
    )
    return 0.4 * is_chosen + 0.4 * (1 - 1 / claim.independent) + 0.2 * early


def _sections(
    placed: Placed, queries: Sequence[Query], sentences: Sequence[Sentence], now: datetime
) -> tuple[tuple[Section, ...], tuple[Claim, ...]]:
    """Sections in printed order with numbered claims, and the numbered unplaced ones."""
    chosen = _chosen(placed, queries, sentences)
    printed, more = [], []
    for claims, ours, query in zip(placed.sections, chosen, queries, strict=True):
        printed.append(KINDS[query.spec.kind].order(ours))
        more.append([claim for claim in claims if claim not in ours])
    numbered = number_claims([*printed, *more, placed.unplaced])
    count = len(queries)
    whole = Whole(
        claims=[claim for group in numbered for claim in group],
        printed=[claim for group in numbered[:count] for claim in group],
        now=now,
    )
    sections = tuple(
        _section(query, numbered[i], numbered[count + i], whole) for i, query in enumerate(queries)
    )
    return sections, numbered[-1]


def _chosen(
    placed: Placed, queries: Sequence[Query], sentences: Sequence[Sentence]
) -> list[tuple[Claim, ...]]:
    """The claims that each section prints, the most important first, none told again."""
    open_to = [list(claims) for claims in placed.sections]
    while True:
        chosen = [
            KINDS[query.spec.kind].choose(claims, query.spec.limit)
            for claims, query in zip(open_to, queries, strict=True)
        ]
        every = sorted(
            (claim for claims in chosen for claim in claims),
            key=lambda claim: (-claim.independent, -claim.score),
        )
        repeats = [every[place] for place in find_repeats(every, sentences)]
        if not repeats:
            return chosen
        open_to = [[claim for claim in claims if claim not in repeats] for claims in open_to]


def _section(
    query: Query, printed: tuple[Claim, ...], more: tuple[Claim, ...], whole: Whole
) -> Section:
    spec = query.spec
    section = Section(spec.title, spec.kind, spec.description, printed, more, gap=None)
    section = KINDS[spec.kind].complete(section, query, whole)
    is_empty = not (section.claims or section.people or section.events)
    return replace(section, gap=_gap(spec)) if is_empty else section


def _asked(
    sections: Sequence[Section], queries: Sequence[Query], splits: Mapping[str, Split]
) -> tuple[Section, ...]:
    """The sections with their questions, and the printed claims that answer them."""
    printed = [claim for section in sections for claim in section.claims]
    return tuple(
        replace(section, questions=ask(query, printed, splits))
        for section, query in zip(sections, queries, strict=True)
    )


def _with_reason(section: Section, articles: Sequence[Article]) -> Section:
    """An empty section says in which languages nothing of its kind was looked for."""
    reason = section.gap and not_analysed_for(section.kind, articles)
    return replace(section, gap=f"{section.gap} {reason}") if reason else section


def _gap(spec: SectionSpec) -> str:
    asked = ", ".join(dict.fromkeys((*spec.keywords, *spec.actors)))
    looked_for = f" Looked for: {asked}." if asked else ""
    return f"The sources hold nothing for this section.{looked_for}"
