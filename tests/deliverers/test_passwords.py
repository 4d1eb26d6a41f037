"""Where passwords come from, and that no message about them holds one."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from briefing.deliverers.passwords import is_open_to_others, password_fault, read_password
from briefing.errors import DeliveryError
from tests.deliverers.editions import PASSWORD, make_smtp


def read(root: Path, environment: dict[str, str] | None = None, **given: Any) -> str | None:
    smtp = make_smtp(**({"user": "desk", **given} if given else {}))
    return read_password(smtp, root=root, environment=environment or {}, patience=5)


def script(root: Path, body: str) -> str:
    (root / "helper.py").write_text(body, encoding="utf-8")
    return f"'{sys.executable}' helper.py"


def test_nobody_logs_in_without_a_user(tmp_path: Path) -> None:
    assert read(tmp_path) is None


def test_from_the_environment(tmp_path: Path) -> None:
    assert read(tmp_path, {"MAIL": PASSWORD}, password_env="MAIL") == PASSWORD


def test_from_the_first_line_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(f"{PASSWORD}\r\nmore\r\n".encode())
    assert read(tmp_path, password_file="secret") == PASSWORD


def test_from_a_command(tmp_path: Path) -> None:
    command = script(
        tmp_path, f"import sys; sys.stdout.buffer.write({PASSWORD.encode()!r} + b'\\n')"
    )
    assert read(tmp_path, password_command=command) == PASSWORD


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"password_env": "MAIL"}, "the environment variable MAIL is not set"),
        ({"password_file": "nowhere"}, "nowhere: the password cannot be read: no such file"),
        ({"password_file": "empty"}, "empty holds no password in its first line"),
        ({"password_file": "binary"}, "binary: the password is not UTF-8"),
        ({"password_file": "control"}, "control holds no password in its first line"),
        (
            {"password_command": "no-such-program-here x"},
            "password_command: no program 'no-such-program-here' can be found",
        ),
        ({"password_command": "false"}, "password_command: ended with exit status 1"),
        ({"password_command": "true"}, "password_command holds no password in its first line"),
        ({"password_command": "'unended"}, "password_command: it cannot be taken apart"),
    ],
)
def test_what_cannot_be_had_is_named(tmp_path: Path, given: dict[str, Any], reason: str) -> None:
    (tmp_path / "empty").write_text("\nsecond line\n", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xfd\n")
    (tmp_path / "control").write_bytes(b"pass\x07word\n")
    with pytest.raises(DeliveryError) as caught:
        read(tmp_path, **given)
    assert reason in str(caught.value)


def test_a_command_that_fails_shows_nothing_of_what_it_said(tmp_path: Path) -> None:
    body = f"import sys; print('{PASSWORD}'); print('{PASSWORD}', file=sys.stderr); sys.exit(3)"
    with pytest.raises(DeliveryError, match="ended with exit status 3") as caught:
        read(tmp_path, password_command=script(tmp_path, body))
    assert PASSWORD not in repr(caught.value)


def test_a_command_that_does_not_end_is_ended(tmp_path: Path) -> None:
    smtp = make_smtp(
        user="desk",
        password_command=script(tmp_path, "input() if 0 else None\nimport time\ntime.sleep(60)"),
    )
    with pytest.raises(DeliveryError, match=r"no answer in 0\.2 s"):
        read_password(smtp, root=tmp_path, environment={}, patience=0.2)


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("password_env", "MAIL", ""),
        ("password_env", "NONE", "the environment variable NONE is not set"),
        ("password_file", "good", ""),
        ("password_file", "pipe", ""),
        ("password_file", "nowhere", "nowhere: the password cannot be read: no such file"),
        ("password_file", "empty", "empty holds no password in its first line"),
        ("password_file", "folder", "folder is a folder"),
        ("password_file", "good/below", "good/below: the password cannot be read: not a directory"),
        ("password_command", "./helper --x", ""),
        ("password_command", "cat good", ""),
        ("password_command", "./good", "no program './good' can be found"),
        ("password_command", "no-such-program-here", "no program 'no-such-program-here'"),
        ("password_command", "'unended", "it cannot be taken apart into words"),
    ],
)
def test_what_is_wrong_is_known_before_anything_is_sent(
    tmp_path: Path, key: str, value: str, fault: str
) -> None:
    (tmp_path / "good").write_text(PASSWORD, encoding="utf-8")
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "helper").write_text("#!/bin/sh\ntouch was-run\n", encoding="utf-8")
    (tmp_path / "helper").chmod(0o700)
    said = password_fault(key, value, root=tmp_path, environment={"MAIL": PASSWORD})
    assert said.startswith(fault)
    assert bool(said) == bool(fault)
    assert not (tmp_path / "was-run").exists()


def test_a_file_without_the_right_to_read_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As root every right is there, so the answer of the system is put in.
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "secret").write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    said = password_fault("password_file", "secret", root=tmp_path, environment={})
    assert said == "secret: the password cannot be read: permission denied"


def test_a_file_that_others_may_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch(0o600)
    assert not is_open_to_others(path)
    path.chmod(0o640)
    assert is_open_to_others(path)
    assert not is_open_to_others(tmp_path / "nowhere")
