"""Sentences of one or several articles -> a score each; one algorithm one file, one row here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from briefing.models import Sentence
from briefing.rankers import (
    edmundson,
    kl,
    lead,
    lex_rank,
    lsa,
    luhn,
    reduction,
    salience,
    sum_basic,
    text_rank,
)


class Ranker(Protocol):
    """Scores sentences, as many as given and in their order; higher is better.

    A greedy selector scores by order of choice. Title and language come from `sentence.article`;
    `keywords` are words and phrases that the brief is about. Empty in, empty out; never NaN.
    """

    def __call__(
        self, sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()
    ) -> list[float]:
        """A score for each sentence."""
        ...


#: Every ranker by the name that a configuration uses.
RANKERS: Mapping[str, Ranker] = MappingProxyType(
    {
        "salience": salience.rank,
        "lead": lead.rank,
        "luhn": luhn.rank,
        "edmundson": edmundson.rank,
        "lsa": lsa.rank,
        "text-rank": text_rank.rank,
        "lex-rank": lex_rank.rank,
        "sum-basic": sum_basic.rank,
        "kl": kl.rank,
        "reduction": reduction.rank,
    }
)
