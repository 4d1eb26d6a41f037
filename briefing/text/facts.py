"""A sentence -> the facts that must agree before two sentences can be one statement.

Those are its figures, the days and names that it holds, its polarity, and its quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from briefing.models import Article, Sentence
from briefing.text.figures import RANK, Figure, find_figures
from briefing.text.names import Name, name_article
from briefing.text.names.places import load_places, phrase_key
from briefing.text.tables import load_table
from briefing.text.words import stems, words

#: An equal quotation of this many words makes two sentences one statement.
QUOTED_WORDS = 5
#: A shorter quotation counts from this many words on: what one speaker says of one thing.
FRAGMENT_WORDS = 2
#: A name behind more words than these is not the subject of a sentence.
OPENING_WORDS = 5
#: Share of a sentence from which what its speaker says is what it says.
MOSTLY = 0.4

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAYS.replace(' ', '|')})\b")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_SHORT_MONTHS = {name[:3]: name for name in _MONTHS.split()}
_MAY_BE_MONTH = re.compile(r"[JFMASOND](?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)")
_MONTH = re.compile(
    rf"\b(?:(?P<before>\d\d?)(?:st|nd|rd|th)? (?:of )?)?"
    rf"(?P<month>{_MONTHS.replace(' ', '|')}|(?:{'|'.join(_SHORT_MONTHS)}|Sept)\b\.)"
    rf"(?: (?P<after>\d\d?)(?:st|nd|rd|th)?\b(?![:.,]\d))?(?!\w)"
)
#: "said on Thursday" dates the saying, not what is said.
_SAID_WHEN = re.compile(
    rf"\b(?:said|says|told|announced|reported|warned|added|confirmed)(?: \w+){{0,4}}? on "
    rf"(?:{_WEEKDAYS.replace(' ', '|')})\b"
)
_WHERE = re.compile(
    r"\b(?:at|in|near|above|below|outside|inside|off|around|beyond|from|to|towards?)(?: the)? $",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",? (?:which|who|whose|where)\b(?:[^,.]|[,.](?=\d))*")
#: What went before is told as known: "after the board had turned it down".
_EARLIER = re.compile(r"(?<=\w),? (?:after|when|while|although|though|despite)\b[^,.;]*")
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
#: One of a kind, where no figure says so: "one sailor", "another young sailor".
_ONE = re.compile(r"\b(one|another|a single|an?)((?:[ -][^\W\d_]+){1,2})", re.IGNORECASE)
#: "Three times a day" counts no day.
_RATES = frozenset({"second", "minut", "hour", "day", "night", "week", "month", "year"})
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
    ones: frozenset[str]  #: stems of what there is one of: "one sailor", "a bomb"
    days: frozenset[str]  #: weekdays, years, months and days of them: "Friday", "May", "May 14"
    names: frozenset[str]  #: words of names, folded
    actors: frozenset[str]  #: those not behind "at", "near" …, which tell where
    subject: frozenset[str]  #: those of the name that it opens with, or else of its speaker
    is_negative: bool
    quotations: tuple[tuple[str, ...], ...]  #: quotations of five words or more, in one spelling
    fragments: tuple[tuple[str, ...], ...]  #: the shorter ones, of two words or more


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
        one_spelling(words(next(filter(None, match.groups()))))
        for match in _QUOTED.finditer(sentence.text)
    )
    negation = _negation(language)
    main = _EARLIER.sub("", _ASIDE.sub("", sentence.text))
    names, actors, subject = _names(sentence, text)
    return Facts(
        figures=find_figures(text, language),
        main_figures=find_figures(_ASIDE.sub("", text), language),
        ones=_ones(text, language),
        days=_days(text),
        names=names,
        actors=actors,
        subject=subject,
        is_negative=negation is not None and len(negation.findall(main.lower())) % 2 == 1,
        quotations=tuple(quoted for quoted in spoken if len(quoted) >= QUOTED_WORDS),
        fragments=tuple(q for q in spoken if FRAGMENT_WORDS <= len(q) < QUOTED_WORDS),
    )


def _ones(text: str, language: str) -> frozenset[str]:
    if language != "en":
        return frozenset()
    return frozenset(
        stemmed
        for opening, behind in _ONE.findall(text)
        for stemmed in stems(behind, language)
        if opening.lower() in {"one", "another"} or stemmed not in _RATES
    )


def _days(text: str) -> frozenset[str]:
    found = set(_YEAR.findall(text))
    if "day" in text:
        found.update(_WEEKDAY.findall(text))
    for match in _MONTH.finditer(text) if _MAY_BE_MONTH.search(text) else ():
        month = _SHORT_MONTHS[match["month"][:3]]
        found.add(month)
        if day := match["before"] or match["after"]:
            found.add(f"{month} {int(day)}")
    return frozenset(found)


@lru_cache(maxsize=32)
def _negation(language: str) -> re.Pattern[str] | None:
    """What finds the negations of a text in lower case; None in a language without a table."""
    patterns = load_table("context")["negation"].get(language)
    if patterns is None:
        return None
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b".replace("’", "[’']"))


def one_spelling(spelled: tuple[str, ...]) -> tuple[str, ...]:
    """Words in one spelling, so that a quotation is itself in British and in American print."""
    return tuple(map(_one_spelling, spelled))


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


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a sentence; offsets into the sentence."""

    start: int
    end: int
    words: frozenset[str]  #: folded; a country is itself under any of its names


