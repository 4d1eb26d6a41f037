"""Kind `denial`: one account says that something is so, another that it is not.

A plan and the later word that nothing came of it are an `update`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.disagreements.account import Account, Word
from briefing.disagreements.difference import Difference, Holding, in_order_of_time
from briefing.disagreements.evidence import Pile
from briefing.disagreements.negation import Negation, is_negative, negated
from briefing.disagreements.quantities import quantities
from briefing.models import DisagreementKind
from briefing.text.kindred import in_one_wording

#: What a denial and what it denies must have in common, and the share of the denied words.
ENOUGH, DENIED = 0.55, 0.6
#: So many words behind the denial tell what it is about; what must stand about them in both.
CORE, SHARED_DENIED = 2, 0.5
#: So many words tell what an account is about.
EARLY = 4
#: What must stand about a deed and about the same deed negated, and the shares of the poorer and
#: of the richer words; the deed itself counts.
ENOUGH_NEGATED, SHARED, SHARED_MOST = 0.6, 0.48, 0.28
#: Of a thing that there is none of: notions in common, names left out; or else how much those tell
#: that name the thing.
THINGS, RICH = 3, 1.0
#: The rarest words of a denial by which others are looked up, and how many each of them gives.
LOOKED_UP, MET = 4, 40
#: Words of a value.
SHORT = 14
#: How rare a thing is by which it is known, and words between it and who has it.
OWNED, OWNING = 0.7, 4
#: How little an account tells besides what befell somebody, that tells not of what event.
VAGUE = 1.0
#: Words of a subject for which a pronoun stands.
SUBJECT = 3
_PRONOUNS = frozenset(("it", "he", "she", "they", "its", "his", "her", "their"))
#: Words that make a noun of what follows.
_NOMINAL = frozenset(
    ("the", "a", "an", "his", "her", "its", "their", "of", "for", "any", "no", "in", "on", "this")
)


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial, and the words of what is denied."""

    account: Account
    start: int  #: of the denial, offsets into the sentence
    end: int
    content: tuple[Word, ...]  #: those that tell something, in order
    is_of_account: bool  #: whether it is somebody's account of a thing that is denied

    @property
    def notions(self) -> frozenset[str]:
        """What they tell."""
        return frozenset(word.notion for word in self.content)


def compare(pile: Pile) -> Iterator[Difference]:
    """What accounts say and others deny."""
    holders: defaultdict[str, list[Account]] = defaultdict(list)
    for account in pile.accounts:
        for notion in sorted(account.notions):
            holders[notion].append(account)
    for account in pile.accounts:
        denied = _denied(account)
        if denied is not None:
            for saying in _candidates(account, denied.notions, holders):
                if found := _refuted(denied, saying, pile):
                    yield found
        elif (negation := negated(account)) is not None:
            notions = {w.notion for w in account.words if w.is_said and w.notion}
            for saying in _candidates(account, notions, holders):
                if found := _contradicted(negation, saying, pile):
                    yield found


def _candidates(
    account: Account,
    notions: Iterator[str] | frozenset[str] | set[str],
    holders: dict[str, list[Account]],
) -> list[Account]:
    """Accounts that share the rarest of some notions, in order."""
    told = [notion for notion in notions if len(holders[notion]) > 1]
    rarest = sorted(told, key=lambda n: (len(holders[n]), n))[:LOOKED_UP]
    found = {
        id(other): other
        for notion in rarest
        for other in holders[notion][:MET]
        if not account.are_one_voice(other) and not account.is_apart_from(other)
    }
    return sorted(found.values(), key=lambda other: (other.number, other.sentence.start))


def _denied(account: Account) -> Denied | None:
    """What a verb of denial denies; None where nobody denies anything."""
    verb = _verb(account)
    if verb is None or account.lexicon.such.search(account.text):
        return None
    complement = _complement(account, verb)
    negative = account.lexicon.negations | account.lexicon.preventing
    if any(word.text in negative for word in complement):
        return None
    content = tuple(word for word in complement if word.notion)
    if len(content) == 1 and any(word.text in _PRONOUNS for word in complement[:3]):
        # "The authority denied that it had been warned": it is the authority.
        content += tuple(word for word in account.words[:verb] if word.notion)[:SUBJECT]
    is_of_account = account.lexicon.accounts.search(account.text) is not None
    if len({word.notion for word in content}) < 2 - is_of_account:
        return None
    start, end = account.words[verb].start, complement[-1].end
    return Denied(account, start, _short(account, start, end), content, is_of_account)


