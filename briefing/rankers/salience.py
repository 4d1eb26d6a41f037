"""Salience: the sentences that carry the news of one article or of several, by order of choice.

The default ranker. Each sentence is scored by a weighted sum of `features`; sentences are then
chosen one by one, a sentence counting less the more it resembles those chosen before it. Over
several articles, what a sentence adds to the covered `concepts` counts as well.

How the weights were found. `FORM` and `ONE`: list-wise logistic regression of the sentences that
annotators chose, on 1,199 articles of the CNN Corpus (Lins et al. 2019). Of 77 features, those
that backward elimination kept were thinned by hand to the nine that make sense for any news, by
cross-validation and with an eye on 400 further articles; the last 400 were never opened.
`SEVERAL` and the figures in `concepts` and below: a random search over the 29 clusters of DUC
2003, at 100 words. Set by hand: `asked`, and `title` in `SEVERAL`, for DUC has no titles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from briefing.models import Sentence
from briefing.rankers.bounds import rank_nearest
from briefing.rankers.concepts import Coverage
from briefing.rankers.features import Features, Vector, scaled

#: The matrix of cosines of 2,000 sentences takes 32 MB.
MOST_SENTENCES = 2_000
#: A sentence with this cosine to a chosen one repeats it, and comes after all others.
REPEATED = 0.8
#: More than any two sentences differ in worth.
REPEAT = 100

#: Place and form, which need nothing but the sentence and its article.
FORM: Mapping[str, float] = {
    "depth": -1.58,
    "opening": 0.45,
    "novelty": 0.41,
    "quoted": -0.46,
    "figures": 0.49,
    "question": -0.74,
}
#: For a lone article.
ONE: Mapping[str, float] = {
    **FORM,
    "centrality": 0.25,
    "shared": 1.15,
    "title": 0.47,
    "asked": 0.5,
}
#: For several articles, beside `FORM`, which counts `FORM_OF_SEVERAL` when scaled to 0–1.
SEVERAL: Mapping[str, float] = {
    "frequency": 0.9,
    "title": 0.25,
    "length": -0.2,
    "quoted": -0.2,
    "asked": 0.2,
}
FORM_OF_SEVERAL = 0.35

#: What resembling a chosen sentence costs.
REDUNDANCY_OF_ONE = 0.5
REDUNDANCY_OF_SEVERAL = 0.3
#: What the concepts that a sentence adds count, over several articles.
COVERAGE = 1.3
#: What being too short or long to stand alone costs, over several articles.
UNFIT = 0.7
FIT_WORDS = (8, 60)
#: After so many words the main story is told, and the openings of articles bring what is next.
TOLD_WORDS = 100


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Scores by order of choice: 1 for the first chosen, down to above 0 for the last.

    A sentence that holds all the words of a keyword is preferred a little. Only the 2,000
    sentences nearest to the starts of their articles are weighed; the others follow by position.
    """
    return rank_nearest(
        sentences, lambda nearest: _by_choice(nearest, keywords), most=MOST_SENTENCES
    )


def _by_choice(sentences: Sequence[Sentence], keywords: Sequence[str]) -> list[float]:
    features = Features(sentences, keywords)
    several = len({sentence.article for sentence in sentences}) > 1
    order = _choose_several(sentences, features) if several else _choose_one(features)
    scores = [0.0] * len(sentences)
    for place, index in enumerate(order):
        scores[index] = 1.0 - place / len(sentences)
    return scores


@dataclass(slots=True)
class _Choice:
    """The sentences chosen so far, and how near every sentence is to one of them."""

    features: Features
    order: list[int] = field(default_factory=list)
    nearest: Vector = field(init=False)
    #: 0 for a sentence left to choose, -REPEAT for one that repeats a chosen one, else -inf.
    _left: Vector = field(init=False)
    _has_repeat: list[bool] = field(init=False)  #: whether another sentence repeats it

    def __post_init__(self) -> None:
        self.nearest = np.zeros(len(self.features.depth))
        self._left = np.zeros(len(self.features.depth))
        self._has_repeat = ((self.features.alike > REPEATED).sum(axis=1) > 1).tolist()

    def take(self, worth: Vector) -> int:
        """Choose the best of those left, the first of equals; repeats come last."""
        # Rounded, because the last digits depend on the machine's linear algebra.
        best = int((worth.round(9) + self._left).argmax())
        self.order.append(best)
        near = self.features.alike[best]
        np.maximum(self.nearest, near, out=self.nearest)
        if self._has_repeat[best]:
            self._left[near > REPEATED] = -REPEAT
        self._left[self.order] = -np.inf
        return best


def _choose_one(features: Features) -> list[int]:
    salience = features.weigh(ONE)
    choice = _Choice(features)
    for _ in salience:
        choice.take(salience - REDUNDANCY_OF_ONE * choice.nearest)
    return choice.order


def _choose_several(sentences: Sequence[Sentence], features: Features) -> list[int]:
    lengths = np.array([len(sentence.text.split()) for sentence in sentences])
    form = FORM_OF_SEVERAL * scaled(features.weigh(FORM))
    unfit = (lengths < FIT_WORDS[0]) | (lengths > FIT_WORDS[1])
    salience = scaled(form + features.weigh(SEVERAL)) - UNFIT * unfit
    early = 1 / np.sqrt([1 + sentence.position for sentence in sentences])
    coverage = Coverage(sentences)
    choice = _Choice(features)
    told = 0
    for _ in sentences:
        later = min(1.0, max(0.0, told / TOLD_WORDS - 1))
        worth = salience + COVERAGE * coverage.gains + later * early
        best = choice.take(worth - REDUNDANCY_OF_SEVERAL * choice.nearest)
        coverage.cover(best)
        told += int(lengths[best])
    return choice.order
