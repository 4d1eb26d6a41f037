"""Voices: which speakers are one person or body, and which cannot be."""

from __future__ import annotations

import pytest

from briefing.models import Speaker
from briefing.text.speech.voices import are_one_voice, are_two_voices, office_of


def body(name: str) -> Speaker:
    return Speaker(name, kind="body")


ONE = {
    "a ministry and its minister": (
        body("transport ministry"),
        Speaker("A Roe", "Transport Minister"),
    ),
    "with its country": (body("Peru's health ministry"), Speaker("A Roe", "minister of health")),
    "a body and its spokeswoman": (
        Speaker("Northline Ferries"),
        Speaker("A Roe", "a spokeswoman for Northline Ferries"),
    ),
    "a country's and the national one": (
        body("Chile's weather service"),
        body("national weather service"),
    ),
    "surname and full name": (Speaker("Roe"), Speaker("Ann Roe", "captain")),
}
TWO = {
    "two ministries": (body("transport ministry"), body("justice ministry")),
    "one ministry of two countries": (
        body("Chile's foreign ministry"),
        body("Peru's foreign ministry"),
    ),
    "ministers of two countries": (
        body("Chile's foreign ministry"),
        Speaker("A Roe", "Peru's foreign minister"),
    ),
    "two people": (Speaker("Ann Roe"), Speaker("Tom Ilk")),
}


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE.keys())
def test_one_voice(pair: tuple[Speaker, Speaker]) -> None:
    assert are_one_voice(*pair)
    assert not are_two_voices(*pair)


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO.keys())
def test_two_voices(pair: tuple[Speaker, Speaker]) -> None:
    assert are_two_voices(*pair)
    assert not are_one_voice(*pair)


def test_who_is_not_named_may_be_anybody() -> None:
    assert not are_two_voices(None, Speaker("Ann Roe"))
    assert not are_two_voices(Speaker("officials", kind="unnamed"), body("coastguard"))


def test_offices() -> None:
    assert (
        office_of("Business Secretary") == office_of("Britain's business ministry") == {"business"}
    )
    assert office_of("a retired plumber") == frozenset()
