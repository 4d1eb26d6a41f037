"""Killed at every point where anything changes, then started again: nothing twice, nothing lost."""

from __future__ import annotations

import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from briefing.cli.run import code_of
from briefing.config import load_config
from briefing.recurring import run_due
from briefing.store import open_store
from briefing.store.rows import EditionRow, OutboxRow
from briefing.verify import verify_edition
from tests.recurring_site import (
    PASSWORD,
    RECIPIENTS,
    ROOT,
    Ended,
    MailServer,
    end_of,
    run_brief_at,
    start_brief,
    write_article,
    write_config,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # on loopback
]

FAULTS = sorted(
    {
        name
        for path in (ROOT / "briefing").rglob("*.py")
        for name in re.findall(r'\bfault\("([a-z-]+)"\)', path.read_text(encoding="utf-8"))
        if path.name != "export.py"  # no run exports; tests/test_export.py kills there
    }
)
#: Killed there, nobody can know whether the server took the message.
AFTER_DATA = {"deliver-transmitting", "deliver-content-sent", "deliver-answered"}
#: Reached by another command alone, and tested with it.
ELSEWHERE = {"export-file"}
#: Reached only when a message in doubt is to be sent again.
AGAIN = {"deliver-again"}

FIRST, SOON, LATER, EVENING = (
    f"2024-05-14T{clock}+00:00" for clock in ("07:45", "07:46", "08:30", "18:00")
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITE_PASSWORD", PASSWORD)
    write_config(tmp_path, port=server.port)
    for number in (1, 2):
        write_article(tmp_path, number, f"2024-05-14T0{number}:00Z")
    return tmp_path


class Aftermath:
    """What a site looks like once everything has settled, and the invariants of that."""

    def __init__(self, site: Path, server: MailServer, ended: list[Ended]) -> None:
        self.site, self.ended, self.server = site, ended, server
        now = datetime.fromisoformat(EVENING)
        with open_store(site / "state.sqlite3", now=now) as store:
            self.editions: tuple[EditionRow, ...] = store.editions()
            self.messages: tuple[OutboxRow, ...] = store.outbox()
            self.used = store.used_articles("harbour")
        self.mails = [row for row in self.messages if "@" in row.recipient]

    def check(self, *, most_copies: int = 1) -> None:
        self.files_are_whole()
        self.nobody_has_it_twice(most_copies)
        self.every_message_is_accounted_for()
        self.every_period_is_settled()
        self.store_is_sound()
        self.nothing_is_left_behind()
        self.no_secret_is_told()

    def files_are_whole(self) -> None:  # I1
        folders = [p for p in self.site.glob("out/harbour/2*") if p.is_dir()]
        assert [folder.name for folder in folders] == ["2024-05-14T0744Z"]
        for folder in (*folders, *self.site.glob("copies/harbour/2*")):
            assert verify_edition(folder) == ()
        assert (self.site / "out/harbour/latest").resolve() == folders[0]

    def nobody_has_it_twice(self, most: int) -> None:  # I2
        taken = self.server.copies
        assert all(count <= most for count in taken.values()), taken
        assert len({message_id for _, message_id in taken}) <= len(RECIPIENTS)

    def every_message_is_accounted_for(self) -> None:  # I3
        assert sorted({row.recipient for row in self.mails}) == list(RECIPIENTS)
        took = {recipient for recipient, _ in self.server.sink.taken}
        for row in self.mails:
            assert row.state in ("sent", "unknown", "dropped")
            assert row.state != "sent" or row.recipient in took
        told = {row.recipient for row in self.mails if row.state in ("sent", "unknown")}
        assert told == set(RECIPIENTS)

    def every_period_is_settled(self) -> None:  # I4, I6
        assert [(row.period, row.state, row.number) for row in self.editions] == [
            ("2024-05-14", "built", 1)
        ]
        assert len(self.used) == 2

    def store_is_sound(self) -> None:  # I5
        with sqlite3.connect(self.site / "state.sqlite3") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()

    def nothing_is_left_behind(self) -> None:  # I8
        assert [p for p in self.site.rglob("*") if p.name.startswith(".tmp-")] == []

    def no_secret_is_told(self) -> None:  # I7
        written = [p for p in self.site.rglob("*") if p.is_file()]
        assert [p for p in written if PASSWORD.encode() in p.read_bytes()] == []
        assert not any(PASSWORD in each.stdout + each.stderr for each in self.ended)
        assert not any(PASSWORD.encode() in content for _, content in self.server.sink.taken)


def go_on(site: Path, *times: str) -> list[int]:
    """The exit codes of further runs, in this process, which is quicker than one of their own."""
    config = load_config(site / "config.yaml")
    codes = []
    for moment in map(datetime.fromisoformat, times):
        with open_store(site / "state.sqlite3", now=moment) as store:
            clock = partial(datetime.fromtimestamp, moment.timestamp(), UTC)
            done = run_due(config, store=store, clock=clock, owner=f"next {moment}")
        codes.append(code_of(done))
    return codes


def test_the_names_are_found_and_are_all_different() -> None:
    assert len(FAULTS) >= 20
    named = re.findall(
        r'\bfault\("([a-z-]+)"\)',
        "".join(p.read_text(encoding="utf-8") for p in (ROOT / "briefing").rglob("*.py")),
    )
    assert len(named) == len(set(named))
    assert set(FAULTS) < set(named)


def test_without_a_fault_everything_arrives_once(site: Path, server: MailServer) -> None:
    ended = [run_brief_at(site, moment, "run", "--due") for moment in (FIRST, SOON)]
    assert [each.code for each in ended] == [0, 0]
    assert go_on(site, LATER, EVENING) == [0, 0]
    after = Aftermath(site, server, ended)
    after.check()
    assert {row.state for row in after.messages} == {"sent"}
    assert ended[0].stdout == f"{site}/out/harbour/2024-05-14T0744Z\n"
    assert ended[1].stdout == ""


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in AGAIN | ELSEWHERE])
def test_killed_anywhere_it_goes_on(name: str, site: Path, server: MailServer) -> None:
    killed = run_brief_at(site, FIRST, "run", "--due", fault=f"{name}:kill")
    assert killed.code == -signal.SIGKILL, f"{name} was never reached: {killed.stderr}"
    codes = go_on(site, SOON, LATER, EVENING)
    after = Aftermath(site, server, [killed])
    after.check()
    unknown = [row for row in after.messages if row.state == "unknown"]
    assert len(unknown) == (1 if name in AFTER_DATA else 0)
    # I9: the run that finds a message in doubt says so, and nothing else went wrong.
    assert max(codes) == (4 if unknown else 0)


