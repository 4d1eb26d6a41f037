"""A folder that recurs: a configuration, articles by the day, and a mail server for it.

Run as a program, it is `brief` at another time: `python -m tests.recurring_site TIME ARGUMENT…`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Self

from tests.deliverers.servers import Login, Sink, run_sink

ROOT = Path(__file__).parents[1]
PASSWORD = "canary-3f9a1c-password"
RECIPIENTS = ("ana@example.org", "bo@example.org", "cy@example.org")

CONFIG = """\
store: {store}
briefs:
  harbour:
    title: Harbour talks
    formats: [markdown, json]
    sources: [{{path: articles/*.txt}}]
    sections:
      - {{title: Talks, description: Talks about the harbour, keywords: [harbour, talks, union]}}
    schedule: {{cron: "{cron}"{schedule}}}
    deliver:
      - mail:
          to: [ana@example.org, bo@example.org]
          bcc: [cy@example.org]
          from: Harbour desk <brief@example.org>
          attach: []
          smtp:
            {{host: localhost, port: {port}, tls: none, user: desk, password_env: SITE_PASSWORD}}
          {mail}
      - folder: {{path: copies}}
"""

ARTICLE = """\
---
title: Harbour talks, part {number}
publisher: The Quay Courier
published: {published}
---

The union of dock workers and the harbour authority held round {number} of their talks. \
About {count} workers stayed out of the harbour on that day. \
A mediator said that round {number} of the talks had been useful to the union.
"""


def write_config(
    folder: Path,
    *,
    port: int = 25,
    cron: str = "44 7 * * *",
    store: str = "state.sqlite3",
    schedule: str = "",
    mail: str = "",
) -> Path:
    """The configuration of the site; `schedule` and `mail` are further keys."""
    path = folder / "config.yaml"
    text = CONFIG.format(port=port, cron=cron, store=store, schedule=schedule, mail=mail)
    path.write_text(text, encoding="utf-8")
    return path


def write_article(folder: Path, number: int, published: str) -> Path:
    """An article of the site, unlike every other."""
    path = folder / "articles" / f"round-{number:04}.txt"
    path.parent.mkdir(exist_ok=True)
    text = ARTICLE.format(number=number, published=published, count=100 + number)
    path.write_text(text, encoding="utf-8")
    return path


class MailServer:
    """A real server on the loopback that asks for the password and keeps what it takes."""

    def __init__(self) -> None:
        self.sink = Sink()
        self._controller = run_sink(self.sink, login=Login("desk", PASSWORD))

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    @property
    def copies(self) -> Counter[tuple[str, str]]:
        """How often each recipient was given each message, by its Message-ID."""
        return Counter(
            (recipient, str(message_from_bytes(content)["Message-ID"]))
            for recipient, content in self.sink.taken
        )


@dataclass(frozen=True)
class Ended:
    """How a `brief` ended."""

    code: int
    stdout: str
    stderr: str


def start_brief(folder: Path, now: str, *arguments: str, fault: str = "") -> subprocess.Popen[str]:
    """`brief ARGUMENT…` in `folder`, at the time `now`, with something that goes wrong."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ},
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "SITE_PASSWORD": PASSWORD,
        "BRIEF_FAULTS_ALLOWED": "1",
        "BRIEF_FAULT": fault,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.recurring_site", now, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end_of(process: subprocess.Popen[str]) -> Ended:
    stdout, stderr = process.communicate(timeout=120)
    return Ended(process.returncode, stdout, stderr)


def run_brief_at(folder: Path, now: str, *arguments: str, fault: str = "") -> Ended:
    return end_of(start_brief(folder, now, *arguments, fault=fault))


def main() -> int:
    """`brief` at the time of the first argument."""
    import time_machine

    from briefing.cli import main as brief

    signal.signal(signal.SIGINT, signal.default_int_handler)
    with time_machine.travel(datetime.fromisoformat(sys.argv[1]), tick=True):
        return brief(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