def _refuted(denied: Denied, saying: Account, pile: Pile) -> Difference | None:
    """A verb of denial, and the other account says what is denied."""
    if _verb(saying) is not None or is_negative(saying) or not _asserts(saying):
        return None
    content = denied.notions
    core = next((word for word in denied.content[:CORE] if word.notion in saying.notions), None)
    if core is None:
        return None
    overlap = pile.overlap(content, saying.notions)
    if denied.is_of_account:
        if overlap.weight < ENOUGH or not _is_told_early(core, saying):
            return None
        return _difference(
            "denial",
            Holding(denied.account, denied.start, denied.end, key="no"),
            saying,
            content,
            overlap.weight,
            pile,
        )
    if len(content & saying.notions - saying.naming) < 2:
        return None
    if overlap.weight < DENIED * pile.total(content) or overlap.weight < ENOUGH:
        return None
    told = next(word for word in saying.words if word.notion == core.notion)
    near = pile.nearness(
        {**denied.account.surroundings(core.start, core.end), core.notion: 1.0},
        {**saying.surroundings(told.start, told.end), core.notion: 1.0},
    )
    if near.share < SHARED_DENIED:
        return None
    holding = Holding(denied.account, denied.start, denied.end, key="no")
    return _difference("denial", holding, saying, content, overlap.weight, pile)


def _is_told_early(core: Word, saying: Account) -> bool:
    """Whether what is denied is among the first things that an account tells."""
    told = [word.notion for word in saying.words if word.notion and word.is_said]
    return core.notion in told[:EARLY]


def _asserts(account: Account) -> bool:
    """Whether an account says that something is so, rather than asks or doubts it."""
    return not account.is_question and not account.texts & account.lexicon.unasserted


def _complement(account: Account, verb: int) -> list[Word]:
    """The words of what is denied, up to where something else is said."""
    words = account.words[verb + 1 :]
    said = next((word.clause for word in words if word.text in account.lexicon.saying), None)
    return [
        word
        for word in words
        if word.text not in account.lexicon.reports and (said is None or word.clause < said)
    ]


def _verb(account: Account) -> int | None:
    """The index of the word that denies: "denied that", "rejected reports that"."""
    lexicon, words = account.lexicon, account.words
    for index, word in enumerate(words):
        if word.text not in lexicon.denials and word.text not in lexicon.rejections:
            continue
        following = [each.text for each in words[index + 1 : index + 5]]
        if word.text in lexicon.disputing and not set(following[:1]) & lexicon.pointing:
            continue
        before = {each.text for each in words[max(0, index - 2) : index]}
        is_passive = bool(before & {"be", "been", "was", "were", "is", "are", "being"})
        if word.text in lexicon.rejections and not set(following) & lexicon.reports:
            continue
        if not is_passive and not set(following[:2]) & lexicon.refused:
            return index
    return None


def _contradicted(negation: Negation, positive: Account, pile: Pile) -> Difference | None:
    """A negation, and the other account says the same without one."""
    negative = negation.account
    if is_negative(positive) or not _asserts(positive):
        return None
    if _verb(positive) is not None and not positive.lexicon.such.search(positive.text):
        return None
    if (negative.said | positive.said) & negative.lexicon.opinion:
        return None
    if negative.is_of_other_days(positive) or pile.are_rivals(negative, positive):
        return None
    if negation.subject and not negation.subject & positive.notions:
        return None
    behind = [word.notion for word in negation.behind]
    if not (negative.naming & set(behind)) <= positive.notions:
        return None
    told = {*behind} & positive.notions - negative.naming
    befell = _befell_somebody(positive, negation, pile)
    is_whole = negation.is_of_a_deed or befell or set(behind[:2]) <= positive.notions
    if not is_whole and len(told) < 2:
        return None
    wanted = behind[:1] if negation.is_of_a_deed else behind
    deed = next((w for w in positive.words if w.is_said and w.notion in wanted), None)
    if deed is None or not _is_told(deed, positive, negation):
        return None
    denied = next(word for word in negation.behind if word.notion == deed.notion)
    weight = pile.weight(deed.notion)
    near = pile.nearness(
        {**negative.surroundings(denied.start, denied.end), deed.notion: 1.0},
        {**positive.surroundings(deed.start, deed.end), deed.notion: 1.0},
    )
    shared = negative.notions & positive.notions
    if befell or (weight >= OWNED and _is_owned(deed, positive, negation)):
        return _contradiction(negation, positive, near.weight, pile)
    is_rich = len(told) > 1 and pile.total(told) >= RICH
    needed = 2 if negation.is_of_a_deed or is_rich else THINGS
    if len(shared if needed == 2 else shared - negative.naming) < needed or near.weight <= weight:
        return None
    if near.weight < ENOUGH_NEGATED or near.share < SHARED or near.least < SHARED_MOST:
        return None
    return _contradiction(negation, positive, near.weight, pile)


