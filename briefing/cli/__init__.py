"""The `brief` command: arguments in, one line per error, exit code out."""

from briefing.cli.program import app, main

__all__ = ["app", "main"]