@lru_cache(maxsize=16_384)
def names_in(sentence: Sentence) -> tuple[Named, ...]:
    """The names of a sentence, in order."""
    names, starts = _article_names(sentence.article)
    owners = load_places().owners
    inside = names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
    found = []
    for name in inside:
        owner = owners.get(phrase_key(name.text))
        parts = {owner} if owner else {part for part in _folded(name.text) if len(part) > 1}
        begin = name.start - sentence.start
        found.append(Named(begin, begin + len(name.text), frozenset(parts)))
    return tuple(found)


def _names(sentence: Sentence, text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of the names in what a sentence says: of all, of actors, of whom it opens with."""
    begin = max(0, sentence.text.find(text))
    speaker = set(_folded(sentence.speaker.name)) if sentence.speaker else set()
    found: set[str] = set()
    acting: set[str] = set()
    subject: set[str] = set()
    is_opening = True
    for name in names_in(sentence):
        if not begin <= name.start < begin + len(text):
            continue
        found |= name.words
        if not _WHERE.search(sentence.text, max(0, name.start - 12), name.start):
            acting |= name.words
            if is_opening and not subject:
                before = sentence.text[begin : name.start]
                if is_opening := len(words(before)) <= OPENING_WORDS:
                    subject = set(name.words)
    return frozenset(found - speaker), frozenset(acting - speaker), frozenset(subject or speaker)


def _folded(name: str) -> tuple[str, ...]:
    """The words of a name without marks and hyphens."""
    plain = name.replace("-", " ")
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    return words(plain)


def differ(one: Facts, other: Facts) -> bool:
    """Whether something but names keeps two sentences apart: polarity, a figure or a day."""
    return (
        one.is_negative != other.is_negative
        or _figures_differ(one, other)
        or _days_differ(one, other)
    )


def names_differ(one: Facts, other: Facts) -> bool:
    """Whether each of two sentences names somebody whom the other does not."""
    return not (one.names <= other.names or other.names <= one.names)


def _days_differ(one: Facts, other: Facts) -> bool:
    """Whether each tells a day of one kind that the other does not; a weekday is no other date."""
    if one.days <= other.days or other.days <= one.days:
        return False
    return any(
        _has_another(mine, theirs) and _has_another(theirs, mine)
        for mine, theirs in zip(_by_kind(one.days), _by_kind(other.days), strict=True)
    )


def _has_another(days: frozenset[str], known: frozenset[str]) -> bool:
    """Whether one of the days is not among those known; "March" is no other day than "March 14"."""
    return any(not any(other.startswith(f"{day} ") for other in known) for day in days - known)


@lru_cache(maxsize=4096)
def _by_kind(days: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The weekdays, the years, and the months with the days of them."""
    kinds = (_WEEKDAY, _YEAR, _MONTH)
    return tuple(frozenset(day for day in days if kind.fullmatch(day)) for kind in kinds)


def _figures_differ(one: Facts, other: Facts) -> bool:
    """Whether two sentences count the same and tell another number."""
    return _clash(one.figures, other.figures) or _several(one, other) or _several(other, one)


def _clash(one: frozenset[Figure], other: frozenset[Figure]) -> bool:
    """Whether two figures count the same and differ; a bare figure may count anything.

    A figure more on one side is a detail; two or more of a unit are another range or comparison.
    """
    if not one or not other or one == other:
        return False
    mine, theirs = _values(one), _values(other)
    left = [figure for figure in one if figure.value not in theirs]
    right = [figure for figure in other if figure.value not in mine]
    for first in left:
        for second in right:
            if first.unit == second.unit or _may_count_anything(first, second):
                return True
    return _has_more(left, other) or _has_more(right, one)


def _has_more(extra: Sequence[Figure], whole: frozenset[Figure]) -> bool:
    """Whether two or more of the figures are of one unit that the others count as well."""
    if len(extra) < 2:
        return False
    units = Counter(figure.unit for figure in extra if figure.unit is not None)
    return any(figure.unit is not None and units[figure.unit] > 1 for figure in whole)


@lru_cache(maxsize=4096)
def _values(figures: frozenset[Figure]) -> frozenset[float]:
    return frozenset(figure.value for figure in figures)


def _several(one: Facts, other: Facts) -> bool:
    """Whether one counts several of what the other, which does not count it, has one of."""
    if not one.figures or not other.ones:
        return False
    single = other.ones.difference(figure.unit for figure in other.figures)
    return any(figure.value > 1 and figure.unit in single for figure in one.figures)


def _may_count_anything(first: Figure, second: Figure) -> bool:
    """Whether one of two figures is bare; a place in an order ("the second") counts nothing."""
    units = first.unit, second.unit
    return None in units and not any(unit and unit.startswith(RANK) for unit in units)
