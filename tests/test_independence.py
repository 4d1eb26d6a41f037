"""Independent sources: copies, reprints and one owner count once, quotations are nobody's copy."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from briefing.config import BriefSpec, PublisherSpec, load_config
from briefing.descriptors import Register
from briefing.independence import Sources, Standing, find_sources
from briefing.models import Article, Brief, Sentence, Speaker
from briefing.pipeline import make_brief
from briefing.runner import read_sources
from tests.build import make_article, make_split

DATA = Path(__file__).parent / "data" / "outlets"
CONFIG = """
defaults: {publishers: publishers.yaml}
briefs:
  crane:
    title: Crane
    sources: [{path: articles/*}]
    condense: {length: 100%}
    sections: [{title: Crane, description: crane, keywords: [crane, harbour], limit: 200}]
"""
WIRE_COPY = (
    "Engineers opened the second sluice at midnight to relieve the cracked wall. "
    "Nobody was hurt when the lower road slid into the river behind the old mill. "
    "The council will meet on Friday to settle who pays for the repairs."
)


def sentences(*articles: Article) -> list[Sentence]:
    return [s for article in articles for s in make_split(article).sentences]


def find(*articles: Article, register: Register | None = None) -> Sources:
    return find_sources(articles, sentences(*articles), register)


def count(found: Sources, *articles: Article) -> int:
    """Origins among articles."""
    wanted = {article.id for article in articles}
    return sum(bool(wanted & {*origin.articles}) for origin in found.origins)


@pytest.fixture(scope="module")
def crane(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    folder = tmp_path_factory.mktemp("outlets")
    for name in ("articles", "publishers.yaml"):
        (folder / name).symlink_to(DATA / name)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    (spec,) = load_config(folder / "config.yaml").briefs
    return make_crane(spec, folder)


def make_crane(spec: BriefSpec, folder: Path) -> Brief:
    articles = read_sources(spec.sources, spec, root=folder).articles
    return make_brief(articles, spec, datetime(2024, 9, 19, tzinfo=UTC))


def number(article: Article) -> str:
    return Path(article.path or "").name[:2]


def true_origins() -> dict[str, int]:
    """The origin of each of the twelve articles, by the number of its file."""
    groups = yaml.safe_load((DATA / "origins.yaml").read_text(encoding="utf-8"))
    shared = {n: place for place, row in enumerate(groups) for n in row["articles"]}
    names = sorted(path.name[:2] for path in (DATA / "articles").iterdir())
    return {name: shared.get(name, len(groups) + place) for place, name in enumerate(names)}


def test_twelve_outlets_with_planted_reprints_are_six_sources(crane: Brief) -> None:
    numbers = {article.id: number(article) for article in crane.articles}
    assert len(numbers) == 12
    found = {numbers[i]: place for place, o in enumerate(crane.origins) for i in o.articles}
    truth = true_origins()
    pairs = [(one, other) for one in truth for other in truth if one < other]
    together = {p for p in pairs if found[p[0]] == found[p[1]]}
    assert together == {p for p in pairs if truth[p[0]] == truth[p[1]]}
    assert len(crane.origins) == 6


def test_no_statement_of_theirs_counts_a_copy_or_misses_a_witness(crane: Brief) -> None:
    truth = true_origins()
    claims = [c for section in crane.sections for c in (*section.claims, *section.more)]
    shared = [claim for claim in claims if len(claim.articles) > 1]
    assert len(shared) > 6
    wrong = [
        (claim.independent, sorted(map(number, claim.articles)), claim.text)
        for claim in claims
        if claim.independent != len({truth[number(article)] for article in claim.articles})
    ]
    assert wrong == []
    heard = [claim for claim in shared if "hide behind the weather" in claim.text]
    assert [(len(c.articles), c.independent) for c in heard] == [(8, 4)]


def test_what_a_statement_has_in_common_is_said(crane: Brief) -> None:
    claims = [c for section in crane.sections for c in (*section.claims, *section.more)]
    assert {bool(c.in_common) for c in claims if c.independent < len(c.articles)} == {True}
    assert {bool(c.in_common) for c in claims if c.independent == len(c.articles)} == {False}
    whys = [origin.why for origin in crane.origins if len(origin.articles) > 1]
    assert whys == [
        ("the same text", "the same quotations"),
        ("one owner, Northern Press Holding",),
    ]


def test_the_order_in_which_articles_come_changes_nothing(crane: Brief) -> None:
    held = [s for split in crane.splits.values() for s in split.sentences]
    expected = {frozenset(o.articles) for o in find_sources(crane.articles, held).origins}
    for seed in range(3):
        articles = random.Random(seed).sample(crane.articles, len(crane.articles))
        shuffled = [s for article in articles for s in crane.splits[article.id].sentences]
        found = find_sources(articles, shuffled)
        assert {frozenset(origin.articles) for origin in found.origins} == expected


def test_agency_copy_counts_once_whoever_prints_it() -> None:
    wire = make_article("The dam broke.", publisher="Continental Press")
    copies = [
        make_article(f"The dam broke {n}.", publisher=f"Paper {n}", wire="Continental Press")
        for n in (1, 2)
    ]
    own = make_article("It broke at last.", publisher="Paper 3")
    found = find(wire, *copies, own)
    assert count(found, wire, *copies) == 1
    assert count(found, wire, *copies, own) == 2
    said = found.standing(sentences(wire, *copies))
    assert said == Standing(1, ("Continental Press copy",))


def test_one_publisher_counts_once_and_unknown_ones_each_by_itself() -> None:
    mine = [
        make_article(f"The dam broke {n}.", publisher=p) for n, p in ((1, "Post"), (2, "The post"))
    ]
    unknown = [make_article(f"It broke {n}.") for n in (1, 2)]
    found = find(*mine, *unknown)
    assert count(found, *mine) == 1
    assert count(found, *unknown) == 2
    assert found.standing(sentences(*mine)).why == ("one publisher",)


def test_publishers_of_one_owner_count_once_and_only_as_the_register_says() -> None:
    papers = [make_article(f"The dam broke {n}.", publisher=f"Paper {n}") for n in (1, 2, 3)]
    known = [PublisherSpec(name=f"Paper {n}", owner=o) for n, o in ((1, "Holding"), (2, "HOLDING"))]
    assert count(find(*papers), *papers) == 3
    found = find(*papers, register=Register(known))
    assert count(found, *papers) == 2
    assert found.standing(sentences(*papers)) == Standing(2, ("one owner, Holding",))


def test_an_agency_s_other_names_are_one_agency() -> None:
    agency = PublisherSpec(name="Continental Press", also=("CPR",), kind="agency")
    wire = make_article("The dam broke.", publisher="CPR", wire="CPR")
    copy = make_article("It broke at last.", publisher="Paper 1", wire="Continental Press")
    assert count(find(wire, copy), wire, copy) == 2
    assert count(find(wire, copy, register=Register([agency])), wire, copy) == 1


def test_articles_that_share_their_text_are_one_source() -> None:
    first = make_article(WIRE_COPY, publisher="Paper 1")
    second = make_article(f"{WIRE_COPY} The mill is 200 years old.", publisher="Paper 2")
    other = make_article("The mill is 200 years old; its wheel still turns.", publisher="Paper 3")
    found = find(first, second, other)
    assert count(found, first, second) == 1
    assert count(found, first, second, other) == 2


def test_sixty_reprints_each_shortened_in_its_own_way_are_one_source() -> None:
    text = "\n\n".join(
        f"Crew {n} carried {n * 7} sacks of sand past house {n} to the dike at pole {n + 40}."
        for n in range(12)
    ).split("\n\n")
    reprints = [
        make_article("\n\n".join(text[n % 8 : n % 8 + 5]), publisher=f"Paper {n}")
        for n in range(60)
    ]
    whole = make_article("\n\n".join(text), publisher="Wire")
    assert len(find(*reprints, whole).origins) == 1


def test_a_copied_sentence_counts_once_even_in_articles_of_their_own() -> None:
    line = "Engineers opened the second sluice at midnight to relieve the cracked wall."
    ours = make_article(f"{line} We walked along the river for an hour.", publisher="Paper 1")
    theirs = make_article(f"{line} They spoke to the miller and to his wife.", publisher="Paper 2")
    found = find(ours, theirs)
    assert count(found, ours, theirs) == 2
    copied = [sentences(ours)[0], sentences(theirs)[0]]
    assert found.standing(copied) == Standing(1, ("the same text",))
    assert found.standing([sentences(ours)[1], sentences(theirs)[1]]) == Standing(2)


def test_what_is_worded_by_one_hand_counts_once() -> None:
    ours = (
        "The ministry is likely to ask for more sacks, boats and pumps as its engineers try to hold"
        " the northern dike below Hallin until the crest has passed."
    )
    theirs = (
        "The ministry, he added, will ask for more sacks, boats and big pumps as engineers tried to"
        " hold the dike below Hallin until the crest passes."
    )
    own = "Sacks and boats are what the ministry needs at the northern dike, and pumps too."
    articles = [make_article(text) for text in (ours, theirs, own)]
    held = sentences(*articles)
    assert find(*articles).standing(held[:2]) == Standing(1, ("the same wording",))
    assert find(*articles).standing([held[0], held[2]]).independent == 2


def test_a_quotation_that_two_outlets_print_is_no_copy() -> None:
    line = "“The wall was never repaired after the flood of that year,” said Orla Venn."
    ours, theirs = (make_article(line, publisher=f"Paper {n}") for n in (1, 2))
    assert find(ours, theirs).standing(sentences(ours, theirs)) == Standing(2)


def test_quotations_at_length_in_one_order_were_copied_but_the_rest_was_not() -> None:
    speech = (
        "“We will pump until the last cellar of the last house in this valley is dry again, and we"
        " will send nobody a bill for it,” the mayor said.",
        "“And those who built houses where their grandmothers dried the hay may come and see me,"
        " because I have a map to show them,” he added.",
    )
    ours = make_article(f"{speech[0]} Rain fell. {speech[1]} We left.", publisher="Paper 1")
    theirs = make_article(f"{speech[0]} {speech[1]} The hall was full.", publisher="Paper 2")
    found = find(ours, theirs)
    assert count(found, ours, theirs) == 2
    assert found.standing([sentences(ours)[0], sentences(theirs)[0]]).independent == 1
    assert found.standing([sentences(ours)[3], sentences(theirs)[2]]).independent == 2
    turned = make_article(f"{speech[1]} {speech[0]}", publisher="Paper 3")
    found = find(ours, turned)
    assert found.standing([sentences(ours)[0], sentences(turned)[1]]).independent == 2


def test_what_articles_have_from_one_agency_counts_once() -> None:
    texts = ("The gates are open, Reuters reported.", "Reuters said the gates stood open at noon.")
    articles = [make_article(text, publisher=text[:6]) for text in texts]
    speaker = Speaker("Reuters", kind="body")
    held = [replace(sentence, speaker=speaker) for sentence in sentences(*articles)]
    assert find(*articles).standing(held) == Standing(1, ("all citing Reuters",))


def test_nothing_has_no_sources() -> None:
    assert find().origins == ()
