"""A section's events -> a timeline as a figure: one row an event, on an even time scale.

Units: 640 are the width of the page's text. Moments are those of `time_scale`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.models import Brief, Event, Section
from briefing.renderers.citing import Citations
from briefing.renderers.event_label import Label, label_of
from briefing.renderers.fields import MarkView, SpanView, TickView, TimelineView, TrackView
from briefing.renderers.lettering import width_of
from briefing.renderers.time_scale import (
    LEFT,
    RIGHT,
    WIDTH,
    Scale,
    moment_of,
    next_midnight,
    ticks_of,
)
from briefing.renderers.wording import clock, count, event_day, short_day

HEAD, ROW = 18, 19
RADIUS = 4
LETTERS = 9.2
LEAST, MOST, LEAST_DAYS = 3, 12, 2
FAR = 3  #: times the span of the rest: what is further off is left out
CUTOFF_FAR = 1.0  #: times the span of the events: a cut-off further off is told, not drawn
HOURS = {"morning": 9, "midday": 12, "afternoon": 15, "evening": 20, "night": 22}
STATES = ("happened", "reported", "planned")
CUTOFF_WORD = width_of("cut-off", LETTERS) + 4


@dataclass(frozen=True, slots=True)
class Told:
    """An event as one source, or several alike, tell it."""

    event: Event
    start: float  #: a moment
    end: float  #: a moment; `start` for what is no stretch of days
    numbers: tuple[int, ...]  #: of the sources

    @property
    def is_span(self) -> bool:
        """Whether it lasts for days."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Track:
    """What one row shows: an event, with every time that is given for it."""

    told: tuple[Told, ...]  #: more than one where sources differ
    label: Label

    @property
    def start(self) -> float:
        """The earliest moment."""
        return min(told.start for told in self.told)

    @property
    def end(self) -> float:
        """The latest moment."""
        return max(told.end for told in self.told)


