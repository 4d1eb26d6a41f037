"""A stem -> the stems by which the news tells the same notion, as "toll" does of "died".

The groups are in `tables/kindred.toml`, written for any subject; who asks for one word of a group
has not thought of the others, and the articles use them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from briefing.text.tables import load_table
from briefing.text.words import stem, words

_ALONE: frozenset[str] = frozenset()


@lru_cache(maxsize=16_384)
def kindred(stem: str, language: str) -> frozenset[str]:
    """The stems that share a group with a stem of a language (ISO 639-1), itself left out.

    Empty for a stem in no group and for a language without a table. Kinship is not passed on: a
    word of two groups is kindred to both, and the words of one are not to those of the other.
    """
    return _kin(language).get(stem.lower(), _ALONE)


@lru_cache(maxsize=32)
def _kin(language: str) -> Mapping[str, frozenset[str]]:
    together: defaultdict[str, set[str]] = defaultdict(set)
    for group in load_table("kindred").get(language, {}).values():
        members = {stem(word, language) for word in words(group)}
        for member in members:
            together[member] |= members
    return {member: frozenset(others - {member}) for member, others in together.items()}


@lru_cache(maxsize=65_536)
def notion(stem: str, language: str) -> str:
    """One word for all that tell the same notion: the first group that holds a stem, or itself."""
    return _first_groups(language).get(stem, stem)


@lru_cache(maxsize=32)
def _first_groups(language: str) -> Mapping[str, str]:
    first: dict[str, str] = {}
    for name, group in load_table("kindred").get(language, {}).items():
        for word in words(group):
            first.setdefault(stem(word, language), f"~{name}")
    return first
