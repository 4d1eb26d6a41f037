"""SumBasic: sentences of frequent words that are not yet covered, by order of choice."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """The order in which sumy chooses: most probable words first, a chosen word counting less.

    Nenkova and Vanderwende 2005, The Impact of Frequency on Summarization; `keywords` are not
    used.
    """
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    return rate(SumBasicSummarizer, sentences)
