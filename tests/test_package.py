"""What is installed: the pinned requirements cover what is declared, and the wheel is complete."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
DECLARED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("requirement", DECLARED)
def test_what_is_declared_is_pinned(requirement: str) -> None:
    assert re.search(rf"(?m)^{re.escape(name_of(requirement))}==", REQUIREMENTS), (
        "run make requirements"
    )


def test_every_pin_has_a_hash() -> None:
    pins = [block for block in re.split(r"\n(?=\S)", REQUIREMENTS) if "==" in block]
    assert len(pins) > len(DECLARED)
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_requirements_name_no_index() -> None:
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|(?m:^-[if])", REQUIREMENTS)


@pytest.mark.slow
def test_the_wheel_holds_templates_and_tables(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "briefing").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {
        f"briefing/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert expected <= packed
    assert not [name for name in packed if name.startswith(("tests/", "examples/", "scripts/"))]
