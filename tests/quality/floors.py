"""Scores -> what fell below its floor, and new floors: raised freely, lowered with a reason."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.quality.scores import Score

FLOORS = Path(__file__).with_name("floors.toml")
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
_HEAD = """\
# What each score must reach: a share at least this, a count of mistakes at most this.
# Raise: python -m tests.quality.measure --pin
# Lower: the same with --lower, after a line in CHANGELOG.md, under Unreleased, that names
# the event and the score and says why.
"""

Floors = Mapping[str, Mapping[str, float]]  #: event -> score -> floor


@dataclass(frozen=True, slots=True)
class Fall:
    """A score that is worse than its floor, or has none."""

    event: str
    score: str
    value: float
    floor: float | None

    def __str__(self) -> str:
        if self.floor is None:
            return f"{self.event}: {self.score} has no floor; run with --pin"
        return f"{self.event}: {self.score} is {self.value:.3f}, its floor {self.floor:.3f}"


def load_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none when the file does not exist yet."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def falls(event: str, scores: Sequence[Score], floors: Floors) -> tuple[Fall, ...]:
    """The scores of an event that do not hold."""
    pinned = floors.get(event, {})
    return tuple(
        Fall(event, score.name, score.value, pinned.get(score.name))
        for score in scores
        if score.name not in pinned or _is_worse(score, pinned[score.name])
    )


def pinned_anew(
    measured: Mapping[str, Sequence[Score]], floors: Floors, *, lower: bool = False
) -> dict[str, dict[str, float]]:
    """Floors at what was measured; where that is worse, only with `lower`, else the old floor."""
    return {
        event: {
            score.name: _floor(score, floors.get(event, {}).get(score.name), lower=lower)
            for score in scores
        }
        for event, scores in measured.items()
    }


def unexplained(lowered: Sequence[Fall], changelog: str) -> tuple[Fall, ...]:
    """The falls that no line under Unreleased names by event and score."""
    parts = re.split(r"^## ", changelog, flags=re.MULTILINE)
    unreleased = next((p for p in parts if re.match(r"\[?unreleased", p, re.IGNORECASE)), "")
    entries = re.split(r"^[-*] ", unreleased, flags=re.MULTILINE)
    return tuple(
        fall
        for fall in lowered
        if not any(_names(entry, fall.event) and _names(entry, fall.score) for entry in entries)
    )


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the file anew."""
    tables = [
        f"\n[{event}]\n" + "".join(f"{name} = {floor:g}\n" for name, floor in rows.items())
        for event, rows in floors.items()
    ]
    path.write_text(_HEAD + "".join(tables), encoding="utf-8", newline="\n")


def _floor(score: Score, pinned: float | None, *, lower: bool) -> float:
    # Rounded down, so that the last digit of a share never decides.
    value = score.value if score.is_count else math.floor(score.value * 1000) / 1000
    if pinned is None or lower:
        return value
    return min(value, pinned) if score.is_count else max(value, pinned)


def _is_worse(score: Score, floor: float) -> bool:
    return score.value > floor if score.is_count else score.value < floor


def _names(entry: str, name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", entry) is not None
