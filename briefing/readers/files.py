"""A source's path -> the files that it means, and the bytes of each, read with care."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.config import SourceSpec
from briefing.errors import SourceError

#: Largest file, in bytes.
LIMIT = 20_000_000

_WILD = frozenset("*?[")


def expand(source: SourceSpec, root: Path) -> tuple[Path, ...]:
    """The files that the path of `source` means, sorted by the bytes of their names.

    A relative path is from `root`. A folder means the files directly in it: a folder within is
    passed over, unless it has the name of an article. A glob may hold `**` for
    folders at any depth, and follows no links to folders. Hidden files are left out, unless a glob
    names them. No file is opened here.

    Raises SourceError when the source is an address, or a folder or glob without a file.
    """
    if source.path is None:
        raise SourceError(
            source.url or source.feed or "source",
            "addresses are not read yet",
            hint="save the page and give its path",
        )
    path = _absolute(source.path, root)
    try:
        if path.is_dir() and not _is_article_name(path):
            found = list(path.iterdir())
            return _kept(
                found,
                source.path,
                "an empty folder",
                hint="folders within are read by a glob: folder/**/*.txt",
            )
        if _WILD & set(source.path) and not os.path.lexists(path):
            return _kept(_matches(path), source.path, "no file matches")
    except (OSError, ValueError) as error:
        raise SourceError(shown(source.path), _cause(error)) from error
    return (path,)


def _absolute(path: str | Path, root: Path) -> Path:
    # Not resolved: a link keeps the name that the user gave it, and is judged when it is read.
    expanded = Path(path)
    with suppress(RuntimeError):  # no home folder is known
        expanded = expanded.expanduser()
    return Path(os.path.normpath(Path.cwd() / root / expanded))


def _kept(found: list[Path], given: str, nothing: str, *, hint: str = "") -> tuple[Path, ...]:
    names_hidden = any(part.startswith(".") and part.strip(".") for part in Path(given).parts)
    kept = [p for p in found if names_hidden or not p.name.startswith(".")]
    kept = [p for p in kept if p.is_symlink() or not p.is_dir() or _is_article_name(p)]
    if not kept:
        raise SourceError(shown(given), nothing, hint=hint)
    return tuple(sorted(kept, key=os.fsencode))


def _is_article_name(path: Path) -> bool:
    """Whether a folder is named like an article, so that passing over it would hide a mistake."""
    return path.suffix.lower() in (".txt", ".md", ".html", ".htm")


def _matches(pattern: Path) -> list[Path]:
    base = folder_of_pattern(pattern)
    wild = pattern.relative_to(base).as_posix()
    if wild.endswith("**"):
        wild += "/*"
    names_hidden = any(part.startswith(".") for part in Path(wild).parts)
    found = base.glob(wild)
    return [
        p
        for p in found
        if names_hidden or not any(part.startswith(".") for part in p.relative_to(base).parts)
    ]


def folder_of_pattern(pattern: Path) -> Path:
    """The part of a glob before its first wild card."""
    parts: list[str] = []
    for part in pattern.parts:
        if _WILD & set(part):
            break
        parts.append(part)
    return Path(*parts)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open file; closed when the block that uses it ends."""

    descriptor: int

    def __enter__(self) -> int:
        return self.descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)


def load_content(path: Path, source: SourceSpec, root: Path) -> bytes:
    """The bytes of `path`, one of the files that `source` means.

    Raises SourceError for what is missing, no regular file, unreadable, empty, larger than LIMIT,
    or a link out of the folder that the source names. Nothing but a regular file is opened.
    """
    subject = name_of(path, root)
    is_link = False
    try:
        is_link = path.is_symlink()
        _check_kind(path.stat().st_mode, subject)
        if is_link:
            _check_link(path, source, root, subject)
        # Not to hang should the file be exchanged for a pipe in between.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with _Opened(os.open(path, flags)) as descriptor:
            _check_kind(os.fstat(descriptor).st_mode, subject)
            content = b"".join(_pieces(descriptor))
    except OSError as error:
        raise SourceError(subject, _cause(error, is_link=is_link)) from error
    if len(content) > LIMIT:
        raise SourceError(subject, f"larger than {LIMIT // 1_000_000} MB")
    if not content:
        raise SourceError(subject, "empty")
    return content


def _pieces(descriptor: int) -> Iterator[bytes]:
    length = 0
    while length <= LIMIT and (piece := os.read(descriptor, 1 << 20)):
        length += len(piece)
        yield piece


def _check_link(path: Path, source: SourceSpec, root: Path, subject: str) -> None:
    target = path.resolve(strict=True)
    given = _absolute(source.path or "", root)
    folder = path.parent if given == path else given if given.is_dir() else folder_of_pattern(given)
    if not target.is_relative_to(folder.resolve()):
        raise SourceError(
            subject, "a link out of its folder", hint="name the file that it leads to"
        )


def _check_kind(mode: int, subject: str) -> None:
    if stat.S_ISDIR(mode):
        raise SourceError(subject, "a folder, not a file")
    if not stat.S_ISREG(mode):
        raise SourceError(subject, "not a regular file")


def _cause(error: OSError | ValueError, *, is_link: bool = False) -> str:
    if not isinstance(error, OSError):
        return f"not a usable path: {error}"
    if error.errno == errno.ENOENT:
        return "a link to a file that does not exist" if is_link else "no such file"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "permission denied"
    return (error.strerror or "cannot be read").lower()


def name_of(path: Path, root: Path) -> str:
    """The path as the user would write it: from `root` when it lies within, else in full."""
    full, base = _absolute(path, Path()), _absolute(root, Path())
    return shown(str(full.relative_to(base).as_posix() if full.is_relative_to(base) else full))


def shown(name: str) -> str:
    """A file name that is fit to print: what is no UTF-8, or invisible, as escapes."""
    name = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
