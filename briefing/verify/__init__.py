"""An edition folder -> what in it does not hold, proved again from its files alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from briefing.errors import BriefingError
from briefing.verify.brief_file import check_brief
from briefing.verify.finding import Finding, faults
from briefing.verify.shape import ManifestFile

__all__ = ["Finding", "verify_edition"]

MANIFEST = "manifest.json"


def verify_edition(folder: Path) -> tuple[Finding, ...]:
    """Everything that does not hold in an edition; empty when all does.

    Raises BriefingError when `folder` is no edition folder, or one of its files cannot be read.
    """
    if not any((folder / name).is_file() for name in (MANIFEST, "brief.json")):
        raise BriefingError(
            f"{folder}: not an edition folder", hint=f"name a folder that holds {MANIFEST}"
        )
    try:
        contents = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        odd = [
            p
            for p in sorted(folder.rglob("*"))
            if p.is_symlink() or not (p.is_file() or p.is_dir())
        ]
    except OSError as error:
        raise BriefingError(
            f"{error.filename}: {(error.strerror or str(error)).lower()}"
        ) from error
    findings = [Finding(p.relative_to(folder).as_posix(), "not a regular file") for p in odd]
    findings += _check_manifest(contents)
    findings += check_brief(contents)
    return tuple(findings)


def _check_manifest(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    if MANIFEST not in contents:
        yield Finding(MANIFEST, "missing")
        return
    try:
        manifest = ManifestFile.model_validate_json(contents[MANIFEST])
    except ValidationError as error:
        yield from faults(MANIFEST, error)
        return
    if not _is_sealed(contents[MANIFEST]):
        yield Finding(MANIFEST, "changed: its seal does not fit it")
    listed = {file.path: file for file in manifest.files}
    if len(listed) != len(manifest.files):
        yield Finding(MANIFEST, "lists a file twice")
    for path, file in listed.items():
        if path not in contents:
            yield Finding(path, f"missing, though {MANIFEST} lists it")
        elif sha256(contents[path]).hexdigest() != file.sha256:
            yield Finding(path, f"changed: not the file that {MANIFEST} lists")
    for path in contents.keys() - listed.keys() - {MANIFEST}:
        yield Finding(path, f"not listed in {MANIFEST}")


def _is_sealed(content: bytes) -> bool:
    """Whether the manifest stands as it was written, its seal being the hash of all before it."""
    facts = json.loads(content)
    seal = facts.pop("seal")
    is_same = _written({**facts, "seal": seal}) == content
    return is_same and seal == sha256(_written(facts)).hexdigest()


def _written(facts: Mapping[str, object]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
