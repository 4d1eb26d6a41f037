"""A language -> what is analysed of an article in it, told by the tables that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Article, SectionKind
from briefing.text.names import lexicon as names
from briefing.text.speech.listed_words import load_listed
from briefing.text.tables import load_language, load_topic
from briefing.text.times import lexicon as times
from briefing.text.words import is_supported


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is done with an article in a language; what is not, is not guessed at."""

    has_stems: bool  #: words are met in every form, small words left out
    has_speech: bool  #: who says what, who is named, in what office
    has_dates: bool
    has_pronouns: bool  #: what "he" or "that journey" points back to, so that it can be taken in
    has_differences: bool  #: where two reports of one thing differ

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not analysed, in the words of a brief."""
        told = (
            ("word forms", self.has_stems),
            ("speech", self.has_speech),
            ("roles", self.has_speech),
            ("dates", self.has_dates),
            ("pronouns", self.has_pronouns),
            ("differences", self.has_differences),
        )
        return tuple(what for what, is_done in told if not is_done)


@lru_cache(maxsize=64)
def analysis_of(language: str) -> Analysis:
    """What is analysed of an article in a language (ISO 639-1)."""
    return Analysis(
        has_stems=is_supported(language),
        has_speech=names.load_lexicon(language) is not None or load_listed(language) is not None,
        has_dates=times.load_lexicon(language) is not None,
        has_pronouns=load_topic("context", language) is not None,
        has_differences=load_topic("disagreements", language) is not None,
    )


#: What a kind of section cannot do without.
_NEEDS: Mapping[SectionKind, str] = {
    "timeline": "dates",
    "people": "roles",
    "statements": "speech",
    "experts": "speech",
}


def not_analysed(articles: Iterable[Article]) -> str | None:
    """What was not analysed, by language with the number of its articles; None if nothing."""
    counts = Counter(article.language for article in articles)
    parts = [
        f"{_listed(missing)} in {_name(language)} ({number} article{'s' * (number > 1)})"
        for language, number in sorted(counts.items())
        if (missing := analysis_of(language).missing)
    ]
    return f"Not analysed: {'; '.join(parts)}." if parts else None


def not_analysed_for(kind: SectionKind, articles: Iterable[Article]) -> str | None:
    """The same for what a kind of section cannot do without, in an empty section."""
    needed = _NEEDS.get(kind)
    languages = dict.fromkeys(article.language for article in articles)
    without = [_name(code) for code in sorted(languages) if needed in analysis_of(code).missing]
    return f"Not analysed: {needed} in {_listed(without)}." if without else None


def _listed(parts: Iterable[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last


def _name(language: str) -> str:
    return str(load_language(language).get("name", f"the language “{language}”"))
