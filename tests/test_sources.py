"""The statement about the sources: every figure in it is counted in the brief."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import PublisherSpec, RegisterSpec, load_config
from briefing.models import (
    Article,
    Brief,
    Claim,
    Descriptor,
    Disagreement,
    Origin,
    Problem,
    Section,
)
from briefing.pipeline import make_brief
from briefing.renderers.json_document import brief_fields
from briefing.runner import read_sources
from briefing.sources import summarize_sources
from tests.build import AS_OF, make_article, make_claim, make_split, number_references

ROOT = Path(__file__).parent.parent
DATED = make_article("The wall cracked.", publisher="Paper 1", published=date(2024, 5, 3))
TIMED = make_article(
    "The gates opened.", publisher="Paper 2", published=datetime(2024, 5, 1, 23, tzinfo=UTC)
)
BARE = make_article("The village slept.")
COPY = make_article("The village sleeps.", publisher="Paper 3", wire="Paper 1")


def make_summary(
    *articles: Article,
    claims: tuple[Claim, ...] = (),
    origins: tuple[Origin, ...] | None = None,
    **more: tuple[Problem, ...] | tuple[Disagreement, ...],
) -> str:
    brief = Brief(
        "a",
        "A",
        AS_OF,
        articles=articles,
        origins=tuple(Origin((a.id,)) for a in articles) if origins is None else origins,
        references=number_references(*dict.fromkeys(a for c in claims for a in c.articles)),
        sections=(Section("S", "topic", claims=claims),),
        problems=tuple(p for p in more.get("problems", ()) if isinstance(p, Problem)),
        disagreements=tuple(
            d for d in more.get("disagreements", ()) if isinstance(d, Disagreement)
        ),
    )
    return summarize_sources(brief)


def claim(number: int, *articles: Article) -> Claim:
    return make_claim(f"c{number}", *(make_split(a).sentences[0] for a in articles))


def test_counts_articles_publishers_and_independent_sources_with_the_reason() -> None:
    origins = (
        Origin((DATED.id, COPY.id), ("Paper 1 copy",)),
        Origin((TIMED.id,)),
        Origin((BARE.id,)),
    )
    assert make_summary(DATED, TIMED, BARE, COPY, origins=origins).startswith(
        "4 articles from 3 named publishers, 1 of unknown publisher; "
        "3 independent sources (Paper 1 copy: 2 articles)."
    )
    assert make_summary(DATED).startswith("1 article from 1 named publisher; 1 independent source.")
    assert make_summary(BARE).startswith("1 article, 1 of unknown publisher; 1 independent source.")
    assert make_summary().startswith("0 articles; 0 independent sources.")


def test_countries_come_from_the_register_alone() -> None:
    norway = Descriptor("Paper 1", country="Norway", control="state")
    known = replace(DATED, descriptor=norway)
    assert "Publishers by country: Norway 1; unknown 1. 1 publisher is state-controlled." in (
        make_summary(known, TIMED)
    )
    assert "No publisher’s country is on file." in make_summary(DATED, TIMED)


def test_says_the_span_of_dates_the_oldest_used_and_what_is_undated() -> None:
    four = (DATED, TIMED, BARE, COPY)
    summary = make_summary(*four, claims=(claim(1, DATED), claim(2, TIMED)))
    assert "Published 1 May 2024 to 3 May 2024; 2 undated." in summary
    assert "The oldest article relied on is of 1 May 2024." in summary
    assert "The oldest article relied on is of 3 May 2024." in (
        make_summary(*four, claims=(claim(1, DATED),))
    )
    assert "No article relied on states its date." in make_summary(*four, claims=(claim(1, BARE),))
    assert "Published 3 May 2024. " in make_summary(DATED)
    assert "No article states its date." in make_summary(BARE)


def test_the_days_are_those_of_the_brief_s_zone() -> None:
    late = make_article(
        "The gates shut.", published=datetime.fromisoformat("2024-05-02T05:00:00+09:00")
    )
    assert "Published 1 May 2024." in make_summary(late)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ((), "No statement is printed."),
        ((claim(1, DATED),), "The one printed statement rests on a single source: nothing"),
        ((claim(1, DATED), claim(2, TIMED)), "Each of 2 printed statements rests on a single"),
        ((claim(1, DATED, TIMED), claim(2, TIMED, BARE)), "None of 2 printed statements rests"),
        (
            (claim(1, DATED, TIMED), claim(2, TIMED), claim(3, TIMED, BARE)),
            "Of 3 printed statements, 1 (33%) rests on a single source.",
        ),
        (
            (claim(1, DATED, TIMED), claim(2, TIMED), claim(3, BARE)),
            "Of 3 printed statements, 2 (67%) rest on a single source.",
        ),
    ],
)
def test_counts_statements_on_a_single_source(claims: tuple[Claim, ...], said: str) -> None:
    assert said in make_summary(DATED, TIMED, BARE, claims=claims)


def test_names_what_differs_and_what_was_not_read_only_where_there_is_some() -> None:
    assert not re.search("differ|not read", make_summary(DATED))
    point = Disagreement("dead", "figure", ())
    assert "Sources differ on 1 point." in make_summary(DATED, disagreements=(point,))
    update = replace(point, kind="update")
    assert "On 1 point a later report replaces" in make_summary(DATED, disagreements=(update,))
    compared = summarize_sources(Brief("a", "A", AS_OF, is_compared=True))
    assert "No point was found on which sources differ." in compared
    problems = (Problem("x.txt", "empty"), Problem("x.txt", "cut"), Problem("y.txt", "empty"))
    assert "2 sources were not read, or only in part." in make_summary(DATED, problems=problems)
    assert "1 source was not read, or" in make_summary(DATED, problems=problems[:2])


@pytest.mark.parametrize("config", ["config.yaml", "examples/flood/config.yaml"])
@settings(max_examples=6, deadline=None)
@given(kept=st.data())
def test_every_number_is_what_brief_json_counts(config: str, kept: st.DataObject) -> None:
    (spec,) = load_config(ROOT / config).briefs
    articles = read_sources(spec.sources, spec, root=(ROOT / config).parent).articles
    some = kept.draw(st.lists(st.sampled_from(articles), min_size=1, unique=True))
    owner = PublisherSpec(name=some[0].publisher or "X", owner="One", country="NO", control="state")
    spec = spec.model_copy(update={"publishers": RegisterSpec(path="p", entries=(owner,))})
    brief = make_brief(some, spec, AS_OF, [Problem("x.txt", "empty")])
    fields = json.loads(json.dumps(brief_fields(brief)))
    printed = [claim for section in fields["sections"] for claim in section["claims"]]
    single = sum(claim["independent"] == 1 for claim in printed)
    differing = [point for point in fields["disagreements"] if point["kind"] != "update"]
    named = {
        a["descriptor"]["name"] if a["descriptor"] else a["publisher"] for a in fields["articles"]
    } - {None}
    counted = {
        r"^(\d+) article": len(fields["articles"]),
        r"from (\d+) named publisher": len(named) or None,
        r"; (\d+) independent source": len(fields["independent_sources"]),
        r"; (\d+) undated": sum(a["published"] is None for a in fields["articles"]) or None,
        r"Of (\d+) printed": len(printed) if 0 < single < len(printed) else None,
        r"printed statements, (\d+)": single if 0 < single < len(printed) else None,
        r"Each of (\d+)": len(printed) if 1 < single == len(printed) else None,
        r"differ on (\d+)": len(differing) or None,
        r"On (\d+) points? a later": len(fields["disagreements"]) - len(differing) or None,
        r"(\d+) source was not read": len({p["subject"] for p in fields["problems"]}),
    }
    said = {p: re.search(p, fields["source_summary"]) for p in counted}
    if len(counted) and not [a for a in fields["articles"] if a["published"]]:
        counted[r"; (\d+) undated"] = None  # said in words
    assert {p: int(m[1]) if m else None for p, m in said.items()} == counted
