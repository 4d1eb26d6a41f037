"""Profiles and paper: one page for a principal, nothing internal for the press, exact margins."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from subprocess import run

import pikepdf
import pytest
from PIL import Image, ImageChops

from briefing.budget import rank_units
from briefing.errors import RenderError
from briefing.models import Brief, Disagreement, Paper, PdfStandard, Side
from briefing.renderers.environment import Templates
from briefing.renderers.fonts import faces
from briefing.renderers.missing import cut_sentence
from briefing.renderers.page_fit import count_pages, fit_pages
from briefing.renderers.pdf_document import print_text, render
from briefing.renderers.principal import MOST_DIFFERENCES, choose, plan_pages, shown_differences
from briefing.renderers.typesetter import Typesetter
from briefing.renderers.typesetting import lay_out
from briefing.renderers.view import make_view
from tests.build import make_awkward_brief, make_plain_brief

DPI = 50
MM = DPI / 25.4
#: top of page 1, top, right, bottom, left, in mm
MARGINS: dict[Paper, tuple[float, ...]] = {
    "a4": (19, 25, 20, 22, 20),
    "letter": (18, 24, 22.95, 21, 22.95),
}


def principal(brief: Brief) -> Brief:
    with Typesetter() as typesetter:
        return fit_pages(replace(brief, profile="principal"), None, Templates(), typesetter)


@pytest.fixture(scope="module")
def page() -> Brief:
    return principal(make_plain_brief())


def test_the_page_is_one_page_with_what_was_cut_counted(
    page: Brief, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        pdf = pikepdf.open(BytesIO(render(page, Templates()).content))
    assert len(pdf.pages) == 1
    assert [record.getMessage() for record in caplog.records] == []  # no link without its target
    assert page.cut is not None
    whole = make_plain_brief()
    before = sum(len(s.claims) for s in whole.sections)
    after = sum(len(s.claims) for s in page.sections)
    assert (page.cut.claims, page.cut.of, page.cut.people) == (before - after, before, 3)
    assert cut_sentence(page) == (
        f"Cut to one page: {before - after} of {before} statements and the roster of 3 people; "
        "all are in brief.json."
    )


def test_the_page_holds_the_bottom_line_the_next_event_a_statement_and_a_view(page: Brief) -> None:
    whole = make_plain_brief()
    assert page.bottom_line == whole.bottom_line
    items = [c.claim.id for c in choose(whole, shown_differences(whole))]
    kept = {c.id for s in page.sections for c in s.claims}
    assert kept == {*whole.bottom_line, *items}
    assert {s["kind"] for s in make_view(page)["sections"]} <= {
        "timeline", "people", "topic", "statements", "experts",
    }  # fmt: skip


def test_the_same_brief_gives_the_same_page(page: Brief) -> None:
    assert principal(make_plain_brief()) == page


def test_three_differences_stand_on_the_page_and_a_denial_is_never_torn() -> None:
    brief = make_plain_brief()
    names = [c.id for s in brief.sections for c in s.claims]
    points = tuple(
        Disagreement(
            f"point {n}",
            "denial" if n == 5 else "figure",
            (Side((a,), "a"), Side((b,), "b")),
        )
        for n, (a, b) in enumerate(zip(names[::2], names[1::2], strict=False), 1)
    )
    brief = replace(brief, disagreements=points)
    shown = shown_differences(brief)
    assert len(shown) == MOST_DIFFERENCES
    least = plan_pages(brief)[-1]
    assert least.cut is not None
    assert {*shown, *least.cut.differences} == set(range(1, len(points) + 1))
    sides = {i for side in points[4].sides for i in side.claims}
    for choice in choose(brief, shown):
        assert 5 in shown or choice.claim.id not in sides


def test_the_plans_leave_out_the_weakest_item_first_and_then_the_bottom_line() -> None:
    plans = plan_pages(make_plain_brief())
    counts = [sum(len(s.claims) for s in plan.sections) for plan in plans]
    assert counts == sorted(counts, reverse=True)
    assert [len(plan.bottom_line) for plan in plans][-1] == min(2, len(plans[0].bottom_line))


def test_what_cannot_stand_on_one_page_is_said() -> None:
    brief = make_plain_brief()
    with pytest.raises(RenderError, match="one page cannot hold"):
        principal(replace(brief, distribution="every desk, " * 900))


def test_pages_are_met_by_leaving_out_the_weakest_statements() -> None:
    brief = make_plain_brief()
    with Typesetter() as typesetter:
        whole = count_pages(brief, Templates(), typesetter)
        made = fit_pages(brief, whole - 1, Templates(), typesetter)
        assert count_pages(made, Templates(), typesetter) <= whole - 1
        assert fit_pages(brief, whole, Templates(), typesetter) is brief
        with pytest.raises(RenderError, match="1 page cannot be met: without a single statement"):
            fit_pages(brief, 1, Templates(), typesetter)
    assert made.cut is not None
    assert made.cut.to == f"{whole - 1} pages"
    kept = {c.id for s in made.sections for c in s.claims}
    best = [c.id for unit in rank_units(brief) for c in unit][: len(kept)]
    assert kept == set(best)


def pictures(content: bytes, folder: Path, tool: str) -> list[Image.Image]:
    (folder / "x.pdf").write_bytes(content)
    run([tool, "-r", str(DPI), "-png", str(folder / "x.pdf"), str(folder / "x")], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("x-*.png"))]


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Left, upper, right and lower edge of what is printed, px."""
    white = Image.new("RGB", picture.size, "white")
    strength = ImageChops.difference(picture, white).convert("L")
    box = strength.point([0] * 41 + [255] * 215).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief])
