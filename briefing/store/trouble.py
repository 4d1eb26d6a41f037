"""What a database driver complains of -> a StoreError that says what to do, without a secret."""

from __future__ import annotations

import errno

from briefing.errors import StoreError

RESTORE = (
    "the file was left as it is; to restore, move {name} away together with its -wal and -shm"
    " files and put a copy made by `brief backup` in its place"
)
_FULL = (
    "disk is full",
    "quota exceeded",
    "disk i/o error",
    "no space left",
    "could not extend file",
)
_LOCKED = ("database is locked", "database table is locked", "lock timeout", "lock_timeout")
_DAMAGED = ("malformed", "not a database", "file is encrypted", "corrupt", "no such table")
_READ_ONLY = ("readonly", "read-only", "unable to open database file", "permission denied")


_NO_PATH = {
    errno.ENOTDIR: "a file is in the way where a folder should be",
    errno.EEXIST: "a file is in the way where a folder should be",
    errno.ENAMETOOLONG: "the path is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.ENOENT: "its folder is not there, and cannot be made",
}


def damaged(name: str, why: str) -> StoreError:
    """The error for a store that must not be touched."""
    return StoreError(f"{name}: {why}", hint=RESTORE.format(name=name))


def store_error(name: str, cause: BaseException, *, secret: str = "") -> StoreError:
    """The error for what a driver raised; `secret` is never part of it."""
    said = " ".join(_reason(cause).split()) or type(cause).__name__
    if secret:
        said = said.replace(secret, "***")
    lowered = said.lower()
    if any(sign in lowered for sign in _DAMAGED):
        return damaged(name, f"the store is damaged ({said})")
    hint = ""
    if any(sign in lowered for sign in _LOCKED):
        said = f"another process has kept the store locked ({said})"
        hint = "nothing was changed; try again, or end the process that holds it"
    elif any(sign in lowered for sign in _FULL):
        said = f"the store cannot be written ({said})"
        hint = "nothing was changed; make room on that disk and run the same command again"
    elif isinstance(cause, OSError) and cause.errno == errno.EROFS:
        said = "the store cannot be written: it is on a file system that is mounted read-only"
        hint = "mount it for writing, or set `store:` to a file elsewhere"
    elif isinstance(cause, OSError) and cause.errno in _NO_PATH:
        hint = "name another path; that of the store stands in `store:` or BRIEF_STORE"
    elif any(sign in lowered for sign in _READ_ONLY):
        said = f"the store cannot be opened for writing ({said})"
        hint = "give this user the right to write the file and its folder, or set `store:`"
    return StoreError(f"{name}: {said}", hint=hint)


def _reason(cause: BaseException) -> str:
    """What a driver or the system says, without the system's number for it."""
    if isinstance(cause, OSError) and cause.errno is not None:
        plain = _NO_PATH.get(cause.errno) or (cause.strerror or "").lower()
        place = f" ({cause.filename})" if cause.filename else ""
        return f"{plain}{place}"
    return str(cause)
