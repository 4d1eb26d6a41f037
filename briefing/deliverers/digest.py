"""An edition's brief.json -> the plain data that the templates of a message see."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from briefing.deliverers.digest_fields import (
    DigestClaim,
    DigestPerson,
    DigestPoint,
    DigestSection,
    DigestSide,
    DigestSource,
    DigestView,
)
from briefing.deliverers.edition_files import BRIEF, EditionFiles
from briefing.errors import DeliveryError
from briefing.renderers.addresses import web_address
from briefing.renderers.citing import MOST_NUMBERS
from briefing.renderers.view import KIND_LABELS, marking_class
from briefing.renderers.wording import (
    chip_of,
    clock,
    count,
    direction,
    local_day,
    long_day,
    number,
    short_day,
    shorten,
)

PREHEADER_LIMIT = 90
MOST_POINTS = 2  #: disagreements in a message; the rest are counted
MOST_SOURCES = 30
MOST_PEOPLE = 6
NEXT = ",\u00a0"  #: a citation never breaks
_LOGIN = re.compile(r"(?<=://)[^/\s@]+@")


class Digest:
    """What a message can say of an edition; `view` gives it at the length that is asked for."""

    def __init__(self, files: EditionFiles) -> None:
        try:
            self.fields: Mapping[str, Any] = json.loads(files.read(BRIEF))
            if self.fields["schema"] != "brief/1":
                raise DeliveryError(f"{files.folder / BRIEF}: not schema brief/1")
            zone = ZoneInfo(str(files.configuration.get("timezone", "UTC")))
            self.as_of = datetime.fromisoformat(self.fields["as_of"]).astimezone(zone)
            self.numbers = {r["article"]: int(r["number"]) for r in self.fields["references"]}
            self.name, self.title = str(self.fields["name"]), str(self.fields["title"])
            self.marking = str(self.fields.get("marking", ""))
            self.full = self.view(edition_number=1, claims_each=None)  # every field is looked at
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            raise DeliveryError(f"{files.folder / BRIEF}: not the brief of an edition") from error

    def view(
        self,
        *,
        edition_number: int,
        claims_each: int | None,
        has_text: bool = True,
        link: str | None = None,
        unsubscribe: str | None = None,
        attached: str = "",
        notes: tuple[str, ...] = (),
    ) -> DigestView:
        """The data of one message.

        `claims_each` bounds the claims of a section beside those of the bottom line: None for all,
        0 for no sections; without `has_text` no word of a source is in it.
        """
        brief = self.fields
        sections = [self._section(n, s, claims_each) for n, s in enumerate(brief["sections"], 1)]
        printed = sum(len(s["claims"]) for s in brief["sections"])
        cutoff = f"{short_day(self.as_of.date())}, {clock(self.as_of)}"
        articles = brief["articles"]
        points = brief["disagreements"] if has_text else []
        sources = [self._source(a) for a in articles if a["id"] in self.numbers]
        sources.sort(key=lambda source: source["number"])
        return {
            "name": self.name,
            "title": self.title,
            "title_direction": direction(self.title, brief["language"]),
            "issuer": brief.get("issuer", ""),
            "marking": self.marking,
            "marking_class": marking_class(self.marking),
            "distribution": brief.get("distribution", ""),
            "language": brief["language"],
            "direction": direction("", brief["language"]),
            "preheader": shorten(
                f"As of {cutoff}: {count(len(articles), 'article', 'articles')}, "
                f"{count(printed, 'statement', 'statements')} in "
                f"{count(len(sections), 'section', 'sections')}",
                PREHEADER_LIMIT,
            ),
            "edition_number": edition_number,
            "edition_day": long_day(self.as_of.date()),
            "cutoff": cutoff,
            "read": f"{count(len(articles), 'article', 'articles')}, "
            f"{number(sum(a['words'] for a in articles))} words",
            "bottom_line": [self._claim(c) for c in self._bottom_line()] if has_text else [],
            "sections": sections if has_text and claims_each != 0 else [],
            "differ": [self._point(point) for point in points[:MOST_POINTS]],
            "differ_more": max(len(points) - MOST_POINTS, 0),
            "missing": self._missing(),
            "source_summary": _without_logins(brief["source_summary"]),
            "sources": sources[:MOST_SOURCES] if has_text else [],
            "sources_more": max(len(sources) - MOST_SOURCES, 0) if has_text else 0,
            "link": link,
            "attached": attached,
            "notes": list(notes),
            "unsubscribe": unsubscribe,
        }

    def _bottom_line(self) -> list[Mapping[str, Any]]:
        brief = self.fields
        every = [c for s in brief["sections"] for c in (*s["claims"], *s["more"])]
        by_id = {c["id"]: c for c in (*every, *brief["unplaced"])}
        return [by_id[claim_id] for claim_id in brief["bottom_line"]]

    def _section(
        self, rank: int, section: Mapping[str, Any], claims_each: int | None
    ) -> DigestSection:
        above = set(self.fields["bottom_line"])
        # A short message says nothing twice; a whole one keeps each section whole.
        claims = [c for c in section["claims"] if claims_each is None or c["id"] not in above]
        # In short a roster says enough; its claims would name the same people again.
        most = 0 if section["people"] else claims_each
        shown = claims if claims_each is None else claims[:most]
        people = section["people"] if claims_each is None else section["people"][:MOST_PEOPLE]
        is_empty = not (section["claims"] or section["people"] or section["events"])
        return {
            "number": rank,
            "title": section["title"],
            "kind_label": KIND_LABELS.get(section["kind"], section["kind"]),
            "claims": [self._claim(claim) for claim in shown],
            "people": [self._person(person) for person in people],
            "people_more": len(section["people"]) - len(people),
            "more": len(claims) - len(shown) + len(section["more"]),
            "has_claims_above": len(claims) < len(section["claims"]),
            "gap": section["gap"] if is_empty else None,
        }

    def _claim(self, claim: Mapping[str, Any]) -> DigestClaim:
        sources, independent = claim["articles"], claim["independent"]
        support = count(sources, "source", "sources")
        if sources > 1:
            support += f", {min(max(independent, 1), sources)} independent"
            if common := claim.get("in_common"):
                support += f": {'; '.join(common)}"
        speaker, status, text = claim["speaker"], claim["status"], claim["text"]
        voice = None
        if speaker and speaker["name"] not in text:
            voice = ", ".join(part for part in (speaker["name"], speaker["role"]) if part)
        language = self._language_of(claim["passage"]["article"])
        return {
            "text": text,
            "language": language,
            "direction": direction(text, language),
            "citation": self._citation(s["article"] for s in claim["support"]),
            "support": support,
            "voice": voice,
            "status": status,
            "chip": chip_of(status),
        }

    def _language_of(self, article_id: str) -> str:
        articles = self.fields["articles"]
        return next((str(a["language"]) for a in articles if a["id"] == article_id), "en")

    def _citation(self, articles: Any) -> str:
        """`[1, 3]`, with no-break spaces; the numbers from the fifth on are counted."""
        return _bracket(sorted({self.numbers[article] for article in articles}))

    def _person(self, person: Mapping[str, Any]) -> DigestPerson:
        return {
            "name": person["name"],
            "role": person["role"],
            "citation": _bracket(sorted(person["references"])),
        }

    def _point(self, point: Mapping[str, Any]) -> DigestPoint:
        brief = self.fields
        every = [c for s in brief["sections"] for c in (*s["claims"], *s["more"])]
        by_id = {c["id"]: c for c in (*every, *brief["unplaced"])}
        sides: list[DigestSide] = [
            {
                "value": side["value"],
                "citation": self._citation(
                    s["article"] for claim_id in side["claims"] for s in by_id[claim_id]["support"]
                ),
            }
            for side in point["sides"]
        ]
        return {"about": point["about"], "sides": sides}

    def _source(self, article: Mapping[str, Any]) -> DigestSource:
        published, day = article["published"], None
        if published:
            known: date | datetime = (
                datetime.fromisoformat(published)
                if "T" in published
                else date.fromisoformat(published)
            )
            day = local_day(known, self.as_of.tzinfo)
        return {
            "number": self.numbers[article["id"]],
            "publisher": article["publisher"],
            "title": article["title"],
            "date": short_day(day) if day else None,
            "url": web_address(_without_logins(article["url"]) if article["url"] else None),
        }

    def _missing(self) -> list[str]:
        """Sentences of ours: what the sources hold nothing on, and what was not read."""
        said = []
        brief = self.fields
        empty = [
            f"{rank}, {s['title']}"
            for rank, s in enumerate(brief["sections"], 1)
            if not (s["claims"] or s["people"] or s["events"])
        ]
        if empty:
            noun = "section" if len(empty) == 1 else "sections"
            said.append(f"The sources hold nothing for {noun} {'; '.join(empty)}.")
        if problems := brief["problems"]:
            named = ", ".join(shorten(_without_logins(p["subject"]), 80) for p in problems[:3])
            more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
            said.append(f"Not read, or only in part: {named}{more}.")
        return said


def _bracket(numbers: list[int]) -> str:
    labels = [str(n) for n in numbers]
    if len(labels) > MOST_NUMBERS:
        rest = len(labels) - (MOST_NUMBERS - 1)
        labels = [*labels[: MOST_NUMBERS - 1], f"+{rest}"]
    return f"[{NEXT.join(labels)}]" if labels else ""


def _without_logins(text: str) -> str:
    """The text without what logs in to an address (`user:password@`)."""
    return _LOGIN.sub("", text)
