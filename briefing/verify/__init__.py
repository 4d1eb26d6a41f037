"""An edition folder or its zip -> what in it does not hold, proved from its files alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from briefing.verify.brief_file import check_brief
from briefing.verify.contents import MANIFEST, Contents, read_contents
from briefing.verify.finding import Finding, faults
from briefing.verify.shape import ManifestFile

__all__ = ["Finding", "check_contents", "read_contents", "verify_edition"]

# What an export adds to an edition; manifest.json, which is older, cannot list them.
HOW_TO_CHECK = "HOW-TO-CHECK.txt"
SUMS = "SHA256SUMS"


def verify_edition(path: Path) -> tuple[Finding, ...]:
    """Everything that does not hold in an edition folder, or in the zip file of one; empty if none.

    Raises BriefingError when `path` is no edition, or one of its files cannot be read.
    """
    return check_contents(read_contents(path))


def check_contents(contents: Contents) -> tuple[Finding, ...]:
    """Everything that does not hold in an edition whose files were read."""
    files = contents.files
    return (*contents.findings, *_check_sums(files), *_check_manifest(files), *check_brief(files))


def _check_sums(contents: Mapping[str, bytes]) -> Iterator[Finding]:
    """What does not hold in the list of hashes that an export adds, where there is one."""
    if SUMS not in contents:
        return
    lines = set(contents[SUMS].split(b"\n"))
    for path, content in contents.items():
        if path != SUMS and f"{sha256(content).hexdigest()}  {path}".encode() not in lines:
            yield Finding(path, f"changed: not the file that {SUMS} lists")
    if contents[SUMS].count(b"\n") != len(contents) - 1:
        yield Finding(SUMS, "does not list every file once")


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
    added = {SUMS, HOW_TO_CHECK} if SUMS in contents else set()
    for path in sorted(contents.keys() - listed.keys() - {MANIFEST} - added):
        yield Finding(path, f"not listed in {MANIFEST}")


def _is_sealed(content: bytes) -> bool:
    """Whether the manifest stands as it was written, its seal being the hash of all before it."""
    facts = json.loads(content)
    seal = facts.pop("seal")
    is_same = _written({**facts, "seal": seal}) == content
    return is_same and seal == sha256(_written(facts)).hexdigest()


def _written(facts: Mapping[str, object]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
