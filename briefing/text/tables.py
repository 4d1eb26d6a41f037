"""Packaged tables (`briefing/tables/*.toml`) -> plain values, each read once; the one reader of packaged data."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=None)
def load_table(name: str) -> dict[str, Any]:
    """The table `briefing/tables/<name>.toml`, as TOML gives it; callers turn it into their own types."""
    content = files("briefing").joinpath("tables").joinpath(f"{name}.toml").read_bytes()
    return tomllib.loads(content.decode())
