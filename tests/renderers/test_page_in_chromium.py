"""brief.html in a real browser: reachable, legible and whole at every width, in light and dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from subprocess import run
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.browser import EVERY_RULE, assert_fits, opened
from tests.renderers.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Uri = Callable[[str], str]
Require = Callable[[str], ModuleType]
WIDTHS = (390, 768, 1280)
SCHEMES = ("light", "dark")
PAPER = {"light": (0xFF, 0xFF, 0xFF), "dark": (0x12, 0x17, 0x1D)}
INK = {"light": (0x16, 0x20, 0x2B), "dark": (0xE6, 0xEB, 0xF0)}
ACCENT = {"light": "rgb(11, 74, 111)", "dark": "rgb(140, 196, 230)"}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(
    name: str, scheme: str, chromium: Browser, page_uri: Uri, require_module: Require
) -> None:
    axe = require_module("axe_playwright_python.sync_playwright").Axe()
    with opened(chromium, page_uri(name), scheme=scheme) as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = axe.run(page, options=EVERY_RULE)
            assert found.response["testEngine"]["name"] == "axe-core"
            assert found.violations_count == 0, f"{width} px: {found.generate_report()}"


#: The least contrast of words in figures, which axe does not measure, and how many there are.
CONTRAST = """() => {
  const light = colour => {
    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrasts = [...document.querySelectorAll("svg text")].map(text => {
    text.scrollIntoView({ block: "center" });
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const below = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2)
      .find(e => e instanceof SVGRectElement);
    const ground = below ? getComputedStyle(below).fill
      : getComputedStyle(document.body).backgroundColor;
    const [one, other] = [light(getComputedStyle(text).fill), light(ground)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
  return [Math.min(...contrasts), contrasts.length];
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_in_figures_stand_out(scheme: str, chromium: Browser, page_uri: Uri) -> None:
    with opened(chromium, page_uri("every-kind"), scheme=scheme) as page:
        least, number = page.evaluate(CONTRAST)
    assert number > 20
    assert least >= 4.5


def test_axe_finds_what_is_wrong(chromium: Browser, require_module: Require) -> None:
    axe = require_module("axe_playwright_python.sync_playwright").Axe()
    page = chromium.new_page()
    page.set_content("<title>t</title><p style='color: #aaa'>too pale</p>")
    found = axe.run(page, options=EVERY_RULE)
    page.close()
    assert "color-contrast" in {each["id"] for each in found.response["violations"]}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_reaches_beyond_the_window(name: str, chromium: Browser, page_uri: Uri) -> None:
    """320 px is also what a window of 1280 px has left at a zoom of 400 %."""
    with opened(chromium, page_uri(name)) as page:
        for width in (320, *WIDTHS, 640, 900, 1100):
            assert_fits(page, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_page_looks_the_same_without_scripts(width: int, chromium: Browser, page_uri: Uri) -> None:
    shots = []
    for scripts in (True, False):
        with opened(chromium, page_uri("every-kind"), width=width, scripts=scripts) as page:
            shots.append(page.screenshot(full_page=True))
    assert shots[0] == shots[1]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_ground_and_text_have_their_colours(
    width: int, scheme: str, chromium: Browser, page_uri: Uri
) -> None:
    with opened(chromium, page_uri("every-kind"), width=width, scheme=scheme) as page:
        picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    size = picture.width * picture.height
    colours = Counter({colour: n for n, colour in picture.getcolors(size) or ()})
    (ground, most), *_ = colours.most_common(1)
    assert ground == PAPER[scheme]
    assert most > 0.5 * size
    assert colours[INK[scheme]] > 0.005 * size
    other = "dark" if scheme == "light" else "light"
    assert colours[INK[other]] < 0.001 * size
    margin = picture.crop((0, 100, 3 if width == 390 else 20, 400))
    assert [colour for _, colour in margin.getcolors() or ()] == [ground]


GRID = {
    1280: {"toc": 196, "main": 840, "key": 188, "text": 624},
    768: {"toc": 768, "main": 720, "key": 164, "text": 532},
    390: {"toc": 390, "main": 354, "key": 354, "text": 354},
}
SIZES = {  # px and leading, from 640 px up and below
    "h1": ("46/50", "33/36"),
    ".deck": ("20/27", "18/24"),
    ".section h2": ("26/31", "22/27"),
    ".head .number": ("26/31", "22/24"),
    ".description": ("16/22", "16/22"),
    ".bottom .text": ("21/30", "19/27"),
    ".section .claims .text": ("18/27", "17/25"),
    ".further": ("14/19", "14/19"),
    ".chip": ("13/16", "13/16"),
    ".paragraph": ("17/26", "17/26"),
    "dt": ("13/18", "13/18"),
    "dd": ("15/20", "15/20"),
    ".marking": ("15/20", "15/20"),
    ".bar-title": ("14/22", "14/22"),
}


@pytest.mark.parametrize("width", WIDTHS)
def test_grid_and_type_are_those_of_the_design(
    width: int, chromium: Browser, page_uri: Uri
) -> None:
    with opened(chromium, page_uri("every-kind"), width=width) as page:
        boxes = {
            name: page.locator(selector).first.bounding_box()
            for name, selector in (
                ("toc", ".toc"),
                ("main", "main"),
                ("key", ".section .claim .key"),
                ("text", ".section .claim .text"),
            )
        }
        sizes = {
            selector: page.locator(selector).first.evaluate(
                "e => { const s = getComputedStyle(e);"
                " return `${parseFloat(s.fontSize)}/${parseFloat(s.lineHeight)}` }"
            )
            for selector in SIZES
        }
    assert {name: box and box["width"] for name, box in boxes.items()} == GRID[width]
    column = 0 if width >= 640 else 1
    assert sizes == {selector: each[column] for selector, each in SIZES.items()}


def test_words_are_set_in_our_fonts_alone(chromium: Browser, page_uri: Uri) -> None:
    with opened(chromium, page_uri("every-kind")) as page:
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *"})
        used = {
            (font["familyName"], font["isCustomFont"])
            for node in nodes["nodeIds"]
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        }
    assert {family.partition(" Pro")[0] for family, _ in used} == {"Source Sans", "Source Serif"}
    assert all(is_ours for _, is_ours in used)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("selector", "first", "last"),
    [("dd", "14", "2024"), (".section .further", "1", "source"), (".box p", "The", "2")],
)
def test_our_labels_read_in_order_on_a_page_from_right_to_left(
    selector: str, first: str, last: str, width: int, chromium: Browser, page_uri: Uri
) -> None:
    with opened(chromium, page_uri("arabic"), width=width) as page:
        found = page.locator(selector).first.evaluate(
            """(element, words) => {
              const edges = words.map(word => {
                const range = document.createRange(), text = element.firstChild;
                const start = text.data.indexOf(word);
                range.setStart(text, start);
                range.setEnd(text, start + word.length);
                return range.getBoundingClientRect().left;
              });
              const range = document.createRange();
              range.selectNodeContents(element);
              const box = element.getBoundingClientRect();
              return [...edges, box.right - range.getBoundingClientRect().right];
            }""",
            [first, last],
        )
    assert found[0] < found[1]
    assert found[2] < 15  # at the edge where the page's own lines begin


@pytest.mark.parametrize("width", WIDTHS)
def test_bar_stays_on_top_and_a_target_clears_it(
    width: int, chromium: Browser, page_uri: Uri
) -> None:
    with opened(chromium, page_uri("every-kind"), width=width) as page:
        link = page.locator(".section .claim .cite a").first
        target = str(link.get_attribute("href"))
        link.click()
        below = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.bar, .toc')]"
            ".filter(e => e.getBoundingClientRect().left < 30 && e.clientHeight < 60)"
            ".map(e => e.getBoundingClientRect().bottom))"
            if width < 1100
            else "document.querySelector('.bar').getBoundingClientRect().bottom"
        )
        assert page.locator(".bar").bounding_box() == {"x": 0, "y": 0, "width": width} | {
            "height": 42 if width == 390 else 44
        }
        entry = page.locator(target)
        top = entry.bounding_box()
        assert top is not None
        assert below + 8 <= top["y"] < 900  # with room for the outline
        outline = entry.evaluate(
            "e => { const s = getComputedStyle(e);"
            " return [s.outlineStyle, s.outlineWidth, s.outlineColor] }"
        )
        assert outline == ["solid", "2px", ACCENT["light"]]
        entry.locator(".places a").first.click()
        back = page.evaluate("document.querySelector(':target').querySelector('.cite a').hash")
        assert back == target


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_tab_goes_through_every_link_in_order_with_a_ring(
    width: int, scheme: str, chromium: Browser, page_uri: Uri
) -> None:
    with opened(chromium, page_uri("one-source"), width=width, scheme=scheme) as page:
        page.evaluate(
            "window.links = [...document.querySelectorAll('a[href], summary')]"
            ".filter(e => e.checkVisibility())"
        )
        expected = page.evaluate("links.length")
        for number in range(expected):
            page.keyboard.press("Tab")
            place, *ring, box = page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " const { left, right, top, bottom } = e.getBoundingClientRect();"
                " return [links.indexOf(e), s.outlineStyle, s.outlineWidth, s.outlineColor,"
                " [left >= 0, right <= innerWidth, top >= 0, bottom <= innerHeight]] })()"
            )
            assert place == number
            assert ring == ["solid", "2px", ACCENT[scheme]]
            assert all(box)


def test_skip_link_leads_to_the_brief(chromium: Browser, page_uri: Uri) -> None:
    with opened(chromium, page_uri("every-kind")) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "To the brief"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_citations_are_big_enough_for_a_thumb(chromium: Browser, page_uri: Uri) -> None:
    with opened(chromium, page_uri("every-kind"), width=390) as page:
        heights = page.eval_on_selector_all(
            ".cite a", "all => all.map(e => e.getBoundingClientRect().height)"
        )
    assert heights
    assert min(heights) >= 24


def test_print_is_light_marked_and_numbered_on_every_sheet(
    chromium: Browser, page_uri: Uri, require_tool: Callable[[str], str], tmp_path: Path
) -> None:
    printed = tmp_path / "printed.pdf"
    with opened(chromium, page_uri("every-kind"), scheme="dark") as page:
        page.pdf(path=printed, prefer_css_page_size=True, format="A4")
    text = run(
        [require_tool("pdftotext"), "-layout", printed, "-"], capture_output=True, check=True
    ).stdout.decode()
    sheets = text.split("\f")[:-1]
    assert 4 <= len(sheets) <= 7
    for number, sheet in enumerate(sheets, 1):
        assert "TLP:CLEAR" in sheet
        assert "Tarn dam talks" in sheet
        assert f"Page {number} of {len(sheets)}" in sheet
    assert "To the brief" not in text  # nor anything else that only a screen has a use for
    assert "In this brief" not in text
    assert "The gauges are the only witnesses" in " ".join(text.split())
    run([require_tool("pdftoppm"), "-r", "50", "-png", printed, tmp_path / "sheet"], check=True)
    for path in sorted(tmp_path.glob("sheet*.png")):
        picture = Image.open(path).convert("RGB")
        (most, ground), *_ = sorted(picture.getcolors(1 << 24) or (), reverse=True)
        assert ground == PAPER["light"]
        assert most > 0.7 * picture.width * picture.height
