"""Evidence: every cited passage in its paragraph, marked to the letter."""

from __future__ import annotations

from dataclasses import replace

from briefing.models import Passage
from briefing.renderers.evidence import (
    first_words,
    last_words,
)
from briefing.renderers.view import make_view
from tests.build import (
    COURIER,
    find_sentence,
    make_awkward_brief,
    make_claim,
    make_plain_brief,
)


def test_entries_rebuild_their_paragraphs() -> None:
    view = make_view(make_plain_brief())
    texts = {r.number: r.article.text for r in make_plain_brief().references}
    for entry in view["evidence"]:
        whole = entry["before"] + entry["passage"] + entry["after"]
        start, end = (int(n.replace(",", "")) for n in entry["characters"].split("–"))
        assert whole in texts[entry["number"]].split("\n\n")
        assert texts[entry["number"]][start:end] == entry["passage"]


def test_first_entry_tells_where_it_stands_and_who_uses_it() -> None:
    entry = make_view(make_plain_brief())["evidence"][0]
    assert (entry["number"], entry["paragraph"]) == (1, "1 of 4")
    assert [(place["label"], place["target"]) for place in entry["places"]] == [
        ("Bottom line", "b1"),
        ("1 Itinerary", "c3"),
    ]


def test_passage_over_two_paragraphs_names_both() -> None:
    brief = make_plain_brief()
    start = find_sentence(COURIER, "Lowland says").start
    signing = find_sentence(COURIER, "sign anything")
    claim = make_claim("c1", signing, passage=Passage(COURIER, start, signing.end))
    section = replace(brief.sections[2], claims=(claim,), more=())
    brief = replace(brief, sections=(section,), bottom_line=(), disagreements=())
    (entry,) = make_view(brief)["evidence"]
    assert entry["paragraph"] == "2–3 of 4"
    assert entry["passage"] == claim.text
    assert entry["before"].startswith("Upland lets 310")


def test_without_blocks_the_whole_article_stands_around_the_passage() -> None:
    view = make_view(make_awkward_brief())
    entry = next(entry for entry in view["evidence"] if entry["number"] == 3)
    assert entry["paragraph"] is None
    assert entry["before"] == "Station 1 measured 101 litres. "


def test_long_paragraph_is_cut_around_its_passage() -> None:
    words = [f"word{n}" for n in range(300)]
    text = " ".join([*words[:200], "Here it stands.", *words[200:]])
    article = replace(COURIER, text=text)
    start = text.index("Here")
    passage = Passage(article, start, start + len("Here it stands."))
    claim = replace(make_claim("c1", find_sentence(COURIER, "wheat")), passage=passage)
    claim = replace(claim, support=(replace(claim.support[0], article=article, start=start),))
    claim = replace(claim, support=(replace(claim.support[0], end=passage.end),))
    brief = make_plain_brief()
    section = replace(brief.sections[2], claims=(claim,), more=())
    brief = replace(brief, sections=(section,), splits={}, bottom_line=(), disagreements=())
    (entry,) = make_view(brief)["evidence"]
    assert entry["is_cut_before"]
    assert entry["is_cut_after"]
    assert len(entry["before"].split()) == len(entry["after"].split()) == (120 - 3) // 2
    assert entry["before"] + entry["passage"] + entry["after"] in text


def test_words_at_the_ends_keep_the_space_beside_the_passage() -> None:
    assert last_words("one two three ", 2) == "two three "
    assert last_words("one two ", 0) == ""
    assert first_words(" one two three", 2) == " one two"
    assert first_words(" one", 2) == " one"
