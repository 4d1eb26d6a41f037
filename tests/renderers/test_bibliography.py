"""The three formats of references, read back by parsers that other people wrote."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.models import Brief
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.bibliography import ascii_address, entries, one_line
from briefing.renderers.bibtex_document import escape
from tests.build import (
    AS_OF,
    make_article,
    make_awkward_brief,
    make_plain_brief,
    make_small_brief,
    number_references,
)

Require = Callable[[str], ModuleType]
HOSTILE = r"50% & {a} \b ~c ^d #e $f _g <h> | “é” 北京 @article{x, y = {z}} \end{document}"


def make_brief_of(**facts: Any) -> Brief:
    article = make_article("Words.", **facts)
    return Brief("one", "One", AS_OF, references=number_references(article), articles=(article,))


def content(format_name: str, brief: Brief) -> str:
    return RENDERERS[format_name](brief, Templates()).content.decode()  # type: ignore[index]


def read_ris(brief: Brief, require: Require) -> list[dict[str, Any]]:
    return list(require("rispy").loads(content("ris", brief)))


def read_bibtex(brief: Brief, require: Require) -> list[dict[str, str]]:
    """Fields as they stand, without the outer braces."""
    library = require("bibtexparser").parse_string(content("bibtex", brief))
    assert not library.failed_blocks
    return [
        {"key": e.key, "type": e.entry_type} | {f.key: f.value for f in e.fields}
        for e in library.entries
    ]


def read_tex(brief: Brief, pandoc: str) -> list[dict[str, Any]]:
    """The entries as a program that knows TeX understands them."""
    done = subprocess.run(
        [pandoc, "-f", "bibtex", "-t", "csljson"],
        input=content("bibtex", brief).encode(),
        capture_output=True,
        check=True,
    )
    assert not done.stderr
    return list(json.loads(done.stdout))


def as_set(text: str | None) -> str | None:
    """`text` with the quotation marks that TeX makes of it."""
    return text.replace("`", "‘").replace("'", "’") if text else None


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief, make_small_brief])
def test_all_three_hold_the_same_articles(
    make_brief: Callable[[], Brief], require_module: Require
) -> None:
    brief = make_brief()
    csl = json.loads(content("csl", brief))
    ris = read_ris(brief, require_module)
    bibtex = read_bibtex(brief, require_module)
    assert len(csl) == len(ris) == len(bibtex) == len(brief.references)
    for entry, item, record, fields in zip(entries(brief), csl, ris, bibtex, strict=True):
        assert item["id"] == record["id"] == fields["key"] == entry.key
        assert item.get("title") == record.get("title") == entry.title
        assert item.get("container-title") == record.get("secondary_title") == entry.publisher
        assert item.get("URL") == record.get("urls", [None])[0] == fields.get("url") == entry.url
        assert [a["literal"] for a in item.get("author", [])] == list(entry.authors)
        assert record.get("authors", []) == list(entry.authors)
        assert item["note"] == record["notes"][0] == entry.note


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief, make_small_brief])
def test_tex_sets_the_bibtex_as_typed(
    make_brief: Callable[[], Brief], require_tool: Callable[[str], str]
) -> None:
    brief = make_brief()
    read = read_tex(brief, require_tool("pandoc"))
    for entry, item in zip(entries(brief), read, strict=True):
        assert item["id"] == entry.key
        assert item.get("title") == as_set(entry.title)
        assert item.get("publisher") == as_set(entry.publisher)
        assert item.get("URL") == entry.url
        assert item["note"] == entry.note
        assert [a["literal"] for a in item.get("author", [])] == list(entry.authors)


def test_a_style_processor_prints_the_csl(require_module: Require) -> None:
    require_module("citeproc")
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    items = json.loads(content("csl", make_plain_brief()))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        printed.register(Citation([CitationItem(item["id"].lower())]))
    lines = [str(line) for line in printed.bibliography()]
    assert len(lines) == len(items)
    (first,) = (line for line in lines if "courier.example" in line)
    assert "P. Lindgren" in first
    assert "2024" in first
    assert "Water ministers to meet in border town" in first
    assert "Caldmoor Courier" in first


def test_every_fact(require_module: Require) -> None:
    brief = make_brief_of(
        title="Ein Titel",
        publisher="Das Blatt",
        authors=("Ana Müller", "Smith, Jr., and Sons"),
        published=date(2024, 2, 29),
        language="de",
        url="https://blatt.example/a?b=c&d=100%25#e",
        wire="ABC",
    )
    (item,) = json.loads(content("csl", brief))
    assert item["issued"] == {"date-parts": [[2024, 2, 29]]}
    assert item["language"] == "de"
    assert item["note"].endswith("; carries ABC copy")
    (record,) = read_ris(brief, require_module)
    assert record["type_of_reference"] == "NEWS"
    assert (record["year"], record["date"]) == ("2024", "2024/02/29/")
    (fields,) = read_bibtex(brief, require_module)
    assert (fields["year"], fields["month"], fields["day"]) == ("2024", "feb", "29")
    assert item["URL"] == record["urls"][0] == fields["url"] == brief.articles[0].url
    assert "author = {{Ana Müller} and {Smith, Jr., and Sons}}" in content("bibtex", brief)


def test_what_is_unknown_stays_out(require_module: Require) -> None:
    brief = make_brief_of()
    (item,) = json.loads(content("csl", brief))
    assert item.keys() == {"id", "type", "language", "note"}
    (record,) = read_ris(brief, require_module)
    assert record.keys() == {"type_of_reference", "id", "language", "notes"}
    (fields,) = read_bibtex(brief, require_module)
    assert fields.keys() == {"key", "type", "language", "note"}
    assert fields["key"] == brief.articles[0].id


def test_hostile_facts_stay_facts(
    require_module: Require, require_tool: Callable[[str], str]
) -> None:
    brief = make_brief_of(
        title=HOSTILE,
        publisher="TY  - JOUR\r\nER  - \u2028TI  - x",
        authors=("A and B", "ER  - "),
        url="https://x.example/{a}\\b|é",
    )
    (record,) = read_ris(brief, require_module)
    assert record["title"] == HOSTILE
    assert record["secondary_title"] == "TY - JOUR ER - TI - x"
    (fields,) = read_bibtex(brief, require_module)
    assert fields["url"] == "https://x.example/%7Ba%7D%5Cb%7C%C3%A9"
    (item,) = read_tex(brief, require_tool("pandoc"))
    assert item["title"] == HOSTILE
    assert [author["literal"] for author in item["author"]] == ["A and B", "ER -"]


def test_day_is_that_of_the_brief() -> None:
    late = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
    brief = replace(make_brief_of(published=late), as_of=AS_OF.astimezone(ZoneInfo("Asia/Tokyo")))
    (item,) = json.loads(content("csl", brief))
    assert item["issued"] == {"date-parts": [[2025, 1, 1]]}


def test_a_brief_that_cites_nothing() -> None:
    brief = Brief("none", "None", AS_OF)
    assert content("csl", brief) == "[]\n"
    assert content("ris", brief) == content("bibtex", brief) == ""


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/", None, "https://"])
def test_only_web_addresses_are_kept(url: str | None) -> None:
    assert ascii_address(url) is None


@given(st.text())
def test_braces_always_balance(text: str) -> None:
    escaped = re.sub(r"\\[#$%&_]", "", escape(text))
    depth = 0
    for character in escaped:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"[#$%&_^~<>]", escaped)


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert len((one_line(text) or "").splitlines()) <= 1
