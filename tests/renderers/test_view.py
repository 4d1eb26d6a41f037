"""The view: what templates see, in plain data only, every field told in docs/templates.md."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path
from typing import get_type_hints, is_typeddict

import pytest

from briefing.errors import CitationError
from briefing.models import Brief
from briefing.renderers import fields
from briefing.renderers.claim_view import view_support
from briefing.renderers.template_files import TEMPLATES, shipped_folder
from briefing.renderers.view import make_view
from tests.build import make_awkward_brief, make_plain_brief, make_small_brief

DOCS = Path(__file__).parents[2] / "docs" / "templates.md"
VIEWS = {name: cls for name, cls in inspect.getmembers(fields) if is_typeddict(cls)}


def assert_plain(value: object) -> None:
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        for inner in value.values():
            assert_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_plain(inner)
    else:
        assert type(value) in {str, int, bool, type(None)}, value


@pytest.mark.parametrize("brief", [make_plain_brief(), make_awkward_brief()], ids=lambda b: b.name)
def test_templates_see_plain_data_only(brief: Brief) -> None:
    view = make_view(brief)
    assert_plain(view)
    assert set(view) == set(get_type_hints(fields.BriefView))


def test_every_field_is_documented_as_it_is_declared() -> None:
    text = DOCS.read_text(encoding="utf-8")
    source = inspect.getsource(fields)
    for name in VIEWS:
        section = re.search(rf"^### `{name}`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
        declared = re.search(rf"^class {name}\(.*?(?=^class|\Z)", source, re.MULTILINE | re.DOTALL)
        assert section is not None, name
        assert declared is not None, name
        rows = re.findall(r"(?m)^\| `(\w+)` \| (.+?) \| (.+) \|$", section[1])
        kept = re.findall(r"(?m)^    (\w+): (.+?)  #: (.+)$", declared[0])
        assert rows == [(field, kind.replace(" | ", " or "), says) for field, kind, says in kept]
        assert [field for field, _, _ in rows] == list(get_type_hints(VIEWS[name])), name


def test_every_template_is_documented_and_no_other() -> None:
    rows = re.findall(r"(?m)^\| `([\w.]+)` \| (.+) \|$", DOCS.read_text(encoding="utf-8"))
    assert [row for row in rows if row[0] in TEMPLATES] == list(TEMPLATES.items())
    assert {path.name for path in shipped_folder().iterdir()} == set(TEMPLATES)


def test_no_field_hides_behind_a_method_of_dict() -> None:
    names = {field for cls in VIEWS.values() for field in get_type_hints(cls)}
    assert not {name for name in names if hasattr(dict, name)}


def test_citations_are_ascending_and_beyond_five_are_counted() -> None:
    sections = make_view(make_awkward_brief())["sections"]
    claim = sections[1]["claims"][1]
    assert [link["label"] for link in claim["citations"]] == ["3", "4", "5", "6", "+34"]
    assert claim["numbers"] == list(range(3, 41))
    evidence = {
        entry["id"]: entry["number"] for entry in make_view(make_awkward_brief())["evidence"]
    }
    assert [evidence[link["target"]] for link in claim["citations"]] == [3, 4, 5, 6, 7]


def test_support_counts_copies_and_gives_up_dots_above_six() -> None:
    sections = make_view(make_plain_brief())["sections"]
    flow = sections[2]["claims"][0]["support"]
    assert flow == {
        "sources": 3,
        "independent": 2,
        "copies": 1,
        "has_dots": True,
        "words": "3 sources, 2 independent",
    }
    assert sections[2]["claims"][1]["support"]["words"] == "1 source"
    many = make_view(make_awkward_brief())["sections"][1]["claims"][1]["support"]
    assert (many["sources"], many["has_dots"]) == (38, False)


def test_support_says_why_not_every_source_is_independent() -> None:
    brief = make_plain_brief()
    claim = replace(brief.sections[2].claims[0], in_common=("AFP copy", "one owner, Fjord"))
    words = view_support(claim)["words"]
    assert words == "3 sources, 2 independent: AFP copy; one owner, Fjord"


def test_speakers_by_kind() -> None:
    speakers = [
        claim["speaker"] for claim in make_view(make_plain_brief())["sections"][3]["claims"]
    ]
    assert [(s["name"], s["role"]) for s in speakers if s] == [
        ("Ilse Brandt", "Upland’s water minister"),
        ("Lowland’s foreign ministry", "no person named"),
        ("Unnamed", "“a defence official in Lowland”"),
    ]


def test_timeline_says_planned_after_the_cutoff_and_never_guesses_happened() -> None:
    rows = make_view(make_plain_brief())["sections"][0]["timeline"]
    assert [(row["day"], row["status"]) for row in rows] == [
        ("Mon 13 May", "reported"),
        ("Wed 15 May", "planned"),
        ("Thu 16 May", "planned"),
        ("Fri 17 May", "planned"),
    ]


def test_timeline_points_at_a_claim_that_another_section_prints() -> None:
    dated, elsewhere = make_view(make_awkward_brief())["sections"][2]["timeline"]
    assert dated["claim"] is not None
    assert dated["day"] is None
    assert elsewhere["claim"] is None
    assert elsewhere["day"] == "31 Dec 2023–1 Jan"
    assert elsewhere["elsewhere"] == {
        "label": "2 Statements",
        "target": "c2",
        "name": "2 Statements",
    }


def test_missing_names_empty_sections_and_problems() -> None:
    assert make_view(make_small_brief())["missing"] == []
    empty, unread = make_view(make_awkward_brief())["missing"]
    assert empty == "The sources hold nothing for section 5, Nothing."
    assert unread.endswith("; 2 more are listed with the sources.")


@pytest.mark.parametrize(
    ("marking", "style"),
    [
        ("TLP:CLEAR", "tlp-clear"),
        ("TLP:AMBER+STRICT", "tlp-amber"),
        ("tlp:red", "tlp-red"),
        ("TLP:PINK", "other"),
        ("Official", "other"),
        ("", "other"),
    ],
)
def test_marking_styles(marking: str, style: str) -> None:
    assert make_view(replace(make_small_brief(), marking=marking))["marking_class"] == style


@pytest.mark.parametrize(
    ("length", "size"), [(45, "large"), (46, "medium"), (80, "medium"), (81, "small")]
)
def test_title_steps(length: int, size: str) -> None:
    assert make_view(replace(make_small_brief(), title="x" * length))["title_size"] == size


def test_claim_without_a_reference_is_refused() -> None:
    with pytest.raises(CitationError, match=r"radio\.txt: cited, but not among the references"):
        make_view(replace(make_small_brief(), references=()))


def test_bottom_line_of_an_unknown_claim_is_refused() -> None:
    with pytest.raises(CitationError, match="claim c9: pointed at, but not in the brief"):
        make_view(replace(make_small_brief(), bottom_line=("c9",)))
