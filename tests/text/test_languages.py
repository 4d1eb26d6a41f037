"""What holds in every language with a data file: splitting, stems, condensing, telling it apart."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.condense import condense
from briefing.config import CondenseSpec, SectionSpec
from briefing.rankers import RANKERS
from briefing.sections.query import compile_queries
from briefing.text.analysis import analysis_of, not_analysed, not_analysed_for
from briefing.text.language import tell_language
from briefing.text.sentences import split, split_paragraph
from briefing.text.speech import attribute
from briefing.text.tables import known_languages, load_language, load_table, load_topic
from briefing.text.times import find_times
from briefing.text.words import stems
from tests.build import make_article

FILE = Path(__file__).parents[1] / "data" / "text" / "languages.toml"
TEXTS: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize("language", sorted(TEXTS))


def text_of(language: str) -> str:
    return " ".join(TEXTS[language]["sentences"])


def test_every_data_file_has_a_text_here() -> None:
    assert tuple(sorted(TEXTS)) == known_languages()
    assert all(load_language(code)["name"] for code in known_languages())


@EACH
def test_sentences_are_whole(language: str) -> None:
    text = text_of(language)

    found = [text[start:end] for start, end in split_paragraph(text, language)]

    assert found == TEXTS[language]["sentences"]


@EACH
def test_a_keyword_is_met_by_its_stem_in_the_language_of_the_article(language: str) -> None:
    asked = SectionSpec(title="?", keywords=(TEXTS[language]["keyword"],))
    meets = TEXTS[language]["meets"]
    sentences = TEXTS[language]["sentences"]

    query = compile_queries([asked], [], "xx", {language: sentences})[0]

    assert stems(meets, language)[0] == stems(TEXTS[language]["keyword"], language)[0]
    scores = [query.relevance(text, "", language).score > 0 for text in sentences]
    assert scores == [meets in text for text in sentences]


@EACH
@pytest.mark.parametrize("method", sorted(RANKERS))
def test_every_ranker_condenses_to_sentences_of_the_text(language: str, method: str) -> None:
    article = make_article(text_of(language), language=language)

    summary = condense(split(article), CondenseSpec(method=method, length="40%"))

    assert [s.text for s in summary.sentences] == [
        s for s in TEXTS[language]["sentences"] if s in {c.text for c in summary.sentences}
    ]
    assert len(summary.sentences) == 2


@EACH
def test_a_text_tells_its_language_for_sure_or_not_at_all(language: str) -> None:
    assert tell_language(text_of(language), expected="en") in {language, None}
    assert tell_language(text_of(language), expected=language) in {language, None}


def test_nearly_every_text_tells_its_language() -> None:
    told = [code for code in TEXTS if tell_language(text_of(code), expected="en") == code]

    assert len(told) / len(TEXTS) >= 0.7


def test_a_few_words_and_a_language_without_a_list_tell_nothing() -> None:
    latvian = "Mērs otrdien ieradās ielejā pēc plūdiem, un neviens par to nebija brīdināts. "
    assert tell_language("Der Fluss stieg.", expected="en") is None
    assert tell_language(latvian * 4, expected="en") is None


@pytest.mark.parametrize("language", sorted({*TEXTS, "xx", "zh"} - {"en", "de", "fr"}))
def test_what_is_not_analysed_is_left_alone(language: str) -> None:
    text = "Minister Amy Roe said on 12 September 2023: “We will leave,” spokesman Bob Poe said."
    article = make_article(text, language=language)

    result = attribute(split(article))

    assert all(s.speaker is None and s.status == "reported" for s in result.sentences)
    assert find_times(text, language=language) == ()


def test_topics_stand_in_the_language_or_in_the_table_of_the_topic() -> None:
    assert load_topic("splitting", "de") == load_language("de")["splitting"]
    assert load_topic("kindred", "en") == load_table("kindred")["en"]
    assert load_topic("kindred", "sk") is None
    assert load_topic("splitting", "../en") is None


def test_prose_of_a_section_is_not_looked_for_in_other_languages() -> None:
    spec = SectionSpec(title="The gift", description="What the gift to Hallin was worth.")
    poison = ["Das Gift lag im Keller.", "In Hallin schneit es.", "Der Fluss stieg."]

    query = compile_queries([spec], [], "en", {"de": poison})[0]

    assert [query.relevance(text, "", "de").score > 0 for text in poison] == [False, True, False]
    assert query.relevance("The gift was small.").score > 0


def test_the_page_on_languages_tells_what_the_tables_hold() -> None:
    def mark(is_done: bool) -> str:
        return "yes" if is_done else "not analysed"

    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| [A-Z]", line)]

    assert rows == [
        f"| {load_language(code)['name']} | `{code}` | yes | {mark(done.has_stems)} "
        f"| {mark(done.has_speech)} | {mark(done.has_dates)} "
        f"| {mark(done.has_pronouns and done.has_differences)} |"
        for code, done in ((code, analysis_of(code)) for code in known_languages())
    ]


def test_what_is_not_analysed_is_said_by_language() -> None:
    articles = [make_article(f"Text {code}.", language=code[:2]) for code in ("cs", "cs2", "en")]

    assert not_analysed(articles[2:]) is None
    assert not_analysed(articles) == (
        "Not analysed: speech, roles, dates, pronouns and differences in Czech (2 articles)."
    )
    assert not_analysed_for("timeline", articles) == "Not analysed: dates in Czech."
    assert not_analysed_for("topic", articles) is None
    assert not_analysed([make_article("Text.", language="qq")]) == (
        "Not analysed: word forms, speech, roles, dates, pronouns and differences in the language "
        "“qq” (1 article)."
    )
