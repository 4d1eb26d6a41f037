"""The documents say what is so: commands, keys, links and blocks of configuration."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from briefing.cli import app
from briefing.config import configuration_markdown, load_config
from briefing.rankers import RANKERS
from briefing.renderers import RENDERERS, Templates
from tests.build import make_small_brief

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*/README.md")])
README = ROOT / "README.md"


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language on a page, in order."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"(?ms)^```{language}\n(.*?)\n```$", text)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands() -> TyperGroup:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def test_the_readme_begins_with_its_two_commands() -> None:
    assert blocks(README, "sh")[:2] == ["make brief", "make check"]


def test_ci_runs_what_the_readme_says() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    tools = ["make browser"]  # what tests read documents back with, as the packages above it
    made = [line for line in lines if line.startswith("make ") and line not in tools]
    assert made == blocks(README, "sh")[:2]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    paths = [link.partition("#")[0] for link in links if "://" not in link]
    assert [path for path in paths if path and not (page.parent / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_target_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z]+):", makefile))
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, id=f"{named(page)}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page, "yaml"))
        if "briefs:" in block
    ],
)
def test_every_configuration_shown_loads(block: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(block, encoding="utf-8")
    assert load_config(path, rankers=RANKERS).briefs


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"(?ms)^## `brief (\w+)`\n(.*?)(?=^## )", page))
    group = commands()
    assert sorted(parts) == sorted(group.commands)
    for command, text in parts.items():
        for parameter in group.commands[command].params:
            if isinstance(parameter, TyperOption) and parameter.name not in {"debug", "help"}:
                missing = [name for name in parameter.opts if f"`{name}" not in text]
                assert missing == [], f"brief {command}"
            elif isinstance(parameter, TyperArgument):
                assert str(parameter.metavar) in text, f"brief {command}"


def test_every_format_is_documented_with_its_file(
    require_module: Callable[[str], ModuleType],
) -> None:
    require_module("docx")
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `(\w+)` \| `(brief\.[a-z.]+)` \|", page)
    made = [
        (name, render(make_small_brief(), Templates()).name) for name, render in RENDERERS.items()
    ]
    assert rows == made


def test_the_configuration_page_is_up_to_date() -> None:
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert page.rstrip("\n") == configuration_markdown(RANKERS).rstrip("\n"), "run make docs"
