"""Repeats: what is told again in other words, and what only looks like it."""

from __future__ import annotations

import pytest

from briefing.repeats import find_repeats
from tests.build import make_article, make_claim, make_split

FIRST = (
    "The harbour board gave a revised position for the ferry, and the new position lay outside the"
    " buoys and within the shipping lane."
)
AGAIN = (
    "After a letter by the union, the harbour board gave a revised position for the ferry, now"
    " placing it within the shipping lane."
)
REST = "A concert raised money. The mayor flew home. Schools stay closed. Farmers lost the wheat."


def repeats(*texts: str) -> frozenset[int]:
    claims = [
        make_claim(f"c{number}", make_split(make_article(text)).sentences[0])
        for number, text in enumerate(texts)
    ]
    return find_repeats(claims, make_split(make_article(" ".join((*texts, REST)))).sentences)


def test_the_claim_behind_goes_that_adds_next_to_nothing() -> None:
    assert repeats(FIRST, AGAIN, "The mayor flew home.") == {1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a revised position", "a revised position 3 miles off"),
        ("gave", "never gave"),
        ("After a letter", "On Friday, after a letter"),
    ],
)
def test_a_figure_a_day_or_a_denial_of_its_own_keeps_a_claim(old: str, new: str) -> None:
    assert repeats(FIRST, AGAIN.replace(old, new)) == frozenset()


def test_claims_on_one_subject_are_no_repeats() -> None:
    other = "The harbour board said the ferry had left the shipping lane to avoid a trawler."
    assert repeats(FIRST, other) == frozenset()
