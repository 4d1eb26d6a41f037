"""A phrase -> the country or body that it stands for, by names, demonyms, capitals and metonyms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from briefing.text.tables import load_table

_PUNCTUATION = str.maketrans({"’": "'", "‘": "'", ".": "", "‑": "-"})
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['&+-]\w+)*\+?")
#: A short name in capitals is itself only in capitals: "US" is not "us", "WHO" not "who".
_CAPITALS = 4
_PREPOSITIONS = frozenset({"of", "for", "from", "at", "in", "to", "on", "with"})
#: Words of the longest phrase that is looked up.
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Places:
    """Every phrase that stands for a country or a body, as `phrase_key` folds it."""

    owners: dict[str, str]  #: phrase -> canonical country or body
    phrases: dict[str, frozenset[str]]  #: canonical country or body -> every phrase, as written
    countries: frozenset[str]  #: canonical names that are countries
    places: frozenset[str]  #: phrases that are names of countries and capitals
    capitals: frozenset[str]  #: phrases that are names of capitals
    demonyms: frozenset[str]
    bodies: frozenset[str]  #: phrases that are names of bodies
    press: frozenset[str]  #: names of news organisations
    state_nouns: frozenset[str]  #: nouns that, behind a country's name, speak for it


@lru_cache(maxsize=1)
def load_places() -> Places:
    """The packaged tables of countries and bodies."""
    countries = load_table("places")["country"]
    tables = load_table("bodies")
    owners: dict[str, str] = {}
    phrases: dict[str, set[str]] = {}
    places: set[str] = set()
    demonyms: set[str] = set()
    bodies: set[str] = set()

    def own(phrase: str, owner: str, kind: set[str]) -> None:
        owners.setdefault(phrase_key(phrase), owner)
        phrases.setdefault(owner, set()).add(phrase)
        kind.add(phrase_key(phrase))

    for country, row in countries.items():
        for phrase in (country, *row.get("also", ())):
            own(phrase, country, places)
    for country, row in countries.items():
        for phrase in row["capital"]:
            own(phrase, country, places)
        for phrase in row["demonyms"]:
            own(phrase, country, demonyms)
    for country, names in tables["national"].items():
        for phrase in names:
            own(phrase, country, bodies)
    for body, names in tables["international"].items():
        for phrase in (body, *names):
            own(phrase, body, bodies)
    press = {phrase_key(name) for name in tables["press"]["names"]}
    return Places(
        owners,
        {owner: frozenset(own_phrases) for owner, own_phrases in phrases.items()},
        frozenset(countries),
        frozenset(places),
        frozenset(phrase_key(name) for row in countries.values() for name in row["capital"]),
        frozenset(demonyms),
        frozenset(bodies | press),
        frozenset(press),
        frozenset(tables["state"]["nouns"]),
    )


def country_of(phrase: str) -> str | None:
    """The canonical country that a phrase stands or speaks for, or None.

    "Washington", "the Pentagon", "American officials" and "State Department spokesman" give
    "United States"; "an expert on Peru" and "Washington-based" give None.
    """
    owner = owner_of(phrase)
    return owner if owner in load_places().countries else None


def is_country(phrase: str) -> bool:
    """Whether a phrase is a country's own name, demonym or capital, not one of its bodies."""
    places, folded = load_places(), phrase_key(phrase)
    return folded in places.places or folded in places.demonyms


def is_demonym(phrase: str) -> bool:
    """Whether a phrase tells of which country somebody or something is: "Peruvian"."""
    return phrase_key(phrase) in load_places().demonyms


def is_capital(phrase: str) -> bool:
    """Whether a phrase is the name of a country's capital."""
    return phrase_key(phrase) in load_places().capitals


