from __future__ import annotations

import math

from briefing.rankers.reduction import rank
from tests.build import make_article, make_split


def test_a_score_sums_shared_words_over_the_logs_of_both_lengths() -> None:
    article = make_article("Divers found coins. Coins shone. Geese flew.")
    shared = round(1 / (math.log(3) + math.log(2)), 9)
    assert rank(make_split(article).sentences) == [shared, shared, 0]
