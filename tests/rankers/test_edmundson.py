from __future__ import annotations

from briefing.rankers.edmundson import rank
from tests.build import make_article, make_split

TEXT = """\
Storm damages harbour.

Trains ran late on Sunday. Crews repaired the harbour wall. Nobody was hurt.

Perhaps the harbour stays shut. Fishing resumes on Tuesday.
"""


def test_title_words_and_place_count() -> None:
    title = make_split(make_article(TEXT, title="Harbour repairs begin")).sentences
    first, late, wall, unhurt, *_ = rank(title)
    # A bonus word counts once as a cue, once for the title and once for the place's title words.
    assert wall - late == 3 * 2 - 1, "harbour and repaired are bonus words; opening a block gives 1"
    assert first > unhurt


def test_hedges_count_against_a_sentence() -> None:
    text = "Divers met. Perhaps divers met. Trains ran. Trains ran."
    plain, hedged, *_ = rank(make_split(make_article(text, title="Divers")).sentences)
    # 1 for opening the block, which the hedged one does not, and 1 for its stigma word.
    assert plain - hedged == 2


def test_keywords_are_bonus_words() -> None:
    sentences = make_split(make_article("Rain fell. Trains ran. Rain fell.")).sentences
    without = rank(sentences, keywords=["snow"])
    asked = rank(sentences, keywords=["late trains"])
    assert asked[1] - without[1] == 1
