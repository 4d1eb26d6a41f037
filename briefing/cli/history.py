"""`brief history` and `brief backup`: what the store remembers, shown and copied."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.console import complain, reporting, safe_text, say
from briefing.cli.options import ConfigOption, DebugOption, JsonOption, complete_names, open_config
from briefing.cli.state import clock, opened_store
from briefing.config import no_such

if TYPE_CHECKING:
    from briefing.store.archive import Store
    from briefing.store.rows import EditionRow

_SCHEMA = "brief-history/1"
#: States in a reader's words, where the store's own are of use to programs alone.
_STATES = {"released": "waiting to be tried again", "building": "being made"}


def history(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A brief; default: all in the store.",
            show_default=False,
            autocompletion=complete_names,
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Argument(
            metavar="EDITION",
            help="One edition of it, by number or period: what it was made of, who got it.",
            show_default=False,
        ),
    ] = None,
    config: ConfigOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many editions.")] = 20,
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Show the editions that were due: what became of each, and to whom it went."""
    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            if edition is None or name is None:
                rows = store.editions(name, limit)
            else:
                row = store.find_edition(name, edition)
                rows = (row,) if row else ()
            if name is not None and not rows:
                known = sorted({each.brief for each in store.editions(None, 10_000)})
                _nothing(name, edition, known, [spec.name for spec in found.briefs])
            facts = [_facts(store, row, is_whole=edition is not None) for row in rows]
    if is_json:
        say(json.dumps({"schema": _SCHEMA, "editions": facts}))
    elif not facts:
        say("no edition was ever due")
    for each in [] if is_json else facts:
        say("\n".join(map(safe_text, _lines(each, is_whole=edition is not None))))


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="FILE", help="The copy; a file that does not exist yet.")
    ],
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Copy the store into a file, also while it is in use.

    To restore it, stop whatever runs `brief`, and put the copy where the store was.
    """
    with reporting(debug):
        found = open_config(config)
        with opened_store(found) as store:
            store.backup(target, now=clock())
    say(safe_text(str(target)))


def _nothing(name: str, edition: str | None, stored: list[str], configured: list[str]) -> None:
    if name in stored:
        complain(f"{name}: no edition '{edition}'", f"`brief history {name}` lists them")
        raise typer.Exit(2)
    if name not in configured:
        complain(no_such(name, sorted({*stored, *configured})))
        raise typer.Exit(2)


def _facts(store: Store, row: EditionRow, *, is_whole: bool) -> dict[str, Any]:
    messages = store.outbox(edition=row.edition_id)
    facts: dict[str, Any] = {
        "brief": row.brief,
        "period": row.period,
        "state": row.state,
        "number": row.number,
        "reason": row.reason or None,
        "folder": row.folder or None,
        "articles": row.article_count,
        "claims": row.claim_count,
        "settled": row.settled.isoformat() if row.settled else None,
        "attempts": row.attempts,
        "messages": dict(sorted(Counter(each.state for each in messages).items())),
    }
    if is_whole:
        facts["made_of"] = [
            {
                "subject": each.subject,
                "title": each.title or None,
                "publisher": each.publisher or None,
                "published": each.published or None,
                "sha256": each.sha256,
            }
            for each in store.articles_of(row.edition_id)
        ]
        facts["sent_to"] = [
            {
                "id": each.id,
                "recipient": each.recipient,
                "state": each.state,
                "changed": each.changed.isoformat(),
                "attempts": each.attempts,
                "reply": each.last_reply or None,
            }
            for each in messages
        ]
        facts["left_out"] = [
            {"subject": each.subject, "reason": each.reason}
            for each in store.left_out_of(row.edition_id)
        ]
    return facts


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _lines(facts: dict[str, Any], *, is_whole: bool) -> Iterator[str]:
    number = f"  number {facts['number']}" if facts["number"] else ""
    state = _STATES.get(facts["state"], facts["state"])
    yield f"{facts['brief']}  {facts['period']}  {state}{number}"
    if facts["settled"]:
        made = (
            f"  {_counted(facts['articles'], 'article')}, {_counted(facts['claims'], 'statement')}"
        )
        yield f"  {facts['settled'][:16].replace('T', ' ')} UTC{made if facts['number'] else ''}"
    if facts["folder"]:
        yield f"  {facts['folder']}"
    if facts["reason"]:
        yield f"  {facts['reason']}"
    if facts["messages"] and not is_whole:
        counted = ", ".join(f"{count} {state}" for state, count in facts["messages"].items())
        yield f"  messages: {counted}"
    if not is_whole:
        return
    for title, lines in (
        ("made of", [_article(each) for each in facts["made_of"]]),
        ("left out", [f"{each['subject']}: {each['reason']}" for each in facts["left_out"]]),
        ("went to", [_message(each) for each in facts["sent_to"]]),
    ):
        if lines:
            yield f"  {title}:"
            yield from (f"    {line}" for line in lines)


def _article(each: dict[str, Any]) -> str:
    known = (each["publisher"], each["title"], each["published"])
    return "; ".join([each["subject"], *(fact for fact in known if fact)])


def _message(each: dict[str, Any]) -> str:
    reply = f"; {each['reply']}" if each["reply"] else ""
    when = each["changed"][:16].replace("T", " ")
    return f"{each['id']}  {each['recipient']}: {each['state']} {when} UTC{reply}"
