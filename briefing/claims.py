"""Sentences that say the same thing, in one article or several -> one Claim that keeps them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import pairwise

from briefing.models import Article, Claim, Passage, Sentence, Speaker
from briefing.text.context import names_its_speaker, needs_context
from briefing.text.facts import QUOTED_WORDS, Facts, difference, facts, one_spelling, substance
from briefing.text.kindred import notion
from briefing.text.names.places import owner_of
from briefing.text.similarity import Pair, similar_pairs
from briefing.text.words import stems, words

#: tf-idf cosine from which two sentences are compared at all.
CANDIDATE_COSINE = 0.15
#: tf-idf cosine from which two sentences that do not differ in their facts say the same.
SAME_COSINE = 0.5
#: What no, one, and two equal figures with their units add: two are seldom equal by chance.
DETAILS = (0.0, 0.14, 0.33)
#: The same, when one speaker says both.
SAME_SPEAKER_COSINE = 0.42
#: Share of the shorter quotation that two reports of one speech have in common, word for word.
SAME_QUOTATION = 0.75
#: Likeness of two texts, 0–100, from which they are copies that differ in a word or two.
SAME_WORDS = 90.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two sentences are one statement."""

    reason: str  #: such as "equal quotation of 14 words" or "wording 0.71"


def group(
    sentences: Sequence[Sentence], *, preferred: Iterable[Sentence] = ()
) -> tuple[Claim, ...]:
    """One claim for each statement, in reading order; every sentence is in exactly one.

    The sentence shown is the fullest and latest that can be read on its own; `preferred` (what
    condensing chose) wins where that leaves a choice. Ids are given later, in printed order.
    """
    wanted = frozenset(preferred)
    newest = _newest_first(sentences)
    return tuple(
        _claim([sentences[index] for index in found.members], found.joins, wanted, newest)
        for found in _groups(sentences)
    )


def same_statement(one: Sentence, other: Sentence, cosine: float) -> Likeness | None:
    """Why two sentences are the same statement, or None when they are not, or may not be."""
    left, right = facts(one), facts(other)
    if shared := _shared_quotation(left, right):
        return Likeness(f"equal quotation of {shared} words")
    if difference(left, right) or _speakers_differ(one, other):
        return None
    shared = _shared_details(left, right)
    if cosine + DETAILS[min(shared, 2)] >= SAME_COSINE:
        detail = f" and {shared} equal figure{'s' * (shared > 1)}" if shared else ""
        return Likeness(f"wording {cosine:.2f}{detail}")
    if (
        cosine >= SAME_SPEAKER_COSINE
        and one.speaker
        and other.speaker
        and _is_one_person(one.speaker, other.speaker)
    ):
        return Likeness(f"same speaker, wording {cosine:.2f}")
    if _repeats(one.text, other.text):
        return Likeness("nearly the same words")
    return None


