from __future__ import annotations

import pytest

from briefing.models import Sentence
from briefing.text.facts import facts
from briefing.text.figures import Figure, find_figures
from briefing.text.words import stem
from tests.build import make_article

CASES = [
    ("de", "Der Fluss führt 1.500 Liter.", 1500, "liter"),
    ("de", "Es fehlen 2,5 Milliarden Euro.", 2.5e9, "eur"),
    ("de", "Das sind 12,5 % mehr.", 12.5, "percent"),
    ("de", "Elf Menschen fehlen.", 11, "menschen"),
    ("fr", "La rivière charrie 1 500,5 litres.", 1500.5, "litres"),
    ("fr", "Il manque deux milliards d’euros.", 2e9, "eur"),
    ("fr", "Onze écoles sont fermées.", 11, "écoles"),
    ("cs", "Chybí 1 200 lidí.", 1200, "lidí"),
]


@pytest.mark.parametrize(("language", "text", "value", "unit"), CASES)
def test_figures_are_read_by_the_separators_of_the_language(
    language: str, text: str, value: float, unit: str
) -> None:
    (figure,) = find_figures(text, language)

    assert figure.value == value
    assert figure.unit in (unit, stem(unit, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am 12. September 2023 kam er."),
        ("fr", "Le 12 septembre 2023 il est venu."),
        ("fr", "Le four est chaud et le ten est long."),
        ("de", "Im Jahr 1999 war das so."),
    ],
)
def test_dates_and_english_words_are_no_figures(language: str, text: str) -> None:
    assert find_figures(text, language) == frozenset()


def test_a_time_of_day_is_a_figure_of_its_own() -> None:
    assert find_figures("Le train part à 10h30.", "fr") == {Figure(1030.0, "clock")}


@pytest.mark.parametrize(
    ("language", "text", "is_negative"),
    [
        ("de", "Der Damm hat nicht gehalten.", True),
        ("de", "Der Damm hat nicht nur Wasser gehalten.", False),
        ("de", "Der Betreiber bestritt, dass niemand warnte.", False),
        ("fr", "Le barrage n’a pas tenu.", True),
        ("fr", "Le barrage a tenu.", False),
        ("cs", "Das ist not und nicht analysiert.", False),
    ],
)
def test_negation_is_told_in_the_language(language: str, text: str, is_negative: bool) -> None:
    article = make_article(text, language=language)

    assert facts(Sentence(article, 0, len(text))).is_negative is is_negative
