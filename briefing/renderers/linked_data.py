"""Brief -> what it is and what it cites, in schema.org's words, for programs that read pages."""

from __future__ import annotations

from briefing.models import Brief
from briefing.renderers.bibliography import Entry, entries
from briefing.renderers.wording import edition_name

LinkedData = dict[str, object]


def linked_data(brief: Brief) -> LinkedData:
    """A JSON-LD `Report` with a `NewsArticle` for each source; what is unknown is left out."""
    return known(
        {
            "@context": "https://schema.org",
            "@type": "Report",
            "headline": brief.title,
            "alternativeHeadline": brief.subtitle,
            "publisher": organization(brief.issuer),
            "datePublished": brief.as_of.isoformat(),
            "version": edition_name(brief.as_of),
            "inLanguage": brief.language,
            "citation": [cited(entry) for entry in entries(brief)],
        }
    )


def cited(entry: Entry) -> LinkedData:
    """One source; `position` is its number in the brief."""
    return known(
        {
            "@type": "NewsArticle",
            "position": entry.number,
            "headline": entry.title,
            "publisher": organization(entry.publisher),
            "author": [{"@type": "Person", "name": name} for name in entry.authors],
            "datePublished": entry.day.isoformat() if entry.day else None,
            "inLanguage": entry.language,
            "url": entry.url,
        }
    )


def organization(name: str | None) -> LinkedData | None:
    """A body of that name; None for no name."""
    return {"@type": "Organization", "name": name} if name else None


def known(fields: LinkedData) -> LinkedData:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value}
