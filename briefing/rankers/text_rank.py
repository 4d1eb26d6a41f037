"""TextRank: sentences that share words with many sentences that do so too."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's PageRank in the graph of shared words, by sumy.

    Mihalcea and Tarau 2004, TextRank: Bringing Order into Texts; `keywords` are not used.
    """
    from sumy.summarizers.text_rank import TextRankSummarizer

    return rate(TextRankSummarizer, sentences)
