"""F38: an older store is brought up to date in one step, after a copy, or stays what it was."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from briefing.errors import StoreError
from briefing.store import files
from briefing.store import server as server_store
from briefing.store.migrations import MIGRATIONS, Migration
from briefing.store.schema import METADATA
from tests.store.postgresql import Server
from tests.store.rows import NOW, build, message, opened, states, take

#: What a later program might do: change a table, and fill what is new.
NEXT = (
    *MIGRATIONS,
    Migration(
        MIGRATIONS[-1].number + 1,
        "editions have a colour",
        (
            "ALTER TABLE brief_editions ADD COLUMN colour {text} NOT NULL DEFAULT 'grey'",
            "UPDATE brief_editions SET colour = 'blue' WHERE state = 'built'",
        ),
    ),
)
BROKEN = (
    *NEXT,
    Migration(NEXT[-1].number + 1, "cannot be done", ("UPDATE brief_colours SET hue = 1",)),
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of today's program, with an edition."""
    path = tmp_path / "state.sqlite3"
    with opened(path) as store:
        build(store, "2024-05-14", message())
    return path


def colours(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT colour FROM brief_editions")]


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_the_steps_lead_to_the_tables_that_the_program_knows(location: str | Path) -> None:
    opened(location).close()
    is_file = isinstance(location, Path)
    url = f"sqlite:///{location}" if is_file else server_store.parse(str(location))
    engine = create_engine(url)
    found = inspect(engine)
    ours = {name for name in found.get_table_names() if name.startswith("brief_")}
    assert ours == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        wanted = {column.name: column.nullable for column in table.c}
        if is_file:  # which lets a text key be NULL, unless told otherwise
            columns |= {column.name: False for column in table.primary_key}
        assert columns == wanted, name
        targets = {key["referred_table"] for key in found.get_foreign_keys(name)}
        assert targets == {key.column.table.name for key in table.foreign_keys}
    engine.dispose()


def test_an_older_store_is_copied_and_brought_up_to_date(old: Path) -> None:
    files.prepare(old, now=NOW, patience=5, migrations=NEXT)
    assert colours(old) == ["blue"]
    assert version(old) == NEXT[-1].number
    copy = old.with_name(f"state.sqlite3.schema-{MIGRATIONS[-1].number}-20240514T114400Z.bak")
    assert sorted(path.name for path in old.parent.iterdir()) == [old.name, copy.name]
    with opened(copy) as store:  # which today's program can go on with
        assert states(store) == ["queued"]


def test_the_first_schema_becomes_todays_with_all_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    files.prepare(path, now=NOW, patience=5, migrations=MIGRATIONS[:1])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO brief_editions VALUES (1, 'harbour', '2024-05-14', 'built', 1, 1, '', '',"
            " '', '', '', NULL, '2024-05-14T07:44:00.000000Z', '2024-05-14T07:45:00.000000Z')"
        )
        connection.execute(
            "INSERT INTO brief_outbox VALUES (7, 1, 'ana@example.org', 'harbour/mail', '<1>',"
            " x'00', 1, 'queued', 0, NULL, '', '2024-05-14T07:45:00.000000Z',"
            " '2024-05-14T07:45:00.000000Z', '', '', NULL)"
        )
    with opened(path) as store:
        (row,) = store.outbox()
        # Nobody wrote down who asked for it, so no configuration takes it from anybody.
        assert (row.id, row.state, row.is_listed, row.is_held) == (7, "queued", False, False)
        assert store.left_out_of(1) == ()
        assert take(store).id == 7
    (copy,) = tmp_path.glob("*.bak")
    with opened(copy) as store:  # the copy that was made first knows what it is
        assert store.settle_copy(now=NOW) == (7,)


def test_the_migrated_store_is_refused_by_the_older_program(old: Path) -> None:
    files.prepare(old, now=NOW, patience=5, migrations=NEXT)
    before = old.read_bytes()
    with pytest.raises(StoreError, match="newer brief") as caught:
        opened(old)
    assert ".bak" in caught.value.hint
    assert old.read_bytes() == before


def test_nothing_is_copied_when_nothing_is_to_do(old: Path) -> None:
    files.prepare(old, now=NOW, patience=5)
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_a_second_copy_gets_a_name_of_its_own(old: Path) -> None:
    for _ in range(2):
        with pytest.raises(StoreError):
            files.prepare(old, now=NOW, patience=5, migrations=BROKEN)
    copies = sorted(path.name for path in old.parent.glob("*.bak"))
    assert [name.rpartition("T")[2] for name in copies] == ["114400Z-2.bak", "114400Z.bak"]


def test_all_steps_are_taken_or_none(old: Path) -> None:
    with pytest.raises(StoreError, match="no such table"):
        files.prepare(old, now=NOW, patience=5, migrations=BROKEN)
    assert version(old) == MIGRATIONS[-1].number
    with opened(old) as store:
        assert states(store) == ["queued"]


def test_a_kill_in_the_middle_leaves_the_old_store(old: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from briefing.store import files
from tests.store.test_migrations import NEXT, NOW
real = files.migrate
def migrate_and_die(execute, *arguments, **options):
    real(execute, *arguments, **options)
    execute("PRAGMA cache_spill = 1")
    os.kill(os.getpid(), signal.SIGKILL)
files.migrate = migrate_and_die
files.prepare(Path({str(old)!r}), now=NOW, patience=5, migrations=NEXT)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == -signal.SIGKILL
    with opened(old) as store:
        assert states(store) == ["queued"]
    assert version(old) == MIGRATIONS[-1].number
    files.prepare(old, now=NOW, patience=5, migrations=NEXT)
    assert colours(old) == ["blue"]


def test_one_of_many_migrates(old: Path) -> None:
    program = f"""
from pathlib import Path
from briefing.store import files
from tests.store.test_migrations import NEXT, NOW
files.prepare(Path({str(old)!r}), now=NOW, patience=30, migrations=NEXT)
"""
    command = [sys.executable, "-c", program]
    started = [subprocess.Popen(command, cwd=Path(__file__).parents[2]) for _ in range(4)]
    assert [process.wait(60) for process in started] == [0] * 4
    assert colours(old) == ["blue"]
    assert len(list(old.parent.glob("*.bak"))) == 1


def test_the_header_says_so_while_others_have_the_store_open(old: Path) -> None:
    with closing(sqlite3.connect(old)) as other:
        other.execute("SELECT count(*) FROM brief_editions").fetchall()
        files.prepare(old, now=NOW, patience=5, migrations=NEXT)
        # An older program reads this before it lets SQLite touch the file.
        assert int.from_bytes(old.read_bytes()[60:64], "big") == NEXT[-1].number


def test_one_of_many_makes_the_tables_on_a_server(server: Server) -> None:
    for _ in range(3):
        address = server.new_schema()
        together = threading.Barrier(8)

        def open_one(address: str = address, together: threading.Barrier = together) -> str:
            together.wait()
            with opened(address) as store:
                return store.instance_id

        with ThreadPoolExecutor(8) as pool:
            names = [pool.submit(open_one) for _ in range(8)]
        assert len({name.result() for name in names}) == 1


def with_steps(monkeypatch: pytest.MonkeyPatch, steps: Sequence[Migration]) -> None:
    """Let the program know these migrations, as a later one would."""
    monkeypatch.setattr(server_store, "prepare", partial(server_store.prepare, migrations=steps))


def test_a_server_takes_all_steps_or_none(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.new_database()
    with opened(address) as store:
        row = build(store, "2024-05-14", message())
        name = store.instance_id
    with_steps(monkeypatch, BROKEN)
    with pytest.raises(StoreError, match="brief_colours"):
        opened(address)
    monkeypatch.undo()
    with opened(address) as store:
        assert store.editions() == (row,)
    with_steps(monkeypatch, NEXT)
    with opened(address) as store:
        assert store.editions() == (row,)
        assert store.instance_id == name
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer brief"):
        opened(address)


def test_a_server_with_tables_of_that_name_is_refused(server: Server) -> None:
    address = server.new_database()
    engine = create_engine(server_store.parse(address))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE brief_photographs (id INTEGER)")
    with pytest.raises(StoreError, match="not a store of brief"):
        opened(address)
    assert inspect(engine).get_table_names() == ["brief_photographs"]
    engine.dispose()
