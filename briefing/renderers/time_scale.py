"""Moments and days -> where they lie on an even time scale, and which of its lines have names.

A moment is a number of days since the first of year 1, with the hour as a fraction, as it is read
off the clock of its own place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from briefing.renderers.fields import TickView
from briefing.renderers.wording import WEEKDAYS, day_in, short_day

LEFT, RIGHT = 152, 636  #: units, of 640 across the page
WIDTH = 640
NAME_ROOM = 40  #: units of "Tue 12" and "11 Sep"
STEPS = (1, 3, 12, 24, 60, 120, 240, 600, 1200, 6000)  #: months between two lines


@dataclass(frozen=True, slots=True)
class Scale:
    """An even time scale over whole days."""

    begin: int
    end: int

    @property
    def days(self) -> int:
        """How many days it shows."""
        return self.end - self.begin

    def x(self, moment: float) -> int:
        """Where a moment lies."""
        return LEFT + round((moment - self.begin) / self.days * (RIGHT - LEFT))


def moment_of(time: datetime) -> float:
    """A time as it is read off its own clock."""
    return time.toordinal() + (time.hour + time.minute / 60) / 24


def next_midnight(moment: float) -> int:
    """The first midnight that is not before a moment."""
    return int(moment) if moment == int(moment) else int(moment) + 1


def ticks_of(scale: Scale) -> list[TickView]:
    """Day lines, or those of weeks, months or years where days are too narrow for their names."""
    room = (RIGHT - LEFT) / scale.days
    if 7 * room >= NAME_ROOM:
        days = [date.fromordinal(scale.begin + n) for n in range(scale.days)]
        lines = (
            [(day, f"{WEEKDAYS[day.weekday()]} {day.day}") for day in days]
            if room >= NAME_ROOM
            else [(day, day_in(day, day.year)) for day in days if day.weekday() == 0]
        )
    else:
        lines = list(_months(scale, room))
    ticks: list[TickView] = []
    for day, name in lines:
        x = scale.x(day.toordinal())
        ticks.append({"x": x, "label": name if x + NAME_ROOM <= WIDTH else ""})
    return ticks


def _months(scale: Scale, room: float) -> Iterator[tuple[date, str]]:
    """First days of every so many months, or years, that there is room to name them."""
    steps = (step for step in STEPS if 30 * room * step >= NAME_ROOM * 1.2)
    step = next(steps, STEPS[-1])
    first = date.fromordinal(scale.begin)
    for month in range(first.year * 12 + first.month - 1, 10_000 * 12):
        day = date(month // 12, month % 12 + 1, 1)
        if day.toordinal() >= scale.end:
            return
        if month % step == 0 and day.toordinal() >= scale.begin:
            yield day, str(day.year) if step >= 12 else short_day(day).partition(" ")[2]
