"""A brief -> two figures that count its printed statements: by source and section, by support.

Units: 640 are the width of the page's text.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Article, Brief, Claim, Section
from briefing.renderers.citing import Citations
from briefing.renderers.fields import (
    CellView,
    ColumnView,
    MatrixRowView,
    MatrixView,
    PartView,
    SupportBarView,
)
from briefing.renderers.lettering import can_be_drawn, fit, width_of
from briefing.renderers.wording import count

WIDTH = 640
LABELS = 152  #: the column of labels
ROW = 19
LETTERS = 9.2  #: size of a column's head
ONLY = 52  #: the last column, "only here"
CELL_GAP = 2
LINE = 11  #: of a head in two lines
LEAST_SOURCES, LEAST_SECTIONS, MOST_SOURCES = 3, 3, 15
LEAST_STATEMENTS = 8
NUMBER_ROOM = 28  #: of "[12]" before a publisher


def draw_matrix(brief: Brief, citations: Citations) -> MatrixView | None:
    """Sources by sections, with how many printed statements rest on each.

    None with fewer than three sources, or three sections that print any.
    """
    sections = [(rank, section) for rank, section in enumerate(brief.sections, 1) if section.claims]
    printed = [claim for _, section in sections for claim in section.claims]
    used = {
        reference.article: sum(reference.article in claim.articles for claim in printed)
        for reference in brief.references
    }
    sources = [article for article, uses in used.items() if uses]
    if len(sources) < LEAST_SOURCES or len(sections) < LEAST_SECTIONS:
        return None
    most_used = sorted(sources, key=lambda a: (-used[a], citations.number(a)))[:MOST_SOURCES]
    shown = sorted(most_used, key=citations.number)
    columns = _columns(sections)
    head = 6 + LINE * max(len(column["lines"]) for column in columns)
    rows = [
        _row(article, head + ROW * rank + ROW // 2, sections, columns, citations)
        for rank, article in enumerate(shown)
    ]
    return {
        "description": _describe(rows, columns),
        "height": head + ROW * len(rows) + 1,
        "head": head,
        "columns": columns,
        "rows": rows,
        "more": len(sources) - len(rows),
    }


def draw_support(brief: Brief) -> SupportBarView | None:
    """Printed statements by their independent sources: three or more, two, one.

    None with fewer than eight statements, or where all are supported alike: words say that.
    """
    printed = [claim for section in brief.sections for claim in section.claims]
    counts = {"three": 0, "two": 0, "one": 0}
    for claim in printed:
        counts[_support(claim)] += 1
    shown = {sources: number for sources, number in counts.items() if number}
    if len(printed) < LEAST_STATEMENTS or len(shown) < 2:
        return None
    parts: list[PartView] = []
    before = 0
    for sources, number in shown.items():
        left = round(WIDTH * before / len(printed))
        before += number
        right = round(WIDTH * before / len(printed))
        gap = CELL_GAP if before < len(printed) else 0
        parts.append(
            {"x": left, "width": max(right - left - gap, 1), "count": number, "sources": sources}
        )
    words = {"three": "three or more independent sources", "two": "two", "one": "one"}
    told = ", ".join(f"{part['count']} by {words[part['sources']]}" for part in parts)
    return {
        "description": f"Of {len(printed)} printed statements: {told}.",
        "total": len(printed),
        "parts": parts,
    }


def _support(claim: Claim) -> str:
    independent = min(max(claim.independent, 1), len(claim.articles))
    return "three" if independent >= 3 else "two" if independent == 2 else "one"


def _columns(sections: Sequence[tuple[int, Section]]) -> list[ColumnView]:
    """The heads, as wide as there is room; numbers alone where a title has none."""
    room = (WIDTH - LABELS - ONLY) / len(sections)
    heads = [_lines(section.title, room - 6) for _, section in sections]
    if any(not lines for lines in heads):
        heads = [[str(rank)] for rank, _ in sections]
    return [
        {
            "x": round(LABELS + room * (place + 0.5)),
            "number": rank,
            "title": section.title,
            "lines": lines,
        }
        for place, ((rank, section), lines) in enumerate(zip(sections, heads, strict=True))
    ]


def _lines(title: str, room: float) -> list[str]:
    """A title in one or two lines; none where its first word does not fit or cannot be set."""
    words = " ".join(title.split())
    if not can_be_drawn(words):
        return []
    first = fit(words, room, LETTERS)
    if first == words:
        return [words]
    if first not in {words[: end or None] for end in _ends(words)}:
        return []  # not a whole word
    rest = words[len(first) :].strip()
    second = fit(rest, room, LETTERS)
    if second == rest:
        return [first, second]
    second = fit(rest, room - width_of("…", LETTERS), LETTERS)
    return [first, f"{second}…"] if second else []


def _ends(words: str) -> list[int]:
    return [place for place, character in enumerate(words) if character == " "]


def _row(
    article: Article,
    y: int,
    sections: Sequence[tuple[int, Section]],
    columns: Sequence[ColumnView],
    citations: Citations,
) -> MatrixRowView:
    room = (WIDTH - LABELS - ONLY) / len(columns)
    cells: list[CellView] = []
    only = 0
    for place, (_, section) in enumerate(sections):
        number = sum(article in claim.articles for claim in section.claims)
        only += sum(claim.articles == (article,) for claim in section.claims)
        cells.append(
            {
                "x": round(LABELS + room * place),
                "width": round(room) - CELL_GAP,
                "count": number,
                "tint": min((number + 1) // 2, 3),
            }
        )
    name = " ".join((article.publisher or "publisher not stated").split())
    label = fit(name, LABELS - NUMBER_ROOM - 8, LETTERS + 0.4)
    return {
        "y": y,
        "number": citations.number(article),
        "publisher": name,
        "label": (label if label == name else f"{label}…") if can_be_drawn(label) else "",
        "cells": cells,
        "only": only,
    }


def _describe(rows: Sequence[MatrixRowView], columns: Sequence[ColumnView]) -> str:
    """Every number of the matrix, in words."""
    told = []
    for row in rows:
        cells = ", ".join(
            f"{column['title']} {cell['count']}"
            for column, cell in zip(columns, row["cells"], strict=True)
            if cell["count"]
        )
        alone = count(row["only"], "statement", "statements")
        told.append(f"[{row['number']}] {row['publisher']}: {cells}; {alone} on it alone.")
    return " ".join(told)
