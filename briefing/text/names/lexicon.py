"""Packaged word lists of a language (titles, roles, grammar) -> one frozen Lexicon of sets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from briefing.text.tables import load_table

VerbKind = Literal["clause", "that", "quote", "deed", "thought"]


@dataclass(frozen=True, slots=True)
class Verb:
    """What one form of a verb of speech tells."""

    lemma: str
    status: str  #: said, denied, warned …
    kind: VerbKind  #: what must stand beside it to make it speech
    is_participle: bool  #: "saying"
    particle: str = ""  #: the word that must follow: "out" of "pointed out"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of one language that names, roles and attributions are made of; all in lower case,
    without dots, unless a line says otherwise."""

    titles: frozenset[str]  #: of one or more words, before a name
    honorifics: frozenset[str]  #: titles that tell no office
    short_titles: dict[str, str]  #: "sgt" -> "sergeant"
    female: frozenset[str]  #: titles and given names of women
    male: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    given_names: frozenset[str]
    variants: dict[
        str, frozenset[str]
    ]  #: word of a name -> nicknames and spellings, itself included
    offices: frozenset[str]
    people: frozenset[str]
    bodies: frozenset[str]
    documents: frozenset[str]
    modifiers: frozenset[str]
    observers: frozenset[str]
    duties: frozenset[str]  #: what a role says with a verb: "who chairs the council"
    verbs: dict[str, Verb]  #: by form, and by form and particle
    hedges: dict[str, str]  #: word -> status
    passives: dict[str, str]  #: participle -> status
    negations: frozenset[str]
    negated: dict[str, str]  #: status -> what it becomes under negation
    negated_nouns: dict[str, str]  #: "confirmation" -> status under "no"
    pronouns: dict[str, str]  #: pronoun -> m, f, n, p, r, i
    determiners: frozenset[str]
    possessives: frozenset[str]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    conjunctions: frozenset[str]
    attaching: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    given_months: frozenset[str]  #: months that are first names as well
    before_months: frozenset[str]  #: words behind which a month is one
    times: frozenset[str]
    be: frozenset[str]
    finite: frozenset[str]
    go: frozenset[str]
    leading: frozenset[str]
    after_tag: frozenset[str]
    of_heads: frozenset[str]
    for_heads: frozenset[str]
    possessive_heads: frozenset[str]
    place_heads: frozenset[str]
    body_heads: frozenset[str]
    leading_particles: frozenset[str]
    events: frozenset[str]  #: occasions of speech: "interview", "rally"
    function_words: frozenset[str]  #: words that are never part of a name by themselves


@lru_cache(maxsize=8)
def load_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language (ISO 639-1), or None where a table lacks it."""
    titles, roles, speech = map(load_table, ("titles", "roles", "speech_verbs"))
    if not all(language in table for table in (titles, roles, speech)):
        return None
    return _lexicon(titles[language], roles[language], speech[language])


_SMALL_WORDS = (
    "determiners",
    "possessives",
    "prepositions",
    "auxiliaries",
    "conjunctions",
    "attaching",
)


def _lexicon(titles: dict[str, Any], roles: dict[str, Any], speech: dict[str, Any]) -> Lexicon:
    grammar = speech["grammar"]
    negation = dict(speech["negation"])
    negated_words, negated_nouns = negation.pop("words"), negation.pop("nouns")
    pronouns = dict(speech["pronouns"])
    small = [*(grammar[kind] for kind in _SMALL_WORDS), pronouns, negated_words]
    return Lexicon(
        titles=_set(titles["titles"]) | _set(titles["honorifics"]),
        honorifics=_set(titles["honorifics"]),
        short_titles=dict(titles["short"]),
        female=_set(titles["female"]) | _set(titles["female_names"]),
        male=_set(titles["male"]) | _set(titles["male_names"]),
        suffixes=_set(titles["suffixes"]),
        particles=_set(titles["particles"]),
        given_names=_set(titles["female_names"]) | _set(titles["male_names"]),
        variants=_variants([*titles["nicknames"], *titles["romanisations"]]),
        offices=_set(roles["offices"]),
        people=_set(roles["people"]),
        bodies=_set(roles["bodies"]),
        documents=_set(speech["documents"]["nouns"]),
        modifiers=_set(roles["modifiers"]),
        observers=_set(roles["observers"]),
        duties=_set(roles["duties"]),
        verbs=_verbs(speech["phrasal"]) | _verbs(speech["verbs"]),
        hedges=dict(speech["hedges"]),
        passives=dict(speech["passives"]),
        negations=_set(negated_words),
        negated=negation,
        negated_nouns=dict(negated_nouns),
        pronouns=pronouns,
        **{kind: _set(words) for kind, words in (grammar | titles["heads"]).items()},
        events=_set(speech["events"]["nouns"]),
        function_words=frozenset().union(*(_set(list(words)) for words in small)),
    )


def _set(words: list[str]) -> frozenset[str]:
    return frozenset(word.lower().replace("’", "'") for word in words)


def _variants(rows: list[list[str]]) -> dict[str, frozenset[str]]:
    variants: dict[str, frozenset[str]] = {}
    for row in rows:
        for word in (words := _set(row)):
            variants[word] = variants.get(word, frozenset()) | words
    return variants


def _verbs(rows: dict[str, Any]) -> dict[str, Verb]:
    verbs: dict[str, Verb] = {}
    for lemma, row in rows.items():
        for form in row["forms"].split():
            verb = Verb(
                lemma, row["status"], row["kind"], form.endswith("ing"), row.get("particle", "")
            )
            verbs.setdefault(form, verb)
            if verb.particle:
                verbs[f"{form} {verb.particle}"] = verb
    return verbs
