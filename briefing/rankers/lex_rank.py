"""LexRank: sentences that resemble many sentences of the article."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence
from briefing.rankers.sumy_adapter import rate


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """Each sentence's eigenvector centrality in the graph of cosines above 0.1, by sumy.

    Erkan and Radev 2004, LexRank: Graph-based Lexical Centrality as Salience in Text
    Summarization; `keywords` are not used. Sentences without content words make sumy's scores
    NaN; they score lowest here.
    """
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return rate(LexRankSummarizer, sentences)
