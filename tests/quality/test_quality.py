from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from briefing.models import DisagreementKind
from tests.quality.differing import faults as differing_faults
from tests.quality.differing import load_subject, measure_subject, subject_names
from tests.quality.floors import (
    Fall,
    falls,
    load_floors,
    pinned_anew,
    unexplained,
    write_floors,
)
from tests.quality.gold import event_names, faults, load_event
from tests.quality.matching import Matching, fold, is_same_name, is_same_role
from tests.quality.measure import build
from tests.quality.scores import Score, measure


@pytest.mark.quality
@pytest.mark.parametrize("name", event_names())
def test_every_score_reaches_its_floor(name: str) -> None:
    event = load_event(name)
    scores = measure(Matching(build(event), event))
    assert [str(fall) for fall in falls(name, scores, load_floors())] == []


@pytest.mark.quality
@pytest.mark.parametrize("name", subject_names())
def test_what_differs_reaches_its_floor(name: str) -> None:
    subject = load_subject(name)
    scores = measure_subject(build(subject), subject)
    assert [str(fall) for fall in falls(name, scores, load_floors())] == []


@pytest.mark.parametrize("name", subject_names())
def test_the_gold_of_what_differs_stands_in_the_articles(name: str) -> None:
    subject = load_subject(name)
    assert differing_faults(subject) == []
    assert len(subject.disagreements) >= 10
    assert len(subject.look_alikes) >= 15
    assert {one.kind for one in subject.disagreements} == set(get_args(DisagreementKind))


@pytest.mark.parametrize("name", event_names())
def test_the_gold_accounts_for_every_line_of_every_article(name: str) -> None:
    assert faults(load_event(name)) == []


@pytest.mark.parametrize("name", event_names())
def test_an_event_has_every_kind_of_gold(name: str) -> None:
    event = load_event(name)
    body = [line for line in event.lines if not line.is_junk]
    assert len(list((event.folder / "articles").iterdir())) >= 5
    assert {line.dangling for line in body} == {None, "speaker", "context"}
    assert any(line.date for line in body)
    assert any(line.times > 1 for line in body)
    assert len({section for line in body for section in line.sections}) == len(event.sections) + 1


@pytest.mark.parametrize(
    ("given", "accepted", "is_same"),
    [
        ("Colonel Matei Ursu", "Matei Ursu", True),
        ("Raluca Danila", "Raluca Dănilă", True),
        ("the emergency inspectorate", "emergency inspectorate", True),
        ("Ursu", "Matei Ursu", False),
        ("Irina Moldovan", "Ioan Moldovan", False),
        ("She", "Irina Moldovan", False),
    ],
)
def test_a_name_is_right_as_fully_as_the_article_gives_it(
    given: str, accepted: str, *, is_same: bool
) -> None:
    assert is_same_name(given, [accepted]) is is_same


def test_a_role_is_right_when_it_says_what_the_article_says() -> None:
    assert is_same_role("the head of the rescue operation", ["head of the rescue operation"])
    assert not is_same_role("minister", ["environment minister"])
    assert fold("the Café-Owner’s") == ["cafe", "owner's"]


SHARE = Score("speaker-right", 0.8126, "")
COUNT = Score("junk-printed", 2, "", is_count=True)


def test_a_share_falls_below_and_a_count_rises_above_its_floor() -> None:
    floors = {"flood": {"speaker-right": 0.82, "junk-printed": 1.0}}
    assert falls("flood", [SHARE, COUNT], floors) == (
        Fall("flood", "speaker-right", 0.8126, 0.82),
        Fall("flood", "junk-printed", 2, 1),
    )
    assert (
        falls("flood", [SHARE, COUNT], {"flood": {"speaker-right": 0.8, "junk-printed": 2}}) == ()
    )
    assert falls("flood", [SHARE], {}) == (Fall("flood", "speaker-right", 0.8126, None),)


def test_pinning_only_ever_raises_and_lowering_takes_the_flag() -> None:
    floors = {"flood": {"speaker-right": 0.9, "junk-printed": 5.0}}
    measured = {"flood": [SHARE, COUNT]}
    assert pinned_anew(measured, floors) == {"flood": {"speaker-right": 0.9, "junk-printed": 2}}
    assert pinned_anew(measured, floors, lower=True) == {
        "flood": {"speaker-right": 0.812, "junk-printed": 2}
    }


def test_a_floor_is_lowered_only_when_an_unreleased_line_names_event_and_score() -> None:
    fall = Fall("flood", "speaker-right", 0.8, 0.9)
    explained = (
        "# Changelog\n\n## [Unreleased]\n\n- Floor of speaker-right in flood: fewer guesses.\n"
    )
    other_score = explained.replace("speaker-right", "speaker-right-when-given")
    released = explained.replace("Unreleased", "0.2.0")
    assert unexplained([fall], explained) == ()
    assert unexplained([fall], other_score) == (fall,)
    assert unexplained([fall], released) == (fall,)


def test_floors_are_read_back_as_written(tmp_path: Path) -> None:
    floors = {"flood": {"speaker-right": 0.812, "junk-printed": 0.0}}
    write_floors(floors, tmp_path / "floors.toml")
    assert load_floors(tmp_path / "floors.toml") == floors
    assert load_floors(tmp_path / "none.toml") == {}
