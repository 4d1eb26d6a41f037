from __future__ import annotations

from briefing.rankers.lead import rank
from tests.build import make_article, make_split


def test_a_score_is_one_over_the_place_in_the_article() -> None:
    one = make_split(make_article("Rain fell. Roads closed. Schools opened late.")).sentences
    other = make_split(make_article("Snow fell. Trains stopped.")).sentences
    assert rank([*one, *other]) == [1, 1 / 2, 1 / 3, 1, 1 / 2]
