"""An edition folder -> its files, each held to the manifest before it goes anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefing.errors import DeliveryError

MANIFEST = "manifest.json"
BRIEF = "brief.json"
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,79})?")


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """An edition as its manifest describes it."""

    folder: Path
    edition: str  #: "2024-05-14T1200Z"
    configuration: Mapping[str, object]
    manifest: bytes
    hashes: Mapping[str, str]  #: sha256 by path in the folder; without the manifest's own

    @property
    def manifest_sha256(self) -> str:
        """The hash that names this very edition."""
        return sha256(self.manifest).hexdigest()

    def has(self, path: str) -> bool:
        """Whether the edition lists a file."""
        return path in self.hashes

    def read(self, path: str) -> bytes:
        """A file's content; DeliveryError when it is missing or not what the manifest says."""
        content = _read(self.folder / path)
        if sha256(content).hexdigest() != self.hashes.get(path):
            raise DeliveryError(
                f"{self.folder / path}: not what manifest.json says; nothing is sent",
                hint=f"brief verify {self.folder}",
            )
        return content


def open_edition(folder: Path) -> EditionFiles:
    """The edition in a folder; DeliveryError when the folder holds none."""
    manifest = _read(folder / MANIFEST)
    try:
        facts = json.loads(manifest)
        hashes = {str(file["path"]): str(file["sha256"]) for file in facts["files"]}
        configuration, edition = dict(facts["configuration"]), str(facts["edition"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise DeliveryError(f"{folder / MANIFEST}: not the manifest of an edition") from error
    if not all(map(_FILE_NAME.fullmatch, hashes)):
        raise DeliveryError(f"{folder / MANIFEST}: names a file that no edition has")
    return EditionFiles(folder, edition, configuration, manifest, hashes)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DeliveryError(f"{path}: cannot be read: {reason}") from error
