"""Speakers, statuses and dates of the articles in tests/data/languages, against their gold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.models import Split
from briefing.text.language import tell_language
from briefing.text.people import name_people
from briefing.text.sentences import split
from briefing.text.speech import attribute
from briefing.text.times import find_times
from tests.build import make_article

FOLDER = Path(__file__).parents[1] / "data" / "languages"
GOLD: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.toml"))
}


def read(text: str, language: str) -> Split:
    return name_people(attribute(split(make_article(text, language=language))))


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOLD)
def test_speakers_of_an_article(name: str) -> None:
    found = read(text_of(name), name[:2]).sentences
    expected = GOLD[name]["sentence"]

    assert len(found) == len(expected)
    for sentence, row in zip(found, expected, strict=True):
        speaker = sentence.speaker
        assert row["words"] in sentence.text
        assert (speaker.name if speaker else None) == row.get("name"), sentence.text
        assert sentence.status == row.get("status", sentence.status), sentence.text
        if speaker is not None:
            assert speaker.kind == row.get("kind", "person")
            assert speaker.role == row.get("role", speaker.role)
            assert speaker.text
            assert speaker.text in sentence.text


@pytest.mark.parametrize("name", GOLD)
def test_an_article_tells_its_language(name: str) -> None:
    assert tell_language(text_of(name), expected="en") == name[:2]


@pytest.mark.parametrize("name", GOLD)
def test_dates_of_an_article(name: str) -> None:
    found = find_times(text_of(name), published=GOLD[name]["published"], language=name[:2])

    for row in GOLD[name]["dates"]:
        assert any(
            time.first == row["day"] and time.text.lower() in row["words"].lower() for time in found
        ), row


CASES = [
    ("de", "Der Damm, so Minister Karl Voss, hält dem Druck stand.", "Karl Voss"),
    ("de", "»Der Damm hält dem Druck stand«, sagte Anna von Berg.", "Anna von Berg"),
    ("de", "Die Kosten von zwei Milliarden Euro zahlt das Land allein.", None),
    ("de", "Frau Roth hat am Dienstag gesagt, der Damm halte stand.", "Roth"),
    ("de", "Es gebe keinen Grund zur Sorge, hieß es am Abend.", None),
    ("fr", "Le barrage tient bon, a annoncé jeudi la mairie.", "mairie"),
    ("fr", "Marc Durand, président du syndicat, a affirmé que tout tenait.", "Marc Durand"),
    ("fr", "Il n’y a aucune raison de s’inquiéter, dit-on dans la vallée.", None),
    ("fr", "« Le barrage tient », répète-t-elle sans cesse à la radio.", None),
]


@pytest.mark.parametrize(("language", "text", "name"), CASES)
def test_speaker_of_a_sentence(language: str, text: str, name: str | None) -> None:
    (sentence,) = read(text, language).sentences

    assert (sentence.speaker.name if sentence.speaker else None) == name


def test_persons_keep_name_and_office() -> None:
    text = "Die Ministerin Ina Brandt kam am Abend an. Später reiste Brandt weiter."

    first, second = read(text, "de").sentences

    assert [(m.name, m.role, m.is_introduced) for m in first.people] == [
        ("Ina Brandt", "Ministerin", True)
    ]
    assert [(m.name, m.form, m.is_introduced) for m in second.people] == [
        ("Ina Brandt", "Brandt", False)
    ]
