"""The number of an edition, where a store counts them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from briefing.config import Format
from briefing.renderers import RENDERERS, Templates
from briefing.renderers.pdf_document import print_text
from briefing.renderers.typesetter import Typesetter
from tests.build import make_plain_brief, make_small_brief
from tests.renderers.documents import document


@pytest.mark.parametrize("name", ["markdown", "text", "html"])
def test_it_stands_before_the_day(name: Format) -> None:
    numbered = RENDERERS[name](replace(make_plain_brief(), number=3), Templates()).content.decode()
    assert "3, 14 May 2024" in numbered
    assert "3, 14 May 2024" not in document(name, make_plain_brief).content.decode()


def test_it_stands_in_the_foot_of_every_page() -> None:
    with Typesetter() as typesetter:
        feet = [
            re.search(r'(?s)class="running-cutoff"[^>]*>(.*?)<', page)
            for brief in (replace(make_small_brief(), number=3), make_small_brief())
            for page in [print_text(brief, Templates(), typesetter)]
        ]
    assert [foot and foot[1] for foot in feet] == [
        "Edition 3 · information cut-off 14 May 2024, 12:00 UTC",
        "Information cut-off 14 May 2024, 12:00 UTC",
    ]


def test_brief_json_has_it_or_says_that_nobody_counts() -> None:
    numbered = RENDERERS["json"](replace(make_small_brief(), number=3), Templates()).content
    assert json.loads(numbered)["number"] == 3
    assert json.loads(document("json", make_small_brief).content)["number"] is None
