"""Brief -> brief.csl.json, the cited articles as CSL-JSON (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json

from briefing.models import Brief, Document
from briefing.renderers.bibliography import Entry, entries
from briefing.renderers.environment import Templates


def render(brief: Brief, templates: Templates) -> Document:
    """brief.csl.json, UTF-8: a list of items, by number."""
    items = [item_of(entry) for entry in entries(brief)]
    text = json.dumps(items, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return Document("brief.csl.json", "application/vnd.citationstyles.csl+json", text.encode())


def item_of(entry: Entry) -> dict[str, object]:
    """One item; names are literal, so that no program takes them apart wrongly."""
    day = entry.day
    fields: dict[str, object] = {
        "id": entry.key,
        "type": "article-newspaper",
        "title": entry.title,
        "container-title": entry.publisher,
        "author": [{"literal": name} for name in entry.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": entry.url,
        "language": entry.language,
        "note": entry.note,
    }
    return {name: value for name, value in fields.items() if value}