@pytest.mark.parametrize("name", sorted(AGAIN))
def test_killed_while_a_message_in_doubt_is_sent_again(
    name: str, site: Path, server: MailServer
) -> None:
    write_config(site, port=server.port, mail="on_unknown: resend")
    first = run_brief_at(site, FIRST, "run", "--due", fault="deliver-answered:kill")
    killed = run_brief_at(site, LATER, "run", "--due", fault=f"{name}:kill")
    assert killed.code == -signal.SIGKILL, killed.stderr
    go_on(site, "2024-05-14T09:30+00:00", EVENING)
    Aftermath(site, server, [first, killed]).check(most_copies=2)


@pytest.mark.parametrize("kind", ["raise", "enospc"])
@pytest.mark.parametrize(
    "name", ["runner-read", "edition-file", "edition-written", "run-composed", "deliver-answered"]
)
def test_an_error_anywhere_leaves_what_can_go_on(
    name: str, kind: str, site: Path, server: MailServer
) -> None:
    failed = run_brief_at(site, FIRST, "run", "--due", fault=f"{name}:{kind}")
    assert failed.code in (3, 5)
    go_on(site, SOON, LATER, EVENING)
    after = Aftermath(site, server, [failed])
    after.check()
    unknown = [row for row in after.messages if row.state == "unknown"]
    assert len(unknown) == (1 if name in AFTER_DATA else 0)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("name", ["run-claimed", "runner-read", "edition-file", "run-built"])
def test_a_signal_while_building_frees_the_edition_at_once(
    name: str, number: int, code: int, site: Path, server: MailServer
) -> None:
    kind = "int" if number == signal.SIGINT else "term"
    stopped = run_brief_at(site, FIRST, "run", "--due", fault=f"{name}:{kind}")
    assert stopped.code == code, stopped.stderr
    assert go_on(site, FIRST) == [0]
    Aftermath(site, server, [stopped]).check()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize(
    "name", ["deliver-claimed", "deliver-recipient-accepted", "deliver-transmitting"]
)
def test_a_signal_while_sending_lets_the_message_be_finished(
    name: str, number: int, code: int, site: Path, server: MailServer
) -> None:
    kind = "int" if number == signal.SIGINT else "term"
    stopped = run_brief_at(site, FIRST, "run", "--due", fault=f"{name}:{kind}")
    assert stopped.code == code, stopped.stderr
    assert len(server.sink.taken) == 1
    assert go_on(site, SOON) == [0]
    after = Aftermath(site, server, [stopped])
    after.check()
    assert {row.state for row in after.messages} == {"sent"}


def test_a_second_signal_ends_it_at_once_and_the_message_is_held(
    site: Path, server: MailServer
) -> None:
    process = start_brief(site, FIRST, "run", "--due", fault="deliver-answered:sleep:60")
    deadline = time.monotonic() + 60
    while not server.sink.taken and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    stopped = end_of(process)
    assert stopped.code == 143
    go_on(site, SOON, LATER)
    after = Aftermath(site, server, [stopped])
    after.check()
    assert len([row for row in after.messages if row.state == "unknown"]) == 1
