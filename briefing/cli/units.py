"""Where `brief` and a configuration are -> the units by which a system calls it every minute."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

SYSTEMD = """\
# ~/.config/systemd/user/{unit}.service
[Unit]
Description=brief: editions that are due, from {shown}

[Service]
Type=oneshot
WorkingDirectory={directory}
# One NAME=value a line, such as the password of the mail server; readable by you alone.
EnvironmentFile=-%h/.config/brief/environment
ExecStart={command} run --due --quiet --config {config}
# 1: made, but something could not be read, which the edition says itself.
SuccessExitStatus=1
TimeoutStartSec=30min

# ~/.config/systemd/user/{unit}.timer
[Unit]
Description=brief: look every minute for what is due

[Timer]
OnCalendar=*-*-* *:*:00
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target

# Then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {unit}.timer
#   loginctl enable-linger        # so that it runs while you are logged out
"""

CRONTAB = """\
# Every minute; brief knows itself what is due. Add it with: crontab -e
# What it says is mailed to MAILTO by cron, and is nothing as long as all is well.
# MAILTO=you@example.org
* * * * * cd {directory} && {command} run --due --quiet --config {config}
"""

GITHUB = """\
# .github/workflows/brief.yml
name: brief
on:
  schedule:
    - cron: "*/10 * * * *" # in UTC; brief knows itself what is due, and in which zone
  workflow_dispatch:
permissions:
  contents: read
concurrency: # of two at once the store lets one make each edition; this saves the second's time
  group: brief
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: sudo apt-get install --yes libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
      - uses: actions/checkout@v4 # of brief itself
        with:
          # The variable BRIEF_SOURCE of this repository: where the source is, as owner/name.
          repository: ${{{{ vars.BRIEF_SOURCE || github.repository }}}}
          path: .brief-source
      - run: pip install "./.brief-source[postgres]"
      - run: brief run --due --config {config}
        env:
          # A runner forgets everything; the store must be a database that does not.
          BRIEF_STORE: ${{{{ secrets.BRIEF_STORE }}}}
{secrets}"""


def systemd_units(command: str, config: Path) -> str:
    """A service and a timer of the user's systemd, with where each goes and how it is started."""
    plain = re.sub(r"[^a-z0-9]+", "-", config.parent.name.lower()).strip("-")[:40]
    unit = f"brief-{plain}" if plain else "brief"
    return SYSTEMD.format(
        unit=unit,
        shown=_specifiers(str(config)),
        directory=_specifiers(str(config.parent)),
        command=_systemd(command),
        config=_systemd(str(config)),
    )


def crontab_line(command: str, config: Path) -> str:
    """A line for the user's crontab."""
    quoted = [shlex.quote(each).replace("%", r"\%") for each in (str(config.parent), str(config))]
    return CRONTAB.format(
        directory=quoted[0], command=shlex.quote(command).replace("%", r"\%"), config=quoted[1]
    )


def github_workflow(config: str, variables: list[str]) -> str:
    """A workflow for GitHub; `variables` are those in which the configuration finds passwords."""
    secrets = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in variables)
    return GITHUB.format(config=shlex.quote(config), secrets=secrets)


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _systemd(text: str) -> str:
    """One word of a command line, as systemd reads it."""
    escaped = _specifiers(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if any(letter in text for letter in " \t'\";\\$") else escaped
