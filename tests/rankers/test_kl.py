from __future__ import annotations

from briefing.rankers.kl import rank
from tests.build import make_article, make_split


def test_the_least_divergence_over_a_sentence_s_own_words_comes_first() -> None:
    article = make_article("Geese flew. Divers found coins. Coins shone. Divers sang.")
    scores = rank(make_split(article).sentences)
    assert sorted(scores, reverse=True) == [0, -1, -2, -3]
    # Of nine words divers and coins are two each. The sum of p log(p / q) is -0.33 for the geese,
    # -0.30 for the finding, and -0.35 for the last two, of which the earlier wins.
    assert scores[2] == 0
