from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.models import (
    Brief,
    Claim,
    Disagreement,
    Person,
    Section,
    Sentence,
    Side,
    Speaker,
    Split,
)
from briefing.models import Event as Row
from tests.build import AS_OF, find_sentence, make_article, make_claim, make_split
from tests.quality.gold import (
    Copies,
    Event,
    GoldDisagreement,
    GoldLine,
    GoldPerson,
    GoldSpeaker,
    LookAlikes,
    faults,
)
from tests.quality.matching import Matching
from tests.quality.scores import measure

BOAT = make_article(
    "Ferry in trouble\n\n"
    "The ferry ran aground on Monday.\n\n"
    "Nine people were hurt.\n\n"
    "“It was the fog,” said captain Nils Moe. He had asked for a pilot.\n\n"
    "The island has two churches.",
    path="articles/boat.txt",
    published=date(2024, 5, 14),
)
COPY = make_article("Nine people were hurt.\n\nTwelve people were hurt.", path="articles/copy.txt")
MOE = GoldSpeaker(("Nils Moe",), ("captain",))
GOLD = Event(
    name="ferry",
    folder=Path("ferry"),
    sections={"events": "Events", "people": "Crew"},
    lines=(
        GoldLine("boat.txt", "Ferry in trouble", is_junk=True),
        GoldLine(
            "boat.txt",
            "The ferry ran aground on Monday.",
            sections=("events",),
            date=date(2024, 5, 13),
            event="aground",
            state="happened",
        ),
        GoldLine("boat.txt", "Nine people were hurt.", sections=("events",), label="nine"),
        GoldLine(
            "boat.txt",
            "“It was the fog,” said captain Nils Moe.",
            sections=("events",),
            speaker=MOE,
        ),
        GoldLine(
            "boat.txt",
            "He had asked for a pilot.",
            sections=("events", "none"),
            speaker=MOE,
            dangling="speaker",
        ),
        GoldLine("boat.txt", "The island has two churches.", sections=("none",)),
        GoldLine("copy.txt", "Nine people were hurt.", sections=("events",), label="nine"),
        GoldLine("copy.txt", "Twelve people were hurt.", sections=("events",), label="twelve"),
    ),
    people=(GoldPerson(("Nils Moe",), ("captain",), "people"), GoldPerson(("Ida Moe",))),
    different=(LookAlikes(("nine", "twelve"), "figure"),),
    disagreements=(GoldDisagreement("hurt", "figure", (("nine",), ("twelve",))),),
    copies=(Copies("The Wire", ("boat.txt", "copy.txt"), ("nine",)),),
)
SPEAKER = Speaker("Captain Nils Moe", "captain of the ferry", "It was the fog")
FOG = find_sentence(BOAT, "fog")
PILOT = find_sentence(BOAT, "pilot")
AGROUND = make_claim("c1", find_sentence(BOAT, "aground"))
HURT = make_claim("c2", find_sentence(BOAT, "Nine"), find_sentence(COPY, "Nine"), independent=1)
TWELVE = make_claim("c3", find_sentence(COPY, "Twelve"))
QUOTED = make_claim("c4", FOG, speaker=SPEAKER)


def make_ferry(
    *claims: Claim,
    people: tuple[Person, ...] = (),
    events: tuple[Row, ...] = (),
    disagreements: tuple[Disagreement, ...] = (),
    speakers: dict[Sentence, Speaker] | None = None,
) -> Brief:
    """A brief that prints `claims` under Events, with `speakers` on the sentences."""
    known = {FOG: SPEAKER, PILOT: SPEAKER} if speakers is None else speakers
    splits = {}
    for article in (BOAT, COPY):
        split = make_split(article)
        spoken = tuple(replace(s, speaker=known.get(s)) for s in split.sentences)
        splits[article.id] = Split(article, split.blocks, spoken)
    return Brief(
        name="ferry",
        title="Ferry",
        as_of=AS_OF,
        articles=(BOAT, COPY),
        splits=splits,
        sections=(
            Section("Events", "timeline", claims=claims, events=events),
            Section("Crew", "people", people=people),
        ),
        disagreements=disagreements,
    )


