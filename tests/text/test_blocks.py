"""Blocks: every line of the cases in tests/data/text/blocks.txt gets its kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.models import BlockKind
from briefing.text.blocks import split_blocks
from tests.build import make_article

CASES = Path(__file__).parents[1] / "data" / "text" / "blocks.txt"


def read_cases() -> list[list[tuple[str, str]]]:
    cases: list[list[tuple[str, str]]] = [[]]
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line == "---":
            cases.append([])
        elif not line.startswith("#"):
            kind, text = line.split("|", 1)
            cases[-1].append((kind.strip(), text.strip()))
    return cases


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case[0][1][:30])
def test_every_line_gets_its_kind(case: list[tuple[str, str]]) -> None:
    text = ""
    for kind, line in case:
        text += line + (" " if kind == "dateline" else "\n\n")
    title = next((line for kind, line in case if kind == "title"), None)
    article = make_article(text.strip(), title=title)

    blocks = split_blocks(article)

    assert [(b.kind.value, article.text[b.start : b.end]) for b in blocks] == case


def test_blocks_are_tight_and_in_order() -> None:
    article = make_article("  One line of text here.  \n\n\n\tAnother line of text here.\t\n")
    assert [article.text[b.start : b.end] for b in split_blocks(article)] == [
        "One line of text here.",
        "Another line of text here.",
    ]


@pytest.mark.parametrize("text", ["", " \n\n \t"])
def test_no_text_gives_no_blocks(text: str) -> None:
    assert split_blocks(make_article(text)) == ()


def test_a_title_repeated_in_the_text_is_a_title_again() -> None:
    article = make_article(
        "Court stops merger\n\nA court stopped it.\n\nCourt Stops Merger",
        title="Court stops merger",
    )
    assert [b.kind for b in split_blocks(article)] == [
        BlockKind.TITLE,
        BlockKind.PARAGRAPH,
        BlockKind.TITLE,
    ]


def test_a_heading_that_closes_articles_does_not_close_one_at_its_start() -> None:
    lines = ["Comments", *(f"Sentence number {n} stands here in full." for n in range(6))]
    kinds = [b.kind for b in split_blocks(make_article("\n\n".join(lines)))]
    assert kinds[0] is not BlockKind.PARAGRAPH
    assert kinds[1:] == [BlockKind.PARAGRAPH] * 6
