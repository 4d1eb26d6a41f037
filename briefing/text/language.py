"""A text that states no language -> the language that its small words tell, or None.

A language's stop words make up a third of its running text and a tenth of a neighbour's, so a
count of them tells a page of text apart from the languages whose lists are at hand.
Where there is no list, as for Danish, its own tell-tale words (`telling` in its data file) stand
in; `tables/neighbours.toml` has those of languages that could be mistaken for one of ours.
"""

from __future__ import annotations

from functools import lru_cache

from briefing.text.tables import known_languages, load_language, load_table
from briefing.text.words import stop_words, words

#: Words that are looked at, and the fewest from which anything is told.
LOOKED_AT, FEWEST = 400, 30
#: Share of small words from which a text may be in a language, and how far ahead of any other.
SHARE, LEAD = 0.22, 1.2
#: Share from which it is in the language expected, whatever the others.
SURE = 0.33


def tell_language(text: str, expected: str) -> str | None:
    """The language (ISO 639-1) of a text, or None where its words do not tell for sure.

    `expected` is the language that the reader would take it for, and the first to be tried.
    """
    spoken = words(text[: LOOKED_AT * 8])[:LOOKED_AT]
    sample = tuple(part for word in spoken for part in word.split("'"))  # "l'eau"
    if len(sample) < FEWEST:
        return None
    if _share(sample, expected) >= SURE:
        return expected
    shares = sorted(((_share(sample, code), code) for code in _told_apart()), reverse=True)
    (best, code), (second, _) = shares[:2]
    return code if best >= SHARE and best >= LEAD * second else None


def _share(sample: tuple[str, ...], language: str) -> float:
    small = _small_words(language)
    return sum(word in small for word in sample) / len(sample)


@lru_cache(maxsize=1)
def _told_apart() -> tuple[str, ...]:
    return *known_languages(), *load_table("neighbours")


@lru_cache(maxsize=64)
def _small_words(language: str) -> frozenset[str]:
    """The stop words of a language, or those that a table gives where there is no list."""
    telling = load_language(language).get("telling") or load_table("neighbours").get(language, "")
    return stop_words(language) | frozenset(telling.split())
