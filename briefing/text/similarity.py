"""Bags of stems -> tf-idf vectors, their cosines, and the pairs that are alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from briefing.text.tables import load_table

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]

#: Pairs given for one bag, where more are alike; ties with the last of them are given, too.
NEIGHBOURS = 100
#: Rows multiplied at a time, which keeps a block of cosines of 10,000 sentences at 40 MB.
BLOCK_ROWS = 512
#: A stem that the background lacks, mostly a name, counts as one found in so many articles.
UNSEEN_ARTICLES = 2.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that are alike, by index, `first` below `second`."""

    first: int
    second: int
    cosine: float  #: 0–1


@dataclass(frozen=True, slots=True)
class Background:
    """In how many articles of a collection each stem occurs."""

    articles: int
    counts: Mapping[str, int]

    def idf(self, stem: str) -> float:
        """Inverse document frequency of a stem, in nats: 0 for one that every article holds."""
        count = self.counts.get(stem, UNSEEN_ARTICLES)
        return max(0.0, math.log((self.articles + 1) / (count + 0.5)))

    def idfs(self, stems: Iterable[str]) -> Vector:
        """The same for several stems at once."""
        counts = np.array([self.counts.get(stem, UNSEEN_ARTICLES) for stem in stems])
        return np.maximum(np.log((self.articles + 1) / (counts + 0.5)), 0.0)


@lru_cache(maxsize=8)
def load_background(language: str) -> Background | None:
    """The packaged counts for a language (ISO 639-1), or None where there are none."""
    if language != "en":
        return None
    table = load_table("background")
    counts = {
        stem: int(count) for count, row in table["stems_by_count"].items() for stem in row.split()
    }
    return Background(table["articles"], counts)


def count_background(bags: Sequence[Sequence[str]]) -> Background:
    """Counts over the bags at hand, for languages without packaged ones."""
    return Background(len(bags), Counter(stem for bag in bags for stem in set(bag)))


def vectors(bags: Sequence[Sequence[str]], language: str = "en") -> Matrix:
    """A row of unit length for each bag of stems, tf × idf; a row of zeros for an empty bag.

    The idf is the packaged one of the language, or else counted over the bags.
    """
    background = load_background(language) or count_background(bags)
    columns: dict[str, int] = {}
    places = [columns.setdefault(stem, len(columns)) for bag in bags for stem in bag]
    width = max(1, len(columns))
    cells = np.repeat(np.arange(len(bags)) * width, [len(bag) for bag in bags])
    cells += np.array(places, dtype=np.intp)
    idf = background.idfs(columns) if columns else np.zeros(1)
    return unit(np.bincount(cells, minlength=len(bags) * width).reshape(len(bags), width) * idf)


def unit(matrix: Matrix) -> Matrix:
    """The rows scaled to length 1; rows of zeros stay."""
    lengths = np.sqrt((matrix * matrix).sum(axis=1, keepdims=True))
    return matrix / np.where(lengths > 0, lengths, 1.0)


def cosines(rows: Matrix) -> Matrix:
    """The cosine of every two unit rows; a square matrix, so for a few thousand rows at most."""
    return np.minimum(rows @ rows.T, 1.0)


def similar_pairs(
    bags: Sequence[Sequence[str]],
    *,
    threshold: float,
    language: str = "en",
    neighbours: int = NEIGHBOURS,
) -> tuple[Pair, ...]:
    """Every two bags whose tf-idf cosine is at least `threshold`, most alike first.

    Ties are ordered by index. Of each bag the `neighbours` most alike behind it are given, so that
    neither memory nor what is done with the pairs grows with the square of the bags.
    """
    rows = vectors(bags, language)
    # A stem of one bag adds to that bag's length and to no cosine.
    rows = rows[:, np.count_nonzero(rows, axis=0) > 1].astype(np.float32)
    found: list[Pair] = []
    for start in range(0, len(rows), BLOCK_ROWS):
        block = rows[start : start + BLOCK_ROWS] @ rows[start:].T
        block = np.triu(block, 1)
        if block.shape[1] > neighbours:
            least = -np.partition(-block, neighbours - 1, axis=1)[:, neighbours - 1 : neighbours]
            block = np.where(block >= least, block, 0.0)
        first, second = np.nonzero(block >= max(threshold, 1e-6))
        alike = block[first, second].tolist()
        found.extend(
            Pair(start + i, start + j, round(min(1.0, cosine), 5))
            for i, j, cosine in zip(first.tolist(), second.tolist(), alike, strict=True)
        )
    return tuple(sorted(found, key=lambda pair: (-pair.cosine, pair.first, pair.second)))
