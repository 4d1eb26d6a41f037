from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefing.models import Sentence, Split
from briefing.text.names.lexicon import load_lexicon
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute, find_attributions
from briefing.text.speech.status import status_of
from tests.build import make_article

CASES = Path(__file__).parents[1] / "data" / "speech"
NAMES = sorted(path.stem for path in CASES.glob("*.txt"))


def load(name: str) -> Split:
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    return attribute(split(make_article(text, title=text.splitlines()[0])))


def expected(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        (CASES / f"{name}.toml").read_text(encoding="utf-8")
    )["sentence"]
    return rows


def holding(words: str, attributed: Split) -> Sentence:
    found = [sentence for sentence in attributed.sentences if words in sentence.text]
    assert len(found) == 1, words
    return found[0]


@pytest.mark.parametrize("name", NAMES)
def test_speakers_of_an_article(name: str) -> None:
    attributed = load(name)
    for row in expected(name):
        sentence = holding(row["words"], attributed)
        speaker = sentence.speaker
        assert (speaker.name if speaker else None) == row.get("name"), sentence.text
        if "status" in row:
            assert sentence.status == row["status"], sentence.text
        if speaker is not None:
            assert speaker.kind == row.get("kind", "person"), sentence.text
            if "role" in row:
                assert speaker.role == row["role"], sentence.text
            if "text" in row:
                assert speaker.text == row["text"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_attributed_is_verbatim(name: str) -> None:
    attributed = load(name)
    article = attributed.article
    for sentence in attributed.sentences:
        if sentence.speaker is not None:
            assert sentence.speaker.text
            assert sentence.speaker.text in sentence.text
            assert sentence.speaker.name in article.text or sentence.speaker.name.isupper()
            assert (sentence.speaker.role or "") in article.text


@pytest.mark.parametrize("name", NAMES)
def test_a_speaker_is_never_a_pronoun(name: str) -> None:
    names = {s.speaker.name.lower() for s in load(name).sentences if s.speaker}
    assert names.isdisjoint({"he", "she", "it", "they", "we", "i", "who", "him", "her", "them"})


def test_only_speaker_and_status_change() -> None:
    text = (CASES / "direct.txt").read_text(encoding="utf-8")
    before = split(make_article(text))
    after = attribute(before)
    assert after.article is before.article
    assert after.blocks == before.blocks
    plain = [replace(s, speaker=None, status="reported") for s in after.sentences]
    assert plain == list(before.sentences)


def test_a_language_without_tables_is_left_alone() -> None:
    article = make_article("„Es regnet“, sagte Anna Roth gestern Abend.", language="xx")
    before = split(article)
    assert attribute(before) is before
    assert find_attributions(before) == ()


def test_an_article_without_sentences() -> None:
    empty = split(make_article(""))
    assert attribute(empty) == empty


def test_attributions_name_where_the_speaker_stands() -> None:
    text = "Rain at last\n\n“The lake is full again,” the old farmer Odd Hagen said on Monday.\n"
    (found,) = find_attributions(split(make_article(text)))
    assert found.kind == "direct"
    assert text[found.start : found.end] == "The lake is full again,"
    assert found.mention is not None
    assert text[slice(*found.mention)].endswith("Odd Hagen")


def test_two_persons_of_one_surname_stay_two() -> None:
    text = (
        "Sisters at odds over mill\n\n"
        "Anna Krog sold the mill in May. Berit Krog bought it back in June.\n\n"
        "“It was never hers to sell,” Berit Krog said.\n\n"
        "“I have the papers in a drawer,” Anna Krog said.\n\n"
        "“We will see each other in court,” Krog said.\n"
    )
    names = {s.speaker.name for s in attribute(split(make_article(text))).sentences if s.speaker}
    assert names == {"Anna Krog", "Berit Krog", "Krog"}


def test_a_phrase_that_is_no_office_gives_nobody_a_role() -> None:
    hauge = holding("sleeps well", load("introduced")).speaker
    assert hauge is not None
    assert hauge.role is None


def test_a_hedge_inside_a_relative_clause_is_not_the_sentences() -> None:
    lexicon = load_lexicon("en")
    assert lexicon is not None
    assert status_of("They met at a dam at which floods are expected.", lexicon) == "reported"
    assert status_of("They are expected to meet at a dam which broke.", lexicon) == "expected"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Secretary of Defense Anna Castell testified that all was known.",
            "Anna Castell",
            "Secretary of Defense",
        ),
        (
            "Minister of Transport Ivo Lund said the road was closed.",
            "Ivo Lund",
            "Minister of Transport",
        ),
        (
            "Rail staff met the Nurses' Union. Their union said the ward was full.",
            "Nurses' Union",
            None,
        ),
    ],
)
def test_offices_and_bodies_around_a_name(text: str, name: str, role: str | None) -> None:
    speakers = [s.speaker for s in attribute(split(make_article(text))).sentences if s.speaker]
    assert [(speaker.name, speaker.role) for speaker in speakers] == [(name, role)]


