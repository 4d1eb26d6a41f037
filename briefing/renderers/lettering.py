"""Text -> how wide it is set in a figure, about; what of it fits; whether it can be set there."""

from __future__ import annotations

import re
from unicodedata import bidirectional, category, east_asian_width

#: Widths in em of the serif, which is the wider face; what is in no row is `OTHER` wide.
WIDTHS = {
    character: width
    for characters, width in (
        (" \u00a0", 0.24),
        ("ijl.,;:!|’'", 0.30),
        ("ft-()[]/", 0.36),
        ("rsI", 0.44),
        ("cz0123456789", 0.51),
        ("aegvxy", 0.52),
        ("okq", 0.56),
        ("bdpu", 0.58),
        ("w", 0.77),
        ("mMW—…", 0.94),
    )
    for character in characters
}
CAPITAL, WIDE, OTHER = 0.67, 1.0, 0.61


def width_of(text: str, size: float) -> float:
    """How wide `text` is set at `size`, in its unit; seldom less than it turns out to be."""
    return size * sum(map(_width, text))


def fit(text: str, room: float, size: float) -> str:
    """The longest beginning of `text` in whole words that is no wider than `room`.

    A first word that is wider than that, as in a script without spaces, is cut inside.
    """
    if width_of(text, size) <= room:
        return text
    ends = [match.start() for match in re.finditer(r"\s+", text)]
    fitting = [end for end in ends if width_of(text[:end], size) <= room]
    if fitting:
        return text[: fitting[-1]]
    end = 0
    while width_of(text[: end + 1], size) <= room:
        end += 1
    return text[:end]


def can_be_drawn(text: str) -> bool:
    """Whether each letter can stand alone: WeasyPrint sets text in an SVG letter by letter.

    Scripts that are written from right to left, or put signs on their letters, cannot.
    """
    return not any(bidirectional(c) in ("R", "AL", "AN") or category(c)[0] == "M" for c in text)


def _width(character: str) -> float:
    if character in WIDTHS:
        return WIDTHS[character]
    if east_asian_width(character) in "WF":
        return WIDE
    return CAPITAL if character.isupper() else OTHER
