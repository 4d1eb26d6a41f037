"""Two sentences -> why they are the same statement, or that they are not."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.models import Sentence
from briefing.text.deeds import deed_of
from briefing.text.facts import (
    QUOTED_WORDS,
    Facts,
    differ,
    facts,
    names_differ,
    one_spelling,
    substance,
)
from briefing.text.figures import EXACT, in_one_notation, telling
from briefing.text.kindred import Side, are_opposed, in_one_wording, notion, sides_of
from briefing.text.speech.voices import are_one_voice, are_two_voices
from briefing.text.words import stem, stems, words

#: Wording from which two sentences that do not differ in their facts say the same: tf-idf cosine,
#: with what equal details and one voice add to it.
SAME = 0.5
#: What an equal figure of two digits adds, and all of them together at most.
DETAIL, DETAILS = 0.14, 0.33
#: What it adds that one person or body says both.
VOICE = 0.07
#: Notions that two sentences share at least; fewer where one voice or a figure joins them.
SHARED, SHARED_WHEN_JOINED, WHOLE_IN_ONE_VOICE = 4, 3, 2
#: A figure whose unit is not told counts from two digits on.
TELLING = 10
#: What a date, or a bare figure, tells where an equal figure of two digits tells 1.
HALF = 0.5
#: Wording from which a short statement may be wholly told in another.
WHOLLY = 0.65
#: Notions of two sentences equal but for one, up to which that one is what they differ in.
FRAME = 10
#: Share of the shorter quotation that two reports of one speech have in common, word for word.
SAME_QUOTATION = 0.75
#: Words in the same order, and their share of the shorter sentence, from which one sentence is a
#: copy of another with something added; and how many of them are different ones.
COPIED, COPIED_SHARE, COPIED_DISTINCT = 16, 0.6, 12
#: Likeness of two texts, 0–100, from which they are copies that differ in a word or two.
SAME_WORDS = 90.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two sentences are one statement."""

    reason: str  #: such as "equal quotation of 14 words" or "wording 0.71"
    is_core: bool = False  #: they have one deed in common, and each tells more of its own


def same_statement(one: Sentence, other: Sentence, cosine: float) -> Likeness | None:
    """Why two sentences are the same statement, or None when they are not, or may not be."""
    left, right = facts(one), facts(other)
    if shared := _shared_quotation(left, right):
        return Likeness(f"equal quotation of {shared} words")
    if differ(left, right) or are_two_voices(one.speaker, other.speaker):
        return None
    if _are_opposed(one, other):
        return None
    if _are_one_deed(one, other):
        return Likeness("the same deed: who, what and where", is_core=True)
    if _name_others(left, right):
        return _as_copy(one, other)
    is_one_voice = bool(one.speaker and other.speaker and are_one_voice(one.speaker, other.speaker))
    if is_one_voice and (fragment := _shared_fragment(left, right, one.article.language)):
        return Likeness(f"same speaker, both “{fragment}”")
    if _differ_in_one_word(notions_of(one), notions_of(other)):
        return None
    if cosine < SAME and _act_apart(left, right):
        return None
    details = _shared_details(left, right)
    wording = cosine + min(DETAILS, DETAIL * details) + VOICE * is_one_voice
    if wording >= SAME and _is_enough(one, other, details, is_one_voice, wording):
        return Likeness(_reason(cosine, details, is_one_voice))
    if _repeats(one.text, other.text):
        return Likeness("nearly the same words")
    return _as_copy(one, other)


def _as_copy(one: Sentence, other: Sentence) -> Likeness | None:
    copied = _copied(one, other)
    return Likeness(f"{copied} words in the same order") if copied else None


