"""Analyst's notes: labelled and signed in every format, and never words of a source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from types import ModuleType
from typing import Any

import pikepdf
import pytest

from briefing.config import Format
from briefing.models import Brief, Cut, Note
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.missing import cut_sentence
from tests.build import make_plain_brief, make_small_brief
from tests.renderers.documents import document

ON_WATER = Note("Read it beside last year’s <b>*register*</b>.", "M. Roe")
ON_ALL = Note("The gauges decide.")


def make_noted_brief() -> Brief:
    brief = make_plain_brief()
    sections = tuple(
        replace(section, notes=(ON_WATER,)) if section.title == "Water shares" else section
        for section in brief.sections
    )
    return replace(brief, sections=sections, notes=(ON_ALL,))


def words(text: str) -> str:
    return " ".join(re.sub(r"[\\>|*\s]+", " ", text).split())


@pytest.mark.parametrize("name", ["markdown", "text", "html", "docx"])
def test_a_note_is_labelled_signed_and_as_typed(
    name: Format, require_module: Callable[[str], ModuleType]
) -> None:
    content = document(name, make_noted_brief).content
    if name == "docx":
        docx = require_module("docx")
        text = " ".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)
    else:
        text = content.decode()
    if name == "html":
        text = re.sub(r"<[^>]+>", "", text).replace("&lt;", "<").replace("&gt;", ">")
    if name == "markdown":
        text = text.replace("&lt;", "<")
    shown = words(text)
    for note, author in ((ON_WATER, "M. Roe"), (ON_ALL, "author not stated")):
        assert words(note.text) in shown
        assert f"{author}; not from the sources" in shown
    assert shown.count("Analyst’s note") >= 3  # two labels, and the heading of those on the whole


def test_on_paper_and_screen_it_is_boxed_and_in_italics() -> None:
    page = document("html", make_noted_brief).content.decode()
    boxes = re.findall(r'(?s)<aside class="note">(.*?)</aside>', page)
    assert len(boxes) == 2
    assert all("not from the sources" in box and 'class="note-text"' in box for box in boxes)
    assert "font-style: italic; src: url(data:" in page
    pdf = pikepdf.open(BytesIO(document("pdf", make_noted_brief).content))
    fonts = {
        str(font.BaseFont) for p in pdf.pages for font in p.Resources.get("/Font", {}).values()
    }
    assert any("Italic" in font or font.endswith("-It") for font in fonts), fonts


def test_without_notes_no_italic_face_travels_along() -> None:
    page = document("html", make_small_brief).content.decode()
    assert "font-style: italic; src" not in page
    assert '<aside class="note">' not in page


def test_brief_json_holds_notes_apart_from_all_claims() -> None:
    brief: Any = json.loads(document("json", make_noted_brief).content)
    assert brief["notes"] == [{"text": ON_ALL.text, "author": None, "from_sources": False}]
    (section,) = (s for s in brief["sections"] if s["notes"])
    assert section["notes"] == [{"text": ON_WATER.text, "author": "M. Roe", "from_sources": False}]
    plain: Any = json.loads(document("json", make_plain_brief).content)
    for one, other in zip(brief["sections"], plain["sections"], strict=True):
        assert one["claims"] == other["claims"]
    assert brief["references"] == plain["references"]


def test_a_principals_page_counts_the_notes_that_it_leaves_out() -> None:
    cut = Cut("one page", 3, 14)
    brief = replace(make_noted_brief(), profile="principal", cut=cut)
    assert cut_sentence(brief) == (
        "Cut to one page: 3 of 14 statements and 2 analyst’s notes; all are in brief.json."
    )
    page = RENDERERS["html"](replace(make_noted_brief(), profile="press"), Templates())
    assert "Analyst’s note" in page.content.decode()  # the runner takes them out beforehand
