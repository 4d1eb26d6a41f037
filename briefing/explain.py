"""An edition folder and a claim -> why it stands where it stands and what it was merged with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from briefing.errors import BriefingError
from briefing.models import Alternative
from briefing.verify.finding import faults
from briefing.verify.shape import ArticlePart, BriefFile, ClaimPart, PassagePart

Standing = Literal["printed", "more", "unplaced"]

_ARTICLE_ID = re.compile(r"[0-9a-z]{4,64}")  # what an edition names its evidence by
_QUOTES = str.maketrans("“”„‘’‚‐‑\u00a0", "\"\"\"'''-- ")


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that holds the words asked for."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an article, and where a person finds it."""

    text: str
    file: str  #: of the article's text, from the edition folder
    start: int  #: in code points
    end: int
    first_line: int  #: of the file, from 1
    last_line: int
    reference: int | None  #: the article's number in the brief; None when it is not cited
    publisher: str | None
    title: str | None
    published: str | None  #: ISO 8601
    path: str | None  #: the file that the article was read from
    url: str | None
    wire: str | None  #: the agency whose copy the article carries


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a claim."""

    name: str
    role: str | None
    text: str  #: the words that are theirs


@dataclass(frozen=True, slots=True)
class Supporting:
    """A sentence that says a claim."""

    stretch: Stretch
    same: str | None  #: why it says the same; None for the shown sentence, and when not kept


@dataclass(frozen=True, slots=True)
class Source:
    """The supporting sentences under one name."""

    name: str  #: the agency, else the publisher, else the article's file
    sentences: tuple[int, ...]  #: places in the support, from 1
    carriers: tuple[str, ...]  #: publishers that carry the agency's copy


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that an edition tells of one claim."""

    id: str
    text: str
    standing: Standing
    section: str | None  #: title; None when unplaced
    kind: str | None  #: of the section
    place: int  #: from 1, in its list
    total: int  #: length of that list
    is_in_bottom_line: bool
    is_compared: bool  #: whether sources differ on it
    score: float  #: 0–1, how well it fits its section
    why: tuple[str, ...]
    also_fits: tuple[Alternative, ...]  #: of an unplaced claim, the sections that came nearest
    speaker: Voice | None
    status: str
    passage: Stretch
    support: tuple[Supporting, ...]  #: the shown sentence first
    articles: int
    publishers: int
    independent: int
    in_common: tuple[str, ...]  #: why its articles are not all independent: "AFP copy"
    sources: tuple[Source, ...]  #: as credits alone tell them apart, so at least `independent`


def find_claims(folder: Path, wanted: str) -> tuple[Match, ...]:
    """The claim of that id, or the claims that hold those words, whatever their case and quotes.

    Where no claim's text holds them, those with a supporting sentence that does. Raises
    BriefingError when there is none, or `folder` is no edition folder.
    """
    brief = _read_brief(folder)
    words = _plain(wanted)
    found = [claim for claim in brief.claims if claim.id == wanted.strip()]
    if words and not found:
        found = [claim for claim in brief.claims if words in _plain(claim.text)]
    if words and not found:
        found = [c for c in brief.claims if any(words in _plain(s.text) for s in c.support)]
    if not found:
        raise _no_claim(folder, wanted, brief)
    return tuple(Match(claim.id, claim.text) for claim in found)


def explain_claim(folder: Path, claim_id: str) -> Explanation:
    """Why a claim stands where it stands, and what it was merged with.

    Raises BriefingError when the edition holds no such claim, cannot be read, or its evidence
    does not hold the claim's words.
    """
    brief = _read_brief(folder)
    for standing, section, claims in _lists(brief):
        for place, claim in enumerate(claims, 1):
            if claim.id == claim_id:
                stretches = _Stretches(folder, brief)
                support = tuple(
                    Supporting(stretches.find(each, each.text), each.same or None)
                    for each in claim.support
                )
                return Explanation(
                    id=claim.id,
                    text=claim.text,
                    standing=standing,
                    section=brief.sections[section].title if section is not None else None,
                    kind=brief.sections[section].kind if section is not None else None,
                    place=place,
                    total=len(claims),
                    is_in_bottom_line=claim.id in brief.bottom_line,
                    is_compared=any(
                        claim.id in side.claims for d in brief.disagreements for side in d.sides
                    ),
                    score=claim.score,
                    why=tuple(claim.why),
                    also_fits=tuple(Alternative(a.section, a.score) for a in claim.also_fits),
                    speaker=_voice(claim),
                    status=claim.status,
                    passage=stretches.find(claim.passage, claim.text),
                    support=support,
                    articles=claim.articles,
                    publishers=claim.publishers,
                    independent=claim.independent,
                    in_common=tuple(claim.in_common),
                    sources=_sources([each.stretch for each in support]),
                )
    raise _no_claim(folder, claim_id, brief)


