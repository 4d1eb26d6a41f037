"""brief.html asks for nothing, and every link inside it leads somewhere."""

from __future__ import annotations

import json
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
    assert page.xpath("//script/@type") == ["application/ld+json"]  # facts, which nothing runs
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //base")
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


@pytest.mark.parametrize("make_brief", MAKERS)
def test_every_citation_of_a_claim_leads_to_a_passage_that_leads_back(
    make_brief: Callable[[], Brief],
) -> None:
    page = html.fromstring(page_of(make_brief))
    entries = {
        entry.get("id"): set(entry.xpath(".//p[@class='places']/a/@href"))
        for entry in page.xpath("//li[.//p[@class='places']]")
    }
    claims = page.xpath("//li[@id][.//p[@class='text']]")
    assert claims
    for claim in claims:
        for link in claim.xpath(".//span[@class='cite']/a/@href"):
            assert f"#{claim.get('id')}" in entries[link[1:]]


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


@pytest.mark.parametrize("make_brief", MAKERS)
def test_programs_read_what_it_is_and_what_it_cites(make_brief: Callable[[], Brief]) -> None:
    brief = make_brief()
    text = page_of(make_brief)
    (content,) = html.fromstring(text).xpath("//script/text()")
    facts = json.loads(content)
    assert facts["@context"] == "https://schema.org"
    assert (facts["@type"], facts["headline"]) == ("Report", brief.title)
    assert facts["datePublished"] == brief.as_of.isoformat()
    assert facts.get("publisher", {}).get("name", "") == brief.issuer
    assert [each["position"] for each in facts["citation"]] == [r.number for r in brief.references]
    for each, reference in zip(facts["citation"], brief.references, strict=True):
        article = reference.article
        assert each["@type"] == "NewsArticle"
        assert each.get("headline") == article.title
        assert each.get("publisher", {}).get("name") == article.publisher
        assert [author["name"] for author in each.get("author", [])] == list(article.authors)
        assert ("datePublished" in each) == (article.published is not None)
        assert re.match(r"https?://", each.get("url", "http://"))
        assert None not in each.values()
    assert "<" not in content  # no title can end the element


def test_a_passage_opens_its_page_at_the_sentence() -> None:
    page = html.fromstring(page_of(make_plain_brief))
    links = page.xpath("//a[text()='Open the page at this sentence']/@href")
    assert len(links) == len(page.xpath("//li[starts-with(@id, 'e')]//a[contains(@href, ':~:')]"))
    assert (
        "https://courier.example/world/water-ministers"
        "#:~:text=Upland%20lets%20310%20cubic,treaty%20of%201961%20foresees."
    ) in links
