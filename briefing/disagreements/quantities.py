"""An account -> the quantities in it: what is counted or measured, and the span of its values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.disagreements.account import Account, Word
from briefing.disagreements.numbers import find_numbers
from briefing.text.figures import PlacedFigure
from briefing.text.tables import load_table

#: A round number may stand for any within this share; one called "about" within the larger.
ROUND, ABOUT = 0.05, 0.1
#: From here on, a whole number that ends in a nought may be rounded.
ROUNDED_FROM = 100
#: Words behind a number that may be its noun.
NOUN_WORDS = 3
MOST = 1e18
#: How far apart, by share, measures may be that were converted.
MEASURED = 0.015

#: States told in so many ways that hardly a word is shared: people who left where they live, and
#: those who came to a march.
EVACUATION, ATTENDANCE = "~evacuation", "~attendance"
#: Those in hospital are some of the injured.
HOSPITAL = "~hospital"
TREATED = frozenset({"~injuries", "~infection"})
WIDE = frozenset({EVACUATION, ATTENDANCE})

_RANGE = re.compile(r"\s*(?:-|–|to|and|or)\s*$")
_OF = re.compile(r"\s+(?:per cent |percent |% )?of (?:the|these|those|them|its|their|whom|which)\b")
_LABELLING = re.compile(
    r"\b(?!(?:that|of|to|at|is|was|were|are|by|than|as|and|or|in|for|from|with|about|only|now|ha[sd]|have"
    r"|the)\b)[a-z]+ $"
)
_COMPARED = re.compile(
    r"\s*(?:\w+ )?(?:above|below|higher|lower|more|less|fewer|cheaper|older|younger)\b"
)
_BETWEEN = re.compile(
    r"\s*(?:\w+ )?(?:later|after|before|ago|since)\b"
)  # "four days after the fair"
_SPANS = frozenset({"day", "month", "hour"})
_VICTIMS = re.compile(r"\s+of (?:them|those)\b")
_OF_THEM = re.compile(r"\W*(?:Of|Among) (?:the|these|those|them)\b")
_POWERS = {"square": 2, "cubic": 3}
_JOINED = re.compile(r"-([a-z]+)(?:-([a-z]+))?")  # "6.1-magnitude", "15,800-square-metre"
_MEASURE = re.compile(r"\b([a-z]+) (?:of|at|as|to) (?:an? )?(?:[a-z]+ )?$")  # "a magnitude of"
_GRADED = re.compile(r"([a-z]+) $")
_EACH = re.compile(r"^(?:an?|per|each|every) ")
_AVERAGE = "averag"
_CROWD = re.compile(
    r"\b(?:attendance|turnout|crowd|number of (?:people|marchers|protesters))\b[^,;:]* at $"
)
#: How far off, in points of a hundred, what is told as a fraction may be.
COARSE = 3.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; a value from `low` to `high` agrees with it."""

    start: int  #: offsets into the sentence, with "at least" before and the noun behind
    end: int
    low: float
    high: float
    value: float
    grain: float  #: what one of the last digit that is written comes to
    unit: str  #: what is measured ("metre", "cubic metre", "percent", "usd"), "" for a count
    head: str  #: notion of what is counted, "person" for anybody, "" when no noun tells
    modifiers: frozenset[str]  #: notions between number and noun
    clause: int
    state: str  #: what befell those counted, or ""
    is_part: bool  #: a part, an addition, or of something set apart
    is_earlier: bool  #: told as what was before, or with it
    rate: str  #: "a day", "per head", or ""
    is_general: bool  #: whether its noun or unit could belong to anything

    def agrees(self, other: Quantity) -> bool:
        """Whether some value fits both; one may be converted or rounded, to fewer digits."""
        slack = MEASURED * max(self.value, other.value) if self.unit else 0.0
        if self.grain != other.grain:
            slack = max(slack, 0.5 * max(self.grain, other.grain))
        return self.low <= other.high + slack and other.low <= self.high + slack


@lru_cache(maxsize=16_384)
def quantities(account: Account) -> tuple[Quantity, ...]:
    """The quantities of what an account says, in order; ranges are one."""
    found: list[Quantity] = []
    for figure in find_numbers(account):
        quantity = _quantity(account, figure)
        if quantity is None:
            continue
        before = found[-1] if found else None
        if before and _is_range(account, before, figure):
            found[-1] = _joined(before, quantity)
        else:
            found.append(quantity)
    return tuple(found)


