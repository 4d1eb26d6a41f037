"""The plain data of a message: every field is there, and told in docs/mail.md."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from briefing.deliverers import digest_fields
from briefing.deliverers.digest import Digest
from briefing.deliverers.digest_fields import DigestView
from briefing.deliverers.edition_files import open_edition
from briefing.models import Brief, Claim
from tests.build import make_awkward_brief, make_plain_brief
from tests.deliverers.editions import make_edition

DOCS = Path(__file__).parents[2] / "docs" / "mail.md"
VIEWS = [name for name in vars(digest_fields) if name.startswith("Digest")]


def view_of(root: Path, brief: Brief, claims_each: int | None = 2, **given: Any) -> DigestView:
    digest = Digest(open_edition(make_edition(root, brief)))
    return digest.view(edition_number=3, claims_each=claims_each, **given)


@pytest.mark.parametrize("name", VIEWS)
def test_every_field_is_told(name: str) -> None:
    page = DOCS.read_text(encoding="utf-8")
    part = page.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
    told = re.findall(r"(?m)^\| `(\w+)` \|", part)
    assert told == list(get_type_hints(getattr(digest_fields, name)))


def test_a_view_has_every_field(tmp_path: Path) -> None:
    view = view_of(tmp_path, make_plain_brief())
    assert set(view) == set(get_type_hints(DigestView))


def test_nothing_is_said_twice_in_short(tmp_path: Path) -> None:
    view = view_of(tmp_path, make_plain_brief())
    above = [claim["text"] for claim in view["bottom_line"]]
    below = [claim["text"] for section in view["sections"] for claim in section["claims"]]
    assert above
    assert not set(above) & set(below)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    brief = make_plain_brief()
    view = view_of(tmp_path, brief, 1)
    for section, shown in zip(brief.sections, view["sections"], strict=True):
        above = sum(claim.id in brief.bottom_line for claim in section.claims)
        counted = above + len(shown["claims"]) + shown["more"]
        assert counted == len(section.claims) + len(section.more)
        assert len(shown["claims"]) <= 1
        assert shown["has_claims_above"] == (above > 0)


def test_whoever_a_passage_does_not_name_stands_beside_it(tmp_path: Path) -> None:
    for brief in (make_plain_brief(), make_awkward_brief()):
        view = view_of(tmp_path, brief, None)
        shown = {c["text"]: c for section in view["sections"] for c in section["claims"]}
        for section in brief.sections:
            for claim in section.claims:
                voice = shown[claim.text]["voice"]
                assert (voice is None) == names_speaker(claim)
                assert voice is None or claim.speaker is not None
                assert voice is None or voice.startswith(
                    claim.speaker.name if claim.speaker else ""
                )


def names_speaker(claim: Claim) -> bool:
    return claim.speaker is None or claim.speaker.name in claim.text


def test_citations_never_break_and_count_what_they_leave_out(tmp_path: Path) -> None:
    view = view_of(tmp_path, make_awkward_brief(), None)
    citations = [c["citation"] for s in view["sections"] for c in s["claims"]]
    assert citations
    for citation in citations:
        assert re.fullmatch(
            r"\[\d+(,\u00a0\d+){0,4}\]|\[\d+(,\u00a0\d+){3},\u00a0\+\d+\]", citation
        )


def test_without_text_no_word_of_a_source_is_in_it(tmp_path: Path) -> None:
    view = view_of(tmp_path, make_plain_brief(), 0, has_text=False)
    assert view["bottom_line"] == []
    assert view["sections"] == []
    assert view["differ"] == []
    assert view["sources"] == []


def test_what_an_inbox_shows_is_short(tmp_path: Path) -> None:
    brief = replace(make_plain_brief(), title="river " * 50)
    assert len(view_of(tmp_path, brief)["preheader"]) <= 90


def test_why_sources_are_not_independent_is_told(tmp_path: Path) -> None:
    brief = make_plain_brief()
    sections = tuple(
        replace(section, claims=tuple(replace(c, in_common=("AFP copy",)) for c in section.claims))
        for section in brief.sections
    )
    view = view_of(tmp_path, replace(brief, sections=sections), None)
    shown = [claim for section in view["sections"] for claim in section["claims"]]
    told = {claim["support"] for claim in (*view["bottom_line"], *shown)}
    assert "3 sources, 2 independent: AFP copy" in told
    assert "1 source" in told
