"""`brief init`: a folder of articles -> a commented configuration in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import reporting, safe_text, say
from briefing.cli.options import DebugOption
from briefing.config import CONFIG_NAME, starter
from briefing.errors import ConfigError, Mistake

_SUFFIXES = (".txt", ".md", ".html", ".htm")
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "changelog", "notes"})
_SCHEMA_NAME = "brief.schema.json"


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of articles.", show_default=False)
    ] = Path(),
    is_forced: Annotated[
        bool, typer.Option("--force", help="Replace a configuration that is already there.")
    ] = False,
    debug: DebugOption = False,
) -> None:
    """Write a commented config.yaml to begin with.

    It stands in FOLDER, by default the working directory, and reads the articles there.
    """
    from briefing.rankers import RANKERS

    with reporting(debug):
        say(safe_text(str(_write(folder, RANKERS, is_forced=is_forced))))


def _write(folder: Path, rankers: Collection[str], *, is_forced: bool) -> Path:
    path = folder / CONFIG_NAME
    try:
        text = starter(folder.resolve().name, _paths(folder), rankers)
        if (folder / _SCHEMA_NAME).is_file():
            text = f"# yaml-language-server: $schema={_SCHEMA_NAME}\n{text}"
        with path.open("w" if is_forced else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        hint = "`brief init --force` replaces it"
        raise ConfigError([Mistake(str(path), 0, 0, "", "is already there")], hint=hint) from error
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise ConfigError([Mistake(str(folder), 0, 0, "", reason)]) from error
    return path


def _paths(folder: Path) -> list[str]:
    """A glob for each kind of article in `folder`, or in the folder below it that holds most."""
    for place in (folder, *_fullest(folder)):
        suffixes = _kinds(place)
        if suffixes:
            prefix = "" if place == folder else f"{place.name}/"
            return [f"{prefix}*{suffix}" for suffix in suffixes]
    return ["articles/*.txt"]


def _fullest(folder: Path) -> list[Path]:
    below = [
        each
        for each in sorted(folder.iterdir())
        if _is_plain(each.name) and each.is_dir() and os.access(each, os.R_OK | os.X_OK)
    ]
    return sorted(below, key=lambda each: -sum(_kinds(each).values()))[:1]


def _kinds(folder: Path) -> Counter[str]:
    """How many articles of each suffix stand in `folder`, in the order of `_SUFFIXES`."""
    counts = Counter(
        path.suffix
        for path in folder.iterdir()
        if path.is_file() and path.stem.casefold() not in _ABOUT_THE_FOLDER and _is_plain(path.name)
    )
    return Counter({suffix: counts[suffix] for suffix in _SUFFIXES if counts[suffix]})


def _is_plain(name: str) -> bool:
    return name.isprintable() and not name.startswith(".") and not set(name) & set("*?[]")
