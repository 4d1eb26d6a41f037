"""A sentence -> the facts that must agree before two sentences can be one statement.

Those are its figures, the days and names that it holds, its polarity, and its quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Article, Sentence
from briefing.text.names import Name, find_names
from briefing.text.names_places import load_places, phrase_key
from briefing.text.tables import load_table
from briefing.text.words import words

#: An equal quotation of this many words makes two sentences one statement.
QUOTED_WORDS = 5

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_CARDINALS = {
    word: str(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        start=2,
    )
} | {
    "dozen": "12",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_DAY = re.compile(
    rf"\b(?:(?:{_WEEKDAYS.replace(' ', '|')})|(?:{_MONTHS.replace(' ', '|')})|(?:19|20)\d\d(?!\d))\b"
)
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

    figures: frozenset[str]  #: as digits, without separators of thousands
    days: frozenset[str]  #: weekdays, months and years named
    names: frozenset[str]  #: words of names, folded
    is_negative: bool
    quotations: tuple[tuple[str, ...], ...]  #: quotations of five words or more, in one spelling


@lru_cache(maxsize=16_384)
def facts(sentence: Sentence) -> Facts:
    """The facts of one sentence."""
    text = sentence.text
    days = frozenset(_DAY.findall(text))
    figures = {re.sub(r"[,.](?=\d{3}\b)", "", figure) for figure in _FIGURE.findall(text)} - days
    figures |= {_CARDINALS[word] for word in words(text) if word in _CARDINALS}
    spoken = tuple(
        quoted
        for match in _QUOTED.finditer(text)
        if len(quoted := one_spelling(words(next(filter(None, match.groups()))))) >= QUOTED_WORDS
    )
    negation = _negation(sentence.article.language)
    is_negative = negation is not None and len(negation.findall(text)) % 2 == 1
    return Facts(frozenset(figures), days, _names(sentence), is_negative, spoken)


@lru_cache(maxsize=32)
def _negation(language: str) -> re.Pattern[str] | None:
    patterns = load_table("context")["negation"].get(language)
    if patterns is None:
        return None
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b".replace("’", "[’']"), re.IGNORECASE)


def one_spelling(spelled: tuple[str, ...]) -> tuple[str, ...]:
    """Words in one spelling, so that a quotation is itself in British and in American print."""
    return tuple(_one_spelling(word) for word in spelled)


@lru_cache(maxsize=65_536)
def _one_spelling(word: str) -> str:
    word = _SPELLED_APART.get(word, word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=256)
def _article_names(article: Article) -> tuple[tuple[Name, ...], tuple[int, ...]]:
    """The names of a whole article, and where each begins; alone, a sentence tells less."""
    names = find_names(article.text)
    return names, tuple(name.start for name in names)


def _names(sentence: Sentence) -> frozenset[str]:
    """Words of the names in a sentence; a country is itself under any of its names."""
    names, starts = _article_names(sentence.article)
    owners = load_places().owners
    found: set[str] = set()
    for name in names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]:
        if owner := owners.get(phrase_key(name.text)):
            found.add(owner)
        else:
            found.update(part for part in words(name.text.replace("-", " ")) if len(part) > 1)
    return frozenset(found)


def difference(one: Facts, other: Facts) -> str | None:
    """What keeps two sentences apart ("figures: 12 / 15"), or None when nothing contradicts."""
    for label, left, right in (
        ("figures", one.figures, other.figures),
        ("days", one.days, other.days),
    ):
        if left and right and left - right and right - left:
            return f"{label}: {', '.join(sorted(left - right))} / {', '.join(sorted(right - left))}"
    if one.is_negative != other.is_negative:
        return "polarity"
    if one.names - other.names and other.names - one.names:
        return "names"
    return None