def contradict(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences can never be one statement, whatever else joins them."""
    left, right = facts(one), facts(other)
    return not _shared_quotation(left, right) and (
        _keep_apart(one, other)
        or _are_opposed(one, other)
        or _differ_in_one_word(notions_of(one), notions_of(other))
    )


def _keep_apart(one: Sentence, other: Sentence) -> bool:
    """Whether their facts can never be those of one statement; a copy may name one name more."""
    left, right = facts(one), facts(other)
    if differ(left, right):
        return True
    if not _name_others(left, right) or _are_one_deed(one, other):
        return False
    return not _copied(one, other)


def _are_one_deed(one: Sentence, other: Sentence) -> bool:
    """Whether both open with one journey or meeting, and no year or month tells of another time."""
    mine, theirs = deed_of(one), deed_of(other)
    if mine is None or theirs is None or not mine.is_same(theirs):
        return False
    told = f"{one.text} {other.text}"
    dated = facts(one).days ^ facts(other).days
    return all(day.endswith("day") or f"since {day}" in told for day in dated)


def _name_others(one: Facts, other: Facts) -> bool:
    """Whether names keep two sentences apart.

    Where a thing happened is told by the village here, by the mine there: names of places may
    differ when a figure is the same that is exact.
    """
    if not names_differ(one, other):
        return False
    if not any(telling(figure) == EXACT for figure in one.figures & other.figures):
        return True
    return bool(one.actors - other.actors and other.actors - one.actors)


def _act_apart(one: Facts, other: Facts) -> bool:
    """Whether each sentence tells of somebody's doing of whom the other knows nothing."""
    if not one.subject or not other.subject:
        return False
    return not one.subject & (other.names | other.subject) and not other.subject & (
        one.names | one.subject
    )


def _is_enough(
    one: Sentence, other: Sentence, details: float, is_one_voice: bool, wording: float
) -> bool:
    """Whether two sentences share so much that they are alike in more than their subject."""
    mine, theirs = _bag(one), _bag(other)
    shared = len(mine & theirs)
    is_joined = is_one_voice or details >= 1
    if shared >= (SHARED_WHEN_JOINED if is_joined else SHARED):
        return True
    if is_one_voice and shared >= WHOLE_IN_ONE_VOICE and details >= EXACT:
        return True
    is_whole = shared == min(len(mine), len(theirs)) and wording >= WHOLLY
    return is_whole and shared >= (WHOLE_IN_ONE_VOICE if is_one_voice else SHARED_WHEN_JOINED)


def _reason(cosine: float, details: float, is_one_voice: bool) -> str:
    reason = f"{'same speaker, ' if is_one_voice else ''}wording {cosine:.2f}"
    return f"{reason} and equal figures" if details >= 1 else reason


@lru_cache(maxsize=16_384)
def notions_of(sentence: Sentence) -> tuple[str, ...]:
    """The notions of what is said, in one spelling, without who says it or who is introduced.

    Two sentences that both introduce one person with name and office need not say the same; where
    several are named, the names are what is said.
    """
    language = sentence.article.language
    bag = stems(" ".join(_told(sentence)), language)
    introduced = [mention for mention in sentence.people if mention.is_introduced]
    named = [f"{m.form} {m.role}" for m in introduced] if len(introduced) == 1 else []
    if sentence.speaker:
        named.append(f"{sentence.speaker.name} {sentence.speaker.role or ''}")
    titles = set(stems(" ".join(named), language))
    said = tuple(stem for stem in bag if stem not in titles) or bag
    return tuple(notion(stem, language) for stem in said)


@lru_cache(maxsize=16_384)
def _bag(sentence: Sentence) -> frozenset[str]:
    return frozenset(notions_of(sentence))


@lru_cache(maxsize=16_384)
def _told(sentence: Sentence) -> tuple[str, ...]:
    """The words of what is said, figures in one notation, verbs in one form and wording."""
    spoken = one_spelling(words(in_one_notation(substance(sentence), sentence.article.language)))
    return in_one_wording(spoken, sentence.article.language)


def _are_opposed(one: Sentence, other: Sentence) -> bool:
    """Whether one tells of a rise and the other of a fall."""
    return are_opposed(_sides(one), _sides(other))


@lru_cache(maxsize=16_384)
def _sides(sentence: Sentence) -> frozenset[Side]:
    """On which sides of what can rise or fall the words of a sentence stand."""
    language = sentence.article.language
    return sides_of([stem(word, language) for word in _told(sentence)], language)


def _shared_quotation(one: Facts, other: Facts) -> int:
    """Length in words of a quotation that both hold, the one perhaps shortened; 0 for none."""
    longest = 0
    for mine in one.quotations:
        for theirs in other.quotations:
            run = _common_run(mine, theirs)
            if run >= QUOTED_WORDS and run >= SAME_QUOTATION * min(len(mine), len(theirs)):
                longest = max(longest, run)
    return longest


def _shared_fragment(one: Facts, other: Facts, language: str) -> str | None:
    """A short quotation that both hold whole, of two words at least that carry content."""
    for fragment in one.fragments:
        if fragment in other.fragments and len(stems(" ".join(fragment), language)) > 1:
            return " ".join(fragment)
    return None


def _shared_details(one: Facts, other: Facts) -> float:
    """How telling the figures and dates are that both hold, as `telling` counts; a date is half.

    A figure whose unit one side does not tell counts from two digits on, and no more than a date.
    """
    # "Monday" may be another Monday.
    shared = HALF * any(not day.endswith("day") for day in one.days & other.days)
    for figure in one.main_figures:
        units = {f.unit for f in other.main_figures if f.value == figure.value}
        if figure.unit is not None and figure.unit in units:
            shared += telling(figure)
        elif units and (None in units) != (figure.unit is None):
            shared += HALF * (figure.value >= TELLING)
    return shared


def _differ_in_one_word(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two short statements are equal but for one word: another gas, a fall for a rise."""
    if len(one) != len(other) or not SHARED_WHEN_JOINED <= len(one) <= FRAME:
        return False
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1


def _copied(one: Sentence, other: Sentence) -> int:
    """Number of words that a copy has from the other, when each only adds to them; or else 0.

    Another word in the place of one, such as another name, makes it another statement.
    """
    mine, theirs = words(one.text), words(other.text)
    if len({*mine} & {*theirs}) < COPIED_DISTINCT:
        return 0
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    if any(kind == "replace" for kind, *_ in changes):
        return 0
    copied = sum(end - start for kind, start, end, *_ in changes if kind == "equal")
    return copied if copied >= max(COPIED, COPIED_SHARE * min(len(mine), len(theirs))) else 0


def _common_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The longest run of words that stands in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _repeats(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    mine, theirs = " ".join(words(one)), " ".join(words(other))
    if min(mine.count(" "), theirs.count(" ")) < 5:
        return mine == theirs
    return bool(fuzz.ratio(mine, theirs) >= SAME_WORDS)
