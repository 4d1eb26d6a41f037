"""`brief templates`: what a house can change, and a copy of one to begin with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import reporting, safe_text, say
from briefing.cli.options import ConfigOption, DebugOption, JsonOption, shown
from briefing.config import find_config, no_such
from briefing.errors import BriefingError, DeliveryError

_SCHEMA = "brief-templates/1"
_FOLDER = "templates"

templates_app = typer.Typer(
    help="Show the templates that a house can change, and copy one to begin with.",
    rich_markup_mode=None,
)


@templates_app.callback(invoke_without_command=True)
def templates(
    context: typer.Context,
    config: ConfigOption = None,
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Show the templates that a house can change, and copy one to begin with.

    A file of the same name in templates/ beside the configuration wins over the packaged one.
    """
    if context.invoked_subcommand is not None:
        return
    from briefing.renderers.template_files import TEMPLATES, Templates

    with reporting(debug):
        folder = _folder(config)
        own = Templates(folder)
        rows = [
            {
                "name": name,
                "makes": makes,
                "own": shown(folder / name) if own.has_own and (folder / name).is_file() else None,
            }
            for name, makes in TEMPLATES.items()
        ]
    if is_json:
        say(json.dumps({"schema": _SCHEMA, "folder": str(folder), "templates": rows}))
        return
    for row in rows:
        where = f"  (yours: {row['own']})" if row["own"] else ""
        say(safe_text(f"{row['name']:20}{row['makes']}{where}"))


@templates_app.command()
def eject(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `brief templates` lists it.")],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", help="Where to; default: templates beside the configuration."
        ),
    ] = None,
    is_forced: Annotated[
        bool, typer.Option("--force", help="Replace a file that is already there.")
    ] = False,
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Copy a packaged template for editing; the last line on stdout is the file."""
    from briefing.renderers.template_files import TEMPLATES, shipped_folder

    if name not in TEMPLATES:
        raise typer.BadParameter(no_such(name, list(TEMPLATES)), param_hint="NAME")
    with reporting(debug, code=2):
        folder = _folder(config) if to is None else to
        target = folder / name
        content = (shipped_folder() / name).read_bytes()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with target.open("wb" if is_forced else "xb") as stream:
                stream.write(content)
        except FileExistsError as error:
            if not target.exists():
                raise DeliveryError(f"{shown(folder)}: not a folder") from error
            hint = "--force replaces it; --to DIR puts the copy elsewhere"
            raise DeliveryError(f"{shown(target)}: already there", hint=hint) from error
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeliveryError(f"{shown(target)}: cannot be written: {reason}") from error
    say(shown(target))


def _folder(config: Path | None) -> Path:
    """The folder of the user's templates; without a configuration, in the working directory."""
    if config is not None:
        if not config.is_file():
            raise typer.BadParameter(f"'{config}': no such file", param_hint="--config")
        return config.resolve().parent / _FOLDER
    try:
        return find_config(Path.cwd()).parent / _FOLDER
    except BriefingError:
        return Path.cwd() / _FOLDER
