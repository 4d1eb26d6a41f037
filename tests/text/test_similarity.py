from __future__ import annotations

import math

import numpy as np
import pytest

from briefing.text import similarity
from briefing.text.similarity import (
    Background,
    Pair,
    cosines,
    count_background,
    load_background,
    similar_pairs,
    vectors,
)

BAGS = (("river", "flood", "town"), ("river", "flood"), ("vote",), ())


def test_counted_frequencies_count_texts_not_mentions() -> None:
    background = count_background([("a", "a", "b"), ("a",), ("c",)])
    assert background.articles == 3
    assert dict(background.counts) == {"a": 2, "b": 1, "c": 1}
    assert background.idf("b") == pytest.approx(math.log(4 / 1.5))


def test_a_stem_of_every_article_weighs_nothing() -> None:
    assert Background(10, {"the": 10, "all": 11}).idf("the") == pytest.approx(math.log(11 / 10.5))
    assert Background(10, {"all": 11}).idf("all") == 0


def test_the_packaged_frequencies_know_common_from_rare() -> None:
    background = load_background("en")
    assert background is not None
    assert background.idf("govern") < background.idf("tunnel") < background.idf("qwertz")
    assert load_background("sv") is None


def test_rows_have_length_one_or_none() -> None:
    lengths = np.linalg.norm(vectors(BAGS), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 0])


def test_cosine_by_hand() -> None:
    # Counted over the bags: each stem in one or two of three, so two weights.
    bags = (("a", "b"), ("a", "c"), ("d",))
    common, rare = math.log(4 / 2.5), math.log(4 / 1.5)
    matrix = cosines(vectors(bags, "eo"))
    assert matrix[0, 1] == pytest.approx(common**2 / (common**2 + rare**2))
    assert matrix[0, 2] == 0
    assert np.diag(matrix) == pytest.approx([1, 1, 1])


def test_pairs_above_the_threshold_most_alike_first() -> None:
    bags = (("river", "flood"), ("vote", "law"), ("river", "flood", "town"), ("vote", "law"))
    pairs = similar_pairs(bags, threshold=0.3)
    assert pairs[0] == Pair(1, 3, 1.0)
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 3), (0, 2)]
    assert similar_pairs(bags, threshold=0.999) == (Pair(1, 3, 1.0),)


def test_pairs_are_the_same_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    bags = [(f"w{number % 7}", f"v{number % 3}", "x") for number in range(40)]
    whole = similar_pairs(bags, threshold=0.2)
    monkeypatch.setattr(similarity, "BLOCK_ROWS", 6)
    assert similar_pairs(bags, threshold=0.2) == whole
    matrix = cosines(vectors(bags))
    wanted = {(i, j) for i in range(40) for j in range(i + 1, 40) if matrix[i, j] >= 0.2}
    assert {(pair.first, pair.second) for pair in whole} == wanted


def test_nothing_is_alike_in_nothing() -> None:
    assert vectors(()).shape[0] == 0
    assert similar_pairs((), threshold=0.5) == ()
    assert similar_pairs(((), ()), threshold=0.0) == ()
