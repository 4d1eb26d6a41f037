"""Citations: numbers by first use; a claim without an article is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.citations import number_claims, number_references
from briefing.errors import CitationError
from briefing.models import Claim, Person, Section
from tests.build import make_article, make_claim, make_split

FIRST = make_article("The wall cracked in spring.", publisher="Paper 1")
SECOND = make_article("The gates were opened at midnight.", publisher="Paper 2")
CRACKED, OPENED = (make_split(article).sentences[0] for article in (FIRST, SECOND))


def section(*claims: Claim) -> Section:
    return Section("Any", "topic", claims=claims)


def test_numbers_follow_first_use() -> None:
    claims = [make_claim("c1", OPENED), make_claim("c2", CRACKED), make_claim("c3", OPENED)]
    references = number_references([], [section(*claims)])
    assert [(r.number, r.article) for r in references] == [(1, SECOND), (2, FIRST)]


def test_what_differs_comes_between_the_bottom_line_and_the_sections() -> None:
    differing = [make_claim("c7", CRACKED)]
    references = number_references([], [section(make_claim("c1", OPENED))], differing)
    assert [r.article for r in references] == [FIRST, SECOND]


def test_the_bottom_line_comes_first_and_a_roster_before_its_claims() -> None:
    third = make_article("Nobody was hurt.", publisher="Paper 3")
    row = Person("Ilse Brandt", role="minister", claims=("c9",), articles=(third,))
    roster = Section("Who", "people", claims=(make_claim("c2", CRACKED),), people=(row,))
    references = number_references([make_claim("c1", OPENED)], [roster])
    assert [r.article for r in references] == [SECOND, third, FIRST]


def test_no_claims_have_no_references() -> None:
    assert number_references([], []) == ()


def test_a_claim_without_support_is_refused() -> None:
    bare = replace(make_claim("c7", OPENED), support=())
    with pytest.raises(CitationError, match="c7"):
        number_references([], [section(bare)])


def test_a_passage_that_no_support_backs_is_refused() -> None:
    astray = replace(make_claim("c7", OPENED), support=(CRACKED,))
    with pytest.raises(CitationError, match="c7"):
        number_references([astray], [])


def test_ids_run_through_all_groups() -> None:
    claim = make_claim("", OPENED)
    groups = number_claims([[claim, claim], [], [claim]])
    assert [[c.id for c in group] for group in groups] == [["c1", "c2"], [], ["c3"]]
