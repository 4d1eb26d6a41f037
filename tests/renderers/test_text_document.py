"""brief.txt in 78 columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.models import Brief
from briefing.renderers.plain_lines import WIDTH, columns
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief
from tests.renderers.documents import document


@pytest.mark.parametrize("make_brief", [make_plain_brief, make_awkward_brief, make_small_brief])
def test_no_line_is_wider_than_a_terminal(make_brief: Callable[[], Brief]) -> None:
    for line in document("text", make_brief).content.decode().split("\n"):
        assert columns(line) <= WIDTH or "://" in line or " " not in line.strip()
        assert line == line.rstrip()


def test_claim_citation_and_support() -> None:
    text = document("text", make_plain_brief).content.decode()
    assert (
        "* Upland lets 310 cubic metres a second through the Tarn dam in summer, a\n"
        "  third less than the treaty of 1961 foresees. [1, 2, 4]\n"
        "  (3 sources, 2 independent)\n"
    ) in text
    assert (
        "[1] Caldmoor Courier: Water ministers to meet in border town. P. Lindgren. 13\n"
        "    May 2024, 17:40 UTC. English, 137 words. Publisher: no descriptor on file.\n"
        "    https://courier.example/world/water-ministers\n"
    ) in text


def test_nothing_is_escaped() -> None:
    text = document("text", make_awkward_brief).content.decode()
    assert "<b>Eve</b> | `E.`" in text
    assert "&lt;" not in text
