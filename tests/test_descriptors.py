"""Descriptors: a publisher is found by its whole name or its address, and nothing is guessed."""

from __future__ import annotations

import pytest

from briefing.config import PublisherSpec
from briefing.descriptors import Register, describe
from briefing.models import Descriptor
from briefing.renderers.evidence import descriptor_words
from tests.build import make_article

COURIER = PublisherSpec(
    name="The Harbour Courier",
    also=("Courier Online",),
    domains=("courier.example",),
    owner="Fjord Media",
    country="NO",
    control="private",
    kind="newspaper",
    language="de",
    note="Local to the harbour.",
)
AGENCY = PublisherSpec(name="Coastal Wire", also=("CW",), kind="agency")
REGISTER = Register([COURIER, AGENCY])


@pytest.mark.parametrize(
    ("publisher", "url", "is_found"),
    [
        ("The Harbour Courier", None, True),
        ("harbour  courier", None, True),
        ("HARBOUR COURIER", None, True),
        ("Courier Online", None, True),
        ("Harbour Courier Weekend", None, False),
        ("Courier", None, False),
        ("Old Harbour Courier", None, False),
        ("Theharbour Courier", None, False),
        (None, "https://courier.example/a", True),
        (None, "https://www.courier.example/a", True),
        (None, "https://news.Courier.example:443/a", True),
        (None, "https://notcourier.example/a", False),
        (None, "https://courier.example.org/a", False),
        (None, "https://archive.example/courier.example", False),
        (None, "https://[broken", False),
        # What the article says of itself wins over where it stands: a portal carries others.
        ("Another Paper", "https://courier.example/a", False),
        (None, None, False),
    ],
)
def test_a_publisher_is_matched_whole_or_not_at_all(
    publisher: str | None, url: str | None, *, is_found: bool
) -> None:
    (article,) = describe([make_article("A.", publisher=publisher, url=url)], REGISTER)
    assert (article.descriptor is not None) is is_found
    assert article.publisher == publisher


def test_the_descriptor_says_what_is_on_file_and_names_what_is_not() -> None:
    (full,) = describe([make_article("A.", publisher="Harbour Courier")], REGISTER)
    assert full.descriptor == Descriptor(
        "The Harbour Courier",
        "Fjord Media",
        "Norway",
        "private",
        "newspaper",
        "de",
        "Local to the harbour.",
    )
    assert descriptor_words(full) == (
        "newspaper, Norway, private, owned by Fjord Media, in German; Local to the harbour"
    )
    (bare,) = describe([make_article("A.", publisher="Coastal Wire")], REGISTER)
    assert descriptor_words(bare) == (
        "agency; country unknown, control unknown, owner unknown, language unknown"
    )
    (unknown,) = describe([make_article("A.", publisher="Post")], REGISTER)
    assert descriptor_words(unknown) == "no descriptor on file"
    (placed,) = describe([make_article("A.", url="https://courier.example/1")], REGISTER)
    assert descriptor_words(placed).startswith("by its address The Harbour Courier; newspaper")


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        ("HALLIN, May 3 (Coastal Wire) - The dam broke.", "Coastal Wire"),
        ("The dam broke\n\nHALLIN (CW) — The dam broke.", "Coastal Wire"),
        ("The dam broke. – CW", "Coastal Wire"),
        ("The dam broke. (Coastal Wire)", "Coastal Wire"),
        ("The dam broke.\n\nCoastal Wire", "Coastal Wire"),
        ("The dam broke, Coastal Wire reported.", None),
        ("The dam broke, said the engineers of the CW", None),
        ("The dam broke. It was built by the CW", None),
        ("The dam broke. CW", None),
        ("1.\n2.\n3.\nTwo (CW) - three.\n5.\n6.\n7.", None),
    ],
)
def test_an_agency_of_the_register_is_known_by_its_credit(text: str, wire: str | None) -> None:
    (article,) = describe([make_article(text, publisher="Post")], REGISTER)
    assert article.wire == wire


def test_an_empty_register_changes_nothing() -> None:
    article = make_article("A.", publisher="Post")
    assert describe([article], Register()) == (article,)
