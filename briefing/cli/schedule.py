"""`brief schedule`: when the next editions are due, or the units that make them on time."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from briefing.cli.console import reporting, safe_text, say
from briefing.cli.options import ConfigOption, DebugOption, JsonOption, open_config
from briefing.cli.run import NamesArgument, known_names
from briefing.cli.state import clock
from briefing.cli.units import crontab_line, github_workflow, systemd_units
from briefing.config import BriefSpec, Config

_SCHEMA = "brief-schedule/1"


def schedule(
    names: NamesArgument = None,
    config: ConfigOption = None,
    count: Annotated[
        int, typer.Option("--count", min=1, max=1000, help="How many editions of each brief.")
    ] = 5,
    is_systemd: Annotated[
        bool, typer.Option("--systemd", help="Print a systemd service and timer instead.")
    ] = False,
    is_crontab: Annotated[
        bool, typer.Option("--crontab", help="Print a line for crontab instead.")
    ] = False,
    is_github: Annotated[
        bool, typer.Option("--github", help="Print a GitHub workflow instead.")
    ] = False,
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Say when the next editions are due, or print what makes them on time."""
    if is_systemd + is_crontab + is_github + is_json > 1:
        raise typer.BadParameter("one of --systemd, --crontab, --github and --json")
    with reporting(debug):
        found = open_config(config)
        known_names(found, names or [])
    if is_systemd:
        say(systemd_units(_command(), found.path).rstrip("\n"))
    elif is_crontab:
        say(crontab_line(_command(), found.path).rstrip("\n"))
    elif is_github:
        shown = os.path.relpath(found.path) if found.path.is_relative_to(Path.cwd()) else None
        say(github_workflow(shown or found.path.name, _variables(found)).rstrip("\n"))
    else:
        _say_times(found, names or [], count, is_json=is_json)


def times(spec: BriefSpec, count: int) -> list[str]:
    """The next times of a brief with a schedule, each with its day and zone."""
    from briefing.schedule import next_slots

    assert spec.schedule is not None
    slots = next_slots(spec.schedule, ZoneInfo(spec.timezone), now=clock(), count=count)
    return [f"{slot.at:%a %Y-%m-%d %H:%M %Z}" for slot in slots]


def _say_times(config: Config, names: list[str], count: int, *, is_json: bool) -> None:
    from briefing.schedule import next_slots

    listed = []
    for spec in config.briefs:
        if spec.schedule is None or (names and spec.name not in names):
            continue
        slots = next_slots(spec.schedule, ZoneInfo(spec.timezone), now=clock(), count=count)
        if not is_json:
            say(f"{spec.name}: {safe_text(spec.title)}")
        for slot in slots:
            window = f"{slot.window_start:%a %H:%M} to " if slot.window_start else "until "
            if is_json:
                listed.append(
                    {
                        "brief": spec.name,
                        "period": slot.period,
                        "at": slot.at.isoformat(),
                        "window_start": slot.window_start and slot.window_start.isoformat(),
                        "cut_off": slot.cut_off.isoformat(),
                    }
                )
            else:
                say(f"  {slot.at:%a %Y-%m-%d %H:%M %Z}   articles {window}{slot.cut_off:%a %H:%M}")
    if is_json:
        say(json.dumps({"schema": _SCHEMA, "editions": listed}))


def _command() -> str:
    """The `brief` that is running, as another program can start it."""
    beside = Path(sys.executable).parent / "brief"
    return str(beside) if beside.exists() else "brief"


def _variables(config: Config) -> list[str]:
    named = [
        deliver.mail.smtp.password_env
        for spec in config.briefs
        for deliver in spec.deliver
        if deliver.mail is not None and deliver.mail.smtp.password_env is not None
    ]
    return list(dict.fromkeys(named))
