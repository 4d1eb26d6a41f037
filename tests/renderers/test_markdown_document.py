"""Escaped text shows as typed in every place where brief.md puts it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from briefing.models import Section
from briefing.renderers.environment import Templates
from briefing.renderers.markdown_document import render
from briefing.renderers.markdown_text import escape_markdown
from tests.build import (
    make_article,
    make_awkward_brief,
    make_claim,
    make_plain_brief,
    make_small_brief,
    make_split,
    number_references,
)

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ACTIVE = "#`*_[]()<>|\\&;-+=.!~^$@{}%:1)\"' \nab"


@given(st.text(alphabet=ACTIVE, min_size=1).map(str.strip).filter(bool))
def test_any_text_in_a_list_item_shows_as_typed(text: str) -> None:
    page = html.fromstring(MARKDOWN.render(f"- {escape_markdown(text)} [1]\n"))
    assert page.tag == "ul"
    assert [child.tag for child in page.iter()] == ["ul", "li"]
    assert " ".join(page.text_content().split()) == " ".join(f"{text} [1]".split())


@pytest.mark.parametrize("prefix", ["# ", "**", "| a |\n| --- |\n| "])
@pytest.mark.parametrize(
    "text", ["# x #", "a | b", "1. x", "- x", "**x**", "<b>", "&lt;", "+", "="]
)
def test_text_shows_as_typed_in_heading_bold_and_table(prefix: str, text: str) -> None:
    suffix = {"**": "**", "# ": ""}.get(prefix, " |")
    shown = html.fromstring(MARKDOWN.render(f"{prefix}{escape_markdown(text)}{suffix}\n"))
    assert text in " ".join(shown.text_content().split())


def test_plain_prose_is_left_alone() -> None:
    text = "“It’s a well-known fact,” said O'Neil (57), at 6.30 p.m.; 1,200 of 3/4 came!"
    assert escape_markdown(text) == text


def test_citations_sources_and_passages() -> None:
    text = render(make_plain_brief(), Templates()).content.decode()
    assert "a third less than the treaty of 1961 foresees.[^b2] [1, 2, 4] (3 sources, 2 " in text
    sources = text.partition("## Sources")[2]
    first = re.search(r"^1\. \*\*Caldmoor Courier\*\*: .*$", sources, re.MULTILINE)
    assert first is not None
    assert "P. Lindgren. 13 May 2024, 17:40 UTC" in first[0]
    assert "<https://courier.example/world/water-ministers>" in first[0]
    assert "\n   - “We are not going to Hallin to sign anything,”" in sources


def test_a_sentence_that_an_article_repeats_stands_once_under_its_source() -> None:
    article = make_article("The ferry sailed at six.\n\nThe ferry sailed at six.")
    brief = replace(
        make_small_brief(),
        articles=(article,),
        splits={article.id: make_split(article)},
        references=number_references(article),
        sections=(
            Section("Ferry", "topic", claims=(make_claim("c1", *make_split(article).sentences),)),
        ),
    )
    text = render(brief, Templates()).content.decode()
    assert text.partition("## Sources")[2].count("The ferry sailed at six.") == 1


def test_sources_are_one_numbered_list_with_passages_inside() -> None:
    page = html.fromstring(
        MARKDOWN.render(render(make_awkward_brief(), Templates()).content.decode())
    )
    (numbered,) = page.xpath("//ol")
    assert len(numbered.findall("li")) == 41
    assert all(source.xpath(".//ul/li") for source in numbered.findall("li"))
    assert not page.xpath("//script | //b | //i | //img | //code | //del")
