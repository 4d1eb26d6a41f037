"""Accounts side by side -> how much two of them have in common, rare words counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.disagreements.account import Account

#: Share of the articles from which a name is everywhere and tells nothing.
EVERYWHERE = 0.4
#: Words of a label.
LABEL_WORDS = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sets of notions share."""

    weight: float  #: 1 for each notion that no third account holds, less for commoner ones
    share: float  #: of the lighter set, by weight; 0–1
    least: float  #: of the heavier set


class Pile:
    """All accounts of a brief: how rare each notion is among them, and which names are everywhere.

    In a pile about one event its own words are in every account, and that two share them says
    little.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = tuple(accounts)
        counts = Counter(notion for account in accounts for notion in account.notions)
        size = len(accounts)
        highest = math.log((size + 1) / 2.5) if size > 4 else 1.0
        self._weights = {
            notion: min(1.0, max(0.05, math.log((size + 1) / (count + 0.5)) / highest))
            for notion, count in counts.items()
        }
        articles = {account.sentence.article.id for account in accounts}
        naming: dict[str, set[str]] = {}
        for account in accounts:
            for name in account.names:
                for word in name.text.lower().split():
                    naming.setdefault(word, set()).add(account.sentence.article.id)
        self._everywhere = {
            word
            for word, holders in naming.items()
            if len(articles) > 2 and len(holders) >= EVERYWHERE * len(articles)
        }

    def weight(self, notion: str) -> float:
        """0–1: how much it tells that two accounts share a notion."""
        return self._weights.get(notion, 0.0)

    def total(self, notions: Iterable[str]) -> float:
        """The weights of notions added up."""
        return sum(self.weight(notion) for notion in sorted(notions))

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> Overlap:
        """What two sets of notions have in common."""
        shared = self.total(one & other)
        mine, theirs = self.total(one), self.total(other)
        if not mine or not theirs:
            return Overlap(0.0, 0.0, 0.0)
        return Overlap(shared, shared / min(mine, theirs), shared / max(mine, theirs))

    def is_everywhere(self, name: str) -> bool:
        """Whether a name, by every word, is one of those that most articles hold."""
        return all(word in self._everywhere for word in name.lower().split())

    def differ_in_actors(self, one: Account, other: Account) -> bool:
        """Whether both name somebody, and nobody of the one is named in the other."""
        mine, theirs = one.actors, other.actors
        return bool(mine) and bool(theirs) and not mine & theirs

    def label(self, one: Account, other: Account, first: Sequence[str] = ()) -> tuple[str, ...]:
        """Words that both share, `first` before the rarer ones, as the first one prints them."""
        mine, theirs = one.notions | one.before, other.notions | other.before
        shared = mine & theirs
        ranked = sorted(shared - set(first), key=lambda n: (-self.weight(n), n))
        chosen = [*(notion for notion in first if notion in shared), *ranked][:LABEL_WORDS]
        return tuple(dict.fromkeys(_printed(n, one, other) for n in _in_order(chosen, one, other)))


def _in_order(notions: Sequence[str], one: Account, other: Account) -> list[str]:
    """The notions as the first account tells them, then as the second does."""
    told = dict.fromkeys(w.notion for account in (one, other) for w in account.words)
    return sorted(notions, key=lambda notion: list(told).index(notion) if notion in told else 0)


def _printed(notion: str, *accounts: Account) -> str:
    """A word that tells the notion, or the name that both hold; small where no name holds it."""
    if notion.startswith("@"):
        return notion[1:]
    for account in accounts:
        for word in account.words:
            if word.notion == notion:
                printed = account.text[word.start : word.end]
                names = [n.text for n in account.names if n.start <= word.start < n.end]
                if names:
                    return names[0] if all(names[0] in a.text for a in accounts) else printed
                return printed if printed.isupper() else printed.lower()
    return notion.strip("~=")
