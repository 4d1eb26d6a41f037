"""Articles -> which of them hold one another's text: near-duplicate texts, sentences, quotations.

Texts are compared by the runs of words that they share (Broder 1997, "On the resemblance and
containment of documents"). Each run proposes the fullest text that holds it and its neighbour in
the list of those that do, never every pair, so the work grows with the text and not with its
square. Quoted words are left out of a text: two reporters may have heard the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from briefing.models import Sentence
from briefing.text.facts import facts
from briefing.text.words import words

#: Words of a run by which texts, and by which sentences and quotations are compared.
TEXT_RUN, SENTENCE_RUN = 5, 3
#: Share of the shorter text's runs from which one text is the other's copy, and runs at least.
SAME_TEXT, SAME_TEXT_RUNS = 0.25, 24
#: Share of the shorter sentence's runs from which it was copied.
SAME_SENTENCE = 0.75
#: A shorter sentence may be the same by chance.
COPIED_WORDS = 8
#: Sentences copied from which what two articles both quote was copied along.
COPIED_SENTENCES = 2
#: Share of the longer quotation's runs from which two are cut alike, and words at least.
CUT_ALIKE, QUOTED_WORDS = 0.6, 8
#: Words of two or more quotations, alike and in one order, from which they were copied.
QUOTED_AT_LENGTH = 40
#: Utterances alike and in one order from which a text is another's, told in other words.
SAME_QUOTATIONS = 3

_QUOTED = re.compile(r"[“\"«„][^”\"»“]*[”\"»“]?")

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, by id, the smaller first."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Copies:
    """What articles hold of one another."""

    texts: tuple[Pair, ...] = ()  #: that share their text, whole or in good part
    quotations: tuple[Pair, ...] = ()  #: that share what they quote, in one order
    #: Sentences -> the number of the stretch that they hold; those of one number are copies.
    sentences: Mapping[Sentence, int] = field(default_factory=dict)


def find_copies(sentences: Sequence[Sentence]) -> Copies:
    """What the articles of these sentences hold of one another's text."""
    own = _own_sentences(sentences)
    quoted = _shared_quotations(sentences)
    shared_sentences = Counter(
        Pair(*sorted((one.article.id, other.article.id))) for one, other in own
    )
    copied_along = {
        pair for pair, count in shared_sentences.items() if count >= COPIED_SENTENCES
    } | {pair for pair, matches in quoted.items() if _is_at_length(matches)}
    stretches = [*own]
    for pair in sorted(quoted.keys() & copied_along, key=lambda pair: (pair.one, pair.other)):
        stretches += [(match.one, match.other) for match in quoted[pair]]
    return Copies(
        texts=tuple(_same_texts(sentences)),
        quotations=tuple(_retold(quoted, sentences)),
        sentences=_numbered(stretches),
    )


def own_words(sentence: Sentence) -> tuple[str, ...]:
    """The words of a sentence that are its reporter's own, quotations left out."""
    return words(_QUOTED.sub(" ", sentence.text))


def _same_texts(sentences: Sequence[Sentence]) -> Iterator[Pair]:
    by_article: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for sentence in sentences:
        by_article[sentence.article.id] |= _runs(own_words(sentence), TEXT_RUN)
    names = list(by_article)
    for one, other, shared in _sharing([frozenset(by_article[name]) for name in names]):
        shorter = min(len(by_article[names[one]]), len(by_article[names[other]]))
        if shared >= max(SAME_TEXT_RUNS, SAME_TEXT * shorter):
            yield Pair(*sorted((names[one], names[other])))


