"""Placement: one heading a claim, the best; no sentence in two passages."""

from __future__ import annotations

from dataclasses import replace

from briefing.config import SectionSpec
from briefing.models import Alternative, Article, Claim, Passage, Sentence
from briefing.placement import OVERFLOW, PLACED, assign
from briefing.sections.fit import Candidate
from briefing.sections.query import compile_queries
from tests.build import make_article, make_claim, make_split

DAM = SectionSpec(title="Dam", keywords=("dam", "sluice", "wall", "crack"))
WHEAT = SectionSpec(title="Wheat", keywords=("wheat", "farmers", "harvest"))
ARTICLE = make_article(
    "The wall of the dam cracked and the sluice broke. Farmers lost the wheat and the harvest. "
    "A concert raised some money. The dam flooded the farmers."
)
CRACKED, LOST, CONCERT, FLOODED = make_split(ARTICLE).sentences
QUERIES = compile_queries([DAM, WHEAT], [s.text for s in make_split(ARTICLE).sentences], "en")


def candidate(sentence: Sentence, *, is_chosen: bool = True, importance: float = 0.5) -> Candidate:
    return Candidate(make_claim("", sentence), is_chosen, importance)


def texts(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.text for claim in claims]


def test_each_claim_stands_under_the_heading_that_it_fits_best() -> None:
    placed = assign([candidate(CRACKED), candidate(LOST)], QUERIES)
    assert [texts(claims) for claims in placed.sections] == [[CRACKED.text], [LOST.text]]
    (claim,) = placed.sections[0]
    assert 0.5 < claim.score <= 1
    assert "keyword: dam" in claim.why


def test_what_condensing_chose_and_nothing_asks_for_is_unplaced() -> None:
    placed = assign([candidate(CONCERT)], QUERIES)
    assert texts(placed.unplaced) == [CONCERT.text]
    assert placed.sections == ((), ())


def test_what_condensing_passed_over_and_nothing_asks_for_is_left_out() -> None:
    placed = assign([candidate(CONCERT, is_chosen=False)], QUERIES)
    assert placed.unplaced == ()


def test_what_condensing_passed_over_needs_a_better_fit() -> None:
    # "storm" alone is a fit of 0.44, between the two thresholds.
    (sentence,) = make_split(
        make_article("The storm was there for a whole day and a whole night.")
    ).sentences
    storm = compile_queries([SectionSpec(title="Any", keywords=("storm",))], [], "en")
    assert texts(assign([candidate(sentence)], storm).sections[0]) == [sentence.text]
    assert assign([candidate(sentence, is_chosen=False)], storm).sections == ((),)


def test_the_more_important_stands_first() -> None:
    rows = [candidate(CRACKED, importance=0.1), candidate(FLOODED, importance=0.9)]
    assert texts(assign(rows, QUERIES).sections[0]) == [FLOODED.text, CRACKED.text]


def test_overlapping_passages_become_one() -> None:
    both = Passage(ARTICLE, CRACKED.start, LOST.end)
    wide = replace(make_claim("", LOST), passage=both)
    placed = assign([candidate(CRACKED), Candidate(wide, is_chosen=True, importance=0.5)], QUERIES)
    claims = [claim for section in placed.sections for claim in section]
    assert texts(tuple(claims)) == [both.text]
    assert set(claims[0].support) == {CRACKED}


def test_passages_of_two_articles_never_overlap() -> None:
    twin = make_article(ARTICLE.text, publisher="Another")
    other = make_split(twin).sentences[0]
    placed = assign([candidate(CRACKED), candidate(other)], QUERIES)
    articles: list[Article] = [claim.passage.article for claim in placed.sections[0]]
    assert sorted(articles, key=id) == sorted([ARTICLE, twin], key=id)


def test_no_sections_leave_everything_unplaced() -> None:
    assert texts(assign([candidate(CRACKED)], ()).unplaced) == [CRACKED.text]


def test_a_claim_names_the_other_headings_that_it_fits() -> None:
    twice = compile_queries([DAM, WHEAT, replace_title(DAM, "Wall")], [], "en")
    placed = assign([candidate(CRACKED)], twice)
    (claim,) = placed.sections[0]
    assert claim.also_fits == (Alternative("Wall", claim.score),)  # and not "Wheat"


def test_at_most_three_others_are_named_and_the_best_come_first() -> None:
    weaker = SectionSpec(title="Weaker", keywords=("crack",))
    copies = [replace_title(DAM, f"Dam {n}") for n in range(4)]
    queries = compile_queries([weaker, *copies], [], "en")
    (claim,) = assign([candidate(CRACKED)], queries).sections[1]
    assert [each.section for each in claim.also_fits] == ["Dam 1", "Dam 2", "Dam 3"]


def test_an_unplaced_claim_names_what_came_nearest() -> None:
    far = SectionSpec(title="Far", keywords=("storm", "wheat", "money"), actors=("Upland",))
    queries = compile_queries([WHEAT, far], [s.text for s in make_split(ARTICLE).sentences], "en")
    (claim,) = assign([candidate(CONCERT)], queries).unplaced
    assert [each.section for each in claim.also_fits] == ["Far"]
    assert 0 < claim.also_fits[0].score < PLACED
    assert claim.why == ()


def replace_title(spec: SectionSpec, title: str) -> SectionSpec:
    return spec.model_copy(update={"title": title})


def test_what_a_heading_has_no_room_for_needs_to_fit_another_well() -> None:
    full = SectionSpec(title="Dam", keywords=("dam", "sluice", "wall", "crack"), limit=1)
    texts_of = ("The dam cracked and the sluice broke.", "The dam and the wall may harm farmers.")
    rows = [
        candidate(make_split(make_article(text)).sentences[0], importance=importance)
        for text, importance in zip(texts_of, (0.9, 0.1), strict=True)
    ]
    queries = compile_queries([full, WHEAT], [], "en")
    assert 0 < queries[1].relevance(texts_of[1]).score < OVERFLOW
    assert [texts(claims) for claims in assign(rows, queries).sections] == [list(texts_of), []]
