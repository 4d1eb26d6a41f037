"""Fonts: every face is a file, and a subset holds what was asked for, the same each time."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from briefing.renderers.fonts import Face, faces, subset, subset_url


@pytest.mark.parametrize("face", faces(), ids=lambda face: face.name)
def test_face_is_the_weight_that_it_says(face: Face) -> None:
    assert TTFont(face.path)["OS/2"].usWeightClass == face.weight


def test_subset_is_small_and_repeatable() -> None:
    face = faces()[0]
    first = subset_url(face, frozenset("abc"))
    subset.cache_clear()
    assert subset_url(face, frozenset("cba")) == first
    content = b64decode(first.partition("base64,")[2])
    assert set(map(ord, "abc")) <= set(TTFont(BytesIO(content)).getBestCmap())
    assert len(content) < 10_000
