"""A stem -> the stems by which the news tells the same notion, as "toll" does of "died".

The groups are in `tables/kindred.toml`, written for any subject; who asks for one word of a group
has not thought of the others, and the articles use them. `tables/wordings.toml` has what only the
comparison of two sentences needs: "gave way" is "collapse" there, and "fell" is "fall".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from briefing.text.tables import load_table
from briefing.text.words import stem, words

#: A stem longer than this may lose its last "i".
LONG_STEM = 4

#: The number of a pair of opposites, and which of the two, 0 or 1.
Side = tuple[int, int]

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


def in_one_wording(spoken: Sequence[str], language: str) -> tuple[str, ...]:
    """Words in lower case with past forms and phrasal verbs told in one word: "gave way"."""
    forms, phrases = _forms(language), _phrases(language)
    plain = [forms.get(word, word) for word in spoken]
    told: list[str] = []
    skip = False
    for word, following in zip(plain, [*plain[1:], ""], strict=True):
        if skip:
            skip = False
            continue
        single = phrases.get((stem(word, language), following)) if phrases else None
        told.append(single or word)
        skip = single is not None
    return tuple(told)


@lru_cache(maxsize=65_536)
def notion(stem: str, language: str) -> str:
    """One word for all that tell the same notion: the first group that holds a stem, or itself.

    "notified" and "notification" end in different stems, which a last "i" tells apart.
    """
    found = _first_groups(language).get(stem)
    return found or (stem.removesuffix("i") if len(stem) > LONG_STEM else stem)


@lru_cache(maxsize=32)
def _first_groups(language: str) -> Mapping[str, str]:
    first: dict[str, str] = {}
    for table in (load_table("wordings")["synonyms"], load_table("kindred")):
        for name, group in table.get(language, {}).items():
            for word in words(group):
                first.setdefault(stem(word, language), f"~{name}")
    return first


@lru_cache(maxsize=32)
def _forms(language: str) -> Mapping[str, str]:
    forms = load_table("wordings")["forms"].get(language, {})
    return {form: base for base, group in forms.items() for form in group.split()}


@lru_cache(maxsize=32)
def _phrases(language: str) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for single, group in load_table("wordings")["phrases"].get(language, {}).items():
        for phrase in group.split(", "):
            verb, particle = phrase.split()
            found[stem(verb, language), particle] = single
    return found


def sides_of(stems: Iterable[str], language: str) -> frozenset[Side]:
    """The sides on which the stems of a text stand: of "rise" and "fall", say, the first."""
    sides = _opposites(language)
    return frozenset(side for stem in stems for side in sides.get(stem, ()))


def are_opposed(one: frozenset[Side], other: frozenset[Side]) -> bool:
    """Whether one text has a word and the other its opposite, and neither has both."""
    if not one or not other:
        return False
    return any(
        (pair, 1 - side) in other and (pair, 1 - side) not in one and (pair, side) not in other
        for pair, side in one
    )


@lru_cache(maxsize=32)
def _opposites(language: str) -> Mapping[str, frozenset[Side]]:
    """The sides, 0 or 1, on which a stem stands, each with the number of its pair."""
    found: defaultdict[str, set[Side]] = defaultdict(set)
    for pair, both in enumerate(load_table("wordings")["opposites"].get(language, ())):
        for side, group in enumerate(both):
            for word in words(group):
                found[stem(word, language)].add((pair, side))
    return {held: frozenset(sides) for held, sides in found.items()}
