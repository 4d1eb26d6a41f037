"""An edition folder, or the zip file of one -> what each file of it holds."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo, is_zipfile

from briefing.errors import BriefingError
from briefing.verify.finding import Finding

MANIFEST = "manifest.json"
MARKS = (MANIFEST, "brief.json")  #: a folder that holds one of these is an edition
LARGEST_BYTES = 1 << 30  #: of all files of a zip together, so that none can fill the memory
MOST_FILES = 100_000
ENCRYPTED = 1  #: flag bit of a zip entry

HINT = f"name a folder that holds {MANIFEST}, or the zip file of one"


@dataclass(frozen=True, slots=True)
class Contents:
    """Every file of an edition as it is now."""

    files: Mapping[str, bytes]  #: by path in the edition, "/" between its parts
    findings: tuple[Finding, ...]  #: what stands there and is no file


def read_contents(path: Path) -> Contents:
    """What an edition holds; `path` may also be the one folder around it that a zip unpacks to.

    Raises BriefingError when there is no edition, or one of its files cannot be read.
    """
    try:
        return read_zip(path) if path.is_file() else read_folder(path)
    except OSError as error:
        raise BriefingError(
            f"{error.filename or path}: {(error.strerror or str(error)).lower()}"
        ) from error


def read_folder(path: Path) -> Contents:
    """The files of a folder and of the folders in it; a link is never followed."""
    folder = edition_in(path)
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for each in sorted(folder.rglob("*")):
        name = each.relative_to(folder).as_posix()
        if each.is_symlink() or not (each.is_file() or each.is_dir()):
            findings.append(Finding(name, "not a regular file"))
        elif each.is_file():
            files[name] = each.read_bytes()
    return Contents(files, tuple(findings))


def edition_in(path: Path) -> Path:
    """`path`, or the only thing in it where that is an edition; a BriefingError for neither."""
    if path.is_dir():
        inside = [path, *path.iterdir()]
        for folder in inside[:1] if len(inside) != 2 else inside:
            if not (folder != path and folder.is_symlink()) and is_edition(folder):
                return folder
    raise BriefingError(f"{path}: not an edition folder", hint=HINT)


def is_edition(folder: Path) -> bool:
    """Whether a folder looks like an edition."""
    return any((folder / name).is_file() for name in MARKS)


def read_zip(path: Path) -> Contents:
    """The files of a zip, without the one folder that they all stand in."""
    if not is_zipfile(path):
        raise BriefingError(f"{path}: not an edition folder, nor a zip file", hint=HINT)
    try:
        with ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            check_size(path, members)
            read = [(member.filename, archive.read(member)) for member in members]
    except (BadZipFile, LargeZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise BriefingError(f"{path}: damaged, or not a zip file that can be read") from error
    tops = {name.partition("/")[0] for name, _ in read}
    around = f"{tops.pop()}/" if len(tops) == 1 else ""
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for full_name, content in read:
        name = full_name.removeprefix(around)
        if ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name:
            findings.append(Finding(full_name, "leads out of the edition"))
        elif name in files:
            findings.append(Finding(name, "stands twice in the zip file"))
        files[name] = content
    if not any(name in files for name in MARKS):
        raise BriefingError(f"{path}: no edition in it", hint=HINT)
    return Contents(files, tuple(findings))


def check_size(path: Path, members: list[ZipInfo]) -> None:
    """A BriefingError for a zip that holds more than can be checked, or is encrypted."""
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > LARGEST_BYTES:
        raise BriefingError(
            f"{path}: more than {MOST_FILES:,} files or {LARGEST_BYTES >> 20:,} MB inside",
            hint="unpack it and check the folder",
        )
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise BriefingError(f"{path}: encrypted", hint="unpack it and check the folder")
