from __future__ import annotations

import pytest

from briefing.condense import condense, count_wanted
from briefing.config import CondenseSpec
from briefing.models import Split
from briefing.rankers import RANKERS
from tests.build import make_article, make_split

SPLIT = make_split(
    make_article(
        "Rain fell on Maren. Roads closed at noon. Schools stayed shut. Rain fell on Maren. "
        "Trains ran late. Ferries did not sail. Shops sold candles."
    )
)


def positions(split: Split, spec: CondenseSpec) -> list[int]:
    return [sentence.position for sentence in condense(split, spec).sentences]


def test_the_best_are_kept_in_reading_order() -> None:
    summary = condense(SPLIT, CondenseSpec(method="salience", length=3), ["candles"])
    places = [sentence.position for sentence in summary.sentences]
    assert summary.article is SPLIT.article
    assert len(places) == 3
    assert places == sorted(places)


def test_a_repeated_sentence_is_chosen_once() -> None:
    assert positions(SPLIT, CondenseSpec(method="lead", length=4)) == [0, 1, 2, 4]
    assert positions(SPLIT, CondenseSpec(method="lead", length=7)) == [0, 1, 2, 4, 5, 6]


def test_equal_scores_go_to_the_earlier_sentence() -> None:
    split = make_split(make_article("It is so. They are here. We have been. You were not."))
    assert positions(split, CondenseSpec(method="lex-rank", length=2)) == [0, 1]


@pytest.mark.parametrize("method", sorted(RANKERS))
def test_every_method_condenses(method: str) -> None:
    assert len(positions(SPLIT, CondenseSpec(method=method, length="30%"))) == 2


def test_an_article_without_sentences_gives_an_empty_summary() -> None:
    article = make_article("")
    assert condense(Split(article, (), ()), CondenseSpec(length="30%")).sentences == ()


@pytest.mark.parametrize(
    ("length", "available", "wanted"),
    [
        ("30%", 10, 3),
        ("25%", 10, 3),  # 2.5 is rounded up
        ("33%", 10, 3),
        ("1%", 10, 1),  # one at least
        ("30%", 0, 0),
        ("100%", 7, 7),
        (4, 10, 4),
        ("4", 10, 4),
        (12, 10, 10),
    ],
)
def test_lengths(length: str | int, available: int, wanted: int) -> None:
    assert count_wanted(length, available) == wanted


def test_a_length_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="half"):
        count_wanted("half", 10)
