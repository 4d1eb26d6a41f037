"""`brief export`: an edition folder -> one file with all that is needed to check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import reporting, say, start_logging
from briefing.cli.options import DebugOption


def export(
    edition: Annotated[Path, typer.Argument(metavar="EDITION", help="An edition folder.")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="Where to; default: NAME-EDITION.zip in the working directory."
        ),
    ] = None,
    is_zip: Annotated[
        bool, typer.Option("--zip", help="As a zip file, the one form so far.")
    ] = False,
    debug: DebugOption = False,
) -> None:
    """Put an edition, its evidence and how to check it into one file.

    The same edition gives the same bytes. The last line on stdout is the file.
    """
    from briefing.export import export_zip

    start_logging()
    if not is_zip:
        raise typer.BadParameter("say in which form: --zip", param_hint="EDITION")
    if file is not None and file.is_dir() and not edition.is_dir():
        edition, file = file, edition  # `--zip FILE EDITION` reads as naturally
    with reporting(debug):
        say(str(export_zip(edition, file)))
