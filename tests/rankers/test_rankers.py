"""What every ranker keeps, whichever its algorithm."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from briefing.models import Sentence
from briefing.rankers import RANKERS
from tests.build import make_article, make_split

FLOOD = """\
The river Orle broke its banks on Sunday and flooded the old town of Maren.
About 400 people left their homes, the mayor said.

Rescue crews in boats brought families out of Maren through the night.
"We lost the mill," said a farmer.

The river had risen for a week after heavy rain in the hills.
Engineers will inspect the Maren dam on Monday.
"""
FERRY = """\
The ferry to Maren stays in port until the river Orle falls, its owner said.
Tickets are refunded.
"""
NAMES = sorted(RANKERS)


def sentences_of(*texts: str, language: str = "en", title: str | None = None) -> list[Sentence]:
    articles = [make_article(text, language=language, title=title) for text in texts]
    return [sentence for article in articles for sentence in make_split(article).sentences]


def are_scores(scores: Sequence[float], count: int) -> bool:
    return len(scores) == count and all(
        type(score) is float and math.isfinite(score) for score in scores
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_gets_a_number(name: str) -> None:
    sentences = sentences_of(FLOOD, title="River floods Maren")
    assert are_scores(RANKERS[name](sentences), 6)


@pytest.mark.parametrize("name", NAMES)
def test_several_articles_are_ranked_together(name: str) -> None:
    sentences = sentences_of(FLOOD, FERRY)
    assert are_scores(RANKERS[name](sentences, keywords=("dam", "ferry to Maren")), 8)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_nothing_out(name: str) -> None:
    assert RANKERS[name]([]) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "The mayor resigned.",
        "It is. And so are they. But not all of this is.",
        "1. 2. 3.",
        "… ! —",
        "Rain. Rain. Rain.",
    ],
    ids=["one sentence", "stop words", "figures", "no words", "one word"],
)
def test_poor_texts_are_ranked_all_the_same(name: str, text: str) -> None:
    sentences = sentences_of(text)
    assert are_scores(RANKERS[name](sentences), len(sentences))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["de", "ru", "eo"])
def test_any_language_is_ranked(name: str, language: str) -> None:
    text = "Der Fluss stieg am Montag. Река вышла из берегов. La rivero leviĝis en la nokto."
    assert are_scores(RANKERS[name](sentences_of(text, language=language)), 3)


@pytest.mark.parametrize("name", NAMES)
def test_a_repeated_sentence_keeps_its_own_score_at_each_place(name: str) -> None:
    text = "Crews found the lost boat. The harbour reopened at noon. Crews found the lost boat."
    scores = RANKERS[name](sentences_of(text))
    assert are_scores(scores, 3)
    if name in {"lead", "kl", "sum-basic", "salience"}:
        assert scores[0] > scores[2], "what is chosen by order cannot choose both at once"


@pytest.mark.parametrize("name", NAMES)
def test_long_input_keeps_the_openings_in_front(name: str) -> None:
    text = " ".join(f"Boat {number} reached the quay of Maren." for number in range(2100))
    sentences = sentences_of(text)
    if name != "salience":
        sentences = sentences[:420]
    scores = RANKERS[name](sentences)
    assert are_scores(scores, len(sentences))
    assert min(scores[:100]) > max(scores[-5:])


def test_looking_up_a_ranker_loads_no_library() -> None:
    script = (
        "import sys; from briefing.rankers import RANKERS; RANKERS['lex-rank'];"
        "sys.exit(bool({'sumy', 'nltk'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.slow
def test_scores_do_not_depend_on_the_order_of_hashes() -> None:
    script = (
        "from tests.rankers.test_rankers import *;"
        "print([RANKERS[n](sentences_of(FLOOD, FERRY, title='Flood')) for n in NAMES])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