def _quantity(account: Account, figure: PlacedFigure) -> Quantity | None:
    lexicon, text = account.lexicon, account.text
    behind = [w for w in account.words if w.start >= figure.end]
    clause = account.clause_at(figure.start)
    noun = _noun(account, figure, behind, clause)
    joined = _JOINED.match(text, figure.end)
    unit, factor, end = _unit(figure, noun, joined)
    words = noun if not unit and not figure.figure.value % 1 else ()  # nobody counts 5.6 of a thing
    head, modifiers = _head(account, words)
    before = text[: figure.start]
    start = figure.start
    low = high = figure.figure.value
    limit = ""
    for name in ("at_least", "at_most", "around"):
        if match := getattr(lexicon, name).search(before):
            limit, start = name, match.start()
            break
    slack = _slack(text[figure.start : figure.end], figure.figure.value, limit)
    if unit == "percent" and text[figure.end - 1].isalpha():
        slack = max(slack, COARSE)
    low, high = low - slack, high + slack
    if limit == "at_least":
        high = MOST
    elif limit == "at_most":
        low = 0.0
    if words and words[-1].end > figure.end:
        end = words[-1].end
    state = "" if unit or _is_counted(account, words) else _state(account, figure, clause)
    if state and words and words[-1].text in lexicon.crowd:
        head = "person"
    if head == "person" and not state:
        state = _whereabouts(account, figure)
    elif not head and not unit and not state and _CROWD.search(before.lower()):
        state = ATTENDANCE
    if state and not head:
        head = "person"
    if not head and not unit:
        named = joined or _MEASURE.search(text[: figure.start].lower())
        unit = _spelled(named[1]) if named else ""
        head = lexicon.notion_of(named[1]) if named and not unit else ""
    graded = _GRADED.search(before.lower())
    if graded and graded[1] in lexicon.graded and not unit:
        unit = _spelled(graded[1])
        head = "" if unit else lexicon.notion_of(graded[1])
        modifiers, state, end = [], "", figure.end
        start, words = start - len(graded[0]), ()
    is_bare = not unit and (not words or words[0].start > figure.end + 1)
    is_bare = is_bare and not (graded and graded[1] in lexicon.graded)
    if is_bare and not limit and not state and _LABELLING.search(before):
        return None
    rates = {
        _EACH.sub("", match.group().lower()).removesuffix("ly")
        for match in lexicon.rates.finditer(_clause_text(account, clause))
    }
    is_general = bool(unit) or (bool(words) and words[-1].text in lexicon.general) or not head
    return Quantity(
        start=start,
        end=max(end, figure.end),
        low=low * factor,
        high=high * factor,
        value=figure.figure.value * factor,
        grain=_grain(text[figure.start : figure.end], figure.figure.value) * factor,
        unit=unit,
        head=head,
        modifiers=frozenset(modifiers),
        clause=clause,
        state=state,
        is_part=_is_part(account, figure, clause, words, unit, end),
        is_earlier=bool(lexicon.development.search(before[:start] if limit else before)),
        rate=" ".join(sorted(_AVERAGE if r.startswith(_AVERAGE) else r for r in rates)),
        is_general=is_general or head == "person",
    )


def _noun(
    account: Account, figure: PlacedFigure, behind: list[Word], clause: int
) -> tuple[Word, ...]:
    """The words behind a number that name what it counts, the noun last."""
    found: list[Word] = []
    end = figure.end
    if whole := _OF.match(account.text, end):  # "120 of the vehicles", "11 of the city's 30 wells"
        end = whole.end()
        behind = [word for word in behind if word.start >= end]
        inner = next((i for i, word in enumerate(behind[:3]) if word.text[0].isdigit()), None)
        if inner is not None:
            end, behind = behind[inner].end, behind[inner + 1 :]
    elif clause and (whole := _OF_THEM.match(account.text)):  # "Of the vehicles, 120 …"
        opening = [w for w in account.words if w.start >= whole.end() and w.notion]
        if opening and opening[0].clause < clause:
            return (opening[0],)
    for word in behind[:NOUN_WORDS]:
        if not found and word.notion.startswith("@"):  # "ten American sailors"
            end = word.end
            continue
        gap = account.text[end : word.start]
        is_person = word.text in account.lexicon.persons
        if gap.strip(" -\u00a0") or word.clause != clause or not (word.notion or is_person):
            break
        if found and (
            word.text.endswith(("ed", "ing")) or found[-1].text in account.lexicon.persons
        ):
            break
        is_state = word.notion in account.lexicon.states and not is_person
        if is_state and word.text not in account.lexicon.counted:
            break
        found.append(word)
        end = word.end
        if is_person or (word.text.endswith("s") and not word.text.endswith("ss")):
            break
    return tuple(found)


def _unit(
    figure: PlacedFigure, noun: tuple[Word, ...], joined: re.Match[str] | None
) -> tuple[str, float, int]:
    """Name of what is measured, how many of it one is, and where the words of the unit end."""
    unit = figure.figure.unit or ""
    known = load_table("units")["units"]
    measures = load_table("disagreements")["measures"]
    texts = [word.text for word in noun]
    ends = [word.end for word in noun]
    if joined:
        texts = [text for text in joined.groups() if text]
        ends = [joined.end()] * len(texts)
    if texts and texts[0] in _POWERS:
        word = texts[1] if len(texts) > 1 else ""
        unit = next((name for name, spelled in known.items() if word in spelled), "")
        dimension, factor = measures.get(unit, (word, 1.0))
        return f"{texts[0]} {dimension}", factor ** _POWERS[texts[0]], ends[min(1, len(ends) - 1)]
    spelled = _spelled(texts[0]) if texts else ""
    if texts and (spelled or texts[0] in measures):
        dimension, factor = measures.get(spelled or texts[0], (spelled, 1.0))
        return dimension, factor, ends[0]
    if unit in known:
        dimension, factor = measures.get(unit, (unit, 1.0))
        return dimension, factor, figure.unit_end
    return "", 1.0, figure.end


