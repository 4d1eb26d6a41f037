"""Two speakers -> whether they are one voice: a person, a body, or somebody of that body."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.models import Speaker
from briefing.text.names.places import owner_of
from briefing.text.tables import load_table
from briefing.text.words import words

_CAPITALS = re.compile(r"\b[A-Z]\w{2,}")


def are_one_voice(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers are one person or body, or one of them is of the other's body."""
    return _is_one(one, other) or _is_of(one, other) or _is_of(other, one)


def are_two_voices(one: Speaker | None, other: Speaker | None) -> bool:
    """Whether two speakers cannot be one voice; who is not named may be anybody."""
    if one is None or other is None or are_one_voice(one, other):
        return False
    if _is_person(one) or _is_person(other):
        return True
    return one.kind == other.kind == "body" and _are_two_bodies(one.name, other.name)


def office_of(phrase: str) -> frozenset[str]:
    """What a ministry or its head is for: "business" of "Business Secretary"; empty for others.

    "Transport Minister", "the minister of transport" and "transport ministry" act for one body.
    """
    table = load_table("offices")
    spoken = words(phrase)
    if not any(word in table["departments"] or word in table["heads"] for word in spoken):
        return frozenset()
    dull = {*table["departments"], *table["heads"], *table["around"]}
    return frozenset(
        word.removesuffix("'s")
        for word in spoken
        if word not in dull and owner_of(word.removesuffix("'s").title()) is None
    )


def _is_person(speaker: Speaker) -> bool:
    """Whether a speaker is a person for sure; one word without an office may be a company."""
    return speaker.kind == "person" and (" " in speaker.name or speaker.role is not None)


def _is_one(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers are one person, by any word of the names, or one body."""
    if one.kind == other.kind == "person":
        return bool({*words(one.name)} & {*words(other.name)})
    if words(one.name) == words(other.name):
        return True
    if one.kind != "body" or other.kind != "body" or _have_two_owners(one.name, other.name):
        return False
    mine, theirs = _distinctive(one.name), _distinctive(other.name)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _is_of(person: Speaker, body: Speaker) -> bool:
    """Whether a person's office is of the body: its spokesman speaks for a ministry."""
    if not person.role or person.kind != "person":
        return False
    if body.name in person.role:
        return True
    if _is_person(body):
        return False
    if _have_two_owners(person.role, body.name):
        return False
    if (office := office_of(person.role)) and office == office_of(body.name):
        return True
    owner = owner_of(body.name)
    if owner is not None and owner == owner_of(person.role):
        return True
    named = _CAPITALS.findall(body.name)
    return bool(named) and all(name in person.role for name in named)


def _are_two_bodies(one: str, other: str) -> bool:
    """Whether two names of bodies each have a word that tells it from the other."""
    if _have_two_owners(one, other):
        return True
    mine, theirs = _distinctive(one), _distinctive(other)
    return bool(mine - theirs) and bool(theirs - mine)


def _have_two_owners(one: str, other: str) -> bool:
    """Whether two phrases stand or speak for two countries or bodies: "Japan's ministry"."""
    mine, theirs = owner_of(one), owner_of(other)
    return mine is not None and theirs is not None and mine != theirs


@lru_cache(maxsize=8192)
def _distinctive(name: str) -> frozenset[str]:
    """The words of a body's name without those that any body may have, and without its country."""
    dull = load_table("offices")["anybody"]
    return frozenset(
        word.removesuffix("'s")
        for word in words(name)
        if word not in dull and owner_of(word.removesuffix("'s").title()) is None
    )
