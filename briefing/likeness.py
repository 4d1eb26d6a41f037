"""Two sentences -> why they are the same statement, or that they are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.models import Sentence, Speaker
from briefing.text.facts import QUOTED_WORDS, Facts, difference, facts, one_spelling, substance
from briefing.text.kindred import notion
from briefing.text.names.places import owner_of
from briefing.text.words import stems, words

#: tf-idf cosine from which two sentences that do not differ in their facts say the same.
SAME_COSINE = 0.5
#: What no, one, and two equal figures with their units add: two are seldom equal by chance.
DETAILS = (0.0, 0.14, 0.33)
#: The same, when one speaker says both.
SAME_SPEAKER_COSINE = 0.42
#: A figure of two digits or more is seldom equal by chance.
TELLING = 10
#: Notions that two sentences share at least, with equal figures and without.
SHARED_NOTIONS, SHARED_WITH_FIGURES = 4, 3
#: Share of the shorter quotation that two reports of one speech have in common, word for word.
SAME_QUOTATION = 0.75
#: Likeness of two texts, 0–100, from which they are copies that differ in a word or two.
SAME_WORDS = 90.0

_CAPITALS = re.compile(r"\b[A-Z]\w{2,}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two sentences are one statement."""

    reason: str  #: such as "equal quotation of 14 words" or "wording 0.71"


def same_statement(one: Sentence, other: Sentence, cosine: float) -> Likeness | None:
    """Why two sentences are the same statement, or None when they are not, or may not be."""
    left, right = facts(one), facts(other)
    if shared := _shared_quotation(left, right):
        return Likeness(f"equal quotation of {shared} words")
    if difference(left, right) or _speakers_differ(one, other):
        return None
    shared = _shared_details(left, right)
    notions = len({*notions_of(one)} & {*notions_of(other)})
    is_enough = notions >= (SHARED_WITH_FIGURES if shared > 1 else SHARED_NOTIONS)
    if is_enough and cosine + DETAILS[min(shared, 2)] >= SAME_COSINE:
        detail = f" and {shared} equal figure{'s' * (shared > 1)}" if shared else ""
        return Likeness(f"wording {cosine:.2f}{detail}")
    if (
        is_enough
        and cosine >= SAME_SPEAKER_COSINE
        and one.speaker
        and other.speaker
        and _is_one(one.speaker, other.speaker)
    ):
        return Likeness(f"same speaker, wording {cosine:.2f}")
    if _repeats(one.text, other.text):
        return Likeness("nearly the same words")
    return None


def contradict(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences can never be one statement, whatever else joins them."""
    left, right = facts(one), facts(other)
    return not _shared_quotation(left, right) and bool(difference(left, right))


@lru_cache(maxsize=16_384)
def notions_of(sentence: Sentence) -> tuple[str, ...]:
    """The notions of what is said, in one spelling, without who says it or who is introduced.

    Two sentences that both introduce one person with name and office need not say the same; where
    several are named, the names are what is said.
    """
    language = sentence.article.language
    bag = stems(" ".join(one_spelling(words(substance(sentence)))), language)
    introduced = [mention for mention in sentence.people if mention.is_introduced]
    named = [f"{m.form} {m.role}" for m in introduced] if len(introduced) == 1 else []
    if sentence.speaker:
        named.append(f"{sentence.speaker.name} {sentence.speaker.role or ''}")
    titles = set(stems(" ".join(named), language))
    said = tuple(stem for stem in bag if stem not in titles) or bag
    return tuple(notion(stem, language) for stem in said)


def _shared_quotation(one: Facts, other: Facts) -> int:
    """Length in words of a quotation that both hold, the one perhaps shortened; 0 for none."""
    longest = 0
    for mine in one.quotations:
        for theirs in other.quotations:
            run = _common_run(mine, theirs)
            if run >= QUOTED_WORDS and run >= SAME_QUOTATION * min(len(mine), len(theirs)):
                longest = max(longest, run)
    return longest


def _shared_details(one: Facts, other: Facts) -> int:
    """How many figures both hold; one whose unit is not told counts from two digits on."""
    shared = 0
    for figure in one.main_figures:
        units = {f.unit for f in other.main_figures if f.value == figure.value}
        if figure.unit in units:
            shared += figure.unit is not None or figure.value >= TELLING
        elif units and (None in units or figure.unit is None):
            shared += figure.value >= TELLING
    return shared


def _common_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The longest run of words that stands in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _speakers_differ(one: Sentence, other: Sentence) -> bool:
    """Whether a person speaks here, and there somebody else who is not of the same body."""
    if not (one.speaker and other.speaker):
        return False
    if not (_is_person(one.speaker) or _is_person(other.speaker)):
        return False
    return not (
        _is_one(one.speaker, other.speaker)
        or _is_of(one.speaker, other.speaker)
        or _is_of(other.speaker, one.speaker)
    )


def _is_person(speaker: Speaker) -> bool:
    """Whether a speaker is a person for sure; one word without an office may be a company."""
    return speaker.kind == "person" and (" " in speaker.name or speaker.role is not None)


def _is_one(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers are one person, by any word of the names, or one body under one name."""
    if one.kind == other.kind == "person":
        return bool({*words(one.name)} & {*words(other.name)})
    return words(one.name) == words(other.name)


def _is_of(person: Speaker, body: Speaker) -> bool:
    """Whether a person's office is of the body: its spokesman speaks for a ministry."""
    if _is_person(body) or not person.role:
        return False
    owner = owner_of(body.name)
    if owner is not None and owner == owner_of(person.role):
        return True
    named = _CAPITALS.findall(body.name)
    return bool(named) and all(name in person.role for name in named)


def _repeats(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    mine, theirs = " ".join(words(one)), " ".join(words(other))
    if min(mine.count(" "), theirs.count(" ")) < 5:
        return mine == theirs
    return bool(fuzz.ratio(mine, theirs) >= SAME_WORDS)
