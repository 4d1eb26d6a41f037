"""The pipeline: what holds for any brief that it makes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from briefing.config import BriefSpec, CondenseSpec, SectionSpec, SourceSpec
from briefing.models import Article, Brief, Claim, Problem
from briefing.pipeline import make_brief
from tests.build import make_article

NOW = datetime(2024, 5, 18, 12, 0, tzinfo=UTC)
GAZETTE = make_article(
    "Dam at Tarn cracks\n\n"
    "By Ana Roe\n\n"
    "The wall of the dam at Tarn cracked on Monday after three weeks of rain.\n\n"
    "Engineers opened the sluice gates at midnight to lower the water.\n\n"
    "“The wall was never repaired after the flood of 1987,” said Orla Venn, a professor of river "
    "law at the University of Caldmoor. “Somebody will have to explain that.”\n\n"
    "The delegation of the ministry was led by Ilse Brandt, the water minister.\n\n"
    "She walked along the wall for an hour.\n\n"
    "Image caption, The dam at Tarn on Monday.\n\n"
    "Sign up to our daily newsletter and get the news delivered to your inbox.",
    title="Dam at Tarn cracks",
    publisher="Alder Gazette",
    published=date(2024, 5, 15),
)
COURIER = make_article(
    "Tarn: villages cleared\n\n"
    "At midnight engineers opened the sluice gates to lower the water, the ministry said.\n\n"
    "Washington offered help on Tuesday.\n\n"
    "Three villages below the dam were cleared on Tuesday, the ministry said.",
    title="Tarn: villages cleared",
    publisher="Caldmoor Courier",
    published=date(2024, 5, 16),
)
SECTIONS = (
    SectionSpec(title="Course", kind="timeline", keywords=("dam", "cracked", "sluice", "cleared")),
    SectionSpec(title="Who came", kind="people", keywords=("delegation", "minister")),
    SectionSpec(title="Repairs", keywords=("repaired", "flood")),
    SectionSpec(title="American help", kind="statements", actors=("United States",)),
    SectionSpec(title="Scholars", kind="experts"),
    SectionSpec(title="Wheat", keywords=("wheat",), actors=("farmers",)),
)


def make(
    articles: tuple[Article, ...] = (GAZETTE, COURIER),
    sections: tuple[SectionSpec, ...] = SECTIONS,
    length: str | int = "100%",
) -> Brief:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        sources=(SourceSpec(path="articles"),),
        sections=sections,
        condense=CondenseSpec(length=length),
    )
    return make_brief(articles, spec, NOW, [Problem("notes.txt", "empty")])


def all_claims(brief: Brief) -> list[Claim]:
    placed = [c for section in brief.sections for c in (*section.claims, *section.more)]
    return [*placed, *brief.unplaced]


def section_texts(brief: Brief, title: str) -> list[str]:
    (section,) = (s for s in brief.sections if s.title == title)
    return [claim.text for claim in section.claims]


def test_claims_stand_under_their_headings() -> None:
    brief = make()
    assert any("cracked on Monday" in text for text in section_texts(brief, "Course"))
    assert any("Ilse Brandt" in text for text in section_texts(brief, "Who came"))
    assert section_texts(brief, "American help") == ["Washington offered help on Tuesday."]
    assert any("Orla Venn" in text for text in section_texts(brief, "Scholars"))


def test_a_section_without_material_says_so() -> None:
    (wheat,) = (s for s in make().sections if s.title == "Wheat")
    assert wheat.claims == ()
    assert wheat.gap == ("The sources hold nothing for this section. Looked for: wheat, farmers.")
    assert all(s.gap is None for s in make().sections if s.claims)


def test_everything_printed_is_a_slice_of_its_article() -> None:
    for claim in all_claims(make()):
        passage = claim.passage
        assert passage.article.text[passage.start : passage.end] == claim.text
        for sentence in claim.support:
            assert sentence.article.text[sentence.start : sentence.end] == sentence.text


def test_what_two_outlets_say_is_one_claim_that_cites_both() -> None:
    (sluice,) = (c for c in all_claims(make()) if "sluice gates" in c.text)
    assert {a.publisher for a in sluice.articles} == {"Alder Gazette", "Caldmoor Courier"}
    assert sluice.independent == 2


def test_no_sentence_is_printed_twice_and_ids_are_unique() -> None:
    claims = all_claims(make())
    assert len({claim.id for claim in claims}) == len(claims)
    spans = sorted((c.passage.article.id, c.passage.start, c.passage.end) for c in claims)
    for before, after in pairwise(spans):
        assert before[0] != after[0] or before[2] <= after[1]


def test_furniture_is_never_printed() -> None:
    printed = " ".join(claim.text for claim in all_claims(make()))
    for junk in ("By Ana Roe", "Image caption", "newsletter", "Dam at Tarn cracks"):
        assert junk not in printed


def test_a_pronoun_brings_the_sentence_before_along() -> None:
    (walk,) = (c for c in all_claims(make()) if "walked along the wall" in c.text)
    assert "Ilse Brandt" in walk.text


def test_references_are_numbered_by_first_use() -> None:
    brief = make()
    by_id = {claim.id: claim for claim in all_claims(brief)}
    printed = [claim for section in brief.sections for claim in section.claims]
    used = [a for c in [*map(by_id.get, brief.bottom_line), *printed] if c for a in c.articles]
    assert [r.article for r in brief.references] == list(dict.fromkeys(used))
    assert [r.number for r in brief.references] == [1, 2]


def test_a_limit_leaves_the_rest_to_more() -> None:
    sections = (SECTIONS[0].model_copy(update={"limit": 1}),)
    (section,) = make(sections=sections).sections
    assert len(section.claims) == 1
    assert len(section.more) >= 1


def test_condensing_sets_what_may_be_unplaced() -> None:
    brief = make(sections=SECTIONS[-1:], length=1)
    chosen = {s for summary in brief.summaries for s in summary.sentences}
    assert len(chosen) == 2
    assert {s for c in brief.unplaced for s in c.support if s in chosen}
    assert len(brief.unplaced) <= 2


def test_what_condensing_left_out_is_compared_and_listed_where_sources_differ() -> None:
    told = [
        make_article(
            f"{GAZETTE.text}\n\nThe repairs to the sluice took {weeks} weeks, {who} said.",
            publisher=who,
            published=date(2024, 5, 15),
        )
        for weeks, who in (("three", "the mayor"), ("nine", "the builders"))
    ]
    brief = make((told[0], told[1]), sections=SECTIONS[-1:], length=1)
    chosen = {s for summary in brief.summaries for s in summary.sentences}
    (point,) = brief.disagreements
    assert [side.value for side in point.sides] == ["three weeks", "nine weeks"]
    sides = [{c.id: c for c in brief.unplaced}[name] for s in point.sides for name in s.claims]
    assert not chosen & {sentence for claim in sides for sentence in claim.support}
    cited = {reference.article for reference in brief.references}
    assert cited >= {article for claim in sides for article in claim.articles}


def test_problems_and_sources_are_told() -> None:
    brief = make()
    assert brief.problems == (Problem("notes.txt", "empty"),)
    assert brief.source_summary.startswith("2 articles from 2 named publishers")


def test_the_same_input_makes_the_same_brief() -> None:
    assert make().sections == make().sections


@pytest.mark.parametrize(
    "text", ["", "Only a title", "By Ana Roe\n\nLeave a Reply", "漢字だけの記事です。雨が降った。"]
)
def test_an_article_without_sentences_of_its_own_makes_an_empty_brief(text: str) -> None:
    brief = make((make_article(text),))
    assert all(section.claims == () for section in brief.sections)
    assert brief.bottom_line == ()
