"""A page in headless Chromium, and what axe-core is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WCAG_RULES = {"resultTypes": ["violations"], "runOnly": WCAG}
EVERY_RULE = {"resultTypes": ["violations"], "runOnly": [*WCAG, "best-practice"]}
#: Elements that reach beyond the window, but for those in a box that scrolls by itself.
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter(e => {
  for (let up = e; up; up = up.parentElement)
    if (getComputedStyle(up).overflowX === "auto" || getComputedStyle(up).clipPath !== "none")
      return false;
  const { left, right, width } = e.getBoundingClientRect();
  return width > 0 && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
}).map(e => e.outerHTML.slice(0, 100))"""


@contextmanager
def opened(
    browser: Browser, uri: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True
) -> Iterator[Page]:
    """The page in a window 900 px high; all that it asked for or complained of fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
    )
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(uri)
    yield page
    context.close()
    assert {each.partition("#")[0] for each in asked if not each.startswith("data:")} == {uri}
    assert said == []


def assert_fits(page: Page, width: int) -> None:
    """Fail when something reaches beyond a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    sizes = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert sizes == [width, width]
    assert page.evaluate(OUTSIDE) == []
