"""Lead: the earlier in its article, the better."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Sentence


def rank(sentences: Sequence[Sentence], *, keywords: Sequence[str] = ()) -> list[float]:
    """1 for an article's first sentence, 1/2 for its second, and so on; `keywords` are not used."""
    return [1.0 / (1 + sentence.position) for sentence in sentences]
