"""Context: which sentences can be read alone, and what is taken in where one cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.models import Sentence, Speaker
from briefing.text.context import needs_context, passage_of, taken_in
from briefing.text.sentences import split
from tests.build import make_article

ALONE = (
    "The dam at Tarn was built in 1961.",
    "It is believed that the wall cracked in spring.",
    "It was the first time that the gates were opened.",
    "This week the gates were opened twice.",
    "Both Upland and Lowland blame the weather.",
    "Those who lost their homes will be paid.",
    "The decision to open the gates came late.",
    "In Lowland the sirens failed.",
    "At the time of the vote the gates were open.",
    "According to the ministry, the gates were opened at midnight.",
    "The ministry confirmed that the gates were opened at midnight.",
    "The wall gave way at noon and the water reached the mill 15 minutes later.",
    "The trouble is that nobody listened.",
)
POINTING_BACK = (
    "On that occasion the gates stayed shut.",
    "At the time, nobody was warned.",
    "According to the ministry, it was opened at midnight.",
    "He opened the gates at midnight.",
    "But she did not answer the letters.",
    "Their houses stood in the water.",
    "It cracked in spring.",
    "That wall was never repaired.",
    "In return, Lowland will pay for the sirens.",
    "The decision surprised the villages.",
    "The ministry denied this last night.",
    "The builder called that “nonsense on stilts”.",
    "“The wall was never repaired.”",
    "Tom Ilk told the council:",
    "The water reached the mill 15 minutes later.",
    "A leak, Tom Ilk says, is that warning.",
)


def sentence(text: str, speaker: Speaker | None = None) -> Sentence:
    return Sentence(make_article(text), 0, len(text), speaker=speaker)


@pytest.mark.parametrize("text", ALONE)
def test_can_be_read_alone(text: str) -> None:
    assert not needs_context(sentence(text))


@pytest.mark.parametrize("text", POINTING_BACK)
def test_points_back(text: str) -> None:
    assert needs_context(sentence(text))


def test_a_known_speaker_is_printed_beside_a_quotation() -> None:
    text = "“The wall was never repaired,” he said."
    speaker = Speaker("Tom Ilk", text="The wall was never repaired,")
    assert needs_context(sentence(text))
    assert not needs_context(sentence(text, speaker))


def test_a_known_speaker_resolves_only_his_own_pronoun() -> None:
    said = Speaker("Tom Ilk", text="the wall was never repaired")
    assert not needs_context(sentence("He said the wall was never repaired.", said))
    spoken_of = Speaker("Tom Ilk", text="They never repaired the wall")
    assert needs_context(sentence("They never repaired the wall, Tom Ilk said.", spoken_of))


def test_a_language_without_a_table_is_not_judged() -> None:
    text = "Er öffnete die Schleusen um Mitternacht."
    assert not needs_context(Sentence(make_article(text, language="xx"), 0, len(text)))


def passage(text: str, position: int) -> str | None:
    result = split(make_article(text))
    found = passage_of(result.sentences[position], result)
    return found.text if found else None


def test_the_sentence_before_is_taken_in() -> None:
    text = "Tom Ilk runs the dam. He opened the gates. The whole village slept."
    assert passage(text, 0) == "Tom Ilk runs the dam."
    assert passage(text, 1) == "Tom Ilk runs the dam. He opened the gates."
    assert passage(text, 2) == "The whole village slept."


def test_context_may_stand_in_the_paragraph_before() -> None:
    assert passage("Tom Ilk runs the dam.\n\nHe opened the gates.", 1) == (
        "Tom Ilk runs the dam.\n\nHe opened the gates."
    )


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("He opened the gates at midnight. The whole village slept.", 0),  # nothing stands before
        ("Tom Ilk runs the dam.\n\nWhat went wrong\n\nHe opened the gates.", 1),  # a heading does
        (
            "Tom Ilk runs the dam. He woke at midnight. He dressed at once. He opened the gates.",
            3,
        ),  # too far back
    ],
)
def test_what_cannot_be_read_alone_has_no_passage(text: str, position: int) -> None:
    assert passage(text, position) is None


def test_a_speaker_found_later_makes_a_passage() -> None:
    result = split(make_article("The dam stood there. “We never repaired that old wall,” he said."))
    voiced = replace(result.sentences[1], speaker=Speaker("Tom Ilk", text="We never"))
    found = passage_of(voiced, result)
    assert found is not None
    assert found.text == voiced.text


def test_a_sentence_taken_in_says_who_speaks() -> None:
    result = split(
        make_article(
            "Tom Ilk runs the dam at Tarn. “The old wall was never repaired,” he said. "
            "The ministry disputes that account."
        )
    )
    spoken = replace(result.sentences[1], speaker=Speaker("Tom Ilk", text="The old wall was"))
    voiced = replace(result, sentences=(result.sentences[0], spoken, result.sentences[2]))
    found = passage_of(voiced.sentences[2], voiced)
    assert found is not None
    assert found.text == result.article.text


def test_who_says_it_of_something_else_points_back() -> None:
    text = "Tom Ilk thinks it will break."
    ilk = Speaker("Tom Ilk", "mayor", "it will break")
    assert needs_context(sentence(text, ilk))
    expletive = replace(ilk, text="it was unlikely that the wall broke")
    assert not needs_context(sentence(f"Tom Ilk said {expletive.text}.", expletive))
    authority = Speaker("Tarn Dam Authority", None, "it will break", kind="body")
    assert not needs_context(sentence("Tarn Dam Authority thinks it will break.", authority))


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Ilse Brandt sent a long letter to the council.", "Tom Ilk has read the letter twice."),
        ("The lease of the mill was renewed.", "Tom Ilk said the renewal was dated in May."),
    ],
)
def test_a_thing_just_introduced_takes_its_introduction_in(before: str, text: str) -> None:
    taken_apart = split(make_article(f"{before} {text}"))
    passage = passage_of(taken_apart.sentences[1], taken_apart)
    assert passage is not None
    assert passage.text == f"{before} {text}"
    assert list(taken_in(taken_apart)) == [taken_apart.sentences[0]]


def test_what_the_article_is_about_needs_no_introduction() -> None:
    text = "A dam broke. The dam was old. Nobody saw the dam. Tom Ilk said the dam was safe."
    assert not needs_context(split(make_article(text)).sentences[-1])


def test_this_is_nobody_who_speaks() -> None:
    text = "This comes after the council called the plan “a folly”."
    speaker = Speaker("the council", text="a folly", kind="body")
    assert needs_context(sentence(text, speaker))
