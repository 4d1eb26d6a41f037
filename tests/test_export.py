"""What is exported can be checked elsewhere: by verify, by sha256sum, by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from briefing.cli import main
from briefing.edition import EDITION_FORMAT, write_edition
from briefing.errors import BriefingError, DeliveryError
from briefing.export import MEANINGS, export_zip, pack
from briefing.renderers import RENDERERS, Templates
from briefing.verify import verify_edition
from tests.build import AS_OF, make_small_brief

NAME = AS_OF.strftime(EDITION_FORMAT)
FOLDER = f"small-{NAME}"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    brief = make_small_brief()
    documents = [
        RENDERERS[name](brief, Templates()) for name in ("json", "markdown", "html", "text", "ris")
    ]
    return write_edition(
        tmp_path / "out" / brief.name, NAME, documents, brief.articles, configuration={}
    )


@pytest.fixture
def exported(edition: Path, tmp_path: Path) -> Path:
    return export_zip(edition, tmp_path / "x.zip")


@pytest.fixture
def unpacked(exported: Path, tmp_path: Path) -> Path:
    with ZipFile(exported) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def rewrite(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with ZipFile(archive) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    with ZipFile(archive, "w", ZIP_DEFLATED) as new:
        for name, content in files.items():
            new.writestr(name, content)


def test_everything_is_in_it_and_holds(edition: Path, exported: Path, unpacked: Path) -> None:
    with ZipFile(exported) as archive:
        packed = archive.namelist()
    of_edition = [p.relative_to(edition).as_posix() for p in edition.rglob("*") if p.is_file()]
    added = ["HOW-TO-CHECK.txt", "SHA256SUMS"]
    assert packed == sorted(f"{FOLDER}/{path}" for path in (*of_edition, *added))
    for path in of_edition:
        assert (unpacked / FOLDER / path).read_bytes() == (edition / path).read_bytes()
    assert verify_edition(exported) == ()
    assert verify_edition(unpacked / FOLDER) == ()
    assert verify_edition(unpacked) == ()


def test_same_edition_same_bytes_and_a_second_export_replaces_the_first(
    edition: Path, exported: Path, unpacked: Path
) -> None:
    before = exported.read_bytes()
    for path in edition.rglob("*"):
        os.utime(path, (1, 1))
    export_zip(edition, exported)
    assert exported.read_bytes() == before
    again = export_zip(unpacked / FOLDER, exported.with_name("again.zip"))
    assert again.read_bytes() == before


def test_a_link_to_the_edition_and_a_folder_to_put_it_in(edition: Path, tmp_path: Path) -> None:
    made = export_zip(edition.parent / "latest", tmp_path)
    assert made == tmp_path / f"{FOLDER}.zip"


def test_common_tools_check_the_hashes(unpacked: Path, require_tool: Callable[[str], str]) -> None:
    command = [require_tool("sha256sum"), "--strict", "-c", "SHA256SUMS"]
    done = subprocess.run(command, cwd=unpacked / FOLDER, capture_output=True, check=True)
    assert done.stdout.count(b": OK") == len(list((unpacked / FOLDER).rglob("*.*")))


def test_what_it_says_about_checking_by_hand_is_so(unpacked: Path) -> None:
    folder = unpacked / FOLDER
    text = (folder / "HOW-TO-CHECK.txt").read_text(encoding="utf-8")
    (code,) = re.findall(r'python3 -c "(.*)"', text)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == make_small_brief().sections[0].claims[0].text
    seal = re.findall(r"^ +([0-9a-f]{64})$", text, re.MULTILINE)
    assert f'"seal": "{seal[0]}"' in (folder / "manifest.json").read_text(encoding="utf-8")
    assert "brief.pdf" not in text
    for path in folder.iterdir():
        if path.name != "HOW-TO-CHECK.txt":
            assert f"    {path.name}" in text


def test_every_format_is_explained(require_module: Callable[[str], ModuleType]) -> None:
    require_module("docx")
    names = {name for name, _ in MEANINGS}
    made = {render(make_small_brief(), Templates()).name for render in RENDERERS.values()}
    assert made <= names


@pytest.mark.parametrize(
    "path", ["brief.json", "brief.md", "manifest.json", "HOW-TO-CHECK.txt", "SHA256SUMS"]
)
def test_a_change_in_the_zip_is_found(exported: Path, path: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[f"{FOLDER}/{path}"] = files[f"{FOLDER}/{path}"].replace(b"e", b"o", 1)

    rewrite(exported, change)
    assert {finding.subject for finding in verify_edition(exported)} & {path, "HOW-TO-CHECK.txt"}


@pytest.mark.parametrize("path", ["more.txt", "evidence/more.txt", "../more.txt", "/more.txt"])
def test_a_file_more_in_the_zip_is_found(exported: Path, path: str) -> None:
    rewrite(exported, lambda files: files.update({f"{FOLDER}/{path}": b"more"}))
    assert any("more.txt" in finding.subject for finding in verify_edition(exported))


def test_a_file_less_in_the_zip_is_found(exported: Path) -> None:
    rewrite(exported, lambda files: files.__delitem__(f"{FOLDER}/brief.md"))
    assert "brief.md" in {finding.subject for finding in verify_edition(exported)}


def test_instructions_without_hashes_are_not_taken_on_trust(unpacked: Path) -> None:
    (unpacked / FOLDER / "SHA256SUMS").unlink()
    assert {finding.subject for finding in verify_edition(unpacked)} == {"HOW-TO-CHECK.txt"}


def test_a_name_twice_is_found(exported: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(exported, "a") as archive:
        archive.writestr(f"{FOLDER}/brief.md", "other words")
    reasons = {finding.reason for finding in verify_edition(exported)}
    assert "stands twice in the zip file" in reasons


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_of_an_edition_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BriefingError, match=r"x\.zip: "):
        verify_edition(tmp_path / "x.zip")


def test_every_cut_zip_is_an_error_or_a_finding(exported: Path) -> None:
    whole = exported.read_bytes()
    for cut in range(0, len(whole), max(len(whole) // 40, 1)):
        exported.write_bytes(whole[:cut])
        with pytest.raises(BriefingError):
            verify_edition(exported)


def test_damage_in_the_zip_is_an_error(exported: Path) -> None:
    content = bytearray(exported.read_bytes())
    content[len(content) // 2] ^= 255
    exported.write_bytes(content)
    with pytest.raises(BriefingError, match="damaged"):
        verify_edition(exported)


def test_a_zip_that_would_fill_the_memory_is_refused(
    exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.verify.contents.LARGEST_BYTES", exported.stat().st_size // 2)
    with pytest.raises(BriefingError, match="MB inside"):
        verify_edition(exported)


def test_an_edition_that_does_not_hold_is_not_exported(edition: Path, tmp_path: Path) -> None:
    (edition / "brief.md").write_text("other words", encoding="utf-8")
    with pytest.raises(BriefingError, match=r"does not hold: brief\.md"):
        export_zip(edition, tmp_path / "x.zip")
    assert not (tmp_path / "x.zip").exists()


def test_never_into_the_edition_itself(edition: Path) -> None:
    with pytest.raises(BriefingError, match="inside the edition"):
        export_zip(edition, edition / "x.zip")
    assert verify_edition(edition) == ()


@pytest.mark.parametrize("kind", ["enospc", "kill"])
def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    edition: Path, exported: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    before = exported.read_bytes()
    monkeypatch.setenv("BRIEF_FAULTS_ALLOWED", "1")
    monkeypatch.setenv("BRIEF_FAULT", f"export-file:{kind}")
    if kind == "kill":
        command = [sys.executable, "-m", "briefing", "export", str(edition), "--zip", str(exported)]
        assert subprocess.run(command, capture_output=True, check=False).returncode < 0
    else:
        with pytest.raises(DeliveryError, match="no space left"):
            export_zip(edition, exported)
        assert [p.name for p in exported.parent.iterdir() if p.name.startswith(".")] == []
    assert exported.read_bytes() == before


@pytest.mark.parametrize("target", ["no/folder/x.zip", "file/x.zip"])
def test_where_nothing_can_be_written(edition: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeliveryError, match=r"x\.zip: the export cannot be written"):
        export_zip(edition, tmp_path / target)


def test_years_that_a_zip_does_not_know() -> None:
    assert pack("a", {"b": b""}, AS_OF.replace(year=1066)) == pack(
        "a", {"b": b""}, AS_OF.replace(year=1980)
    )


def test_the_command(
    edition: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(edition), "--zip"]) == 0
    assert capsys.readouterr().out == f"{FOLDER}.zip\n"
    assert main(["export", str(edition), "--zip", "a.zip"]) == 0
    assert main(["export", "--zip", "b.zip", str(edition)]) == 0
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()
    assert main(["verify", "a.zip"]) == 0
    assert capsys.readouterr().out.endswith("a.zip: everything holds\n")
    assert main(["export", str(edition)]) == 2
    assert "--zip" in capsys.readouterr().err
    assert main(["export", "nowhere", "--zip"]) == 3
    assert "nowhere: not an edition folder" in capsys.readouterr().err
