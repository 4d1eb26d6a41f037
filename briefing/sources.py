"""A brief -> the statement about its sources: sentences made of what can be counted in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from briefing.models import Brief, Claim
from briefing.sections.timeline import tell_undated
from briefing.text.analysis import not_analysed


def summarize_sources(brief: Brief) -> str:
    """Articles, publishers, independent sources; countries; dates; support; what differs."""
    return " ".join(
        (
            _articles(brief),
            *_publishers(brief),
            *_dates(brief),
            *tell_undated(brief.sections),
            _support([claim for section in brief.sections for claim in section.claims]),
            *_differences(brief),
            *_not_analysed(brief),
            *_unread(brief),
        )
    )


def _articles(brief: Brief) -> str:
    publishers = {a.publisher_name for a in brief.articles if a.publisher_name}
    unknown = sum(article.publisher_name is None for article in brief.articles)
    whose = [f"from {_count(len(publishers), 'named publisher')}"] if publishers else []
    whose += [f"{unknown} of unknown publisher"] if unknown else []
    together: Counter[str] = Counter()
    for origin in brief.origins:
        if origin.why:
            together[" and ".join(origin.why)] += len(origin.articles)
    why = "; ".join(f"{why}: {_count(n, 'article')}" for why, n in together.items())
    counted = _count(len(brief.origins), "independent source") + (f" ({why})" if why else "")
    articles = ", ".join((_count(len(brief.articles), "article"), *whose)).replace(
        ", from", " from"
    )
    return f"{articles}; {counted}."


def _publishers(brief: Brief) -> Iterator[str]:
    """Where publishers are, and who controls them, as far as the register says so."""
    on_file = {a.publisher_name: a.descriptor for a in brief.articles if a.publisher_name}
    countries = Counter(d.country for d in on_file.values() if d and d.country)
    if not countries:
        yield "No publisher’s country is on file."
        return
    listed = ", ".join(f"{name} {number}" for name, number in sorted(countries.items()))
    unknown = len(on_file) - countries.total()
    yield f"Publishers by country: {listed}{f'; unknown {unknown}' if unknown else ''}."
    if state := sum(bool(d and d.control == "state") for d in on_file.values()):
        yield f"{_count(state, 'publisher')} {'is' if state == 1 else 'are'} state-controlled."


def _dates(brief: Brief) -> Iterator[str]:
    zone = brief.as_of.tzinfo
    days = sorted(_day(a.published, zone) for a in brief.articles if a.published)
    undated = len(brief.articles) - len(days)
    if not days:
        yield "No article states its date."
        return
    span = (
        _written(days[0]) if days[0] == days[-1] else f"{_written(days[0])} to {_written(days[-1])}"
    )
    yield f"Published {span}{f'; {undated} undated' if undated else ''}."
    used = [_day(r.article.published, zone) for r in brief.references if r.article.published]
    if not used:
        yield "No article relied on states its date."
    elif days[0] != days[-1]:
        yield f"The oldest article relied on is of {_written(min(used))}."


def _support(printed: list[Claim]) -> str:
    total, single = len(printed), sum(claim.independent == 1 for claim in printed)
    if not total:
        return "No statement is printed."
    if single == total:
        each = "The one printed statement" if total == 1 else f"Each of {total} printed statements"
        return f"{each} rests on a single source: nothing is corroborated."
    if not single:
        return f"None of {total} printed statements rests on a single source."
    return (
        f"Of {total} printed statements, {single} ({round(100 * single / total)}%) "
        f"{'rests' if single == 1 else 'rest'} on a single source."
    )


def _differences(brief: Brief) -> Iterator[str]:
    points = sum(point.kind != "update" for point in brief.disagreements)
    updates = len(brief.disagreements) - points
    if points:
        yield f"Sources differ on {_count(points, 'point')}."
    elif brief.is_compared:
        yield "No point was found on which sources differ."
    if updates:
        yield f"On {_count(updates, 'point')} a later report replaces an earlier one."


def _not_analysed(brief: Brief) -> Iterator[str]:
    if said := not_analysed(brief.articles):
        yield said


def _unread(brief: Brief) -> Iterator[str]:
    if unread := len({problem.subject for problem in brief.problems}):
        was = "was" if unread == 1 else "were"
        yield f"{_count(unread, 'source')} {was} not read, or only in part."


def _day(published: date | datetime, zone: tzinfo | None) -> date:
    if isinstance(published, datetime):
        return published.astimezone(zone).date()
    return published


def _written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
