"""Documents and evidence -> the edition folder `out/<name>/<edition>/`, whole or not at all.

Everything is written and synced in a temporary folder beside the edition, which one rename then
puts in its place; who looks sees the old edition or the new one, never a part of either.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from briefing.errors import DeliveryError
from briefing.faults import fault
from briefing.models import Article, Document

#: What an edition is called: its as-of time in UTC.
EDITION_FORMAT = "%Y-%m-%dT%H%MZ"
EDITION_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{4}Z")
MANIFEST = "manifest.json"
MANIFEST_SCHEMA = "brief-manifest/1"

_FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}(?:\.[A-Za-z0-9]{1,10}){1,2}")
_ARTICLE_ID = re.compile(r"[0-9a-z]{4,64}")
_TEMPORARY = ".tmp-"
_SECRET = re.compile(r"password|passwd|passphrase|secret|token|credential|api_?key", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/\s@]+@")
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


def write_edition(
    folder: Path,
    edition: str,
    documents: Sequence[Document],
    articles: Sequence[Article],
    *,
    configuration: Mapping[str, Any],
    version: str | None = None,
) -> Path:
    """Write `folder`/`edition`, point `folder`/latest at the newest edition; the edition's path.

    `folder` is `out/<name>`; `edition` is the as-of time as "2024-05-14T1200Z"; `configuration`,
    plain values only, is kept in the manifest without its secrets; `version` is that of the
    installed package when None. An edition of the same name is replaced in one step.

    Raises DeliveryError, and leaves everything as it was, when the edition cannot be written.
    """
    files = _files(folder, edition, documents, articles)
    files[MANIFEST] = manifest_content(edition, files, configuration, version or _version())
    made = _missing(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder) as is_alone:
            if is_alone:
                _sweep(folder)
            _check_place(folder, edition)
            return _place(folder, edition, files)
    except OSError as error:
        raise DeliveryError(_cannot(folder, error)) from error
    finally:
        # Empty only when this run made it and then failed.
        for empty in made:
            with contextlib.suppress(OSError):
                empty.rmdir()


def manifest_content(
    edition: str, files: Mapping[str, bytes], configuration: Mapping[str, Any], version: str
) -> bytes:
    """manifest.json for `files`; its own "seal" is the hash of all the rest of it."""
    facts: dict[str, Any] = {
        "schema": MANIFEST_SCHEMA,
        "edition": edition,
        "tool": {"name": "brief", "version": version},
        "files": [
            {"path": path, "sha256": sha256(content).hexdigest(), "bytes": len(content)}
            for path, content in sorted(files.items())
        ],
        "configuration": without_secrets(configuration),
    }
    return _sealed(facts)


def _sealed(facts: Mapping[str, Any]) -> bytes:
    """The manifest of these facts as it stands in its file, with a seal over them."""
    seal = sha256(_canonical(facts)).hexdigest()
    return _canonical({**facts, "seal": seal})


def _canonical(facts: Mapping[str, Any]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def without_secrets(value: Any) -> Any:
    """The same value without what hangs on a key such as "password", or logs in to an address."""
    if isinstance(value, Mapping):
        return {
            str(key): "(left out)" if _SECRET.search(str(key)) and inner else without_secrets(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [without_secrets(inner) for inner in value]
    return _LOGIN.sub("", value) if isinstance(value, str) else value


def _version() -> str:
    try:
        return version_of("brief")
    except PackageNotFoundError:
        return "unknown"


def _files(
    folder: Path, edition: str, documents: Sequence[Document], articles: Sequence[Article]
) -> dict[str, bytes]:
    """Every file of the edition but the manifest, by its path in it; every name is checked."""
    if not _FOLDER_NAME.fullmatch(folder.name):
        raise DeliveryError(f"{folder}: no name for a brief's folder", hint="use a-z, 0-9 and -")
    if not EDITION_NAME.fullmatch(edition):
        raise DeliveryError(f"{edition!r}: no name for an edition", hint="use 2024-05-14T1200Z")
    files: dict[str, bytes] = {}
    for document in documents:
        is_taken = document.name.lower() in {name.lower() for name in (*files, MANIFEST)}
        if is_taken or not _FILE_NAME.fullmatch(document.name):
            raise DeliveryError(f"{document.name!r}: no name for a file of an edition")
        files[document.name] = document.content
    for article in articles:
        if not _ARTICLE_ID.fullmatch(article.id):
            raise DeliveryError(f"{article.id!r}: no name for an evidence file")
        files[f"evidence/{article.id}.txt"] = article.text.encode()
    return files


def _missing(folder: Path) -> tuple[Path, ...]:
    """The folder and those above it that do not exist yet, the innermost first."""
    return tuple(p for p in (folder, *folder.parents) if not os.path.lexists(p))


def _check_place(folder: Path, edition: str) -> None:
    latest, target = folder / "latest", folder / edition
    if os.path.lexists(latest) and not latest.is_symlink():
        raise DeliveryError(f"{latest}: not a link", hint="move it away")
    if os.path.lexists(target) and (target.is_symlink() or not target.is_dir()):
        raise DeliveryError(f"{target}: not a folder", hint="move it away")


def _place(folder: Path, edition: str, files: Mapping[str, bytes]) -> Path:
    target = folder / edition
    temporary = folder / f"{_TEMPORARY}{os.getpid()}-{edition}"
    link = folder / f"{_TEMPORARY}{os.getpid()}-latest"
    try:
        _write(temporary, files)
        # Made before the edition appears, so that a file system without links fails here.
        link.symlink_to(max([edition, *_editions(folder)]))
        _put(temporary, target)
        fault("edition-placed")
        link.replace(folder / "latest")
        fault("edition-linked")
        sync_folder(folder)
    finally:
        link.unlink(missing_ok=True)
        # After an exchange this is the old edition, after a failure the unfinished new one.
        shutil.rmtree(temporary, ignore_errors=True)
    return target


def _editions(folder: Path) -> list[str]:
    return [
        p.parent.name for p in folder.glob(f"*/{MANIFEST}") if EDITION_NAME.fullmatch(p.parent.name)
    ]


def _write(temporary: Path, files: Mapping[str, bytes]) -> None:
    temporary.mkdir()
    for path, content in files.items():
        file = temporary / path
        file.parent.mkdir(exist_ok=True)
        with file.open("xb") as stream:
            fault("edition-file")
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    for part in (*(p for p in temporary.iterdir() if p.is_dir()), temporary):
        sync_folder(part)
    fault("edition-written")


def _put(temporary: Path, target: Path) -> None:
    """Rename `temporary` to `target`; an edition that stands there is afterwards at `temporary`."""
    if not target.is_dir():
        temporary.rename(target)
    elif not _exchange(temporary, target):
        # Without an exchange there is a moment without this edition, but never with half of it.
        old = temporary.with_name(temporary.name + "-old")
        target.rename(old)
        try:
            temporary.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False where the system knows no such step."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or a C library without it
        return False
    names = os.fsencode(first), os.fsencode(second)
    if renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(code, os.strerror(code), str(second))


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Holds other runs off while this one writes in `folder`; False where nothing can hold them."""
    if sys.platform == "win32":
        yield False
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError:  # a file system without locks
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed have left; no run is writing here now."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot(folder: Path, error: OSError) -> str:
    causes = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EROFS: "the file system is read-only",
        errno.EACCES: "permission denied",
        errno.EPERM: "permission denied",
        errno.EEXIST: "a file is in the way",
        errno.ENOTDIR: "a file is in the way",
    }
    cause = causes.get(error.errno or 0, (error.strerror or str(error)).lower())
    return f"{folder}: the edition cannot be written: {cause}"
