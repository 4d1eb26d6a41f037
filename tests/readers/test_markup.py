"""Hostile and broken Markdown and HTML: the text comes out, and nothing else does."""

from __future__ import annotations

import pytest

from briefing.errors import ParseError
from briefing.readers import markdown, webpage
from briefing.readers.flattening import flatten, measure_depth
from briefing.readers.page import Page

PARAGRAPHS = [
    f"The river rose by {n} metres on the night of the storm, the water office said on Tuesday, "
    "and the people of the lower town were taken to the school on the hill."
    for n in ("two", "three", "four", "five")
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page_of(html: str, encoding: str = "utf-8") -> Page:
    (page,) = webpage.parse(html.encode(encoding), "x.html")
    return page


def text_of(markup: str) -> str:
    (page,) = markdown.parse(markup.encode(), "x.md")
    return page.text


@pytest.mark.parametrize("count", [150, 250, 1000, 20_000])
def test_deeply_nested_page_keeps_its_text(count: int) -> None:
    page = page_of(f"<html><body>{'<div>' * count}{BODY}{'</div>' * count}</body></html>")
    assert all(paragraph in page.text for paragraph in PARAGRAPHS)
    assert bool(page.notes) == (count > webpage.DEPTH)


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body><article>{BODY.replace('</p>', '')}",
        f"<html><body><article><b><i>{BODY}</b></i></article></div></span>",
        f"<html><body><!-- never closed <article>{BODY}</article>",
        f"<html><body><article>{BODY}<script>var x = '<p>no</p>';",
        f"<?xml version='1.0' encoding='utf-8'?><html><body><article>{BODY}</article></html>",
        f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><article>{BODY}&x;</article>",
        f"<html><body><article>{BODY}&#0;&#x110000;&bogus;&#xd800;</article></body></html>",
        f"<html><body><base href='file:///'><article>{BODY}<img src='file:///etc/passwd'></article>",
    ],
)
def test_broken_page_gives_what_is_there(html: str) -> None:
    text = page_of(html).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert "root:" not in text
    assert "<p>" not in text


def test_one_text_node_too_long_for_the_tree_parser_is_not_lost() -> None:
    # The parser gives nothing at all, without an error, for a text node of more than 10 MB.
    page = page_of("<html><body><p>" + "The dam held on Monday. " * 500_000 + "</p></body></html>")
    assert page.text.count("The dam held on Monday.") == 500_000


def test_many_unclosed_comments_take_no_time_and_hide_nothing() -> None:
    assert flatten("<!--" * 200_000 + "<p>The end.</p>") == "The end."
    assert flatten("<" * 200_000 + "a").endswith("a")
    assert measure_depth("<div>" * 100_000) == 100_000
    assert measure_depth("<p><br><li>" * 1000) == 0


def test_flat_text_leaves_out_menus_and_scripts() -> None:
    html = "<title>T</title><nav><p>Menu</p></nav><p>One&nbsp;&amp; <b>two</b></p><p>3 < 4<br>five"
    assert flatten(html) == "One & two\n\n3 < 4\nfive"


@pytest.mark.parametrize(
    "html", ["<html></html>", "<html><body><p>Subscribe now</p></body></html>", "<!-- x -->"]
)
def test_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(ParseError, match="no article text found"):
        page_of(html)


def test_declared_encoding_of_a_page() -> None:
    head = (
        "<html lang=ru><head><meta http-equiv=Content-Type content='text/html; charset={}'></head>"
    )
    russian = "Река поднялась на два метра, сообщили во вторник. " * 12
    html = f"{head.format('windows-1251')}<body><article><p>{russian}</p></article></body></html>"
    page = page_of(html, "windows-1251")
    assert page.text.startswith("Река поднялась")
    assert (page.language, page.notes) == ("ru", ())
    assert page_of(html).notes == ("declared encoding 'windows-1251' is wrong; read as UTF-8",)


@pytest.mark.parametrize(
    "linked",
    [
        "{",
        "[[]]",
        '"x"',
        "null",
        "[" * 20_000,
        '{"@graph": [1, null, {"@type": 3}]}',
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": [[["x"]]], "datePublished": 5, '
        '"publisher": {"name": null}, "url": ["javascript:x"]}',
    ],
)
def test_broken_linked_data_is_passed_over(linked: str) -> None:
    page = page_of(
        f"<html><head><title>River rises</title>"
        f"<script type='application/ld+json'>{linked}</script>"
        f"</head><body><article>{BODY}</article></body></html>"
    )
    assert (page.title, page.publisher, page.authors, page.url) == ("River rises", None, (), None)


def test_facts_are_cleaned_like_the_text() -> None:
    page = page_of(
        "<html><head><meta property='og:title' content='\u202eRiver\u200b &amp;amp; dam\n rise'>"
        "<meta name=author content='https://x.example/me'>"
        "<meta property='og:site_name' content='\x1b[1mPost'>"
        f"<link rel=canonical href='http://127.0.0.1/&quot;x'></head><body><article>{BODY}</article></body></html>"
    )
    assert page.title == "River & dam rise"
    assert (page.authors, page.publisher, page.url) == ((), "Post", None)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("A [link](javascript:alert(1)) and ![x](file:///etc/passwd) b", "A link and b"),
        ("A <script>alert(1)</script> b", "A alert(1) b"),
        ("<script>alert(1)</script>\n\nText stays.", "Text stays."),
        ("One\ntwo  \nthree\\\nfour", "One two\nthree\nfour"),
        ("1. First\n2. Second\n   - Third", "First\n\nSecond\n\nThird"),
        ("    An indented paragraph.", "An indented paragraph."),
        ("Costs 3 \\* 4 &amp; `code` {{ 7*7 }}", "Costs 3 * 4 & code {{ 7*7 }}"),
        ("Head\n====\n\n* * *\n\nText.", "Head\n\nText."),
        ("[![x](a.png)](b) A caption of the picture.\n\nText.", "Text."),
        ("![x](a.png)\n\n*A caption of the picture.*\n\n*Stressed text.*", "Stressed text."),
    ],
)
def test_markdown_becomes_its_text(markup: str, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "> " * 2000 + "The dam held.",
        "".join("  " * n + "- The dam held.\n" for n in range(300)),
        "[" * 20_000 + "The dam held.",
        "[a](<b" * 5000 + " The dam held.",
        "*a **b " * 5000 + "The dam held.",
        "`" * 9999 + "\nThe dam held.",
    ],
    ids=["quotes", "lists", "brackets", "links", "emphasis", "code"],
)
def test_markdown_that_chokes_parsers_keeps_its_text(markup: str) -> None:
    assert "The dam held." in text_of(markup)
