"""`brief build`: the briefs of a configuration -> edition folders."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from glob import escape, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import ValidationError

from briefing.cli.console import caution, exit_code, report, reporting, say, start_logging, warn
from briefing.cli.options import (
    ConfigOption,
    DebugOption,
    OutOption,
    complete_names,
    open_config,
)
from briefing.cli.progress import bar
from briefing.config import (
    FORMATS,
    PROFILES,
    BriefSpec,
    Config,
    Format,
    SourceSpec,
    no_such,
    parse_time,
)
from briefing.errors import BriefingError, NothingToBuild

if TYPE_CHECKING:
    from briefing.runner import Edition

_SCHEMA = "brief-build/1"
#: Years that an edition may be of: four digits, with a day to spare for any time zone.
YEARS = range(1000, 9999)


def build(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="The briefs to build; default: all in the configuration.",
            autocompletion=complete_names,
        ),
    ] = None,
    config: ConfigOption = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="PATH_OR_URL",
            help="A file, folder, glob or address to read instead of the configured sources; "
            "repeatable.",
        ),
    ] = None,
    out: OutOption = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="F",
            help=f"One of {', '.join(FORMATS)}, instead of the configured formats; repeatable.",
            autocompletion=lambda incomplete: [f for f in FORMATS if f.startswith(incomplete)],
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="P",
            help=f"One of {', '.join(PROFILES)}, instead of the configured profile.",
            autocompletion=lambda incomplete: [p for p in PROFILES if p.startswith(incomplete)],
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="ISO_DATETIME",
            help="The edition's time; without a zone, in the brief's; default: now.",
        ),
    ] = None,
    is_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a brief instead of its folder.")
    ] = False,
    is_quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No progress bar; problems are still named.")
    ] = False,
    verbosity: Annotated[
        int,
        typer.Option(
            "-v",
            "--verbose",
            count=True,
            show_default=False,
            help="Say what is done; -vv: every decision as well.",
        ),
    ] = 0,
    debug: DebugOption = False,
) -> None:
    """Build briefs, all or those named.

    The last lines on stdout are the edition folders, one line a brief.
    """
    from briefing.renderers.typesetter import Typesetter

    start_logging(verbosity)
    moment = _moment(as_of)
    chosen_formats = _formats(formats or [])
    changes = _profile(profile)
    with reporting(debug):
        found = open_config(config)
    specs = _specs(found, names or [])
    sources = tuple(_source(each, found.path.parent) for each in source or []) or None
    code = 0
    with Typesetter() as typesetter:
        if any("pdf" in (chosen_formats or spec.formats) for spec in specs):
            typesetter.start()  # it takes as long to get ready as we do
        from briefing.runner import run_brief
        from briefing.yardstick import check_notes

        built = {spec.name for spec in specs}
        for mistake in check_notes(note for note in found.notes if note.brief in built):
            caution(mistake)
        for spec in specs:
            try:
                with bar(spec.name, wanted=not is_quiet and not verbosity) as progress:
                    templates = found.path.parent / "templates"
                    edition = run_brief(
                        spec.model_copy(update=changes),
                        root=found.path.parent,
                        out=Path.cwd() / out if out else found.path.parent / "out",
                        templates=templates if templates.is_dir() else None,
                        now=_aware(moment, spec),
                        sources=sources,
                        formats=chosen_formats,
                        progress=progress,
                        typesetter=typesetter,
                    )
            except BriefingError as error:
                report(error, debug=debug)
                ours = exit_code(error)
                if is_json:
                    say(_json(spec.name, ours, error=error))
            else:
                for problem in edition.problems:
                    warn(problem)
                ours = 1 if edition.problems else 0
                say(_json(spec.name, ours, edition=edition) if is_json else str(edition.folder))
            code = max(code, ours)
    raise typer.Exit(code)


def _specs(config: Config, names: Sequence[str]) -> Sequence[BriefSpec]:
    by_name = {spec.name: spec for spec in config.briefs}
    for name in names:
        if name not in by_name:
            message = no_such(name, list(by_name))
            if Path(name).exists():
                message += "; a source needs --source before it, and a glob quotation marks"
            raise typer.BadParameter(message, param_hint="NAME")
    return [by_name[name] for name in dict.fromkeys(names)] if names else config.briefs


def _formats(names: Sequence[str]) -> tuple[Format, ...] | None:
    for name in names:
        if name not in FORMATS:
            raise typer.BadParameter(no_such(name, FORMATS), param_hint="--format")
    return tuple(each for each in FORMATS if each in names) or None


def _profile(name: str | None) -> dict[str, str]:
    if name is not None and name not in PROFILES:
        raise typer.BadParameter(no_such(name, PROFILES), param_hint="--profile")
    return {} if name is None else {"profile": name}


def _source(given: str, root: Path) -> SourceSpec:
    """`given` on the command line is relative to the working directory; a spec's path to `root`."""
    try:
        if "://" in given:
            return SourceSpec(url=given)
        return SourceSpec(path=_from_root(given, root) if given else given)
    except ValidationError as error:
        message = error.errors()[0]["msg"]
        raise typer.BadParameter(f"'{given}' {message}", param_hint="--source") from error


def _from_root(given: str, root: Path) -> str:
    if Path(given).is_absolute():
        return given
    way = os.path.relpath(Path.cwd(), root)
    if has_magic(given) and not Path(given).exists():
        way = escape(way)  # only what was given is a glob
    return os.path.normpath(Path(way, given))


def _moment(as_of: str | None) -> date | datetime:
    if as_of is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = parse_time(as_of)
    except ValueError as error:
        raise typer.BadParameter(f"'{as_of}' {error}", param_hint="--as-of") from error
    if moment.year not in YEARS:
        raise typer.BadParameter(
            f"'{as_of}' lies outside the years {YEARS[0]} to {YEARS[-1]}", param_hint="--as-of"
        )
    return moment


def _aware(moment: date | datetime, spec: BriefSpec) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(spec.timezone))


def _json(
    name: str, code: int, *, edition: Edition | None = None, error: BriefingError | None = None
) -> str:
    if edition is not None:
        problems = edition.problems
    else:
        problems = error.problems if isinstance(error, NothingToBuild) else ()
    return json.dumps(
        {
            "schema": _SCHEMA,
            "name": name,
            "exit_code": code,
            "folder": str(edition.folder) if edition else None,
            "problems": [{"subject": each.subject, "reason": each.reason} for each in problems],
            "error": str(error) if error else None,
            "hint": error.hint or None if error else None,
        }
    )
