"""Claims -> the points on which their sources differ; one kind of difference one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from briefing.disagreements import actor, date, denial, figure, place
from briefing.disagreements.account import Account, take_apart
from briefing.disagreements.difference import Difference
from briefing.disagreements.evidence import Pile
from briefing.disagreements.lexicon import load_lexicon
from briefing.disagreements.merging import merge
from briefing.models import Claim, Disagreement, Split
from briefing.text.similarity import similar_pairs

#: tf-idf cosine from which two accounts are compared at all.
CANDIDATE_COSINE = 0.08
#: With how many of those behind it an account is compared, the most alike.
NEIGHBOURS = 30

#: What looks for each kind; the order in which a pair of accounts is asked.
KINDS: dict[str, Callable[[Account, Account, Pile], Iterator[Difference]]] = {
    "denial": denial.compare,
    "figure": figure.compare,
    "place": place.compare,
    "date": date.compare,
    "other": actor.compare,
}


def find_disagreements(
    claims: Sequence[Claim], splits: Iterable[Split] = ()
) -> tuple[Disagreement, ...]:
    """The points on which numbered claims differ, most weighty first.

    `splits` are the articles taken apart, for what passages take in. Claims in a language without
    a table of words are not compared.
    """
    return merge(tuple(_differences(take_apart(claims, splits))), claims)


def can_compare(claims: Sequence[Claim]) -> bool:
    """Whether two articles or more are in languages whose claims are compared."""
    articles = {article for claim in claims for article in claim.articles}
    return sum(load_lexicon(article.language) is not None for article in articles) > 1


def _differences(accounts: Sequence[Account]) -> Iterator[Difference]:
    """What every two accounts of different claims differ in; a denial is not asked further."""
    pile = Pile(accounts)
    bags = [sorted(account.notions | account.before) for account in accounts]
    for pair in similar_pairs(bags, threshold=CANDIDATE_COSINE, language="", neighbours=NEIGHBOURS):
        one, other = accounts[pair.first], accounts[pair.second]
        if one.claim.id == other.claim.id or one.lexicon is not other.lexicon:
            continue
        if one.is_apart_from(other) or one.is_another_in_a_row(other):
            continue
        for compare in KINDS.values():
            found = tuple(compare(one, other, pile))
            yield from found
            if found:
                break
