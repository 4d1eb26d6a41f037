"""The figures as they stand in the page and in print: described, coloured, and never in the way."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from subprocess import run

import pikepdf
import pytest
from PIL import Image

from briefing.models import Brief, Disagreement, Event, EventState, Granularity, Side
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.template_files import shipped_folder
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.renderers.documents import document

SHAPES = r"<(text|rect|circle|path|line)\b([^>]*)>"


def make_drawn_brief() -> Brief:
    """A brief whose timeline has every kind of mark and bar, and two accounts of one time."""
    brief = make_plain_brief()

    def event(
        claim: str, words: str, state: EventState, first: int, last: int | None = None
    ) -> Event:
        end = date(2024, 5, last) if last else None
        kind: Granularity = "range" if last else "day"
        return Event(claim, words, date(2024, 5, first), end, kind, state=state)

    events = (
        event("c9", "for days", "reported", 10, 13),
        event("c6", "all week", "happened", 12, 17),
        event("c1", "on Monday", "happened", 13),
        event("c8", "on Tuesday", "reported", 14),
        event("c7", "at the end", "planned", 15, 18),
        event("c3", "on Thursday", "planned", 16),
        event("c4", "on Friday", "planned", 17),
    )
    sides = (Side(("c3",), "on Thursday"), Side(("c4",), "on Friday"))
    return replace(
        brief,
        sections=(replace(brief.sections[0], events=events), *brief.sections[1:]),
        disagreements=(*brief.disagreements, Disagreement("date · ministers", "date", sides)),
    )


def page(make_brief: Callable[[], Brief]) -> str:
    return document("html", make_brief).content.decode()


def figures(text: str) -> list[str]:
    return re.findall(r'(?s)<figure class="figure.*?</figure>', text)


def test_each_is_named_and_described_for_who_cannot_see_it() -> None:
    found = figures(page(make_plain_brief))
    assert len(found) == 3
    for figure in found:
        drawing = re.search(r'(?s)<svg role="img" aria-labelledby="([^"]+)".*?</svg>', figure)
        assert drawing is not None
        parts = [
            re.search(rf'<(title|desc) id="{name}">([^<]+)<', figure) for name in drawing[1].split()
        ]
        assert [part and part[1] for part in parts] == ["title", "desc"]
        assert all(part and len(part[2]) > 20 for part in parts)


def test_every_shape_has_a_colour_for_print_and_a_class_for_the_dark() -> None:
    style = (shipped_folder() / "page.css").read_text(encoding="utf-8")
    dark = set(re.findall(r"\.figure \.([\w-]+) \{|\.(tint-\d)|\.(part-\d)", style))
    known = {name for names in dark for name in names if name}
    for figure in (
        *figures(page(make_plain_brief)),
        *figures(page(make_awkward_brief)),
        *figures(page(make_drawn_brief)),
    ):
        drawing = figure[figure.index("<svg role=") : figure.index("<figcaption")]
        for tag, attributes in re.findall(SHAPES, drawing):
            assert re.search(r'(fill|stroke)="#[0-9A-F]{6}"', attributes), attributes
            classes = re.search(r'class="([^"]+)"', attributes)
            assert classes is not None
            assert set(classes[1].split()) <= known
            assert tag != "text" or re.search(r'font-family="Source S', attributes)


def test_words_of_a_source_are_serif_and_ours_are_not() -> None:
    timeline, matrix, _ = figures(page(make_plain_brief))
    claims = [c.text for section in make_plain_brief().sections for c in section.claims]
    serif = re.findall(r'<text[^>]*font-family="Source Serif Pro"[^>]*>([^<]+)<', timeline)
    assert len(serif) == 4
    assert all(any(label.rstrip("…") in claim for claim in claims) for label in serif)
    assert "Source Serif" not in matrix


def test_every_kind_of_mark_is_drawn_and_named_in_the_caption() -> None:
    timeline = figures(page(make_drawn_brief))[0]
    drawing, caption = timeline.split("<figcaption>")
    assert drawing.count('stroke-dasharray="3 2"') == 1
    # Bars: half, filled and outlined at the cut-off, outlined.
    assert drawing.count('<rect class="ink"') == 2
    assert drawing.count('<rect class="line hollow"') == 3
    # Marks: happened; reported; Thursday and Friday, planned.
    assert drawing.count('<circle class="ink"') == 1
    assert drawing.count('<circle class="line hollow"') == 3
    assert drawing.count('<path class="ink"') == 1
    for words in ("happened", "reported, not confirmed", "planned or expected", "different times"):
        assert words in caption


def test_weasyprint_logs_nothing_about_figures(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        document("pdf", make_drawn_brief)
    assert caplog.records == []


def test_nothing_is_drawn_where_there_is_nothing_to_show() -> None:
    assert figures(page(make_small_brief)) == []
    quiet = RENDERERS["html"](replace(make_plain_brief(), show_figures=False), Templates())
    assert figures(quiet.content.decode()) == []


def test_figures_are_read_aloud_in_print() -> None:
    pdf = pikepdf.open(BytesIO(document("pdf", make_plain_brief).content))
    told = {
        str(e["/Alt"]) for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/Alt" in e
    }
    assert {
        "Timeline of Itinerary",
        "Printed statements by source and section",
        "How the printed statements are supported",
    } <= told


def test_the_bar_is_inked_in_print_as_wide_as_its_numbers(
    tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    # 3 of 14 statements have two independent sources; a gap of 2 units and outlines of 1 are not
    # tint; 640 units are 170 mm at 10 px.
    (tmp_path / "x.pdf").write_bytes(document("pdf", make_plain_brief).content)
    tool = require_tool("pdftoppm")
    run([tool, "-r", "254", "-f", "4", "-png", "x.pdf", "x"], cwd=tmp_path, check=True)
    tint = bytes.fromhex("8FB8CF")
    widest = 0
    for path in tmp_path.glob("x-*.png"):
        picture = Image.open(path).convert("RGB")
        pixels, line = picture.tobytes(), 3 * picture.width
        rows = (pixels[start : start + line] for start in range(0, len(pixels), line))
        widest = max([widest, *(row.count(tint) for row in rows)])
    assert widest == pytest.approx((round(640 * 3 / 14) - 2 - 2) / 640 * 1700, abs=4)


def test_the_numbers_stand_in_words_where_nothing_is_drawn() -> None:
    markdown = document("markdown", make_plain_brief).content.decode()
    assert "| Source | Itinerary | Delegations | Water shares |" in markdown
    assert "| [1] Caldmoor Courier | 1 | – | 2 | 1 | 1 | 3 |" in markdown
    assert "Of 14 printed statements: 3 by two, 11 by one." in markdown
    text = document("text", make_plain_brief).content.decode()
    assert "Of 14 printed statements: 3 by two, 11 by one." in text