def test_no_ink_stands_outside_the_margins_and_every_page_is_marked(
    paper: Paper, make_brief: Callable[[], Brief], tmp_path: Path,
    require_tool: Callable[[str], str],
) -> None:  # fmt: skip
    brief = replace(make_brief(), paper=paper, marking="TLP:RED")
    first_top, top, right, bottom, left = MARGINS[paper]
    pages = pictures(render(brief, Templates()).content, tmp_path, require_tool("pdftoppm"))
    for number, picture in enumerate(pages):
        width, height = picture.size
        box = ink(picture)
        assert box[0] >= left * MM - 1.5
        assert box[2] <= width - right * MM + 1.5
        upper = (first_top if number == 0 else top) * MM
        edge = height - bottom * MM  # below it a strip that nothing enters, then the running foot
        strip = picture.crop((0, round(edge) + 2, width, round(edge + 2 * MM)))
        assert darkest(strip) > 200
        corner = (width - right * MM - 2 * MM, upper - 4 * MM)
        assert is_marked(picture, corner), f"page {number + 1}: no marking at its head"
        corner = (width - right * MM - 2 * MM, height - bottom * MM + 6 * MM)
        assert is_marked(picture, corner), f"page {number + 1}: no marking at its foot"


def is_marked(picture: Image.Image, corner: tuple[float, float]) -> bool:
    """Whether the black ground of a marking covers a place near its right edge."""
    x, y = round(corner[0]), round(corner[1])
    near = picture.crop((x - 3, y - 4, x + 4, y + 5))
    return darkest(near) < 40


def darkest(picture: Image.Image) -> int:
    """The lowest grey in a picture, 0 for black."""
    return next(level for level, count in enumerate(picture.convert("L").histogram()) if count)


def test_nothing_is_marked_without_a_marking(
    tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    brief = replace(make_plain_brief(), marking="", distribution="", profile="press")
    pages = pictures(render(brief, Templates()).content, tmp_path, require_tool("pdftoppm"))
    for picture in pages:
        width, height = picture.size
        assert not is_marked(picture, (width - 22 * MM, height - 16 * MM))


def test_letter_and_its_running_head() -> None:
    brief = replace(make_plain_brief(), paper="letter", profile="press", marking="")
    content = render(brief, Templates()).content
    pdf = pikepdf.open(BytesIO(content))
    assert {tuple(map(float, page.MediaBox)) for page in pdf.pages} == {(0, 0, 612, 792)}
    assert re.fullmatch(r"Press brief", make_view(brief)["profile_label"])


def test_a_key_stands_level_with_its_words_in_a_brief_read_from_right_to_left() -> None:
    brief = replace(make_plain_brief(), language="ar")
    with Typesetter() as typesetter:
        text = print_text(brief, Templates(), typesetter)
    pages = lay_out(text, {face.name: str(face.path) for face in faces()}).pages
    boxes = [box for page in pages for box in page._page_box.descendants()]
    seen = 0
    for claim in (box for box in boxes if type(box).__name__ == "BlockBox"):
        inner = [box for box in claim.children if type(box).__name__ == "BlockBox"]
        if claim.element_tag != "li" or len(inner) < 2:
            continue
        key, words = inner[:2]
        assert key.element.get("class") == "key"
        assert key.position_x > words.position_x  # on the right
        assert abs(key.content_box_y() - words.children[0].position_y) < 8
        seen += 1
    assert seen > 10


@pytest.mark.parametrize("standard", ["ua-1", "a-3u"])
def test_pdf_is_sound_and_holds_only_embedded_fonts(
    standard: PdfStandard, tmp_path: Path, require_tool: Callable[[str], str]
) -> None:
    path = tmp_path / "brief.pdf"
    brief = replace(make_plain_brief(), pdf_standard=standard)
    path.write_bytes(render(brief, Templates()).content)
    assert run([require_tool("qpdf"), "--check", str(path)], capture_output=True).returncode == 0
    listed = run([require_tool("pdffonts"), str(path)], capture_output=True, text=True, check=True)
    rows = listed.stdout.splitlines()[2:]
    assert len(rows) == 4
    assert all(re.search(r"Source-(Serif|Sans)-Pro.* yes +yes +yes ", row) for row in rows), rows
