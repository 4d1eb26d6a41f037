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


@pytest.mark.parametrize(
    "line",
    [
        "A boat on the river (pictured left) was the last one to leave.",
        "Ships wait off the breakwater on Friday. [Photo: Ana Roe]",
        "Ships wait off the breakwater on Friday. AP Photo/Ana Roe",
        "Ships wait off the breakwater, via Reuters",
        "Ships wait off the breakwater on Friday. Getty Images",
        "Ships wait off the breakwater in a file photo from May.",
        "Our newsletter brings the best of the week to your inbox every morning.",
        "You can sign up for one of our free newsletters below.",
        "The best stories, delivered to your phone.",
        "Please read our privacy policy before you go on.",
        "Our terms of use apply to all that is printed here.",
        "You can unsubscribe at any time.",
        "This website uses cookies.",
        "All text and pictures, all rights reserved.",
        "This material may not be published without leave.",
        "You can follow her on Twitter.",
        "Continental Press is a news agency based in Alder.",
        "Ana Roe can be reached at ana@press.example",
        "ana@press.example",
        "https://press.example/harbour",
        "The story was first published in the Alder Gazette.",
    ],
)
def test_furniture_anywhere_in_a_line(line: str) -> None:
    text = f"The harbour reopened on Friday.\n\n{line}\n\nEleven ships have docked since."
    assert [b.kind is BlockKind.PARAGRAPH for b in split_blocks(make_article(text))] == [
        True,
        False,
        True,
    ]


def test_an_agencys_underscore_ends_a_dateline() -> None:
    line = "HALLIN, Chile (AP) _ The two ministers met in the border town on Thursday."
    kinds = [b.kind.value for b in split_blocks(make_article(f"{line}\n\nThey left at noon."))]
    assert kinds[:2] == ["dateline", "paragraph"]
