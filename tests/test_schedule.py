"""Schedules and times -> what is due: clock changes, catching up, windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import ScheduleSpec
from briefing.config.cron import fires_after, fires_before
from briefing.schedule import MOST_MISSED, Due, due, next_slots

MADRID = ZoneInfo("Europe/Madrid")
NEW_YORK = ZoneInfo("America/New_York")
UTC_ZONE = ZoneInfo("UTC")


def schedule(cron: str = "44 7 * * 1-5", **given: object) -> ScheduleSpec:
    return ScheduleSpec.model_validate({"cron": cron, **given})


def at(text: str, zone: ZoneInfo = MADRID) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def periods(todo: Due) -> list[str]:
    return [slot.period for slot in todo.slots]


def test_an_edition_is_due_from_its_minute_on_until_it_is_settled() -> None:
    spec = schedule()
    before = due(spec, MADRID, after="2024-05-13", now=at("2024-05-14T07:43:59"))
    assert before == Due((), ())
    now = due(spec, MADRID, after="2024-05-13", now=at("2024-05-14T07:44"))
    assert periods(now) == ["2024-05-14"]
    assert due(spec, MADRID, after="2024-05-14", now=at("2024-05-14T07:45")) == Due((), ())


def test_a_new_schedule_makes_its_latest_edition_and_misses_nothing() -> None:
    todo = due(schedule(), MADRID, after=None, now=at("2024-05-14T09:00"))
    assert periods(todo) == ["2024-05-14"]
    assert todo.missed == ()
    # On a Sunday evening the Friday's edition is too late, and nobody misses it.
    assert due(schedule(), MADRID, after=None, now=at("2024-05-12T20:00")) == Due((), ())


def test_in_the_night_when_the_clock_goes_forward_0230_is_the_first_moment_after_the_gap() -> None:
    spec = schedule("30 2 * * *")
    slots = next_slots(spec, MADRID, now=at("2024-03-30T12:00"), count=2)
    assert [(slot.period, slot.at.isoformat()) for slot in slots] == [
        ("2024-03-31", "2024-03-31T03:00:00+02:00"),
        ("2024-04-01", "2024-04-01T02:30:00+02:00"),
    ]


def test_in_the_night_when_the_clock_goes_back_0230_is_one_edition() -> None:
    spec = schedule("30 2 * * *")
    seen = []
    after = "2024-10-26"
    moment = datetime(2024, 10, 26, 22, tzinfo=UTC)
    while moment < datetime(2024, 10, 27, 12, tzinfo=UTC):
        for slot in due(spec, MADRID, after=after, now=moment).slots:
            seen.append((slot.period, moment.isoformat()))
            after = slot.period
        moment += timedelta(minutes=1)
    assert seen == [("2024-10-27", "2024-10-27T00:30:00+00:00")]


def test_every_half_hour_makes_one_edition_of_each_civil_half_hour() -> None:
    spec = schedule("*/30 * * * *", catch_up="all")
    todo = due(spec, MADRID, after="2024-10-26T23:30", now=at("2024-10-27T04:00"))
    assert periods(todo) == [
        f"2024-10-27T{hour:02}:{minute:02}" for hour in range(4) for minute in (0, 30)
    ] + ["2024-10-27T04:00"]
    # Of 02:30, which came twice, it is the first that counts.
    half = next(slot for slot in todo.slots if slot.period == "2024-10-27T02:30")
    assert half.at.astimezone(UTC) == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


@pytest.mark.slow
def test_0230_makes_one_edition_a_day_in_every_zone() -> None:
    spec = schedule("30 2 * * *")
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        now = datetime(2023, 12, 31, 12, tzinfo=zone)  # and on over every change of a year
        slots = next_slots(spec, zone, now=now, count=400)
        days = [slot.period for slot in slots]
        assert len(set(days)) == len(days), name
        assert all(a.at < b.at for a, b in pairwise(slots)), name
        # A zone may leave out a whole day once; it may not leave out two.
        span = (slots[-1].at.date() - slots[0].at.date()).days
        assert span in (399, 400), name


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["30 2 * * *", "0 */3 * * *", "*/20 1-3 * * *", "15 0 L * *", "5 4 29 2 *"]),
    st.sampled_from(["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.integers(min_value=1_672_531_200, max_value=1_767_225_600),
)
def test_looking_back_finds_what_looking_ahead_finds(cron: str, name: str, now: int) -> None:
    zone = ZoneInfo(name)
    moment = datetime.fromtimestamp(now, UTC)
    ahead = []
    for fire in fires_after(cron, zone, moment):
        ahead.append(fire.timestamp())
        if len(ahead) == 5:
            break
    back = []
    for fire in fires_before(cron, zone, datetime.fromtimestamp(ahead[-1], UTC)):
        if fire.timestamp() <= moment.timestamp():
            break
        back.append(fire.timestamp())
    assert back[::-1] == ahead


def test_the_last_day_of_a_month_and_the_leap_day_exist() -> None:
    slots = next_slots(schedule("0 6 L * *"), UTC_ZONE, now=at("2024-01-31T12:00"), count=3)
    assert [slot.period for slot in slots] == ["2024-02-29", "2024-03-31", "2024-04-30"]
    slots = next_slots(schedule("0 6 31 * *"), UTC_ZONE, now=at("2024-01-31T12:00"), count=2)
    assert [slot.period for slot in slots] == ["2024-03-31", "2024-05-31"]
    slots = next_slots(schedule("0 6 29 2 *"), UTC_ZONE, now=at("2024-03-01T12:00"), count=1)
    assert [slot.period for slot in slots] == ["2028-02-29"]


def test_weekdays_are_counted_as_cron_does() -> None:
    slots = next_slots(schedule("0 8 * * 1-5"), UTC_ZONE, now=at("2024-05-10T12:00"), count=5)
    assert [slot.at.strftime("%a") for slot in slots] == ["Mon", "Tue", "Wed", "Thu", "Fri"]


def test_latest_makes_the_last_and_says_that_the_others_were_missed() -> None:
    spec = schedule("0 * * * *")
    todo = due(spec, UTC_ZONE, after="2024-05-14T07:00", now=at("2024-05-14T10:10", UTC_ZONE))
    assert periods(todo) == ["2024-05-14T10:00"]
    assert [missed.period for missed in todo.missed] == ["2024-05-14T08:00", "2024-05-14T09:00"]
    assert "catch_up is latest" in todo.missed[0].reason


def test_all_makes_every_one_in_order_but_none_that_is_too_late() -> None:
    spec = schedule("0 * * * *", catch_up="all", max_late="2h")
    todo = due(spec, UTC_ZONE, after="2024-05-14T07:00", now=at("2024-05-14T11:10", UTC_ZONE))
    assert periods(todo) == ["2024-05-14T10:00", "2024-05-14T11:00"]
    assert [missed.reason for missed in todo.missed] == ["more than 2h late"] * 2


def test_none_makes_only_what_is_punctual() -> None:
    spec = schedule(catch_up="none")
    assert periods(due(spec, MADRID, after="2024-05-13", now=at("2024-05-14T08:00"))) == [
        "2024-05-14"
    ]
    late = due(spec, MADRID, after="2024-05-13", now=at("2024-05-14T12:00"))
    assert late.slots == ()
    assert [missed.period for missed in late.missed] == ["2024-05-14"]


@pytest.mark.parametrize(
    ("down", "expected"),
    [(timedelta(hours=1), 0), (timedelta(days=3), 2), (timedelta(days=365), 364)],
)
def test_after_an_hour_three_days_or_a_year_nothing_is_left_unsaid(
    down: timedelta, expected: int
) -> None:
    spec = schedule("0 7 * * *")
    start = datetime(2024, 5, 14, 7, tzinfo=UTC)
    last = "2024-05-13" if down < timedelta(days=1) else "2024-05-14"
    todo = due(spec, UTC_ZONE, after=last, now=start + down)
    assert len(todo.slots) == 1
    assert len(todo.missed) == expected


def test_a_year_of_minutes_is_told_as_one_and_the_latest_singly() -> None:
    spec = schedule("* * * * *")
    todo = due(spec, UTC_ZONE, after="2023-05-14T07:00", now=at("2024-05-14T07:00", UTC_ZONE))
    assert periods(todo) == ["2024-05-14T07:00"]
    assert len(todo.missed) == MOST_MISSED
    assert todo.missed[0].period == "2023-05-14T07:01"
    assert todo.missed[0].reason.startswith("this and all before 2024-05-14T00:21")


def test_what_was_begun_is_due_again_although_a_later_one_is_settled() -> None:
    spec = schedule("0 7 * * *", catch_up="all", max_late="7d")
    todo = due(
        spec,
        UTC_ZONE,
        after="2024-05-14",
        unsettled=["2024-05-13"],
        now=at("2024-05-14T08:00", UTC_ZONE),
    )
    assert periods(todo) == ["2024-05-13"]


def test_a_clock_that_jumps_back_makes_nothing_due_twice() -> None:
    spec = schedule("0 * * * *")
    for hours in (1, 24, 24 * 365 * 10):
        now = at("2024-05-14T08:10", UTC_ZONE) - timedelta(hours=hours)
        assert due(spec, UTC_ZONE, after="2024-05-14T08:00", now=now) == Due((), ())


def test_another_time_of_day_or_zone_makes_no_second_edition_of_a_day() -> None:
    now = at("2024-05-14T20:00")
    assert due(schedule("0 9 * * *"), MADRID, after="2024-05-14", now=now) == Due((), ())
    moved = schedule("44 7 * * *", timezone="America/New_York")
    assert due(moved, MADRID, after="2024-05-14", now=now) == Due((), ())


def test_new_rules_for_a_zone_make_no_second_edition_and_lose_none() -> None:
    # As when a country stays on winter time: the zone keeps its name, its days begin later.
    with files("tzdata").joinpath("zoneinfo/Europe/Lisbon").open("rb") as data:
        updated = ZoneInfo.from_file(data, key=MADRID.key)
    spec = schedule("44 7 * * *")
    made_at = at("2024-05-14T07:44")
    assert periods(due(spec, MADRID, after="2024-05-13", now=made_at)) == ["2024-05-14"]
    for minutes in range(0, 23 * 60, 30):
        now = made_at + timedelta(minutes=minutes)
        assert due(spec, updated, after="2024-05-14", now=now) == Due((), ())
    next_day = due(spec, updated, after="2024-05-14", now=made_at + timedelta(hours=25))
    assert periods(next_day) == ["2024-05-15"]


def test_the_schedules_zone_is_its_own_or_the_briefs() -> None:
    (ours,) = next_slots(schedule(), MADRID, now=at("2024-05-13T12:00"), count=1)
    assert ours.at.isoformat() == "2024-05-14T07:44:00+02:00"
    theirs = schedule(timezone="America/New_York")
    (slot,) = next_slots(theirs, MADRID, now=at("2024-05-13T14:00"), count=1)
    assert slot.at.isoformat() == "2024-05-14T07:44:00-04:00"


def test_windows_of_whole_days_meet_on_the_days_when_the_clock_changes() -> None:
    spec = schedule("44 7 * * *", window="24h", cut_off="07:30")
    for begin in ("2024-03-28T12:00", "2024-10-25T12:00"):
        slots = next_slots(spec, MADRID, now=at(begin), count=5)
        for earlier, later in pairwise(slots):
            assert later.window_start == earlier.cut_off


def test_the_cut_off_is_a_time_of_that_day_or_a_span_before() -> None:
    (slot,) = next_slots(schedule(cut_off="07:30"), MADRID, now=at("2024-05-14T00:00"), count=1)
    assert (slot.window_start, slot.cut_off) == (None, at("2024-05-14T07:30"))
    (slot,) = next_slots(schedule(cut_off="23:00"), MADRID, now=at("2024-05-14T00:00"), count=1)
    assert slot.cut_off == at("2024-05-13T23:00")
    (slot,) = next_slots(
        schedule(cut_off="15m", window="90m"), MADRID, now=at("2024-05-14T00:00"), count=1
    )
    assert (slot.window_start, slot.cut_off) == (at("2024-05-14T05:59"), at("2024-05-14T07:29"))


def test_names_for_common_schedules() -> None:
    (slot,) = next_slots(schedule("@weekly"), UTC_ZONE, now=at("2024-05-14T00:00"), count=1)
    assert (slot.period, slot.at.strftime("%a %H:%M")) == ("2024-05-19", "Sun 00:00")
