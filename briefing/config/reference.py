"""The specs -> a JSON Schema for editors, and the page docs/configuration.md."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from briefing.config.delivery import DeliverSpec, FolderSpec, MailSpec, ScheduleSpec, SmtpSpec
from briefing.config.notes import NoteSpec
from briefing.config.publishers import PublisherSpec
from briefing.config.specs import (
    BriefSpec,
    BudgetSpec,
    CondenseSpec,
    DefaultsSpec,
    FileSpec,
    SectionBudget,
    SectionSpec,
    SourceSpec,
)
from briefing.config.values import Spec, write_span

_NAME_PATTERN = "^[a-z0-9][a-z0-9-]{0,79}$"

_EXAMPLE = """\
version: 1
defaults:
  timezone: Europe/Berlin
  formats: [markdown, html, pdf, json]
briefs:
  harbour:
    title: "Harbour strike: where it stands"
    sources:
      - path: articles/*.txt
      - path: articles/first-report.html
        publisher: The Daily Example
        published: 2024-05-17T08:00:00+02:00
        url: https://example.org/first-report
    condense: {method: lex-rank, length: 30%}
    sections:
      - title: What happens when
        kind: timeline
        description: When talks, votes and walkouts take place.
        keywords: [talks, vote, walkout, deadline]
        limit: 8
      - {title: Who is involved, kind: people}
      - title: The government's view
        kind: statements
        actors: [Ministry of Transport, government]
"""

_PAGE = """\
# Configuration

This page is generated: `brief schema --markdown > docs/configuration.md`.

`brief` reads one YAML file, `config.yaml`, found upwards from the working directory or named \
with `--config`.
Relative paths in it start at its folder; so do the folders `templates/` and `out/`.
`brief init` writes one to begin with, `brief check` says what was understood, or every mistake \
at once with its line and column.
In a key such as `briefs.harbour.sections.1.kind` the items of a list count from 0.

```yaml
{example}```

## How values are written

- Text needs no quotation marks and stays as typed: `NO`, `1.10`, `010` and `22:22` are text \
where text is expected.
- Text that holds `: ` or ` #`, or begins with one of `* & @ % ! | > [ {{ '` or a backtick, needs \
quotation marks: `path: "*.txt"`.
- A key without a value, or with `null`, is as if it were not there.
- The file is UTF-8, at most 1 MB; aliases (`*name`), tags (`!name`) and a key given twice are \
mistakes.
{tables}
## Kinds of section

| kind | what stands under the heading |
|---|---|
| `topic` | sentences about the description and the keywords |
| `timeline` | dated movements and events, in the order in which they happened |
| `people` | a roster, one row a person, with the role as the sources give it |
| `statements` | what the named actors, or officials who speak for them, said or did |
| `experts` | views of analysts, scholars and other outside observers, each with the speaker's \
affiliation |

Every kind may have `description`, `keywords`, `actors` and `limit`.

## Methods of condensing

{rankers}

## In an editor

`brief schema > brief.schema.json` writes a JSON Schema; editors with a YAML language server then \
complete and check the file when its first line is

```yaml
# yaml-language-server: $schema=brief.schema.json
```
"""

_CHAPTERS: tuple[tuple[str, str, type[Spec]], ...] = (
    ("The file", "", FileSpec),
    ("defaults", "Each of these may also stand in a brief, where it wins.", DefaultsSpec),
    (
        "briefs.NAME",
        "NAME holds a–z, 0–9 and `-`. Beside these, everything that may stand under `defaults`.",
        BriefSpec,
    ),
    (
        "briefs.NAME.sources",
        "Each source names a `path`, a `url` or a `feed`; "
        "what else is given wins over what the source says of itself.",
        SourceSpec,
    ),
    ("condense", "Under `defaults` or in a brief; either key may be left out.", CondenseSpec),
    (
        "budget",
        "Under `defaults` or in a brief; [formats.md](formats.md#length) says what is left out.",
        BudgetSpec,
    ),
    ("briefs.NAME.sections", "", SectionSpec),
    ("briefs.NAME.sections.budget", "", SectionBudget),
    (
        "notes",
        "In a brief or a section, one or a list; a note may be its text alone. "
        "[formats.md](formats.md#notes) says where they stand.",
        NoteSpec,
    ),
    (
        "Publishers",
        "`publishers: publishers.yaml`, under `defaults` or in a brief, names a file with a list "
        "of these; [sources.md](sources.md) says what a brief makes of it.",
        PublisherSpec,
    ),
    (
        "briefs.NAME.schedule",
        "When editions are due; [recurring.md](recurring.md) has the whole way to a daily brief.\n"
        "`cron` is also `@hourly`, `@daily`, `@weekly`, `@monthly` or `@yearly`; "
        "L as the day is the last of the month.",
        ScheduleSpec,
    ),
    ("briefs.NAME.deliver", "A list; each item names one of these.", DeliverSpec),
    (
        "briefs.NAME.deliver.mail",
        "One message a recipient; [mail.md](mail.md) says what it looks like, and what happens "
        "when a server does not take it.",
        MailSpec,
    ),
    (
        "briefs.NAME.deliver.mail.smtp",
        "With `user`, one of the three passwords; a password itself never stands in this file.",
        SmtpSpec,
    ),
    ("briefs.NAME.deliver.folder", "", FolderSpec),
)

#: How a value is written, where the type alone does not say it.
_WRITTEN = {
    (FileSpec, "version"): "`1`",
    (SourceSpec, "path"): "file, folder or glob",
    (SourceSpec, "url"): "http(s) address",
    (SourceSpec, "feed"): "http(s) address",
    (SourceSpec, "published"): "date or time",
    (SourceSpec, "language"): "two letters",
    (DefaultsSpec, "language"): "two letters",
    (DefaultsSpec, "timezone"): "IANA name",
    (DefaultsSpec, "publishers"): "file",
    (SectionSpec, "notes"): "list of notes",
    (BriefSpec, "notes"): "list of notes",
    (PublisherSpec, "country"): "country or its code",
    (PublisherSpec, "language"): "two letters",
    (CondenseSpec, "method"): "a method below",
    (CondenseSpec, "length"): "share or count",
    (FileSpec, "store"): "path or address",
    (FileSpec, "keep"): "span",
    (ScheduleSpec, "cron"): "cron expression",
    (ScheduleSpec, "timezone"): "IANA name",
    (ScheduleSpec, "window"): "span, such as `24h` or `7d`",
    (ScheduleSpec, "cut_off"): "time of day or span",
    (ScheduleSpec, "max_late"): "span",
    (MailSpec, "to"): "list of mail addresses",
    (MailSpec, "cc"): "list of mail addresses",
    (MailSpec, "bcc"): "list of mail addresses",
    (MailSpec, "from"): "mail address",
    (MailSpec, "reply_to"): "mail address",
    (MailSpec, "attach"): "list of `pdf`",
    (MailSpec, "link"): "http(s) address",
    (MailSpec, "unsubscribe"): "http(s) address",
    (MailSpec, "max_size"): "size, such as `10MB`",
    (SmtpSpec, "password_env"): "name of a variable",
    (SmtpSpec, "password_file"): "file",
    (FolderSpec, "path"): "folder",
}


def schema(rankers: Collection[str] = ()) -> dict[str, Any]:
    """A JSON Schema (2020-12) of config.yaml; `rankers` are the names of `condense.method`."""
    made = FileSpec.model_json_schema()
    for spec in (FileSpec, ScheduleSpec, MailSpec):
        forms = (
            made["properties"] if spec is FileSpec else made["$defs"][spec.__name__]["properties"]
        )
        for key, field in zip(spec.file_keys(), spec.model_fields.values(), strict=True):
            if (written := _default(field)) and forms[key].get("pattern"):
                forms[key]["default"] = written.strip("`")
    briefs = made["properties"]["briefs"]
    briefs["propertyNames"] = {"pattern": _NAME_PATTERN}
    brief = made["$defs"]["BriefSpec"]
    brief["properties"].pop("name")
    brief["required"].remove("name")
    made["$defs"]["SourceSpec"] |= {
        "anyOf": [{"required": [key]} for key in ("path", "url", "feed")],
        "not": {"required": ["path", "feed"]},
    }
    if rankers:
        made["$defs"]["CondenseSpec"]["properties"]["method"]["enum"] = sorted(rankers)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Configuration of brief",
    }


def configuration_markdown(rankers: Collection[str]) -> str:
    """docs/configuration.md: every key, from the specs; `rankers` are the methods that exist."""
    names = ", ".join(f"`{name}`" for name in sorted(rankers))
    tables = "".join(_chapter(*chapter) for chapter in _CHAPTERS)
    return _PAGE.format(example=_EXAMPLE, tables=tables, rankers=f"`condense.method` is {names}.")


def _chapter(title: str, text: str, spec: type[Spec]) -> str:
    fields = {
        key: field
        for key, field in zip(spec.file_keys(), spec.model_fields.values(), strict=True)
        if spec is not BriefSpec or (key != "name" and key not in DefaultsSpec.model_fields)
    }
    rows = [
        f"| `{key}` | {_written(spec, key, field)} | {_default(field)} | {field.description} |"
        for key, field in fields.items()
    ]
    head = ["| key | value | default | meaning |", "|---|---|---|---|"]
    return "\n".join(["", f"## {title}", "", *([text, ""] if text else []), *head, *rows, ""])


def _written(spec: type[Spec], key: str, field: FieldInfo) -> str:
    if (spec, key) in _WRITTEN:
        return _WRITTEN[spec, key]
    form = spec.model_json_schema()["properties"][key]
    form = form.get("anyOf", [form])[0]  # the other form is null
    form = form.get("items", form)
    many = "list of " if isinstance(field.default, tuple) else ""
    if "enum" in form:
        return many + ", ".join(f"`{each}`" for each in form["enum"])
    return many + _FORMS.get(form.get("type", ""), "see below")


_FORMS = {
    "string": "text",
    "integer": "whole number from 1",
    "boolean": "true or false",
}


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "required"
    if isinstance(field.default, Spec) or field.default in (None, "", ()):
        return ""
    if isinstance(field.default, timedelta):
        return f"`{write_span(field.default)}`"
    if field.default == MailSpec.model_fields["max_size"].default:
        return "`10MB`"
    if isinstance(field.default, tuple):
        return f"`[{', '.join(field.default)}]`"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    return f"`{field.default}`"
