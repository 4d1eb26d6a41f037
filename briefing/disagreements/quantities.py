"""An account -> the quantities in it: what is counted or measured, and the span of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.disagreements.account import Account, Word
from briefing.text.figures import Figure, PlacedFigure, place_figures
from briefing.text.tables import load_table

#: A round number may stand for any within this share; one called "about" within the larger.
ROUND, ABOUT = 0.05, 0.1
#: From here on, a whole number that ends in a nought may be rounded.
ROUNDED_FROM = 100
#: Words behind a number that may be its noun.
NOUN_WORDS = 3
MOST = 1e18

_RANGE = re.compile(r"\s*(?:-|–|to|and|or)\s*$")
_SCORE = re.compile(r"\d[-–:]$")
_AGE = re.compile(r"(?: (?:and|to|or) \w+)?[- ](?:year|month)s?[- ]old\b")
_OF = re.compile(r"\s+(?:per cent |percent |% )?of (?:the|these|those|them|its|their|whom|which)\b")
_ASIDE = re.compile(r",|\.$")  # "Anna Berg, 34, a nurse"
_LABELLING = re.compile(
    r"\b(?!(?:that|of|to|at|is|was|were|are|by|than|as|and|or|in|for|from|with|about|only|now|ha[sd]|have"
    r"|the)\b)[a-z]+ $"
)
_COMPARED = re.compile(
    r"\s*(?:\w+ )?(?:above|below|higher|lower|more|less|fewer|cheaper|older|younger|later|after"
    r"|before|ago|since)\b"
)
_OF_THEM = re.compile(r"\W*(?:Of|Among) (?:the|these|those|them)\b")
_POWERS = {"square": 2, "cubic": 3}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; a value from `low` to `high` agrees with it."""

    start: int  #: offsets into the sentence, with "at least" before and the noun behind
    end: int
    low: float
    high: float
    value: float
    unit: str  #: what is measured ("metre", "cubic metre", "percent", "usd"), "" for a count
    head: str  #: notion of what is counted, "person" for anybody, "" when no noun tells
    modifiers: frozenset[str]  #: notions between number and noun
    clause: int
    context: frozenset[str]  #: notions of its clause
    state: str  #: what befell those counted, or ""
    is_part: bool  #: a part, an addition, or of something set apart
    is_earlier: bool  #: told as what was before, or with it
    rate: str  #: "a day", "per head", or ""
    is_general: bool  #: whether its noun or unit could belong to anything

    def agrees(self, other: Quantity) -> bool:
        """Whether some value fits both."""
        return self.low <= other.high and other.low <= self.high


def quantities(account: Account) -> tuple[Quantity, ...]:
    """The quantities of what an account says, in order; ranges are one."""
    found: list[Quantity] = []
    placed = [
        figure
        for figure in _placed(account)
        if not _is_name(account, figure) and not _AGE.match(account.text, figure.end)
    ]
    for figure in placed:
        quantity = _quantity(account, figure)
        if quantity is None:
            continue
        before = found[-1] if found else None
        if before and _is_range(account, before, figure):
            found[-1] = _joined(before, quantity)
        else:
            found.append(quantity)
    return tuple(found)


def _placed(account: Account) -> Iterator[PlacedFigure]:
    """The figures, and "one" before somebody."""
    figures = place_figures(account.text, account.lexicon.language)
    said = [word for word in account.words if word.is_said]
    taken = {figure.start for figure in figures}
    ones = [
        PlacedFigure(Figure(1.0, None), word.start, word.end, word.end)
        for word, following in pairwise(said)
        if word.text == "one"
        and word.start not in taken
        and (
            following.text == "to"
            or following.text in account.lexicon.persons
            or following.notion in account.lexicon.states
            or following.notion.startswith("=")
        )
    ]
    spans = [(word.start, word.end) for word in said]
    yield from sorted(
        (
            figure
            for figure in [*figures, *ones]
            if any(start <= figure.start < end for start, end in spans) or _in_said(account, figure)
        ),
        key=lambda figure: figure.start,
    )


def _in_said(account: Account, figure: PlacedFigure) -> bool:
    """Whether a figure that begins with a mark ("$20") lies among what is said."""
    said = [word for word in account.words if word.is_said]
    return bool(said) and said[0].start - 1 <= figure.start < said[-1].end


def _is_name(account: Account, figure: PlacedFigure) -> bool:
    """Whether a number belongs to a name ("Flight 17"), a score or a clock."""
    if figure.figure.unit == "clock" or _SCORE.search(account.text[: figure.start]):
        return True
    if any(time.start <= figure.start < time.end for time in account.times):
        return True
    before = account.text[: figure.start]
    if before.count("(") > before.count(")"):  # converted, or of one name in a list
        return True
    if _ASIDE.match(account.text, figure.end) and account.text[: figure.start].endswith(", "):
        return True
    if any(name.start <= figure.start < name.end for name in account.names):
        return True
    near = [n for n in account.names if n.end + 1 == figure.start]
    if (
        near
        and account.text[near[-1].end] in " -"
        and not account.lexicon.around.search(account.text[: figure.start])
    ):
        following = [w for w in account.words if w.start >= figure.end]
        return not following or not following[0].notion
    return (
        account.text[figure.start - 1 : figure.start] in ("-", "/")
        and figure.start > 0
        and (account.text[figure.start - 2 : figure.start - 1].isalpha())
    )


