"""Kind `people`: a roster of those whom the section asks for, with the roles that sources give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.models import Article, Claim, Mention, Person, Section
from briefing.sections.fit import NO_FIT, Candidate, Fit
from briefing.sections.query import Query
from briefing.text.names_people import group_people, parts

#: What a claim keeps of its relevance that introduces nobody, or nobody but its speaker.
NOBODY_INTRODUCED = 0.8
#: How far each person introduced, two at most, lifts a claim that is relevant at all.
INTRODUCED = 0.15


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as its words are, more when it introduces somebody with a role."""
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around)
    if not relevance.score:
        return NO_FIT
    named = _introduced(claim)
    if not named:
        return Fit(relevance.score * NOBODY_INTRODUCED, relevance.why)
    lift = INTRODUCED * min(2, len(named))
    score = relevance.score + (1 - relevance.score) * lift
    return Fit(score, (f"introduces {', '.join(m.name for m in named)}", *relevance.why))


def complete(section: Section, query: Query) -> Section:
    """The section with one row for each person with a role whom its claims name."""
    entries = [
        _Entry(claim.id, sentence.article, mention)
        for claim in section.claims
        for sentence in claim.support
        for mention in sentence.people
        if not _is_speaker(mention, claim)
    ]
    groups = group_people([entry.mention.name for entry in entries], query.language)
    rows = [_person([entries[index] for index in group]) for group in groups]
    return replace(section, people=tuple(row for row in rows if row.role is not None))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A person named in a claim."""

    claim: str
    article: Article
    mention: Mention


def _introduced(claim: Claim) -> list[Mention]:
    return [
        mention
        for mention in claim.support[0].people
        if mention.is_introduced and not _is_speaker(mention, claim)
    ]


def _is_speaker(mention: Mention, claim: Claim) -> bool:
    return claim.speaker is not None and claim.speaker.name == mention.name


def _person(entries: Sequence[_Entry]) -> Person:
    """One row: the name that most sources use in full, and the role that says most."""
    names = Counter(entry.mention.name for entry in entries)
    fullest = max(len(parts(name).words) for name in names)
    full = [name for name in names if len(parts(name).words) == fullest]
    name = max(full, key=lambda n: (names[n], -full.index(n)))
    roles = [entry.mention.role for entry in entries if entry.mention.role]
    return Person(
        name=name,
        also=tuple(other for other in names if other != name),
        role=max(roles, key=lambda role: min(len(role.split()), 8)) if roles else None,
        claims=tuple(dict.fromkeys(entry.claim for entry in entries)),
        articles=tuple(dict.fromkeys(entry.article for entry in entries)),
    )
