"""brief.pdf: pages, text, links, tags, fonts and silence."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from subprocess import run
from typing import TYPE_CHECKING

import pikepdf
import pytest

from briefing.errors import RenderError
from briefing.models import Brief, Profile
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.fonts import faces
from briefing.renderers.pdf_document import fit_front, name_gaps, render
from briefing.renderers.typesetter import Typesetter
from briefing.renderers.typesetting import lay_out as lay_out_with
from briefing.renderers.view import make_view
from tests.build import (
    make_article,
    make_awkward_brief,
    make_plain_brief,
    make_small_brief,
    make_split,
)
from tests.renderers.documents import document

if TYPE_CHECKING:
    from weasyprint import Document as Layout

OWN_FONT = re.compile(r"/[A-Z]{6}\+Source-(Serif|Sans)-Pro")


def open_pdf(make_brief: Callable[[], Brief]) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(document("pdf", make_brief).content))


@pytest.fixture(scope="module")
def plain() -> pikepdf.Pdf:
    return open_pdf(make_plain_brief)


def lay_out(text: str) -> Layout:
    return lay_out_with(text, {face.name: str(face.path) for face in faces()})


def fonts_of(pdf: pikepdf.Pdf) -> set[str]:
    return {
        str(font.BaseFont)
        for page in pdf.pages
        for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
    }


def test_small_brief_is_one_page_and_plain_brief_six(plain: pikepdf.Pdf) -> None:
    assert len(open_pdf(make_small_brief).pages) == 1
    assert len(plain.pages) == 6


def test_pages_are_a4(plain: pikepdf.Pdf) -> None:
    for page in plain.pages:
        width, height = (float(page.MediaBox[n]) / 72 * 25.4 for n in (2, 3))
        assert (round(width), round(height)) == (210, 297)


def test_only_our_fonts_are_embedded(plain: pikepdf.Pdf) -> None:
    fonts = fonts_of(plain)
    assert len(fonts) == 4
    assert all(OWN_FONT.match(font) for font in fonts), fonts


def test_title_language_tags_and_bookmarks(plain: pikepdf.Pdf) -> None:
    assert str(plain.Root.Lang) == "en"
    assert plain.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in plain.Root
    assert plain.docinfo["/Title"] == "Tarn dam talks"
    with plain.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    with plain.open_outline() as outline:
        titles = [bookmark.title for bookmark in outline.root]
    assert titles == [
        "Bottom line",
        "1 Itinerary",
        "2 Delegations",
        "3 Water shares",
        "4 Upland and Lowland",
        "5 Analyst views",
        "6 Rail link",
        "Points on which sources differ",
        "Sources",
        "Evidence",
    ]


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every element of a structure tree."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


@pytest.mark.parametrize("profile", ["desk", "principal"])
def test_pictures_links_and_tables_can_be_read_aloud(profile: Profile) -> None:
    content = render(replace(make_plain_brief(), profile=profile), Templates()).content
    pdf = pikepdf.open(BytesIO(content))
    tree = list(elements(pdf.Root.StructTreeRoot.K))
    figures = [e for e in tree if e.S == "/Figure"]
    assert figures
    assert all(str(figure.Alt).strip() for figure in figures)
    heads = {str(e.ID) for e in tree if e.S == "/TH"}
    for cell in (e for e in tree if e.S == "/TD"):
        assert {str(name) for name in cell.A.Headers} <= heads
        assert len(cell.A.Headers) > 0
    levels = [int(str(e.S)[2:]) for e in tree if str(e.S) in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for page in pdf.pages:
        assert page.Tabs == "/S"
        assert all("/Contents" in note for note in page.get("/Annots", []))


def test_dates_come_from_the_edition_time(plain: pikepdf.Pdf) -> None:
    assert str(plain.docinfo["/CreationDate"]).startswith("D:20240514120000")
    assert str(plain.docinfo["/ModDate"]).startswith("D:20240514120000")


def test_inner_links_lead_to_named_places_and_outer_ones_to_the_web(plain: pikepdf.Pdf) -> None:
    names = set(pikepdf.NameTree(plain.Root.Names.Dests))
    inner, outer = set(), set()
    for page in plain.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation and annotation.A.S == "/URI":
                outer.add(str(annotation.A.URI))
            elif "/Dest" in annotation:
                inner.add(str(annotation.Dest))
            else:
                inner.add(str(annotation.A.D))
    assert {"e1", "source-1", "b1", "c1", "s1", "sources"} <= inner <= names
    assert all(address.startswith("https://") for address in outer)
    assert any("#:~:text=" in address for address in outer)


def test_brief_json_is_attached_and_nothing_else() -> None:
    pdf = open_pdf(make_awkward_brief)
    assert list(pdf.attachments) == ["brief.json"]
    attached = pdf.attachments["brief.json"]
    assert attached.get_file().read_bytes() == document("json", make_awkward_brief).content
    assert attached.description.startswith("This brief as data")
    assert attached.get_file().mime_type == "application/json"


def test_archive_variant_is_declared_tagged_and_repeatable() -> None:
    brief = replace(make_plain_brief(), pdf_standard="a-3u")
    content = render(brief, Templates()).content
    assert render(brief, Templates()).content == content
    pdf = pikepdf.open(BytesIO(content))
    with pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "3U"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert {str(attached.AFRelationship) for attached in pdf.Root.AF} == {"/Data"}


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_small_brief])
def test_weasyprint_logs_nothing(
    make_brief: Callable[[], Brief], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        render(make_brief(), Templates())
    assert [record.getMessage() for record in caplog.records] == []


def test_awkward_brief_logs_nothing_and_names_each_script_that_this_machine_lacks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    brief = make_awkward_brief()
    chinese = make_article("两位水利部长星期四将在哈林会面。", language="zh")
    brief = replace(
        brief,
        title=chinese.text,
        articles=(*brief.articles, chinese),
        splits={**brief.splits, chinese.id: make_split(chinese)},
    )
    with caplog.at_level(logging.WARNING):
        made = render(brief, Templates())
    assert [record.getMessage() for record in caplog.records] == []
    boxes = shown_by_no_font(chinese.text)
    named = [p.reason for p in made.problems if "Han" in p.reason]
    assert bool(named) == bool(boxes)
    if named:
        assert named[0].startswith("no font on this machine for Chinese characters (Han): ")


def shown_by_no_font(text: str) -> set[str]:
    """The characters of which fontconfig, asked on its own, knows no font."""
    return {
        c
        for c in text
        if not run(
            ["fc-list", f":charset={ord(c):x}", "family"], capture_output=True, check=True
        ).stdout
    }


def test_gaps_are_named_by_script() -> None:
    assert name_gaps({"ا", "ب", "水", "🜁"}) == [
        "no font on this machine for Arabic: 2 different characters stand as empty boxes in "
        "brief.pdf; install a font that has them",
        "no font on this machine for some symbols: 1 character stands as an empty box in "
        "brief.pdf; install a font that has them",
        "no font on this machine for Chinese characters (Han): 1 character stands as an empty box "
        "in brief.pdf; install a font that has them",
    ]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.svg", "briefont:../../x", "ftp://x.example/y"],
)
def test_the_fetcher_is_closed(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        lay_out(f'<img src="{address}" alt="x">')
    assert any(record.getMessage().startswith("Failed to load image") for record in caplog.records)


def test_missing_system_libraries_are_one_line_and_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\\nlong advice\")", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with Typesetter() as typesetter, pytest.raises(RenderError) as caught:
        typesetter.measure("<p>x")
    assert str(caught.value) == "brief.pdf: cannot load library 'libpango-1.0-0'"
    assert "docs/install.md" in caught.value.hint


def test_no_word_stands_alone_inside_a_claim_and_no_citation_is_torn(tmp_path: Path) -> None:
    view = make_view(make_plain_brief())
    claims = [claim for section in view["sections"] for claim in section["claims"]]
    (tmp_path / "widths.html.j2").write_text(
        '{% from "macros.html.j2" import words %}<html lang="en" dir="ltr">'
        '<style>{% include "print.css" %} p { break-inside: avoid }</style>'
        "{% for width in widths %}{% for claim in claims %}"
        '<div style="width: {{ width }}mm">{{ words(claim, true) }}</div>'
        "{% endfor %}{% endfor %}",
        encoding="utf-8",
    )
    text = render_template(
        "widths.html.j2", {"claims": claims, "widths": list(range(72, 127, 3))}, Templates(tmp_path)
    )
    paragraphs = 0
    for page in lay_out(text).pages:
        for box in page._page_box.descendants():
            if box.element_tag != "p" or type(box).__name__ != "BlockBox":
                continue
            lines = ["".join(line_text(line)) for line in box.children]
            paragraphs += 1
            assert all(" " in line.strip(" ") for line in lines[:-1]), lines
            assert lines[-1].count("[") == lines[-1].count("]") == 1, lines
    assert paragraphs == 19 * len(claims)


def test_no_word_stands_alone_inside_an_evidence_paragraph() -> None:
    view: dict[str, object] = {**make_view(make_plain_brief())}
    front = {"contents": True, "about": True, "is_alone": False, "ends_page": True}
    text = render_template("print.html.j2", {**view, "front": front}, Templates())
    paragraphs = [
        ["".join(line_text(line)) for line in box.children]
        for page in lay_out(text).pages
        for box in page._page_box.descendants()
        if box.element_tag == "p" and box.element.get("class") == "paragraph"
        if type(box).__name__ == "BlockBox"
    ]
    assert len(paragraphs) == len(make_view(make_plain_brief())["evidence"])
    for lines in paragraphs:
        assert all(" " in line.strip() for line in lines[:-1]), lines


def line_text(box: object) -> list[str]:
    if type(box).__name__ == "TextBox":
        return [str(getattr(box, "text", ""))]
    return [text for child in getattr(box, "children", ()) for text in line_text(child)]


def test_a_long_first_page_gives_up_contents_before_the_note_on_sources() -> None:
    brief = make_plain_brief()
    first = render_first_page(replace(brief, source_summary=brief.source_summary * 7))
    assert "Four articles from three named publishers" in first
    assert "1 Itinerary" not in first
    longer = render_first_page(replace(brief, source_summary=brief.source_summary * 12))
    assert "Four articles" not in longer
    assert "What is missing" in longer


def render_first_page(brief: Brief) -> str:
    view: dict[str, object] = {**make_view(brief)}
    with Typesetter() as typesetter:
        text = fit_front(view, Templates(), typesetter)
    page = lay_out(text).pages[0]
    return " ".join(line_text(page._page_box))
