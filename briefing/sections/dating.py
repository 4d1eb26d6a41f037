"""A claim -> the words that date it with the days they mean, and whether it has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from briefing.models import Article, Claim, Event, EventState, Granularity, PartOfDay, Sentence
from briefing.text.names.lexicon import load_lexicon
from briefing.text.speech.status import status_of
from briefing.text.times import SINCE, TimeExpression, find_times
from briefing.text.times.article import article_times

_DAYS = frozenset({"day", "part", "week"})
#: Longest range that still says when something happened, rather than in which season or decade.
_RANGE_DAYS = 31
#: Rules that read a day of the calendar off the page, at least without its year.
NAMED = ("day of month", "days of month", "weekday of month", "iso day", "numeric day")
#: Rules for ranges of days, whose length is not known without the article's date.
_RANGES = ("weekdays", "days of month")
GRANULARITIES: dict[str, Granularity] = {
    "part": "day",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "range": "range",
}

#: A source's own verb that puts a thing ahead, and one that says that it was not so.
_AHEAD = frozenset({"expected", "planned"})
_DENIED = frozenset({"denied", "unconfirmed"})
_PARTS: dict[str, PartOfDay] = {
    "MO": "morning",
    "MI": "midday",
    "AF": "afternoon",
    "EV": "evening",
    "NI": "night",
}
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|its|their|his|her)\s(?:[\w.’'-]+,?\s){0,3}$")
_NOUN_FOLLOWS = re.compile(
    r"\s(?!(?:and|or|but|in|at|on|to|by|of|for|from|with|when|while|as|after|before|that|which|who"
    r"|was|were|is|are|has|had|have|will|would)\b)\w"
)
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?$")
_PART = re.compile(r"T([A-Z]{2})$")


def is_precise(found: TimeExpression) -> bool:
    """Whether it tells the day, the week, or a stretch of days no longer than a month.

    "Over the last two weeks" tells how long something took, not when it happened, and "last week's
    quake" which is meant.
    """
    is_week_of = found.granularity == "week" and found.text.endswith(("'s", "’s"))
    if found.rule == "duration" or is_week_of:
        return False
    if found.granularity != "range":
        return found.granularity in _DAYS
    if found.first and found.last:
        return (found.last - found.first).days <= _RANGE_DAYS
    return found.rule.startswith(_RANGES)


@dataclass(frozen=True, slots=True)
class Timing:
    """What dates a claim: an expression in one of its sentences, or beside them in its passage."""

    found: TimeExpression
    article: Article  #: the article in which the expression stands

    @property
    def clock(self) -> time | None:
        """The hour, when it is told; the zone is the article's."""
        found = _CLOCK.search(self.found.value)
        if not found or int(found[1]) > 23:
            return None
        return time(int(found[1]), int(found[2] or 0))

    @property
    def part(self) -> PartOfDay | None:
        """The part of the day, when it is told."""
        if self.found.value.endswith("T24:00"):
            return "night"
        found = _PART.search(self.found.value)
        return _PARTS.get(found[1]) if found else None


@lru_cache(maxsize=4096)
def timing_of(claim: Claim) -> Timing | None:
    """The expression that dates a claim, or None.

    Precise ones come before months and years, and what is said before when it was said. Where the
    printed sentence's article states no date, one that says the same and does may tell the day.
    """
    shown = claim.support[0]
    own = _best(claim, _within(shown.article, shown.start, shown.end))
    if own is not None and is_precise(own) and own.first is not None:
        return Timing(own, shown.article)
    for sentence in claim.support[1:]:
        other = _best(claim, _within(sentence.article, sentence.start, sentence.end))
        if other and other.first and is_precise(other):
            return Timing(other, sentence.article)
    if own is None and claim.speaker is None:  # words are not dated by what stands beside them
        passage = claim.passage
        own = _best(claim, _within(passage.article, passage.start, passage.end))
    return Timing(own, shown.article) if own else None


def still_runs(timing: Timing) -> bool:
    """Whether it names a year that was not over when its article came out: that dates nothing."""
    found, published = timing.found, timing.article.published
    if found.granularity not in ("year", "range") or not (published and found.first and found.last):
        return False
    today = published.date() if isinstance(published, datetime) else published
    return not is_precise(found) and found.first <= today <= found.last


def is_told(timing: Timing) -> bool:
    """Whether a verb or the calendar bears it out: "a wet Tuesday" is no day in particular."""
    return timing.found.tense.direction != 0 or timing.found.rule.startswith(NAMED)


def event_of(claim: Claim, timing: Timing, now: datetime) -> Event:
    """The row of a timeline that a dated claim makes, as of `now`, aware, in the edition's zone."""
    found = timing.found
    return Event(
        claim=claim.id,
        expression=found.text,
        start=found.first,
        end=found.last if found.last != found.first else None,
        granularity=GRANULARITIES[found.granularity],
        rule=found.rule,
        state=_state(claim, timing, now),
        clock=timing.clock,
        part=timing.part,
    )


