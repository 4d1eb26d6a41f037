from __future__ import annotations

import math

import numpy as np
import pytest

from briefing.rankers.features import Features, distribution, scaled
from tests.build import make_article, make_split

TEXT = """\
Divers raised 3 cannons from the wreck. Was it worth 20 days?

“Silver,” he said. The wreck lies deep.
"""
ARTICLE = make_article(TEXT, title="Divers raise cannons")
SENTENCES = make_split(ARTICLE).sentences


def test_place_and_form() -> None:
    features = Features(SENTENCES, [])
    assert features.depth == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert features.opening.tolist() == [1, 0, 1, 0]
    assert features.length == pytest.approx([7 / 30, 5 / 30, 3 / 30, 4 / 30])
    assert features.figures == pytest.approx([1 / 3, 1 / 3, 0, 0])
    assert features.question.tolist() == [0, 1, 0, 0]
    assert features.quoted == pytest.approx([0, 0, len("“Silver,”") / len(SENTENCES[2].text), 0])


def test_words_shared_with_title_keywords_and_the_text_so_far() -> None:
    features = Features(SENTENCES, ["deep wreck", "gold"])
    assert features.title == pytest.approx([1, 0, 0, 0])
    assert features.asked.tolist() == [0, 0, 0, 1]
    # diver, rais, 3, cannon, wreck are all new; of wreck, lie, deep one has been seen.
    assert features.novelty[0] == 1
    assert features.novelty[3] == pytest.approx(2 / 4)
    # Only "wreck" occurs twice.
    assert features.shared == pytest.approx([1, 0, 0, 1])


def test_frequency_counts_articles_where_there_are_several() -> None:
    other = make_split(make_article("Cannons rust. Geese flew.")).sentences
    both = [*SENTENCES, *other]
    assert distribution(both) == [0, 0, 0, 0, 1, 1]
    assert distribution(SENTENCES) == [0, 1, 2, 3]
    # Of both articles' stems only "cannon" is in both; its sentences count it double.
    frequency = Features(both, []).frequency
    assert frequency.argmax() == 0
    assert frequency[4] > frequency[5]


def test_a_weighted_sum_names_its_features() -> None:
    features = Features(SENTENCES, [])
    assert features.weigh({"depth": 3, "question": -1}) == pytest.approx([0, 0, 2, 3])


def test_centrality_favours_what_resembles_the_rest() -> None:
    article = make_article("Divers found coins. Divers found cannons and coins. Geese flew.")
    centrality = Features(make_split(article).sentences, []).centrality
    assert centrality[2] == 0
    assert centrality.max() == 1


def test_scaling_stretches_to_0_and_1_or_gives_nothing() -> None:
    assert scaled(np.array([2.0, 4.0, 3.0])).tolist() == [0, 1, 0.5]
    assert scaled(np.array([7.0, 7.0])).tolist() == [0, 0]
    assert math.isfinite(float(Features(SENTENCES[:1], []).centrality[0]))
