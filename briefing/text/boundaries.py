"""A paragraph -> where its sentences end, in English by nupunkt, else by the language's data file.

nupunkt's model is of English print; what other languages need is which stops end no sentence, and
that is a list of abbreviations, initials and ordinals ("12. September").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefing.text.tables import load_language

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

Span = tuple[int, int]

_OPENING = "«»„“”‚‘‹›\"'([—–-"
#: What closes in every language; a language adds its closing quotation marks.
_CLOSING = "\"')]"
_LAST_WORD = re.compile(r"(?:[^\W_]+[.’'-])*[^\W_]+\Z")
_FIRST_LETTER = re.compile(rf"[{re.escape(_OPENING)}\s¿¡]*([^\W_]+)")


@dataclass(frozen=True, slots=True)
class Rules:
    """How sentences end in a language other than English; words in lower case."""

    end: re.Pattern[str]
    abbreviations: frozenset[str]  #: without their last stop
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]


def boundaries(text: str, language: str) -> list[Span]:
    """Spans of the sentences of one paragraph, without the white space around them."""
    spans = []
    found = _tokenizer().span_tokenize(text) if language == "en" else _ruled(text, language)
    for start, end in found:
        piece = text[start:end]
        if stripped := piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + lead + len(stripped)))
    return spans


@lru_cache(maxsize=32)
def quotation_marks(language: str) -> tuple[tuple[str, str], ...]:
    """The pairs of quotation marks of a language, opening and closing."""
    listed = load_language(language).get("splitting", {}).get("quotes", ("“”", "«»"))
    return tuple((pair[0], pair[1]) for pair in listed)


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    import nupunkt

    tokenizer: PunktSentenceTokenizer = nupunkt.load_default_model()
    listed = frozenset(load_language("en")["splitting"]["abbreviations"])
    for word in tokenizer.abbreviations - listed:
        if len(word) >= 3 and word.isalpha():
            tokenizer.remove_abbreviation(word)
    tokenizer.add_abbreviations([*listed, "lt"])
    return tokenizer


@lru_cache(maxsize=32)
def _rules(language: str) -> Rules:
    table: dict[str, Any] = load_language(language).get("splitting", {})
    ends = re.escape(".!?…" + table.get("ends", ""))

    def listed(name: str) -> frozenset[str]:
        return frozenset(table.get(name, "").lower().split())

    closing = re.escape(_CLOSING + "".join(close for _, close in quotation_marks(language)))
    return Rules(
        # French puts a space before its closing mark.
        re.compile(
            rf"(?P<stop>[{ends}]+)(?:[{closing}]|\s»)*\s+(?=\S)|(?P<full>[。！？｡])[」』”’）]*"
        ),
        listed("abbreviations"),
        listed("before_ordinal"),
        listed("after_ordinal"),
    )


def _ruled(text: str, language: str) -> list[Span]:
    rules = _rules(language)
    spans, start = [], 0
    for match in rules.end.finditer(text):
        if _ends(text, match, rules):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return spans


def _ends(text: str, match: re.Match[str], rules: Rules) -> bool:
    """Whether a sentence ends where its end could stand."""
    opened = _FIRST_LETTER.match(text, match.end())
    following = opened[1] if opened else ""
    if following[:1].islower():
        return False
    if match["stop"] != "." or match.end("stop") < len(match[0].rstrip()) + match.start():
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    if before is None:
        return True
    word = before[0]
    if word.isdigit():
        return not _is_ordinal(text, before, following, rules)
    if len(word) == 1 and word.isupper():
        return False  # an initial
    return word.lower() not in rules.abbreviations


def _is_ordinal(text: str, number: re.Match[str], following: str, rules: Rules) -> bool:
    """Whether a number with a stop is "the 12th": told by the words around it."""
    if len(number[0]) > 2 or not rules.after_ordinal:
        return False
    before = _LAST_WORD.search(text[max(0, number.start() - 24) : number.start()].rstrip())
    return following.lower() in rules.after_ordinal or (
        before is not None and before[0].lower() in rules.before_ordinal
    )
