"""Sentences that say the same thing, in one article or several -> one Claim that keeps them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from briefing.likeness import contradict, notions_of, same_statement
from briefing.models import Article, Claim, Passage, Sentence
from briefing.text.context import names_its_speaker, needs_context
from briefing.text.deeds import deed_of
from briefing.text.facts import QUOTED_WORDS, facts
from briefing.text.similarity import Pair, similar_pairs
from briefing.text.words import words

#: tf-idf cosine from which two sentences are compared at all.
CANDIDATE_COSINE = 0.15
#: How much sooner a sentence is shown that tells the day.
DATED = 0.5
#: How much sooner one that the sentence behind it needs for context.
TAKEN_IN = 0.4


def group(
    sentences: Sequence[Sentence],
    *,
    preferred: Iterable[Sentence] = (),
    taken_in: Iterable[Sentence] = (),
) -> tuple[Claim, ...]:
    """One claim for each statement, in reading order; every sentence is in exactly one.

    The sentence shown is the fullest and latest that can be read on its own; `preferred` (what
    condensing chose) wins where that leaves a choice, and so does what another sentence needs for
    context (`taken_in`), so that it is not printed in two wordings. Ids are given later, in printed
    order.
    """
    wanted = _Wanted(frozenset(preferred), frozenset(taken_in))
    newest = _newest_first(sentences)
    return tuple(
        _claim([sentences[index] for index in found.members], found.joins, wanted, newest)
        for found in _groups(sentences)
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Sentences that are rather shown than others that say the same."""

    preferred: frozenset[Sentence]
    taken_in: frozenset[Sentence]


@dataclass(frozen=True, slots=True)
class _Join:
    """Two sentences whose likeness made their groups one."""

    one: Sentence
    other: Sentence
    reason: str
    is_core: bool = False


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
    group_of: dict[int, _Group] = {}
    first_of: dict[Hashable, _Group] = {}
    for index, sentence in enumerate(sentences):
        # What is repeated to the letter is compared once.
        if (earlier := first_of.get(_wording(sentence))) is not None:
            original = sentences[earlier.members[0]]
            earlier.members.append(index)
            earlier.joins.append(_Join(original, sentence, "the same words"))
            continue
        group_of[index] = first_of[_wording(sentence)] = _Group([index], [])
        by_language[sentence.article.language].append(index)
    for indices in by_language.values():
        for pair in _candidates([sentences[index] for index in indices]):
            first, second = indices[pair.first], indices[pair.second]
            mine, theirs = group_of[first], group_of[second]
            one, other = sentences[first], sentences[second]
            if mine is theirs or not (likeness := same_statement(one, other, pair.cosine)):
                continue
            if _are_compatible(sentences, mine.members, theirs.members):
                mine.members.extend(theirs.members)
                mine.joins.extend(
                    [*theirs.joins, _Join(one, other, likeness.reason, likeness.is_core)]
                )
                for index in theirs.members:
                    if index in group_of:
                        group_of[index] = mine
    unique = {id(found): found for found in group_of.values()}
    for found in unique.values():
        found.members.sort()
    return sorted(unique.values(), key=lambda found: found.members[0])


def _candidates(sentences: Sequence[Sentence]) -> Iterator[Pair]:
    """Pairs worth a comparison: those that share a quotation or a deed, then those alike in words.

    Likeness is measured against these sentences alone: in a pile about one event, the event's own
    names are everywhere and tell nothing.
    """
    sharing: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        for quotation in facts(sentence).quotations:
            for start in range(len(quotation) - QUOTED_WORDS + 1):
                sharing[quotation[start : start + QUOTED_WORDS]].append(index)
        if deed := deed_of(sentence):
            for name in deed.where:
                sharing[deed.what, name].append(index)
    shared = {pair for indices in sharing.values() for pair in pairwise(sorted(set(indices)))}
    yield from (Pair(first, second, 0.0) for first, second in sorted(shared))
    bags = [notions_of(sentence) for sentence in sentences]
    yield from similar_pairs(bags, threshold=CANDIDATE_COSINE, language="")


def _are_compatible(sentences: Sequence[Sentence], mine: list[int], theirs: list[int]) -> bool:
    """Whether no member of one group contradicts one of the other; repeats are asked once."""
    ours, others = (
        {_wording(sentences[index]): sentences[index] for index in members}.values()
        for members in (mine, theirs)
    )
    return not any(contradict(one, other) for one in ours for other in others)


def _wording(sentence: Sentence) -> Hashable:
    """What sentences that repeat each other to the letter have in common: words and voice."""
    voice = sentence.speaker.name if sentence.speaker else None
    return sentence.article.language, voice, words(sentence.text)


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
    wanted: _Wanted,
    newest: dict[Article, float],
) -> Claim:
    # Where a deed alone is common to all, the plainest sentence is what all of them support.
    fuller = -2.0 if any(join.is_core for join in joins) else 1.0

    def merit(sentence: Sentence) -> tuple[float, int]:
        found = facts(sentence)
        fullness = min(len(words(sentence.text)), 40) / 40 + 0.1 * min(
            5, len(found.figures) + len(found.days) + len(found.names)
        )
        standing = 2.0 * (not needs_context(sentence)) + 0.5 * (sentence in wanted.preferred)
        standing += names_its_speaker(sentence)
        standing += TAKEN_IN * (sentence in wanted.taken_in)
        standing += DATED * bool(found.days and sentence.article.published)
        return standing + fuller * fullness + 0.5 * newest[sentence.article], -members.index(
            sentence
        )

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
