"""`brief verify`: an edition folder -> what in it does not hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import reporting, safe_text, say, start_logging
from briefing.cli.options import DebugOption, JsonOption

_SCHEMA = "brief-verify/1"


def verify(
    edition: Annotated[Path, typer.Argument(metavar="EDITION", help="An edition folder.")],
    is_json: JsonOption = False,
    debug: DebugOption = False,
) -> None:
    """Prove an edition again, from its files alone.

    Exit code 0 when everything holds, or 1 with a list of what does not.
    """
    from briefing.verify import verify_edition

    start_logging()
    with reporting(debug, code=2):
        findings = verify_edition(edition)
    if is_json:
        listed = [{"subject": each.subject, "reason": each.reason} for each in findings]
        say(json.dumps({"schema": _SCHEMA, "edition": str(edition), "findings": listed}))
    elif not findings:
        say(f"{safe_text(str(edition))}: everything holds")
    else:
        for finding in findings:
            say(f"{safe_text(finding.subject)}: {safe_text(finding.reason)}")
    raise typer.Exit(1 if findings else 0)
