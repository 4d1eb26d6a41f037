"""An account -> the places in it: names, and common places such as "the northern gate"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.disagreements.account import Account, Word
from briefing.text.names.places import is_country, owner_of

#: Words between a preposition and the place: "to the Russian port city of".
BETWEEN = 5
#: The same for a place without a name: "in an old sports hall".
BETWEEN_SITE = 3
#: Words before "in a forest near" of which one tells what is there.
GOVERNING = 4


@dataclass(frozen=True, slots=True)
class Location:
    """A place where an account puts somebody or something."""

    start: int  #: of the stretch with the preposition or the negation, into the sentence
    end: int
    name: str | None  #: None of a common place
    key: str  #: one for one place
    site: str  #: notion of a common place, "" of a named one
    sides: frozenset[str]  #: which of several alike: "northern", "upper"
    role: str  #: "goal" of a movement, "way" through something, "in", "at" or "near"
    governors: tuple[str, ...]  #: the notion before the preposition; before a common place, three
    is_negated: bool

    @property
    def is_goal(self) -> bool:
        """Whether a movement goes there."""
        return self.role == "goal"

    def is_other_site(self, other: Location) -> bool:
        """Whether two common places are two: a hall and a tent, or two gates."""
        if self.is_negated or other.is_negated:
            return False
        if self.site != other.site:
            return not (self.sides or other.sides)
        return bool(self.sides) and bool(other.sides) and not self.sides & other.sides


def find_locations(account: Account) -> Iterator[Location]:
    """The places of what is said, names first."""
    lexicon = account.lexicon
    for name in account.names:
        if name.kind == "body" or (owner_of(name.text) and not is_country(name.text)):
            continue
        found = _led_to(account, name.start, BETWEEN)
        if found is None:
            continue
        lead, behind = found
        is_lone = name.kind == "place" or " " not in name.text
        if not (is_lone or not behind):
            continue
        # "at a Woodburn-area bank", "at an Athens branch": the name tells which, not where.
        following = account.text[name.end : name.end + 1]
        if following == "-" or any(w.text in ("a", "an") for w in behind):
            continue
        if any(n.kind == "place" and lead.end <= n.start < name.start for n in account.names):
            continue
        yield _location(account, lead, name.end, name.text, name.text.lower(), "", frozenset())
    for index, word in enumerate(account.words):
        if word.text not in lexicon.sites or not word.is_said:
            continue
        if index + 1 < len(account.words) and account.words[index + 1].text in lexicon.sites:
            continue
        found = _led_to(account, word.start, BETWEEN_SITE)
        if found is None:
            continue
        lead, behind = found
        sides = frozenset(_side(w.text) for w in behind if _side(w.text) in lexicon.sides)
        key = " ".join((*sorted(sides), word.notion))
        yield _location(account, lead, word.end, None, key, word.notion, sides)


def _side(text: str) -> str:
    return text.removesuffix("ern") if text.endswith("ern") else text


def _led_to(account: Account, start: int, most: int) -> tuple[Word, list[Word]] | None:
    """The preposition that leads to a place, and the words between; None without one."""
    lexicon = account.lexicon
    clause = account.clause_at(start)
    before = [w for w in account.words if w.end <= start and w.clause == clause]
    leading = lexicon.toward | lexicon.within | lexicon.ways | {"visit"}
    lead = next((w for w in reversed(before[-most:]) if w.text in leading), None)
    if lead is None or not lead.is_said:
        return None
    if lead.text in lexicon.toward and not {w.text for w in before} & lexicon.motion:
        return None
    behind = [w for w in before if w.start > lead.start]
    if any(w.text in {"from", "by", "off", "with"} for w in behind):
        return None
    return lead, behind


def _location(
    account: Account,
    lead: Word,
    end: int,
    name: str | None,
    key: str,
    site: str,
    sides: frozenset[str],
) -> Location:
    lexicon = account.lexicon
    before = [w for w in account.words if w.end <= lead.start and w.clause == lead.clause]
    role = next((role for role, words in lexicon.roles if lead.text in words), "goal")
    if site and role == "at":
        role = "in"
    cues = [index for index, w in enumerate(before) if w.text in lexicon.negations]
    start = before[max(0, cues[-1] - 1)].start if cues else lead.start
    told = [w for w in before if w.notion]
    is_in_site = bool(told) and told[-1].text in lexicon.sites
    governors = tuple(w.notion for w in told[-GOVERNING if is_in_site else -1 :])
    return Location(start, end, name, key, site, sides, role, governors, bool(cues))