class _Stretches:
    """Finds stretches in the evidence of an edition; each file is read once."""

    def __init__(self, folder: Path, brief: BriefFile) -> None:
        self._folder = folder
        self._articles: Mapping[str, ArticlePart] = {a.id: a for a in brief.articles}
        self._numbers = {r.article: r.number for r in brief.references}
        self._texts: dict[str, str] = {}

    def find(self, span: PassagePart, text: str) -> Stretch:
        """Where `span` stands; a BriefingError when its file has not `text` there."""
        article = self._articles.get(span.article)
        if article is None or not _ARTICLE_ID.fullmatch(span.article):
            raise _broken(self._folder, f"no article {span.article} in brief.json")
        file = f"evidence/{span.article}.txt"
        if file not in self._texts:
            self._texts[file] = _read(self._folder, file)
        evidence = self._texts[file]
        if evidence[span.start : span.end] != text:
            raise _broken(self._folder, f"{file} has other words at {span.start}–{span.end}")
        return Stretch(
            text=text,
            file=file,
            start=span.start,
            end=span.end,
            first_line=evidence.count("\n", 0, span.start) + 1,
            last_line=evidence.count("\n", 0, span.end) + 1,
            reference=self._numbers.get(span.article),
            publisher=article.publisher,
            title=article.title,
            published=article.published,
            path=article.path,
            url=article.url,
            wire=article.wire,
        )


def _lists(brief: BriefFile) -> Iterator[tuple[Standing, int | None, list[ClaimPart]]]:
    for number, section in enumerate(brief.sections):
        yield "printed", number, section.claims
        yield "more", number, section.more
    yield "unplaced", None, brief.unplaced


def _voice(claim: ClaimPart) -> Voice | None:
    speaker = claim.speaker
    return Voice(speaker.name, speaker.role, speaker.text) if speaker else None


def _sources(stretches: list[Stretch]) -> tuple[Source, ...]:
    """The sentences by agency, else publisher, else article, in order of the first."""
    places: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    carriers: dict[str, dict[str, None]] = {}
    for place, stretch in enumerate(stretches, 1):
        name = stretch.wire or stretch.publisher
        key = name.casefold() if name else stretch.file
        names.setdefault(key, name or stretch.path or stretch.url or stretch.file)
        places.setdefault(key, []).append(place)
        carried_by = carriers.setdefault(key, {})
        if stretch.wire and stretch.publisher and stretch.publisher.casefold() != key:
            carried_by[stretch.publisher] = None
    return tuple(Source(names[key], tuple(places[key]), tuple(carriers[key])) for key in places)


def _read_brief(folder: Path) -> BriefFile:
    if not (folder / "brief.json").is_file():
        raise BriefingError(
            f"{folder}: not an edition folder", hint="name a folder that holds brief.json"
        )
    try:
        return BriefFile.model_validate_json(_read(folder, "brief.json"))
    except ValidationError as error:
        first = next(faults("brief.json", error))
        raise _broken(folder, f"{first.subject}: {first.reason}") from error


def _read(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_bytes().decode()
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        raise _broken(folder, f"{name}: {cause}") from error
    except UnicodeDecodeError as error:
        raise _broken(folder, f"{name}: not UTF-8") from error


def _broken(folder: Path, cause: str) -> BriefingError:
    return BriefingError(
        f"{folder}: {cause}", hint=f"`brief verify {folder}` lists all that does not hold"
    )


def _no_claim(folder: Path, wanted: str, brief: BriefFile) -> BriefingError:
    ids = [claim.id for claim in brief.claims]
    hint = f"ids run from {ids[0]} to {ids[-1]}; or give some words of one claim" if ids else ""
    return BriefingError(f"{folder}: no claim '{wanted}'", hint=hint)


def _plain(text: str) -> str:
    """`text` as a person would type it: one case, one kind of quote, single spaces."""
    return " ".join(text.translate(_QUOTES).casefold().split())
