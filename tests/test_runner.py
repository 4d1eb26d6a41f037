"""The runner, on real files: whatever is wrong with a source, the brief is made without it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest

from briefing.config import (
    FORMATS,
    BriefSpec,
    BudgetSpec,
    CondenseSpec,
    NoteSpec,
    SectionSpec,
    SourceSpec,
)
from briefing.errors import NothingToBuild, RenderError
from briefing.models import Profile
from briefing.rankers import RANKERS
from briefing.runner import Edition, run_brief
from briefing.verify import verify_edition

NOW = datetime(2024, 5, 18, 12, 0, tzinfo=UTC)
STORY = (
    "Dam at Tarn cracks\n\n"
    "The wall of the dam at Tarn cracked on Monday after three weeks of rain.\n\n"
    "Engineers opened the sluice gates at midnight to lower the water.\n\n"
    "Three villages below the dam were cleared on Tuesday, the ministry said.\n"
)


def run(
    root: Path,
    *paths: str,
    formats: tuple[Any, ...] = ("json",),
    method: str = "salience",
    templates: Path | None = None,
) -> Edition:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        sources=tuple(SourceSpec(path=path) for path in paths),
        sections=(SectionSpec(title="Dam", keywords=("dam", "sluice", "villages")),),
        condense=CondenseSpec(method=method),
        formats=formats,
    )
    return run_brief(spec, root=root, out=root / "out", now=NOW, templates=templates)


def read_brief(edition: Edition) -> Any:
    return json.loads((edition.folder / "brief.json").read_text(encoding="utf-8"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path


def test_an_edition_verifies(root: Path) -> None:
    edition = run(root, "story.txt", formats=("markdown", "html", "pdf", "json"))
    assert sorted(path.name for path in edition.folder.iterdir()) == [
        "brief.html",
        "brief.json",
        "brief.md",
        "brief.pdf",
        "evidence",
        "manifest.json",
    ]
    assert edition.problems == ()
    assert verify_edition(edition.folder) == ()


def test_brief_json_is_written_whatever_is_asked_for(root: Path) -> None:
    assert (run(root, "story.txt", formats=("markdown",)).folder / "brief.json").is_file()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", " \n\u200b\n".encode()),
        ("picture.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256))),
        ("shell.html", b"<html><body><script>var a = 1;</script></body></html>"),
    ],
)
def test_one_bad_article_never_stops_a_brief(root: Path, name: str, content: bytes) -> None:
    (root / name).write_bytes(content)
    edition = run(root, "story.txt", name)
    assert [problem.subject for problem in edition.problems] == [name]
    assert read_brief(edition)["problems"][0]["subject"] == name
    assert len(read_brief(edition)["articles"]) == 1


@pytest.mark.parametrize("path", ["missing.txt", "nothing/*.txt", "empty-folder"])
def test_a_source_that_holds_nothing_is_named(root: Path, path: str) -> None:
    (root / "empty-folder").mkdir()
    edition = run(root, "story.txt", path)
    assert [problem.subject for problem in edition.problems] == [path]


def test_nothing_readable_builds_nothing(root: Path) -> None:
    with pytest.raises(NothingToBuild) as raised:
        run(root, "missing.txt")
    assert [problem.subject for problem in raised.value.problems] == ["missing.txt"]
    assert not (root / "out").exists()


def test_a_file_that_two_sources_name_is_read_once(root: Path) -> None:
    edition = run(root, "story.txt", "*.txt")
    assert len(read_brief(edition)["articles"]) == 1
    assert edition.problems == ()


def test_a_second_copy_of_an_article_is_counted_once_and_named(root: Path) -> None:
    (root / "copy.txt").write_text(STORY, encoding="utf-8")
    edition = run(root, "story.txt", "copy.txt")
    assert [problem.subject for problem in edition.problems] == ["copy.txt"]
    assert len(read_brief(edition)["articles"]) == 1


def test_a_template_with_an_error_stops_and_leaves_nothing(root: Path) -> None:
    templates = root / "templates"
    templates.mkdir()
    (templates / "brief.md.j2").write_text("{{ title }\n", encoding="utf-8")
    with pytest.raises(RenderError, match=r"brief\.md\.j2:1") as raised:
        run(root, "story.txt", formats=("markdown",), templates=templates)
    assert raised.value.is_template_error
    assert not (root / "out").exists()


def test_a_print_template_without_the_end_of_its_first_page_is_named(root: Path) -> None:
    templates = root / "templates"
    templates.mkdir()
    (templates / "print.html.j2").write_text("<p>{{ title }}</p>\n", encoding="utf-8")
    with pytest.raises(
        RenderError, match=r'print\.html\.j2: no element has id="front-end"'
    ) as raised:
        run(root, "story.txt", formats=("pdf",), templates=templates)
    assert raised.value.is_template_error


def test_a_document_that_cannot_be_laid_out_costs_the_pdf_alone(root: Path) -> None:
    templates = root / "templates"
    templates.mkdir()
    (templates / "print.html.j2").write_text("<div>" * 400, encoding="utf-8")
    edition = run(root, "story.txt", formats=("markdown", "html", "pdf"), templates=templates)
    (problem,) = edition.problems
    assert problem.subject == "tarn: pdf"
    assert problem.reason.startswith("brief.pdf: RecursionError")
    assert read_brief(edition)["problems"] == [
        {"subject": problem.subject, "reason": problem.reason}
    ]
    assert not (edition.folder / "brief.pdf").exists()
    for name in ("brief.md", "brief.html"):  # they name it, too
        assert "Not rendered, or only in part: pdf" in (edition.folder / name).read_text("utf-8")
    assert verify_edition(edition.folder) == ()


@pytest.mark.parametrize("profile", ["press", "desk"])
def test_an_edition_for_the_press_holds_nothing_internal(
    root: Path, profile: Profile, require_tool: Callable[[str], str]
) -> None:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        sources=(SourceSpec(path="story.txt"),),
        sections=(
            SectionSpec(
                title="Dam",
                keywords=("dam", "sluice"),
                notes=(NoteSpec(text="Ask the keeper first"),),
            ),
        ),
        notes=(NoteSpec(text="Not for the minister’s brother"),),
        formats=FORMATS,
        marking="TLP:RED",
        distribution="the minister alone",
        profile=profile,
    )
    edition = run_brief(spec, root=root, out=root / "out", now=NOW)
    for path in edition.folder.rglob("*.*"):
        content = readable(path, require_tool)
        for internal in INTERNAL:
            if profile == "press":
                assert internal not in content, path
            elif path.name in PRINTED:
                assert internal in content, path


INTERNAL = tuple(
    text.encode()
    for text in ("TLP:RED", "the minister alone", "Ask the keeper", "the minister’s brother")
)
#: The documents of a brief for readers.
PRINTED = {"brief.md", "brief.html", "brief.pdf", "brief.docx", "brief.txt", "brief.json"}


def readable(path: Path, require_tool: Callable[[str], str]) -> bytes:
    """All that a file holds, out of the packing of its format."""
    if path.suffix == ".docx":
        with ZipFile(path) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())
    if path.suffix == ".pdf":
        command = [require_tool("pdftotext"), "-raw", str(path), "-"]
        with pikepdf.open(path) as pdf:
            attached = [pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments]
            metadata = pdf.Root.Metadata.read_bytes()
        shown = subprocess.run(command, capture_output=True, check=True).stdout
        return b"\n".join([shown, metadata, *attached])
    return path.read_bytes()


def test_an_edition_with_notes_verifies_and_signs_them_for_the_issuer(root: Path) -> None:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        issuer="Rivers Desk",
        sources=(SourceSpec(path="story.txt"),),
        sections=(
            SectionSpec(
                title="Dam",
                keywords=("dam",),
                notes=(NoteSpec(text="One"), NoteSpec(text="Two", author="M. Roe")),
            ),
        ),
        notes=(NoteSpec(text="Three"),),
        formats=("markdown", "html", "text", "json"),
    )
    edition = run_brief(spec, root=root, out=root / "out", now=NOW)
    assert verify_edition(edition.folder) == ()
    brief = read_brief(edition)
    authors = [note["author"] for note in (*brief["sections"][0]["notes"], *brief["notes"])]
    assert authors == ["Rivers Desk", "M. Roe", "Rivers Desk"]


@pytest.mark.parametrize(
    "changes", [{"profile": "principal"}, {"budget": BudgetSpec(claims=1)}], ids=["page", "claims"]
)
def test_a_shortened_edition_verifies_and_counts_what_it_left_out(
    root: Path, changes: dict[str, Any]
) -> None:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        sources=(SourceSpec(path="story.txt"),),
        sections=(SectionSpec(title="Dam", keywords=("dam", "sluice", "villages")),),
        formats=("markdown", "html", "pdf"),
    ).model_copy(update=changes)
    edition = run_brief(spec, root=root, out=root / "out", now=NOW)
    assert edition.problems == ()
    assert verify_edition(edition.folder) == ()
    brief = read_brief(edition)
    (section,) = brief["sections"]
    assert brief["cut"]["claims"] == len(section["more"])
    assert brief["cut"]["of"] == len(section["claims"]) + len(section["more"])
    assert "Cut to " in (edition.folder / "brief.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"profile": "principal", "distribution": "every desk, " * 900}, "one page cannot hold"),
        ({"budget": BudgetSpec(pages=1), "distribution": "every desk, " * 900}, "1 page cannot"),
    ],
    ids=["principal", "pages"],
)
def test_a_length_that_cannot_be_met_leaves_the_pdf_out(
    root: Path, changes: dict[str, Any], reason: str
) -> None:
    spec = BriefSpec(
        name="tarn",
        title="Tarn dam",
        sources=(SourceSpec(path="story.txt"),),
        sections=(SectionSpec(title="Dam", keywords=("dam", "sluice", "villages")),),
        formats=("markdown", "pdf"),
    ).model_copy(update=changes)
    edition = run_brief(spec, root=root, out=root / "out", now=NOW)
    (problem,) = edition.problems
    assert problem.subject == "tarn: pdf"
    assert reason in problem.reason
    assert not (edition.folder / "brief.pdf").exists()
    assert reason in (edition.folder / "brief.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("method", RANKERS)
def test_every_ranker_builds_offline(root: Path, method: str) -> None:
    # tests/conftest.py lets no test reach the network.
    brief = read_brief(run(root, "story.txt", method=method))
    (article,) = brief["articles"]
    assert len(article["summary"]) == 1


def test_the_same_input_gives_the_same_bytes(root: Path) -> None:
    every = ("markdown", "html", "pdf", "json")

    def files() -> dict[str, bytes]:
        folder = run(root, "story.txt", formats=every).folder
        return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    assert files() == files()
