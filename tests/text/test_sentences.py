"""Sentences: the cases of tests/data/text/sentences.txt, and what holds for any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.models import BlockKind
from briefing.text.sentences import split, split_paragraph
from tests.build import make_article

CASES = Path(__file__).parents[1] / "data" / "text" / "sentences.txt"


def read_cases() -> list[tuple[str, str, list[str]]]:
    cases = []
    for stanza in CASES.read_text(encoding="utf-8").split("\n\n"):
        title, text, *expected = (
            line for line in stanza.splitlines() if line and not line.startswith("#")
        )
        cases.append((title, text, [line.removeprefix("> ") for line in expected]))
    return cases


@pytest.mark.parametrize(
    ("title", "text", "expected"), read_cases(), ids=lambda value: str(value)[:40]
)
def test_cases(title: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_paragraph(text)] == expected, title


def test_offsets_point_into_the_article() -> None:
    article = make_article(
        "Harbour reopens\n\nBy Ana Roe\n\n"
        "The harbour reopened on Friday. Eleven ships had docked by then.",
        title="Harbour reopens",
    )

    result = split(article)

    assert [s.text for s in result.sentences] == [
        "The harbour reopened on Friday.",
        "Eleven ships had docked by then.",
    ]
    assert [s.position for s in result.sentences] == [0, 1]
    assert {result.blocks[s.block].kind for s in result.sentences} == {BlockKind.PARAGRAPH}


@given(st.text(alphabet='aB. ,“”"‘’\n?!é漢', max_size=200))
def test_sentences_never_overlap_and_stay_inside_their_block(text: str) -> None:
    result = split(make_article(text))
    end = 0
    for sentence in result.sentences:
        block = result.blocks[sentence.block]
        assert max(end, block.start) <= sentence.start < sentence.end <= block.end
        assert sentence.text == sentence.text.strip()
        end = sentence.end


def test_a_title_ends_no_sentence() -> None:
    text = "The former warden of the prison, Maj. David Brenn, said he attended a meeting in May."
    assert [s.text for s in split(make_article(text)).sentences] == [text]


def test_the_name_of_a_pictures_file_is_no_part_of_a_sentence() -> None:
    text = "Quote_mark.svg On this day I would like to thank the crew. They came home at noon."
    assert [s.text for s in split(make_article(text)).sentences] == ["They came home at noon."]


def test_a_typesetters_marks_are_no_part_of_a_sentence() -> None:
    text = "&QL; The ferries do not just carry people. They came home at noon."
    assert [s.text for s in split(make_article(text)).sentences] == ["They came home at noon."]
