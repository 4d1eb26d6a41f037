"""A brief and a number of pages -> the brief that fits on them, measured on brief.pdf itself."""

from __future__ import annotations

from bisect import bisect_right

from briefing.budget import prefixes, rank_units, shorten
from briefing.errors import RenderError
from briefing.models import Brief
from briefing.renderers.environment import Templates
from briefing.renderers.pdf_document import print_text
from briefing.renderers.principal import plan_pages
from briefing.renderers.typesetter import Typesetter


def fit_pages(
    brief: Brief, pages: int | None, templates: Templates, typesetter: Typesetter
) -> Brief:
    """The brief cut to one page for a principal, or to `pages`; as it is when neither is asked.

    Raises RenderError when not even the least that must stand there fits.
    """
    if brief.profile == "principal":
        return _fit_one(brief, templates, typesetter)
    if pages is None or count_pages(brief, templates, typesetter) <= pages:
        return brief
    to = "1 page" if pages == 1 else f"{pages} pages"
    choices = prefixes(rank_units(brief))

    def length(kept: frozenset[str]) -> int:
        return count_pages(shorten(brief, kept, to), templates, typesetter)

    fitting = bisect_right(choices, pages, key=length)
    if fitting == 0:
        least = length(choices[0])
        raise RenderError(
            f"brief.pdf: {to} cannot be met: without a single statement it takes {least}",
            hint="raise budget.pages, or ask for profile: principal",
        )
    return shorten(brief, choices[fitting - 1], to)


def count_pages(brief: Brief, templates: Templates, typesetter: Typesetter) -> int:
    """Pages of brief.pdf."""
    return typesetter.measure(print_text(brief, templates, typesetter)).pages


def _fit_one(brief: Brief, templates: Templates, typesetter: Typesetter) -> Brief:
    plans = plan_pages(brief)
    for plan in plans:
        if count_pages(plan, templates, typesetter) == 1:
            return plan
    least = plans[-1]
    words = sum(len(c.text.split()) for s in least.sections for c in s.claims)
    raise RenderError(
        f"brief.pdf: one page cannot hold the title, the facts, the differences, what is missing, "
        f"the sources and {len(least.bottom_line)} statements of {words} words",
        hint="shorten title, subtitle or distribution, or give fewer sources",
    )
