"""The timeline as a figure: when it is drawn, where its marks stand, what names its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest

from briefing.models import Brief, Disagreement, Event, EventState, Section, Side, Speaker
from briefing.renderers.citing import Citations
from briefing.renderers.event_label import LETTERS as LABEL_LETTERS
from briefing.renderers.event_label import ROOM, label_of
from briefing.renderers.fields import TimelineView
from briefing.renderers.lettering import width_of
from briefing.renderers.time_scale import LEFT, RIGHT, Scale, ticks_of
from briefing.renderers.timeline_figure import draw_timeline
from tests.build import AS_OF, find_sentence, make_article, make_claim, number_references

NOTICE = make_article(
    " ".join(f"Party {n} of the walkers reached the hut before the others." for n in range(1, 16)),
    publisher="Hut Register",
)


def make_brief(
    *events: Event, as_of: datetime = AS_OF, points: tuple[Disagreement, ...] = ()
) -> Brief:
    claims = tuple(make_claim(f"c{n}", find_sentence(NOTICE, f"Party {n} ")) for n in range(1, 16))
    return Brief(
        "hut",
        "Hut",
        as_of,
        articles=(NOTICE,),
        references=number_references(NOTICE),
        sections=(Section("Walk", "timeline", claims=claims, events=events),),
        disagreements=points,
    )


def draw(brief: Brief) -> TimelineView | None:
    return draw_timeline(brief.sections[0], brief, Citations(brief))


def on(
    rank: int, day: int, month: int = 5, *, state: EventState = "reported", year: int = 2024
) -> Event:
    return Event(f"c{rank}", "on that day", date(year, month, day), None, "day", state=state)


def drawn(
    *events: Event, as_of: datetime = AS_OF, points: tuple[Disagreement, ...] = ()
) -> TimelineView:
    figure = draw(make_brief(*events, as_of=as_of, points=points))
    assert figure is not None
    return figure


@pytest.mark.parametrize(
    ("events", "is_drawn"),
    [
        ([on(1, 12), on(2, 13)], False),
        ([on(1, 12), on(2, 12), on(3, 12)], False),
        ([on(1, 12), on(2, 12), on(3, 13)], True),
        ([on(n, n) for n in range(1, 13)], True),
        ([on(n, n) for n in range(1, 14)], False),
        ([on(1, 12), on(2, 13), Event("c3", "once", None, None, "unknown")], False),
        ([on(1, 12), on(2, 13), Event("c3", "in May", date(2024, 5, 1), None, "month")], False),
    ],
)
def test_it_is_drawn_with_three_to_twelve_days_told_on_two_at_least(
    events: list[Event], is_drawn: bool
) -> None:
    assert (draw(make_brief(*events)) is not None) is is_drawn


def test_marks_stand_on_an_even_scale_and_hours_where_they_are_told() -> None:
    # 12 to 15 May are four days of 484 / 4 = 121 units each.
    figure = drawn(replace(on(1, 12), clock=time(6)), replace(on(2, 13), part="evening"), on(3, 15))
    day = (RIGHT - LEFT) / 4
    assert [track["marks"][0]["x"] for track in figure["tracks"]] == [
        LEFT + round(day * 6 / 24),
        LEFT + round(day * (1 + 20 / 24)),
        LEFT + round(day * 3.5),
    ]
    assert [tick["label"] for tick in figure["ticks"]] == ["Sun 12", "Mon 13", "Tue 14", "Wed 15"]
    assert [tick["x"] for tick in figure["ticks"]] == [LEFT + round(day * n) for n in range(4)]
    assert figure["cutoff"] == LEFT + round(day * 2.5)


def test_a_day_alone_stands_on_its_own_side_of_the_cutoff() -> None:
    figure = drawn(
        on(1, 13),
        replace(on(2, 14), state="happened"),
        replace(on(3, 14), state="planned"),
        replace(on(4, 14), state="happened", clock=time(23)),  # of some other zone
        as_of=AS_OF.replace(hour=6),
    )
    edge = figure["cutoff"]
    assert edge is not None
    _, happened, planned, late = (track["marks"][0]["x"] for track in figure["tracks"])
    assert happened < edge < planned
    assert late < edge


def test_days_on_end_are_a_bar_outlined_from_the_cutoff_on() -> None:
    camp = Event("c1", "all week", date(2024, 5, 13), date(2024, 5, 16), "range", state="happened")
    figure = drawn(camp, on(2, 12), on(3, 18), as_of=AS_OF.replace(hour=0))
    (track,) = (track for track in figure["tracks"] if track["spans"])
    day = (RIGHT - LEFT) / 7
    filled, outlined = track["spans"]
    assert (filled["look"], outlined["look"]) == ("filled", "outlined")
    assert filled["x"] == LEFT + round(day)
    assert (
        filled["x"] + filled["width"] == outlined["x"] == LEFT + round(2 * day) == figure["cutoff"]
    )
    assert outlined["x"] + outlined["width"] == LEFT + round(5 * day)


@pytest.mark.parametrize(
    ("state", "looks"),
    [("planned", ["outlined"]), ("reported", ["half"]), ("happened", ["filled"])],
)
def test_a_bar_before_the_cutoff_shows_how_sure_it_is(state: EventState, looks: list[str]) -> None:
    camp = Event("c1", "all week", date(2024, 5, 9), date(2024, 5, 11), "range", state=state)
    figure = drawn(camp, on(2, 12), on(3, 13))
    assert [span["look"] for span in figure["tracks"][0]["spans"]] == looks


def test_two_accounts_of_a_time_share_a_row() -> None:
    point = Disagreement(
        "date · party", "date", (Side(("c1",), "on that day"), Side(("c3",), "that day"))
    )
    figure = drawn(on(1, 12), on(2, 13), on(3, 14), on(4, 15), points=(point,))
    assert figure["differs"]
    assert [len(track["marks"]) for track in figure["tracks"]] == [2, 1, 1]
    assert figure["tracks"][0]["note"] == "[1] or [1]"
    # Another date of the same claims, or one and the same time, joins nothing.
    for other in (
        replace(point, sides=(Side(("c1",), "a year ago"), point.sides[1])),
        replace(point, kind="figure"),
    ):
        assert not drawn(on(1, 12), on(2, 13), on(3, 14), points=(other,))["differs"]


def test_what_is_far_off_is_named_and_not_drawn() -> None:
    # The others span 3 days from their first to their last: 10 days before them is too far.
    events = [on(2, 12), on(3, 13), on(4, 14)]
    figure = drawn(on(1, 2), *events)
    assert [track["y"] for track in figure["tracks"]] == [27, 46, 65]
    assert "too far off to draw: Thu 2 May [1]" in figure["notes"]
    assert len(drawn(on(1, 9), *events)["tracks"]) == 4


def test_a_cutoff_far_from_all_events_is_told_and_not_drawn() -> None:
    events = [on(1, 12), on(2, 13), on(3, 14)]
    figure = drawn(*events, as_of=AS_OF.replace(year=2026))
    assert figure["cutoff"] is None
    assert figure["notes"][0] == "Cut-off 14 May 2026, 12:00 UTC, after all of it"
    zone = timezone(timedelta(hours=9), "JST")
    near = drawn(*events, as_of=AS_OF.astimezone(zone))
    assert near["notes"] == ["Cut-off in JST", "without an hour: at midday"]


def test_no_citation_crosses_the_cutoff_or_the_edge() -> None:
    figure = drawn(*(on(n, n) for n in range(5, 16)), as_of=AS_OF)
    edge = figure["cutoff"]
    assert edge is not None
    for track in figure["tracks"]:
        width = width_of(track["note"], 9.2)
        start = track["note_x"] - (width if track["note_anchor"] == "end" else 0)
        assert start >= 0
        assert start + width <= 640
        assert not start < edge < start + width


def test_the_word_of_the_cutoff_takes_the_place_of_a_name_in_its_way() -> None:
    figure = drawn(on(1, 8), on(2, 9), on(3, 18), as_of=AS_OF.replace(hour=9))
    names = [tick["label"] for tick in figure["ticks"]]
    assert names[:8] == ["Wed 8", "Thu 9", "Fri 10", "Sat 11", "Sun 12", "", "", "Wed 15"]


@pytest.mark.parametrize(
    ("begin", "days", "names"),
    [
        (date(2024, 5, 12), 12, ["Sun 12", "Mon 13", "Tue 14"]),
        (date(2024, 5, 12), 20, ["13 May", "20 May", "27 May"]),
        (date(2024, 5, 12), 150, ["Jun 2024", "Jul 2024", "Aug 2024"]),
        (date(2024, 5, 12), 900, ["Jul 2024", "Oct 2024", "Jan 2025"]),
        (date(2001, 5, 12), 9000, ["2005", "2010", "2015"]),
        (date(9999, 12, 30), 2, ["Thu 30", "Fri 31"]),
    ],
)
def test_lines_are_as_many_as_have_room_for_their_names(
    begin: date, days: int, names: list[str]
) -> None:
    ticks = ticks_of(Scale(begin.toordinal(), begin.toordinal() + days))
    assert [tick["label"] for tick in ticks][:3] == names
    places = [tick["x"] for tick in ticks]
    assert all(right - left >= 40 for left, right in pairwise(places))


@pytest.mark.parametrize(
    ("sentence", "time", "speaker", "label", "is_cut"),
    [
        ("The gate opened on Monday.", "Monday", None, "The gate opened on Monday", False),
        (
            "The northern sluice gate stuck half open on Monday night, the keeper said.",
            "Monday night",
            None,
            "The northern sluice gate stuck",
            True,
        ),
        (
            "The keeper told visitors that the gate would stay shut until Friday.",
            "Friday",
            "the gate would stay shut until Friday",
            "the gate would stay shut until",
            True,
        ),
        ("On Monday, the gate opened.", "Monday", None, "the gate opened", False),
        ("Monday.", "Monday", None, "", False),
        (
            "水门于星期一晚上打开，工程师们随后检查了全部设备并宣布恢复供水服务。",
            "星期一",
            None,
            "晚上打开，工程师们随后检查了全",
            True,
        ),
        ("فتحت البوابة يوم الاثنين.", "يوم الاثنين", None, "", False),
        ("सोमवार को फाटक खुला।", "सोमवार", None, "", False),
    ],
)
def test_a_label_is_a_stretch_of_the_sentence(
    sentence: str, time: str, speaker: str | None, label: str, is_cut: bool
) -> None:
    article = make_article(sentence)
    claim = make_claim(
        "c1",
        find_sentence(article, sentence),
        speaker=Speaker("Keeper", None, speaker) if speaker else None,
    )
    found = label_of(claim, Event("c1", time))
    assert (found.text, found.is_cut) == (label, is_cut)
    assert found.text in sentence
    assert width_of(found.text, LABEL_LETTERS) <= ROOM
