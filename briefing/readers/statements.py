"""A cleaned text -> what its own lines say about it: title, byline, publisher, date, agency.

Only plain statements count ("By Ann Lee", "© 2023 The Harbour Post", "(Reuters) -"); nothing is
guessed, and what no line states stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from briefing.readers.addresses import web_address
from briefing.readers.bylines import GENERAL, JOINTS, PICTURE, is_name, parse_byline, publisher_of
from briefing.readers.dates import parse_published
from briefing.readers.wire import (
    Agency,
    agency_named,
    closing_agency,
    credited_agency,
    dateline_agency,
    opening_agency,
    remarked_agency,
)

#: Lines at either end of a text where bylines and credits stand.
HEAD, TAIL = 12, 8

_ENDS_SENTENCE = re.compile(r"[.!?…:;,。！？；：][\"'”’»)\]]*$")
_ENDS_STATEMENT = re.compile(r"(?<!\b[A-Z])[.:;,。；：][\"'”’»)\]]*$")
_LABEL = re.compile(
    r"(?P<key>title|headline|authors?|by|publisher|publication|date|published|url|link)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:first\s+)?(?:published|posted|date)?\s*(?:on\s+|at\s+)?:?\s*(?P<date>\S.*)", re.IGNORECASE
)
_RIGHTS = re.compile(
    r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?P<year>\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by\s+)?(?P<owner>[^.|,;]{2,60})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"about the (?:author|writer|reporter|correspondent)s?\W*", re.IGNORECASE)
_IS_A = re.compile(r"(?P<name>[^,.;:]{4,50}?) (?:is|was) (?:an?|the|our|based)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    text: str
    is_apart: bool  #: a blank line, or the end, follows


@dataclass(frozen=True, slots=True)
class Statements:
    """What a text says about itself; None or empty where it does not."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None  #: naive where the text names no zone
    url: str | None = None
    wire: str | None = None


def find_statements(text: str) -> Statements:
    """What the lines of `text`, cleaned, state about it."""
    lines = _lines(text)
    if len(lines) < 2:
        agency = dateline_agency(text[:200])
        return Statements(
            publisher=agency.name if agency else None, wire=agency.short if agency else None
        )
    labels = _labels(lines)
    authors, publisher, agency = _byline(lines)
    publisher = labels.get("publisher") or labels.get("publication") or publisher or _owner(lines)
    publisher = publisher or _publisher_line(lines)
    agency = _dateline(lines) or agency or _credit(lines) or _author_note_agency(lines)
    # A remark is weaker than a credit: enough to count copy once, not to name a publisher.
    wire = agency if agency or publisher else remarked_agency(text)
    stated = labels.get("author") or labels.get("authors") or labels.get("by")
    return Statements(
        title=labels.get("title") or labels.get("headline") or _title(lines),
        publisher=publisher or (agency.name if agency else None),
        authors=(tuple(JOINTS.split(stated)) if stated else authors) or _author_note(lines),
        published=_published(lines, labels),
        url=web_address(labels.get("url") or labels.get("link") or ""),
        wire=wire.short if wire else None,
    )


def _lines(text: str) -> tuple[Line, ...]:
    rows = [row.strip() for row in text.split("\n")]
    return tuple(
        Line(row, not following)
        for row, following in zip(rows, [*rows[1:], ""], strict=True)
        if row
    )