@lru_cache(maxsize=4096)
def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, under any name, demonym, capital or body of theirs."""
    words = _WORD.findall(text.translate(_PUNCTUATION))
    countries = load_places().countries
    return frozenset(owner for _, _, owner in _mentions(words) if owner in countries)


@lru_cache(maxsize=256)
def main_country(text: str) -> str | None:
    """The country that a text names most often, or None where two are named alike or none is."""
    words = _WORD.findall(text.translate(_PUNCTUATION))
    countries = load_places().countries
    named = Counter(owner for _, _, owner in _mentions(words) if owner in countries)
    (first, most), (_, second) = [*named.most_common(2), (None, 0), (None, 0)][:2]
    return first if most > second else None


def is_state_noun(phrase: str) -> bool:
    """Whether a phrase without a country's name is one of a state: "the ministry", "officials"."""
    words = _WORD.findall(phrase.lower())
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return not load_places().state_nouns.isdisjoint([*words, *pairs])


def aliases(phrase: str) -> frozenset[str]:
    """Every phrase that stands for the same country or body, the phrase itself included."""
    owner = owner_of(phrase)
    return load_places().phrases[owner] | {phrase} if owner else frozenset({phrase})


def is_press(phrase: str) -> bool:
    """Whether a phrase is the name of a news organisation."""
    return phrase_key(_ARTICLE.sub("", phrase, count=1)) in load_places().press


@lru_cache(maxsize=8192)
def owner_of(phrase: str) -> str | None:
    """The canonical country or body that a phrase stands or speaks for, or None."""
    places = load_places()
    bare = _ARTICLE.sub("", phrase.strip(), count=1) if _ARTICLE.match(phrase) else phrase.strip()
    exact = places.owners.get(phrase_key(bare.removesuffix("'s").removesuffix("’s")))
    if exact is not None:
        return exact
    words = _WORD.findall(bare.translate(_PUNCTUATION))
    found = list(_mentions(words))
    if not found:
        return None
    start, end, owner = found[0]
    following = words[end] if end < len(words) else ""
    head = _head_length(words)
    office = [word.lower() for word in words[end if start == 0 else 0 : head]]
    pairs = [f"{first} {second}" for first, second in pairwise(office)]
    if places.state_nouns.isdisjoint([*office, *pairs]):
        # "White House's national security council": a body's own part is that body.
        return owner if start == 0 and words[-1].lower() in places.state_nouns else None
    if following[:1].isupper() and start >= head and not _is_of_state(words[end : end + 3]):
        return None
    if start and "to" in [word.lower() for word in words[max(0, start - 2) : start]]:
        return None  # "the special envoy to Peru", "her ambassador to the United States"
    # "president of the University of South Sudan" is no head of state.
    return owner if all(word.islower() for word in words[head:start]) else None


def _is_of_state(following: list[str]) -> bool:
    """Whether the capitalised words behind a country's name are a state's: "Prime Minister"."""
    titled = [word.lower() for word in takewhile(lambda word: word[:1].isupper(), following)]
    pairs = (f"{first} {second}" for first, second in pairwise(titled))
    return not load_places().state_nouns.isdisjoint([*titled, *pairs])


def _head_length(words: list[str]) -> int:
    """Number of words before the first preposition: "spokesman" of "spokesman for the ministry"."""
    for number, word in enumerate(words):
        if number and word.lower() in _PREPOSITIONS:
            return number
    return len(words)


def _mentions(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, word after the last, owner) of every known phrase, longest first, in order."""
    owners = load_places().owners
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + _LONGEST), start, -1):
            text = " ".join(words[start:end]).removesuffix("'s")
            if text[:1].isupper() and (owner := owners.get(phrase_key(text))):
                yield start, end, owner
                start = end
                break
        else:
            start += 1


@lru_cache(maxsize=16_384)
def phrase_key(phrase: str) -> str:
    """A phrase as it is looked up: no dots, plain apostrophes, lower case save short capitals."""
    plain = " ".join(phrase.translate(_PUNCTUATION).split())
    if plain.isupper() and len(plain) <= _CAPITALS:
        return plain
    return plain.lower()
