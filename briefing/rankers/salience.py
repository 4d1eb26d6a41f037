"""Salience: the sentences that carry the news of one or several articles, by order of choice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing.models import Sentence
from briefing.text.similarity import cosines, vectors
from briefing.text.words import stem, stems, stop_words, words

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts."""

    centroid: float
    frequency: float
    title: float
    position: float
    coverage: float
    length_power: float
    spread_power: float
    redundancy: float
    alike: float


ONE = Weights(1.0, 0.3, 1.0, 0.5, 0.5, 0.3, 1.0, 0.25, 0.8)
MANY = Weights(1.0, 0.5, 0.0, 0.5, 1.5, 0.75, 2.0, 1.0, 0.8)


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Scores by order of choice, from 1 for the first chosen down to above 0."""
    if not sentences:
        return []
    order = _choose(sentences)
    scores = [0.0] * len(sentences)
    for place, index in enumerate(order):
        scores[index] = 1.0 - place / len(sentences)
    return scores


def _scaled(values: Vector) -> Vector:
    spread = float(values.max() - values.min())
    return (values - values.min()) / spread if spread > 1e-12 else np.zeros(len(values))


def _choose(sentences: Sequence[Sentence]) -> list[int]:
    language = sentences[0].article.language
    articles = {a: i for i, a in enumerate(dict.fromkeys(s.article.id for s in sentences))}
    weights = MANY if len(articles) > 1 else ONE
    count = len(sentences)
    where = [articles[s.article.id] if len(articles) > 1 else i for i, s in enumerate(sentences)]
    bags = [stems(s.text, language) for s in sentences]
    rows = vectors(bags, language)
    alike = cosines(rows)
    total = rows.sum(axis=0)
    centroid = _scaled(rows @ (total / max(1e-12, float(np.linalg.norm(total)))))
    holding: defaultdict[str, set[int]] = defaultdict(set)
    for bag, place in zip(bags, where, strict=True):
        for one in bag:
            holding[one].add(place)
    full = len(articles) if len(articles) > 1 else max(2.0, count / 5)
    frequency = _scaled(
        np.array(
            [
                sum(min(1.0, len(holding[t]) / full) for t in set(bag)) / max(6, len(set(bag)))
                for bag in bags
            ]
        )
    )
    titles = {t for s in sentences for t in stems(s.article.title or "", language)}
    title = np.array([len(set(bag) & titles) / max(1, min(len(titles), 6)) for bag in bags])
    lengths = np.array([float(len(s.text.split())) for s in sentences])
    position = np.array([float(s.position) for s in sentences])
    score = weights.centroid * centroid + weights.frequency * frequency + weights.title * title
    score = _scaled(score) * (1 / (1 + position)) ** weights.position
    score = _scaled(score * np.where((lengths >= 8) & (lengths <= 60), 1.0, 0.3))
    # concepts
    dull = stop_words(language)
    spread: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    early: Counter[tuple[str, str]] = Counter()
    has: list[set[tuple[str, str]]] = []
    for s, place in zip(sentences, where, strict=True):
        own = [w for word in words(s.text) for w in word.split("-")]
        found = {
            (stem(a, language), stem(b, language))
            for a, b in zip(own, own[1:], strict=False)
            if not (a in dull and b in dull)
        }
        has.append(found)
        for c in found:
            spread[c].add(place)
            early[c] += 1.0 if s.position == 0 else 0.5 if s.position < 3 else 0
    least = 3 if len(articles) >= 6 else 2
    value = {
        c: len(p) ** weights.spread_power * (1 + min(1.0, 2 * early[c] / len(articles)))
        for c, p in spread.items()
        if len(p) >= least
    }
    cost = np.maximum(1, lengths) ** weights.length_power
    occurs: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    has = [{c for c in h if c in value} for h in has]
    for i, h in enumerate(has):
        for c in h:
            occurs[c].append(i)
    gain = np.array([sum(value[c] for c in sorted(h)) for h in has]) / cost
    top = gain.max() or 1.0
    nearest = np.zeros(count)
    live = np.ones(count, bool)
    done: set[tuple[str, str]] = set()
    order: list[int] = []
    while live.any():
        worth = score + weights.coverage * gain / top - weights.redundancy * nearest
        worth = np.where(nearest > weights.alike, worth - 10, worth)
        best = int(np.argmax(np.where(live, np.round(worth, 9), -np.inf)))
        order.append(best)
        live[best] = False
        nearest = np.maximum(nearest, alike[best])
        for c in has[best] - done:
            done.add(c)
            for j in occurs[c]:
                gain[j] -= value[c] / cost[j]
    return order
