"""The briefs whose pages are opened in a browser, by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from briefing.config import load_config
from briefing.models import Brief, Document, Section
from briefing.pipeline import make_brief
from briefing.runner import read_sources
from tests.build import (
    AS_OF,
    find_sentence,
    make_article,
    make_awkward_brief,
    make_claim,
    make_plain_brief,
    make_small_brief,
    make_split,
    number_references,
)
from tests.renderers.documents import document

ROOT = Path(__file__).parent.parent.parent


def make_example() -> Brief:
    """The brief of the shipped config.yaml."""
    (spec,) = load_config(ROOT / "config.yaml").briefs
    reading = read_sources(spec.sources, spec, root=ROOT)
    as_of = datetime(2023, 9, 14, 12, tzinfo=UTC)
    return make_brief(reading.articles, spec, as_of, reading.problems)


def make_arabic_brief() -> Brief:
    """A brief in Arabic, read from right to left, with a section that is empty."""
    article = make_article(
        "اجتمع الوزيران في المدينة يوم الخميس. لم يصدر بيان بعد الاجتماع.",
        title="الوزيران يجتمعان في المدينة",
        publisher="صحيفة النهر",
        language="ar",
        url="https://nahr.example/2024/1",
    )
    met = make_claim("c1", find_sentence(article, "اجتمع"))
    silent = make_claim("c2", find_sentence(article, "بيان"))
    return Brief(
        name="arabic",
        title="محادثات السد",
        subtitle="الوصول والوفود",
        issuer="مكتب الأنهار",
        marking="TLP:GREEN",
        language="ar",
        as_of=AS_OF,
        articles=(article,),
        splits={article.id: make_split(article)},
        references=number_references(article),
        bottom_line=("c1",),
        sections=(
            Section("المحادثات", "topic", claims=(met, silent)),
            Section("القطار", "topic", gap="The sources hold nothing for this section."),
        ),
    )


def page_of(make: Callable[[], Brief]) -> Callable[[], Document]:
    return lambda: document("html", make)


PAGES: dict[str, Callable[[], Document]] = {
    "example": page_of(make_example),
    "every-kind": page_of(make_plain_brief),  # with an empty section, and sources that differ
    "one-source": page_of(make_small_brief),
    "forty-sources": page_of(make_awkward_brief),
    "arabic": page_of(make_arabic_brief),
}
