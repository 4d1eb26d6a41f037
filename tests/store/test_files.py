"""F10, row 101: what is not a whole store of ours is refused and left as it is, byte for byte."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import StoreError
from briefing.store import files
from tests.store.rows import NOW, build, message, opened, states

PAGE = 4096


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its content, and every folder."""
    found = sorted(folder.rglob("*"))
    return {str(path): path.read_bytes() if path.is_file() else None for path in found}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A store with an edition and a big message, closed."""
    path = tmp_path / "state.sqlite3"
    with opened(path) as store:
        row = build(store, "2024-05-14", message())
        big = message("two@example.org")
        store.enqueue(
            row, [type(big)(big.recipient, "<2>", b"x" * 200_000, "mail")], now=row.first_claimed
        )
    return path


def empty(path: Path) -> None:
    path.write_bytes(b"")


def short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)


def torn(path: Path) -> None:
    os.truncate(path, path.stat().st_size - PAGE // 2)


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def header(path: Path) -> None:
    overwrite(path, 0, b"\0" * 100)


def first_page(path: Path) -> None:
    overwrite(path, 100, b"\xff" * 3000)


def one_page(path: Path) -> None:
    """The root page of the editions, zeroed: the header says nothing of it."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'brief_editions'"
        root = connection.execute(query).fetchone()[0]
    overwrite(path, (root - 1) * PAGE, b"\0" * PAGE)


def text(path: Path) -> None:
    path.write_text("briefs:\n  harbour: {}\n")


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


@pytest.mark.parametrize(
    "damage", [empty, short, truncated, torn, garbage, header, first_page, one_page, text]
)
def test_a_damaged_file_is_refused_and_kept(place: Path, damage: Callable[[Path], None]) -> None:
    damage(place)
    before = snapshot(place.parent)
    with pytest.raises(StoreError, match=r"state\.sqlite3: ") as caught:
        opened(place)
    assert "brief backup" in caught.value.hint
    assert str(place) in caught.value.hint
    assert snapshot(place.parent) == before


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE photographs (id INTEGER)")
        connection.commit()
    before = snapshot(tmp_path)
    with pytest.raises(StoreError, match="not a store of brief"):
        opened(place)
    assert snapshot(tmp_path) == before


def test_a_file_of_a_newer_program_is_refused(place: Path) -> None:
    overwrite(place, 60, (999).to_bytes(4, "big"))
    before = snapshot(place.parent)
    with pytest.raises(StoreError, match="newer brief") as caught:
        opened(place)
    assert "update brief" in caught.value.hint
    assert snapshot(place.parent) == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    before = snapshot(tmp_path)
    with pytest.raises(StoreError, match="is a folder"):
        opened(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "state.sqlite3")
    with pytest.raises(StoreError, match="not a regular file"):
        opened(tmp_path / "state.sqlite3")


def test_a_parent_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StoreError, match="out"):
        opened(tmp_path / "out" / "state.sqlite3")
    assert (tmp_path / "out").read_text() == "a file"


def test_a_log_without_its_file_is_refused(place: Path) -> None:
    log = place.with_name("state.sqlite3-wal")
    place.rename(log)  # what matters is that a log is there and the store is not
    before = snapshot(place.parent)
    with pytest.raises(StoreError, match="the file is gone"):
        opened(place)
    assert snapshot(place.parent) == before


@pytest.mark.skipif(os.getuid() == 0, reason="the superuser may write everything")
@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_without_the_right_to_write_is_refused(place: Path, mode: int) -> None:
    place.chmod(mode)
    with pytest.raises(StoreError, match="permission denied") as caught:
        opened(place)
    assert "`store:`" in caught.value.hint


def test_a_file_that_cannot_be_written_says_so(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As root every right is there, so the answer of the system is put in.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreError, match="permission denied"):
        opened(place)


def test_a_read_only_file_system_is_called_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Flags:
        f_flag = os.ST_RDONLY

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "statvfs", lambda _: Flags)
    with pytest.raises(StoreError, match="mounted read-only") as caught:
        opened(place)
    assert "right" not in caught.value.hint
    assert "`store:`" in caught.value.hint


@pytest.mark.parametrize("name", ["file/state.sqlite3", "x" * 300, "loop/state.sqlite3"])
def test_a_path_that_cannot_be_is_told_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(StoreError) as caught:
        opened(tmp_path / name)
    assert "Errno" not in str(caught.value)
    assert "`store:`" in caught.value.hint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


def test_a_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er" / "state.sqlite3"
    old = os.umask(0o000)
    try:
        opened(place).close()
    finally:
        os.umask(old)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [path.name for path in place.parent.iterdir()] == ["state.sqlite3"]


def test_the_file_says_whose_it_is(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone()[0] == files.APPLICATION_ID
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_file_that_vanishes_is_not_made_anew(place: Path) -> None:
    with opened(place) as store:
        store.close()  # give the connections back, so that the next one opens the file
        place.unlink()
        with pytest.raises(StoreError, match="unable to open"):
            store.editions()
    assert not place.exists()


def test_a_file_damaged_while_open_is_refused(place: Path) -> None:
    with opened(place) as store:
        store.close()
        one_page(place)
        with pytest.raises(StoreError, match="damaged") as caught:
            states(store)
        assert "brief backup" in caught.value.hint


def test_what_cannot_be_linked_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    place = tmp_path / "state.sqlite3"
    with opened(place) as store:
        store.backup(tmp_path / "copy.sqlite3", now=NOW)
        with pytest.raises(StoreError, match="is there already"):
            store.backup(tmp_path / "copy.sqlite3", now=NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", "state.sqlite3"]


def test_a_path_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    opened("~/state.sqlite3").close()
    assert (tmp_path / "state.sqlite3").is_file()


@pytest.mark.parametrize(
    "address",
    [
        "mysql://root:canary@localhost/state",
        "http://user:canary@example.org/",
        "://",
        "postgresql://user:canary@host:port/x",
    ],
)
def test_an_address_that_is_no_store_is_refused(address: str) -> None:
    with pytest.raises(StoreError) as caught:
        opened(address)
    assert "canary" not in f"{caught.value} {caught.value.hint}"
    assert "postgresql://" in caught.value.hint


def test_the_password_is_never_said(tmp_path: Path) -> None:
    address = f"postgresql://user:canary@127.0.0.1:1/state?options=canary&sslrootcert={tmp_path}"
    with pytest.raises(StoreError) as caught:
        opened(address, patience=timedelta(seconds=0.1).total_seconds())
    error: BaseException | None = caught.value
    while error is not None:
        assert "canary" not in str(error)
        error = error.__cause__
