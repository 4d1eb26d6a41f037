"""An account -> the numbers in it that may count or measure something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from briefing.disagreements.account import Account
from briefing.text.figures import RANK, Figure, PlacedFigure, place_figures
from briefing.text.tables import load_table

_SCORE = re.compile(r"\d[-–:]$")
_AGE = re.compile(r"(?: (?:and|to|or) \w+)?[- ](?:year|month)s?[- ]old\b")
_ASIDE = re.compile(r",|\.$")  # "Anna Berg, 34, a nurse"
_DIALLED = re.compile(r"\d (?:\d+ )*$"), re.compile(r"(?: \d|-\d)")
_FRACTION = re.compile(
    r"\b(?:(?P<one>one) in (?P<many>\w+)|(?:(?P<top>an?|one|two|three|four) )?"
    r"(?P<part>half|halves|thirds?|quarters?|fifths?)(?= of\b))",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf an? ([a-z]+)\b", re.IGNORECASE)
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5}


def find_numbers(account: Account) -> Iterator[PlacedFigure]:
    """The numbers of what is said that may count or measure, in order.

    "One" before somebody is one of them, and a fraction is a share of a hundred; what belongs to a
    name, an age, a score, a clock or a telephone is none.
    """
    fractions = (*_fractions(account), *_halves(account))
    figures = [
        figure
        for figure in place_figures(account.text, account.lexicon.language)
        if not any(one.start <= figure.start < one.end for one in fractions)
        and not (figure.figure.unit or "").startswith(RANK)
    ]
    figures += fractions
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
            if (
                any(start <= figure.start < end for start, end in spans)
                or _in_said(account, figure)
            )
            and not _is_name(account, figure)
            and not _AGE.match(account.text, figure.end)
        ),
        key=lambda figure: figure.start,
    )


def _fractions(account: Account) -> Iterator[PlacedFigure]:
    """ "One in four" and "two thirds of" as shares of a hundred."""
    words = load_table("units")["words"]
    for match in _FRACTION.finditer(account.text):
        if match["one"]:
            many = words.get(match["many"], match["many"])
            if not str(many).isdigit() or not int(many):
                continue
            share = 100 / int(many)
        else:
            top = words.get((match["top"] or "one").lower(), 1)
            part = _PARTS.get(match["part"].lower()) or _PARTS[match["part"].lower().rstrip("s")]
            share = 100 * top / part
        yield PlacedFigure(Figure(share, "percent"), match.start(), match.end(), match.end())


def _halves(account: Account) -> Iterator[PlacedFigure]:
    """ "Half a kilometre" as 0.5 of one."""
    units = load_table("units")["units"]
    for match in _HALF.finditer(account.text):
        unit = next((name for name, spelled in units.items() if match[1].lower() in spelled), None)
        if unit is not None:
            end = match.start(1) - 1
            yield PlacedFigure(Figure(0.5, unit), match.start(), end, match.end())


def _in_said(account: Account, figure: PlacedFigure) -> bool:
    """Whether a figure that begins with a mark ("$20") lies among what is said."""
    said = [word for word in account.words if word.is_said]
    return bool(said) and said[0].start - 1 <= figure.start < said[-1].end


def _is_name(account: Account, figure: PlacedFigure) -> bool:
    """Whether a number belongs to a name ("Flight 17"), a score or a clock."""
    if _DIALLED[0].search(account.text[: figure.start]) or _DIALLED[1].match(
        account.text, figure.end
    ):
        return True
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
