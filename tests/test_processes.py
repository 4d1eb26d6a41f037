"""Eight `brief run --due` at the same moment: each edition once, each message once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.store import open_store
from tests.recurring_site import (
    PASSWORD,
    RECIPIENTS,
    MailServer,
    end_of,
    start_brief,
    write_article,
    write_config,
)
from tests.store.conftest import _server_once, location, server

__all__ = ["_server_once", "location", "server"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),  # on loopback
]

PROCESSES = 8
NOW = datetime(2024, 5, 14, 7, 45, tzinfo=UTC)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


def test_eight_at_once_make_each_edition_once(
    tmp_path: Path,
    location: str | Path,
    mail_server: MailServer,
) -> None:
    write_config(
        tmp_path,
        port=mail_server.port,
        cron="44 5-7 * * *",
        store=str(location),
        schedule=", catch_up: all, nothing_new: short, max_late: 2h",
    )
    write_article(tmp_path, 1, "2024-05-14T01:00Z")
    first = ["2024-05-14T05:44", "2024-05-14T06:44", "2024-05-14T07:44"]
    with open_store(location, now=NOW) as store:  # a new schedule has nothing to catch up on
        store.record_misfire("harbour", first[0], reason="before the test", now=NOW)
    with ExitStack() as stack:
        started = [
            stack.enter_context(start_brief(tmp_path, NOW.isoformat(), "run", "--due"))
            for _ in range(PROCESSES)
        ]
        ended = [end_of(process) for process in started]
    assert [each.code for each in ended] == [0] * PROCESSES, [each.stderr for each in ended]
    with open_store(location, now=NOW) as store:
        rows = store.editions("harbour")
        messages = store.outbox()
    assert [(row.period, row.state, row.attempts) for row in rows[:2]] == [
        (first[2], "built", 1),
        (first[1], "built", 1),
    ]
    assert sorted(row.number or 0 for row in rows[:2]) == [1, 2]
    assert set(mail_server.copies.values()) == {1}
    assert len(mail_server.copies) == 2 * len(RECIPIENTS)
    assert {row.state for row in messages} == {"sent"}
    assert not any(PASSWORD in each.stdout + each.stderr for each in ended)
    folders = [line for each in ended for line in each.stdout.splitlines()]
    assert len(folders) == len(set(folders)) == 2
