"""`brief check` and `brief schema`: what a configuration says, and what one may say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from briefing.cli.console import caution, reporting, safe_text, say, warn
from briefing.cli.options import ConfigOption, DebugOption, open_config, shown
from briefing.cli.schedule import times
from briefing.config import (
    BriefSpec,
    Config,
    SectionSpec,
    SourceSpec,
    configuration_markdown,
    every_deliverer,
)
from briefing.config import schema as make_schema
from briefing.models import Problem


def check(config: ConfigOption = None, debug: DebugOption = False) -> None:
    """Say how a configuration is understood.

    When it cannot be used, every mistake in it is named, with its line and column.
    """
    from briefing.yardstick import check_notes

    with reporting(debug):
        found = open_config(config, needs_passwords=True)
    for name in _open_passwords(found):
        warn(Problem(name, "can be read by others; `chmod 600` keeps the password to yourself"))
    for mistake in check_notes(found.notes):
        caution(mistake)
    count = len(found.briefs)
    say(f"{safe_text(shown(found.path))}: {count} brief{'s' if count > 1 else ''}, no mistakes")
    for spec in found.briefs:
        say("\n".join(["", *map(safe_text, _lines(spec))]))


def schema(
    is_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page docs/configuration.md instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of config.yaml, for editors."""
    from briefing.rankers import RANKERS

    if is_markdown:
        say(configuration_markdown(RANKERS).rstrip("\n"))
    else:
        say(json.dumps(make_schema(RANKERS), indent=2, ensure_ascii=False))


def _open_passwords(config: Config) -> tuple[str, ...]:
    """The files of passwords that are not for this user alone."""
    from briefing.deliverers.passwords import is_open_to_others

    deliveries = every_deliverer(config.briefs).values()
    files = [each.mail.smtp.password_file for each in deliveries if each.mail is not None]
    return tuple(
        file
        for file in dict.fromkeys(filter(None, files))
        if is_open_to_others(config.path.parent / file)
    )


def _lines(spec: BriefSpec) -> Iterator[str]:
    yield f"{spec.name}: {spec.title}"
    yield f"  formats: {', '.join(spec.formats)}"
    yield f"  language: {spec.language}; time zone: {spec.timezone}"
    length = spec.condense.length
    share = length if isinstance(length, str) else f"{length} sentences"
    yield f"  condense: {spec.condense.method}, {share} of each article"
    if spec.publishers is not None:
        count = len(spec.publishers.entries)
        yield f"  publishers: {spec.publishers.path}, {count} publisher{'s' * (count != 1)}"
    if spec.notes:
        yield f"  notes: {len(spec.notes)}"
    if spec.schedule is not None:
        yield f"  next editions: {', '.join(times(spec, 3))}"
    for deliver in spec.deliver:
        if deliver.mail is not None:
            count = len(deliver.mail.recipients)
            people = "1 recipient" if count == 1 else f"{count} recipients"
            yield f"  mail: {people}, by {deliver.mail.smtp.host}"
        elif deliver.folder is not None:
            yield f"  folder: {deliver.folder.path}"
    yield "  sources:"
    for source in spec.sources:
        yield f"    {_source(source)}"
    yield "  sections:"
    for section in spec.sections:
        yield f"    {_section(section)}"


def _source(source: SourceSpec) -> str:
    facts = source.model_dump(mode="json", exclude_defaults=True)
    first = next(key for key in ("path", "feed", "url") if key in facts)
    location = f"{first} {facts.pop(first)}"
    given = "; ".join(f"{key}: {value}" for key, value in facts.items())
    return f"{location} ({given})" if given else location


def _section(section: SectionSpec) -> str:
    asked = [f"{section.title} ({section.kind}): at most {section.limit}"]
    for label, words in (("keywords", section.keywords), ("actors", section.actors)):
        if words:
            asked.append(f"{label}: {', '.join(words)}")
    if section.notes:
        asked.append(f"notes: {len(section.notes)}")
    if section.questions:
        asked.append(f"questions: {len(section.questions)}")
    return "; ".join(asked)