def _spelled(word: str) -> str:
    """The unit that a word spells, or ""."""
    units = load_table("units")["units"]
    return next((unit for unit, spelled in units.items() if word in spelled), "")


def _head(account: Account, words: tuple[Word, ...]) -> tuple[str, list[str]]:
    if not words:
        return "", []
    last = words[-1]
    head = "person" if last.text in account.lexicon.persons else last.notion
    return head, [word.notion for word in words[:-1] if word.notion]


def _state(account: Account, figure: PlacedFigure, clause: int) -> str:
    """What befell those counted: the nearest word of its clause that tells such a thing."""
    states = [
        (
            min(abs(word.start - figure.end), abs(figure.start - word.end)),
            HOSPITAL if word.text in account.lexicon.wards else word.notion,
        )
        for word in account.words
        if word.clause == clause and word.is_said and word.notion in account.lexicon.states
    ]
    nearest = min(states)[1] if states else ""
    is_in_hospital = any(state == HOSPITAL for _, state in states)
    return HOSPITAL if nearest in TREATED and is_in_hospital else nearest


def _is_counted(account: Account, words: tuple[Word, ...]) -> bool:
    """Whether the noun is a thing or a helper: nothing befell those."""
    return bool(words) and words[-1].text in account.lexicon.counted


def _whereabouts(account: Account, figure: PlacedFigure) -> str:
    """Whether people are told, in the clause of their number, to have left home, or come."""
    here = account.clause_at(figure.start)
    for state, pattern in (
        (EVACUATION, account.lexicon.moved_out),
        (ATTENDANCE, account.lexicon.attended),
    ):
        if any(account.clause_at(m.start()) == here for m in pattern.finditer(account.text)):
            return state
    return ""


def _is_part(
    account: Account, figure: PlacedFigure, clause: int, noun: tuple[Word, ...], unit: str, end: int
) -> bool:
    """Whether a number is of a part, of an addition, or of something set apart."""
    lexicon, text = account.lexicon, account.text
    if unit == "percent":
        return False
    if _COMPARED.match(text, end) or (unit in _SPANS and _BETWEEN.match(text, end)):
        return True
    if account.lexicon.states & {w.notion for w in account.words if w.clause == clause} and (
        _VICTIMS.match(text, end) or _VICTIMS.match(text, figure.end)
    ):
        return False  # "killing four of them"
    if _OF.match(text, end) or _OF.match(text, figure.end) or (_OF_THEM.match(text) and clause < 2):
        return True
    before = {word.text for word in account.words if word.start < figure.start}
    here = {w.text for w in account.words if w.clause == clause and w.start < figure.start}
    return bool(
        (here | {word.text for word in noun}) & lexicon.parts
        or (before | account.words_of(clause)) & lexicon.apart
    )


def _slack(digits: str, value: float, limit: str) -> float:
    """How far from a number its true value may lie."""
    plain = digits.replace(",", "")
    slack = 0.0
    if match := re.match(r"\D*(\d+\.(\d+))", plain):
        written = float(match[1])  # "1.5" of "1.5 million"
        slack = 0.5 * 10 ** -len(match[2]) * (value / written if written else 1.0)
    is_round = value >= ROUNDED_FROM and f"{value:.0f}".endswith("0")
    if is_round:
        slack = max(slack, ROUND * value)
    return max(slack, ABOUT * value) if limit == "around" else slack


def _grain(digits: str, value: float) -> float:
    """What one of the last digit written comes to: 0.1 in "5.6", a million in "17 million"."""
    match = re.match(r"\D*(\d+(?:\.(\d+))?)", digits.replace(",", ""))
    if match is None:
        return min(1.0, value / 5)  # "twelve", "half a"
    written = float(match[1])
    return float((value / written if written else 1.0) * 10.0 ** -len(match[2] or ""))


def _clause_text(account: Account, clause: int) -> str:
    words = [word for word in account.words if word.clause == clause]
    return account.text[words[0].start : words[-1].end] if words else ""


def _is_range(account: Account, before: Quantity, figure: PlacedFigure) -> bool:
    gap = account.text[before.end : figure.start]
    if not _RANGE.match(gap):
        return False
    return "and" not in gap or account.text[: before.start].lower().endswith("between ")


def _joined(first: Quantity, second: Quantity) -> Quantity:
    """A range; told as a development, its second value with the first as what was before."""
    if first.is_earlier:
        low, high = min(first.value, second.low), max(first.value, second.high)
        return replace(second, start=first.start, low=low, high=high, is_earlier=True)
    return replace(
        second,
        start=first.start,
        low=min(first.low, second.low),
        high=max(first.high, second.high),
    )
