"""Likeness: pairs of one event that say the same, and look-alikes that never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.claims import group
from briefing.models import Sentence
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from tests.build import make_article

FILES = sorted((Path(__file__).parent / "data" / "statements").glob("*.txt"))
#: What is not found yet; a pair that is found now leaves the list.
MISSED = {"a body and its spokeswoman", "noun and verb"}


def cases(path: Path) -> list[tuple[str, str, str]]:
    """(heading, one text, the other) of each case of a file."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [(case[0], case[1], case[2]) for case in (block.split("\n") for block in blocks)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_paraphrases_are_one_claim_and_look_alikes_are_not(path: Path) -> None:
    texts = dict.fromkeys(text for _, one, other in cases(path) for text in (one, other))
    first: dict[str, Sentence] = {}
    everything: list[Sentence] = []
    for number, text in enumerate(texts):
        found = name_people(attribute(split(make_article(text, publisher=f"Paper {number}"))))
        first[text] = found.sentences[0]
        everything.extend(found.sentences)
    home = {s: number for number, claim in enumerate(group(everything)) for s in claim.support}
    together = {
        heading for heading, one, other in cases(path) if home[first[one]] == home[first[other]]
    }
    expected = {
        heading
        for heading, _, _ in cases(path)
        if heading.startswith("= same: ") and heading.removeprefix("= same: ") not in MISSED
    }
    assert together == expected
