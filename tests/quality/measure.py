"""The real pipeline run on every event here -> the table of scores.

Run as `python -m tests.quality.measure`.

--pin raises floors to what is measured; --lower also lowers them, if CHANGELOG.md says why.
--show SCORE lists what is behind a score. Exit code 1 when a floor does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from briefing.config import load_config
from briefing.models import Article, Brief
from briefing.pipeline import make_brief
from briefing.runner import read_sources
from tests.quality.differing import Subject, load_subject, measure_subject, subject_names
from tests.quality.floors import (
    CHANGELOG,
    Fall,
    Floors,
    falls,
    load_floors,
    pinned_anew,
    unexplained,
    write_floors,
)
from tests.quality.gold import Event, event_names, load_event
from tests.quality.matching import Matching
from tests.quality.scores import Score, measure


def build(event: Event | Subject) -> Brief:
    """The brief of an event, as of the evening of its newest article."""
    (spec,) = load_config(event.config).briefs
    reading = read_sources(spec.sources, spec, root=event.config.parent)
    return make_brief(reading.articles, spec, _evening(reading.articles), reading.problems)


def measure_all() -> dict[str, tuple[Score, ...]]:
    """The scores of every event, by its name."""
    events = [load_event(name) for name in event_names()]
    return {event.name: measure(Matching(build(event), event)) for event in events}


def measure_differing() -> dict[str, tuple[Score, ...]]:
    """The scores of every subject whose reports differ, by its name."""
    subjects = [load_subject(name) for name in subject_names()]
    return {subject.name: measure_subject(build(subject), subject) for subject in subjects}


def table(measured: Mapping[str, Sequence[Score]], floors: Floors) -> str:
    """Scores side by side, each with what it is made of and its floor."""
    lines = ["score".ljust(30) + "".join(name.ljust(30) for name in measured)]
    for row in zip(*measured.values(), strict=True):
        cells = [
            _cell(score, floors.get(event, {}).get(score.name))
            for event, score in zip(measured, row, strict=True)
        ]
        lines.append(row[0].name.ljust(30) + "".join(cell.ljust(30) for cell in cells))
    return "\n".join(line.rstrip() for line in lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; pin or lower floors when asked; 1 when one does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.measure")
    parser.add_argument("--pin", action="store_true", help="raise floors to what is measured")
    parser.add_argument("--lower", action="store_true", help="lower floors as well")
    parser.add_argument("--show", metavar="SCORE", help="list what is behind a score")
    options = parser.parse_args(arguments)
    events, subjects, floors = measure_all(), measure_differing(), load_floors()
    print(table(events, floors))
    print()
    print(table(subjects, floors))
    measured = events | subjects
    if options.show:
        _show(measured, options.show)
    fallen = [fall for name, scores in measured.items() for fall in falls(name, scores, floors)]
    if options.lower:
        silent = unexplained(
            [fall for fall in fallen if fall.floor is not None],
            CHANGELOG.read_text(encoding="utf-8"),
        )
        if silent:
            return _refuse(silent)
    if options.pin or options.lower:
        write_floors(pinned_anew(measured, floors, lower=options.lower))
        fallen = [f for f in fallen if f.floor is not None and not options.lower]
    for fall in fallen:
        print(fall, file=sys.stderr)
    return 1 if fallen else 0


def _refuse(silent: Sequence[Fall]) -> int:
    for fall in silent:
        print(fall, file=sys.stderr)
    print(
        "not lowered: CHANGELOG.md has no line under Unreleased that names event and score",
        file=sys.stderr,
    )
    return 2


def _show(measured: Mapping[str, Sequence[Score]], name: str) -> None:
    for event, scores in measured.items():
        for score in scores:
            if score.name == name:
                print(f"\n{event}, {name}: {len(score.examples)}")
                print("\n".join(f"  {example}" for example in score.examples))


def _cell(score: Score, floor: float | None) -> str:
    pinned = "-" if floor is None else f"{floor:g}"
    value = f"{score.value:g}" if score.is_count else f"{score.value:.3f}"
    detail = f" ({score.detail})" if score.detail else ""
    return f"{value}{detail} [{pinned}]"


def _evening(articles: Sequence[Article]) -> datetime:
    days = [_day(article.published) for article in articles if article.published]
    return datetime.combine(max(days), time(18), UTC)


def _day(published: date | datetime) -> date:
    return published.date() if isinstance(published, datetime) else published


if __name__ == "__main__":
    sys.exit(main())