def draw_timeline(section: Section, brief: Brief, citations: Citations) -> TimelineView | None:
    """The figure of a section; None without 3–12 dated events on two days at least."""
    tracks = _tracks(section, brief, citations)
    undated = sum(event.start is None for event in section.events)
    vague = len(section.events) - undated - sum(len(track.told) for track in tracks)
    near, far = leave_out_far(tracks)
    days = {int(told.start) for track in near for told in track.told}
    if not LEAST <= len(near) <= MOST or len(days) < LEAST_DAYS:
        return None
    cutoff = moment_of(brief.as_of)
    first = min(track.start for track in near)
    last = max(track.end for track in near)
    is_near = max(first - cutoff, cutoff - last) <= max(last - first, 2.0) * CUTOFF_FAR
    begin = int(min(first, cutoff) if is_near else first)
    end = next_midnight(max(last, cutoff) if is_near else last)
    scale = Scale(begin, end)
    edge = scale.x(cutoff) if is_near else None
    states = {told.event.state for track in near for told in track.told}
    return {
        "description": _describe(near),
        "height": HEAD + ROW * len(near) + 1,
        "left": LEFT,
        "right": RIGHT,
        "ticks": (ticks := ticks_of(scale)),
        "cutoff": edge,
        "cutoff_anchor": _make_room(ticks, edge) if edge is not None else "end",
        "tracks": [
            _draw(track, HEAD + ROW * rank + ROW // 2, scale, cutoff, edge, brief.as_of.year)
            for rank, track in enumerate(near)
        ],
        "states": [state for state in STATES if state in states],
        "differs": any(len(track.told) > 1 for track in near),
        "notes": list(_notes(near, far, undated + vague, is_near, brief)),
    }


def leave_out_far(tracks: Sequence[Track]) -> tuple[list[Track], list[Track]]:
    """The tracks, and those further off than three times the span of the rest."""
    near, far = list(tracks), list[Track]()
    while len(near) > LEAST:
        for track in (max(near, key=lambda t: t.end), min(near, key=lambda t: t.start)):
            rest = [other for other in near if other is not track]
            first, last = min(t.start for t in rest), max(t.end for t in rest)
            if max(track.start - last, first - track.end) > FAR * max(last - first, 1.0):
                near, far = rest, [*far, track]
                break
        else:
            break
    return near, [track for track in tracks if track in far]


def _tracks(section: Section, brief: Brief, citations: Citations) -> list[Track]:
    """The events that are dated to the day, those of which sources give several times in one."""
    cutoff = moment_of(brief.as_of)
    told = {
        event.claim: _tell(event, cutoff, citations)
        for event in section.events
        if event.start is not None and event.granularity in ("day", "range")
    }
    joined: dict[str, list[str]] = {}
    taken: set[str] = set()
    for names in _differing(told, brief):
        if not taken & {*names}:
            joined[names[0]] = names
            taken |= {*names}
    tracks = []
    for name, one in told.items():
        others = [told[other] for other in joined.get(name, [name])]
        if name in taken and name not in joined:
            continue
        label = label_of(citations.claim(name), one.event)
        tracks.append(Track(tuple(sorted(others, key=lambda each: each.start)), label))
    return tracks


def _tell(event: Event, cutoff: float, citations: Citations) -> Told:
    assert event.start is not None
    start, end = _moments(event, event.start, cutoff)
    claims = [citations.claim(name) for name in (event.claim, *event.also)]
    articles = dict.fromkeys(article for claim in claims for article in claim.articles)
    return Told(event, start, end, tuple(citations.numbers(articles)))


def _moments(event: Event, day: date, cutoff: float) -> tuple[float, float]:
    """When an event begins and ends; one told by its day alone stands at midday.

    On the day of the cut-off it then stands on that side of it on which it is.
    """
    start = float(day.toordinal())
    if event.end is not None and event.end > day:
        return start, float(event.end.toordinal() + 1)
    if event.clock is not None:
        start += (event.clock.hour + event.clock.minute / 60) / 24
    elif event.part is not None:
        start += HOURS[event.part] / 24
    elif int(cutoff) == day.toordinal():
        is_ahead = event.state == "planned"
        start = max(start + 0.5, (cutoff + start + 1) / 2) if is_ahead else (start + cutoff) / 2
    else:
        start += 0.5
    return start, start


def _differing(told: dict[str, Told], brief: Brief) -> Iterable[list[str]]:
    """Claims whose rows tell one event at different times, by the disagreements on dates.

    Each value must be the very words that date its row, for a claim may hold several dates.
    """
    hidden = brief.cut.differences if brief.cut else ()
    for rank, point in enumerate(brief.disagreements, 1):
        if point.kind != "date" or rank in hidden:
            continue
        names = []
        for side in point.sides:
            names += [
                name
                for name, one in told.items()
                if {name, *one.event.also} & {*side.claims} and _is_dated_by(one, side.value)
            ][:1]
        moments = {told[name].start for name in names}
        if len(names) == len(point.sides) == len(moments):
            yield sorted(names, key=list(told).index)


def _is_dated_by(told: Told, value: str) -> bool:
    mine, theirs = told.event.expression.casefold(), value.casefold()
    return bool(mine) and (mine in theirs or theirs in mine)


def _draw(
    track: Track, y: int, scale: Scale, cutoff: float, edge: int | None, year: int
) -> TrackView:
    marks: list[MarkView] = [
        {"x": _mark_x(told, scale, cutoff, edge), "status": told.event.state}
        for told in track.told
        if not told.is_span
    ]
    spans = [span for told in track.told if told.is_span for span in _spans(told, scale, cutoff)]
    note = " or ".join(f"[{_numbers(told.numbers)}]" for told in track.told)
    edges = [*(mark["x"] for mark in marks)]
    edges += [x for span in spans for x in (span["x"], span["x"] + span["width"])]
    x, anchor = _beside(min(edges), max(edges), width_of(note, LETTERS), edge)
    event = track.told[0].event
    assert event.start is not None
    return {
        "y": y,
        "label": track.label.text,
        "is_cut": track.label.is_cut,
        "language": track.label.language,
        "date": event_day(event.start, event.end, event.granularity, year),
        "marks": marks,
        "spans": spans,
        "note": note,
        "note_x": x,
        "note_anchor": anchor,
    }


def _mark_x(told: Told, scale: Scale, cutoff: float, edge: int | None) -> int:
    """Where a mark stands: before the cut-off what was told by then, whatever its zone's hour."""
    x = scale.x(told.start)
    was_told = told.event.state != "planned" and int(told.start) == int(cutoff)
    return min(x, edge - RADIUS - 1) if edge is not None and was_told else x


def _spans(told: Told, scale: Scale, cutoff: float) -> Iterable[SpanView]:
    """The bar of a stretch of days, outlined from the cut-off on."""
    left, right = scale.x(told.start), scale.x(told.end)
    over = "half" if told.event.state == "reported" else "filled"
    split = min(max(scale.x(min(max(cutoff, told.start), told.end)), left), right)
    if told.event.state == "planned":
        split = left
    if split > left:
        yield {"x": left, "width": split - left, "look": over}
    if right > split:
        yield {"x": split, "width": right - split, "look": "outlined"}


def _beside(left: int, right: int, width: float, edge: int | None) -> tuple[int, str]:
    """Where a note stands: right of its mark, or left where it would cross a line or the end."""
    gap = RADIUS + 4
    behind, before = right + gap, left - gap

    def is_free(start: float, end: float) -> bool:
        return start >= LEFT and end <= WIDTH and not (edge and start - 2 < edge < end + 2)

    if is_free(behind, behind + width):
        return behind, "start"
    if is_free(before - width, before) or behind + width > WIDTH:
        return before, "end"
    return behind, "start"


def _make_room(ticks: list[TickView], edge: int) -> str:
    """On which side of its line the word of the cut-off stands; a name in its way is taken out."""

    def in_way(low: float, high: float) -> list[TickView]:
        return [
            tick
            for tick in ticks
            if tick["label"]
            and tick["x"] + 4 < high
            and tick["x"] + 4 + width_of(tick["label"], LETTERS) > low
        ]

    left, right = (edge - CUTOFF_WORD, edge + 2.0), (edge - 2.0, edge + CUTOFF_WORD)
    sides = [("end", left)] if left[0] >= 0 else []
    sides += [("start", right)] if right[1] <= WIDTH else []
    anchor, (low, high) = min(sides, key=lambda side: len(in_way(*side[1])))
    for tick in in_way(low, high):
        tick["label"] = ""
    return anchor


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) <= 5:
        return ", ".join(map(str, numbers))
    return f"{', '.join(map(str, numbers[:4]))}, +{len(numbers) - 4}"


