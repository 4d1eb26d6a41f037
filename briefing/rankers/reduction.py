"""Reduction: sentences that share many words with all the others."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's summed word overlap with all others, by sumy.

    Adam Fabish 2012, Reduction; `keywords` are not used.
    """
    from sumy.summarizers.reduction import ReductionSummarizer

    return rate(ReductionSummarizer, sentences)
