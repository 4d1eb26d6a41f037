"""SmtpSpec -> the password it names, from the environment, a file or a command; kept nowhere."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from briefing.config.delivery import SmtpSpec
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
        place = smtp.password_file
        password = _from_file(root / place, place)
    elif smtp.password_command is not None:
        place = "password_command"
        password = _from_command(smtp.password_command, root, patience)
    else:
        return None
    password = password.split("\n", 1)[0].rstrip("\r")
    if not password or any(ord(letter) < 32 for letter in password):
        raise DeliveryError(f"{smtp.host}: {place} holds no password in its first line")
    return password


def _from_file(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(_MOST_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DeliveryError(f"{shown}: the password is not UTF-8") from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise DeliveryError(f"{shown}: the password cannot be read: {reason}") from error


def _from_command(command: str, root: Path, patience: float) -> str:
    try:
        words = shlex.split(command)
        # Its stderr is not shown: a password helper may repeat there what it was given.
        done = subprocess.run(
            words, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience
        )
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"password_command: no answer in {patience:g} s") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be taken apart into words"
        raise DeliveryError(f"password_command: {reason.lower()}") from error
    if done.returncode != 0:
        raise DeliveryError(f"password_command: ended with {done.returncode}")
    try:
        return done.stdout[:_MOST_BYTES].decode("utf-8")
    except UnicodeDecodeError as error:
        raise DeliveryError("password_command: what it printed is not UTF-8") from error
