"""Articles -> which of them count as one source, and why, so that independent ones are counted.

An agency's copy counts once, whoever prints it; so do the articles of one publisher, publishers of
one owner, and articles that hold one another's text or quotations. A quotation that two outlets
print is no copy: both may have heard it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.config import name_key
from briefing.copies import Pair, Union, find_copies, own_words
from briefing.descriptors import Register
from briefing.models import Article, Origin, Sentence
from briefing.text.tables import load_table
from briefing.text.words import stems

#: Content words in one order from which sentences that say the same are worded by one hand, and
#: what share of the shorter they are.
SAME_WORDING, SAME_WORDING_PART = 9, 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """How many independent sources stand behind a statement."""

    independent: int
    why: tuple[str, ...] = ()  #: what articles have in common: "AFP copy"; empty where nothing


@dataclass(frozen=True, slots=True)
class Bond:
    """What articles have in common that makes them one source."""

    why: str  #: such as "AFP copy"
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Which articles count as one source."""

    origins: tuple[Origin, ...] = ()
    bonds: tuple[Bond, ...] = ()
    #: Sentences of one number are copies of one stretch.
    copied: Mapping[Sentence, int] = field(default_factory=dict)

    def standing(self, sentences: Sequence[Sentence]) -> Standing:
        """The independent sources behind sentences that say the same."""
        merged = _Joined(sentence.article.id for sentence in sentences)
        if merged.count() == 1:
            return Standing(1)
        for bond in self.bonds:
            merged.join_all(bond.articles, bond.why)
        for origin in self.origins:  # whose articles a further one may hold together
            merged.join_all(origin.articles, " and ".join(origin.why))
        for agency, citing in _by_agency(sentences).items():
            merged.join_all(citing, f"all citing {agency}")
        for copies in _by_stretch(sentences, self.copied):
            merged.join_all(copies, "the same text")
        for one, other in _worded_alike(sentences):
            merged.join_all((one, other), "the same wording")
        return Standing(merged.count(), tuple(merged.why))


class _Joined(Union):
    """The articles of one claim, growing together, and what made them."""

    def __init__(self, articles: Iterable[str]) -> None:
        self.articles = dict.fromkeys(articles)
        self.why: dict[str, None] = {}
        super().__init__(self.articles)

    def join_all(self, articles: Iterable[str], why: str) -> None:
        """Make those of `articles` one that are here."""
        first, *others = [*(a for a in self.articles if a in {*articles}), ""]
        for other in filter(None, others):
            if self.root(first) != self.root(other):
                self.join(first, other)
                self.why[why] = None


def find_sources(
    articles: Sequence[Article], sentences: Sequence[Sentence], register: Register | None = None
) -> Sources:
    """Which articles count as one source: by credits, publishers, owners, texts, quotations."""
    copies = find_copies(sentences)
    bonds = (
        *_named_bonds(articles, register or Register()),
        *(Bond("the same text", group) for group in _groups(copies.texts)),
        *(Bond("the same quotations", group) for group in _groups(copies.quotations)),
    )
    merged = Union(article.id for article in articles)
    for bond in bonds:
        first, *others = sorted(bond.articles)
        for other in others:
            merged.join(first, other)
    members = defaultdict[str, list[str]](list)
    why = defaultdict[str, dict[str, None]](dict)
    for article in articles:
        members[merged.root(article.id)].append(article.id)
    for bond in bonds:
        why[merged.root(min(bond.articles))][bond.why] = None
    origins = tuple(Origin(tuple(ids), tuple(why[root])) for root, ids in members.items())
    return Sources(origins, bonds, copies.sentences)


def _named_bonds(articles: Sequence[Article], register: Register) -> Iterator[Bond]:
    """Copy of one agency, articles of one publisher, publishers of one owner."""
    by_name = defaultdict[str, list[Article]](list)
    by_owner = defaultdict[str, list[Article]](list)
    owners: dict[str, str] = {}
    for article in articles:
        # What carries an agency's copy is the agency's, not its printer's.
        entry = register.named(article.wire) if article.wire else register.of(article)
        name = entry.name if entry else article.wire or article.publisher
        if name:
            by_name[name_key(name)].append(article)
        if entry and entry.owner:
            owners.setdefault(name_key(entry.owner), entry.owner)
            by_owner[name_key(entry.owner)].append(article)
    for same in by_name.values():
        wire = next((article.wire for article in same if article.wire), None)
        if len(same) > 1:
            yield Bond(f"{wire} copy" if wire else "one publisher", _ids(same))
    for key, same in by_owner.items():
        if len(same) > 1:
            yield Bond(f"one owner, {owners[key]}", _ids(same))


def _ids(articles: Iterable[Article]) -> frozenset[str]:
    return frozenset(article.id for article in articles)


def _groups(pairs: Sequence[Pair]) -> Iterator[frozenset[str]]:
    joined = Union(article for pair in pairs for article in (pair.one, pair.other))
    groups = defaultdict[str, set[str]](set)
    for pair in pairs:
        joined.join(pair.one, pair.other)
    for pair in pairs:
        groups[joined.root(pair.one)] |= {pair.one, pair.other}
    yield from map(frozenset, groups.values())


def _by_agency(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """The articles that say it on the word of an agency, by the agency."""
    citing = defaultdict[str, list[str]](list)
    for sentence in sentences:
        names = sentence.speaker.name.split() if sentence.speaker else ()
        for agency in {_agencies()[name] for name in names if name in _agencies()}:
            citing[agency].append(sentence.article.id)
    return citing


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    """Agencies by every one-word spelling that is no other word."""
    return {
        name: row["short"]
        for row in reversed(load_table("wire_agencies")["agency"])
        for name in (row["short"], row["name"], *row["also"])
        if " " not in name and not row.get("ambiguous")
    }


def _by_stretch(
    sentences: Sequence[Sentence], copied: Mapping[Sentence, int]
) -> Iterator[list[str]]:
    """The articles that hold copies of one stretch."""
    holders = defaultdict[int, list[str]](list)
    for sentence in sentences:
        if sentence in copied:
            holders[copied[sentence]].append(sentence.article.id)
    yield from holders.values()


def _worded_alike(sentences: Sequence[Sentence]) -> Iterator[tuple[str, str]]:
    """Pairs of articles whose own words for it are the same, in the same order."""
    from rapidfuzz.distance import LCSseq

    wordings: dict[tuple[str, ...], str] = {}
    for sentence in sentences:
        mine = _wording(sentence)
        if len(mine) < SAME_WORDING:
            continue
        for theirs, article in wordings.items():
            common = LCSseq.similarity(mine, theirs)
            if common >= max(SAME_WORDING, SAME_WORDING_PART * min(len(mine), len(theirs))):
                yield article, sentence.article.id
                break
        else:
            wordings[mine] = sentence.article.id


def _wording(sentence: Sentence) -> tuple[str, ...]:
    """The content words of a sentence's own, without the people that it names."""
    language = sentence.article.language
    people = {word for m in sentence.people for word in stems(f"{m.name} {m.form}", language)}
    return tuple(
        stem for stem in stems(" ".join(own_words(sentence)), language) if stem not in people
    )
