"""Sentences -> scores by sumy's own summarizers, fed with our sentences and words."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from briefing.models import Sentence
from briefing.rankers.bounds import rank_nearest
from briefing.text.words import stem, stop_words, words

#: sumy compares every sentence with every other in plain Python; 400 take about a second.
MOST_SENTENCES = 400
_DIGITS = 9

Make = Callable[[Callable[[str], str]], Any]


def rate(
    make: Make,
    sentences: Sequence[Sentence],
    *,
    most: int = MOST_SENTENCES,
) -> list[float]:
    """A score for each sentence by the summarizer that `make` makes out of a stemmer.

    Only the `most` sentences nearest to the starts of their articles are given to sumy; the
    others come after them, by position. What sumy cannot rate (no content words) scores lowest.
    """
    return rank_nearest(sentences, partial(_rate_all, make), most=most)


def _rate_all(make: Make, sentences: Sequence[Sentence]) -> list[float]:
    language = sentences[0].article.language
    summarizer = make(partial(stem, language=language))
    if hasattr(summarizer, "stop_words"):
        summarizer.stop_words = stop_words(language)
    return _ratings(summarizer, sentences)


def _ratings(summarizer: Any, sentences: Sequence[Sentence]) -> list[float]:
    ratings = [math.nan] * len(sentences)

    def keep_all(infos: Iterable[Any]) -> list[Any]:
        # sumy passes every sentence with its rating to a callable count, to choose among them.
        kept = list(infos)
        for info in kept:
            ratings[info.order] = float(info.rating)
        return kept

    with warnings.catch_warnings():
        # LexRank divides by zero and LSA complains where an article has hardly any words.
        warnings.simplefilter("ignore")
        summarizer(_document(sentences), keep_all)
    lowest = min((rating for rating in ratings if math.isfinite(rating)), default=0.0)
    # sumy sums over sets, whose order varies from run to run, and with it the last digits.
    return [round(r if math.isfinite(r) else lowest, _DIGITS) for r in ratings]


def _document(sentences: Sequence[Sentence]) -> Any:
    """sumy's document: a paragraph for each block, an article's title heading its first one."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph

    make = _sentence_class()
    paragraphs = []
    titled: set[str] = set()
    for _, run in groupby(sentences, key=lambda s: (s.article.id, s.block)):
        block = list(run)
        article = block[0].article
        heading = []
        if article.title and article.id not in titled:
            titled.add(article.id)
            heading.append(make(article.title, _Words(), is_heading=True))
        paragraphs.append(Paragraph([*heading, *(make(s.text, _Words()) for s in block)]))
    return ObjectDocumentModel(paragraphs)


class _Words:
    """What sumy asks of a tokenizer; its own needs NLTK data that would have to be downloaded."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return words(text)


@lru_cache(maxsize=1)
def _sentence_class() -> Any:
    from sumy.models.dom import Sentence as SumySentence

    # sumy's sentences are equal by text, so two that repeat each other would share a rating.
    placed = {"__slots__": (), "__eq__": object.__eq__, "__hash__": object.__hash__}
    return type("PlacedSentence", (SumySentence,), placed)
