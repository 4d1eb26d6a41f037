"""A file that a user wrote -> its text, or the mistake that it cannot be read."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from briefing.errors import ConfigError, Mistake

_LARGEST = 1_000_000  #: bytes; a thousand described sources are a quarter of it


def read_text(path: Path, shown: str) -> str:
    """The text at `path`; `shown` is what mistakes call the file.

    Raises FileNotFoundError when there is none, ConfigError when it cannot be read or is no UTF-8.
    """
    return _decode(_read(path, shown), shown)


def _read(path: Path, shown: str) -> bytes:
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            reason = "is a folder" if S_ISDIR(status.st_mode) else "is not a regular file"
            raise ConfigError([Mistake(shown, 0, 0, "", reason)])
        if status.st_size > _LARGEST:
            reason = f"is larger than {_LARGEST:,} bytes"
            raise ConfigError([Mistake(shown, 0, 0, "", reason)])
        return path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise ConfigError([Mistake(shown, 0, 0, "", reason)]) from error


def _decode(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")) + 1
        message = f"byte {content[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        raise ConfigError([Mistake(shown, line, column, "", message)]) from error
