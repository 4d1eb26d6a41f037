"""Kind `timeline`: dated movements and events, in order of when they happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from briefing.models import Claim, Event, Granularity, Section
from briefing.sections.fit import NO_FIT, Candidate, Fit
from briefing.sections.query import Query
from briefing.sections.speakers import share_spoken
from briefing.text.times import TimeExpression
from briefing.text.times.article import article_times

#: How far a day, an hour or a range of days lifts a claim that is relevant at all.
DATED = 0.3
#: Relevance below which a date alone makes no claim an event of this section.
RELATED = 0.15
#: What a claim without a date keeps of its relevance: a movement may be told without its day.
UNDATED = 0.85
#: What a claim keeps that is dated by month or year alone: mostly it tells of earlier times.
DISTANT = 0.7
#: Share of a claim from which what is said is what it is about.
MOSTLY = 0.4
#: What a claim keeps that is somebody's opinion rather than an event.
OPINION = 0.6

#: Where days without dates are sorted: after whatever has one.
_UNKNOWN_WEEK = date(9000, 1, 1)
_PRECISE = frozenset({"day", "part", "range", "week"})
_GRANULARITIES: dict[str, Granularity] = {
    "part": "day",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "range": "range",
}


def fit(candidate: Candidate, query: Query) -> Fit:
    """As relevant as its words are, more when its day is told, less when it is an opinion.

    A section that has nothing but its title asks for whatever has a day.
    """
    claim = candidate.claim
    relevance = query.relevance(claim.text, candidate.around)
    time = _time(claim)
    score, why = relevance.score, relevance.why
    if query.is_open and time and time.granularity in _PRECISE:
        score = max(score, RELATED)
    if not score:
        return NO_FIT
    if time is None:
        score *= UNDATED
    else:
        why = (f"dated: {time.text}", *why)
        if time.granularity not in _PRECISE:
            score *= DISTANT
        elif score >= RELATED:
            score += (1 - score) * DATED
    return Fit(score * (OPINION if _is_opinion(claim, time) else 1.0), why)


def order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """In order of when things happen; without a date, in order of publication and telling.

    A weekday whose article states no date stands where that day lies among the resolved ones; where
    none is resolved, the days follow one another from the one after the longest pause.
    """
    times = [_time(claim) for claim in claims]
    resolved = [t.first for t in times if t and t.first and t.granularity in _PRECISE]
    weekdays = {day for t in times if t and (day := _weekday(t)) is not None}
    places = _near(max(resolved), weekdays) if resolved else _in_a_row(weekdays)

    def key(claim: Claim) -> tuple[date, str, int]:
        return _when(claim, places), claim.passage.article.id, claim.passage.start

    return tuple(sorted(claims, key=key))


def complete(section: Section, query: Query, claims: Sequence[Claim]) -> Section:
    """The section with the words that date each printed claim, and the days they mean."""
    events = tuple(_event(c, time) for c in section.claims if (time := _time(c)) is not None)
    return replace(section, events=events)


def _is_opinion(claim: Claim, time: TimeExpression | None) -> bool:
    """Whether a person says most of it, and nothing that is said is dated."""
    speaker, sentence = claim.speaker, claim.support[0]
    if speaker is None or speaker.kind != "person" or share_spoken(claim) < MOSTLY:
        return False
    said = sentence.start + max(0, sentence.text.find(speaker.text))
    return time is None or not said <= time.start < said + len(speaker.text)


def _time(claim: Claim) -> TimeExpression | None:
    """The expression that dates a claim: the first of the most precise ones.

    Those of its own sentence come before those of what is printed with it.
    """
    sentence, passage = claim.support[0], claim.passage
    times = [
        time
        for time in article_times(sentence.article)
        if passage.start <= time.start < passage.end and time.granularity in _GRANULARITIES
    ]
    own = [time for time in times if sentence.start <= time.start < sentence.end]
    precise = [time for time in own or times if time.granularity in _PRECISE]
    return next(iter(precise or own or times), None)


def _event(claim: Claim, time: TimeExpression) -> Event:
    return Event(
        claim=claim.id,
        expression=time.text,
        start=time.first,
        end=time.last if time.last != time.first else None,
        granularity=_GRANULARITIES[time.granularity],
        rule=time.rule,
    )


def _weekday(time: TimeExpression) -> int | None:
    """The weekday, 1 for Monday, that an expression names without its date."""
    found = re.match(r"XXXX-WXX-([1-7])", time.value)
    return int(found[1]) if found and time.first is None else None


def _near(latest: date, weekdays: Iterable[int]) -> dict[int, date]:
    """The date of each weekday in the week that ends three days after `latest`."""
    end = latest + timedelta(days=3)
    return {day: end - timedelta(days=(end.isoweekday() - day) % 7) for day in weekdays}


def _in_a_row(weekdays: Iterable[int]) -> dict[int, date]:
    """Weekdays of one unknown week in their order, after all that is dated."""
    days = sorted(weekdays)
    if not days:
        return {}
    pauses = {
        day: (day - before) % 7 or 7 for before, day in zip(days[-1:] + days, days, strict=False)
    }
    first = max(days, key=lambda day: (pauses[day], -day))
    return {day: _UNKNOWN_WEEK + timedelta(days=(day - first) % 7) for day in days}


def _when(claim: Claim, places: Mapping[int, date]) -> date:
    """The day by which a claim is sorted; the last of all where nothing tells."""
    time = _time(claim)
    if time is not None and (day := time.first or places.get(_weekday(time) or 0)):
        return day
    return _published(claim.passage.article.published) or date.max


def _published(published: date | datetime | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published
