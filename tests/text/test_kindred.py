from __future__ import annotations

from collections import Counter

import pytest

from briefing.text.kindred import in_one_wording, kindred, notion
from briefing.text.tables import load_table
from briefing.text.words import stem, stems, words

GROUPS: dict[str, str] = load_table("kindred")["en"]


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_holds_several_stems_and_plain_words(name: str) -> None:
    members = words(GROUPS[name])
    assert len({stem(member, "en") for member in members}) >= 3
    assert 3 <= len(members) <= 20
    assert GROUPS[name] == " ".join(members), "lower-case words between single spaces"
    assert len(set(members)) == len(members), "a word twice"
    assert not any("-" in member for member in members), "a text's hyphenated words come apart"


def test_no_stem_is_in_more_than_two_groups() -> None:
    homes = Counter(
        member
        for group in GROUPS.values()
        for member in {stem(word, "en") for word in group.split()}
    )
    assert [member for member, count in homes.items() if count > 2] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("died", "toll"),
        ("missing", "unaccounted"),
        ("evacuated", "fled"),
        ("flood", "inundated"),
        ("inspectors", "auditors"),
        ("outbreak", "epidemic"),
        ("vaccine", "immunisation"),
        ("arrested", "detained"),
        ("verdict", "guilty"),
        ("ammunition", "shells"),
        ("munitions", "weapons"),
        ("munitions", "ammunition"),
        ("ceasefire", "truce"),
        ("talks", "negotiations"),
        ("election", "ballots"),
        ("bid", "offer"),
        ("workers", "staff"),
        ("layoffs", "redundancies"),
        ("petrol", "fuel"),
        ("postponed", "delay"),
        ("rejected", "rebuffed"),
    ],
)
def test_kindred_words(one: str, other: str) -> None:
    assert stem(other, "en") in kindred(stem(one, "en"), "en")
    assert stem(one, "en") in kindred(stem(other, "en"), "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("died", "injured"),
        ("weapons", "shells"),  # both are kindred to munitions
        ("strike", "protest"),
        ("walkout", "airstrike"),  # both are kindred to strike
        ("visit", "arrival"),
        ("arrival", "departure"),
        ("export", "important"),
        ("verdict", "arrest"),
        ("river", "rain"),
        ("profit", "debt"),
        ("vaccine", "outbreak"),
        ("price", "profit"),
    ],
)
def test_words_that_are_not_kindred(one: str, other: str) -> None:
    assert stem(other, "en") not in kindred(stem(one, "en"), "en")


def test_a_stem_is_not_its_own_kin() -> None:
    assert all(
        own not in kindred(own, "en") for group in GROUPS.values() for own in stems(group, "en")
    )


def test_case_does_not_matter() -> None:
    assert (
        kindred("Truce", "en")
        == kindred("truce", "en")
        == {
            "ceasefir",
            "ceas",
            "armistic",
            "cessat",
        }
    )


def test_without_a_table_or_a_group_nothing_is_kindred() -> None:
    assert kindred("truce", "eo") == frozenset()
    assert kindred("gardebosk", "en") == frozenset()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the wall gave way", "the wall collapse"),
        ("she turned down the offer", "she reject the offer"),
        ("it fell and rose", "it fall and rise"),
        ("they gave it away", "they give it away"),
    ],
)
def test_one_wording(said: str, told: str) -> None:
    assert in_one_wording(tuple(said.split()), "en") == tuple(told.split())


def test_notions_meet_over_endings() -> None:
    assert notion(stem("notified", "en"), "en") == notion(stem("notification", "en"), "en")
    assert notion(stem("bidder", "en"), "en") == notion(stem("offer", "en"), "en")
    assert in_one_wording(("gardebosk",), "eo") == ("gardebosk",)
