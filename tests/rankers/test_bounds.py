from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.bounds import rank_nearest
from tests.build import make_article, make_split

ONE = make_split(make_article("Rain fell. Roads closed. Schools shut.")).sentences
OTHER = make_split(make_article("Snow fell. Trains stopped.")).sentences


def longest(sentences: Sequence[Sentence]) -> list[float]:
    return [float(len(sentence.text)) for sentence in sentences]


def test_only_the_openings_of_articles_are_ranked() -> None:
    scores = rank_nearest([*ONE, *OTHER], longest, most=3)
    # "Rain fell.", "Snow fell." and "Roads closed." are ranked; the others follow by position.
    assert scores == [10, 13, 10 - 2, 10, 10 - 1]


def test_within_the_bound_everything_is_ranked() -> None:
    assert rank_nearest(ONE, longest, most=3) == [10, 13, 13]


def test_nothing_is_ranked_of_nothing() -> None:
    assert rank_nearest([], longest, most=3) == []
