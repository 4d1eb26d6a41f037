"""A sentence -> what must agree before two sentences can be one statement: figures, days, names, polarity, quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.words import stop_words, words

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
} | {"dozen": "12", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_DAY = re.compile(
    rf"\b(?:(?:{_WEEKDAYS.replace(' ', '|')})|(?:{_MONTHS.replace(' ', '|')})|(?:19|20)\d\d(?!\d))\b"
)
_NAME = re.compile(r"(?<![\w’'])(?:[A-Z]\w*(?:\.[A-Z])*\.?)(?:[-‐‑]\w+)*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n[’']t|"
    r"den(?:y|ies|ied|ying|ial)|refus\w+|reject\w*|fail\w*|unlikely|false)\b",
    re.IGNORECASE,
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
_SPELLED_APART = {"programme": "program", "programmes": "programs", "cheque": "check", "tyre": "tire", "tyres": "tires"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence commits itself to; two sentences that differ here are not the same statement."""

    figures: frozenset[str]  #: as digits, without separators of thousands
    days: frozenset[str]  #: weekdays, months and years named
    names: frozenset[str]  #: words of names, folded
    is_negative: bool
    quotations: tuple[tuple[str, ...], ...]  #: quotations of five words or more, in one spelling


@lru_cache(maxsize=16_384)
def facts(text: str) -> Facts:
    """The facts of one sentence."""
    days = frozenset(_DAY.findall(text))
    figures = {re.sub(r"[,.](?=\d{3}\b)", "", figure) for figure in _FIGURE.findall(text)} - days
    figures |= {_CARDINALS[word] for word in words(text) if word in _CARDINALS}
    spoken = tuple(
        quoted
        for match in _QUOTED.finditer(text)
        if len(quoted := one_spelling(words(next(filter(None, match.groups()))))) >= QUOTED_WORDS
    )
    negations = len(_NEGATION.findall(text))
    return Facts(frozenset(figures), days, _names(text) - frozenset(d.lower() for d in days), negations % 2 == 1, spoken)


def one_spelling(spelled: tuple[str, ...]) -> tuple[str, ...]:
    """Words in one spelling, so that a quotation is itself in British and in American print."""
    return tuple(_one_spelling(word) for word in spelled)


@lru_cache(maxsize=65_536)
def _one_spelling(word: str) -> str:
    word = _SPELLED_APART.get(word, word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def _names(text: str) -> frozenset[str]:
    dull = stop_words("en")
    found: set[str] = set()
    for match in _NAME.finditer(text):
        opens = not text[: match.start()].rstrip(" “\"‘'(–—-").strip() or text[: match.start()].rstrip(" “\"‘'").endswith((".", ":", "?", "!"))
        parts = [part for part in re.split(r"[-‐‑.]", match.group().lower()) if part]
        if opens and (len(parts) == 1 and parts[0] in dull):
            continue
        if opens and not text[match.end() :].lstrip(" ").startswith(tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) and "’" not in text[match.end() : match.end() + 1]:
            continue  # a capital that only the sentence's start gives
        found.update(part for part in parts if part not in dull or len(part) > 3)
    return frozenset(found)


def difference(one: Facts, other: Facts) -> str | None:
    """What keeps two sentences apart ("figures: 12 / 15"), or None when nothing contradicts."""
    for label, left, right in (("figures", one.figures, other.figures), ("days", one.days, other.days)):
        if left and right and left - right and right - left:
            return f"{label}: {', '.join(sorted(left - right))} / {', '.join(sorted(right - left))}"
    if one.is_negative != other.is_negative:
        return "polarity"
    if one.names - other.names and other.names - one.names:
        return "names"
    return None
