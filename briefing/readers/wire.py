"""The lines of an article -> the news agency whose copy it carries, where a credit says so.

That an agency is quoted ("… reported") makes nobody's text its copy; only a credit does: a
dateline, a byline, a copyright line, a line that is the agency's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.text.tables import load_table

_DATELINE = re.compile(
    r"(?:[^\W\d_][^()\n.!?]{1,50}(?:\.[^()\n.!?]{0,30}){0,3})?"
    r"\((?P<names>[^()\n]{2,40})\)\s*(?:—|–|--|-|_|:)"
)
_CLOSING = re.compile(
    r"[.!?][\"'”’)]*\s+(?P<name>(?:—|–|--|-)\s?[^\W\d_][^.\n]{1,30}|\([^()\n]{2,30}\))$"
)
_ABBREVIATION = re.compile(r"(?!(?:US|USA|UK|UN|EU|DC|NY|LA|UAE|USSR)$)[A-Z]{3,6}")
_IS_AGENCY = re.compile(r"\b(?:news|press) (?:agency|service)$|\bnewswires?$", re.IGNORECASE)
_CREDIT = re.compile(
    r"""(?ix)
    (?: [—–-]+\s* | \(\s* | source\s*:\s* | by\s+ | (?:text|story|report)\s*:\s*
      | (?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4})?,?\s*(?:by\s+)?
    )?
    (?P<name> .{2,60}? )
    (?: \s*\)
      | \.?\s+all\ rights\ reserved\b.*
      | (?:\s*,?\s+(?:in|at)\s+|,\s*) (?P<place> \w[\w\ ]{1,30})
      | /[a-z]{2,4}(?:/[a-z]{2,4})?
      | \s+\d{4} )?
    \.?\s*
    """
)
_REMARK = (
    r"(?:told\s+(?:the\s+)?{name}\b"
    r"|\b(?:[Aa]n?|[Tt]he)\s+{name}\s+(?:reporter|correspondent|journalist|photographer)s?\b)"
)


@dataclass(frozen=True, slots=True)
class Agency:
    """A news agency."""

    short: str  #: what a brief calls it, such as "AFP"
    name: str  #: in full
    country: str  #: ISO 3166-1; "" for one that no table knows
    is_ambiguous: bool  #: its abbreviation is a word or a region too
    spellings: tuple[str, ...]  #: every name that credits use, the two above included


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """Every agency of the packaged table."""
    return tuple(
        Agency(
            short=row["short"],
            name=row["name"],
            country=row["country"],
            is_ambiguous=row.get("ambiguous", False),
            spellings=tuple(dict.fromkeys((row["short"], row["name"], *row["also"]))),
        )
        for row in load_table("wire_agencies")["agency"]
    )


@lru_cache(maxsize=1)
def _by_spelling() -> dict[str, Agency]:
    # The first agency of a spelling keeps it: the table has the best known first.
    table: dict[str, Agency] = {}
    for agency in agencies():
        for spelling in agency.spellings:
            table.setdefault(spelling if spelling.isupper() else spelling.casefold(), agency)
    return table


def agency_named(words: str) -> Agency | None:
    """The agency that `words` name, and nothing else; None when they do not.

    Abbreviations count in capitals only: "map" and "spa" are words.
    """
    words = " ".join(words.split()).strip(" .,;:").removeprefix("The ").removeprefix("the ")
    if not 2 <= len(words) <= 60:
        return None
    full = re.fullmatch(r"(.+?)\s*\(([^()]{2,12})\)", words)
    if full:
        return agency_named(full[1]) or agency_named(full[2])
    return _by_spelling().get(words) or _by_spelling().get(words.casefold())


def opening_agency(words: str) -> Agency | None:
    """The agency whose name or abbreviation opens `words`, as in "… (AFP) is a news agency"."""
    match = re.match(r"(?:the\s+)?([^,.;:]{2,60}?)\s+(?:is|was)\b", words, re.IGNORECASE)
    return agency_named(match[1]) if match else None


def dateline_agency(line: str) -> Agency | None:
    """The agency of "SEOUL, Sept 12 (Reuters) - …"; None without one, or with several.

    An abbreviation there is an agency's even when no table knows it.
    """
    match = _DATELINE.match(line)
    return _named_or_new(match["names"]) if match else None


def closing_agency(line: str) -> Agency | None:
    """The agency of a text that ends with "… . – AFP" or "… . (AFP)"."""
    match = _CLOSING.search(line)
    return _named_or_new(match["name"].strip("()—–- ")) if match else None


def _named_or_new(words: str) -> Agency | None:
    if known := agency_named(words):
        return known
    is_abbreviation = _ABBREVIATION.fullmatch(words) is not None
    return Agency(words, words, "", False, (words,)) if is_abbreviation else None


def credited_agency(line: str) -> Agency | None:
    """The agency that a whole line credits: "AFP", "Source: AFP", "© 2023 AFP."."""
    match = _CREDIT.fullmatch(line) if len(line) <= 160 else None
    agency = agency_named(match["name"]) if match else None
    if match is None or agency is None or agency_named(match["place"] or ""):
        return None  # "AFP, Reuters" is the copy of neither
    is_bare = match["name"].isupper() and match["name"] == line.strip(" .")
    return None if is_bare and agency.is_ambiguous else agency


def remarked_agency(text: str) -> Agency | None:
    """The one agency that people told things, or whose reporters saw them, twice or more.

    Weaker than a credit: to be asked only where the text names no publisher.
    """
    remarks = {
        agency: len(re.findall(_REMARK.format(name=_alternatives(agency)), text))
        for agency in agencies()
        if any(spelling in text for spelling in agency.spellings)
    }
    made = [agency for agency, count in remarks.items() if count]
    return made[0] if len(made) == 1 and remarks[made[0]] >= 2 else None


def _alternatives(agency: Agency) -> str:
    return f"(?:{'|'.join(re.escape(s) for s in sorted(agency.spellings, key=len, reverse=True))})"


def copy_of(names: Sequence[str]) -> str | None:
    """The short name of the first agency among the names of publishers and authors.

    A name that says "news agency" is one, known or not.
    """
    for name in names:
        if agency := agency_named(name):
            return agency.short
        if _IS_AGENCY.search(name):
            return name
    return None