def _own_sentences(sentences: Sequence[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Pairs of sentences of two articles that are, in their reporters' own words, one."""
    own = [sentence for sentence in sentences if _is_own(sentence)]
    bags = [_runs(own_words(sentence), SENTENCE_RUN) for sentence in own]
    return [
        (own[one], own[other])
        for one, other, shared in _sharing(bags)
        if own[one].article is not own[other].article
        and shared >= SAME_SENTENCE * min(len(bags[one]), len(bags[other]))
    ]


def _is_own(sentence: Sentence) -> bool:
    """Whether a sentence is mostly its reporter's, and more than who says what is quoted."""
    mine, speaker = own_words(sentence), sentence.speaker
    named = {*words(f"{speaker.name} {speaker.role or ''}")} if speaker else set()
    telling = [word for word in mine if word not in named]
    return len(telling) >= COPIED_WORDS and 2 * len(mine) > len(words(sentence.text))


@dataclass(frozen=True, slots=True)
class _Match:
    """A quotation that two articles cut alike, by the sentences that hold it."""

    one: Sentence
    other: Sentence
    words: int


def _shared_quotations(sentences: Sequence[Sentence]) -> dict[Pair, list[_Match]]:
    """The quotations that two articles cut alike, in the order in which both have them."""
    held = [
        (sentence, quotation)
        for sentence in sentences
        for quotation in facts(sentence).quotations
        if len(quotation) >= QUOTED_WORDS
    ]
    bags = [_runs(quotation, SENTENCE_RUN) for _, quotation in held]
    found: defaultdict[Pair, list[_Match]] = defaultdict(list)
    for first, second, shared in _sharing(bags):
        if shared < CUT_ALIKE * max(len(bags[first]), len(bags[second])):
            continue
        one, other = sorted(
            (held[first][0], held[second][0]), key=lambda sentence: sentence.article.id
        )
        if one.article is not other.article:
            size = min(len(held[first][1]), len(held[second][1]))
            found[Pair(one.article.id, other.article.id)].append(_Match(one, other, size))
    return {pair: _in_one_order(matches) for pair, matches in found.items()}


def _in_one_order(matches: Sequence[_Match]) -> list[_Match]:
    """The longest row of matches that stand in the same order in both articles."""
    ordered = sorted(matches, key=lambda match: (match.one.start, -match.other.start))
    ends: list[int] = []  # where in the other article the best row of each length ends
    last: list[int] = []  # the match that ends it
    before: dict[int, int] = {}
    for index, match in enumerate(ordered):
        place = bisect_right(ends, match.other.start)
        if place and ends[place - 1] == match.other.start:
            place -= 1  # one sentence, two quotations
        before[index] = last[place - 1] if place else -1
        ends[place:] = [match.other.start, *ends[place + 1 :]]
        last[place:] = [index, *last[place + 1 :]]
    row: list[_Match] = []
    index = last[-1] if last else -1
    while index >= 0:
        row.append(ordered[index])
        index = before[index]
    return row[::-1]


def _is_at_length(matches: Sequence[_Match]) -> bool:
    return len(matches) > 1 and sum(match.words for match in matches) >= QUOTED_AT_LENGTH


def _retold(
    quoted: Mapping[Pair, Sequence[_Match]], sentences: Sequence[Sentence]
) -> Iterator[Pair]:
    """Pairs that share so many utterances that one must be made from the other."""
    utterances = _utterances(sentences)
    held = Counter(article for article, _ in {*utterances.values()})
    for pair, matches in quoted.items():
        shared = min(
            len({utterances[match.one] for match in matches}),
            len({utterances[match.other] for match in matches}),
        )
        if shared >= SAME_QUOTATIONS and 2 * shared >= min(held[pair.one], held[pair.other]):
            yield pair


def _utterances(sentences: Sequence[Sentence]) -> dict[Sentence, tuple[str, int]]:
    """Each sentence that quotes -> its utterance: article and number; narration ends one."""
    number, found = 0, dict[Sentence, tuple[str, int]]()
    for sentence in sentences:
        if facts(sentence).quotations:
            found[sentence] = sentence.article.id, number
        else:
            number += 1
    return found


def _numbered(stretches: Sequence[tuple[Sentence, Sentence]]) -> dict[Sentence, int]:
    members = {sentence: None for pair in stretches for sentence in pair}
    places = {sentence: str(place).zfill(9) for place, sentence in enumerate(members)}
    joined = Union(places.values())
    for one, other in stretches:
        joined.join(places[one], places[other])
    return {sentence: int(joined.root(place)) for sentence, place in places.items()}


class Union:
    """Sets that grow together; the smallest member stands for its set."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parent = {member: member for member in members}

    def root(self, member: str) -> str:
        """The member that stands for the set of `member`."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Make the sets of two members one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first

    def count(self) -> int:
        """Number of sets."""
        return len({self.root(member) for member in self._parent})


def _runs(text: Sequence[str], size: int) -> Runs:
    return frozenset(
        tuple(text[start : start + size]) for start in range(max(0, len(text) - size + 1))
    )


def _sharing(bags: Sequence[Runs]) -> Iterator[tuple[int, int, int]]:
    """Pairs of bags that may share much, by index, with the number of runs that they share."""
    fullest_first = sorted(range(len(bags)), key=lambda index: (-len(bags[index]), index))
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index in fullest_first:
        for run in bags[index]:
            holders[run].append(index)
    proposed: Counter[tuple[int, int]] = Counter()
    for holding in holders.values():
        pairs = {*pairwise(holding), *((holding[0], other) for other in holding[1:])}
        proposed.update(pairs)
    for (one, other), count in proposed.items():
        # What was proposed by a few runs only shares little, unless others stood between.
        if 8 * count >= min(len(bags[one]), len(bags[other])) or count >= SAME_TEXT_RUNS:
            yield one, other, len(bags[one] & bags[other])
