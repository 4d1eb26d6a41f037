"""The table `speech` of a language's data file -> its words in frozen sets; None without one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from briefing.text.tables import load_language


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """The words of a language by which speech is told, in lower case."""

    verbs: Mapping[str, str]  #: finite form -> status
    participles: Mapping[str, str]
    deeds: frozenset[str]  #: forms that need no words reported: "warned", "demanded"
    particles: Mapping[str, str]  #: form -> word that must follow: "teilte" -> "mit"
    auxiliaries: frozenset[str]
    has_bracket: bool  #: whether a participle stands at the end, and a clause needs no "that"
    clitics: re.Pattern[str] | None  #: "dit-il": what parts a verb from its pronoun
    before: tuple[tuple[str, ...], ...]  #: "laut": the source follows
    behind: frozenset[str]  #: "zufolge": the source stands before
    tags: frozenset[str]  #: "so" between comma and source
    openers: frozenset[str]  #: what a clause begins behind
    complementizers: frozenset[str]  #: "dass", "que"
    negations: frozenset[str]
    negated: Mapping[str, str]
    pronouns: Mapping[str, str]  #: m, f, p
    determiners: frozenset[str]
    definite: frozenset[str]
    feminine: frozenset[str]  #: words before a name that tell a woman
    masculine: frozenset[str]
    honorifics: frozenset[str]
    particles_of_names: frozenset[str]
    attaching: frozenset[str]  #: what an office goes on with: "des", "für"
    office: re.Pattern[str]
    has_gendered_offices: bool  #: whether an office that is no woman's is a man's
    female_office: re.Pattern[str]
    body: re.Pattern[str]
    times: frozenset[str]  #: what may stand between a verb and who speaks
    nouns_have_capitals: bool
    no_names: frozenset[str]  #: words with a capital that are never part of a name

    def clitic(self, word: str) -> tuple[str, str]:
        """A verb without its pronoun, and what the pronoun tells: "dit-elle" -> "dit", "f"."""
        match = self.clitics.fullmatch(word) if self.clitics else None
        return (match[1], self.pronouns[match[2]]) if match else (word, "")


@lru_cache(maxsize=16)
def load_listed(language: str) -> Listed | None:
    """The words of a language (ISO 639-1), or None where its file has no table `speech`."""
    table: dict[str, Any] | None = load_language(language).get("speech")
    if table is None:
        return None

    def listed(name: str) -> frozenset[str]:
        return frozenset(table.get(name, "").lower().split())

    def by_status(name: str) -> dict[str, str]:
        return {w: status for status, row in table[name].items() for w in row.lower().split()}

    pronouns = {word: kind for kind, row in table["pronouns"].items() for word in row.split()}
    clitics = None
    if table.get("has_clitics"):
        choice = "|".join(sorted(pronouns, key=lambda w: (-len(w), w)))
        clitics = re.compile(rf"(\w+)-(?:t-)?({choice})")
    return Listed(
        verbs=by_status("verbs"),
        participles=by_status("participles"),
        deeds=listed("deeds"),
        particles=dict(table.get("particles", {})),
        auxiliaries=listed("auxiliaries"),
        has_bracket=bool(table.get("has_bracket")),
        clitics=clitics,
        before=tuple(
            sorted((tuple(p.split()) for p in table["before"]), key=lambda p: (-len(p), p))
        ),
        behind=listed("behind"),
        tags=listed("tags"),
        openers=listed("openers") | {",", ":", ";", "–", "—"},
        complementizers=listed("complementizers"),
        negations=listed("negations"),
        negated=dict(table["negated"]),
        pronouns=pronouns,
        determiners=listed("determiners") | listed("definite"),
        definite=listed("definite"),
        feminine=listed("feminine"),
        masculine=listed("masculine"),
        honorifics=listed("honorifics"),
        particles_of_names=listed("particles_of_names"),
        attaching=listed("attaching"),
        office=_choice(table["offices"]),
        has_gendered_offices=bool(table.get("has_gendered_offices")),
        female_office=_choice(table["female_offices"]),
        body=_choice(table["bodies"]),
        times=listed("times"),
        nouns_have_capitals=bool(load_language(language).get("nouns_have_capitals")),
        no_names=listed("no_names") | listed("times"),
    )


def _choice(patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns.split()), re.IGNORECASE)
