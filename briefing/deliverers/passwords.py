"""SmtpSpec -> the password it names, from the environment, a file or a command; kept nowhere."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from briefing.config.delivery import SmtpSpec
from briefing.config.suggest import clip
from briefing.errors import DeliveryError

PATIENCE_SECONDS = 30
_MOST_BYTES = 4096


def read_password(
    smtp: SmtpSpec,
    *,
    root: Path,
    environment: Mapping[str, str],
    patience: float = PATIENCE_SECONDS,
) -> str | None:
    """The password, without a line end; None when nobody logs in.

    `root` is where relative paths start and where the command runs; no shell is between. Raises
    DeliveryError that names the place, never the password or what the command printed.
    """
    if smtp.password_env is not None:
        password, place = environment.get(smtp.password_env, ""), smtp.password_env
        if not password:
            raise DeliveryError(
                f"{smtp.host}: the environment variable {place} is not set",
                hint=f"set {place} where `brief` runs; docs/mail.md shows how for systemd",
            )
    elif smtp.password_file is not None:
        password = _from_file(root / smtp.password_file, smtp.password_file)
    elif smtp.password_command is not None:
        password = _from_command(smtp.password_command, root, patience)
    else:
        return None
    return password


def password_fault(key: str, value: str, *, root: Path, environment: Mapping[str, str]) -> str:
    """Why the password that `key: value` of a server names cannot be had; "" when it may.

    A command is looked for, not run; a pipe is not read, since it can be read once only.
    """
    if key == "password_env":
        return "" if environment.get(value) else f"the environment variable {value} is not set"
    try:
        if key == "password_command":
            _program(value, root)
        elif (root / value).is_dir():
            return f"{value} is a folder"
        elif (root / value).is_file() or not (root / value).exists():
            _from_file(root / value, value)
    except DeliveryError as error:
        return str(error).removeprefix(f"{key}: ")
    except OSError as error:
        return f"{value}: {(error.strerror or type(error).__name__).lower()}"
    return ""


def is_open_to_others(path: Path) -> bool:
    """Whether other users of this machine may read a file."""
    try:
        return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def _first_line(password: str, place: str) -> str:
    password = password.split("\n", 1)[0].rstrip("\r")
    if not password or any(ord(letter) < 32 for letter in password):
        raise DeliveryError(f"{place} holds no password in its first line")
    return password


def _from_file(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES)
        return _first_line(content.decode("utf-8"), shown)
    except UnicodeDecodeError as error:
        raise DeliveryError(f"{shown}: the password is not UTF-8") from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DeliveryError(f"{shown}: the password cannot be read: {reason}") from error


def _program(command: str, root: Path) -> list[str]:
    """The words of a command; DeliveryError when its program is nowhere."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise DeliveryError("password_command: it cannot be taken apart into words") from error
    program = words[0] if words else ""
    # A name with a slash is taken from the folder in which the command runs.
    place = str(root / program) if os.sep in program else program
    if not words or shutil.which(place) is None:
        raise DeliveryError(f"password_command: no program '{clip(program)}' can be found")
    return words


def _from_command(command: str, root: Path, patience: float) -> str:
    words = _program(command, root)
    try:
        # Its stderr is not shown: a password helper may repeat there what it was given.
        done = subprocess.run(
            words, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience
        )
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"password_command: no answer in {patience:g} s") from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DeliveryError(f"password_command: {reason}") from error
    if done.returncode:
        how = f"exit status {done.returncode}"
        if done.returncode < 0:
            how = f"signal {-done.returncode}"
        raise DeliveryError(f"password_command: ended with {how}; `{words[0]}` gave no password")
    try:
        return _first_line(done.stdout[:_MOST_BYTES].decode("utf-8"), "password_command")
    except UnicodeDecodeError as error:
        raise DeliveryError("password_command: what it printed is not UTF-8") from error
