"""What a section asks for -> how relevant a passage is to it, and why.

A section's description, keywords and title are what a person writes before reading; the articles
themselves teach which other words keep company with them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import combinations

from briefing.config import SectionSpec
from briefing.text.kindred import kindred
from briefing.text.similarity import Background, count_background, load_background
from briefing.text.tables import load_language, load_topic
from briefing.text.words import stems, words

KEYWORD, TITLE, DESCRIPTION = 1.0, 0.6, 0.5
#: How much of its weight a word for an office keeps where a roster is asked for.
OFFICE = 0.5
#: How much of its weight a year keeps: it stands in the names of things.
YEAR = 0.3
#: How much of a keyword a word that keeps company with the keywords is worth, at most.
NEAR = 0.2
#: What a word in the sentences around is worth, against one in the sentence itself.
AROUND = 0.25
#: What a word for the same notion is worth, against the keyword itself.
KINDRED = 0.45
#: Share of its sentences, and sentences, in which a word stands with another from which the two are
#: one thing: "tear gas", "Security Council".
TIED, TIED_SENTENCES = 0.75, 3
#: Words learnt for a section, at most.
NEAR_WORDS = 24
#: Fewer sentences than these tell nothing about how common a word is in the pile.
FEW_SENTENCES = 20
#: What a word is worth then in a language without packaged counts: that of a middling one.
UNKNOWN_IDF = 4.0
#: Evidence, in weighted nats of idf, at which relevance reaches 1 - 1/e.
SCALE = 6.0


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_INNER_WORD = re.compile(r"(?<=[\w,;] )[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Relevance:
    """How relevant a text is to a section."""

    score: float  #: 0–1
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A section's words with their weights, as stems."""

    spec: SectionSpec
    weights: Mapping[str, float]
    near: Mapping[str, float]
    kin: Mapping[
        str, frozenset[str]
    ]  #: a stem that news uses for the same -> the keywords it is for
    phrases: Mapping[tuple[str, ...], str]  #: the stems of each keyword of several words
    idf: Callable[[str], float] = field(compare=False)
    language: str = "en"
    #: A stem -> those without which it hardly stands in these articles.
    tied: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)
    #: The same section, asked of the articles in other languages, by ISO 639-1.
    foreign: Mapping[str, Query] = field(default_factory=dict, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether the section says nothing of what it wants but its title and kind."""
        return not self.spec.keywords and not self.spec.description

    def relevance(self, text: str, around: str = "", language: str | None = None) -> Relevance:
        """How relevant a text is: the weight of its distinct words that the section asks for.

        What stands around it, its neighbours in the article, counts for a part. `language` is the
        text's, where it is not the section's.
        """
        if language is not None and language in self.foreign:
            return self.foreign[language].relevance(text, around)
        found = self._evidence(text)
        evidence = sum(weight for weight, _ in found)
        if around:
            evidence += AROUND * sum(weight for weight, _ in self._evidence(around))
        return Relevance(1 - math.exp(-evidence / SCALE), tuple(why for _, why in found[:5]))

    def _evidence(self, text: str) -> list[tuple[float, str]]:
        """Each word and phrase of the section that the text holds, with its weight, best first."""
        forms = _forms(text, self.language)
        kindred = self._kindred(forms)
        found: list[tuple[float, str]] = []
        told = self._told_once(forms)
        for stem, form in forms.items():
            if weight := self.weights.get(stem, 0.0):
                if stem in told:
                    found.append((weight * self.idf(stem), f"keyword: {form}"))
            elif weight := kindred.get(stem, 0.0):
                found.append((weight * self.idf(stem), f"kindred: {form}"))
            elif weight := self.near.get(stem, 0.0):
                found.append((weight * self.idf(stem), f"near: {form}"))
        bag = stems(text, self.language)
        for phrase, keyword in self.phrases.items():
            if forms.keys() >= set(phrase) and _holds(bag, phrase):
                weight = sum(map(self.idf, phrase)) / 2
                found.append((weight, f"phrase: {keyword}"))
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))

    def _told_once(self, held: Iterable[str]) -> set[str]:
        """The stems that a text holds and the section asks for, each that adds something.

        "Council" adds nothing to "Security" where it hardly stands without it.
        """
        asked = {stem: self.weights[stem] * self.idf(stem) for stem in held if stem in self.weights}
        if self.tied.keys().isdisjoint(asked):
            return set(asked)
        told: set[str] = set()
        for stem in sorted(asked, key=lambda s: (-asked[s], s)):
            if told.isdisjoint(self.tied.get(stem, ())):
                told.add(stem)
        return told

    def _kindred(self, held: Iterable[str]) -> dict[str, float]:
        """The weight of each stem that stands for a keyword which is not there itself.

        A keyword is met once: "killed" and "toll" for "died" are one notion told twice.
        """
        stems_held = set(held)
        met = stems_held & self.weights.keys()
        weights: dict[str, float] = {}
        for stem in sorted(stems_held & self.kin.keys(), key=lambda s: (-self.idf(s), s)):
            if unmet := self.kin[stem] - met:
                weights[stem] = KINDRED * max(self.weights[keyword] for keyword in unmet)
                met |= unmet
        return weights


@lru_cache(maxsize=16_384)
def _forms(text: str, language: str) -> Mapping[str, str]:
    """The stems of a text, each with the first word that has it; every section asks for them."""
    return {stem: word for word in reversed(words(text)) for stem in stems(word, language)}


def _holds(bag: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(bag[start : start + size]) == phrase for start in range(len(bag) - size + 1))


def compile_queries(
    specs: Sequence[SectionSpec],
    texts: Sequence[str],
    language: str,
    foreign: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Query, ...]:
    """One query a section, written in `language`; near words are learnt from the sentences `texts`.

    `foreign` has the sentences in other languages. A keyword is looked for in every language, by
    its stem there but not by words for the same notion; the prose of title and description in its
    own, but for the names in it.
    """
    abroad = [
        _compile_all(
            [_for_abroad(spec, language) for spec in specs], sentences, other, has_kin=False
        )
        for other, sentences in sorted((foreign or {}).items())
    ]
    return tuple(
        replace(query, foreign={other.language: other for other in others})
        for query, *others in zip(_compile_all(specs, texts, language), *abroad, strict=True)
    )


def _compile_all(
    specs: Sequence[SectionSpec], texts: Sequence[str], language: str, *, has_kin: bool = True
) -> tuple[Query, ...]:
    bags = [frozenset(stems(text, language)) for text in texts]
    idf = _discrimination(bags, load_background(language))
    queries = _told_apart([_compile(spec, bags, idf, language) for spec in specs])
    return queries if has_kin else tuple(replace(query, kin={}) for query in queries)


def _told_apart(queries: Sequence[Query]) -> tuple[Query, ...]:
    """The queries, each word worth less the more of them ask for it: it tells no two apart."""
    asked = Counter(stem for query in queries for stem in query.weights)
    return tuple(
        replace(query, weights={s: w / math.sqrt(asked[s]) for s, w in query.weights.items()})
        for query in queries
    )


def _for_abroad(spec: SectionSpec, language: str) -> SectionSpec:
    """A section with nothing but names in its title and description: "gift" is poison in German."""
    return spec.model_copy(
        update={
            "title": _names_in(spec.title, language),
            "description": _names_in(spec.description, language),
        }
    )


def _names_in(prose: str, language: str) -> str:
    """The words with a capital inside a sentence; none where every noun has one."""
    if load_language(language).get("nouns_have_capitals"):
        return ""
    return " ".join(word for word in _INNER_WORD.findall(prose) if word[0].isupper())


def _discrimination(
    bags: Sequence[frozenset[str]], background: Background | None
) -> Callable[[str], float]:
    """How much a stem tells: rare in the news at large, and not all over these articles."""
    local = count_background([tuple(bag) for bag in bags])
    if len(bags) < FEW_SENTENCES:
        return background.idf if background else lambda _stem: UNKNOWN_IDF

    def idf(stem: str) -> float:
        here = 2 * local.idf(stem)
        return min(background.idf(stem), here) if background else here

    return cache(idf)


def _compile(
    spec: SectionSpec, bags: Sequence[frozenset[str]], idf: Callable[[str], float], language: str
) -> Query:
    weights: dict[str, float] = {}
    for weight, text in (
        (DESCRIPTION, spec.description),
        (TITLE, spec.title),
        *((KEYWORD, keyword) for keyword in spec.keywords),
    ):
        for word in words(text):
            if spec.kind == "experts" and word in observers(language):
                continue  # "analyst" names the kind; every view has one
            # "minister" tells what somebody is; "delegation", that this is the roster asked for.
            share = OFFICE if spec.kind == "people" and word in offices(language) else 1.0
            share *= YEAR if _YEAR.fullmatch(word) else 1.0
            for part in stems(word, language):
                weights[part] = max(weight * share, weights.get(part, 0.0))
    phrases = {
        phrase: keyword for keyword in spec.keywords if len(phrase := stems(keyword, language)) > 1
    }
    keys = frozenset(s for s, weight in weights.items() if weight > OFFICE) or frozenset(weights)
    kin: dict[str, frozenset[str]] = {}
    for keyword in sorted(s for s, weight in weights.items() if weight >= TITLE):
        for relative in kindred(keyword, language) - weights.keys():
            kin[relative] = kin.get(relative, frozenset()) | {keyword}
    near = _near(keys, weights, bags)
    return Query(spec, weights, near, kin, phrases, idf, language, _tied(weights, bags))


def _tied(
    weights: Mapping[str, float], bags: Sequence[frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    """Each word of the section with those without which it hardly stands in a sentence."""
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for bag in bags:
        held = sorted(bag & weights.keys())
        alone.update(held)
        together.update(combinations(held, 2))
    tied: dict[str, frozenset[str]] = {}
    for pair, count in together.items():
        for stem, other in (pair, pair[::-1]):
            if count >= max(TIED_SENTENCES, TIED * alone[stem]):
                tied[stem] = tied.get(stem, frozenset()) | {other}
    return tied


@lru_cache(maxsize=32)
def offices(language: str) -> frozenset[str]:
    """Nouns of offices and occupations in a language: "minister", "professor"."""
    return frozenset((load_topic("roles", language) or {}).get("offices", ()))


@lru_cache(maxsize=32)
def one_office(language: str) -> Mapping[str, str]:
    """The word that stands for all of one office, by each: "gov" and "governor" are one."""
    groups = (load_topic("roles", language) or {}).get("alike", ())
    return {word: group.split()[0] for group in groups for word in group.split()}


@lru_cache(maxsize=32)
def relatives(language: str) -> frozenset[str]:
    """Nouns for whose relative somebody is, in a language: "daughter", "widow"."""
    return frozenset((load_topic("roles", language) or {}).get("relatives", ()))


@lru_cache(maxsize=32)
def observers(language: str) -> frozenset[str]:
    """Nouns for outside observers in a language: "analyst", "experts"."""
    return frozenset((load_topic("roles", language) or {}).get("observers", ()))


def _near(
    keys: frozenset[str], weights: Mapping[str, float], bags: Sequence[frozenset[str]]
) -> Mapping[str, float]:
    """Stems that keep company with the keywords: normalised pointwise mutual information.

    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction"; a stem
    counts from two sentences on, so that a chance meeting teaches nothing.
    """
    with_key = [bag for bag in bags if bag & keys]
    if len(with_key) < 2 or len(with_key) == len(bags):
        return {}
    together = Counter(stem for bag in with_key for stem in bag)
    everywhere = Counter(stem for bag in bags for stem in bag)
    total = len(bags)
    scores: dict[str, float] = {}
    for stem, joint in together.items():
        if stem in weights or joint < 2:
            continue
        expected = everywhere[stem] * len(with_key) / total
        association = math.log(joint / expected) / -math.log(joint / total)
        if association > 0.1:
            scores[stem] = association
    best = sorted(scores, key=lambda stem: (-scores[stem], stem))[:NEAR_WORDS]
    return {stem: NEAR * scores[stem] for stem in best}
