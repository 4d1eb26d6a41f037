"""Questions: answered by a claim that holds what is asked for, or listed as open."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefing.claims import group
from briefing.config import BriefSpec, Format, load_config
from briefing.models import Article, Brief, Claim, Question
from briefing.pipeline import make_brief
from briefing.placement import Placed
from briefing.questions import answers_first, ask, find_answers
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.json_document import brief_fields
from briefing.renderers.view import make_view
from briefing.sections.query import Query, compile_queries
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from tests.build import AS_OF, make_article

DATA = Path(__file__).parent / "data" / "questions.txt"
CONFIG = """
briefs:
  wall:
    title: Wall
    language: LANGUAGE
    sources: [{path: a.txt}]
    condense: {length: 100%}
    sections:
      - title: Wall
        description: What became of the wall.
        keywords: [wall, water]
        limit: 2
        questions:
          - How many people died?
          - How many people were injured?
          - When will the road open?
      - {title: Road, keywords: [road], limit: 1}
"""
TEXT = (
    "The wall broke and the water came at night.\n\n"
    "The wall and the water were watched by the wall keepers.\n\n"
    "Seven people died behind the wall, officials said.\n\n"
    "The road will open on 12 May 2024, the county said."
)


def cases() -> list[tuple[str, str, bool]]:
    blocks = DATA.read_text(encoding="utf-8").split("\n", 1)[1].strip().split("\n\n")
    lines = [block.split("\n") for block in blocks]
    assert {line[2] for line in lines} == {"yes", "no"}
    return [(question, sentence, verdict == "yes") for question, sentence, verdict in lines]


def make_query(language: str = "en", texts: tuple[str, ...] = ()) -> Query:
    return compile_queries(make_spec().sections, texts, language)[0]


def make_spec(language: str = "en") -> BriefSpec:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text(CONFIG.replace("LANGUAGE", language), encoding="utf-8")
        (spec,) = load_config(path).briefs
    return spec


def claims_of(*articles: Article) -> list[Claim]:
    splits = [name_people(attribute(split(article))) for article in articles]
    claims = group([sentence for s in splits for sentence in s.sentences])
    return [replace(claim, id=f"c{n}") for n, claim in enumerate(claims, 1)]


@pytest.fixture(scope="module")
def wall() -> Brief:
    article = make_article(TEXT, publisher="Post", published=date(2024, 5, 3))
    return make_brief([article], make_spec(), AS_OF)


@pytest.mark.parametrize(("question", "sentence", "is_answer"), cases())
def test_a_sentence_answers_only_with_what_is_asked_for(
    question: str, sentence: str, *, is_answer: bool
) -> None:
    claims = claims_of(make_article(sentence, published=date(2024, 5, 3)))
    assert bool(find_answers(question, claims, make_query(), {})) is is_answer


def test_the_latest_count_comes_first_and_three_at_most() -> None:
    articles = [
        make_article(
            f"{n} people died in the village.", publisher=f"P{n}", published=date(2024, 5, day)
        )
        for n, day in ((21, 4), (17, 2), (25, 5), (19, 3))
    ]
    found = find_answers("How many people died?", claims_of(*articles), make_query(), {})
    assert [claim.text[:2] for claim in found] == ["25", "21", "19"]


def test_an_answer_is_printed_where_it_is_asked_for_and_nothing_twice(wall: Brief) -> None:
    asked = wall.sections[0]
    assert [bool(question.claims) for question in asked.questions] == [True, False, True]
    printed = {claim.id: claim for section in wall.sections for claim in section.claims}
    answers = [printed[i].text for q in asked.questions for i in q.claims]
    assert answers == [
        "Seven people died behind the wall, officials said.",
        "The road will open on 12 May 2024, the county said.",
    ]
    assert len(asked.claims) == 2
    assert len({claim.text for claim in printed.values()}) == len(printed)


def test_what_is_open_is_named_on_page_one_and_in_its_section(wall: Brief) -> None:
    said = "Not covered by the sources supplied: “How many people were injured?” (section 1)."
    assert said in make_view(wall)["missing"]
    questions = make_view(wall)["sections"][0]["questions"]
    assert [bool(question["numbers"]) for question in questions] == [True, False, True]
    fields = json.loads(json.dumps(brief_fields(wall)))["sections"][0]["questions"]
    assert [row["question"] for row in fields] == [q["text"] for q in questions]
    assert [bool(row["claims"]) for row in fields] == [True, False, True]


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_every_format_prints_the_questions(wall: Brief, form: Format) -> None:
    page = RENDERERS[form](wall, Templates(None)).content.decode()
    assert page.count("How many people were injured?") == 2
    assert page.count("Answered under") == 2
    assert "Not covered by the sources supplied" in " ".join(page.split())


def test_the_word_document_links_to_the_answers(wall: Brief) -> None:
    pytest.importorskip("docx")
    content = RENDERERS["docx"](wall, Templates(None)).content
    with ZipFile(BytesIO(content)) as archive:
        text = re.sub("<[^>]*>", "", archive.read("word/document.xml").decode())
    assert text.count("Answered under") == 2
    assert "How many people were injured? Not covered by the sources supplied." in text


def test_in_a_language_without_a_table_nothing_is_looked_for() -> None:
    article = make_article(TEXT, published=date(2024, 5, 3), language="sv")
    brief = make_brief([article], make_spec("sv"), datetime(2024, 5, 14, tzinfo=UTC))
    assert not any(question.is_looked_for for question in brief.sections[0].questions)
    assert any(text.startswith("Not looked for in this") for text in make_view(brief)["missing"])


def test_no_questions_change_nothing() -> None:
    query = compile_queries(make_spec().sections, (), "en")[1]
    claims = tuple(claims_of(make_article(TEXT)))
    assert ask(query, claims, {}) == ()
    assert answers_first(Placed((claims,), ()), [query], {}) == Placed((claims,), ())
    assert Question("Who?").claims == ()
