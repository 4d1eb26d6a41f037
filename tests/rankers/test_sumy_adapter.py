from __future__ import annotations

from typing import Any

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from briefing.rankers.sumy_adapter import rate
from briefing.text.words import stem, stop_words, words
from tests.build import make_article, make_split

TEXT = """\
The river Orle broke its banks on Sunday and flooded the old town of Maren.
About 400 people left their homes in the old town before the river rose again.

Rescue crews in boats brought families out of Maren through the night.
A farmer said that the river took his mill and half of his herd.

Engineers will inspect the dam above Maren on Monday, after the rain has stopped.
"""


class Words:
    def to_words(self, text: str) -> tuple[str, ...]:
        return words(text)


@pytest.mark.parametrize(
    "summarizer_class",
    [LexRankSummarizer, LuhnSummarizer, ReductionSummarizer, TextRankSummarizer],
)
def test_the_best_by_score_are_what_sumy_chooses(summarizer_class: Any) -> None:
    sentences = make_split(make_article(TEXT)).sentences
    scores = rate(summarizer_class, sentences)
    best = sorted(range(5), key=lambda index: (-scores[index], index))[:2]

    summarizer = summarizer_class(lambda word: stem(word, "en"))
    summarizer.stop_words = stop_words("en")
    document = ObjectDocumentModel([Paragraph([SumySentence(s.text, Words()) for s in sentences])])
    chosen = [str(sentence) for sentence in summarizer(document, 2)]
    assert chosen == [sentences[index].text for index in sorted(best)]


def test_beyond_the_bound_sentences_follow_by_position() -> None:
    sentences = make_split(make_article(TEXT)).sentences
    scores = rate(LuhnSummarizer, sentences, most=3)
    assert min(scores[:3]) > scores[3] > scores[4]
