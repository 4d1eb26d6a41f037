"""A text -> its quotations with offsets, in every common kind of quotation mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Opening mark -> the marks that close it. A German „ is closed by “ or ”, a Swedish ” by itself.
_CLOSING = {
    "“": "”",
    "«": "»",
    "»": "«",
    "„": "“”",
    '"': '"',
    "``": "''",
    "''": "''",
    "‘": "’",
    "'": "'",
    "「": "」",
    "‹": "›",
}
_MARK = re.compile(r"[“”«»„\"‘’「」‹›]|``|''|'")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_EARLY_SLIP = re.compile(r"(?<=[,.!?])[\"“](?=\s)")
_SLIP = re.compile(r"(?<=\S)[\"“](?=[\s,.;:)—–]|$)", re.MULTILINE)
_SINGLE = frozenset("‘'")
_BEFORE_OPENING = frozenset(' \t\n\u00a0([{—–-/:“"«„')


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included; quotations do not overlap and none lies in another."""

    start: int
    end: int
    is_closed: bool  #: False when it runs to the end of its paragraph, to go on in the next

    def inside(self, text: str) -> tuple[int, int]:
        """Start and end of the words between the marks."""
        width = 2 if text.startswith(("``", "''"), self.start) else 1
        return self.start + width, self.end - (width if self.is_closed else 0)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; a line is a paragraph.

    A quotation that its paragraph leaves open ends with the paragraph. Single marks count where
    they open before a word and close behind one, so apostrophes are none.
    """
    if not _MARK.search(text):
        return ()
    found: list[Quotation] = []
    for line in re.finditer(r"[^\n]+", text):
        found.extend(_in_paragraph(text, line.start(), line.end()))
    return tuple(found)


def is_title(text: str) -> bool:
    """Whether quoted words are a title: every longer word of them has a capital."""
    words = _WORD.findall(text)
    if not 2 <= len(words) <= 10 or text.rstrip()[-1:] in ".,!?…;—–-":
        return False
    return words[0][0].isupper() and all(w[0].isupper() for w in words if len(w) > 4)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    position = start
    while (mark := _MARK.search(text, position, end)) is not None:
        position = mark.end()
        opening = mark[0]
        if opening not in _CLOSING or not _opens(text, mark.start(), mark.end(), start, end):
            continue
        closing = _closing_end(text, opening, mark.end(), end)
        if closing is not None:
            yield Quotation(mark.start(), closing, is_closed=True)
            position = closing
        elif opening not in _SINGLE:
            stop = _next_opening(text, opening, mark.end(), end)
            yield Quotation(mark.start(), stop, is_closed=False)
            position = stop


def _opens(text: str, mark: int, after: int, start: int, end: int) -> bool:
    """Whether the mark at `mark` stands where a quotation begins."""
    if after >= end or (text[after].isspace() and text[mark] != "«"):
        return False
    if text[mark] in "«»":
        # »German« and «French» marks: one that opens has a word behind it, and none before.
        is_word = text[after].isalnum() or text[after] in '„“‚‘’"…(¿¡' or text[after].isspace()
        is_apart = mark == start or text[mark - 1] in _BEFORE_OPENING
        return is_word and (is_apart if text[mark] == "»" else is_apart or text[after].isalnum())
    if text[mark] in "“„「‹`":
        return True
    if text[mark] == "”":
        return mark == start  # a slip, where nothing is open
    if text[mark] == "'" and text[after].isdigit() and after == mark + 1:
        return False  # '90s
    return mark == start or text[mark - 1] in _BEFORE_OPENING


def _closing_end(text: str, opening: str, start: int, end: int) -> int | None:
    """Offset behind the mark that closes a quotation, or None when the paragraph has none."""
    if opening in _SINGLE:
        return _single_closing_end(text, opening, start, end)
    if opening == '"':
        return _straight_closing_end(text, start, end)
    if opening == "“":
        first = text.find("”", start, end)
        is_odd = text.count('"', start, end) % 2 == 1
        slip = _SLIP if is_odd else _EARLY_SLIP
        early = slip.search(text, start, first if first >= 0 else end)
        if early and text.find(early[0], start, early.start()) < 0:
            return early.end()
    depth = 0
    for mark in _MARK.finditer(text, start, end):
        if mark[0] == opening and opening not in ('"', "''"):
            depth += 1  # the same mark again: a quotation in the quotation
        elif mark[0] in _CLOSING[opening]:
            if depth == 0 or not _has_another(text, _CLOSING[opening], mark.end(), end):
                return mark.end()
            depth -= 1
    if opening == "“":
        # Typists' slips: a straight mark, or the opening one once more, closes it.
        late = _SLIP.search(text, start, end)
        return late.end() if late else None
    return None


def _has_another(text: str, marks: str, start: int, end: int) -> bool:
    return any(text.find(mark, start, end) >= 0 for mark in marks)


def _straight_closing_end(text: str, start: int, end: int) -> int | None:
    curly = text.find("”", start, end)
    position = text.find('"', start, end)
    if curly >= 0 and (position < 0 or curly < position) and text.find("“", start, curly) < 0:
        return curly + 1
    while position >= 0:
        after = text[position + 1 : position + 2]
        if not text[position - 1].isspace() or not after.isalnum():
            return position + 1
        position = text.find('"', position + 1, end)
    return None


def _single_closing_end(text: str, opening: str, start: int, end: int) -> int | None:
    """Behind the closing single mark; a mark behind an "s" may be a possessive."""
    closing = _CLOSING[opening]
    possessive = None
    position = text.find(closing, start, end)
    while position >= 0:
        after = text[position + 1 : position + 2] if position + 1 < end else ""
        if not after.isalnum() and not text[position - 1].isspace():
            if text[position - 1] != "s" or not (
                after == " " and text[position + 2 : position + 3].islower()
            ):
                return position + 1
            possessive = possessive or position + 1
        if text.find(opening, start, position) >= 0 and opening == "‘":
            break
        position = text.find(closing, position + 1, end)
    return possessive


def _next_opening(text: str, opening: str, start: int, end: int) -> int:
    """Where an unclosed quotation ends: before the next one, else with the paragraph."""
    following = text.find(opening, start, end) if opening == "“" else -1
    return following if following >= 0 else end
