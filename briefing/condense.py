"""Split -> Summary: an article's best sentences by the chosen ranker, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config import CondenseSpec
from briefing.models import Sentence, Split, Summary
from briefing.rankers import RANKERS
from briefing.text.words import words


def condense(split: Split, spec: CondenseSpec, keywords: Sequence[str] = ()) -> Summary:
    """The article's summary: as many sentences as `spec.length` asks for, in reading order.

    The best by `spec.method` are chosen, the earlier one where scores are equal; a sentence that
    repeats a chosen one is passed over. `keywords` are what the brief is about, for rankers that
    use them. Raises KeyError for a method that `RANKERS` lacks, ValueError for a bad length.
    """
    sentences = split.sentences
    scores = RANKERS[spec.method](sentences, keywords=keywords)
    best = sorted(range(len(sentences)), key=lambda index: (-scores[index], index))
    chosen = _without_repeats(sentences, best)[: count_wanted(spec.length, len(sentences))]
    return Summary(split.article, tuple(sentences[index] for index in sorted(chosen)))


def count_wanted(length: str | int, available: int) -> int:
    """How many of the available sentences a length such as "30%", "5" or 5 asks for.

    A share is rounded half up and gives one sentence at least; nothing gives none.
    Raises ValueError for a length that is neither.
    """
    if isinstance(length, str) and length.strip().endswith("%"):
        share = float(length.strip()[:-1]) / 100
        wanted = max(1, int(share * available + 0.5))
    else:
        wanted = int(length)
    return max(0, min(wanted, available))


def _without_repeats(sentences: Sequence[Sentence], ordered: Sequence[int]) -> list[int]:
    seen: set[tuple[str, ...]] = set()
    kept: list[int] = []
    for index in ordered:
        key = words(sentences[index].text)
        if key not in seen:
            seen.add(key)
            kept.append(index)
    return kept
