"""What one comparison of two accounts finds, before it is joined with others like it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.disagreements.account import Account
from briefing.models import DisagreementKind


@dataclass(frozen=True, slots=True)
class Holding:
    """One account's side: the words that differ, and what they come to."""

    account: Account
    start: int  #: offsets into the account's sentence
    end: int
    low: float = 0.0  #: of figures: holdings whose spans overlap are one side
    high: float = 0.0
    key: str = ""  #: of anything else: holdings of one key are one side

    @property
    def value(self) -> str:
        """The words that differ, verbatim."""
        return self.account.text[self.start : self.end]

    def agrees(self, other: Holding) -> bool:
        """Whether both can stand on one side."""
        return self.key == other.key and self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Difference:
    """Two accounts that cannot both be so."""

    kind: DisagreementKind
    about: tuple[str, ...]  #: words that both share
    topic: str  #: differences of one topic and a common holding are one disagreement
    one: Holding
    other: Holding
    weight: float  #: how much the accounts have in common besides

    @property
    def accounts(self) -> tuple[int, int]:
        """Numbers of the two claims, the lower first."""
        one, other = self.one.account.number, self.other.account.number
        return min(one, other), max(one, other)


def in_order_of_time(one: Account, other: Account) -> tuple[Account, Account] | None:
    """The earlier and the later of two accounts by publication; None when that does not tell."""
    if not one.published or not other.published or one.published == other.published:
        return None
    return (one, other) if one.published < other.published else (other, one)
