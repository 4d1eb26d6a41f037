"""brief.docx: structure, links both ways, two voices, and that a word processor opens it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest
from lxml import etree

from briefing.errors import RenderError
from briefing.models import Brief, Paper
from briefing.renderers import Templates, docx_document
from tests.build import AS_OF, make_awkward_brief, make_plain_brief, make_small_brief

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAKERS = (make_plain_brief, make_awkward_brief, make_small_brief)


@pytest.fixture(autouse=True)
def library(require_module: Callable[[str], ModuleType]) -> ModuleType:
    return require_module("docx")


def made(make_brief: Callable[[], Brief]) -> bytes:
    return docx_document.render(make_brief(), Templates()).content


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def texts(element: etree._Element, path: str) -> list[str]:
    return ["".join(each.itertext(f"{WORD}t")) for each in element.iterfind(path)]


def test_headings_and_tables(library: ModuleType) -> None:
    document = library.Document(BytesIO(made(make_plain_brief)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[:4] == [
        "Bottom line",
        "Where sources differ",
        "What is missing",
        "About the sources",
    ]
    assert headings[4:] == [
        *(f"{n}  {s.title}" for n, s in enumerate(make_plain_brief().sections, 1)),
        "Points on which sources differ",
        "Sources",
        "Evidence",
    ]
    heads = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert ["Name", "Role, as the sources give it", "Sources"] in heads
    assert ["No.", "Source", "Published", "Text", "Used"] in heads
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{WORD}trPr/{WORD}tblHeader") is not None
    (sources,) = (t for t in document.tables if t.rows[0].cells[0].text == "No.")
    assert len(sources.rows) == 1 + len(make_plain_brief().references)


@pytest.mark.parametrize("make_brief", MAKERS)
def test_every_link_leads_somewhere_and_back(make_brief: Callable[[], Brief]) -> None:
    body = part(made(make_brief))
    names = [b.get(f"{WORD}name") for b in body.iter(f"{WORD}bookmarkStart")]
    numbers = [b.get(f"{WORD}id") for b in body.iter(f"{WORD}bookmarkStart")]
    assert [n for n, count in Counter([*names, *numbers]).items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", str(name)) for name in names)
    targets = {link.get(f"{WORD}anchor") for link in body.iter(f"{WORD}hyperlink")} - {None}
    assert targets <= set(names)
    entries = {name for name in names if re.fullmatch(r"e\d+", str(name))}
    assert entries, "no evidence"
    assert entries <= targets  # from a claim to its evidence
    assert {f"source_{r.number}" for r in make_brief().references} <= set(names)
    printed = {claim.id for section in make_brief().sections for claim in section.claims}
    assert printed <= targets  # and back


def test_a_citation_leads_to_the_passage_of_that_source() -> None:
    body = part(made(make_plain_brief))
    (claim,) = (
        p
        for p in body.iter(f"{WORD}p")
        if [b.get(f"{WORD}name") for b in p.iter(f"{WORD}bookmarkStart")] == ["b1"]
    )
    assert "".join(claim.itertext(f"{WORD}t")).endswith("said on Monday.\u00a0[1,\u00a02]")
    assert texts(claim, f"{WORD}hyperlink") == ["1", "2"]
    target = claim.find(f"{WORD}hyperlink").get(f"{WORD}anchor")
    paragraphs = list(body.iter(f"{WORD}p"))
    (at,) = (
        n
        for n, p in enumerate(paragraphs)
        if target in [b.get(f"{WORD}name") for b in p.iter(f"{WORD}bookmarkStart")]
    )
    entry = paragraphs[at + 1]
    cited = [
        "".join(run.itertext(f"{WORD}t"))
        for run in entry.iter(f"{WORD}r")
        if (style := run.find(f"{WORD}rPr/{WORD}rStyle")) is not None
        and style.get(f"{WORD}val") == "Voicecited"
    ]
    (first,) = (
        claim.text
        for section in make_plain_brief().sections
        for claim in section.claims
        if claim.id == make_plain_brief().bottom_line[0]
    )
    assert cited == [first]


def test_words_of_a_source_have_a_face_of_their_own() -> None:
    content = made(make_plain_brief)
    faces = {
        style.get(f"{WORD}styleId"): fonts.get(f"{WORD}ascii")
        for style in part(content, "word/styles.xml").iter(f"{WORD}style")
        if (fonts := style.find(f"{WORD}rPr/{WORD}rFonts")) is not None
    }
    assert faces["Voicesource"] == faces["Voicecited"] == "Georgia"
    assert faces["Key"] == faces["Heading1"] == faces["Voicestrong"] == "Arial"
    serif = "".join(
        "".join(run.itertext(f"{WORD}t"))
        for run in part(content).iter(f"{WORD}r")
        if (style := run.find(f"{WORD}rPr/{WORD}rStyle")) is not None
        and faces.get(style.get(f"{WORD}val")) == "Georgia"
    )
    for section in make_plain_brief().sections:
        for claim in section.claims:
            assert claim.text in serif
    assert "independent" not in serif


@pytest.mark.parametrize("make_brief", MAKERS)
def test_elements_stand_in_the_order_that_word_asks_for(make_brief: Callable[[], Brief]) -> None:
    orders = {
        "rPr": "rStyle rFonts b bCs i color spacing sz szCs u shd rtl lang",
        "pPr": "pStyle keepNext keepLines pBdr tabs bidi spacing ind jc outlineLvl rPr",
        "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
        "tcPr": "tcW tcBorders shd",
    }
    content = made(make_brief)
    for name in ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"):
        for tag, order in orders.items():
            for element in part(content, name).iter(f"{WORD}{tag}"):
                if element.getparent().get(f"{WORD}type") == "table":
                    continue  # table styles of the library's own template
                known = [etree.QName(child).localname for child in element]
                ranks = [order.split().index(each) for each in known if each in order.split()]
                assert ranks == sorted(set(ranks)), (name, tag, known)


def test_only_web_addresses_are_linked() -> None:
    relations = part(made(make_awkward_brief), "word/_rels/document.xml.rels")
    outside = [r.get("Target") for r in relations if r.get("TargetMode") == "External"]
    assert outside
    assert all(re.match(r"https?://", str(target)) for target in outside)


def test_a_passage_in_another_language_says_so() -> None:
    body = part(made(make_awkward_brief))
    run = next(r for r in body.iter(f"{WORD}r") if r.find(f"{WORD}rPr/{WORD}rtl") is not None)
    arabic = [
        r.find(f"{WORD}rPr/{WORD}lang").get(f"{WORD}bidi")
        for r in body.iter(f"{WORD}r")
        if r.find(f"{WORD}rPr/{WORD}lang") is not None
    ]
    assert run is not None
    assert set(arabic) == {"ar"}
    assert next(body.iter(f"{WORD}bidi")) is not None


def test_the_file_says_nothing_of_when_or_where_it_was_made(library: ModuleType) -> None:
    content = made(make_plain_brief)
    properties = library.Document(BytesIO(content)).core_properties
    assert properties.title == make_plain_brief().title
    assert properties.author == make_plain_brief().issuer
    assert properties.created == properties.modified == AS_OF
    assert properties.last_modified_by == properties.comments == ""
    with ZipFile(BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {AS_OF.timetuple()[:6]}


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_the_page_is_that_of_the_paper(library: ModuleType, paper: Paper, size: object) -> None:
    brief = replace(make_small_brief(), paper=paper)
    section = library.Document(BytesIO(made(lambda: brief))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


def test_without_the_extra_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(RenderError, match=r"^brief\.docx: .*pip install '\.\[docx\]'$"):
        docx_document.render(make_small_brief(), Templates())


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief])
def test_a_word_processor_opens_it(
    make_brief: Callable[[], Brief], tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    (tmp_path / "brief.docx").write_bytes(made(make_brief))
    command = [
        require_tool("soffice"),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
        str(tmp_path / "brief.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    printed = subprocess.run(
        [require_tool("pdftotext"), "-raw", str(tmp_path / "brief.pdf"), "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    shown = re.sub(r"\s+", "", printed)
    if make_brief is make_plain_brief:
        for section in make_brief().sections:
            for claim in section.claims:
                assert re.sub(r"\s+", "", claim.text) in shown
    assert "Page1of" in shown
    info = subprocess.run(
        [require_tool("pdfinfo"), str(tmp_path / "brief.pdf")],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    assert re.search(r"(?m)^Page size: .*A4", info)
    assert re.search(rf"(?m)^Title: +{re.escape(make_brief().title)}$", info)
