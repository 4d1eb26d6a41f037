"""The commands put together, and everything that can end one -> an exit code."""

from __future__ import annotations

import io
import logging
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, NoReturn

import typer

from briefing.cli.build import build
from briefing.cli.check import check, schema
from briefing.cli.console import complain, note, report, say
from briefing.cli.init import init
from briefing.cli.verify import verify
