"""Sentences -> what can be measured of each: place, form, and words shared with the others."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from briefing.models import Article, Sentence
from briefing.text.similarity import Matrix, cosines, vectors
from briefing.text.words import stems

Vector = NDArray[np.float64]
Bag = Sequence[str]
#: The stems of a sentence in order, each once; a dict, for a set has an order of its own.
Own = Mapping[str, None]

#: Length of a title beyond which a sentence need not hold more of its words to match it wholly.
TITLE_STEMS = 6
#: Fewest stems over which a mean is taken, so that a sentence of one good word does not win.
FEWEST_STEMS = 6
_QUOTED = re.compile(r"“[^”]+(?:”|$)|«[^»]+(?:»|$)|\"[^\"]+(?:\"|$)")
_CLOSING = "\"'”’» "
_FIGURE = re.compile(r"\d[\d.,]*")
#: Values this near are one.
SAME = 1e-12
_DAMPING = 0.85
_STEPS = 60


class Features:
    """A value for each sentence in every feature, most of them 0–1; told when they are asked for.

    The sentences are one or more, of one article or of several. Idf is read in the language of the
    first article, a keyword in that of each sentence.
    """

    def __init__(self, sentences: Sequence[Sentence], keywords: Sequence[str]) -> None:
        self._sentences = sentences
        self._keywords = keywords
        self._texts = [sentence.text for sentence in sentences]
        self._bags = [stems(sentence.text, sentence.article.language) for sentence in sentences]
        self._own: list[Own] = [dict.fromkeys(bag) for bag in self._bags]

    @cached_property
    def depth(self) -> Vector:
        """0 for an article's first sentence, 1 for its last."""
        return _depth(self._sentences)

    @cached_property
    def opening(self) -> Vector:
        """1 where a paragraph begins."""
        return _opening(self._sentences)

    @cached_property
    def length(self) -> Vector:
        """Words, 50 at most, in units of 30."""
        return np.array([min(50, len(text.split())) / 30 for text in self._texts])

    @cached_property
    def quoted(self) -> Vector:
        """Share of the characters inside quotation marks."""
        shares = [sum(map(len, _QUOTED.findall(t))) / max(1, len(t)) for t in self._texts]
        return np.array(shares)

    @cached_property
    def figures(self) -> Vector:
        """Numbers in digits, in thirds, three at most."""
        return np.array([min(3, len(_FIGURE.findall(text))) / 3 for text in self._texts])

    @cached_property
    def question(self) -> Vector:
        """1 where it ends in a question mark."""
        return np.array([float(text.rstrip(_CLOSING).endswith("?")) for text in self._texts])

    @cached_property
    def novelty(self) -> Vector:
        """Share of the stems that the article has not used before."""
        return _novelty(self._sentences, self._own)

    @cached_property
    def title(self) -> Vector:
        """Share of its article's title that it holds."""
        return _title(self._sentences, self._own)

    @cached_property
    def shared(self) -> Vector:
        """Summed log frequencies of its stems, scaled to 0–1."""
        return _shared(self._bags, self._own)

    @cached_property
    def frequency(self) -> Vector:
        """Mean share of the articles (of one article: of its fifths) with its stems."""
        return _frequency(self._sentences, self._own)

    @cached_property
    def centrality(self) -> Vector:
        """PageRank over cosines, scaled to 0–1."""
        return scaled(_pagerank(self.alike))

    @cached_property
    def asked(self) -> Vector:
        """1 where it holds all the words of one of the keywords."""
        return _asked(self._sentences, self._own, self._keywords)

    @cached_property
    def alike(self) -> Matrix:
        """The cosine of every two sentences."""
        return cosines(vectors(self._bags, self._sentences[0].article.language))

    def weigh(self, weights: Mapping[str, float]) -> Vector:
        """The weighted sum of the named features, a value for each sentence."""
        total = np.zeros(len(self._sentences))
        for name, weight in weights.items():
            total += weight * getattr(self, name)
        return total


def scaled(values: Vector) -> Vector:
    """The values stretched to 0–1; all 0 where they do not differ."""
    lowest, highest = float(values.min()), float(values.max())
    if highest - lowest < SAME:
        return np.zeros(len(values))
    return (values - lowest) / (highest - lowest)


