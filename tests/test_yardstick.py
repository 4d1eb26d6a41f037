"""The words of analyst's notes: measured by a yardstick, and never two kinds in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Yardstick, load_config
from briefing.yardstick import check_note, check_notes

MIXED = "likelihood ('{}') and confidence ('{}') in one sentence; make two sentences of it"


def told(text: str, yardstick: Yardstick | None) -> list[str]:
    """The findings, without the list of what the yardstick has."""
    return [found.partition("; it has")[0] for found in check_note(text, yardstick)]


@pytest.mark.parametrize(
    ("text", "yardstick", "words"),
    [
        ("It is very likely to hold.", "icd203", []),
        ("It is very likely to hold.", "phia", ["very likely"]),
        ("It is highly likely to hold.", "phia", []),
        ("It is highly likely to hold.", "icd203", ["highly likely"]),
        ("Roughly even odds of rain.", "phia", ["roughly even odds"]),
        ("There is a realistic possibility of rain.", "icd203", ["realistic possibility"]),
        ("PERHAPS it holds; perhaps it does not.", "icd203", ["perhaps", "perhaps"]),
        ("We have medium confidence in that.", "phia", ["medium confidence"]),
        ("We have moderate confidence in that.", "phia", []),
        ("Perhaps it holds.", None, []),
        ("The likelihood was not examined, nor any dislike.", "icd203", []),
        ("A certain man in a remote village left as soon as possible.", "phia", []),
        ("A break of the dam is remote.", "phia", ["is remote"]),
        ("A break of the dam is remote.", "icd203", []),
    ],
)
def test_a_word_that_the_yardstick_lacks_is_named(
    text: str, yardstick: Yardstick | None, words: list[str]
) -> None:
    found = told(text, yardstick)
    assert [each.split("'")[1] for each in found] == words


@pytest.mark.parametrize("yardstick", ["icd203", "phia", None])
def test_likelihood_and_confidence_never_share_a_sentence(yardstick: Yardstick | None) -> None:
    mixed = "We have high confidence that it is likely to hold."
    assert told(mixed, yardstick) == [MIXED.format("likely", "high confidence")]
    apart = "It is likely to hold. We have high confidence in that."
    assert told(apart, yardstick) == []


def test_each_finding_names_the_line_and_column_of_its_note(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "defaults: {yardstick: icd203}\n"
        "briefs:\n"
        "  a:\n"
        "    title: A\n"
        "    sources: [{path: a.txt}]\n"
        "    sections:\n"
        "      - title: S\n"
        "        notes:\n"
        "          - It is likely.\n"
        "          - text: Perhaps.\n"
        "            author: M. Roe\n"
        "    notes: Maybe.\n",
        encoding="utf-8",
    )
    found = check_notes(load_config(path, shown="c.yaml").notes)
    assert [str(each).partition(" is no word")[0] for each in found] == [
        "c.yaml:12:12: briefs.a.notes.0: 'maybe'",
        "c.yaml:10:19: briefs.a.sections.0.notes.1: 'perhaps'",
    ]
