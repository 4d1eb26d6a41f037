from __future__ import annotations

import pytest

from briefing.models import Sentence
from briefing.rankers.salience import rank
from tests.build import make_article, make_split

ARTICLE = """\
Have you ever missed a boat?

The harbour of Maren will close for 14 months from June so that its wall can be rebuilt.
"It will hurt," said a fisherman.

The wall of the harbour cracked in a storm last winter, and 60 boats were moved to Orle.
Gulls seem not to mind.
"""


def order(sentences: list[Sentence], **options: tuple[str, ...]) -> list[int]:
    scores = rank(sentences, **options)
    return sorted(range(len(scores)), key=lambda index: -scores[index])


def sentences_of(*texts: str, title: str | None = None) -> list[Sentence]:
    return [s for text in texts for s in make_split(make_article(text, title=title)).sentences]


def test_the_news_comes_before_a_question_a_quotation_and_an_aside() -> None:
    sentences = sentences_of(ARTICLE, title="Harbour of Maren to close for wall")
    first, second, *rest = order(sentences)
    assert (first, second) == (1, 3)
    assert set(rest) == {0, 2, 4}


def test_scores_fall_evenly_by_order_of_choice() -> None:
    scores = rank(sentences_of(ARTICLE))
    assert sorted(scores, reverse=True) == pytest.approx([1, 4 / 5, 3 / 5, 2 / 5, 1 / 5])


def test_a_keyword_lifts_the_sentence_that_holds_all_its_words() -> None:
    sentences = sentences_of(ARTICLE)
    assert order(sentences)[0] == 1
    assert order(sentences, keywords=("winter storm",))[0] == 3
    assert order(sentences, keywords=("winter games",))[0] == 1


def test_over_several_articles_what_they_share_comes_first_and_once() -> None:
    shared = "The parliament of Lowland passed the water law on Monday after a night of debate."
    texts = (
        f"{shared} Guides in the gallery sold out of postcards before the vote had even begun.",
        f"{shared} A brass band rehearsed on the square, which annoyed several of the members.",
        "Members cheered as the parliament of Lowland passed the water law on Monday at dawn.",
    )
    sentences = sentences_of(*texts)
    chosen = order(sentences)
    assert chosen[0] in {0, 2, 4}
    assert {chosen[-1], chosen[-2]} & {0, 2}, "the repeated sentence comes last"


def test_the_same_sentences_give_the_same_scores() -> None:
    sentences = sentences_of(ARTICLE)
    assert rank(sentences) == rank(sentences)
