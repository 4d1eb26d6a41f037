"""Sections -> the bottom line: the few claims that a reader who stops on page one must know."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from briefing.models import Article, Claim, Disagreement, Section, Sentence, Split
from briefing.sections.dating import is_precise, is_told, timing_of
from briefing.text.context import names_its_speaker, needs_context
from briefing.text.facts import facts, substance
from briefing.text.kindred import notion
from briefing.text.similarity import count_background, load_background
from briefing.text.tables import load_table
from briefing.text.times import find_times
from briefing.text.words import stems

#: Claims of the bottom line, at most; a claim that carries less than this of the best is left out.
LENGTH, LEAST = 4, 0.25
#: Claims that it has where the brief has them, whatever they carry.
FEWEST = 3
#: Share of the shorter claim's weight from which two claims are on one thing.
ALIKE = 0.4
#: Notions that they share at least, names left out.
SHARED = 3
#: Notions that two claims about one day share, names included, and their share of the shorter
#: claim, from which they are on one thing.
SAME_DAY, SAME_DAY_SHARE = 5, 0.4
#: What a notion of several words weighs, in nats: as much as a telling word.
KINDRED = 4.0
#: Longest and shortest claim, in words, that a bottom line may hold.
WORDS, FEW_WORDS = 50, 8
#: What counts, added up: words of titles and leads, a place in a lead, being the latest.
STORY, LEAD, LATEST = 1.0, 0.3, 0.5
#: What any number of independent sources adds at most, as a share; two add half of it.
SUPPORT = 1.0
#: What a count of the dead, the hurt, the missing adds, where an article opens with them.
TOLL = 1.0
#: What a claim keeps that is an outsider's view, is mostly a quotation, is not sure, or is old.
VIEW, QUOTED, UNSURE, OLD = 0.5, 0.8, 0.8, 0.6
#: Share of a claim from which it is mostly quotation.
MOSTLY = 0.5
#: What a claim keeps for each that its section has in the bottom line already.
HEARD = 0.6
#: Sentences of an article that are its lead.
LEAD_SENTENCES = 2

#: Notions of which the news keeps a count that grows.
_TOLLS = frozenset({"~deaths", "~injuries", "~missing", "~evacuation", "~survivors"})
_TIMES = frozenset("clock minut hour day week month year".split())
_UNSURE = frozenset({"expected", "believed", "reportedly", "planned", "alleged", "possible"})


def choose_bottom_line(
    sections: Sequence[Section],
    splits: Mapping[str, Split],
    disagreements: Sequence[Disagreement] = (),
    *,
    today: date | None = None,
) -> tuple[str, ...]:
    """Ids of three to five printed claims that carry the story, best supported first.

    The story is what the articles' titles and first sentences tell. A claim is left out that
    cannot be read alone, is on one thing with a better one, gives a count that a later claim
    replaces, or announces what should have come before `today`.
    """
    every = [claim for section in sections for claim in section.claims]
    replaced = _replaced(every, disagreements)
    views = {c.id for section in sections if section.kind == "experts" for c in section.claims}
    candidates = [
        claim
        for claim in every
        if _stands(claim) and claim.id not in replaced and not _is_overtaken(claim, today)
    ]
    if not candidates:
        return ()
    weigh = _Weights(splits)
    merits = {
        claim.id: weigh.merit(claim) * (VIEW if claim.id in views else 1) for claim in candidates
    }
    home = {claim.id: place for place, section in enumerate(sections) for claim in section.claims}
    chosen: list[Claim] = []
    while candidates and len(chosen) < LENGTH:
        heard = Counter(home[claim.id] for claim in chosen)
        has_toll = any(map(weigh.counts_a_toll, chosen))
        shares = {
            claim.id: 1.0
            if not has_toll and weigh.counts_a_toll(claim)
            else HEARD ** heard[home[claim.id]]
            for claim in candidates
        }
        best = min(candidates, key=lambda c: (-merits[c.id] * shares[c.id], _place(c)))
        if len(chosen) >= FEWEST and merits[best.id] < LEAST * max(merits.values()):
            break
        chosen.append(best)
        candidates = [claim for claim in candidates if not weigh.alike(claim, best)]
    chosen.sort(key=lambda claim: (-claim.independent, -merits[claim.id], _place(claim)))
    return tuple(claim.id for claim in chosen)


def _stands(claim: Claim) -> bool:
    """Whether a claim is short, can be read alone, and says who speaks."""
    shown = claim.support[0]
    return (
        FEW_WORDS <= len(claim.text.split()) <= WORDS
        and not needs_context(shown)
        and names_its_speaker(shown)
        and "?" not in claim.text
        and not _owner(claim.passage.article.language).match(claim.text)
    )


def _is_overtaken(claim: Claim, today: date | None) -> bool:
    """Whether all that a claim announces should have come before today."""
    article = claim.passage.article
    times = find_times(claim.text, published=article.published, language=article.language)
    days = [time.last or time.first for time in times if "ahead" in time.rule]
    return bool(days) and today is not None and all(day and day < today for day in days)


@lru_cache(maxsize=32)
def _owner(language: str) -> re.Pattern[str]:
    """How a sentence begins that names somebody by whom they belong to: "Roe, its director"."""
    words = load_table("context").get(language, {}).get("possessives", ())
    return re.compile(rf"[^,]{{2,60}}, (?:{'|'.join(map(str.lower, words)) or '(?!)'})\b")


def _place(claim: Claim) -> tuple[str, int]:
    return claim.passage.article.id, claim.passage.start


class _Weights:
    """How much of the story claims carry."""

    def __init__(self, splits: Mapping[str, Split]) -> None:
        self._leads = {
            split.article.id: split.sentences[:LEAD_SENTENCES] for split in splits.values()
        }
        self._days = sorted({_day(split.article) for split in splits.values()})
        told = [_story(split.article, self._leads[split.article.id]) for split in splits.values()]
        self._told = Counter(word for words in told for word in words)
        self._articles = max(1, len(told))
        language = next((split.article.language for split in splits.values()), "en")
        background = load_background(language) or count_background(
            [_notions(s) for split in splits.values() for s in split.sentences]
        )
        self._idf: Callable[[str], float] = background.idf
        self._here = count_background(
            [_notions(s) for split in splits.values() for s in split.sentences]
        )

    def merit(self, claim: Claim) -> float:
        """How much of the story a claim carries, and how well it does."""
        words = self._words(claim)
        story = sum(
            self._weight(word) * self._told[word] / self._articles
            for word in words
            if self._told[word] > 1 or self._articles == 1
        ) / math.sqrt(sum(map(self._weight, words)) or 1)
        leads = {s.article.id for s in claim.support if s in self._leads.get(s.article.id, ())}
        merit = (
            STORY * story
            + LEAD * bool(leads)
            + LATEST * self._recency(claim)
            + TOLL * self.counts_a_toll(claim)
        )
        merit *= 1 + SUPPORT * (1 - 1 / claim.independent)
        quoted = sum(len(q) for q in facts(claim.support[0]).quotations)
        if quoted >= MOSTLY * len(claim.text.split()):
            merit *= QUOTED
        if claim.status in _UNSURE:
            merit *= UNSURE
        return merit * (OLD if self._is_old(claim) else 1)

    def counts_a_toll(self, claim: Claim) -> bool:
        """Whether a claim counts the dead, the hurt, the missing with which an article opens."""
        return any(self._told[word] > 0 for word in self._words(claim) & _TOLLS) and bool(
            _counts(claim)
        )

    def alike(self, one: Claim, other: Claim) -> bool:
        """Whether two claims are on one thing."""
        mine, theirs = self._words(one), self._words(other)
        is_one_toll = not _TOLLS.isdisjoint(mine & theirs)
        if is_one_toll and not _counts(one).isdisjoint(_counts(other)):
            return True
        needed = max(SAME_DAY, SAME_DAY_SHARE * min(len(mine), len(theirs)))
        is_toll_of_other = _TOLLS.isdisjoint(mine) != _TOLLS.isdisjoint(theirs)
        if len(mine & theirs) >= needed and not is_toll_of_other and _is_one_day(one, other):
            return True
        mine, theirs = mine - _named(one), theirs - _named(other)
        shared = sum(map(self._rarity, mine & theirs))
        shorter = min(sum(map(self._rarity, mine)), sum(map(self._rarity, theirs)))
        return len(mine & theirs) >= SHARED and shared >= ALIKE * shorter

    def _words(self, claim: Claim) -> frozenset[str]:
        return frozenset(_notions(claim.support[0]))

    def _weight(self, word: str) -> float:
        return KINDRED if word.startswith("~") else self._idf(word)

    def _rarity(self, word: str) -> float:
        """How much a word tells two claims of these articles apart: their subject does not."""
        return min(self._weight(word), 2 * self._here.idf(word))

    def _recency(self, claim: Claim) -> float:
        newest = max(_day(sentence.article) for sentence in claim.support)
        return self._days.index(newest) / max(1, len(self._days) - 1) if len(self._days) > 1 else 0

    def _is_old(self, claim: Claim) -> bool:
        """Whether all that a claim dates lies more than a year behind its article."""
        article = claim.passage.article
        times = find_times(claim.text, published=article.published, language=article.language)
        days = [time.last or time.first for time in times if time.first]
        published = _day(article)
        return bool(days and published) and published - max(days).toordinal() > 365


def _story(article: Article, lead: Iterable[Sentence]) -> frozenset[str]:
    """The notions of an article's title and lead."""
    title = stems(article.title or "", article.language)
    words = {notion(stem, article.language) for stem in title}
    return frozenset(words.union(*(_notions(sentence) for sentence in lead)))


