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
DECLARATIONS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = DECLARATIONS["project"]
DECLARED = {
    "requirements.txt": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
    "requirements-browser.txt": DECLARATIONS["dependency-groups"]["browser"],
}


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def pins_of(file: str) -> dict[str, str]:
    """What a file says of each package, by its name."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {
        name_of(block): block
        for block in re.split(r"\n(?=\S)", text)
        if "==" in block and not block.startswith("#")
    }


@pytest.mark.parametrize(
    ("file", "requirement"), [(file, each) for file in DECLARED for each in DECLARED[file]]
)
def test_what_is_declared_is_pinned(file: str, requirement: str) -> None:
    assert name_of(requirement) in pins_of(file), "run make requirements"


@pytest.mark.parametrize("file", DECLARED)
def test_every_pin_has_a_hash(file: str) -> None:
    pins = pins_of(file)
    assert len(pins) > len(DECLARED[file])
    assert [name for name, pin in pins.items() if "--hash=sha256:" not in pin] == []


def test_what_both_files_pin_is_of_one_version() -> None:
    first, second = (pins_of(file) for file in DECLARED)
    for name in first.keys() & second.keys():
        assert first[name].split()[0] == second[name].split()[0]


@pytest.mark.parametrize("file", DECLARED)
def test_requirements_name_no_index(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|(?m:^-[if])", text)


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
