"""brief.json holds what the contract names, and its texts equal their slices."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from briefing.errors import CitationError
from briefing.models import Alternative, Person, Section
from briefing.renderers.environment import Templates
from briefing.renderers.json_document import render
from tests.build import (
    COURIER,
    RADIO,
    WIRE,
    make_claim,
    make_plain_brief,
    make_small_brief,
    make_split,
)


def fields_of_plain_brief() -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(render(make_plain_brief(), Templates()).content)
    return fields


def test_top_level_keys_in_the_contract_order() -> None:
    keys = [
        "schema",
        "name",
        "title",
        "language",
        "as_of",
        "articles",
        "references",
        "bottom_line",
        "sections",
        "disagreements",
        "unplaced",
        "problems",
        "source_summary",
    ]
    fields = fields_of_plain_brief()
    assert [key for key in fields if key in keys] == keys
    assert fields["schema"] == "brief/1"
    assert fields["as_of"] == "2024-05-14T12:00:00+00:00"


def test_file_is_utf8_text_that_ends_with_a_newline() -> None:
    content = render(make_plain_brief(), Templates()).content
    assert content.endswith(b"}\n")
    assert "“We are not going".encode() in content


def test_articles_tell_known_and_unknown_facts() -> None:
    articles = {a["id"]: a for a in fields_of_plain_brief()["articles"]}
    courier, radio = articles[COURIER.id], articles[RADIO.id]
    assert courier["published"] == "2024-05-13T17:40:00+00:00"
    assert courier["sha256"] == COURIER.sha256
    assert courier["words"] == len(COURIER.text.split())
    assert radio["publisher"] is None
    assert radio["published"] is None
    assert radio["wire"] is None
    assert [COURIER.text[s["start"] : s["end"]][:9] for s in courier["summary"]] == [
        "The two w",
        "Officials",
    ]


def test_claim_texts_equal_their_slices() -> None:
    texts = {a.id: a.text for a in (COURIER, WIRE, RADIO, *make_plain_brief().articles)}
    seen = 0
    for section in fields_of_plain_brief()["sections"]:
        for claim in (*section["claims"], *section["more"]):
            passage = claim["passage"]
            assert claim["text"] == texts[passage["article"]][passage["start"] : passage["end"]]
            for part in claim["support"]:
                assert part["text"] == texts[part["article"]][part["start"] : part["end"]]
                seen += 1
    assert seen == 20


def test_claim_counts_speaker_and_score() -> None:
    topic, statements = fields_of_plain_brief()["sections"][2:4]
    flow, signing = topic["claims"][0], statements["claims"][0]
    assert (flow["articles"], flow["publishers"], flow["independent"]) == (3, 3, 2)
    assert flow["speaker"] is None
    assert flow["score"] == 0.5
    assert signing["speaker"]["name"] == "Ilse Brandt"
    assert signing["speaker"]["role"] == "Upland’s water minister"


def test_why_sentences_are_the_same_and_where_else_a_claim_fits() -> None:
    brief = make_small_brief()
    (section,) = brief.sections
    claim = make_claim("c1", *make_split(RADIO).sentences[:3])
    told = replace(
        claim,
        same=("", "wording 0.71", "nearly the same words"),
        also_fits=(Alternative("Rivers", 0.123456), Alternative("Roads", 0.1)),
    )
    for given, same, also_fits in (
        (claim, [None, None, None], []),
        (
            told,
            [None, "wording 0.71", "nearly the same words"],
            [{"section": "Rivers", "score": 0.1235}, {"section": "Roads", "score": 0.1}],
        ),
    ):
        shown = replace(brief, sections=(replace(section, claims=(given,)),))
        fields = json.loads(render(shown, Templates()).content)["sections"][0]["claims"][0]
        assert [support["same"] for support in fields["support"]] == same
        assert fields["also_fits"] == also_fits


def test_people_events_and_gaps() -> None:
    sections = fields_of_plain_brief()["sections"]
    assert sections[0]["events"][0] == {
        "claim": "c1",
        "start": "2024-05-13",
        "end": None,
        "granularity": "day",
        "expression": "on Monday evening",
        "state": "reported",
        "clock": None,
        "part": None,
        "rule": "",
        "also": [],
    }
    assert sections[1]["people"][0]["references"] == [1, 2]
    assert sections[2]["gap"] is None
    assert sections[5]["gap"].startswith("The sources hold nothing")


def test_person_of_an_unnumbered_article_is_refused() -> None:
    section = Section("People", "people", people=(Person("Ilse Brandt", articles=(WIRE,)),))
    brief = replace(make_small_brief(), sections=(section,))
    with pytest.raises(CitationError, match=r"Ilse Brandt: articles/wire\.txt"):
        render(brief, Templates())
