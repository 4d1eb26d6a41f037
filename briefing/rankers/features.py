"""Sentences -> what can be measured of each: place, form, and words shared with the others."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_DAMPING = 0.85
_STEPS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """A value for each sentence in every field, most of them 0–1."""

    depth: Vector  #: 0 for an article's first sentence, 1 for its last
    opening: Vector  #: 1 where a paragraph begins
    length: Vector  #: words, 50 at most, in units of 30
    quoted: Vector  #: share of the characters inside quotation marks
    figures: Vector  #: numbers in digits, in thirds, three at most
    question: Vector  #: 1 where it ends in a question mark
    novelty: Vector  #: share of the stems that the article has not used before
    title: Vector  #: share of its article's title that it holds
    shared: Vector  #: summed log frequencies of its stems, scaled to 0–1
    frequency: Vector  #: mean share of the articles (of one article: of its fifths) with its stems
    centrality: Vector  #: PageRank over cosines, scaled to 0–1
    asked: Vector  #: 1 where it holds all the words of one of the keywords
    alike: Matrix  #: the cosine of every two sentences

    def weigh(self, weights: Mapping[str, float]) -> Vector:
        """The weighted sum of the named fields, a value for each sentence."""
        total = np.zeros(len(self.depth))
        for name, weight in weights.items():
            total += weight * getattr(self, name)
        return total


def measure(sentences: Sequence[Sentence], keywords: Sequence[str]) -> Features:
    """The features of one or more sentences, of one article or of several.

    Idf is read in the language of the first article, a keyword in that of each sentence.
    """
    articles = list(dict.fromkeys(sentence.article for sentence in sentences))
    language = articles[0].language
    texts = [sentence.text for sentence in sentences]
    bags = [stems(s.text, s.article.language) for s in sentences]
    own = [dict.fromkeys(bag) for bag in bags]
    alike = cosines(vectors(bags, language))
    return Features(
        depth=_depth(sentences),
        opening=_opening(sentences),
        length=np.array([min(50, len(text.split())) / 30 for text in texts]),
        quoted=np.array([sum(map(len, _QUOTED.findall(t))) / max(1, len(t)) for t in texts]),
        figures=np.array([min(3, len(_FIGURE.findall(text))) / 3 for text in texts]),
        question=np.array([float(text.rstrip(_CLOSING).endswith("?")) for text in texts]),
        novelty=_novelty(sentences, own),
        title=_title(sentences, own),
        shared=_shared(bags, own),
        frequency=_frequency(sentences, own),
        centrality=scaled(_pagerank(alike)),
        asked=_asked(sentences, own, keywords),
        alike=alike,
    )


def scaled(values: Vector) -> Vector:
    """The values stretched to 0–1; all 0 where they do not differ."""
    lowest, highest = float(values.min()), float(values.max())
    if highest - lowest < 1e-12:
        return np.zeros(len(values))
    return (values - lowest) / (highest - lowest)


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
    times = Counter(chain.from_iterable(bags))
    weights = {stem: math.log(count) for stem, count in times.items()}
    return scaled(np.array([sum(map(weights.__getitem__, found)) for found in own]))


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
    return scaled(np.array(means))


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
    links = alike - np.diag(np.diag(alike))
    totals = links.sum(axis=1, keepdims=True)
    steps = np.where(totals > 0, links / np.where(totals > 0, totals, 1.0), 1 / len(links))
    damped = _DAMPING * steps.T
    rank = np.full(len(links), 1 / len(links))
    for _ in range(_STEPS):
        rank = damped @ rank + (1 - _DAMPING) / len(links)
    return rank
