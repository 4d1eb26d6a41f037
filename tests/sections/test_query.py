"""Queries: what a section asks for, and the words that the articles teach."""

from __future__ import annotations

import pytest

from briefing.config import SectionSpec
from briefing.placement import PLACED
from briefing.sections.query import Query, compile_queries

TEXTS = (
    "The dam cracked, the sluice gates were opened and the otters fled.",
    "Engineers opened the sluice gates and saw otters at the dam.",
    "The dam wall held while the otters swam.",
    "Farmers lost a tenth of the wheat.",
    "Farmers want to be paid for lost wheat.",
    "The minister flew home without a word.",
    "Schools stay closed until the end of May.",
    "A concert for the victims raised some money.",
)


def query(*keywords: str, title: str = "Section", description: str = "") -> Query:
    spec = SectionSpec(title=title, description=description, keywords=keywords)
    return compile_queries([spec], TEXTS, "en")[0]


def test_a_text_without_the_words_is_not_relevant() -> None:
    assert query("dam").relevance("The concert raised money.").score == 0


def test_more_of_the_words_are_more_relevant() -> None:
    asked = query("wheat", "farmers")
    one = asked.relevance("The wheat stood high.")
    both = asked.relevance("Farmers lost the wheat.")
    assert 0 < one.score < both.score < 1
    assert one.why == ("keyword: wheat",)


def test_words_meet_by_stem() -> None:
    assert query("harvesting").relevance("The harvest was poor.").score > 0


def test_a_keyword_is_worth_more_than_a_word_of_the_description() -> None:
    text = "The wheat stood high."
    described = query(description="What became of the wheat.").relevance(text).score
    assert 0 < described < query("wheat").relevance(text).score


def test_a_phrase_counts_beyond_its_words() -> None:
    asked = query("sluice gates")
    together = asked.relevance("The sluice gates opened.")
    apart = asked.relevance("The gates of the town and a sluice opened.")
    assert together.score > apart.score
    assert "phrase: sluice gates" in together.why


def test_words_that_keep_company_with_a_keyword_are_near() -> None:
    found = query("dam").relevance("The otters were seen.")
    assert found.score > 0
    assert "near: otters" in found.why
    assert query("dam").relevance("Schools stay closed.").score == 0


def test_a_chance_meeting_teaches_nothing() -> None:
    assert query("minister").relevance("They flew over the valley.").score == 0


@pytest.mark.parametrize("texts", [(), ("",)])
def test_no_texts_teach_nothing(texts: tuple[str, ...]) -> None:
    spec = SectionSpec(title="Dam", keywords=("dam",))
    assert compile_queries([spec], texts, "en")[0].near == {}


def test_another_word_for_the_same_notion_counts_for_less() -> None:
    asked = query("died")
    itself = asked.relevance("Nobody died in the village.")
    kindred = asked.relevance("The toll in the village is not known.")
    assert itself.score > kindred.score > 0
    assert "kindred: toll" in kindred.why


def test_a_notion_told_twice_counts_once() -> None:
    asked = query("died")
    once = asked.relevance("Nobody died in the village.")
    twice = asked.relevance("Nobody died in the village, whatever the toll.")
    assert once.score == twice.score


def test_a_word_that_several_sections_ask_for_tells_less() -> None:
    water = SectionSpec(title="Water", keywords=("dam", "sluice"))
    crops = SectionSpec(title="Crops", keywords=("dam", "wheat"))
    alone = compile_queries([water], TEXTS, "en")[0]
    shared = compile_queries([water, crops], TEXTS, "en")[0]
    assert shared.relevance("The dam held.").score < alone.relevance("The dam held.").score
    assert shared.relevance("The sluice held.") == alone.relevance("The sluice held.")


def test_a_year_among_the_keywords_tells_little() -> None:
    asked = query("wheat", "2031")
    by_year = asked.relevance("They bid for the 2031 regatta.").score
    assert 0 < by_year < PLACED < asked.relevance("They bid for the wheat.").score


def test_words_that_hardly_stand_apart_are_met_once() -> None:
    told = [*TEXTS, *(f"The otter council met on day {n} and left." for n in range(3))]
    spec = SectionSpec(title="Section", keywords=("otter", "council"))
    asked = compile_queries([spec], told, "en")[0]
    both = asked.relevance("The otter council sat.")
    assert both.why == ("keyword: otter",)
    assert both.score == asked.relevance("The otter sat.").score
