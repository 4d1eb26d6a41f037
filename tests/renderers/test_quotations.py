"""The table of who said what, in every format that has it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from briefing.models import Brief, Section, Speaker
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.view import make_view
from briefing.settling import settle
from tests.build import (
    AS_OF,
    find_sentence,
    make_article,
    make_claim,
    make_plain_brief,
    make_small_brief,
    number_references,
)
from tests.renderers.documents import document


def make_quoting_brief() -> Brief:
    return settle(make_plain_brief())


def test_a_row_has_speaker_words_status_and_who_carried_it_first() -> None:
    rows = make_view(make_quoting_brief())["quotations"]
    assert [
        (r["speaker"]["name"], r["words"], r["status"], r["first"], r["date"]) for r in rows
    ] == [
        (
            "Ilse Brandt",
            ["We are not going to Hallin to sign anything"],
            "reported",
            "Caldmoor Courier",
            "13 May",
        ),
        (
            "Lowland’s foreign ministry",
            ["Nobody has offered us a single litre"],
            "said",
            "Northern Wire",
            "14 May",
        ),
    ]
    assert [row["id"] for row in rows] == ["q1", "q2"]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ((date(2024, 5, 14), date(2024, 5, 13)), ("Second Post", "13 May")),
        (
            (date(2024, 5, 14), datetime(2024, 5, 14, 9, tzinfo=UTC)),
            ("Second Post", "14 May"),  # the hour of the other is not known
        ),
        ((date(2023, 5, 14), date(2024, 5, 13)), ("First Post", "14 May 2023")),
        ((None, date(2024, 5, 13)), ("not known", "a date is missing")),
        ((None,), ("First Post", "date not stated")),
    ],
)
def test_first_is_the_earliest_where_all_dates_are_known(
    dates: tuple[date | None, ...], first: tuple[str, str]
) -> None:
    said = "We shut the gate at noon"
    articles = tuple(
        make_article(f"“{said},” Roe said.", publisher=f"{name} Post", published=day)
        for name, day in zip(("First", "Second"), dates, strict=False)
    )
    claim = make_claim(
        "c1", *(find_sentence(a, said) for a in articles), speaker=Speaker("Roe", None, said)
    )
    brief = Brief(
        "gate",
        "Gate",
        AS_OF,
        articles=articles,
        references=number_references(*articles),
        sections=(Section("S", "statements", claims=(claim,)),),
    )
    (row,) = make_view(settle(brief))["quotations"]
    assert (row["first"], row["date"]) == first


def test_words_lead_to_their_evidence_and_back() -> None:
    page = RENDERERS["html"](make_quoting_brief(), Templates()).content.decode()
    row = re.search(r'(?s)<tr role="row" id="q1">.*?href="#(e\d+)".*?</tr>', page)
    assert row is not None
    entry = re.search(rf'(?s)<li class="claim" id="{row[1]}">(.*?)</li>', page)
    assert entry is not None
    assert "We are not going to Hallin to sign anything" in entry[1]
    assert '<a href="#q1">↑ Who said what</a>' in entry[1]


def test_every_format_has_the_words() -> None:
    brief = make_quoting_brief()
    for name in ("markdown", "text", "html"):
        text = RENDERERS[name](brief, Templates()).content.decode()
        table = text[text.rindex("First carried by" if name != "text" else "Who said what") :]
        plain = " ".join(re.sub(r"<[^>]+>", " ", table).split())
        assert "“Nobody has offered us a single litre”" in plain
        assert plain.index("Ilse Brandt") < plain.index("foreign ministry")


def test_it_can_be_left_out_and_is_where_nobody_is_quoted() -> None:
    quiet = make_view(replace(make_quoting_brief(), show_quotations=False))
    assert quiet["quotations"] == []
    assert not any("Who said" in p["label"] for e in quiet["evidence"] for p in e["places"])
    assert make_view(replace(make_quoting_brief(), profile="principal"))["quotations"] == []
    assert "Who said what" not in document("html", make_small_brief).content.decode()