def scores_of(brief: Brief) -> dict[str, float]:
    return {score.name: score.value for score in measure(Matching(brief, GOLD))}


def test_a_flawless_brief_reaches_every_score() -> None:
    brief = make_ferry(
        AGROUND,
        HURT,
        TWELVE,
        QUOTED,
        people=(Person("Nils Moe", (), "captain", ("c4",)),),
        events=(Row("c1", "on Monday", date(2024, 5, 13), None, "day", state="happened"),),
        disagreements=(Disagreement("hurt", "figure", (Side(("c2",), "9"), Side(("c3",), "12"))),),
    )
    scores = measure(Matching(brief, GOLD))
    assert [s for s in scores if s.value != (0 if s.is_count else 1)] == []


@pytest.mark.parametrize(
    ("claim", "score", "value"),
    [
        (make_claim("c1", find_sentence(BOAT, "churches")), "right-on-printed", 0),
        (make_claim("c1", find_sentence(BOAT, "Ferry in trouble")), "junk-printed", 1),
        (make_claim("c1", PILOT), "dangling-printed", 1),
        (make_claim("c1", PILOT, speaker=SPEAKER), "dangling-printed", 0),
        (
            make_claim("c1", find_sentence(BOAT, "Nine"), find_sentence(COPY, "Twelve")),
            "different-merged",
            1,
        ),
        (replace(HURT, independent=2), "copies-counted-twice", 1),
        (make_claim("c1", FOG, speaker=Speaker("Ida Moe")), "printed-speaker-right", 0),
        (HURT, "printed-recall", 1 / 4),
        (HURT, "same-pairs-merged", 1),
        (make_claim("c1", find_sentence(BOAT, "Nine")), "same-pairs-merged", 0),
    ],
)
def test_one_printed_claim_moves_its_score(claim: Claim, score: str, value: float) -> None:
    assert scores_of(make_ferry(claim))[score] == value


def test_a_statement_in_two_passages_is_printed_twice() -> None:
    twice = (
        make_claim("c1", find_sentence(BOAT, "Nine")),
        make_claim("c2", find_sentence(COPY, "Nine")),
    )
    assert scores_of(make_ferry(*twice))["printed-twice"] == 1


def test_speakers_are_right_wrong_or_missing() -> None:
    churches = find_sentence(BOAT, "churches")
    scores = scores_of(make_ferry(AGROUND, speakers={FOG: SPEAKER, churches: SPEAKER}))
    assert scores["speaker-right"] == 1 / 2
    assert scores["speaker-right-when-given"] == 1 / 2
    assert scores["role-right"] == 1


def test_a_roster_is_judged_by_row() -> None:
    rows = (Person("Moe", ("Nils Moe", "Ida Moe")), Person("Per Aas"))
    scores = scores_of(make_ferry(AGROUND, people=rows))
    assert scores["people-merged"] == 1
    assert scores["roster-precision"] == scores["roster-recall"] == 0


def test_a_row_with_another_day_or_state_is_wrong() -> None:
    row = Row("c1", "on Monday", date(2024, 5, 6), None, "day", state="planned")
    scores = scores_of(make_ferry(AGROUND, events=(row,)))
    assert scores["main-events-told"] == 1
    assert scores["event-days-right"] == scores["event-states-right"] == 0


def test_an_event_may_be_told_by_a_further_report_in_its_row() -> None:
    row = Row("c2", "on Monday", date(2024, 5, 13), None, "day", also=("c1",))
    assert scores_of(make_ferry(AGROUND, HURT, events=(row,)))["main-events-told"] == 1
    assert scores_of(make_ferry(AGROUND, HURT))["main-events-told"] == 0


def test_faults_name_what_the_article_does_not_hold(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "boat.txt").write_text(BOAT.text + "\n\nA line more.", "utf-8")
    gold = replace(
        GOLD,
        folder=tmp_path,
        lines=(*GOLD.lines, GoldLine("boat.txt", "Nobody said this.", sections=("weather",))),
    )
    assert faults(gold) == [
        "boat.txt: 0 times, not 1: 'Nobody said this.'",
        "boat.txt: unknown section {'weather'} of 'Nobody said this.'",
        "boat.txt: no gold for 'A line more.'",
    ]
