"""Articles -> which of them carry one another's copy, so that independent sources can be counted.

An agency's copy counts once, whoever prints it; so do the articles of one publisher, and articles
that share their own sentences to the letter. A quotation that two outlets print is no copy: both
may have heard it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.models import Article, Sentence
from briefing.text.words import words

#: A shorter sentence may be the same by chance.
COPIED_WORDS = 8
#: Sentences shared to the letter from which one article carries the other's copy.
SHARED_SENTENCES = 3
#: The same, as a share of the shorter article's sentences.
SHARED_PART = 0.25
#: A sentence that more articles than these share says nothing about any two of them.
COMMONPLACE = 12

_QUOTED = re.compile(r"[“\"«„][^”\"»“]*[”\"»“]?")


@dataclass(frozen=True, slots=True)
class Sources:
    """Which articles count as one source."""

    source: Mapping[str, str]  #: article id -> the id that stands for its source

    def count(self, sentences: Sequence[Sentence]) -> int:
        """Independent sources behind sentences that say the same; a copied sentence counts once."""
        merged = _Union({self._of(sentence.article) for sentence in sentences})
        copied: dict[tuple[str, ...], str] = {}
        for sentence in sentences:
            source = self._of(sentence.article)
            if (key := own_words(sentence)) is not None:
                merged.join(copied.setdefault(key, source), source)
        return merged.count()

    def count_articles(self, articles: Iterable[Article]) -> int:
        """Independent sources among articles."""
        return len({self._of(article) for article in articles})

    def _of(self, article: Article) -> str:
        return self.source.get(article.id, article.id)


def find_sources(articles: Sequence[Article], sentences: Sequence[Sentence]) -> Sources:
    """Which articles carry one another's copy, by credits, publishers and shared sentences."""
    merged = _Union({article.id for article in articles})
    by_name: dict[str, str] = {}
    for article in articles:
        for name in filter(None, (article.wire, article.publisher if not article.wire else None)):
            merged.join(by_name.setdefault(name.casefold(), article.id), article.id)
    sizes = Counter(sentence.article.id for sentence in sentences)
    for (one, other), shared in _shared_sentences(sentences).items():
        needed = min(SHARED_SENTENCES, max(2, SHARED_PART * min(sizes[one], sizes[other])))
        if shared >= needed:
            merged.join(one, other)
    return Sources({article.id: merged.root(article.id) for article in articles})


def own_words(sentence: Sentence) -> tuple[str, ...] | None:
    """The words of a sentence that is its reporter's own; None for a quotation or a short one."""
    spoken = words(sentence.text)
    outside = words(_QUOTED.sub(" ", sentence.text))
    is_own = len(spoken) >= COPIED_WORDS and 2 * len(outside) > len(spoken)
    return spoken if is_own else None


def _shared_sentences(sentences: Sequence[Sentence]) -> Counter[tuple[str, str]]:
    """How many sentences of their own two articles share to the letter, where they share any."""
    printed: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for sentence in sentences:
        if (key := own_words(sentence)) is not None:
            printed[key].add(sentence.article.id)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in printed.values():
        if 1 < len(ids) <= COMMONPLACE:
            shared.update(combinations(sorted(ids), 2))
    return shared


class _Union:
    """Sets that grow together; the smallest member stands for its set."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def root(self, member: str) -> str:
        while self._parent[member] != member:
            member = self._parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def count(self) -> int:
        return len({self.root(member) for member in self._parent})
