"""Paragraphs, tables and links in our words -> a .docx file, by python-docx and Office Open XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from briefing.renderers.docx_blocks import Block, Row, Voice, Words

SANS, SERIF = "Arial", "Georgia"  #: on every desk; the fonts of the other formats may not be
INK, SECOND, ACCENT, DIFFER = "16202B", "4A5663", "0B4A6F", "7A4106"
RULE, MARK, SURFACE = "C9D0D7", "FFF0BC", "F3F5F7"
TEXT_WIDTH = 160  #: mm, between margins of 25 mm on A4
PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}  #: mm
#: Style -> face, size in points, leading in points, space before and after in points, bold, colour.
STYLES: dict[str, tuple[str, float, float, float, float, bool, str]] = {
    "Normal": (SANS, 9, 12, 0, 4, False, INK),
    "Title": (SANS, 26, 30, 6, 4, True, INK),
    "Subtitle": (SANS, 12, 16, 0, 8, False, SECOND),
    "Heading 1": (SANS, 15, 18, 20, 4, True, INK),
    "Heading 2": (SANS, 10.5, 13, 12, 4, True, INK),
    "Lead": (SERIF, 11.5, 16, 0, 8, False, INK),
    "Passage": (SERIF, 10, 14, 0, 7, False, INK),
    "Evidence": (SERIF, 9, 12.5, 0, 2, False, SECOND),
    "Key": (SANS, 8, 10.5, 3, 1, False, SECOND),
    "Own": (SANS, 9, 12.5, 0, 4, False, INK),
    "Note": (SANS, 9, 12.5, 0, 2, False, INK),
}
#: Voice -> face (None: that of the paragraph), size, bold, colour.
VOICES: dict[Voice, tuple[str | None, float | None, bool, str | None]] = {
    "strong": (SANS, None, True, INK),
    "second": (SANS, 8, False, SECOND),
    "source": (SERIF, None, False, None),
    "cited": (SERIF, None, False, INK),
    "citation": (SANS, 8, False, ACCENT),
    "differ": (SANS, None, True, DIFFER),
    "link": (SANS, 8, False, ACCENT),
    "note": (SANS, None, False, INK),
}
#: What XML cannot hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FIRST_YEAR, LAST_YEAR = 1980, 2107  #: a zip file knows no others


class Writer:
    """A document that grows from its first paragraph to its last."""

    def __init__(
        self, title: str, author: str, language: str, moment: datetime, paper: str
    ) -> None:
        self._document = docx.Document()
        self._moment = moment
        self._language = language
        self._anchors = 0
        self._set_properties(title, author)
        self._set_page(*PAPERS[paper])
        self._set_styles()

    def add(self, block: Block) -> None:
        """Append a paragraph."""
        self._fill(self._document.add_paragraph(), block)

    def add_table(
        self, widths_mm: Sequence[float], head: Sequence[str], rows: Iterable[Row]
    ) -> None:
        """Append a table whose head is repeated on every page; no row breaks across pages."""
        table = self._document.add_table(rows=0, cols=len(widths_mm))
        table.autofit = False
        margins = element("w:tblCellMar")
        margins.append(element("w:left", w="0", type="dxa"))
        table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
        heads = Row(
            tuple((Block((Words(text, "second"),), keeps_with_next=True),) for text in head)
        )
        for number, row in enumerate((heads, *rows)):
            line = table.add_row()
            properties = line._tr.get_or_add_trPr()
            properties.append(element("w:cantSplit"))
            if number == 0:
                properties.append(element("w:tblHeader"))
            for cell, blocks, width in zip(line.cells, row.cells, widths_mm, strict=True):
                cell.width = Mm(width)
                self._fill_cell(cell, blocks, ACCENT if number == 0 else RULE)
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
        self._document.add_paragraph(style="Key")

    def set_furniture(self, head: str, foot: str, marking: str) -> None:
        """What stands on every page: title and marking on top, edition, page and marking below."""
        section = self._document.sections[0]
        for part, text, has_page in ((section.header, head, False), (section.footer, foot, True)):
            paragraph = part.paragraphs[0]
            paragraph.style = "Key"
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
            self._fill(paragraph, Block((Words(f"{text}\t"),), "Key"))
            if has_page:
                self._add_words(paragraph, Words("Page "))
                self._add_field(paragraph, "PAGE")
                self._add_words(paragraph, Words(" of "))
                self._add_field(paragraph, "NUMPAGES")
            if marking:
                self._add_words(paragraph, Words("  "))
                self._add_marking(paragraph, marking)

    def content(self) -> bytes:
        """The file; the same paragraphs give the same bytes."""
        saved = BytesIO()
        self._document.save(saved)
        year = min(max(self._moment.year, FIRST_YEAR), LAST_YEAR)
        moment = self._moment.replace(year=year).timetuple()[:6]
        written = BytesIO()
        with ZipFile(saved) as old, ZipFile(written, "w") as new:
            for name in old.namelist():
                member = ZipInfo(name, moment)
                member.create_system = 3
                new.writestr(member, old.read(name), ZIP_DEFLATED)
        return written.getvalue()

    def _set_properties(self, title: str, author: str) -> None:
        properties = self._document.core_properties
        properties.title = writable(title)[:255]
        properties.author = writable(author)[:255]
        properties.language = self._language
        properties.comments = properties.keywords = properties.last_modified_by = ""
        properties.created = properties.modified = self._moment
        properties.revision = 1

    def _set_page(self, width_mm: float, height_mm: float) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(width_mm), Mm(height_mm)
        section.left_margin = section.right_margin = Mm((width_mm - TEXT_WIDTH) / 2)
        section.top_margin, section.bottom_margin = Mm(25), Mm(22)
        section.header_distance = section.footer_distance = Mm(11)

    def _set_styles(self) -> None:
        styles = self._document.styles
        for name, (face, size, leading, before, after, is_bold, colour) in STYLES.items():
            if name not in styles:
                styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
            style = styles[name]
            set_face(style.element.get_or_add_rPr(), face)
            style.font.size, style.font.bold = Pt(size), is_bold
            style.font.italic = False
            for spacing in style.element.rPr.findall(qn("w:spacing")):
                style.element.rPr.remove(spacing)  # the template spaces letters of subtitles
            style.font.color.rgb = RGBColor.from_string(colour)
            paragraph = style.paragraph_format
            paragraph.line_spacing = Pt(leading)
            paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
            for border in style.element.findall(f".//{qn('w:pBdr')}"):
                border.getparent().remove(border)
        heading = styles["Heading 1"].element.get_or_add_pPr()
        border = element("w:pBdr")
        border.append(element("w:top", val="single", sz="8", space="4", color=INK))
        heading.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:outlineLvl")
        note = styles["Note"].element.get_or_add_pPr()
        border = element("w:pBdr")
        border.append(element("w:left", val="single", sz="16", space="8", color=INK))
        note.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind")
        styles["Note"].paragraph_format.left_indent = Mm(3)
        for voice, (voice_face, voice_size, is_bold, voice_colour) in VOICES.items():
            style = styles.add_style(f"Voice {voice}", WD_STYLE_TYPE.CHARACTER)
            properties = style.element.get_or_add_rPr()
            if voice_face:
                set_face(properties, voice_face)
            style.font.bold = is_bold or None
            if voice_size:
                style.font.size = Pt(voice_size)
            if voice_colour:
                style.font.color.rgb = RGBColor.from_string(voice_colour)
            if voice == "note":
                style.font.italic = True
            if voice == "cited":
                style.font.underline = True
                properties.append(element("w:shd", val="clear", color="auto", fill=MARK))
        defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(element("w:lang", val=self._language, bidi=self._language))

    def _fill_cell(self, cell: _Cell, blocks: Sequence[Block], rule: str) -> None:
        borders = element("w:tcBorders")
        borders.append(element("w:bottom", val="single", sz="4", space="0", color=rule))
        cell._tc.get_or_add_tcPr().append(borders)
        for number, block in enumerate(blocks):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            self._fill(paragraph, block)
            paragraph.paragraph_format.space_before = Pt(0 if number else 2)
            paragraph.paragraph_format.space_after = Pt(2 if number == len(blocks) - 1 else 0)

    def _fill(self, paragraph: Paragraph, block: Block) -> None:
        paragraph.style = self._document.styles[block.style]
        if block.keeps_with_next:
            paragraph.paragraph_format.keep_with_next = True
        if block.is_right_to_left:
            paragraph._p.get_or_add_pPr().insert_element_before(
                element("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
        if block.anchor:
            self._anchors += 1
            number, name = str(self._anchors), bookmark(block.anchor)
            paragraph._p.append(element("w:bookmarkStart", id=number, name=name))
            paragraph._p.append(element("w:bookmarkEnd", id=number))
        for words in block.words:
            self._add_words(paragraph, words)

    def _add_words(self, paragraph: Paragraph, words: Words) -> None:
        run = paragraph.add_run(writable(words.text))
        if words.voice != "own":
            run.style = self._document.styles[f"Voice {words.voice}"]
        properties = run._r.get_or_add_rPr()
        if words.is_right_to_left:
            properties.append(element("w:rtl"))
        if words.language and words.language != self._language:
            properties.append(element("w:lang", val=words.language, bidi=words.language))
        if words.target:
            link = element("w:hyperlink", anchor=bookmark(words.target), history="1")
        elif words.url:
            link = element("w:hyperlink", history="1")
            relation = paragraph.part.relate_to(
                words.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link.set(qn("r:id"), relation)
        else:
            return
        link.append(run._r)
        paragraph._p.append(link)

    def _add_field(self, paragraph: Paragraph, name: str) -> None:
        field = element("w:fldSimple", instr=name)
        run = paragraph.add_run("1")
        field.append(run._r)
        paragraph._p.append(field)

    def _add_marking(self, paragraph: Paragraph, marking: str) -> None:
        run = paragraph.add_run(f"\u00a0{writable(marking)}\u00a0")
        run.font.bold, run.font.size = True, Pt(12)
        run.font.color.rgb = RGBColor.from_string("FFFFFF")
        run._r.get_or_add_rPr().append(element("w:shd", val="clear", color="auto", fill="000000"))


def element(tag: str, **attributes: str) -> OxmlElement:
    """An element of the main namespace with attributes of the same."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_face(properties: OxmlElement, face: str) -> None:
    """One face for every script, in place of the theme's."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("w:rFonts", ascii=face, hAnsi=face, cs=face, eastAsia=face))


def bookmark(anchor: str) -> str:
    """The name of a bookmark for an anchor: letters, digits and underscores, at most 40."""
    return re.sub(r"\W", "_", anchor, flags=re.ASCII)[:40]


def writable(text: str) -> str:
    """`text` without the few characters that XML cannot hold."""
    return UNWRITABLE.sub("", text)
