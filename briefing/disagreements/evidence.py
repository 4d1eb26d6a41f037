"""Accounts side by side -> how much two of them have in common, rare words counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.disagreements.account import Account
from briefing.text.names import Name, owner_of
from briefing.text.similarity import load_background
from briefing.text.words import stem

#: Share of the articles from which a name is everywhere and tells nothing.
EVERYWHERE = 0.4
#: Inverse document frequency, in nats, from which a word of the news tells all that it can.
RARE = 4.5
#: Words of a label.
LABEL_WORDS = 3


_LEADING = frozenset(("of", "from", "off", "the", "and", "around"))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two sets of notions share."""

    weight: float  #: 1 for each notion that no third account holds, less for commoner ones
    share: float  #: of the lighter set, by weight; 0–1
    least: float  #: of the heavier set


class Pile:
    """All accounts of a brief: how rare each notion is among them, and which names are everywhere.

    In a pile about one event its own words are in every account, and that two share them says
    little; nor does a word that all news is full of.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = tuple(accounts)
        self.articles = tuple(dict.fromkeys(account.sentence.article for account in accounts))
        counts = Counter(notion for account in accounts for notion in account.notions)
        size = len(accounts)
        highest = math.log((size + 1) / 2.5) if size > 4 else 1.0
        told = {
            word.notion: max(_told(word.text, account.lexicon.language), 0.0)
            for account in accounts
            for word in account.words
        }
        self._weights = {
            notion: told.get(notion, 1.0)
            * min(1.0, max(0.05, math.log((size + 1) / (count + 0.5)) / highest))
            for notion, count in counts.items()
        }
        telling: dict[str, set[str]] = {}
        for account in accounts:
            for notion in account.notions:
                telling.setdefault(notion, set()).add(account.sentence.article.id)
        self._themes = {
            notion
            for notion, holders in telling.items()
            if len(holders) > 2 and len(holders) >= EVERYWHERE * len(self.articles)
        }
        naming: dict[str, set[str]] = {}
        for account in accounts:
            for name in account.names:
                for word in name.text.lower().split():
                    naming.setdefault(word, set()).add(account.sentence.article.id)
        self._everywhere = {
            word
            for word, holders in naming.items()
            if len(self.articles) > 2 and len(holders) >= EVERYWHERE * len(self.articles)
        }

    def weight(self, notion: str) -> float:
        """0–1: how much it tells that two accounts share a notion."""
        return self._weights.get(notion, 0.0)

    def total(self, notions: Iterable[str]) -> float:
        """The weights of notions added up."""
        return sum(self.weight(notion) for notion in sorted(notions))

    def nearness(self, one: Mapping[str, float], other: Mapping[str, float]) -> Overlap:
        """What two surroundings have in common, each notion counting by how near it stands."""
        shared = sum(
            self.weight(n) * min(one[n], other[n]) for n in sorted(one.keys() & other.keys())
        )
        mine, theirs = (
            sum(self.weight(n) * near for n, near in sorted(side.items())) for side in (one, other)
        )
        if not mine or not theirs:
            return Overlap(0.0, 0.0, 0.0)
        return Overlap(shared, shared / min(mine, theirs), shared / max(mine, theirs))

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> Overlap:
        """What two sets of notions have in common."""
        shared = self.total(one & other)
        mine, theirs = self.total(one), self.total(other)
        if not mine or not theirs:
            return Overlap(0.0, 0.0, 0.0)
        return Overlap(shared, shared / min(mine, theirs), shared / max(mine, theirs))

    def are_on_the_event(self, shared: Iterable[str], onsets: Collection[str]) -> bool:
        """Whether shared notions tell how that began which most of the articles are about."""
        found = set(shared)
        return bool(found & set(onsets)) and bool((found - set(onsets)) & self._themes)

    def is_everywhere(self, name: str) -> bool:
        """Whether a name, by every word, is one of those that most articles hold."""
        return all(word in self._everywhere for word in name.lower().split())

    def differ_in_actors(self, one: Account, other: Account) -> bool:
        """Whether both name somebody, and nobody of the one is named in the other."""
        mine, theirs = one.actors, other.actors
        return bool(mine) and bool(theirs) and not mine & theirs

    def are_rivals(self, one: Account, other: Account) -> bool:
        """Whether each names somebody of whom the other tells nothing, places left out."""
        return bool(self._strangers(one, other)) and bool(self._strangers(other, one))

    def _strangers(self, one: Account, other: Account) -> list[str]:
        known = {*other.texts, *other.actors}
        return [
            name.text
            for name in one.names
            if (name.kind != "place" or not _is_led(name, one))
            and not one.is_opening(name)
            and not self.is_everywhere(name.text)
            and owner_of(name.text) not in known
            and not known & set(name.text.lower().replace("-", " ").split())
        ]

    def label(self, one: Account, other: Account, first: Sequence[str] = ()) -> tuple[str, ...]:
        """Words that both share, `first` before the rarer ones, as the first one prints them."""
        mine, theirs = one.notions | one.before, other.notions | other.before
        shared = mine & theirs
        ranked = sorted(shared - set(first), key=lambda n: (-self.weight(n), n))
        chosen = [*(notion for notion in first if notion in shared), *ranked][:LABEL_WORDS]
        return tuple(dict.fromkeys(_printed(n, one, other) for n in _in_order(chosen, one, other)))


def _is_led(name: Name, account: Account) -> bool:
    """Whether a preposition stands before a name: it tells where, not who."""
    before = [word.text for word in account.words if word.end <= name.start]
    lexicon = account.lexicon
    return bool(before) and before[-1] in lexicon.within | lexicon.toward | _LEADING


@lru_cache(maxsize=65_536)
def _told(word: str, language: str) -> float:
    """0–1: how little news in general uses a word; 1 where nothing is known of the language."""
    background = load_background(language)
    if background is None:
        return 1.0
    return min(1.0, max(0.1, background.idf(stem(word, language)) / RARE))


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
