"""Kind `people`: a roster of those whom the section asks for, with the roles that sources give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.models import Article, Claim, Mention, Person, Section
from briefing.sections.fit import NO_FIT, Candidate, Fit, Whole
from briefing.sections.query import Query, offices, one_office, relatives
from briefing.text.names.persons import group_people, parts
from briefing.text.words import stems, words

#: What a claim keeps of its relevance that introduces nobody, or nobody but its speaker.
NOBODY_INTRODUCED = 0.8
#: What a claim keeps of its relevance that names nobody at all: no row can come of it.
NOBODY_NAMED = 0.5
#: How far each person introduced, three at most, lifts a claim that is relevant at all.
INTRODUCED = 0.25
#: Share of offices among the keywords from which the section asks for who holds them.
BY_OFFICE = 0.75
#: Longest role, in words, that says more than a shorter one.
ROLE_WORDS = 8


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as its words are, more when it introduces somebody with a role.

    A section that has nothing but its title asks for whoever is introduced.
    """
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around, candidate.language)
    if not relevance.score and not query.is_open:
        return NO_FIT
    named = [m for m in claim.support[0].people if m.is_introduced and not _speaks(m, claim)]
    if any(_names_office(keyword, query) for keyword in query.spec.keywords):
        named = [mention for mention in named if _holds_office(mention, query)]
    if not named:
        if not relevance.score:
            return NO_FIT
        share = NOBODY_INTRODUCED if claim.support[0].people else NOBODY_NAMED
        return Fit(relevance.score * share, relevance.why)
    lift = INTRODUCED * min(3, len(named))
    score = relevance.score + (1 - relevance.score) * lift
    return Fit(score, (f"introduces {', '.join(m.name for m in named)}", *relevance.why))


def complete(section: Section, query: Query, whole: Whole) -> Section:
    """The section with one row a person: whom its claims name with a role, or who holds an office.

    Where the keywords are offices ("chief executive, chairman"), whoever holds one is asked for,
    under whatever heading the claim stands that says so.
    """
    entries = [
        entry
        for claim in section.claims
        for entry in _entries(claim)
        if _holds_office(entry.mention, query)
        or (not _speaks(entry.mention, claim) and _is_asked_for(entry.mention, claim, query))
    ]
    if _asks_for_offices(query):
        held = {entry.claim for entry in entries}
        entries += [
            entry
            for claim in whole.claims
            if claim.id not in held
            for entry in _entries(claim)
            if _holds_office(entry.mention, query)
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


def _entries(claim: Claim) -> Iterator[_Entry]:
    for sentence in claim.support:
        for mention in sentence.people:
            yield _Entry(claim.id, sentence.article, mention)


def _speaks(mention: Mention, claim: Claim) -> bool:
    return claim.speaker is not None and claim.speaker.name == mention.name


def _asks_for_offices(query: Query) -> bool:
    keywords = query.spec.keywords
    named = [keyword for keyword in keywords if _names_office(keyword, query)]
    return bool(keywords) and len(named) >= BY_OFFICE * len(keywords)


def _is_asked_for(mention: Mention, claim: Claim, query: Query) -> bool:
    """Whether the keywords ask for somebody whose role holds none of them.

    Where they name offices, whoever stands beside a holder is asked for, and where they name more
    ("minister, detained"), whoever a claim names that has one of the rest. Nobody is on a roster
    for being somebody's daughter, unless it asks for daughters.
    """
    kin = relatives(query.language)
    asked = {word for text in _wanted(query) for word in words(text)}
    if kin & set(words(mention.role or "")) and not kin & asked:
        return False
    if any(_holds_office(other, query) for s in claim.support for other in s.people):
        return True
    told = set(stems(claim.text, query.language))
    rest = [keyword for keyword in query.spec.keywords if not _names_office(keyword, query)]
    if len(rest) == len(query.spec.keywords):
        return True
    return any(set(stems(keyword, query.language)) <= told for keyword in rest)


def _wanted(query: Query) -> tuple[str, ...]:
    return query.spec.title, query.spec.description, *query.spec.keywords


def _names_office(keyword: str, query: Query) -> bool:
    named = set(words(keyword))
    return bool((offices(query.language) | one_office(query.language).keys()) & named)


def _holds_office(mention: Mention, query: Query) -> bool:
    """Whether a role holds every word of one of the keywords."""
    role = _offices_in(mention.role or "", query.language)
    return any(
        role >= asked
        for keyword in query.spec.keywords
        if (asked := _offices_in(keyword, query.language))
    )


def _offices_in(text: str, language: str) -> set[str]:
    """The stems of a role or of a keyword, an office under one word: "Gov." is a governor."""
    alike = one_office(language)
    return set(stems(" ".join(alike.get(word, word) for word in words(text)), language))


def _person(entries: Sequence[_Entry]) -> Person:
    """One row: the name that most sources use in full, and the role that says most."""
    names = Counter(entry.mention.name for entry in entries)
    fullest = max(len(parts(name).words) for name in names)
    full = [name for name in names if len(parts(name).words) == fullest]
    name = max(full, key=lambda n: (names[n], -full.index(n)))
    roles = [
        entry.mention.role
        for entry in sorted(entries, key=lambda e: not e.mention.is_introduced)
        if entry.mention.role
    ]
    return Person(
        name=name,
        also=tuple(n for n in names if n != name and parts(n).is_full),
        role=max(roles, key=lambda role: min(len(role.split()), ROLE_WORDS), default=None),
        claims=tuple(dict.fromkeys(entry.claim for entry in entries)),
        articles=tuple(dict.fromkeys(entry.article for entry in entries)),
    )
