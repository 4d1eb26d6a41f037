"""Widths of words, against the faces themselves."""

from __future__ import annotations

import pytest

from briefing.renderers.fonts import faces
from briefing.renderers.lettering import fit, width_of

TEXTS = (
    "The northern sluice gate stuck half open",
    "Mayor Wilhelmina MacWhirter, 47, of Quixby",
    "[1, 3, 12] or [4]",
    "illicit filling still fit: it is little",
)


@pytest.mark.parametrize("name", ["serif-400", "sans-400"])
@pytest.mark.parametrize("text", TEXTS)
def test_no_text_is_wider_than_foretold_nor_much_narrower(name: str, text: str) -> None:
    from fontTools.ttLib import TTFont

    (face,) = (face for face in faces() if face.name == name)
    with TTFont(face.path, lazy=True) as font:
        glyphs, widths = font.getBestCmap(), font["hmtx"]
        em = font["head"].unitsPerEm
        real = sum(widths[glyphs[ord(character)]][0] for character in text) / em
    assert real * 0.99 <= width_of(text, 1) <= real * 1.35


@pytest.mark.parametrize(
    ("text", "ems", "fitting"),
    [
        ("two words", 9, "two words"),
        ("two words", 3, "two"),
        ("unbreakable", 2, "unb"),
        ("水门打开", 2.5, "水门"),
        ("any", 0, ""),
    ],
)
def test_text_is_cut_at_a_word_or_inside_one_that_is_too_long(
    text: str, ems: float, fitting: str
) -> None:
    assert fit(text, ems * 10, 10) == fitting
