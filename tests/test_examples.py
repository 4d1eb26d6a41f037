"""The shipped examples build whole, hold nothing that is no article text, and verify."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.config import load_config
from briefing.rankers import RANKERS
from briefing.runner import run_brief
from briefing.verify import verify_edition

ROOT = Path(__file__).parent.parent
AS_OF = datetime(2024, 3, 7, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    config: Path
    articles: Path
    is_junk: tuple[str, ...]  #: words of the articles that are no part of what they report


EXAMPLES = (
    Example(
        name="summit",
        config=ROOT / "config.yaml",
        articles=ROOT / "examples/summit/articles",
        is_junk=(
            "Photograph:",
            "Image caption",
            "First Edition",
            "Your email",
            "your email",
            "Join the conversation",
            "Luis Arriaga",
            "Capitol Notebook",
            "joined the paper",
            "cookies",
            "PHOTO:",
            "Evening Edition",
            "international news agency",
            "friendship a year",
            "pays for the fuel",
            "Corrections:",
            "Telegram",
            "Additional reporting",
        ),
    ),
    Example(
        name="flood",
        config=ROOT / "examples/flood/config.yaml",
        articles=ROOT / "examples/flood/articles",
        is_junk=(
            "Photo:",
            "Nils Brandvik",
            "Subscribe",
            "rescue workers on Tuesday",
            "My cellar",
            "Sign up",
            "newsletter",
        ),
    ),
)


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: str(example.name))
def example(request: pytest.FixtureRequest) -> Example:
    assert isinstance(request.param, Example)
    return request.param


@pytest.fixture(scope="module")
def edition(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example's edition, built once, in every format."""
    (spec,) = load_config(example.config, rankers=RANKERS).briefs
    assert spec.name == example.name
    edition = run_brief(
        spec, root=example.config.parent, out=tmp_path_factory.mktemp("out"), now=AS_OF
    )
    assert edition.problems == ()
    return edition.folder


def test_every_article_is_read(example: Example, edition: Path) -> None:
    brief = json.loads((edition / "brief.json").read_text(encoding="utf-8"))
    read = {Path(article["path"]).name for article in brief["articles"]}
    assert read == {path.name for path in example.articles.iterdir()}


def test_the_edition_verifies(edition: Path) -> None:
    assert list(verify_edition(edition)) == []


def test_no_section_is_empty(edition: Path) -> None:
    brief = json.loads((edition / "brief.json").read_text(encoding="utf-8"))
    empty = [
        section["title"]
        for section in brief["sections"]
        if not section["claims"] and not section["people"]
    ]
    assert empty == []


def test_what_is_no_article_text_is_no_claim(example: Example, edition: Path) -> None:
    brief = json.loads((edition / "brief.json").read_text(encoding="utf-8"))
    claims = [
        claim["text"]
        for section in brief["sections"]
        for claim in (*section["claims"], *section["more"])
    ] + [claim["text"] for claim in brief["unplaced"]]
    assert len(claims) > 10
    assert [text for text in claims for junk in example.is_junk if junk in text] == []


def test_the_junk_looked_for_is_in_the_articles(example: Example) -> None:
    texts = [path.read_text(encoding="utf-8") for path in example.articles.iterdir()]
    assert [junk for junk in example.is_junk if not any(junk in text for text in texts)] == []


def test_nothing_is_printed_twice(edition: Path) -> None:
    brief = json.loads((edition / "brief.json").read_text(encoding="utf-8"))
    texts = [claim["text"] for section in brief["sections"] for claim in section["claims"]]
    assert len(texts) == len(set(texts))


@pytest.mark.golden
def test_the_brief_reads_as_it_did(
    example: Example, edition: Path, golden: Callable[[str, str], None]
) -> None:
    golden(f"{example.name}.md", (edition / "brief.md").read_text(encoding="utf-8"))


@pytest.mark.golden
def test_the_page_is_as_it_was(
    example: Example, edition: Path, golden: Callable[[str, str], None]
) -> None:
    page = (edition / "brief.html").read_text(encoding="utf-8")
    # The style sheet has its own file and its own tests; the fonts in it are cut for the page.
    bare = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    golden(f"{example.name}.html", bare)


@pytest.mark.parametrize("name", ["flood", "summit"])
def test_the_note_says_what_is_invented(name: str) -> None:
    note = (ROOT / "examples" / name / "README.md").read_text(encoding="utf-8")
    assert "invented" in note.lower()


def test_the_note_lists_every_article() -> None:
    note = (ROOT / "examples/summit/README.md").read_text(encoding="utf-8")
    names = [path.name for path in (ROOT / "examples/summit/articles").iterdir()]
    assert [name for name in names if f"`{name}`" not in note] == []
