"""The errors of `brief`: what went wrong, with which thing, why, and what to do next.

BriefingError
├── ConfigError       the configuration cannot be used; nothing was read       exit 2
├── SourceError       one source cannot be used; becomes a Problem             exit 1
│   ├── FetchError        it could not be had from the network
│   └── ParseError        it was had, but holds no article text
├── NothingToBuild    no source could be read, or nothing of it be printed     exit 3
├── CitationError     a claim without an article behind it; our bug, or a template's
├── RenderError       a document could not be made
├── DeliveryError     a document could not be put where it belongs
└── StoreError        the memory between runs cannot be used                   exit 5
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.models import Problem


class BriefingError(Exception):
    """Base of all: one line that names the thing and the cause.

    `hint` says what to do next, or is empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a configuration: where, which key, what is wrong and what is allowed."""

    path: str
    line: int  #: 1-based; 0 when the mistake belongs to no line
    column: int  #: 1-based
    key: str  #: dotted, such as "briefs.summit.sections.1.kind"; "" for the file
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return ": ".join(part for part in (where, self.key, self.message) if part)


class ConfigError(BriefingError):
    """The configuration cannot be used; holds every mistake found, in the order of the file."""

    def __init__(self, mistakes: Sequence[Mistake], *, hint: str = "") -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes), hint=hint)
        self.mistakes = tuple(mistakes)


class SourceError(BriefingError):
    """One source cannot be used; the brief is made without it."""

    def __init__(self, subject: str, reason: str, *, hint: str = "") -> None:
        super().__init__(f"{subject}: {reason}", hint=hint)
        self.subject = subject
        self.reason = reason


class FetchError(SourceError):
    """A source could not be had from the network."""


class ParseError(SourceError):
    """A source was had, but no article text could be taken from it."""


class NothingToBuild(BriefingError):
    """No source could be read, so there is no brief; holds what was wrong with each."""

    def __init__(self, message: str, *, problems: Sequence[Problem] = (), hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


class CitationError(BriefingError):
    """A claim has no article behind it."""


class RenderError(BriefingError):
    """A document could not be made; `is_template_error` when a template is to blame."""

    def __init__(self, message: str, *, hint: str = "", is_template_error: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.is_template_error = is_template_error


class DeliveryError(BriefingError):
    """A document could not be put where it belongs."""


class StoreError(BriefingError):
    """The memory between runs cannot be used."""
