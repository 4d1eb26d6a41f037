"""Brief -> brief.ris, the cited articles as RIS records."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.models import Brief, Document
from briefing.renderers.bibliography import Entry, entries
from briefing.renderers.environment import Templates


def render(brief: Brief, templates: Templates) -> Document:
    """brief.ris, UTF-8 with the line ends that RIS asks for; one record an article, by number."""
    lines = [line for entry in entries(brief) for line in record_of(entry)]
    text = "".join(f"{line}\r\n" for line in lines)
    return Document("brief.ris", "application/x-research-info-systems", text.encode())


def record_of(entry: Entry) -> Iterator[str]:
    """The lines of one record, from its type to its end; an empty line follows."""
    day = entry.day
    yield "TY  - NEWS"
    yield f"ID  - {entry.key}"
    yield from (f"AU  - {name}" for name in entry.authors)
    known = (
        ("TI", entry.title),
        ("T2", entry.publisher),
        ("PY", f"{day:%Y}" if day else None),
        ("DA", f"{day:%Y/%m/%d}/" if day else None),
        ("LA", entry.language),
        ("UR", entry.url),
        ("N1", entry.note),
    )
    yield from (f"{tag}  - {value}" for tag, value in known if value)
    yield "ER  - "
    yield ""
