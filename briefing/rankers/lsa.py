"""LSA: sentences that weigh most in the main topics of a singular value decomposition."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate

#: sumy fills its matrix of words by sentences cell by cell; 150 take about a second.
MOST_SENTENCES = 150


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's weight in the latent topics, by sumy.

    Steinberger and Ježek 2004, Using Latent Semantic Analysis in Text Summarization and Summary
    Evaluation; `keywords` are not used.
    """
    from sumy.summarizers.lsa import LsaSummarizer

    return rate(LsaSummarizer, sentences, most=MOST_SENTENCES)
