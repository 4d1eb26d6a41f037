"""Packaged tables (`briefing/tables/*.toml`) -> plain values, each read once."""

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
    content = files("briefing").joinpath("tables").joinpath(f"{name}.toml").read_bytes()
    return tomllib.loads(content.decode())
