"""brief.md is read alike by GitHub's parser and by Pandoc, every word as typed in both."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from briefing.models import Brief
from briefing.renderers.markdown_text import escape_markdown
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.renderers.documents import document

Require = Callable[[str], ModuleType]
# Pandoc makes quotation marks round, and a space after an abbreviation a no-break space.
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "})
ACTIVE = "#`*_[]()<>|\\&;-+=.!~^$@{}%:1)\"' aiIvxwW/ht"
OURS = {"div", "h1", "h2", "p", "ul", "ol", "li", "table", "colgroup", "col", "thead", "tbody"}
OURS |= {"tr", "th", "td", "strong", "em", "a"}


@dataclass(frozen=True)
class Shape:
    """What a reader of a rendered page sees, by kind of element."""

    headings: list[str]
    items: list[str]
    cells: list[str]
    notes: list[str]  #: footnotes, in the order of their numbers
    marks: list[str]  #: the number of each footnote mark, in the order of the text
    other: set[str]  #: elements that no brief is made of


def words(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).translate(QUOTES).split())


def shape(page: str) -> Shape:
    tree = html.fromstring(f"<div>{page}</div>")
    for back in tree.xpath("//a[contains(@class, 'footnote-back')]"):
        back.drop_tree()
    marks = tree.xpath("//sup[contains(@class, 'footnote-ref')] | //a[@class = 'footnote-ref']")
    numbers = [words(mark) for mark in marks]
    for mark in marks:
        mark.drop_tree()
    notes = tree.xpath("//section[contains(@class, 'footnotes')]")
    found = [words(note) for section in notes for note in section.xpath("./ol/li")]
    for section in notes:
        section.drop_tree()
    for inner in tree.xpath("//li//ul"):
        inner.getparent().getparent().getparent().append(inner)
    return Shape(
        [words(heading) for heading in tree.xpath("//h1 | //h2")],
        [words(item) for item in tree.xpath("//li")],
        [words(cell) for cell in tree.xpath("//th | //td")],
        found,
        numbers,
        {str(element.tag) for element in tree.iter()} - OURS,
    )


def by_github(text: str, require: Require) -> str:
    footnotes = require("cmarkgfm.cmark").Options.CMARK_OPT_FOOTNOTES
    render = require("cmarkgfm").github_flavored_markdown_to_html
    return str(render(text, options=footnotes))


def by_pandoc(text: str, pandoc: str, reader: str = "markdown") -> str:
    done = subprocess.run(
        [pandoc, "-f", reader, "-t", "html", "--wrap=none"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert not done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("reader", ["markdown", "gfm"])
@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief, make_small_brief])
def test_both_see_the_same_page(
    make_brief: Callable[[], Brief],
    reader: str,
    require_module: Require,
    require_tool: Callable[[str], str],
) -> None:
    text = document("markdown", make_brief).content.decode()
    ours = shape(by_github(text, require_module))
    theirs = shape(by_pandoc(text, require_tool("pandoc"), reader))
    assert ours == theirs
    assert not ours.other
    printed = [claim for section in make_brief().sections for claim in section.claims]
    assert len(ours.notes) == len(printed) + len(make_brief().bottom_line)
    assert ours.marks == [str(n) for n in range(1, len(ours.notes) + 1)]


def test_a_footnote_leads_to_the_places(require_module: Require) -> None:
    text = document("markdown", make_plain_brief).content.decode()
    first = shape(by_github(text, require_module)).notes[0]
    assert first.startswith("Source 1, Caldmoor Courier, 13 May 2024, ¶ 1 of 4, open the page")
    assert "; Source 2, Northern Wire, 14 May 2024, ¶ 1 of 4." in first
    uses = re.findall(r"\[\^([a-z0-9]+)\](?!:)", text)
    assert sorted(uses) == sorted(set(uses)) == sorted(re.findall(r"(?m)^\[\^(\w+)\]: ", text))


@given(st.text(alphabet=ACTIVE, min_size=1).map(str.strip).filter(bool))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_github_shows_any_text_as_typed(require_module: Require, text: str) -> None:
    page = html.fromstring(by_github(f"- {escape_markdown(text)} [1]\n", require_module))
    assert [child.tag for child in page.iter()] == ["ul", "li"]
    assert words(page) == " ".join(f"{text} [1]".translate(QUOTES).split())


def is_shown(text: str) -> bool:
    """Whether it can be shown: Pandoc draws a box for "[ ]" at the start, however it is escaped."""
    return bool(text) and re.match(r"\[[ x]\]( |$)", text) is None


@pytest.mark.parametrize("reader", ["markdown", "markdown-smart", "gfm"])
@given(st.lists(st.text(alphabet=ACTIVE, min_size=1).map(str.strip).filter(is_shown), min_size=60))
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pandoc_shows_any_text_as_typed(
    require_tool: Callable[[str], str], reader: str, texts: list[str]
) -> None:
    source = "".join(f"- {escape_markdown(text)} [1]\n" for text in texts)
    page = html.fromstring(by_pandoc(source, require_tool("pandoc"), reader))
    assert [child.tag for child in page.iter()] == ["ul"] + ["li"] * len(texts)
    # What it takes for a pair of quotation marks loses the spaces at its inner edges.
    typed = ["".join(f"{text}[1]".translate(QUOTES).split()) for text in texts]
    assert [words(item).replace(" ", "") for item in page] == typed


@pytest.mark.parametrize(
    "text",
    [
        "See https://a.example/b_c and www.a.example, ftp://b.example.",
        "a. First, (b) second",
        "iv. Fourth",
        "(1) One",
        "B) Two",
        "3) Three",
        "B. Lind said that it -- and only it -- would do...",
        "Costs $5 to $6, x^2, H~2~O, ~~gone~~, ==marked==, %%hidden%%, #tag, [[link]], ^block",
        "[^1] and [^1]: note and ^[inline] and [x](y) and ![x](y) and [x]{.y} and [y]",
        "<!-- c --> <b>b</b> &amp; &#38; `code` ``` {=html}",
        "> no quotation",
        "Term\\",
        "@key and [@key] and -@key",
        ": definition",
        "~ definition",
        "::: box",
        "| a | b |",
        "+---+",
        "***",
        "Setext ===",
        r"\begin{x} \( \[ \alpha",
    ],
)
def test_what_is_active_somewhere_is_shown_everywhere(
    text: str, require_module: Require, require_tool: Callable[[str], str]
) -> None:
    source = f"- {escape_markdown(text)}\n\nx [^1] [y]\n\n[^1]: note\n\n[y]: <z>\n"
    for page in (
        by_github(source, require_module),
        by_pandoc(source, require_tool("pandoc")),
        by_pandoc(source, require_tool("pandoc"), "gfm"),
    ):
        item = html.fromstring(f"<div>{page}</div>").find("ul/li")
        assert item is not None, page
        assert list(item) == [], page
        assert words(item) == " ".join(text.translate(QUOTES).split())
