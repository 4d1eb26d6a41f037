"""What a configuration may say itself, apart from all sources: analyst's notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from pydantic import BeforeValidator, WithJsonSchema

from briefing.config.tree import Loc, Place, Tree, dotted
from briefing.config.values import Line, Spec, Title

Yardstick = Literal["icd203", "phia"]


class NoteSpec(Spec):
    """An analyst's note; a note may also be its text alone."""

    text: Title
    """What it says; printed apart from the sources and labelled as the desk's own."""
    author: Line = ""
    """Who says it; by default the brief's issuer."""


def _listed(value: object) -> object:
    """One note as a list of one, and a text alone as a note."""
    notes = value if isinstance(value, list | tuple) else [value]
    return [{"text": note} if isinstance(note, str) else note for note in notes]


_NOTE_SCHEMA = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {
                "text": {"type": "string", "minLength": 1},
                "author": {"type": "string"},
            },
        },
    ]
}
Notes = Annotated[
    tuple[NoteSpec, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "array", "items": _NOTE_SCHEMA}, *_NOTE_SCHEMA["anyOf"]]}),
]


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note and where it stands, for what is said about its words."""

    brief: str  #: name
    text: str
    yardstick: Yardstick | None
    path: str
    line: int
    column: int
    key: str


class HasNotes(Protocol):
    """A brief or a section."""

    @property
    def notes(self) -> tuple[NoteSpec, ...]:
        """Its notes, in printed order."""
        ...


class HasSections(HasNotes, Protocol):
    """A brief."""

    @property
    def sections(self) -> Sequence[HasNotes]:
        """Its sections, in printed order."""
        ...

    @property
    def yardstick(self) -> Yardstick | None:
        """What its notes are measured by."""
        ...


def place_notes(
    briefs: Mapping[str, HasSections], tree: Tree, shown: str
) -> tuple[PlacedNote, ...]:
    """Every note of the briefs with its place; `shown` is what the file is called."""
    return tuple(
        PlacedNote(name, note.text, brief.yardstick, shown, place.line, place.column, dotted(loc))
        for name, brief in briefs.items()
        for loc, note in _notes(("briefs", name), brief)
        for place in [_place(loc, tree)]
    )


def _notes(loc: Loc, brief: HasSections) -> Iterator[tuple[Loc, NoteSpec]]:
    holders: list[tuple[Loc, HasNotes]] = [(loc, brief)]
    holders += [((*loc, "sections", n), section) for n, section in enumerate(brief.sections)]
    for around, holder in holders:
        for number, note in enumerate(holder.notes):
            yield (*around, "notes", number), note


def _place(loc: Loc, tree: Tree) -> Place:
    """Where a note's words begin; a note may stand without its list, or without a key."""
    for way in ((*loc, "text"), loc, (*loc[:-1], "text"), loc[:-1]):
        if way in tree.values:
            return tree.values[way]
    return Place(0, 0)
