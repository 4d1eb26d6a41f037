"""Luhn: sentences with dense clusters of an article's frequent words score high."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's densest cluster of frequent words, by sumy.

    Luhn 1958, The Automatic Creation of Literature Abstracts; `keywords` are not used.
    """
    from sumy.summarizers.luhn import LuhnSummarizer

    return rate(LuhnSummarizer, sentences)
