"""`brief templates` and `eject`: what is listed, copied, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.renderers.template_files import TEMPLATES, shipped_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("not: [yet, right", encoding="utf-8")
    return tmp_path


def test_every_template_is_listed_with_what_it_makes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(TEMPLATES)
    assert "yours" not in "".join(lines)
    (folder / "templates").mkdir()
    (folder / "templates/page.css").touch()
    assert main(["templates"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if "(yours: " in line] == [
        f"page.css            the look of brief.html  (yours: {folder / 'templates/page.css'})"
    ]
    assert main(["templates", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["schema"] == "brief-templates/1"
    assert [each["own"] for each in listed["templates"] if each["name"] == "page.css"] == [
        str(folder / "templates/page.css")
    ]


def test_eject_copies_and_never_replaces_unasked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["templates", "eject", "brief.md.j2"]) == 0
    assert capsys.readouterr().out == f"{folder / 'templates/brief.md.j2'}\n"
    copy = folder / "templates/brief.md.j2"
    assert copy.read_bytes() == (shipped_folder() / "brief.md.j2").read_bytes()
    copy.write_text("mine", encoding="utf-8")
    assert main(["templates", "eject", "brief.md.j2"]) == 2
    assert "already there" in capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == "mine"
    assert main(["templates", "eject", "brief.md.j2", "--force"]) == 0
    assert copy.read_bytes() == (shipped_folder() / "brief.md.j2").read_bytes()


def test_eject_elsewhere(folder: Path) -> None:
    assert main(["templates", "eject", "page.css", "--to", "a/b"]) == 0
    assert (folder / "a/b/page.css").is_file()
    (folder / "c").mkdir()
    (folder / "c/config.yaml").touch()
    assert main(["templates", "eject", "page.css", "--config", "c/config.yaml"]) == 0
    assert (folder / "c/templates/page.css").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["eject", "brief.md"], "did you mean 'brief.md.j2'?"),
        (["eject", "../config.yaml"], "no '../config.yaml'"),
        (["eject", "page.css", "--to", "config.yaml"], "config.yaml: not a folder"),
        (["eject", "page.css", "--config", "gone.yaml"], "no such file"),
        (["--config", "gone.yaml"], "no such file"),
        (["lst"], "No such command 'lst'"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_mistakes_end_with_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["templates", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_an_ejected_template_makes_the_same_document(folder: Path) -> None:
    from briefing.renderers import RENDERERS, Templates
    from tests.build import make_awkward_brief

    for name in TEMPLATES:
        assert main(["templates", "eject", name]) == 0
    own = Templates(folder / "templates")
    assert own.has_own
    for name in ("markdown", "html", "text"):
        render = RENDERERS[name]  # type: ignore[index]
        assert render(make_awkward_brief(), own) == render(make_awkward_brief(), Templates())
