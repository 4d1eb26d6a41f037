"""Claims -> how well they fit a section, and in what order; one kind one file, one row here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefing.models import SectionKind
from briefing.sections import experts, people, statements, timeline, topic
from briefing.sections.fit import Kind
from briefing.sections.speakers import by_speaker, every_speaker

#: Every kind by the name that a configuration uses.
KINDS: Mapping[SectionKind, Kind] = MappingProxyType(
    {
        "topic": Kind(topic.fit),
        "timeline": Kind(timeline.fit, order=timeline.order, complete=timeline.complete),
        "people": Kind(people.fit, complete=people.complete),
        "statements": Kind(statements.fit, every_speaker, by_speaker),
        "experts": Kind(experts.fit, every_speaker, by_speaker),
    }
)