def test_a_country_before_other_nouns_is_no_speaker() -> None:
    text = "The U.S. internet news site Harbour has confirmed that it has more pictures."
    assert all(
        sentence.speaker is None or sentence.speaker.name != "U.S."
        for sentence in attribute(split(make_article(text))).sentences
    )


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Who spies is punished by death, according to Chilean law.", None, None),
        ("Two men died in the fire, according to Chilean police.", "Chilean police", None),
        ("Reports say that the crew is held in a camp.", None, None),
        ("Amy Doe was granted the same pay, said her attorney, Tom Roe.", "Tom Roe", "attorney"),
        ("Earlier Jordan had said Clay and Roe assured him there was no mill.", "Jordan", None),
        ("Maybe, just maybe, people who pay the ferry are beginning to fight back.", None, None),
        ("It is proof of what harbour officials had denied for years.", "harbour officials", None),
        (
            "The council was cleared. The fire began in the mill, the report said.",
            "the report",
            None,
        ),
        ("A year after the court ruled that the mill must close, it was still open.", None, None),
        ("The town has new rules that critics say favour the mill.", "critics", None),
        ("A storm is coming, the Harbour Board in Paris said Sunday.", "Harbour Board", None),
        (
            "With Winter Storm Ida threatening to drown the town, farmers left on Friday.",
            None,
            None,
        ),
        (
            "From the ship Ft. Roe, five boats will bring food to the town of Hallin, said Amy Doe,"
            " a spokeswoman for the programme.",
            "Amy Doe",
            "a spokeswoman for the programme",
        ),
        (
            "Ann Roe, the deputy speaker of the council has said that it would expect an apology.",
            "Ann Roe",
            "the deputy speaker of the council",
        ),
        (
            "According to the foreign minister, Ann Roe, the youngest sailor will be freed soon.",
            "Ann Roe",
            "foreign minister",
        ),
    ],
)
def test_what_is_nobodys_word_and_where_a_role_ends(
    text: str, name: str | None, role: str | None
) -> None:
    speaker = attribute(split(make_article(text))).sentences[-1].speaker
    assert (speaker and speaker.name, speaker and speaker.role) == (name, role)


def test_labels_of_topics_make_no_transcript() -> None:
    text = """\
VOTING RULES: Each member has one vote, and a tie is lost.
VENUE: The hall on Mill Street is open to every member.
VOTING RULES: On the second day a vote by hand will do.
VENUE: The same hall will be used again in the next year.
VENUE: There is no other hall in the whole of the valley.
"""
    article = attribute(split(make_article(text)))
    assert len(article.sentences) == 5
    assert [sentence.speaker for sentence in article.sentences] == [None] * 5


def test_who_speaks_in_an_office_is_named_with_it() -> None:
    text = (
        "The Chilean ambassador to Peru, Raymond Doe, told a reporter the quake was a catastrophe."
    )
    (told,) = name_people(attribute(split(make_article(text)))).sentences
    assert [(m.name, m.role) for m in told.people] == [
        ("Raymond Doe", "Chilean ambassador to Peru")
    ]
