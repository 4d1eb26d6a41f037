"""The table of words by which reports are compared -> frozen values, one language each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing.text.kindred import in_one_wording, notion
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
    ways: frozenset[str]
    roles: tuple[tuple[str, frozenset[str]], ...]
    sites: frozenset[str]
    sides: frozenset[str]
    pointing: frozenset[str]
    disputing: frozenset[str]
    untrue: re.Pattern[str]
    own_deed: re.Pattern[str]
    of_figures: re.Pattern[str]
    accounts: re.Pattern[str]
    such: re.Pattern[str]
    opposites: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    moved_out: re.Pattern[str]
    attended: re.Pattern[str]
    crowd: frozenset[str]
    wards: frozenset[str]
    origins: frozenset[str]
    counted: frozenset[str]
    thought: re.Pattern[str]
    graded: frozenset[str]
    owning: frozenset[str]
    regions: frozenset[str]
    denials: frozenset[str]
    rejections: frozenset[str]
    reports: frozenset[str]
    refused: frozenset[str]
    ordinals: frozenset[str]
    unasserted: frozenset[str]
    saying: frozenset[str]
    negations: frozenset[str]
    nobody: frozenset[str]
    unable: frozenset[str]
    preventing: frozenset[str]
    ignorance: frozenset[str]
    future: frozenset[str]
    opinion: frozenset[str]
    repeated: frozenset[str]
    onsets: frozenset[str]
    offices: frozenset[str]
    national: frozenset[str]
    passing: frozenset[str]
    drifting: frozenset[str]
    summing: frozenset[str]

    def notion_of(self, word: str, following: str = "") -> str:
        """One word for all that tell the same as a lower-case word; "" for a stop word.

        With the word that follows it may be a verb of two words.
        """
        if word in self.notions:
            return self.notions[word]
        told = self.phrases.get((word, following))
        if told is None:
            both = in_one_wording((word, following), self.language)
            told = both[0] if len(both) == 1 or word not in stop_words(self.language) else ""
        return told and (self.notions.get(told) or notion(stem(told, self.language), self.language))


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
        ways=listed("ways"),
        roles=tuple((role, frozenset(words)) for role, words in table["roles"].items()),
        sites=listed("sites"),
        sides=listed("sides"),
        pointing=listed("pointing"),
        disputing=listed("disputing"),
        untrue=re.compile("|".join(table["untrue"]), re.IGNORECASE),
        own_deed=re.compile("|".join(table["own_deed"]), re.IGNORECASE),
        of_figures=re.compile(table["of_figures"], re.IGNORECASE),
        accounts=re.compile(table["accounts"], re.IGNORECASE),
        such=re.compile("|".join(table["such"]), re.IGNORECASE),
        opposites=tuple((_any_of(one), _any_of(other)) for one, other in table["opposites"]),
        moved_out=re.compile("|".join(table["moved_out"]), re.IGNORECASE),
        attended=re.compile("|".join(table["attended"]), re.IGNORECASE),
        crowd=listed("crowd"),
        wards=listed("wards"),
        origins=listed("origins"),
        counted=listed("counted"),
        thought=re.compile(table["thought"]),
        graded=listed("graded"),
        owning=listed("owning"),
        regions=listed("regions"),
        denials=listed("denials"),
        rejections=listed("rejections"),
        reports=listed("reports"),
        refused=listed("refused"),
        ordinals=listed("ordinals"),
        unasserted=listed("unasserted"),
        saying=listed("saying"),
        negations=listed("negations"),
        nobody=listed("nobody"),
        unable=listed("unable"),
        preventing=listed("preventing"),
        ignorance=listed("ignorance"),
        future=listed("future"),
        opinion=listed("opinion"),
        repeated=groups("repeated"),
        onsets=frozenset(table["onsets"]),
        offices=listed("offices"),
        national=listed("national"),
        passing=listed("passing"),
        drifting=listed("drifting"),
        summing=listed("summing"),
    )


def _phrases(table: dict[str, Any]) -> list[tuple[tuple[str, ...], str]]:
    return [(words(phrase), meaning) for phrase, meaning in table["phrases"]]


def _any_of(choice: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{choice})\b", re.IGNORECASE)


def _before(phrases: list[str]) -> re.Pattern[str]:
    """Whether a text ends with one of the phrases, right before what follows."""
    choice = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"\b(?:{choice})\s+(?:an? |the )?(?:estimated )?$", re.IGNORECASE)
