"""Paper -> the geometry of a page: where its text begins and ends, in CSS px."""

from __future__ import annotations

PX_PER_MM = 96 / 25.4
HEIGHTS = {"a4": 297, "letter": 279.4}  #: mm
BOTTOMS = {"a4": 22, "letter": 21}  #: lower margin, mm
TOP_OF_FIRST = {"a4": 19 * PX_PER_MM, "letter": 18 * PX_PER_MM}  #: px above the text of page 1


def text_bottom(paper: str) -> float:
    """Lower edge of the text area, px from the upper edge of the page."""
    return (HEIGHTS[paper] - BOTTOMS[paper]) * PX_PER_MM
