"""A brief without its annex of evidence: no link leads nowhere, and citations lead to sources."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from types import ModuleType

import pikepdf
import pytest

from briefing.models import Brief
from briefing.renderers import RENDERERS, Templates
from briefing.settling import settle
from tests.build import make_plain_brief
from tests.renderers.documents import document


def make_bare_brief() -> Brief:
    return replace(settle(make_plain_brief()), show_evidence=False, show_summaries=True)


def test_on_screen_every_citation_leads_to_a_source() -> None:
    page = document("html", make_bare_brief).content.decode()
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    targets = re.findall(r'href="#([^"]+)"', page)
    assert set(targets) <= ids
    assert not [target for target in targets if re.fullmatch(r"e\d+", target)]
    cited = re.findall(r'class="cite"[^>]*>\[<a href="#(source-\d+)"', page)
    assert len(cited) > 14
    assert 'id="evidence"' not in page
    assert "Annex B</p>" in page  # the summaries, which move up


def test_in_print_every_link_has_its_place_and_nothing_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        content = document("pdf", make_bare_brief).content
    assert caplog.records == []
    with pikepdf.open(BytesIO(content)) as bare, bare.open_outline() as outline:
        titles = [bookmark.title for bookmark in outline.root]
    assert titles[-2:] == ["Sources", "Summaries"]


def test_in_a_word_processor_links_lead_to_sources(
    require_module: Callable[[str], ModuleType],
) -> None:
    require_module("docx")
    from zipfile import ZipFile

    content = RENDERERS["docx"](make_bare_brief(), Templates()).content
    xml = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    anchors = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    targets = set(re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', xml))
    assert targets
    assert targets <= anchors
    assert not [target for target in targets if re.fullmatch(r"e\d+", target)]


def test_footnotes_in_markdown_stay() -> None:
    bare = document("markdown", make_bare_brief).content.decode()
    assert re.search(r"\[\^c10\]: Source \d, Caldmoor Courier, 13 May 2024, ¶ 3", bare)