def _stretched(values: Sequence[float]) -> Vector:
    """The same of plain numbers; of the few of one article, quicker than by numpy."""
    lowest = min(values)
    width = max(values) - lowest
    if width < SAME:
        return np.zeros(len(values))
    return np.array([(value - lowest) / width for value in values])


def _depth(sentences: Sequence[Sentence]) -> Vector:
    last: defaultdict[Article, int] = defaultdict(lambda: 1)
    for sentence in sentences:
        last[sentence.article] = max(last[sentence.article], sentence.position)
    return np.array([sentence.position / last[sentence.article] for sentence in sentences])


def _opening(sentences: Sequence[Sentence]) -> Vector:
    places = [(sentence.article, sentence.block) for sentence in sentences]
    before = [None, *places[:-1]]
    return np.array([float(here != there) for here, there in zip(places, before, strict=True)])


def _novelty(sentences: Sequence[Sentence], own: Sequence[Own]) -> Vector:
    used: defaultdict[Article, set[str]] = defaultdict(set)
    shares = []
    for sentence, found in zip(sentences, own, strict=True):
        before = used[sentence.article]
        shares.append(len(found.keys() - before) / max(4, len(found)))
        before.update(found)
    return np.array(shares)


def _title(sentences: Sequence[Sentence], own: Sequence[Own]) -> Vector:
    articles = dict.fromkeys(sentence.article for sentence in sentences)
    titles = {article: set(stems(article.title or "", article.language)) for article in articles}
    shares = []
    for sentence, found in zip(sentences, own, strict=True):
        title = titles[sentence.article]
        shares.append(len(title & found.keys()) / max(1, min(TITLE_STEMS, len(title))))
    return np.array(shares)


def _shared(bags: Sequence[Bag], own: Sequence[Own]) -> Vector:
    times: defaultdict[str, int] = defaultdict(int)
    for stem in chain.from_iterable(bags):
        times[stem] += 1
    weights = {stem: math.log(count) for stem, count in times.items() if count > 1}
    return _stretched([sum(weights[s] for s in found if s in weights) for found in own])


def _frequency(sentences: Sequence[Sentence], own: Sequence[Own]) -> Vector:
    places = distribution(sentences)
    several = len({sentence.article for sentence in sentences}) > 1
    full = len(set(places)) if several else max(2.0, len(sentences) / 5)
    held: defaultdict[int, set[str]] = defaultdict(set)
    for found, place in zip(own, places, strict=True):
        held[place].update(found)
    spread = Counter(chain.from_iterable(held.values()))
    shares = {stem: min(1.0, count / full) for stem, count in spread.items()}
    means = [sum(map(shares.__getitem__, found)) / max(FEWEST_STEMS, len(found)) for found in own]
    return _stretched(means)


def distribution(sentences: Sequence[Sentence]) -> list[int]:
    """What counts as a place of its own for each sentence: its article; itself in a lone one."""
    articles = {a: n for n, a in enumerate(dict.fromkeys(s.article for s in sentences))}
    if len(articles) == 1:
        return list(range(len(sentences)))
    return [articles[sentence.article] for sentence in sentences]


def _asked(sentences: Sequence[Sentence], own: Sequence[Own], keywords: Sequence[str]) -> Vector:
    wanted = {
        language: [frozenset(bag) for keyword in keywords if (bag := stems(keyword, language))]
        for language in {sentence.article.language for sentence in sentences}
    }
    return np.array(
        [
            float(any(words <= found.keys() for words in wanted[sentence.article.language]))
            for sentence, found in zip(sentences, own, strict=True)
        ]
    )


def _pagerank(alike: Matrix) -> Vector:
    """Stationary weight of each sentence in a walk along cosines (Erkan and Radev 2004)."""
    links = alike.copy()
    np.fill_diagonal(links, 0.0)
    totals = links.sum(axis=1, keepdims=True)
    if totals.all():
        steps = links / totals
    else:
        steps = np.where(totals > 0, links / np.where(totals > 0, totals, 1.0), 1 / len(links))
    # A rank sums to 1, so what comes from everywhere may as well come along the links.
    walk = _DAMPING * steps.T + (1 - _DAMPING) / len(links)
    rank = np.full(len(links), 1 / len(links))
    for _ in range(_STEPS):
        rank = walk.dot(rank)
    return rank
