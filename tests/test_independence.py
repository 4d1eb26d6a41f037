"""Independent sources: agency copy and reprints count once, quotations are nobody's copy."""

from __future__ import annotations

from briefing.independence import Sources, find_sources, own_words
from briefing.models import Article, Sentence
from tests.build import make_article, make_split

WIRE_COPY = (
    "Engineers opened the second sluice at midnight to relieve the cracked wall. "
    "Nobody was hurt when the lower road slid into the river behind the mill. "
    "The council will meet on Friday to settle who pays for the repairs."
)


def sentences(*articles: Article) -> list[Sentence]:
    return [s for article in articles for s in make_split(article).sentences]


def sources(*articles: Article) -> Sources:
    return find_sources(articles, sentences(*articles))


def test_agency_copy_counts_once_whoever_prints_it() -> None:
    wire = make_article("The dam broke.", publisher="Continental Press")
    copies = [
        make_article(f"The dam broke {n}.", publisher=f"Paper {n}", wire="Continental Press")
        for n in (1, 2)
    ]
    own = make_article("It broke at last.", publisher="Paper 3")
    found = sources(wire, *copies, own)
    assert found.count_articles([wire, *copies]) == 1
    assert found.count_articles([wire, *copies, own]) == 2


def test_one_publisher_counts_once_and_unknown_ones_each_by_itself() -> None:
    mine = [make_article(f"The dam broke {n}.", publisher="Paper 1") for n in (1, 2)]
    unknown = [make_article(f"It broke {n}.") for n in (1, 2)]
    found = sources(*mine, *unknown)
    assert found.count_articles(mine) == 1
    assert found.count_articles(unknown) == 2


def test_articles_that_share_their_sentences_are_one_source() -> None:
    first = make_article(WIRE_COPY, publisher="Paper 1")
    second = make_article(f"{WIRE_COPY} The mill is 200 years old.", publisher="Paper 2")
    other = make_article("The mill is 200 years old; its wheel still turns.", publisher="Paper 3")
    found = sources(first, second, other)
    assert found.count_articles([first, second]) == 1
    assert found.count_articles([first, second, other]) == 2


def test_twelve_outlets_with_reprints_are_never_twelve_sources() -> None:
    reprints = [make_article(WIRE_COPY, publisher=f"Paper {n}") for n in range(9)]
    own = [
        make_article(f"Reporter {n} saw {n} boats on the river at noon.", publisher=f"Post {n}")
        for n in range(3)
    ]
    found = sources(*reprints, *own)
    assert found.count_articles([*reprints, *own]) == 4


def test_a_copied_sentence_counts_once_even_in_articles_of_their_own() -> None:
    line = "Engineers opened the second sluice at midnight to relieve the cracked wall."
    ours = make_article(f"{line} We walked along the river for an hour.", publisher="Paper 1")
    theirs = make_article(f"{line} They spoke to the miller and to his wife.", publisher="Paper 2")
    found = sources(ours, theirs)
    assert found.count_articles([ours, theirs]) == 2
    assert found.count([sentences(ours)[0], sentences(theirs)[0]]) == 1
    assert found.count([sentences(ours)[1], sentences(theirs)[1]]) == 2


def test_a_quotation_that_two_outlets_print_is_no_copy() -> None:
    line = "“The wall was never repaired after the flood of that year,” said Orla Venn."
    ours, theirs = (make_article(line, publisher=f"Paper {n}") for n in (1, 2))
    assert own_words(sentences(ours)[0]) is None
    assert sources(ours, theirs).count(sentences(ours, theirs)) == 2


def test_nothing_has_no_sources() -> None:
    assert sources().count([]) == 0
