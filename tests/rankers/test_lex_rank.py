from __future__ import annotations

import pytest

from briefing.rankers.lex_rank import rank
from tests.build import make_article, make_split


def test_the_sentence_that_resembles_all_others_scores_highest() -> None:
    article = make_article(
        "Crews drained tunnels. Crews slept late. Poets drained cellars. Tunnels collapsed twice."
    )
    scores = rank(make_split(article).sentences)
    # Each of the others shares one word with the first and none with one another.
    assert max(scores) == scores[0]
    assert scores[1] == scores[2] == scores[3]


def test_what_has_no_content_words_scores_lowest_and_is_no_nan() -> None:
    scores = rank(make_split(make_article("It is so. They are not. We have been.")).sentences)
    assert scores == pytest.approx([0, 0, 0])
