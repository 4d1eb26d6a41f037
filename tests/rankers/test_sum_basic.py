from __future__ import annotations

from briefing.rankers.sum_basic import rank
from tests.build import make_article, make_split


def test_scores_fall_by_order_of_choice_and_used_words_count_less() -> None:
    article = make_article(
        "Divers divers. Divers coins. Coins museums. Coins silver. Divers coins."
    )
    scores = rank(make_split(article).sentences)
    assert sorted(scores, reverse=True) == [0, -1, -2, -3, -4]
    assert scores[0] == 0, "its words have the highest mean probability"
