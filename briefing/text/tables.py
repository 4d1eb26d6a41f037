"""Packaged tables (`briefing/tables/*.toml`) -> plain values, each read once.

A language is a data file, `tables/languages/<ISO 639-1>.toml`, with a table for each topic.
English, which came first, has the larger topics in tables of their own, under its code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_table(name: str) -> dict[str, Any]:
    """The table `briefing/tables/<name>.toml`, as TOML gives it; not to be changed.

    Callers turn it into frozen values of their own and keep those. Raises FileNotFoundError for a
    name that is not packaged.
    """
    content = _read(f"{name}.toml")
    if content is None:
        raise FileNotFoundError(f"no table {name}")
    return tomllib.loads(content)


@cache
def load_language(language: str) -> dict[str, Any]:
    """The data file of a language (ISO 639-1), empty where there is none; not to be changed."""
    content = _read(f"languages/{language}.toml") if language.isalpha() else None
    return tomllib.loads(content) if content else {}


@cache
def load_topic(topic: str, language: str) -> dict[str, Any] | None:
    """What is known of a language on a topic, such as "time_words"; None where nothing is.

    It stands in the language's file or, as most of English does, in the table of the topic.
    """
    own: dict[str, Any] | None = load_language(language).get(topic)
    if own is not None or _read(f"{topic}.toml") is None:
        return own
    listed: dict[str, Any] | None = load_table(topic).get(language)
    return listed


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of the languages that have a data file, in order."""
    folder = files("briefing").joinpath("tables").joinpath("languages")
    names = (path.name for path in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _read(path: str) -> str | None:
    table = files("briefing").joinpath("tables").joinpath(path)
    return table.read_bytes().decode() if table.is_file() else None
