"""A message in a browser: 600 px wide at most, legible in light and dark, asks for nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from briefing.deliverers.message import compose
from briefing.models import Brief
from tests.browser import WCAG_RULES, assert_fits, opened
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.deliverers.editions import NOW, make_edition, make_mail

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAKERS = [make_plain_brief, make_awkward_brief, make_small_brief]


def written(root: Path, brief: Brief) -> str:
    mail = make_mail(link="https://briefs.example.org/{name}/{edition}")
    made = compose(
        make_edition(root, brief), mail, recipient="ana@example.org", edition_number=3, now=NOW
    )
    part = message_from_bytes(made.content, policy=default).get_body(("html",))
    assert part is not None
    path = root / "message.html"
    path.write_text(str(part.get_content()), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("make_brief", MAKERS)
def test_a_message_fits_a_telephone_and_is_600_px_wide_at_most(
    make_brief: Callable[[], Brief], chromium: Browser, tmp_path: Path
) -> None:
    with opened(chromium, written(tmp_path, make_brief())) as page:
        for width in (320, 390, 680, 1280):
            assert_fits(page, width)
            sheet = page.locator(".sheet").bounding_box()
            assert sheet is not None
            assert sheet["width"] <= min(width, 600)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_message(
    scheme: str,
    chromium: Browser,
    tmp_path: Path,
    require_module: Callable[[str], ModuleType],
) -> None:
    axe = require_module("axe_playwright_python.sync_playwright").Axe()
    brief = replace(make_plain_brief(), marking="TLP:AMBER")
    with opened(chromium, written(tmp_path, brief), scheme=scheme, width=680) as page:
        # Landmarks, which best practice asks for too, are those of the program that shows it.
        found = axe.run(page, options=WCAG_RULES)
        assert found.violations_count == 0, found.generate_report()
