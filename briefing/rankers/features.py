"""Sentences -> what can be measured of each: place, form, and words shared with the others."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.models import Sentence
from briefing.text.similarity import Matrix, cosines, vectors
from briefing.text.words import stems

Vector = NDArray[np.float64]

#: Length of a title beyond which a sentence need not hold more of its words to match it wholly.
TITLE_STEMS = 6
#: Fewest stems over which a mean is taken, so that a sentence of one good word does not win.
FEWEST_STEMS = 6
_QUOTED = re.compile(r"“[^”]+(?:”|$)|«[^»]+(?:»|$)|\"[^\"]+(?:\"|$)")
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
    """The features of one or more sentences, all of one article or of several."""
    articles = list(dict.fromkeys(sentence.article for sentence in sentences))
    language = articles[0].language
    bags = [tuple(dict.fromkeys(stems(s.text, s.article.language))) for s in sentences]
    alike = cosines(vectors([stems(s.text, s.article.language) for s in sentences], language))
    wanted = [frozenset(stems(keyword, language)) for keyword in keywords]
    titles = {article: stems(article.title or "", article.language) for article in articles}
    last = {article: 1 for article in articles}
    for sentence in sentences:
        last[sentence.article] = max(last[sentence.article], sentence.position)
    texts = [sentence.text for sentence in sentences]
    return Features(
        depth=_vector(s.position / last[s.article] for s in sentences),
        opening=_vector(
            float(i == 0 or (s.article, s.block) != (sentences[i - 1].article, sentences[i - 1].block))
            for i, s in enumerate(sentences)
        ),
        length=_vector(min(50, len(text.split())) / 30 for text in texts),
        quoted=_vector(sum(map(len, _QUOTED.findall(t))) / max(1, len(t)) for t in texts),
        figures=_vector(min(3, len(_FIGURE.findall(text))) / 3 for text in texts),
        question=_vector(float(text.rstrip("\"'”’» ").endswith("?")) for text in texts),
        novelty=_novelty(sentences, bags),
        title=_vector(
            _overlap(bag, titles[s.article]) for s, bag in zip(sentences, bags, strict=True)
        ),
        shared=_shared(sentences, bags),
        frequency=_frequency(sentences, bags, len(articles)),
        centrality=scaled(_pagerank(alike)),
        asked=_vector(float(any(w and w <= set(bag) for w in wanted)) for bag in bags),
        alike=alike,
    )


def scaled(values: Vector) -> Vector:
    """The values stretched to 0–1; all 0 where they are all alike."""
    spread = float(np.ptp(values)) if len(values) else 0.0
    return (values - values.min()) / spread if spread > 1e-12 else np.zeros(len(values))


def _vector(values: object) -> Vector:
    return np.array(list(values), dtype=np.float64)  # type: ignore
