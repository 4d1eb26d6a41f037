"""Brief -> brief.bib, the cited articles as BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from briefing.models import Brief, Document
from briefing.renderers.bibliography import Entry, entries
from briefing.renderers.environment import Templates

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COMMANDS = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{c: f"\\{c}" for c in "#$%&_{}"},
}
# BibTeX counts a brace even behind a backslash, so a lone one needs a name.
NAMED_BRACES = {**COMMANDS, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
SPECIAL = re.compile(r"[\\{}^~<>#$%&_]")


def render(brief: Brief, templates: Templates) -> Document:
    """brief.bib, UTF-8: one entry an article, by number.

    Entries are `@misc`, the one type that asks for no author, no title and no date.
    """
    text = "\n".join(entry_of(entry) for entry in entries(brief))
    return Document("brief.bib", "application/x-bibtex", text.encode())


def entry_of(entry: Entry) -> str:
    """One entry, a field a line."""
    fields = "".join(f",\n  {name} = {value}" for name, value in fields_of(entry))
    return f"@misc{{{entry.key}{fields}\n}}\n"


def fields_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Names and values, braces included; double ones keep a text from being recased or split."""
    if entry.authors:
        yield "author", f"{{{' and '.join(f'{{{escape(name)}}}' for name in entry.authors)}}}"
    if entry.title:
        yield "title", f"{{{{{escape(entry.title)}}}}}"
    if entry.publisher:
        yield "howpublished", f"{{{escape(entry.publisher)}}}"
    if entry.day:
        yield "year", f"{{{entry.day.year}}}"
        yield "month", MONTHS[entry.day.month - 1]
        yield "day", f"{{{entry.day.day}}}"
    if entry.url:
        yield "url", f"{{{entry.url}}}"
    yield "language", f"{{{entry.language}}}"
    yield "note", f"{{{escape(entry.note)}}}"


def escape(text: str) -> str:
    """`text` as TeX that sets it as typed."""
    commands = COMMANDS if is_balanced(text) else NAMED_BRACES
    return SPECIAL.sub(lambda found: commands[found[0]], text)


def is_balanced(text: str) -> bool:
    """Whether every brace has its partner."""
    depths = list(accumulate({"{": 1, "}": -1}.get(c, 0) for c in text))
    return not depths or (depths[-1] == 0 and min(depths) >= 0)
