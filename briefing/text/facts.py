"""A sentence -> the facts that must agree before two sentences can be one statement.

Those are its figures, the days and names that it holds, its polarity, and its quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from briefing.models import Article, Sentence
from briefing.text.figures import Figure, find_figures
from briefing.text.names import Name, name_article
from briefing.text.names.places import load_places, phrase_key
from briefing.text.tables import load_table
from briefing.text.words import words

#: An equal quotation of this many words makes two sentences one statement.
QUOTED_WORDS = 5
#: Share of a sentence from which what its speaker says is what it says.
MOSTLY = 0.4

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_NAMED_DAY = "|".join((*_WEEKDAYS.split(), *_MONTHS.split()))
_DAY = re.compile(rf"\b(?:{_NAMED_DAY}|(?:19|20)\d\d)\b")
#: "said on Thursday" dates the saying, not what is said.
_SAID_WHEN = re.compile(
    rf"\b(?:said|says|told|announced|reported|warned|added|confirmed)(?: \w+){{0,4}}? on "
    rf"(?:{_WEEKDAYS.replace(' ', '|')})\b"
)
_ASIDE = re.compile(r",? (?:which|who|whose|where)\b(?:[^,.]|[,.](?=\d))*")
_QUOTED = re.compile(r"“([^“”]+)[”]?|\"([^\"]+)\"?|«([^«»]+)»?|„([^“”]+)[“”]?")
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|able|ite|ites|al)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})yse(?=[ds]?$)"), "yze"),
    (re.compile(r"(?<=[a-z])ence(?=s?$)"), "ense"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=gr)ey"), "ay"),
)
#: What stands in every word that one of `_SPELLINGS` changes.
_MAY_VARY = re.compile(r"is|our|tre|ll|yse|ence|ogue|grey")
_SPELLED_APART = {
    "programme": "program",
    "programmes": "programs",
    "cheque": "check",
    "tyre": "tire",
    "tyres": "tires",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence commits itself to; sentences that differ here are not one statement."""

    figures: frozenset[Figure]
    main_figures: frozenset[Figure]  #: those outside relative clauses, which tell of something else
    days: frozenset[str]  #: weekdays, months and years named
    names: frozenset[str]  #: words of names, folded
    is_negative: bool
    quotations: tuple[tuple[str, ...], ...]  #: quotations of five words or more, in one spelling


def substance(sentence: Sentence) -> str:
    """What a sentence says, without who says it and when, where that is most of the sentence."""
    said = sentence.speaker.text if sentence.speaker else ""
    if len(said) >= MOSTLY * len(sentence.text):
        return said
    return _SAID_WHEN.sub("", sentence.text)


@lru_cache(maxsize=16_384)
def facts(sentence: Sentence) -> Facts:
    """The facts of one sentence: of what it says, not of when and to whom that was said."""
    text = substance(sentence)
    language = sentence.article.language
    spoken = tuple(
        one_spelling(quoted)
        for match in _QUOTED.finditer(sentence.text)
        if len(quoted := words(next(filter(None, match.groups())))) >= QUOTED_WORDS
    )
    negation = _negation(language)
    return Facts(
        figures=find_figures(text, language),
        main_figures=find_figures(_ASIDE.sub("", text), language),
        days=frozenset(_DAY.findall(text)),
        names=_names(sentence, text),
        is_negative=negation is not None and len(negation.findall(sentence.text.lower())) % 2 == 1,
        quotations=spoken,
    )


@lru_cache(maxsize=32)
def _negation(language: str) -> re.Pattern[str] | None:
    """What finds the negations of a text in lower case; None in a language without a table."""
    patterns = load_table("context")["negation"].get(language)
    if patterns is None:
        return None
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b".replace("’", "[’']"))


def one_spelling(spelled: tuple[str, ...]) -> tuple[str, ...]:
    """Words in one spelling, so that a quotation is itself in British and in American print."""
    return tuple(_one_spelling(word) for word in spelled)


@lru_cache(maxsize=65_536)
def _one_spelling(word: str) -> str:
    word = _SPELLED_APART.get(word, word)
    if not _MAY_VARY.search(word):
        return word
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=256)
def _article_names(article: Article) -> tuple[tuple[Name, ...], tuple[int, ...]]:
    """The names of a whole article, and where each begins; alone, a sentence tells less."""
    names = name_article(article).names
    return names, tuple(name.start for name in names)


def _names(sentence: Sentence, text: str) -> frozenset[str]:
    """Words of the names in what a sentence says; a country is itself under any of its names."""
    names, starts = _article_names(sentence.article)
    begin = sentence.start + max(0, sentence.text.find(text))
    end = begin + len(text)
    speaker = set(_folded(sentence.speaker.name)) if sentence.speaker else set()
    owners = load_places().owners
    found: set[str] = set()
    for name in names[bisect_left(starts, begin) : bisect_left(starts, end)]:
        if owner := owners.get(phrase_key(name.text)):
            found.add(owner)
        else:
            found.update(part for part in _folded(name.text) if len(part) > 1)
    return frozenset(found - speaker)


def _folded(name: str) -> tuple[str, ...]:
    """The words of a name without marks and hyphens."""
    plain = name.replace("-", " ")
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    return words(plain)


def difference(one: Facts, other: Facts) -> str | None:
    """What keeps two sentences apart ("figures: 12 / 15"), or None when nothing contradicts."""
    if clash := _clash(one.figures, other.figures):
        return f"figures: {clash[0].value:g} / {clash[1].value:g}"
    if one.days and other.days and one.days - other.days and other.days - one.days:
        mine, theirs = sorted(one.days - other.days), sorted(other.days - one.days)
        return f"days: {', '.join(mine)} / {', '.join(theirs)}"
    if one.is_negative != other.is_negative:
        return "polarity"
    if one.names - other.names and other.names - one.names:
        return "names"
    return None


def _clash(one: frozenset[Figure], other: frozenset[Figure]) -> tuple[Figure, Figure] | None:
    """Two figures that count the same and differ; a bare figure may count anything.

    A figure more on one side is a detail; two or more of a unit are another range or comparison.
    """
    if not one or not other or one == other:
        return None
    mine, theirs = ({figure.value for figure in figures} for figures in (one, other))
    left = sorted((f for f in one if f.value not in theirs), key=lambda f: f.value)
    right = sorted((f for f in other if f.value not in mine), key=lambda f: f.value)
    for first in left:
        for second in right:
            if first.unit == second.unit or None in (first.unit, second.unit):
                return first, second
    for extra, whole in ((left, other), (right, one)):
        for unit in {figure.unit for figure in extra} & {figure.unit for figure in whole}:
            more = [figure for figure in extra if figure.unit == unit]
            if unit is not None and len(more) > 1:
                return more[0], more[1]
    return None
