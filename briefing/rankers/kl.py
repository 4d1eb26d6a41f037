"""KL: sentences that bring a summary's words nearest the article's, by order of choice."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate

#: sumy's greedy search is cubic in the sentences; 100 take about a second.
MOST_SENTENCES = 100


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """The order in which sumy chooses: least Kullback-Leibler divergence from the article.

    Haghighi and Vanderwende 2009, Exploring Content Models for Multi-Document Summarization;
    `keywords` are not used.
    """
    from sumy.summarizers.kl import KLSummarizer

    return rate(KLSummarizer, sentences, most=MOST_SENTENCES)
