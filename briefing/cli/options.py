"""Options that several commands share, and how they find the configuration."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from briefing.config import CONFIG_NAME, Config, find_config, load_config
from briefing.errors import BriefingError


def _folder(text: str) -> Path:
    """The folder that an option names; an empty text, as of an unset variable, names none."""
    if not text:
        raise typer.BadParameter("'' is empty")
    return Path(text)


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help=f"The configuration; default: {CONFIG_NAME}, here or in a folder above.",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=_folder,
        metavar="DIR",
        help="Where editions go; default: out beside the configuration.",
    ),
]
DebugOption = Annotated[
    bool, typer.Option("--debug", help="Show where in the program an error comes from.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def open_config(path: Path | None, *, needs_passwords: bool = False) -> Config:
    """The configuration at `path`, or the nearest one upwards; raises ConfigError.

    With `needs_passwords`, a password that is not where the configuration says is a mistake.
    """
    from briefing.deliverers.passwords import password_fault
    from briefing.rankers import RANKERS

    path = path or find_config(Path.cwd())
    fault = partial(password_fault, root=path.resolve().parent, environment=os.environ)
    return load_config(
        path,
        rankers=RANKERS,
        password_fault=fault if needs_passwords else None,
        shown=shown(path),
    )


def shown(path: Path) -> str:
    """`path` as messages name it: from the working directory."""
    return os.path.relpath(path) if path.is_absolute() and _is_near(path) else str(path)


def complete_names(incomplete: str) -> list[str]:
    """The briefs whose name begins with `incomplete`, for the shell; none when there is no file."""
    try:
        config = load_config(find_config(Path.cwd()))
    except BriefingError:
        return []
    return [spec.name for spec in config.briefs if spec.name.startswith(incomplete)]


def _is_near(path: Path) -> bool:
    """Whether `path` stands in the working directory or in a folder above it."""
    here = Path.cwd()
    return path.parent == here or path.parent in here.parents
