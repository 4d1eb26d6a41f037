"""Kind `denial`, pointing back: "The company denied this", "that figure is invented".

What is denied stands just before, in the words of somebody else, or is known by its figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.disagreements.account import Account
from briefing.disagreements.difference import Difference, Holding
from briefing.disagreements.evidence import Pile
from briefing.disagreements.quantities import quantities

_SENTENCE = re.compile(r"[a-z][.!?] +[A-Z]")
#: So many sentences before a denial are searched for what it denies, and behind it for what the
#: denier says instead.
BEFORE, BEHIND = 3, 3
#: What another account must have in common with what is denied, to be of the same side.
ENOUGH, SHARED, SHARED_MOST = 1.2, 0.6, 0.3
#: A figure from which the statement that tells it is known.
KNOWN_BY = 10
#: So many words stand at most between it and the denial.
FIGURE_WORDS = 14
#: Longest values, in words: of what is denied, and of the denial.
SAYING, DENYING = 14, 6


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """A denial, with what stands before and behind it in its article, nearest first."""

    account: Account
    start: int  #: of the words that deny, into the sentence
    is_near: bool  #: whether what is denied need not share a word with it
    before: Sequence[Account]
    behind: Sequence[Account]


def compare(pile: Pile) -> Iterator[Difference]:
    """What somebody says in an article, and somebody else denies right behind it."""
    of_article: defaultdict[object, list[Account]] = defaultdict(list)
    for account in pile.accounts:
        of_article[account.sentence.article].append(account)
    for accounts in of_article.values():
        in_order = sorted(accounts, key=lambda account: account.sentence.start)
        for index in range(len(in_order)):
            rebuttal = _rebuttal(in_order, index)
            if rebuttal is not None:
                yield from _differences(rebuttal, pile)


def _rebuttal(in_order: Sequence[Account], index: int) -> Rebuttal | None:
    account, lexicon = in_order[index], in_order[index].lexicon
    patterns = (
        (lexicon.such, True),
        (lexicon.untrue, False),
        (lexicon.own_deed, False),
        (lexicon.of_figures, False),
    )
    for pattern, is_near in patterns:
        match = pattern.search(account.text)
        # What a quotation of several sentences denies is told in it.
        if match is None or _SENTENCE.search(account.text[: match.start()]):
            continue
        before = [
            other
            for other in in_order[max(0, index - BEFORE) : index][::-1]
            if account.sentence.position - other.sentence.position <= BEFORE
            and not other.is_question
            and not _are_one(other, account)
            and not any(word.text in lexicon.denials for word in other.words)
        ]
        if pattern is lexicon.own_deed:
            before = [b for b in before[:1] if b.sentence.speaker and b.names and _next(b, account)]
            before = [
                b for b in before if (b.actors | b.naming) & (account.actors | account.naming)
            ]
        if pattern is lexicon.of_figures:
            before = []
        behind = [
            other
            for other in in_order[index + 1 : index + 1 + BEHIND]
            if other.sentence.block == account.sentence.block
        ]
        return Rebuttal(account, match.start(), is_near, before, behind)
    return None


def _next(before: Account, account: Account) -> bool:
    return (
        account.sentence.position - before.sentence.position == 1
        and account.sentence.block == before.sentence.block
    )


def _are_one(one: Account, other: Account) -> bool:
    mine, theirs = one.sentence.speaker, other.sentence.speaker
    return bool(mine and theirs and mine.name == theirs.name)


def _differences(rebuttal: Rebuttal, pile: Pile) -> Iterator[Difference]:
    denial = rebuttal.account
    denied = _by_figure(rebuttal, pile) or _just_before(rebuttal)
    if not denied:
        return
    no = [Holding(denial, *_words(denial, rebuttal.start, DENYING), key="no")]
    no += [
        Holding(telling, *_said(telling), key="no")
        for telling in rebuttal.behind[:BEHIND]
        if any(word.text in telling.lexicon.negations for word in telling.words)
        and not any(_are_one(telling, account) for account in denied)
    ][:1]
    for saying in _saying(denied, pile):
        yes = Holding(saying, *_said(saying), key="yes")
        for holding in no:
            if saying.number != holding.account.number and not _takes_in(holding.account, saying):
                about = pile.label(saying, denied[0])
                weight = 1.0 + pile.overlap(saying.notions, denied[0].notions).weight
                yield Difference("denial", about, "denied", yes, holding, weight)


def _by_figure(rebuttal: Rebuttal, pile: Pile) -> list[Account]:
    """The accounts that tell the figure of which the denial says that it is wrong."""
    denial = rebuttal.account
    wrong = [
        (quantity.unit, quantity.value)
        for quantity in quantities(denial)
        if quantity.value >= KNOWN_BY
        and quantity.unit != "month"
        and _between(denial, quantity.start, rebuttal.start) <= FIGURE_WORDS
    ]
    return [
        account
        for account in pile.accounts
        if wrong
        and not account.are_one_voice(denial)
        and not account.is_apart_from(denial)
        and account.lexicon.untrue.search(account.text) is None
        and not any(word.text in account.lexicon.denials for word in account.words)
        and any((q.unit, q.value) in wrong for q in quantities(account))
        and _told(account) & _told(denial)
    ]


def _between(account: Account, one: int, other: int) -> int:
    """Words between two offsets."""
    low, high = min(one, other), max(one, other)
    return sum(low <= word.start < high for word in account.words)


def _told(account: Account) -> set[str]:
    """The notions of the whole sentence, those of who says it as well."""
    return {word.notion for word in account.words if word.notion}


def _just_before(rebuttal: Rebuttal) -> list[Account]:
    """The sentence that a denial points at: of those before it that share a word, the nearest."""
    denial = rebuttal.account
    alike = [account for account in rebuttal.before if account.notions & denial.notions]
    if not alike:
        alike = [a for a in rebuttal.before[:1] if _next(a, denial) or rebuttal.is_near]
        alike = [a for a in alike if rebuttal.is_near or quantities(a)]
    return alike[:1]


def _takes_in(one: Account, other: Account) -> bool:
    """Whether the passage of the first prints the sentence of the second."""
    passage, sentence = one.claim.passage, other.sentence
    return (
        passage.article == sentence.article
        and passage.start <= sentence.start
        and sentence.end <= passage.end
    )


def _saying(denied: Sequence[Account], pile: Pile) -> Iterator[Account]:
    """What is denied, and the accounts that say the same."""
    yield from denied
    first = denied[0]
    negations = first.lexicon.negations
    for account in pile.accounts:
        if account in denied or account.number == first.number or account.is_apart_from(first):
            continue
        overlap = pile.overlap(account.notions, first.notions)
        is_same = overlap.weight >= ENOUGH and overlap.share >= SHARED
        is_alike = bool(account.texts & negations) == bool(first.texts & negations)
        if is_same and is_alike and overlap.least >= SHARED_MOST:
            yield account


def _words(account: Account, start: int, most: int) -> tuple[int, int]:
    """So many words from an offset on, up to a mark."""
    ends = [word.end for word in account.words]
    first = min(bisect_left(ends, start + 1), len(ends) - 1)
    end = ends[first]
    for word in account.words[first : first + most]:
        if account.text[end : word.start].strip():
            break
        end = word.end
    return account.words[first].start, end


def _said(account: Account) -> tuple[int, int]:
    """The beginning of what is said."""
    words = [word for word in account.words if word.is_said] or list(account.words)
    return words[0].start, words[:SAYING][-1].end
