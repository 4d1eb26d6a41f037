"""One brief over articles in several languages: each sentence in its own, none merged across."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from briefing.config import BriefSpec, SectionSpec, SourceSpec
from briefing.models import Article, Brief
from briefing.pipeline import make_brief
from briefing.renderers import RENDERERS, Templates
from tests.build import make_article

FOLDER = Path(__file__).parent / "data" / "languages"
NOW = datetime(2023, 9, 14, 8, tzinfo=UTC)
ENGLISH = (
    "A dam broke above Hallin on Tuesday. Police said that eleven people were missing.\n\n"
    "The hydrologist Amy Roe, a professor at Arnfeld, said the river rose quickly.\n"
)
ARABIC = "انهار السد فوق المدينة صباح الثلاثاء بعد العاصفة. تعمل فرق الإنقاذ منذ الفجر في القرى.\n"
# The same words, letter by letter, in two languages.
SAME = "Radio Hallin Studio Arnfeld 12.500 Kilo Damm.\n"


def article(name: str) -> Article:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return make_article(
        text, title=text.splitlines()[0], language=name[:2], published=date(2023, 9, 13)
    )


def brief() -> Brief:
    articles = [
        article("de-damm"),
        article("fr-barrage"),
        make_article(ENGLISH, published=date(2023, 9, 13)),
        make_article(ARABIC, language="ar"),
        make_article(SAME, language="de", publisher="A"),
        make_article(SAME, language="fr", publisher="B"),
    ]
    sections = (
        SectionSpec(title="The dam", keywords=("dam", "Damm", "barrage", "السد")),
        SectionSpec(title="Views", kind="experts"),
        SectionSpec(title="When", kind="timeline", keywords=("river", "Fluss", "rivière")),
    )
    spec = BriefSpec(
        name="dam", title="Dam", sources=(SourceSpec(path="*.txt"),), sections=sections
    )
    return make_brief(articles, spec, NOW)


def test_no_claim_spans_two_languages() -> None:
    made = brief()
    claims = [c for s in made.sections for c in (*s.claims, *s.more)] + list(made.unplaced)

    assert all(len({s.article.language for s in claim.support}) == 1 for claim in claims)
    assert sum(SAME.strip() in claim.text for claim in claims) == 2


def test_a_section_is_met_in_every_language() -> None:
    dam, views, _ = brief().sections

    languages = {c.passage.article.language for c in (*dam.claims, *dam.more)}
    assert languages == {"de", "fr", "en", "ar"}
    assert {"de", "fr"} <= {c.passage.article.language for c in (*views.claims, *views.more)}


def test_what_is_not_analysed_is_said() -> None:
    said = brief().source_summary

    assert "speech, roles, dates, pronouns and differences in Arabic (1 article)" in said
    assert "pronouns and differences in German (2 articles)" in said


def test_a_passage_carries_its_language_and_direction() -> None:
    page = RENDERERS["html"](brief(), Templates()).content.decode()

    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="fr" dir="ltr"' in page
