"""An explanation tells from an edition's files alone what the brief knows of a claim."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.edition import write_edition
from briefing.errors import BriefingError
from briefing.explain import Match, Source, Voice, explain_claim, find_claims
from briefing.models import Alternative, Brief, Claim, Passage, Section, Speaker
from briefing.renderers import json_document
from briefing.renderers.environment import Templates
from tests.build import (
    ARTICLES,
    AS_OF,
    COURIER,
    POST,
    RADIO,
    WIRE,
    find_sentence,
    make_claim,
    number_references,
)

FLOW = replace(
    make_claim(
        "c1",
        find_sentence(COURIER, "310 cubic metres"),
        find_sentence(WIRE, "310 cubic metres"),
        find_sentence(RADIO, "310 cubic metres"),
        independent=2,
        why=("keyword: treaty", "near: dam"),
    ),
    same=("", "wording 0.71 and 1 equal figure", "wording 0.55, by way of sentence 2"),
    also_fits=(Alternative("Itinerary", 0.61), Alternative("Views", 0.4)),
)
MEETING = find_sentence(COURIER, "The two water ministers")
SIGNING = make_claim(
    "c2",
    find_sentence(COURIER, "sign anything"),
    speaker=Speaker("Ilse Brandt", "water minister", "We are not going to Hallin"),
    status="said",
)
#: The printed passage takes in the sentence before; two papers carry one agency's words.
PRESIDENTS = make_claim(
    "c3",
    find_sentence(WIRE, "Two people briefed"),
    find_sentence(POST, "Two people briefed"),
    independent=1,
    passage=Passage(WIRE, 0, find_sentence(WIRE, "Two people briefed").end),
)
HOTEL = replace(make_claim("c4", find_sentence(RADIO, "hotel")), also_fits=(Alternative("W", 0.2),))


def make_brief(*, claims: tuple[Claim, ...] = (SIGNING, FLOW)) -> Brief:
    return Brief(
        name="tarn",
        title="Tarn dam talks",
        as_of=AS_OF,
        articles=ARTICLES,
        references=number_references(COURIER, WIRE, RADIO),
        bottom_line=("c1",),
        sections=(
            Section("Empty", "experts", gap="Nothing."),
            Section("Water", "topic", claims=claims, more=(PRESIDENTS,)),
        ),
        unplaced=(HOTEL,),
    )


def write(folder: Path, brief: Brief) -> Path:
    document = json_document.render(brief, Templates(None))
    name = AS_OF.strftime("%Y-%m-%dT%H%MZ")
    return write_edition(
        folder / brief.name, name, [document], brief.articles, configuration={}, version="1"
    )


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return write(tmp_path, make_brief())


def test_where_a_printed_claim_stands_and_why(edition: Path) -> None:
    found = explain_claim(edition, "c1")
    assert (found.standing, found.section, found.kind) == ("printed", "Water", "topic")
    assert (found.place, found.total, found.is_in_bottom_line) == (2, 2, True)
    assert (found.score, found.why) == (0.5, ("keyword: treaty", "near: dam"))
    assert found.also_fits == FLOW.also_fits
    assert found.speaker is None
    assert found.status == "reported"


def test_every_sentence_with_its_place_and_why_it_is_the_same(edition: Path) -> None:
    found = explain_claim(edition, "c1")
    assert [each.same for each in found.support] == [None, *FLOW.same[1:]]
    for each, sentence in zip(found.support, FLOW.support, strict=True):
        stretch, article = each.stretch, sentence.article
        assert (edition / stretch.file).read_text("utf-8")[stretch.start : stretch.end] == (
            stretch.text
        )
        assert stretch.text == sentence.text
        # A blank line parts the paragraphs of these articles, so each takes two lines.
        paragraph = article.text[: sentence.start].count("\n\n")
        assert stretch.first_line == stretch.last_line == 2 * paragraph + 1
        assert (stretch.publisher, stretch.title) == (article.publisher, article.title)
    assert [each.stretch.reference for each in found.support] == [1, 2, 3]


def test_a_claim_beyond_the_limit_whose_passage_is_wider(edition: Path) -> None:
    found = explain_claim(edition, "c3")
    assert (found.standing, found.section, found.place, found.total) == ("more", "Water", 1, 1)
    assert (found.passage.start, found.passage.text) == (0, PRESIDENTS.text)
    assert found.support[0].stretch.start > 0
    assert found.support[1].same is None  # the edition kept no reason
    assert found.support[1].stretch.reference is None  # not cited


def test_an_agency_and_who_carries_its_copy_are_one_source(edition: Path) -> None:
    found = explain_claim(edition, "c3")
    assert found.independent == 1
    assert found.sources == (Source("Northern Wire", (1, 2), ("The Harbour Post",)),)


def test_an_unknown_publisher_is_named_by_its_file(edition: Path) -> None:
    found = explain_claim(edition, "c1")
    assert (found.articles, found.publishers, found.independent) == (3, 3, 2)
    assert [source.name for source in found.sources] == [
        "Caldmoor Courier",
        "Northern Wire",
        "articles/radio.txt",
    ]


def test_an_unplaced_claim_tells_what_came_nearest(edition: Path) -> None:
    found = explain_claim(edition, "c4")
    assert (found.standing, found.section, found.kind) == ("unplaced", None, None)
    assert found.also_fits == (Alternative("W", 0.2),)


def test_who_says_it(edition: Path) -> None:
    found = explain_claim(edition, "c2")
    assert found.speaker == Voice("Ilse Brandt", "water minister", "We are not going to Hallin")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("c1", ["c1"]),
        (" c1 ", ["c1"]),
        ("310 cubic metres a SECOND through", ["c1"]),
        ('"we are not  going to hallin\nto sign anything," Upland\'s', ["c2"]),
        ("The river commission has measured", ["c1"]),  # in a supporting sentence
        ("would meet in Hallin", ["c3"]),  # in the passage, in no supporting sentence
        ("Hallin", ["c2", "c3"]),
        ("the", ["c1", "c3", "c4"]),
    ],
)
def test_claims_are_found_by_id_or_words(edition: Path, wanted: str, ids: list[str]) -> None:
    assert sorted(match.id for match in find_claims(edition, wanted)) == ids


def test_a_match_shows_the_claim(edition: Path) -> None:
    assert find_claims(edition, "hotel") == (Match("c4", HOTEL.text),)


@pytest.mark.parametrize("wanted", ["c9", "no such words", "", "  "])
def test_what_no_claim_holds_is_an_error(edition: Path, wanted: str) -> None:
    with pytest.raises(BriefingError, match="no claim '") as caught:
        find_claims(edition, wanted)
    assert caught.value.hint == "ids run from c2 to c4; or give some words of one claim"
    with pytest.raises(BriefingError, match="no claim '"):
        explain_claim(edition, wanted)


def test_a_brief_without_claims_has_nothing_to_explain(tmp_path: Path) -> None:
    brief = Brief(name="tarn", title="Tarn", as_of=AS_OF)
    with pytest.raises(BriefingError, match="no claim 'c1'") as caught:
        find_claims(write(tmp_path, brief), "c1")
    assert caught.value.hint == ""


def test_an_edition_from_before_reasons_were_kept_is_explained(edition: Path) -> None:
    path = edition / "brief.json"
    fields = json.loads(path.read_text("utf-8"))
    claim = fields["sections"][1]["claims"][1]
    del claim["also_fits"]
    for support in claim["support"]:
        del support["same"]
    path.write_text(json.dumps(fields), "utf-8")
    found = explain_claim(edition, "c1")
    assert found.also_fits == ()
    assert [each.same for each in found.support] == [None, None, None]


def test_a_folder_without_a_brief_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match="not an edition folder"):
        find_claims(tmp_path, "c1")


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("brief.json", b"{}", "brief.json: schema: Field required"),
        ("brief.json", b"\xff", "brief.json: not UTF-8"),
        (f"evidence/{COURIER.id}.txt", None, f"evidence/{COURIER.id}.txt: no such file"),
        (f"evidence/{COURIER.id}.txt", b"Other.", f"evidence/{COURIER.id}.txt has other words"),
    ],
)
def test_a_damaged_edition_leads_to_verify(
    edition: Path, name: str, content: bytes | None, cause: str
) -> None:
    if content is None:
        (edition / name).unlink()
    else:
        (edition / name).write_bytes(content)
    with pytest.raises(BriefingError) as caught:
        explain_claim(edition, "c1")
    assert str(caught.value).startswith(f"{edition}: {cause}")
    assert caught.value.hint == f"`brief verify {edition}` lists all that does not hold"


def test_an_article_id_never_leads_out_of_the_edition(edition: Path) -> None:
    path = edition / "brief.json"
    (edition.parent / "outside.txt").write_text("Secret.", "utf-8")
    path.write_text(path.read_text("utf-8").replace(RADIO.id, "../../outside"), "utf-8")
    with pytest.raises(BriefingError, match=r"no article \.\./\.\./outside in brief\.json"):
        explain_claim(edition, "c4")
