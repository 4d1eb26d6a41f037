"""Sentences -> the word pairs that many articles use, and what a sentence adds by covering them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from briefing.models import Sentence
from briefing.rankers.features import Vector, distribution
from briefing.text.words import stem, stop_words, words

Concept = tuple[str, str]

#: Share of the places, and least number of them, that must use a concept.
LEAST_SHARE = 0.2
LEAST_PLACES = 2
#: How many times more a concept counts that is in most first sentences, beyond once.
EARLY = 2.0
#: A long sentence covers more; what it covers is divided by its words to this power.
LENGTH_POWER = 0.4


class Coverage:
    """What each sentence would add to the concepts covered so far; changes with every `cover`.

    Concepts are stemmed word pairs with a content word, as in Gillick and Favre 2009, A Scalable
    Global Model for Summarization; one is worth places^1.5 × mentions^0.5 and more when early.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        places = distribution(sentences)
        pairs = [_pairs(sentence) for sentence in sentences]
        spread: defaultdict[Concept, set[int]] = defaultdict(set)
        holders: defaultdict[Concept, list[int]] = defaultdict(list)
        early: defaultdict[Concept, float] = defaultdict(float)
        for index, (sentence, place) in enumerate(zip(sentences, places, strict=True)):
            for pair in pairs[index]:
                spread[pair].add(place)
                holders[pair].append(index)
                early[pair] += (1.0, 0.5, 0.5)[sentence.position] if sentence.position < 3 else 0.0
        count = len(set(places))
        least = max(LEAST_PLACES, LEAST_SHARE * count)
        self._worth = {
            pair: len(spread[pair]) ** 1.5
            * len(holders[pair]) ** 0.5
            * (1 + EARLY * min(1.0, 2 * early[pair] / count))
            for pair in spread
            if len(spread[pair]) >= least
        }
        self._holders = holders
        self._open = [[pair for pair in own if pair in self._worth] for own in pairs]
        lengths = np.array([max(1, len(sentence.text.split())) for sentence in sentences])
        self._cost = lengths**LENGTH_POWER
        self._gains = np.array([sum(map(self._worth.__getitem__, own)) for own in self._open])
        self._best = float((self._gains / self._cost).max()) or 1.0
        self._covered: set[Concept] = set()

    @property
    def gains(self) -> Vector:
        """A value for each sentence, 1 for what the best adds when nothing is covered yet."""
        gains: Vector = self._gains / self._cost / self._best
        return gains

    def cover(self, index: int) -> None:
        """Count the concepts of a sentence as covered from now on."""
        for pair in self._open[index]:
            if pair not in self._covered:
                self._covered.add(pair)
                self._gains[self._holders[pair]] -= self._worth[pair]


def _pairs(sentence: Sentence) -> tuple[Concept, ...]:
    """The sentence's neighbouring words, stemmed, each pair once, but for pairs of stop words."""
    language = sentence.article.language
    dull = stop_words(language)
    parts = [part for word in words(sentence.text) for part in word.split("-")]
    kept = (pair for pair in pairwise(parts) if not (pair[0] in dull and pair[1] in dull))
    return tuple(dict.fromkeys((stem(a, language), stem(b, language)) for a, b in kept))
