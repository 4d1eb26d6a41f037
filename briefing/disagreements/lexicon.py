"""The table of words by which reports are compared -> frozen values, one language each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing.text.kindred import notion
from briefing.text.tables import load_table
from briefing.text.words import stem, stop_words, words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of one language, in lower case; the table's comments say what each is for."""

    language: str
    notions: dict[str, str]
    phrases: dict[tuple[str, str], str]
    breaks: frozenset[str]
    persons: frozenset[str]
    general: frozenset[str]
    states: frozenset[str]
    running: frozenset[str]
    parts: frozenset[str]
    apart: frozenset[str]
    changed: frozenset[str]
    rates: re.Pattern[str]
    around: re.Pattern[str]
    at_least: re.Pattern[str]
    at_most: re.Pattern[str]
    counts: frozenset[str]
    development: re.Pattern[str]
    motion: frozenset[str]
    toward: frozenset[str]
    within: frozenset[str]
    regions: frozenset[str]
    denials: frozenset[str]
    rejections: frozenset[str]
    reports: frozenset[str]
    refused: frozenset[str]
    ordinals: frozenset[str]
    unasserted: frozenset[str]
    saying: frozenset[str]
    negations: frozenset[str]
    ignorance: frozenset[str]
    future: frozenset[str]
    opinion: frozenset[str]
    repeated: frozenset[str]
    offices: frozenset[str]
    national: frozenset[str]
    passing: frozenset[str]
    drifting: frozenset[str]

    def notion_of(self, word: str) -> str:
        """One word for all that tell the same as a lower-case word; "" for a stop word."""
        if word in stop_words(self.language):
            return ""
        return self.notions.get(word) or notion(stem(word, self.language), self.language)


@lru_cache(maxsize=32)
def load_lexicon(language: str) -> Lexicon | None:
    """The words of a language (ISO 639-1); None without a table: then nothing is compared."""
    table = load_table("disagreements").get(language)
    if table is None:
        return None

    def listed(key: str) -> frozenset[str]:
        return frozenset(table[key])

    def groups(key: str) -> frozenset[str]:
        return frozenset(f"~{name}" for name in table[key])

    return Lexicon(
        language=language,
        notions={word: f"={row.split()[0]}" for row in table["notions"] for word in row.split()},
        phrases={(pair[0], pair[1]): meaning for pair, meaning in _phrases(table)},
        breaks=listed("breaks"),
        persons=listed("persons"),
        general=listed("general"),
        states=groups("states"),
        running=groups("running"),
        parts=listed("parts"),
        apart=listed("apart"),
        changed=listed("changed"),
        rates=re.compile("|".join(table["rates"]), re.IGNORECASE),
        around=_before(table["around"]),
        at_least=_before(table["at_least"]),
        at_most=_before(table["at_most"]),
        counts=listed("counts"),
        development=re.compile(table["development"], re.IGNORECASE),
        motion=listed("motion"),
        toward=listed("toward"),
        within=listed("within"),
        regions=listed("regions"),
        denials=listed("denials"),
        rejections=listed("rejections"),
        reports=listed("reports"),
        refused=listed("refused"),
        ordinals=listed("ordinals"),
        unasserted=listed("unasserted"),
        saying=listed("saying"),
        negations=listed("negations"),
        ignorance=listed("ignorance"),
        future=listed("future"),
        opinion=listed("opinion"),
        repeated=groups("repeated"),
        offices=listed("offices"),
        national=listed("national"),
        passing=listed("passing"),
        drifting=listed("drifting"),
    )


def _phrases(table: dict[str, Any]) -> list[tuple[tuple[str, ...], str]]:
    return [(words(phrase), meaning) for phrase, meaning in table["phrases"]]


def _before(phrases: list[str]) -> re.Pattern[str]:
    """Whether a text ends with one of the phrases, right before what follows."""
    choice = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\b(?:{choice})\s+(?:an? |the )?(?:estimated )?$", re.IGNORECASE)
