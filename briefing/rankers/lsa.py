"""LSA: sentences that weigh most in the main topics of a singular value decomposition."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's weight in the latent topics, by sumy.

    Steinberger and Ježek 2004, Using Latent Semantic Analysis in Text Summarization and Summary
    Evaluation; `keywords` are not used.
    """
    from sumy.summarizers.lsa import LsaSummarizer

    return rate(LsaSummarizer, sentences)
