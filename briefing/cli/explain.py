"""`brief explain`: an edition folder and a claim -> why it stands where it stands."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import complain, note, reporting, safe_text, say, start_logging
from briefing.cli.options import DebugOption, JsonOption

if TYPE_CHECKING:
    from briefing.explain import Explanation, Match, Stretch

_SCHEMA = "brief-explain/1"
_WIDEST = 100  #: longer lines are hard to read, however wide the terminal
_NARROWEST = 40
_MOST_MATCHES = 10


def explain(
    edition: Annotated[Path, typer.Argument(metavar="EDITION", help="An edition folder.")],
    claim: Annotated[
        str,
        typer.Argument(metavar="CLAIM", help="A claim's id, such as c12, or some of its words."),
    ],
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say why a claim stands where it stands, and what it was merged with and why.

    Ends with 2 when there is no such claim, or several hold the words; then they are listed.
    """
    from briefing.explain import explain_claim, find_claims

    start_logging()
    with reporting(debug, code=2):
        matches = find_claims(edition, claim)
        if len(matches) > 1:
            _list(claim, matches)
            raise typer.Exit(2)
        explanation = explain_claim(edition, matches[0].id)
    if is_json:
        fields = {"schema": _SCHEMA, "edition": str(edition), **asdict(explanation)}
        say(json.dumps(fields))
    else:
        say("\n".join(_lines(explanation)))


def _list(wanted: str, matches: tuple[Match, ...]) -> None:
    complain(f"{len(matches)} claims hold '{wanted}'", "give the id of one, or more of its words")
    for match in matches[:_MOST_MATCHES]:
        text = textwrap.shorten(match.text, _width() - len(match.id) - 4, placeholder=" …")
        note(f"  {safe_text(match.id)}  {safe_text(text)}")
    if len(matches) > _MOST_MATCHES:
        note(f"  and {len(matches) - _MOST_MATCHES} more")


def _lines(explanation: Explanation) -> Iterator[str]:
    yield from _wrapped(f"{explanation.id}: {_standing(explanation)}")
    yield ""
    yield from _wrapped(explanation.text, 2)
    yield ""
    yield from _labelled("Said by", _voice(explanation))
    yield from _labelled("Status", explanation.status)
    yield from _labelled("Article", _article(explanation.passage))
    yield from _labelled("Passage", _place(explanation.passage))
    yield ""
    yield from _placement(explanation)
    yield ""
    yield from _support(explanation)
    yield ""
    yield from _counting(explanation)


def _standing(explanation: Explanation) -> str:
    rank = f"{explanation.place} of {explanation.total}"
    where = f"“{explanation.section}” ({explanation.kind})"
    match explanation.standing:
        case "printed":
            text = f"printed in {where}, {rank}"
        case "more":
            text = f"belongs in {where}, beyond its limit, {rank} there"
        case "unplaced":
            why = "sources differ on it" if explanation.is_compared else "condensing chose it"
            text = f"unplaced, {rank}: {why}, and it fits no section well enough"
    return f"{text}; also in the bottom line" if explanation.is_in_bottom_line else text


def _voice(explanation: Explanation) -> str:
    speaker = explanation.speaker
    if speaker is None:
        return "nobody named; the article itself"
    name = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    return f"{name}: {speaker.text}" if speaker.text else name


def _placement(explanation: Explanation) -> Iterator[str]:
    is_placed = explanation.standing != "unplaced"
    if is_placed:
        yield f"Why it stands there (fit {explanation.score:.2f})"
        for reason in explanation.why or ("no reason was kept",):
            yield from _wrapped(reason, 2)
    if not explanation.also_fits:
        yield "It fits no other section." if is_placed else "No section comes near."
        return
    yield "It would also fit" if is_placed else "What came nearest"
    for other in explanation.also_fits:
        moved = is_placed and other.score > explanation.score
        remark = ", better: moved from a full section, or to one nearly empty" if moved else ""
        yield from _wrapped(f"“{other.section}” (fit {other.score:.2f}{remark})", 2)


def _support(explanation: Explanation) -> Iterator[str]:
    count = len(explanation.support)
    if count == 1:
        yield "One sentence says it; it was merged with no other."
        if explanation.support[0].stretch == explanation.passage:
            return
    else:
        yield f"{count} sentences say it"
    for number, each in enumerate(explanation.support, 1):
        label = f"  {number}. "
        first, *rest = _wrapped(_article(each.stretch), len(label))
        yield label + first.strip()
        yield from rest
        yield from _wrapped(_place(each.stretch), len(label))
        yield from _wrapped(each.stretch.text, len(label))
        if number == 1:
            reason = "the sentence shown"
        elif each.same:
            reason = f"the same, by {each.same}"
        else:
            reason = "the same; why was not kept in this edition"
        yield from _wrapped(f"→ {reason}", len(label))


def _counting(explanation: Explanation) -> Iterator[str]:
    yield from _wrapped(
        f"Independent sources: {explanation.independent}"
        f" (articles {explanation.articles}, publishers {explanation.publishers})"
    )
    for source in explanation.sources:
        places = ", ".join(str(place) for place in source.sentences)
        carried = f"; its copy is carried by {', '.join(source.carriers)}" * bool(source.carriers)
        sentences = "sentence" if len(source.sentences) == 1 else "sentences"
        yield from _wrapped(f"{source.name}: {sentences} {places}{carried}", 2)
    if explanation.in_common:
        common = "; ".join(explanation.in_common)
        yield from _wrapped(f"Counted once for what they have in common: {common}.", 2)


def _article(stretch: Stretch) -> str:
    number = f"[{stretch.reference}] " if stretch.reference is not None else ""
    facts = (
        stretch.publisher or "publisher unknown",
        f"“{stretch.title}”" if stretch.title else None,
        stretch.published or "undated",
        stretch.path or stretch.url,
    )
    return number + ", ".join(fact for fact in facts if fact)


def _place(stretch: Stretch) -> str:
    first, last = stretch.first_line, stretch.last_line
    lines = f"line {first}" if first == last else f"lines {first}–{last}"
    return f"{stretch.file}, {lines}, characters {stretch.start}–{stretch.end}"


def _labelled(label: str, text: str) -> Iterator[str]:
    first, *rest = _wrapped(text, 9)
    yield f"{label:<9}{first.strip()}"
    yield from rest


def _wrapped(text: str, indent: int = 0) -> list[str]:
    """`text` in lines of the terminal's width; whatever is not a letter in it made visible."""
    margin = " " * indent
    shown = safe_text(" ".join(text.split()))
    return textwrap.wrap(
        shown,
        _width(),
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [margin]


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
