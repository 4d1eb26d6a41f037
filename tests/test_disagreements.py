from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.disagreements import can_compare, find_points, tell
from briefing.disagreements.evidence import Pile
from briefing.disagreements.pairing import MET, pairs
from briefing.models import Article, Claim, Disagreement, Passage, Side, Split
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from tests.build import make_article, make_claim

CASES = Path(__file__).parent / "data" / "disagreements"
#: What else stands in a brief, so that the words of a case are as rare as they would be there.
AROUND = """The valley has three churches and a school of music.
A new road was opened near the quarry.
Farmers expect a poor harvest of barley.
The swimming hall is closed for repairs.
An orchestra from the capital played Haydn.
The price of timber has doubled.
Schoolchildren planted oaks along the brook.
A fox was seen behind the bakery.
The library lends garden tools.
Tourists ask for vegetarian meals.
The telephone network failed for an hour.
A painter restored the altar.
Rain is forecast for the weekend.
The chess club elected a treasurer.
Beekeepers complain about pesticides.
The post office moves into the town hall."""


def load(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


def make_report(day: str | None, text: str, publisher: str, language: str = "en") -> Article:
    published = date.fromisoformat(day) if day else None
    return make_article(text, publisher=publisher, published=published, language=language)


def make_claims(*articles: Article) -> tuple[Claim, ...]:
    """A claim for every sentence, with its speaker and the people in it."""
    sentences = [
        s for article in articles for s in name_people(attribute(split(article))).sentences
    ]
    return tuple(
        make_claim(f"c{number}", sentence, speaker=sentence.speaker)
        for number, sentence in enumerate(sentences, 1)
    )


def find_disagreements(
    claims: Sequence[Claim], splits: Sequence[Split] = ()
) -> tuple[Disagreement, ...]:
    return tell(find_points(claims, splits), claims)


def compare(case: Mapping[str, Any]) -> Sequence[Disagreement]:
    language = case.get("language", "en")
    reports = [
        make_report(case[side][0], case[side][1], side, language) for side in ("one", "other")
    ]
    return find_disagreements(make_claims(*reports, make_report(None, AROUND, "around")))


@pytest.mark.parametrize("case", load("differ"), ids=lambda case: case["one"][1])
def test_reports_that_cannot_both_be_so(case: dict[str, Any]) -> None:
    (found,) = compare(case)
    assert found.kind == case["kind"]
    assert found.sides == tuple(Side((f"c{n}",), v) for n, v in enumerate(case["values"], 1))


@pytest.mark.parametrize("case", load("agree"), ids=lambda case: f"{case['why']}: {case['one'][1]}")
def test_reports_that_can_both_be_so(case: dict[str, Any]) -> None:
    assert compare(case) == ()


def test_the_point_is_its_kind_and_words_that_both_share() -> None:
    (found,) = compare(load("differ")[0])
    assert found.about == "figure · mill · employs · weavers"


def test_reports_that_agree_stand_on_one_side_and_a_third_figure_is_a_third_side() -> None:
    days = ("2024-05-15", "2024-05-14", "2024-05-16", "2024-05-17")
    counts = ("640", "410", "about 650", "900")
    reports = [
        make_report(day, f"The mill employs {count} weavers.", count)
        for day, count in zip(days, counts, strict=True)
    ]
    (found,) = find_disagreements(make_claims(*reports, make_report(None, AROUND, "around")))
    assert found.sides == (
        Side(("c2",), "410 weavers"),
        Side(("c1", "c3"), "640 weavers"),
        Side(("c4",), "900 weavers"),
    )


def test_what_a_passage_takes_in_says_something_too() -> None:
    taken_in = make_report(
        None, "The grain barge left the lock. It is now moving to Rotterdam.", "a"
    )
    bound = make_report(None, "The grain barge is heading for Antwerp.", "b")
    splits = [name_people(attribute(split(article))) for article in (taken_in, bound)]
    first, second = splits[0].sentences
    passage = Passage(taken_in, first.start, second.end)
    claims = (
        make_claim("c1", first, passage=passage),
        make_claim("c2", splits[1].sentences[0]),
        *(replace(c, id=f"x{c.id}") for c in make_claims(make_report(None, AROUND, "around"))),
    )
    (found,) = find_disagreements(claims, splits)
    assert found.sides == (Side(("c1",), "to Rotterdam"), Side(("c2",), "for Antwerp"))
    assert find_disagreements(claims) == ()


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        (
            "The guild said that 1,700 weavers would lose their work. "
            "The owner says the figure is invented.",
            "1,700 weavers would lose their work",
            "figure is invented",
        ),
        (
            "“We met them in the granary,” said Ada Blom. "
            "Vera Quist denied that any such meeting took place.",
            "We met them in the granary",
            "denied that any such meeting took",
        ),
    ],
)
def test_a_denial_that_points_back_is_one_of_what_stands_before(
    text: str, said: str, denied: str
) -> None:
    reports = [make_report(None, text, "a"), make_report(None, AROUND, "around")]
    (found,) = find_disagreements(make_claims(*reports))
    assert found.kind == "denial"
    assert found.sides == (Side(("c1",), said), Side(("c2",), denied))


def test_figures_of_one_article_differ_only_when_two_speakers_give_them() -> None:
    around = make_report(None, AROUND, "around")
    owns = make_report(None, "The mill employs 640 weavers. The mill employs 410 weavers.", "a")
    assert find_disagreements(make_claims(owns, around)) == ()
    said = (
        "The mill employs 640 weavers, the guild said. The mill employs 410 weavers, said Ada Blom."
    )
    (found,) = find_disagreements(make_claims(make_report(None, said, "b"), around))
    assert found.kind == "figure"


def test_a_figure_that_the_other_article_gives_as_well_is_of_another_thing() -> None:
    one = make_report(None, "The mill employs 640 weavers.", "a")
    both = make_report(
        None, "The mill employs 410 weavers. The mill by the lake has 640 weavers.", "b"
    )
    assert find_disagreements(make_claims(one, both, make_report(None, AROUND, "around"))) == ()


def test_a_point_is_told_by_the_claim_that_took_its_sentence_in() -> None:
    one = make_report(None, "The grain barge is heading for Antwerp.", "a")
    other = make_report(None, "The grain barge left. It is moving to Rotterdam.", "b")
    claims = make_claims(one, other, make_report(None, AROUND, "around"))
    points = find_points(claims)
    assert tell(points, claims) == ()
    barge = make_report(None, "The grain barge is moving to Rotterdam. Nobody waved.", "b")
    first, second, third, *rest = make_claims(one, barge, make_report(None, AROUND, "around"))
    points = find_points((first, second, third, *rest))
    wide = replace(third, passage=Passage(barge, 0, len(barge.text)))
    (found,) = tell(points, (first, wide, *rest))
    assert [side.claims for side in found.sides] == [("c1",), ("c3",)]


def test_of_many_reports_each_meets_a_few() -> None:
    told = [("mill", "weavers", f"name{number}") for number in range(200)]
    met = list(pairs(told, Pile(())))
    assert len(met) <= 200 * 2 * MET
    assert met == sorted(set(met))


def test_only_languages_with_a_table_are_compared() -> None:
    english = [
        make_report(None, f"The mill at the brook burned for {n + 3} hours.", f"paper {n}")
        for n in range(2)
    ]
    german = make_report(
        None, "Die Mühle am Bach brannte drei Stunden lang.", "Zeitung", language="de"
    )
    assert can_compare(english)
    assert not can_compare((english[0], german))
