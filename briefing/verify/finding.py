"""What a proof of an edition reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in an edition that does not hold."""

    subject: str  #: a file, a claim, a reference
    reason: str


def faults(name: str, error: ValidationError) -> Iterator[Finding]:
    """A finding for each place where the file `name` has not the shape that it must have."""
    for fault in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in fault["loc"])
        yield Finding(name, f"{where}: {fault['msg']}" if where else fault["msg"])