def _state(claim: Claim, timing: Timing, now: datetime) -> EventState:
    """Planned after the cut-off or where the verb is ahead; happened where it is plainly past.

    What is relayed, hedged or denied is reported, whatever its tense.
    """
    found = timing.found
    if _lies_after(timing, now):
        return "planned"
    speaks_of_it = _speaks_of(claim, timing)
    status = claim.status if speaks_of_it or claim.speaker is None else "reported"
    is_still_ahead = found.tense.direction == 0 or not found.tense.is_plain
    if found.tense.direction > 0 or (status in _AHEAD and is_still_ahead):
        return "reported" if status in _DENIED else "planned"
    is_past = found.tense.direction < 0 and found.tense.is_plain
    if not is_past or speaks_of_it or status != "reported":
        return "reported"
    return "happened" if _own_status(claim, timing) == "reported" else "reported"


def _lies_after(timing: Timing, now: datetime) -> bool:
    """Whether it begins after the cut-off: on a later day, or the same day at a later hour."""
    first = timing.found.first
    if first is None or first < now.date():
        return False
    if first > now.date():
        return True
    published = timing.article.published
    hour = timing.clock
    return (
        hour is not None
        and isinstance(published, datetime)
        and datetime.combine(first, hour, published.tzinfo) > now
    )


def _speaks_of(claim: Claim, timing: Timing) -> bool:
    """Whether somebody says what the expression dates, or it dates the saying."""
    if claim.speaker is None:
        return False
    said = span_said(claim)
    if timing.article is not claim.support[0].article or said is None:
        return True
    return said[0] <= timing.found.start < said[1] or dates_speech(timing)


def dates_speech(timing: Timing) -> bool:
    """Whether the verb beside the expression is one of speech: "said on Monday"."""
    lexicon = load_lexicon(timing.article.language)
    if lexicon is None:
        return False
    cues = timing.found.tense.cue.split()
    return any(word in lexicon.verbs and lexicon.verbs[word].kind != "deed" for word in cues)


def _own_status(claim: Claim, timing: Timing) -> str:
    """The status that the hedges of the sentence around the expression give, if that is known."""
    article, at = timing.article, timing.found.start
    lexicon = load_lexicon(article.language)
    if lexicon is None:
        return "unknown"
    text = next((s.text for s in _sentences(claim, article, at)), "")
    verb = lexicon.verbs.get(text.rsplit(" ", 1)[-1].strip('.!?”"'))
    if verb is not None and verb.kind == "clause":
        return verb.status  # "…, the fire brigade said."
    return status_of(text, lexicon)


def _sentences(claim: Claim, article: Article, at: int) -> Iterable[Sentence]:
    return (s for s in claim.support if s.article is article and s.start <= at < s.end)


def span_said(claim: Claim) -> tuple[int, int] | None:
    """Where in the article the words of the claim's speaker stand; None when they do not."""
    speaker, shown = claim.speaker, claim.support[0]
    if speaker is None or not speaker.text or (at := shown.text.find(speaker.text)) < 0:
        return None
    return shown.start + at, shown.start + at + len(speaker.text)


def _best(claim: Claim, times: list[TimeExpression]) -> TimeExpression | None:
    """The first of the most precise ones; what is said happens, when it is said is news of it.

    One that only tells which thing is meant, "the May 3 raid", comes last.
    """
    article = claim.support[0].article
    precise = [found for found in times if is_precise(found)]
    said = span_said(claim)
    inside = [found for found in precise if said and said[0] <= found.start < said[1]]
    return min(
        inside or precise or times, key=lambda found: _tells_which(article, found), default=None
    )


def _tells_which(article: Article, found: TimeExpression) -> bool:
    """Whether an expression stands between an article and its noun: "the 8.8, May 3 quake"."""
    before = article.text[max(0, found.start - 40) : found.start]
    return bool(_DETERMINED.search(before) and _NOUN_FOLLOWS.match(article.text, found.end))


def _within(article: Article, start: int, end: int) -> list[TimeExpression]:
    return [
        found
        for found in times_of(article)
        if start <= found.start < end
        and found.granularity in GRANULARITIES
        and found.modifier != SINCE
    ]


@lru_cache(maxsize=256)
def times_of(article: Article, supposed: date | None = None) -> tuple[TimeExpression, ...]:
    """The dates of a whole article; `supposed` is a date for one that states none."""
    if article.published or supposed is None:
        return article_times(article)
    found = find_times(article.text, published=supposed, language=article.language)
    return tuple(expression for expression in found if expression.is_date)
