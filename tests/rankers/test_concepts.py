from __future__ import annotations

import pytest

from briefing.models import Sentence
from briefing.rankers.concepts import Coverage
from tests.build import make_article, make_split


def sentences_of(*texts: str) -> list[Sentence]:
    return [s for text in texts for s in make_split(make_article(text)).sentences]


def test_pairs_that_several_articles_use_are_gained_once() -> None:
    sentences = sentences_of("Silver coins surfaced.", "Geese flew. Silver coins shone.")
    coverage = Coverage(sentences)
    assert coverage.gains == pytest.approx([1, 0, 1])
    coverage.cover(0)
    assert coverage.gains == pytest.approx([0, 0, 0])
    coverage.cover(2)
    assert coverage.gains == pytest.approx([0, 0, 0]), "what is covered is not taken off again"


def test_a_pair_of_stop_words_and_one_of_a_single_article_gain_nothing() -> None:
    coverage = Coverage(sentences_of("It was in the end so.", "It was in the end not."))
    # "it was", "was in" and "in the" are dull; "the end" is in both.
    coverage.cover(0)
    assert coverage.gains == pytest.approx([0, 0])


def test_a_longer_sentence_gains_less_for_the_same_pairs() -> None:
    coverage = Coverage(sentences_of("Silver coins.", "Silver coins shone under a clear blue sky."))
    short, long = coverage.gains
    assert long / short == pytest.approx((2 / 8) ** 0.4)


def test_without_any_shared_pair_nothing_is_gained() -> None:
    assert Coverage(sentences_of("Geese flew.", "Coins shone.")).gains == pytest.approx([0, 0])