def _describe(tracks: Sequence[Track]) -> str:
    """What the figure shows, counted; the list below it has the words."""
    states = [told.event.state for track in tracks for told in track.told]
    parts = [f"{states.count(state)} {state}" for state in STATES if state in states]
    first = date.fromordinal(int(min(track.start for track in tracks)))
    last = date.fromordinal(next_midnight(max(track.end for track in tracks)) - 1)
    told = ", ".join(parts)
    return (
        f"{count(len(tracks), 'event', 'events')} from {short_day(first)} to {short_day(last)}: "
        f"{told}. The list below has each in words."
    )


def _notes(
    near: Sequence[Track], far: Sequence[Track], unplaced: int, is_near: bool, brief: Brief
) -> Iterable[str]:
    """What a reader of the figure has to know besides."""
    has_hours = any(told.event.clock or told.event.part for track in near for told in track.told)
    zone = brief.as_of.tzname() or ""
    if is_near:
        yield (
            f"Hours as the sources give them, cut-off in {zone}"
            if has_hours
            else (f"Cut-off in {zone}")
        )
    else:
        side = "after" if moment_of(brief.as_of) > max(t.end for t in near) else "before"
        yield f"Cut-off {short_day(brief.as_of.date())}, {clock(brief.as_of)}, {side} all of it"
    if any(
        not (told.is_span or told.event.clock or told.event.part)
        for track in near
        for told in track.told
    ):
        yield "without an hour: at midday"
    for track in far:
        event = track.told[0].event
        assert event.start is not None
        day = event_day(event.start, event.end, event.granularity, brief.as_of.year)
        yield f"too far off to draw: {day} [{_numbers(track.told[0].numbers)}]"
    if unplaced:
        yield f"{unplaced} without a day: in the list"
