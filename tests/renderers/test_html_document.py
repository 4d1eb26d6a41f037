"""brief.html asks for nothing, and every link inside it leads somewhere."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from briefing.models import Brief
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.renderers.documents import document

MAKERS = [make_plain_brief, make_awkward_brief, make_small_brief]


def page_of(make_brief: Callable[[], Brief]) -> str:
    return document("html", make_brief).content.decode()


@pytest.mark.parametrize("make_brief", MAKERS)
def test_every_inner_link_has_its_target_and_ids_are_unique(
    make_brief: Callable[[], Brief],
) -> None:
    page = html.fromstring(page_of(make_brief))
    ids = page.xpath("//@id")
    targets = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert len(ids) == len(set(ids))
    assert targets
    assert targets <= set(ids)


@pytest.mark.parametrize("make_brief", MAKERS)
def test_nothing_is_requested_and_nothing_runs(make_brief: Callable[[], Brief]) -> None:
    text = page_of(make_brief)
    page = html.fromstring(text)
    assert not page.xpath("//script | //link | //img | //iframe | //object | //embed | //base")
    assert not [name for name in page.xpath("//@*") if name.attrname.startswith("on")]
    assert set(re.findall(r"url\((\w+:[\w/]+)", text)) == {"data:font/woff2"}
    outside = [link for link in page.xpath("//a/@href") if not link.startswith("#")]
    assert all(link.startswith(("https://", "http://")) for link in outside)


def test_citation_leads_to_the_marked_passage_then_to_the_source_and_back() -> None:
    page = html.fromstring(page_of(make_plain_brief))
    (claim,) = page.xpath("//li[@id='c6']")
    first, second, third = claim.xpath(".//span[@class='cite']/a")
    assert [a.text for a in (first, second, third)] == ["1", "2", "4"]
    (entry,) = page.xpath(f"//li[@id='{second.get('href')[1:]}']")
    assert entry.xpath("string(.//mark)").startswith("In summer the dam passes 310 cubic metres")
    assert "A Lowland official said" in entry.xpath("string(.//p[@class='paragraph'])")
    assert "#c6" in entry.xpath(".//p[@class='places']/a/@href")
    (source,) = page.xpath(f"//tr[@id='{entry.xpath('.//a/@href')[0][1:]}']")
    shown = source.text_content()
    for fact in ("Northern Wire", "Upland, Lowland ministers to talk", "14 May 2024", "06:05 UTC"):
        assert fact in shown
    assert "In summer the dam passes 310 cubic metres" in shown


def test_only_web_addresses_become_links() -> None:
    page = html.fromstring(page_of(make_awkward_brief))
    assert "javascript" not in " ".join(page.xpath("//@href"))
    assert "https://nahr.example/أخبار" in page.xpath("//a/@href")


def test_fonts_hold_every_character_that_they_can_show() -> None:
    text = page_of(make_plain_brief)
    subsets = re.findall(r"base64,([\w+/=]+)", text)
    assert len(subsets) == 4
    for subset in subsets:
        known = TTFont(BytesIO(b64decode(subset))).getBestCmap()
        assert {ord(c) for c in "Tarn “talks” ’¶[1, 2]"} <= set(known)
        assert not {ord("—"), ord("Ж")} & set(known)
