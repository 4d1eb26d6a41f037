"""Budgets: the most telling statements stay, whole, and what is left out is counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.budget import fill, fit_budgets, prefixes, rank_units, shorten
from briefing.config import BudgetSpec, SectionBudget, SectionSpec
from briefing.models import Brief, Cut, Disagreement, Side
from tests.build import make_plain_brief

NO_BUDGET = BudgetSpec()


def specs(brief: Brief, **words: int) -> list[SectionSpec]:
    return [
        SectionSpec(title=s.title, budget=SectionBudget(words=words.get(f"s{n}")))
        for n, s in enumerate(brief.sections, 1)
    ]


def printed(brief: Brief) -> list[str]:
    return [claim.id for section in brief.sections for claim in section.claims]


def words_of(brief: Brief) -> int:
    return sum(len(c.text.split()) for s in brief.sections for c in s.claims)


def test_without_a_budget_nothing_changes() -> None:
    brief = make_plain_brief()
    assert fit_budgets(brief, NO_BUDGET, specs(brief)) is brief


def test_a_budget_that_is_met_changes_nothing() -> None:
    brief = make_plain_brief()
    assert fit_budgets(brief, BudgetSpec(words=10_000, claims=100), specs(brief)) is brief


@pytest.mark.parametrize("limit", [1, 40, 100, 150])
def test_words_are_met_by_whole_statements(limit: int) -> None:
    brief = make_plain_brief()
    made = fit_budgets(brief, BudgetSpec(words=limit), specs(brief))
    assert words_of(made) <= limit
    before, after = printed(brief), printed(made)
    assert after == [name for name in before if name in after]  # in printed order
    to = "1 word" if limit == 1 else f"{limit} words"
    assert made.cut == Cut(to, len(before) - len(after), len(before))
    every = sorted(c.id for s in brief.sections for c in (*s.claims, *s.more))
    assert sorted(c.id for s in made.sections for c in (*s.claims, *s.more)) == every
    assert [r.number for r in made.references] == list(range(1, len(made.references) + 1))


def test_what_is_named_on_page_one_stays_longest() -> None:
    brief = make_plain_brief()
    count = len(brief.bottom_line)
    made = fit_budgets(brief, BudgetSpec(claims=count + 1), specs(brief))
    compared = {i for point in brief.disagreements for side in point.sides for i in side.claims}
    named = {*brief.bottom_line, *compared}
    assert len(printed(made)) == count + 1
    assert set(printed(made)) <= named


def test_both_budgets_are_named() -> None:
    brief = make_plain_brief()
    made = fit_budgets(brief, BudgetSpec(claims=10, words=60), specs(brief, s1=20))
    assert made.cut is not None
    assert made.cut.to == "the budgets of its sections and 60 words"
    assert words_of(made) <= 60


def test_a_section_keeps_to_its_own_words() -> None:
    brief = make_plain_brief()
    made = fit_budgets(brief, NO_BUDGET, specs(brief, s3=25))
    before, after = brief.sections[2], made.sections[2]
    assert 0 < sum(len(c.text.split()) for c in after.claims) <= 25
    assert len(after.claims) + len(after.more) == len(before.claims) + len(before.more)
    assert made.sections[0] == brief.sections[0]


def test_an_event_goes_with_its_statement() -> None:
    brief = make_plain_brief()
    made = shorten(brief, {"c1"}, "one statement")
    assert [event.claim for event in made.sections[0].events] == ["c1"]


def test_a_denial_and_what_it_denies_stay_or_go_together() -> None:
    brief = make_plain_brief()
    first, last = printed(brief)[0], printed(brief)[-1]
    denial = Disagreement("water", "denial", (Side((first,), "a"), Side((last,), "b")))
    brief = replace(brief, disagreements=(denial,))
    units = rank_units(brief)
    assert [{c.id for c in unit} for unit in units if len(unit) > 1] == [{first, last}]
    for kept in prefixes(units):
        assert (first in kept) == (last in kept)
    for limit in range(1, len(printed(brief))):
        made = fit_budgets(brief, BudgetSpec(claims=limit), specs(brief))
        assert (first in printed(made)) == (last in printed(made))


def test_a_section_budget_does_not_tear_a_denial() -> None:
    brief = make_plain_brief()
    longest = max(brief.sections[2].claims, key=lambda c: len(c.text))
    other = brief.sections[3].claims[0]
    denial = Disagreement("water", "denial", (Side((longest.id,), "a"), Side((other.id,), "b")))
    made = fit_budgets(replace(brief, disagreements=(denial,)), NO_BUDGET, specs(brief, s3=1))
    assert longest.id not in printed(made)
    assert other.id not in printed(made)


def test_what_is_too_long_makes_room_for_the_next() -> None:
    long, short = sorted(make_plain_brief().sections[0].claims, key=lambda c: -len(c.text))[:2]
    size = {long.id: 9, short.id: 3}
    assert fill([(long,), (short,)], 5, lambda claim: size[claim.id]) == {short.id}


def test_a_row_of_a_timeline_keeps_the_reports_that_are_left() -> None:
    brief = make_plain_brief()
    timeline, *rest = brief.sections
    told = tuple(claim.id for claim in timeline.claims)
    (event,) = (one for one in timeline.events if one.claim == told[0])
    row = replace(event, also=(told[1], rest[1].claims[0].id))
    brief = replace(brief, sections=(replace(timeline, events=(row,)), *rest))
    (left,) = shorten(brief, {told[1]}, "1 statement").sections[0].events
    assert (left.claim, left.also) == (told[1], ())
    assert shorten(brief, {told[2]}, "1 statement").sections[0].events == ()
