"""A text and a language's table -> its words and figures with what each may be: month, unit …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.text.tables import load_topic
from briefing.text.times.patterns import (
    UNKNOWN,
    Codes,
    TimePattern,
    literals,
    needed,
    to_expression,
)

Value = int | str


# Words first, as most of a text is words; figures are tried where a figure begins only.
_TOKEN = re.compile(
    r"""(?x)
      (?P<HALF_OF_DAY>[aApP](?:\.\s?[mM]\.?|[mM]\b))
    | (?P<WORD>[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*)
    | (?=\d)(?:
        (?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\w|-\d))
      | (?P<SLASHED>\d{1,2}(?P<mark>[/.])\d{1,2}(?P=mark)(?:\d{4}|\d\d)(?!\d))
      | (?P<CLOCK>(?:[01]?\d|2[0-4]):[0-5]\d(?::\d\d)?(?!\d))
      | (?P<PERCENT>\d[\d.,]*\s?%)
      | (?P<DOTTED>\d{1,2}\.[0-5]\d(?![\d.]))
      | (?P<SUM>\d+(?:[.,/]\d+)+)
      | (?P<DECADE>(?:1\d|20)\d0[’']?s\b)
      | (?P<NTH>\d{1,2}(?:st|nd|rd|th)\b)
      | (?P<FIGURE>\d+)
      )
    | (?P<BREAK>\n[^\S\n]*\n)
    | (?P<MONEY>[$£€¥\#]\s?\d(?:[\d.,]*\d)?)
    | (?=[’'])(?: (?P<OWN>.s\b) | (?P<NINETIES>.[1-9]0s\b) | (?P<SHORT>.\d\d\b) )
    | (?P<MARK>[^\w\s])
    """
)
_DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark, with its value for each class that it belongs to."""

    start: int
    end: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text taken apart; `codes[i]` is the class letter of token i, made for matching patterns."""

    text: str
    codes: str
    spans: tuple[tuple[int, int], ...]
    known: Mapping[int, Mapping[str, Value]]

    def word(self, index: int) -> str:
        """One token in lower case."""
        start, end = self.spans[index]
        return self.text[start:end].lower()

    def slice(self, first: int, last: int) -> tuple[Token, ...]:
        """The tokens from `first` up to, without, `last`."""
        return tuple(Token(*self.spans[i], self.known.get(i, {})) for i in range(first, last))


@dataclass(frozen=True, slots=True)
class TenseWords:
    """The words of a language that show whether something lies ahead or behind."""

    ahead: frozenset[str]  #: "will", "plans", "scheduled"
    ahead_endings: tuple[str, ...]  #: endings of verbs in the future
    past_if_denied: frozenset[
        str
    ]  #: words ahead that with a "not" report the past: "could not be reached"
    negations: frozenset[str]
    denials: tuple[str, ...]  #: endings of verbs that are denied: "didn't"
    future: frozenset[str]  #: words ahead that stay so before "have": "will have crossed"
    intent: frozenset[str]  #: words that point ahead when an infinitive follows: "agreed to"
    behind: frozenset[str]  #: verbs in the past that no ending shows
    past_endings: tuple[str, ...]
    unmarked: frozenset[str]  #: words that end like the past and are not
    auxiliaries: frozenset[str]  #: words between a modal and its participle
    present: frozenset[str]  #: forms of "be" that make a participle in -ing point ahead
    copulas: frozenset[str]  #: forms of "be" that an infinitive makes point ahead: "was to"
    infinitive: frozenset[str]  #: the mark of an infinitive, "to"
    perfect: frozenset[str]  #: what makes an infinitive a report: "to have"
    determiners: frozenset[str]  #: no verb stands after them
    appointed: frozenset[str]  #: words that point ahead when one of `aims` follows: "set for"
    aims: frozenset[str]
    schemes: frozenset[str]  #: verbs whose object lies ahead: "planned a march on Monday"
    near: frozenset[str]  #: words between a verb and its day: "is held on Monday"
    nobody: frozenset[str]  #: subjects that deny their verb: "neither could be found"
    undone: frozenset[str]  #: what turns a word ahead back: "had been due"
    deadline: frozenset[str]  #: words right before an expression that point ahead
    onsets: frozenset[str]  #: words that open a range, of which a deadline is but the end: "from"
    moves: frozenset[str]  #: verbs that give a thing another day: "postponed to Monday"
    aims_of_moves: frozenset[str]  #: words between such a verb and the day
    soonest: frozenset[str]  #: words that do so with one of `comparing` after them: "as early as"
    comparing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, as its table gives them, and its patterns over their classes."""

    words: Mapping[str, tuple[str, Mapping[str, Value]]]  #: spelling -> code, value by class
    rules: tuple[TimePattern, ...]
    needing: Mapping[str, tuple[int, ...]]  #: code -> places of the rules of which it may be part
    content: re.Pattern[str]  #: a code that is more than filling
    figures: Mapping[str, str]  #: name of a kind of figure -> code
    abbreviations: frozenset[str]  #: spellings whose full stop belongs to them
    tense: TenseWords
    onset: frozenset[str]  #: words right before a time from which something goes on: "since"
    month_first: bool  #: 3/4/2020 is 4 March


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language by ISO 639-1, or None when there is no table for it."""
    table = load_topic("time_words", language)
    if table is None:
        return None
    shorthand: dict[str, str] = table.get("shorthand", {})
    sources = [(name, source) for name, found in table["rules"].items() for source in found]
    meanings = _meanings(table, [w for _, source in sources for w in literals(source, shorthand)])
    codes = Codes()
    words = {w: (codes.of(frozenset(v)), v) for w, v in meanings.items()}
    words |= {mark: (codes.of(frozenset({"-", "DASH"})), {}) for mark in _DASHES}
    words |= {mark: (codes.of(frozenset({mark})), {}) for mark in table["marks"]}
    figures = {name: codes.of(frozenset(classes)) for name, classes in _FIGURES.items()}
    filling = codes.only({*table["filling"].split(), *table["marks"], "-", "DASH"})
    rules = tuple(
        TimePattern(name, re.compile(pattern), needed(pattern, filling))
        for name, pattern in ((name, to_expression(s, shorthand, codes)) for name, s in sources)
    )
    short = set(table["abbreviated"])
    return Lexicon(
        words=words,
        rules=rules,
        needing=_by_needed(rules),
        content=re.compile(f"[^{filling}]"),
        figures=figures,
        abbreviations=frozenset(w for w, v in meanings.items() if v.keys() & short),
        tense=_tense_words(table.get("tense", {})),
        onset=frozenset(table["onset"].split()),
        month_first=bool(table["month_first"]),
    )


def _by_needed(rules: tuple[TimePattern, ...]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for code in rule.needed:
            places.setdefault(code, []).append(place)
    return {code: tuple(found) for code, found in places.items()}


def _meanings(table: Mapping[str, Any], literals: list[str]) -> dict[str, dict[str, Value]]:
    """Every spelling with its value by class; a word that a pattern names is its own class."""
    meanings: dict[str, dict[str, Value]] = {}
    for name, entries in table["words"].items():
        for word, value in _entries(entries):
            for spelling in _spellings(
                word,
                only_capital=name in table["capitalised"],
                only_lower=name in table["lowercase"],
            ):
                meanings.setdefault(spelling, {})[name] = value
    for word in literals:
        for spelling in _spellings(word):
            meanings.setdefault(spelling, {}).setdefault(word, word)
    return meanings


def tokenize(text: str, lexicon: Lexicon) -> Tokens:
    """The text's tokens with their codes; white space is dropped, an empty line is a token."""
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    known: dict[int, Mapping[str, Value]] = {}
    words, figures, abbreviations = lexicon.words, lexicon.figures, lexicon.abbreviations
    skip = 0
    for match in _TOKEN.finditer(text):
        span = match.span()
        kind, code = match.lastgroup or "", UNKNOWN
        if kind in ("WORD", "MARK"):
            word = match.group()
            if entry := words.get(word):
                code, known[len(codes)] = entry
                if word in abbreviations and text.startswith(".", span[1]):
                    skip = span[1] + 1
                    span = (span[0], skip)
            elif span[0] < skip:
                continue
        elif kind in _READ:
            kind, values = _figure(kind, match.group())
            code, known[len(codes)] = figures[kind], values
        codes.append(code)
        spans.append(span)
    return Tokens(text, "".join(codes), tuple(spans), known)


#: What each kind of figure may stand for in a pattern.
_FIGURES: dict[str, tuple[str, ...]] = {
    "ISO": ("ISO",),
    "SLASHED": ("SLASHED",),
    "CLOCK": ("CLOCK",),
    "DOTTED": ("DOTTED",),
    "DECADE": ("DECADE",),
    "DAY_NTH": ("DAY", "ORDINAL"),
    "NTH": ("ORDINAL",),
    "DAY": ("DAY", "NUMBER", "HOUR", "YEAR_TAIL"),
    "BIG_DAY": ("DAY", "NUMBER", "YEAR_TAIL"),
    "YEAR_TAIL": ("NUMBER", "YEAR_TAIL"),
    "YEAR": ("YEAR", "NUMBER"),
    "UNSURE_YEAR": ("YEAR", "NUMBER", "UNSURE_YEAR"),  # a round figure, or long ago: may be a count
    "NUMBER": ("NUMBER",),
    "HALF_OF_DAY": ("HALF_OF_DAY",),
    "SHORT": ("SHORT_YEAR",),
    "OWN": ("OWN",),
}

_READ = frozenset(_FIGURES) - {
    "DAY_NTH",
    "DAY",
    "BIG_DAY",
    "YEAR",
    "UNSURE_YEAR",
    "YEAR_TAIL",
    "NUMBER",
} | {
    "FIGURE",
    "NINETIES",
}


def _figure(kind: str, word: str) -> tuple[str, Mapping[str, Value]]:
    """The kind of a figure in more detail, and its value for each class."""
    if kind == "FIGURE":
        number = int(word) if len(word) < 7 else 0
        kind = "NUMBER"
        if len(word) == 4 and 1400 <= number < 2100:
            kind = "YEAR" if number >= 1800 and number % 100 else "UNSURE_YEAR"
        elif len(word) <= 2:
            kind = "YEAR_TAIL" if not 1 <= number <= 31 else "DAY" if number <= 24 else "BIG_DAY"
            kind = "NUMBER" if len(word) < 2 and kind == "YEAR_TAIL" else kind
        return kind, dict.fromkeys(_FIGURES[kind], number)
    if kind == "NTH":
        number = int(word[:-2])
        kind = "DAY_NTH" if 1 <= number <= 31 else "NTH"
        return kind, dict.fromkeys(_FIGURES[kind], number)
    if kind == "HALF_OF_DAY":
        return kind, {kind: word[0].lower()}
    if kind == "SHORT":
        number = int(word[1:])
        return kind, {"SHORT_YEAR": number + (1900 if number >= 40 else 2000)}
    if kind in ("DECADE", "NINETIES"):
        return "DECADE", {"DECADE": int(word[:4]) if kind == "DECADE" else 1900 + int(word[1:3])}
    return kind, dict.fromkeys(_FIGURES.get(kind, ()), word)


def _tense_words(table: Mapping[str, str]) -> TenseWords:
    """The row of a language's table, with nothing for what it leaves out."""

    def listed(name: str) -> frozenset[str]:
        return frozenset(table.get(name, "").split())

    return TenseWords(
        ahead=listed("ahead"),
        ahead_endings=tuple(sorted(listed("ahead_endings"))),
        past_if_denied=listed("past_if_denied"),
        negations=listed("negations"),
        denials=tuple(sorted(listed("denials"))),
        future=listed("future"),
        intent=listed("intent"),
        behind=listed("behind"),
        past_endings=tuple(sorted(listed("past_endings"))),
        unmarked=listed("unmarked"),
        auxiliaries=listed("auxiliaries"),
        present=listed("present"),
        copulas=listed("copulas"),
        infinitive=listed("infinitive"),
        perfect=listed("perfect"),
        determiners=listed("determiners"),
        appointed=listed("appointed"),
        aims=listed("aims"),
        schemes=listed("schemes"),
        near=listed("near"),
        nobody=listed("nobody"),
        undone=listed("undone"),
        deadline=listed("deadline"),
        onsets=listed("onsets"),
        moves=listed("moves"),
        aims_of_moves=listed("aims_of_moves"),
        soonest=listed("soonest"),
        comparing=listed("comparing"),
    )


def _entries(entries: Mapping[str, Value] | str) -> Iterable[tuple[str, Value]]:
    """`{January = 1}` or a plain list of words, whose value is the word itself."""
    if isinstance(entries, str):
        return ((word, word) for word in entries.split())
    return ((word, value) for spelled, value in entries.items() for word in spelled.split())


def _spellings(word: str, *, only_capital: bool = False, only_lower: bool = False) -> set[str]:
    spellings = {word.upper()}
    if not only_capital:
        spellings.add(word)
    if not only_lower:
        spellings.add(word[:1].upper() + word[1:])
    return spellings
