"""Lengths, repetitions and vague times -> their values: what looks like a date and is none."""

from __future__ import annotations

from dataclasses import replace

from briefing.text.times.calendar import Meaning, unit_around
from briefing.text.times.phrase import Context, Phrase, Rule

_LETTERS = {"decade": "DE", "century": "CE", "season": "SEASON", "weekend": "WE"}


def duration(phrase: Phrase, context: Context) -> Meaning | None:
    """18 months, two-day, the past three years: a length, with days if it ends or begins now."""
    count, unit = phrase.count(), phrase.word("UNIT", "PLURAL", "SINGULAR") or "day"
    short = unit in ("hour", "minute", "second")
    mark = f"P{'T' * short}{count or 'X'}{_LETTERS.get(unit) or unit[0].upper()}"
    found = Meaning(granularity="duration", value=mark, kind="duration")
    shift = (
        -1 if phrase.has("PAST") and not phrase.has("latest") else 1 if phrase.has("COMING") else 0
    )
    if not (shift and count and context.day) or short:
        return found
    far = unit_around(context.day, unit, shift * count)
    edges = sorted(day for day in (far.first, far.last, context.day) if day)
    if not far.first:
        return found
    return replace(found, first=edges[0], last=edges[-1], granularity="range")


def age(phrase: Phrase, _context: Context) -> Meaning | None:
    """Five-year-old, aged 30: never a date."""
    return Meaning(granularity="duration", value=f"P{phrase.count() or 'X'}Y", kind="duration")


def set_of_times(phrase: Phrase, _context: Context) -> Meaning | None:
    """Daily, every Tuesday, each year."""
    return Meaning(value=phrase.word("SET") or "", kind="set")


def ago_vaguely(phrase: Phrase, _context: Context) -> Meaning | None:
    """Several years ago, weeks later: a direction without a distance."""
    sign = phrase.number("AGO", "EARLIER") or -1
    return Meaning(value="PAST_REF" if sign < 0 else "FUTURE_REF", kind="vague")


def some_day(phrase: Phrase, context: Context) -> Meaning | None:
    """Soon, in the future; "soon became" only says what followed."""
    if context.tense.direction < 0 and phrase.text == "soon":
        return None
    return Meaning(value="FUTURE_REF", kind="vague")


def vague(value: str) -> Rule:
    """The rule for words that only say now ("currently"), before ("recently") or after ("soon")."""

    def rule(_phrase: Phrase, _context: Context) -> Meaning | None:
        return Meaning(value=value, kind="vague")

    return rule


LENGTHS: dict[str, Rule] = {
    "duration": duration,
    "age": age,
    "set_of_times": set_of_times,
    "ago_vaguely": ago_vaguely,
    "now": vague("PRESENT_REF"),
    "lately": vague("PAST_REF"),
    "some_day": some_day,
}
