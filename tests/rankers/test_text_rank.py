from __future__ import annotations

from briefing.rankers.text_rank import rank
from tests.build import make_article, make_split


def test_the_sentence_that_links_the_others_wins() -> None:
    article = make_article(
        "Divers searched the wreck. The wreck held divers and silver coins. "
        "Silver coins reached museums. Geese flew south."
    )
    scores = rank(make_split(article).sentences)
    assert max(scores) == scores[1]
    assert scores[1] > scores[3] > 0
