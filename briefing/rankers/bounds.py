"""A ranker that compares every sentence with every other -> one that stays quick on any input."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.models import Sentence


def rank_nearest(
    sentences: Sequence[Sentence],
    rank: Callable[[Sequence[Sentence]], list[float]],
    *,
    most: int,
) -> list[float]:
    """Scores by `rank` for the `most` sentences nearest to the starts of their articles.

    The others score lower, by position; `rank` never sees them, nor an empty sequence.
    """
    by_position = sorted(range(len(sentences)), key=lambda i: (sentences[i].position, i))
    nearest = sorted(by_position[:most])
    found = rank([sentences[index] for index in nearest]) if nearest else []
    scores = [0.0] * len(sentences)
    for index, score in zip(nearest, found, strict=True):
        scores[index] = score
    for place, index in enumerate(by_position[most:], start=1):
        scores[index] = min(found) - place
    return scores
