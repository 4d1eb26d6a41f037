"""A brief and the gold of its event -> which gold line each sentence and passage of it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing.models import Article, Brief, Claim, Passage, Section, Sentence
from tests.quality.gold import Event, GoldLine

_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their"})
#: A name may stand behind this many words more than the gold gives: "Prof", "Dame", "the daily".
_EXTRA_WORDS = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Where a gold line stands in an article's text as read."""

    line: GoldLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed claim, the short name of its section, and the gold lines behind it."""

    claim: Claim
    section: str
    shown: tuple[GoldLine, ...]  #: behind the claim's own sentence; empty when no gold knows it
    passage: tuple[GoldLine, ...]  #: whatever the passage prints, junk included
    told: frozenset[str]  #: statements that the passage prints more than half of


class Matching:
    """Finds gold lines behind sentences, passages and claims of one brief."""

    def __init__(self, brief: Brief, event: Event) -> None:
        self.event = event
        self.brief = brief
        self._spans = {article.id: _spans(article, event) for article in brief.articles}

    def behind(self, sentence: Sentence) -> tuple[GoldLine, ...]:
        """The gold lines that a sentence holds, or is the larger part of."""
        return self._lines(sentence.article, sentence.start, sentence.end)

    def supports(self, claim: Claim) -> frozenset[GoldLine]:
        """The gold lines behind any support of a claim."""
        return frozenset(line for sentence in claim.support for line in self.behind(sentence))

    def shown(self, claim: Claim) -> frozenset[GoldLine]:
        """The gold lines behind any support of a claim or in its passage."""
        passage = claim.passage
        lines = self._lines(passage.article, passage.start, passage.end)
        return self.supports(claim) | frozenset(lines)

    def first_line(self, claim: Claim) -> GoldLine | None:
        """The gold line that a claim's passage begins in."""
        passage = claim.passage
        lines = self._lines(passage.article, passage.start, passage.end)
        return lines[0] if lines else None

    def printed(self, *, more: bool = False) -> tuple[Printed, ...]:
        """The printed claims in printed order; with `more`, those beyond the limits as well."""
        titles = {title: name for name, title in self.event.sections.items()}
        return tuple(
            Printed(
                claim,
                titles[section.title],
                self.behind(claim.support[0]),
                self._lines(claim.passage.article, claim.passage.start, claim.passage.end),
                self._told(claim.passage),
            )
            for section in self.brief.sections
            for claim in (*section.claims, *(section.more if more else ()))
        )

    def listed(self) -> tuple[Claim, ...]:
        """Every claim that the brief lists, placed or not."""
        return (*(c for s in self.brief.sections for c in _claims(s)), *self.brief.unplaced)

    def _told(self, passage: Passage) -> frozenset[str]:
        return frozenset(
            span.line.statement
            for span in self._spans[passage.article.id]
            if not span.line.is_junk
            and min(passage.end, span.end) - max(passage.start, span.start)
            > 0.6 * (span.end - span.start)
        )

    def _lines(self, article: Article, start: int, end: int) -> tuple[GoldLine, ...]:
        found = []
        for span in self._spans[article.id]:
            shared = min(end, span.end) - max(start, span.start)
            if shared > 0 and 2 * shared >= min(end - start, span.end - span.start):
                found.append(span.line)
        return tuple(found)


def is_same_name(given: str, accepted: Iterable[str]) -> bool:
    """Whether a name is one of those accepted, titles in front of it and accents aside."""
    words = fold(given)
    for name in accepted:
        wanted = fold(name)
        extra = len(words) - len(wanted)
        if 0 <= extra <= _EXTRA_WORDS and words[extra:] == wanted:
            return True
    return False


def is_same_role(given: str, accepted: Iterable[str]) -> bool:
    """Whether a role says at least one of those accepted."""
    padded = f" {' '.join(fold(given))} "
    return any(f" {' '.join(fold(role))} " in padded for role in accepted)


def fold(name: str) -> list[str]:
    """The words of a name without accents, case, hyphens and leading articles."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = re.findall(r"[\w&']+", plain)
    while words and words[0] in _ARTICLES:
        words = words[1:]
    return words


def _claims(section: Section) -> tuple[Claim, ...]:
    return (*section.claims, *section.more)


def _spans(article: Article, event: Event) -> tuple[Span, ...]:
    lines = event.lines_of(Path(article.path or "").name)
    found = [
        Span(line, match.start(), match.end())
        for line in lines
        for match in line.pattern.finditer(article.text)
    ]
    return tuple(sorted(found, key=lambda span: span.start))
