"""brief.json and its evidence -> what of it does not hold: slices cut, references counted anew."""

from __future__ import annotations

import html
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from zipfile import BadZipFile, ZipFile

from pydantic import ValidationError

from briefing.verify.finding import Finding, faults
from briefing.verify.shape import ArticlePart, BriefFile, ClaimPart, PassagePart


def check_brief(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What does not hold in brief.json, given the contents of every file of the edition by path."""
    if "brief.json" not in contents:
        yield Finding("brief.json", "missing")
        return
    try:
        brief = BriefFile.model_validate_json(contents["brief.json"])
    except ValidationError as error:
        yield from faults("brief.json", error)
        return
    texts: dict[str, str] = {}
    for article in brief.articles:
        yield from _check_evidence(article, contents, texts)
    known = {f"evidence/{article.id}.txt" for article in brief.articles}
    for path in contents:
        if path.startswith("evidence/") and path not in known:
            yield Finding(path, "evidence of no article in brief.json")
    for claim in brief.claims:
        yield from _check_claim(claim, brief, texts)
    yield from _check_ids(brief)
    yield from _check_origins(brief)
    yield from _check_references(brief)
    yield from _check_pointers(brief)
    yield from _check_quotations(brief, texts)
    yield from _check_disagreements(brief)
    yield from _check_overlaps(brief)
    for name in ("brief.md", "brief.html", "brief.txt", "brief.docx"):
        if name in contents:
            yield from _check_print(name, contents[name], brief)


def _check_evidence(
    article: ArticlePart, contents: Mapping[str, bytes], texts: dict[str, str]
) -> Iterator[Finding]:
    path = f"evidence/{article.id}.txt"
    content = contents.get(path)
    if content is None:
        yield Finding(path, "missing")
        return
    if sha256(content).hexdigest() != article.sha256:
        yield Finding(path, "changed: not the text that brief.json was made from")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        yield Finding(path, "not UTF-8")
        return
    if article.id in texts:
        yield Finding(f"article {article.id}", "listed twice")
    texts[article.id] = text
    if article.words != len(text.split()):
        yield Finding(
            f"article {article.id}", f"words: {article.words}, but the text has {len(text.split())}"
        )
    for span in article.summary:
        if not 0 <= span.start < span.end <= len(text):
            yield Finding(f"article {article.id}", f"summary: no text at {span.start}–{span.end}")
    for before, after in pairwise(article.summary):
        if after.start < before.end:
            yield Finding(f"article {article.id}", "summary: not in reading order")


def _check_claim(claim: ClaimPart, brief: BriefFile, texts: Mapping[str, str]) -> Iterator[Finding]:
    subject = f"claim {claim.id}"
    yield from _check_slice(subject, "passage", claim.passage, claim.text, texts)
    for support in claim.support:
        yield from _check_slice(subject, "support", support, support.text, texts)
    if not any(_lies_in(support, claim.passage) for support in claim.support):
        yield Finding(subject, "no support lies in its own passage")
    said_by = {support.article for support in claim.support}
    if claim.articles != len(said_by):
        yield Finding(subject, f"articles: {claim.articles}, but {len(said_by)} support it")
    names = {a.publisher or a.id for a in brief.articles if a.id in said_by}
    if claim.publishers != len(names):
        yield Finding(subject, f"publishers: {claim.publishers}, but {len(names)} support it")
    if claim.independent > claim.articles:
        yield Finding(subject, f"independent: {claim.independent} of {claim.articles} articles")
    if claim.speaker and claim.speaker.text:
        within = (claim.text, *(support.text for support in claim.support))
        if not any(claim.speaker.text in text for text in within):
            yield Finding(subject, "the speaker's words are not in it")


def _check_slice(
    subject: str, part: str, span: PassagePart, text: str, texts: Mapping[str, str]
) -> Iterator[Finding]:
    if span.article not in texts:
        yield Finding(subject, f"{part}: no evidence of article {span.article}")
        return
    evidence = texts[span.article]
    if not span.start < span.end <= len(evidence):
        yield Finding(subject, f"{part}: no text at {span.start}–{span.end} of {span.article}")
    elif evidence[span.start : span.end] != text:
        yield Finding(
            subject, f"{part}: not the words at {span.start}–{span.end} of {span.article}"
        )


def _lies_in(inner: PassagePart, outer: PassagePart) -> bool:
    return inner.article == outer.article and outer.start <= inner.start < inner.end <= outer.end


def _check_ids(brief: BriefFile) -> Iterator[Finding]:
    for name, count in Counter(claim.id for claim in brief.claims).items():
        if count > 1:
            yield Finding(f"claim {name}", f"its id stands {count} times; a claim stands once")


def _check_origins(brief: BriefFile) -> Iterator[Finding]:
    """Every article belongs to one independent source; editions before these have none."""
    if not brief.independent_sources:
        return
    counts = Counter(name for origin in brief.independent_sources for name in origin.articles)
    known = {article.id for article in brief.articles}
    for name in counts.keys() | known:
        if name not in known:
            yield Finding("independent_sources", f"no article {name}")
        elif counts[name] != 1:
            yield Finding("independent_sources", f"article {name} stands {counts[name]} times")
    for claim in brief.claims:
        if claim.independent < claim.articles and not claim.in_common:
            yield Finding(f"claim {claim.id}", "not all independent, but no reason given")


def _check_references(brief: BriefFile) -> Iterator[Finding]:
    """Numbered 1, 2, 3 … as the bottom line, then what differs, then the sections use them."""
    if [r.number for r in brief.references] != list(range(1, len(brief.references) + 1)):
        yield Finding("references", "not numbered 1, 2, 3 …")
    numbered = [r.article for r in brief.references]
    known = {article.id for article in brief.articles}
    for reference in brief.references:
        if reference.article not in known:
            yield Finding(f"reference {reference.number}", f"no article {reference.article}")
    by_id = {claim.id: claim for claim in brief.printed}
    first = [by_id[name] for name in brief.bottom_line if name in by_id]
    of_number = {reference.number: reference.article for reference in brief.references}
    every = {claim.id: claim for claim in brief.claims}
    compared = [name for d in brief.disagreements for side in d.sides for name in side.claims]
    first += [every[name] for name in compared if name in every]
    used = dict.fromkeys(s.article for claim in first for s in claim.support)
    for section in brief.sections:
        for person in section.people:
            cited = (of_number[n] for n in sorted(person.references) if n in of_number)
            used.update(dict.fromkeys(cited))
        used.update(dict.fromkeys(s.article for claim in section.claims for s in claim.support))
    for article in used:
        if article not in numbered:
            yield Finding("references", f"article {article} is cited and has no number")
    if [article for article in numbered if article in used] != [a for a in used if a in numbered]:
        yield Finding("references", "not numbered in the order of their first use")


def _check_pointers(brief: BriefFile) -> Iterator[Finding]:
    known = {claim.id for claim in brief.claims}
    numbers = {reference.number for reference in brief.references}
    pointers = [("bottom_line", brief.bottom_line)]
    pointers += [(f"person {p.name}", p.claims) for s in brief.sections for p in s.people]
    pointers += [
        ("event", [event.claim, *event.also]) for s in brief.sections for event in s.events
    ]
    pointers += [
        (f"disagreement on {d.about}", side.claims) for d in brief.disagreements for side in d.sides
    ]
    pointers += [(f"question {q.question}", q.claims) for s in brief.sections for q in s.questions]
    for subject, claims in pointers:
        for name in claims:
            if name not in known:
                yield Finding(subject, f"points at claim {name}, which does not exist")
    for section in brief.sections:
        for person in section.people:
            for number in person.references:
                if number not in numbers:
                    yield Finding(f"person {person.name}", f"reference {number} does not exist")


def _check_disagreements(brief: BriefFile) -> Iterator[Finding]:
    """Two sides at least, no claim on both, and each value in the words of a claim of its side."""
    by_id = {claim.id: claim for claim in brief.claims}
    for point in brief.disagreements:
        subject = f"disagreement on {point.about}"
        if len(point.sides) < 2:
            yield Finding(subject, "fewer than two sides")
        names = Counter(name for side in point.sides for name in side.claims)
        for name, count in names.items():
            if count > 1:
                yield Finding(subject, f"claim {name} stands on {count} sides")
        for side in point.sides:
            claims = [by_id[name] for name in side.claims if name in by_id]
            texts = [text for c in claims for text in (c.text, *(s.text for s in c.support))]
            if not side.claims:
                yield Finding(subject, f"no claim holds {side.value!r}")
            elif claims and not any(side.value in text for text in texts):
                yield Finding(subject, f"{side.value!r} is in none of its claims")


def _check_quotations(brief: BriefFile, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Each quotation is a slice, inside the printed passage of a claim that has a speaker."""
    by_id = {claim.id: claim for claim in brief.printed}
    for rank, quotation in enumerate(brief.quotations, 1):
        subject = f"quotation {rank}"
        yield from _check_slice(subject, "text", quotation, quotation.text, texts)
        claim = by_id.get(quotation.claim)
        if claim is None:
            yield Finding(subject, f"claim {quotation.claim} is not printed")
        elif claim.speaker is None:
            yield Finding(subject, f"claim {quotation.claim} has no speaker")
        elif not _lies_in(quotation, claim.passage):
            yield Finding(subject, f"stands outside the passage of claim {quotation.claim}")


def _check_overlaps(brief: BriefFile) -> Iterator[Finding]:
    """No stretch of an article is printed in two passages."""
    printed = sorted(
        brief.printed, key=lambda c: (c.passage.article, c.passage.start, c.passage.end)
    )
    reach: ClaimPart | None = None  # the claim that ends furthest on
    for claim in printed:
        if reach is None or claim.passage.article != reach.passage.article:
            reach = claim
            continue
        if claim.passage.start < reach.passage.end:
            yield Finding(f"claim {claim.id}", f"prints words that claim {reach.id} prints too")
        reach = max(reach, claim, key=lambda c: c.passage.end)


def _check_print(name: str, content: bytes, brief: BriefFile) -> Iterator[Finding]:
    """Every printed claim stands in the document, whatever marks stand around its words."""
    page = content.decode(errors="replace")
    if name == "brief.docx":
        try:
            with ZipFile(BytesIO(content)) as archive:
                page = archive.read("word/document.xml").decode(errors="replace")
        except (BadZipFile, KeyError, NotImplementedError, zlib.error) as error:
            yield Finding(name, f"not a word processor's file: {error}")
            return
    if name in ("brief.html", "brief.docx"):
        page = re.sub(r"(?is)<(script|style)\b.*?</\1>|<[^>]*>", "", page)
    # Markdown may print "&" as it is or as an entity; the words must stand in one reading.
    readings = {_letters(html.unescape(page)), _letters(page)}
    for claim in brief.printed:
        if not any(_letters(claim.text) in letters for letters in readings):
            yield Finding(name, f"does not print the words of claim {claim.id}")


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
