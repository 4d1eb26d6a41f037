"""Edmundson: sentences with cue words, title words and a good place score high."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate
from briefing.text.words import stop_words, words

#: Hedges and asides, which say that a sentence matters less.
STIGMA_WORDS = {
    "en": (
        "allegedly",
        "apparently",
        "elsewhere",
        "hardly",
        "impossible",
        "incidentally",
        "maybe",
        "meanwhile",
        "perhaps",
        "presumably",
        "rumour",
        "rumours",
        "separately",
        "unlikely",
    )
}
#: Bonus words where neither a title nor keywords are given: the article's most frequent ones.
FREQUENT_WORDS = 10
# sumy refuses an empty set of words; no text holds this one.
_NO_WORDS = ("\0",)


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's sum of cue, title and location scores, by sumy.

    Edmundson 1969, New Methods in Automatic Extracting. Bonus words are those of the titles and
    of `keywords`; null words are the stop words.
    """
    from sumy.summarizers.edmundson import EdmundsonSummarizer

    if not sentences:
        return []
    language = sentences[0].article.language
    null = stop_words(language)
    bonus = _bonus_words(sentences, keywords, null)

    def make(stemmer: Callable[[str], str]) -> Any:
        summarizer = EdmundsonSummarizer(stemmer)
        summarizer.bonus_words = bonus or _NO_WORDS
        summarizer.stigma_words = STIGMA_WORDS.get(language, _NO_WORDS)
        summarizer.null_words = null or _NO_WORDS
        return summarizer

    return rate(make, sentences)


def _bonus_words(
    sentences: Sequence[Sentence], keywords: Sequence[str], null: frozenset[str]
) -> tuple[str, ...]:
    titles = dict.fromkeys(sentence.article.title or "" for sentence in sentences)
    given = [word for text in (*titles, *keywords) for word in words(text) if word not in null]
    if given:
        return tuple(dict.fromkeys(given))
    counts = Counter(word for s in sentences for word in words(s.text) if word not in null)
    return tuple(word for word, _ in counts.most_common(FREQUENT_WORDS))