@lru_cache(maxsize=16_384)
def _notions(sentence: Sentence) -> tuple[str, ...]:
    """The notions of what a sentence says."""
    language = sentence.article.language
    return tuple(notion(stem, language) for stem in stems(substance(sentence), language))


def _replaced(claims: Sequence[Claim], disagreements: Sequence[Disagreement]) -> frozenset[str]:
    """Claims with a count that a later one replaces."""
    by_id = {claim.id: claim for claim in claims}
    found: set[str] = set()
    for point in disagreements:
        sides = [side for side in point.sides if any(i in by_id for i in side.claims)]
        if point.kind == "update" and sides:
            *earlier, _ = sides
            found.update(i for side in earlier for i in side.claims)
    return frozenset(found.union(c.id for c in claims if _has_later_count(c, claims)))


def _has_later_count(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a later article comes to another count of the dead, the hurt, the missing.

    What an undated article counts gives way to what a dated one does.
    """
    mine, words = _counts(claim), {*_notions(claim.support[0])} & _TOLLS
    day = _day(claim.passage.article)
    for other in claims:
        is_later = _day(other.passage.article) > day
        common = words & {*_notions(other.support[0])}
        if is_later and common and mine and (theirs := _counts(other)) and not mine & theirs:
            return True
    return False


def _is_one_day(one: Claim, other: Claim) -> bool:
    """Whether two claims tell of one and the same day."""
    timings = [timing_of(claim) for claim in (one, other)]
    days = {t.found.first for t in timings if t and is_precise(t.found) and is_told(t)}
    return len(days) == 1 and None not in days and all(timings)


def _named(claim: Claim) -> frozenset[str]:
    """The notions of names and offices: whom two claims are about, not what they say of them."""
    shown, language = claim.support[0], claim.passage.article.language
    people = (f"{m.name} {m.form} {m.role or ''}" for m in shown.people)
    names = " ".join((*sorted(facts(shown).names), *people))
    return frozenset(notion(stem, language) for stem in stems(names, language))


def _counts(claim: Claim) -> frozenset[float]:
    """What a claim counts, not what it measures or dates."""
    measures = load_table("units")["units"]
    figures = facts(claim.support[0]).main_figures
    return frozenset(f.value for f in figures if f.unit not in measures and f.unit not in _TIMES)


def _day(article: Article) -> int:
    """The day of publication, for comparison; 0 when unknown."""
    published = article.published
    if isinstance(published, datetime):
        published = published.date()
    return published.toordinal() if isinstance(published, date) else 0
