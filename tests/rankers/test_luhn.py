from __future__ import annotations

from briefing.rankers.luhn import rank
from tests.build import make_article, make_split


def test_a_score_is_the_square_of_frequent_words_over_the_length_of_their_cluster() -> None:
    article = make_article(
        "Divers reached wreck. "  # divers, wreck: 2 of 3 words, 2² / 3
        "Divers left. "  # one frequent word makes no cluster
        "Wreck sank slowly below divers."  # 2 of 5 words, 2² / 5
    )
    scores = rank(make_split(article).sentences)
    assert scores == [round(4 / 3, 9), 0, round(4 / 5, 9)]
