"""The two bundled type families -> whole font files for print and small subsets for a web page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

FACES = {
    "serif-400": ("font_source_serif_pro", "SourceSerifPro-Regular"),
    "sans-400": ("font_source_sans_pro", "SourceSansPro-Regular"),
    "sans-400-italic": ("font_source_sans_pro", "SourceSansPro-It"),
    "sans-600": ("font_source_sans_pro", "SourceSansPro-Semibold"),
    "sans-700": ("font_source_sans_pro", "SourceSansPro-Bold"),
}


@dataclass(frozen=True, slots=True)
class Face:
    """One style of one family."""

    name: str  #: such as "sans-600", also its address in print: "briefont:sans-600"
    family: str  #: CSS family name
    weight: int
    style: str  #: normal or italic

    @property
    def path(self) -> Path:
        """The font file as its package installs it."""
        package, file = FACES[self.name]
        return Path(str(resources.files(package))) / "files" / f"{file}.ttf"


def faces() -> tuple[Face, ...]:
    """Every face in use, in a fixed order."""
    families = {"serif": "Source Serif Pro", "sans": "Source Sans Pro"}
    found = []
    for name in FACES:
        family, weight, *style = name.split("-")
        found.append(Face(name, families[family], int(weight), *(style or ["normal"])))
    return tuple(found)


def subset_url(face: Face, characters: frozenset[str]) -> str:
    """A data address of the face with only those characters, as WOFF2."""
    content = subset(face, "".join(sorted(characters)))
    return f"data:font/woff2;base64,{b64encode(content).decode('ascii')}"


@cache
def subset(face: Face, characters: str) -> bytes:
    """The face's file with only `characters`, kerning and ligatures kept, WOFF2-compressed."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(flavor="woff2", notdef_outline=True, hinting=False)
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]
    written = BytesIO()
    # Most of the kerning is never looked at: lazy, it takes half the time for the same bytes.
    with TTFont(face.path, recalcTimestamp=False, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(written, reorderTables=False)
    return written.getvalue()
