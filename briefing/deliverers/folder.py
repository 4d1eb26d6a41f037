"""An edition -> a copy of it in another folder, whole or not at all; doing it twice is once."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from briefing.config.delivery import FolderSpec
from briefing.deliverers.edition_files import MANIFEST, EditionFiles, open_edition
from briefing.deliverers.transport import Outcome
from briefing.edition import sync_folder
from briefing.errors import DeliveryError
from briefing.faults import fault
from briefing.store.rows import ClaimedMessage, OutgoingMessage

_TEMPORARY = ".tmp-"
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")


@dataclass(frozen=True, slots=True)
class Copy:
    """What a row of the outbox says of a copy to make."""

    source: Path
    name: str
    edition: str
    manifest_sha256: str


def copy_message(
    edition_folder: Path, folder: FolderSpec, *, root: Path, deliverer: str = "folder"
) -> OutgoingMessage:
    """The row that has an edition copied to `<folder.path>/<name>/<edition>`.

    `root` is where a relative path starts. Raises DeliveryError when `edition_folder` is none.
    """
    files = open_edition(edition_folder)
    target = str((root / folder.path).resolve())
    source = edition_folder.resolve()
    facts = {
        "source": str(source),
        "name": source.parent.name,
        "edition": files.edition,
        "manifest_sha256": files.manifest_sha256,
    }
    content = (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
    key = f"{target}|{files.manifest_sha256}"
    return OutgoingMessage(
        recipient=target,
        message_id=f"<{sha256(key.encode()).hexdigest()}@folder>",
        content=content,
        deliverer=deliverer,
    )


class FolderTransport:
    """Copies editions into the folder that a message names as its recipient."""

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        """Copy once; a copy that is there already counts as made.

        `on_transmitting` is not called: a copy can be looked at, so it is never unknown.
        """
        del on_transmitting
        try:
            wanted = _read(message.content)
            place = Path(message.recipient) / wanted.name / wanted.edition
            if _is_there(place, wanted):
                for left in _beside(place):  # by a process that was killed
                    shutil.rmtree(left, ignore_errors=True)
                return Outcome("sent", f"{place} was there already")
            files = open_edition(wanted.source)
            if files.manifest_sha256 != wanted.manifest_sha256:
                return Outcome("failed", f"{wanted.source}: is another edition by now")
            _place(files, place)
        except DeliveryError as error:
            return Outcome("retry", str(error))
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            return Outcome("retry", f"{message.recipient}: cannot be written: {reason}")
        return Outcome("sent", f"copied to {place}")


def _read(content: bytes) -> Copy:
    try:
        facts: Mapping[str, str] = json.loads(content)
        wanted = Copy(
            Path(facts["source"]), facts["name"], facts["edition"], facts["manifest_sha256"]
        )
    except (ValueError, TypeError, KeyError) as error:
        raise DeliveryError("the outbox holds no copy to make here") from error
    if not (_PART.fullmatch(wanted.name) and _PART.fullmatch(wanted.edition)):
        raise DeliveryError("the outbox names a folder outside")
    return wanted


def _is_there(place: Path, wanted: Copy) -> bool:
    try:
        manifest = (place / MANIFEST).read_bytes()
    except OSError:
        return False
    return sha256(manifest).hexdigest() == wanted.manifest_sha256


def _beside(place: Path) -> tuple[Path, Path]:
    """Where the new copy and the old one stand meanwhile; whoever holds the message has both."""
    return (
        place.with_name(f"{_TEMPORARY}{place.name}"),
        place.with_name(f"{_TEMPORARY}{place.name}-old"),
    )


def _place(files: EditionFiles, place: Path) -> None:
    """Write beside the place, then rename; an older build of the edition stands until then."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new, old = _beside(place)
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir()
        for path in files.hashes:
            _write(new / path, files.read(path))
        _write(new / MANIFEST, files.manifest)
        for folder in (*(p for p in new.iterdir() if p.is_dir()), new):
            sync_folder(folder)
        fault("copy-written")
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
        sync_folder(place.parent)
        fault("copy-placed")
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
    _point_at_newest(place)


def _point_at_newest(place: Path) -> None:
    """Let `latest` name the newest edition, where the file system has links."""
    newest = max(p.parent.name for p in place.parent.glob(f"[0-9]*/{MANIFEST}"))
    latest, link = place.parent / "latest", place.with_name(f"{_TEMPORARY}{os.getpid()}-latest")
    if os.path.lexists(latest) and not latest.is_symlink():
        return
    with suppress(OSError):
        link.unlink(missing_ok=True)
        link.symlink_to(newest)
        link.replace(latest)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