def _contradiction(
    negation: Negation, positive: Account, weight: float, pile: Pile
) -> Difference | None:
    kind = _kind(negation.account, positive)
    if kind is None:
        return None
    holding = Holding(negation.account, *_stretch(negation), key="no")
    content = negation.subject | {word.notion for word in negation.behind}
    return _difference(kind, holding, positive, content, weight, pile)


def _befell_somebody(positive: Account, negation: Negation, pile: Pile) -> bool:
    """Whether one counts people whom the thing befell that the other says befell nobody.

    Where both tell much besides, and nothing of it is the same, it was another time.
    """
    mine, theirs = (
        account.notions - {negation.deed.notion} for account in (positive, negation.account)
    )
    is_vague = min(pile.total(mine), pile.total(theirs)) < VAGUE
    if not is_vague and not pile.overlap(mine, theirs).weight:
        return False
    return negation.cue.text in positive.lexicon.nobody and any(
        quantity.state == negation.deed.notion and not quantity.is_part
        for quantity in quantities(positive)
    )


def _is_owned(deed: Word, positive: Account, negation: Negation) -> bool:
    """Whether one has the thing of which the other says that somebody has none: "no licence"."""
    owning = positive.lexicon.owning
    behind = [w.text for w in positive.words if w.end <= deed.start and w.clause == deed.clause]
    before = [w.text for w in negation.account.words if w.end <= negation.cue.start]
    return (
        negation.cue.text == "no"
        and bool(set(behind[-OWNING:]) & owning)
        and bool(set(before[-1:]) & owning)
    )


def _is_told(deed: Word, account: Account, negation: Negation) -> bool:
    """Whether the word tells that something is so: no noun, and no aim ("to count everyone")."""
    before = [word.text for word in account.words if word.end <= deed.start][-2:]
    if before[-1:] == ["to"]:
        is_state = bool(set(before) & account.lexicon.owning)  # "was to blame"
        return is_state or bool(account.said & account.lexicon.future)
    is_verb = deed.text.endswith(("ed", "ing")) or deed.text == negation.deed.text
    is_verb = is_verb or in_one_wording((deed.text,), account.lexicon.language) != (deed.text,)
    return is_verb or not set(before) & _NOMINAL


def _kind(negative: Account, positive: Account) -> DisagreementKind | None:
    """Whether a plan came to nothing; None where the two do not speak of one time."""
    if positive.is_future == negative.is_future:
        return "denial"
    order = in_order_of_time(negative, positive)
    late = negative if positive.is_future else positive
    return "update" if order and order[1] is late else None


def _difference(
    kind: DisagreementKind,
    holding: Holding,
    saying: Account,
    content: frozenset[str],
    weight: float,
    pile: Pile,
) -> Difference:
    common = [word for word in saying.words if word.is_said and word.notion in content]
    start = common[0].start
    end = _short(saying, start, common[-1].end)
    about = pile.label(saying, holding.account)
    other = Holding(saying, start, end, key="yes")
    return Difference(kind, about, "denied", holding, other, weight)


def _short(account: Account, start: int, end: int) -> int:
    """The end of a stretch that is no longer than a value."""
    words = [word for word in account.words if start <= word.start < end]
    return min(end, words[min(SHORT, len(words)) - 1].end) if words else end


def _stretch(negation: Negation) -> tuple[int, int]:
    """From before the negation to the end of its clause."""
    words = [w for w in negation.account.words if w.clause == negation.cue.clause]
    cue = words.index(negation.cue)
    start = words[max(0, cue - 1)].start
    return start, _short(negation.account, start, negation.behind[-1].end)
