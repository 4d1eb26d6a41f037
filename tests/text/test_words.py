from __future__ import annotations

import pytest

from briefing.text.words import is_supported, stem, stems, stop_words, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor’s car, the mayor's car", ["the", "mayor's", "car", "the", "mayor's", "car"]),
        ("a cease-fire, a cease‑fire", ["a", "cease-fire", "a", "cease-fire"]),
        ("U.S. officials at 10:30 a.m.", ["u.s.", "officials", "at", "10:30", "a.m."]),
        ("$1,500 or 3.5% of 122mm", ["1,500", "or", "3.5", "of", "122mm"]),
        ("“Nein”, sagte Zoë Müller", ["nein", "sagte", "zoë", "müller"]),
        ("Река вышла из берегов", ["река", "вышла", "из", "берегов"]),
        ("बाढ़ का पानी", ["बाढ़", "का", "पानी"]),
        ("snake_case -- 'quoted'", ["snake", "case", "quoted"]),
        ("… — !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == tuple(expected)


def test_stems_leave_out_what_carries_no_content() -> None:
    text = "Mr Lind said the ministers were negotiating a cease-fire over 3 days"
    assert stems(text, "en") == ("lind", "minist", "negoti", "ceas", "fire", "3", "day")


def test_stems_meet_across_forms() -> None:
    assert stem("negotiations", "en") == stem("negotiating", "en")
    assert stem("mayor's", "en") == stem("mayor", "en")
    assert stem("берегов", "ru") == stem("берега", "ru")
    assert stem("ποταμός", "el") == stem("ποταμού", "el")
    assert stem("organisation", "en") != stem("organ", "en")


def test_figures_are_their_own_stems_and_ask_no_stemmer() -> None:
    assert stems("v roce 2024", "cs")[-1] == "2024"


def test_a_language_without_lists_degrades_to_plain_words() -> None:
    assert not is_supported("eo")
    assert stop_words("eo") == frozenset()
    assert stem("riveroj", "eo") == "riveroj"
    assert stems("La riveroj leviĝis", "eo") == ("la", "riveroj", "leviĝis")


@pytest.mark.parametrize(
    "language", ["ar", "cs", "de", "el", "en", "es", "fr", "it", "pl", "pt", "sk", "sv", "uk"]
)
def test_a_supported_language_has_stop_words_and_a_stemmer(language: str) -> None:
    assert is_supported(language)
    assert len(stop_words(language)) > 50
    assert stem("politika", language)


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. fleet of 1,500, at 10:30 a.m.",
        "O'Dea's x-ray-like 3.5.6 snake_case",
        "-a- 'b' 7th",
    ],
)
def test_words_are_the_same_beside_letters_of_any_script(text: str) -> None:
    assert (*words(text), "né") == words(f"{text} né")