def _head(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the second long paragraph, at most HEAD of them."""
    seen = 0
    head: list[Line] = []
    for line in lines[:HEAD]:
        seen += len(line.text.split()) > 30
        if seen > 1:
            break
        head.append(line)
    return head


def _ends(lines: Sequence[Line]) -> Sequence[Line]:
    return (*lines[:HEAD], *lines[max(HEAD, len(lines) - TAIL) :])


def _labels(lines: Sequence[Line]) -> dict[str, str]:
    """A header of two or more labelled lines ("Title: …", "Date: …") at the very start."""
    matches = takewhile(bool, (_LABEL.fullmatch(line.text) for line in lines[:HEAD]))
    labels = {match["key"].lower(): match["value"] for match in matches if match}
    return labels if len(labels) > 1 else {}


def _title(lines: Sequence[Line]) -> str | None:
    """The first line that is no byline, date or publisher, where it stands like a title."""
    for number, line in enumerate(lines[:5]):
        if _is_furniture(lines, number):
            continue
        return line.text.lstrip("# ").strip() if _is_title(lines, number) else None
    return None


def _is_furniture(lines: Sequence[Line], number: int) -> bool:
    line = lines[number].text
    return bool(
        parse_byline(line)
        or _date_line(line)
        or credited_agency(line)
        or (publisher_of(line) and number + 1 < len(lines) and _is_title(lines, number + 1))
    )


def _is_title(lines: Sequence[Line], number: int) -> bool:
    line, rest = lines[number], lines[number + 1 :]
    words = line.text.split()
    if (
        not rest
        or len(words) > (14 if line.text.endswith(("?", "!")) else 24)
        or len(line.text) > 200
        or _ENDS_STATEMENT.search(line.text)
        or _LABEL.fullmatch(line.text)
    ):
        return False
    if (
        (len(words) == 1 and max(line.text) < "\u2e80")  # scripts without spaces have one word
        or all(w.strip(",.&|>").lower() in GENERAL for w in words)
    ):
        return False
    if line.is_apart:
        return not line.text.endswith((">", "»", "|"))
    # No blank lines: the text must show that a line is a paragraph there, and this one none.
    ended = sum(bool(_ENDS_SENTENCE.search(other.text)) for other in rest)
    return len(rest) >= 2 and ended >= 0.7 * len(rest) and len(rest[0].text) > 0.6 * len(line.text)


def _byline(lines: Sequence[Line]) -> tuple[tuple[str, ...], str | None, Agency | None]:
    """Authors, publisher and agency of the first byline, with what the line after it adds."""
    head = _head(lines)
    for number, line in enumerate(head):
        if not (byline := parse_byline(line.text)):
            continue
        parts = (*byline.names, *byline.others)
        following = head[number + 1].text if number + 1 < len(head) else ""
        agency = next(filter(None, map(agency_named, parts)), None) or credited_agency(following)
        authors = tuple(name for name in byline.names if not agency_named(name))
        near = [part for part in byline.others if not agency_named(part)]
        near += [] if agency else [following]
        publisher = next((n for part in near if (n := publisher_of(part, by_name=True))), None)
        return authors, publisher, agency
    return (), None, None


def _publisher_line(lines: Sequence[Line]) -> str | None:
    """A line at either end that is a publisher's name and is not the title."""
    title = _title(lines)
    for line in (*_head(lines), *lines[max(len(_head(lines)), len(lines) - TAIL) :]):
        if (
            line.text != title
            and not credited_agency(line.text)
            and (found := publisher_of(line.text))
        ):
            return found
    return None


def _owner(lines: Sequence[Line]) -> str | None:
    """The owner of the copyright; pictures and agencies apart."""
    for line in _ends(lines):
        match = _RIGHTS.match(line.text)
        if match is None or PICTURE.search(line.text) or len(line.text) > 200:
            continue
        owner = re.sub(
            r"\s*\ball rights.*|\s+\d{4}$", "", match["owner"], flags=re.IGNORECASE
        ).strip()
        is_owner = match["year"] or "rights reserved" in line.text.lower()
        if is_owner and owner[:1].isupper() and not agency_named(owner):
            return owner
    return None


def _dateline(lines: Sequence[Line]) -> Agency | None:
    return next((found for line in lines[:HEAD] if (found := dateline_agency(line.text))), None)


def _credit(lines: Sequence[Line]) -> Agency | None:
    ends = [line.text for line in _ends(lines) if not PICTURE.search(line.text)]
    named = (*map(credited_agency, ends), *map(closing_agency, ends[-TAIL:]))
    return next(filter(None, named), None)


def _notes_on_author(lines: Sequence[Line]) -> Sequence[Line]:
    """The three lines under "About the author"."""
    number = next((n for n, line in enumerate(lines) if _ABOUT.fullmatch(line.text)), len(lines))
    return lines[number + 1 : number + 4]


def _author_note_agency(lines: Sequence[Line]) -> Agency | None:
    notes = (line.text for line in _notes_on_author(lines))
    return next((found for text in notes if (found := opening_agency(text))), None)


def _author_note(lines: Sequence[Line]) -> tuple[str, ...]:
    for line in _notes_on_author(lines)[:1]:
        if agency := opening_agency(line.text):
            return (agency.name,)
        if (match := _IS_A.match(line.text)) and is_name(match["name"]):
            return (match["name"],)
    return ()


def _date_line(line: str) -> date | datetime | None:
    match = _DATED.fullmatch(line.strip(" *_")) if len(line) <= 100 else None
    if match is None or line.lower().startswith(("updated", "last")):
        return None
    return parse_published(re.split(r"\s*[|•·]\s*", match["date"])[0])


def _published(lines: Sequence[Line], labels: dict[str, str]) -> date | datetime | None:
    if stated := labels.get("published") or labels.get("date"):
        return parse_published(stated)
    head = _head(lines)
    if dated := next((found for line in head if (found := _date_line(line.text))), None):
        return dated
    bylines = filter(None, (parse_byline(line.text) for line in head))
    parts = (part for byline in bylines for part in byline.others)
    return next((found for part in parts if (found := parse_published(part))), None)
