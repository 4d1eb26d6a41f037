from __future__ import annotations

import math

import pytest

from briefing.rankers.lsa import rank
from tests.build import make_article, make_split


def test_with_all_topics_kept_a_score_is_the_length_of_the_weighted_column() -> None:
    article = make_article("Divers found silver coins. Geese flew.")
    # sumy smooths: a word that occurs weighs 1, one that does not 0.4; of six words four and two.
    lengths = [math.sqrt(4 + 2 * 0.4**2), math.sqrt(2 + 4 * 0.4**2)]
    assert rank(make_split(article).sentences) == pytest.approx(lengths)