@dataclass(frozen=True, slots=True)
class _Join:
    """Two sentences whose likeness made their groups one."""

    one: Sentence
    other: Sentence
    reason: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Indices of the sentences of one statement, and the joins that hold it together."""

    members: list[int]
    joins: list[_Join]


def _groups(sentences: Sequence[Sentence]) -> list[_Group]:
    """The sentences of each statement, ordered by the first; no chains of look-alikes.

    A sentence joins a group only when it is compatible with every member, so that two statements
    that differ are never bridged by a third that is vague.
    """
    by_language = defaultdict(list)
    for index, sentence in enumerate(sentences):
        by_language[sentence.article.language].append(index)
    group_of = {index: _Group([index], []) for index in range(len(sentences))}
    for language, indices in by_language.items():
        for pair in _candidates([sentences[index] for index in indices], language):
            first, second = indices[pair.first], indices[pair.second]
            mine, theirs = group_of[first], group_of[second]
            one, other = sentences[first], sentences[second]
            if mine is theirs or not (likeness := same_statement(one, other, pair.cosine)):
                continue
            if _are_compatible(sentences, mine.members, theirs.members):
                mine.members.extend(theirs.members)
                mine.joins.extend([*theirs.joins, _Join(one, other, likeness.reason)])
                for index in theirs.members:
                    group_of[index] = mine
    unique = {id(found): found for found in group_of.values()}
    for found in unique.values():
        found.members.sort()
    return sorted(unique.values(), key=lambda found: found.members[0])


def _candidates(sentences: Sequence[Sentence], language: str) -> Iterator[Pair]:
    """Pairs worth a comparison: those that share a quotation, then those alike in words.

    Likeness is measured against these sentences alone: in a pile about one event, the event's own
    names are everywhere and tell nothing.
    """
    quoting = defaultdict(list)
    for index, sentence in enumerate(sentences):
        for quotation in facts(sentence).quotations:
            for start in range(len(quotation) - QUOTED_WORDS + 1):
                quoting[quotation[start : start + QUOTED_WORDS]].append(index)
    shared = {pair for sharing in quoting.values() for pair in pairwise(sorted(set(sharing)))}
    yield from (Pair(first, second, 0.0) for first, second in sorted(shared))
    bags = [_substance(sentence, language) for sentence in sentences]
    yield from similar_pairs(bags, threshold=CANDIDATE_COSINE, language="")


def _substance(sentence: Sentence, language: str) -> tuple[str, ...]:
    """The notions of what is said, in one spelling, without who says it or who is introduced.

    Two sentences that both introduce one person with name and office need not say the same; where
    several are named, the names are what is said.
    """
    bag = stems(" ".join(one_spelling(words(substance(sentence)))), language)
    introduced = [mention for mention in sentence.people if mention.is_introduced]
    named = [f"{m.form} {m.role}" for m in introduced] if len(introduced) == 1 else []
    if sentence.speaker:
        named.append(f"{sentence.speaker.name} {sentence.speaker.role or ''}")
    titles = set(stems(" ".join(named), language))
    said = tuple(stem for stem in bag if stem not in titles) or bag
    return tuple(notion(stem, language) for stem in said)


def _are_compatible(sentences: Sequence[Sentence], mine: list[int], theirs: list[int]) -> bool:
    return not any(
        _contradict(sentences[one], sentences[other]) for one in mine for other in theirs
    )


def _contradict(one: Sentence, other: Sentence) -> bool:
    left, right = facts(one), facts(other)
    return not _shared_quotation(left, right) and bool(difference(left, right))


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
    """How many figures with a unit both hold; such details are seldom equal by chance."""
    shared = one.main_figures & other.main_figures
    return len({figure for figure in shared if figure.unit is not None})


def _common_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The longest run of words that stands in both."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _speakers_differ(one: Sentence, other: Sentence) -> bool:
    """Whether a person speaks here, and there somebody else who is not of the same body."""
    if not (one.speaker and other.speaker):
        return False
    if "person" not in (one.speaker.kind, other.speaker.kind):
        return False
    return not (
        _is_one_person(one.speaker, other.speaker)
        or _is_of(one.speaker, other.speaker)
        or _is_of(other.speaker, one.speaker)
    )


def _is_one_person(one: Speaker, other: Speaker) -> bool:
    return bool({*words(one.name)} & {*words(other.name)})


def _is_of(person: Speaker, body: Speaker) -> bool:
    """Whether a person's office is of the body: its spokesman speaks for a ministry."""
    if body.kind == "person" or not person.role:
        return False
    owner = owner_of(body.name)
    return body.name in person.role or (owner is not None and owner == owner_of(person.role))


def _repeats(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    mine, theirs = " ".join(words(one)), " ".join(words(other))
    if min(mine.count(" "), theirs.count(" ")) < 5:
        return mine == theirs
    return bool(fuzz.ratio(mine, theirs) >= SAME_WORDS)


def _newest_first(sentences: Sequence[Sentence]) -> dict[Article, float]:
    """A rank from 0 (oldest or undated) to 1 (newest) for each article."""
    articles = dict.fromkeys(sentence.article for sentence in sentences)
    moments = sorted({_moment(article) for article in articles})
    places = {moment: place / max(1, len(moments) - 1) for place, moment in enumerate(moments)}
    return {article: places[_moment(article)] for article in articles}


def _moment(article: Article) -> str:
    """Something that orders articles by publication: ISO text of the day, "" when unknown."""
    published = article.published
    if isinstance(published, datetime):
        return published.date().isoformat()
    return published.isoformat() if isinstance(published, date) else ""


def _claim(
    members: Sequence[Sentence],
    joins: Sequence[_Join],
    wanted: frozenset[Sentence],
    newest: dict[Article, float],
) -> Claim:
    def merit(sentence: Sentence) -> tuple[float, int]:
        found = facts(sentence)
        fullness = min(len(words(sentence.text)), 40) / 40 + 0.1 * min(
            5, len(found.figures) + len(found.days) + len(found.names)
        )
        standing = 2.0 * (not needs_context(sentence)) + 0.5 * (sentence in wanted)
        standing += names_its_speaker(sentence)
        return standing + fullness + 0.5 * newest[sentence.article], -members.index(sentence)

    shown = max(members, key=merit)
    support = (shown, *(sentence for sentence in members if sentence != shown))
    return Claim(
        id="",
        passage=Passage(shown.article, shown.start, shown.end),
        support=support,
        same=_reasons(support, joins),
        speaker=shown.speaker,
        status=shown.status,
    )


def _reasons(support: Sequence[Sentence], joins: Sequence[_Join]) -> tuple[str, ...]:
    """Why each sentence says the same as the first: the join on the way from it to the first.

    Where that join is with another sentence than the first, it is named by its place, from 1.
    """
    places = {sentence: place for place, sentence in enumerate(support, 1)}
    reasons = {support[0]: ""}
    for _ in support[1:]:  # no way along the joins is longer
        for join in joins:
            for near, far in ((join.one, join.other), (join.other, join.one)):
                if near in reasons and far not in reasons:
                    way = "" if near == support[0] else f", by way of sentence {places[near]}"
                    reasons[far] = join.reason + way
    return tuple(reasons[sentence] for sentence in support)
