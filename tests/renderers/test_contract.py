"""Every renderer makes the same briefs, says every word as typed and repeats itself to the byte."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from types import ModuleType
from zipfile import ZipFile

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from briefing.config import FORMATS, Format
from briefing.models import Brief, Document
from briefing.renderers import RENDERERS, Templates
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.renderers.documents import document

PRINTED: tuple[Format, ...] = ("markdown", "html", "pdf", "docx", "text")  # for people
WHOLE: tuple[Format, ...] = (*PRINTED, "json")  # with every claim
REFERENCES: tuple[Format, ...] = ("csl", "ris", "bibtex")
MAKERS = (make_plain_brief, make_awkward_brief, make_small_brief)


@pytest.fixture(autouse=True)
def library(request: pytest.FixtureRequest, require_module: Callable[[str], ModuleType]) -> None:
    """A format of an extra is held to the contract where the extra is installed."""
    if "docx" in request.node.name:
        require_module("docx")


def text_of_html(page: str) -> str:
    tree = html.fromstring(page)
    for style in tree.xpath("//style"):
        style.drop_tree()
    return str(tree.text_content())


def text_of(made: Document, require_tool: Callable[[str], str]) -> str:
    """What a reader sees in a document, white space aside."""
    if made.name.endswith(".pdf"):
        command = [require_tool("pdftotext"), "-raw", "-", "-"]
        done = subprocess.run(command, input=made.content, capture_output=True, check=True)
        return done.stdout.decode()
    if made.name.endswith(".docx"):
        with ZipFile(BytesIO(made.content)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
        return "".join(body.itertext("{*}t"))
    text = made.content.decode()
    if made.name.endswith(".md"):
        text = text_of_html(
            MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
        )
    elif made.name.endswith(".html"):
        text = text_of_html(text)
    elif made.name.endswith(".json"):
        text = "\n".join(strings_of(json.loads(text)))
    return text


def strings_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings_of(inner)]
    return (
        [text for inner in value for text in strings_of(inner)] if isinstance(value, list) else []
    )


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_table_holds_every_format() -> None:
    assert tuple(RENDERERS) == FORMATS
    assert set(FORMATS) == {*WHOLE, *REFERENCES}


@pytest.mark.parametrize("make_brief", MAKERS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_same_brief_gives_same_bytes(format_name: Format, make_brief: Callable[[], Brief]) -> None:
    first = document(format_name, make_brief)
    second = RENDERERS[format_name](make_brief(), Templates())
    assert first == second
    assert first.content
    assert first.name.startswith("brief.")


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_small_brief])
@pytest.mark.parametrize("format_name", WHOLE)
def test_prints_every_claim_word_for_word(
    format_name: Format, make_brief: Callable[[], Brief], require_tool: Callable[[str], str]
) -> None:
    brief = make_brief()
    shown = squeeze(text_of(document(format_name, make_brief), require_tool))
    for section in brief.sections:
        for claim in section.claims:
            assert squeeze(claim.text) in shown


@pytest.mark.parametrize("format_name", ["markdown", "html", "docx", "text", "json"])
def test_active_text_shows_as_typed(
    format_name: Format, require_tool: Callable[[str], str]
) -> None:
    brief = make_awkward_brief()
    shown = squeeze(text_of(document(format_name, make_awkward_brief), require_tool))
    for claim in brief.sections[0].claims:
        assert squeeze(claim.text) in shown
    assert squeeze(brief.subtitle) in shown
    assert squeeze("<b>Eve</b> | `E.`") in shown
    assert squeeze("<i>Title</i> with {{ braces }} | pipes and `ticks`") in shown


@pytest.mark.parametrize("format_name", PRINTED)
def test_names_what_is_missing_and_unread(
    format_name: Format, require_tool: Callable[[str], str]
) -> None:
    shown = squeeze(text_of(document(format_name, make_plain_brief), require_tool))
    assert squeeze("The sources hold nothing for section 6, Rail link.") in shown
    assert squeeze("articles/gazette.html") in shown
    assert squeeze("asks for a subscription") in shown
    assert squeeze("Looked for: rail, line, station.") in shown


@pytest.mark.parametrize("format_name", PRINTED)
def test_says_nothing_of_differences_that_nobody_looked_for(
    format_name: Format, require_tool: Callable[[str], str]
) -> None:
    shown = text_of(document(format_name, make_small_brief), require_tool)
    assert "differ" not in shown.lower()


@pytest.mark.parametrize("format_name", PRINTED)
def test_unknowns_are_written_out(format_name: Format, require_tool: Callable[[str], str]) -> None:
    shown = text_of(document(format_name, make_small_brief), require_tool).lower()
    for unknown in ("publisher", "author", "date", "address"):
        assert f"{unknown} not stated" in shown