def _quantity(account: Account, figure: PlacedFigure) -> Quantity | None:
    lexicon, text = account.lexicon, account.text
    behind = [w for w in account.words if w.start >= figure.end]
    clause = account.clause_at(figure.start)
    noun = _noun(account, figure, behind, clause)
    unit, factor, end = _unit(figure, noun)
    if account.text[: figure.start].lower().endswith("one in "):
        unit, factor, end = "one in", 1.0, figure.end
    words = noun if not unit or unit == "x" else ()
    head, modifiers = _head(account, words)
    before = text[: figure.start]
    start = figure.start - len("one in ") if unit == "one in" else figure.start
    low = high = figure.figure.value
    limit = ""
    for name in ("at_least", "at_most", "around"):
        if match := getattr(lexicon, name).search(before):
            limit, start = name, match.start()
            break
    slack = _slack(text[figure.start : figure.end], figure.figure.value, limit)
    low, high = low - slack, high + slack
    if limit == "at_least":
        high = MOST
    elif limit == "at_most":
        low = 0.0
    if words and words[-1].end > figure.end:
        end = words[-1].end
    context = _context(account, figure, clause, end) - {head, *modifiers}
    if not head and not context and clause:
        context = set(account.clause(clause - 1))
    state = "" if unit else _state(account, figure, clause)
    if state and not head:
        head = "person"
    is_bare = not unit and (not words or words[0].start > figure.end + 1)
    if is_bare and not limit and _LABELLING.search(before):
        return None
    rate = lexicon.rates.search(_clause_text(account, clause))
    is_general = bool(unit) or (bool(words) and words[-1].text in lexicon.general) or not head
    return Quantity(
        start=start,
        end=max(end, figure.end),
        low=low * factor,
        high=high * factor,
        value=figure.figure.value * factor,
        unit=unit,
        head=head,
        modifiers=frozenset(modifiers),
        clause=clause,
        context=frozenset(context),
        state=state,
        is_part=_is_part(account, figure, clause, words, unit, end),
        is_earlier=bool(lexicon.development.search(before[:start] if limit else before)),
        rate=rate.group().lower() if rate else "",
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
        if word.notion in account.lexicon.states and not is_person:
            break
        found.append(word)
        end = word.end
        if is_person or (word.text.endswith("s") and not word.text.endswith("ss")):
            break
    return tuple(found)


def _unit(figure: PlacedFigure, noun: tuple[Word, ...]) -> tuple[str, float, int]:
    """Name of what is measured, how many of it one is, and where the words of the unit end."""
    unit = figure.figure.unit or ""
    known = load_table("units")["units"]
    measures = load_table("disagreements")["measures"]
    texts = [word.text for word in noun]
    power, prefix = 1, ""
    if texts and texts[0] in _POWERS:
        power, prefix = _POWERS[texts[0]], f"{texts[0]} "
        word = texts[1] if len(texts) > 1 else ""
        unit = next((name for name, spelled in known.items() if word in spelled), "")
        if unit not in measures:
            return f"{prefix}{word}", 1.0, noun[min(1, len(noun) - 1)].end
        return f"{prefix}{measures[unit][0]}", measures[unit][1] ** power, noun[1].end
    if texts and texts[0] in measures:
        dimension, factor = measures[texts[0]]
        return dimension, factor, noun[0].end
    if texts and (spelled := next((u for u, names in known.items() if texts[0] in names), "")):
        return spelled, 1.0, noun[0].end
    if unit in known:
        dimension, factor = measures.get(unit, (unit, 1.0))
        return dimension, factor, figure.unit_end
    return "", 1.0, figure.end


def _head(account: Account, words: tuple[Word, ...]) -> tuple[str, list[str]]:
    if not words:
        return "", []
    last = words[-1]
    head = "person" if last.text in account.lexicon.persons else last.notion
    return head, [word.notion for word in words[:-1] if word.notion]


def _state(account: Account, figure: PlacedFigure, clause: int) -> str:
    """What befell those counted: the nearest word of its clause that tells such a thing."""
    states = [
        (min(abs(word.start - figure.end), abs(figure.start - word.end)), word.notion)
        for word in account.words
        if word.clause == clause and word.is_said and word.notion in account.lexicon.states
    ]
    return min(states)[1] if states else ""


def _context(account: Account, figure: PlacedFigure, clause: int, end: int) -> set[str]:
    """The notions of the clause, without the quantity's own; in a list, of what precedes it too."""
    own = [w for w in account.words if figure.start <= w.start < end]
    first = next((w for w in account.words if w.clause == clause and w.text != "and"), None)
    is_listed = clause > 0 and first is not None and first.start >= figure.start
    clauses = range(clause + 1) if is_listed else (clause,)
    return {
        word.notion
        for word in account.words
        if word.notion and word.is_said and word.clause in clauses and word not in own
    }


def _is_part(
    account: Account, figure: PlacedFigure, clause: int, noun: tuple[Word, ...], unit: str, end: int
) -> bool:
    """Whether a number is of a part, of an addition, or of something set apart."""
    lexicon, text = account.lexicon, account.text
    if unit == "percent":
        return False
    if _COMPARED.match(text, end):
        return True
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
