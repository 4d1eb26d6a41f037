"""Print documents -> measures and PDF, by a process of its own with limits on time and memory."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from threading import Timer
from types import TracebackType
from typing import Any, Self

from briefing.errors import RenderError
from briefing.renderers.fonts import faces
from briefing.renderers.typesetting import receive, send

LIBRARY_HINT = "install Pango and HarfBuzz: docs/install.md has the line for your system"
MEGABYTE = 2**20
PROGRAM = Path(__file__).with_name("typesetting.py")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take."""

    seconds: float = 120
    megabytes: int = 2048  #: of address space; not bounded on Windows


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    description: str
    text: str
    created: str  #: ISO 8601


@dataclass(frozen=True, slots=True)
class Measure:
    """How a document falls on pages."""

    pages: int
    anchors: Mapping[str, tuple[int, float]]  #: page from 1, and px from its upper edge


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF."""

    content: bytes
    missing: frozenset[str]  #: characters that no font on this machine has


class Typesetter:
    """Lays out one document after another; started early, it is ready when it is needed.

    Used as a context, which ends it; it begins with `start` or the first request. A request that
    fails or passes a limit raises RenderError; the next one starts it anew.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: Timer | None = None
        self._is_asked = False
        self._is_late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to get ready, and return at once."""
        self._started()

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._timer is not None:
            self._timer.cancel()
        self._is_asked = False
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        process.wait()

    def measure(self, text: str) -> Measure:
        """The pages that a document takes, and where its anchors stand."""
        self.begin_measuring(text)
        return self.finish_measuring()

    def begin_measuring(self, text: str) -> None:
        """Have a document measured; `finish_measuring` waits for it."""
        self._begin({"do": "measure"}, text)

    def finish_measuring(self) -> Measure:
        """The measure that was begun."""
        fields, _ = self._finish()
        return Measure(fields["pages"], {k: (n, y) for k, (n, y) in fields["anchors"].items()})

    def begin_writing(
        self, text: str, *, identifier: bytes, variant: str, attachments: tuple[Attachment, ...]
    ) -> None:
        """Have the PDF of a document made; `finish_writing` waits for it."""
        files = [
            {"name": a.name, "description": a.description, "text": a.text, "created": a.created}
            for a in attachments
        ]
        request = {
            "do": "write",
            "identifier": identifier.hex(),
            "variant": variant,
            "attachments": files,
        }
        self._begin(request, text)

    def finish_writing(self) -> Written:
        """The PDF that was begun."""
        fields, content = self._finish()
        if not content:
            raise RenderError("brief.pdf: WeasyPrint wrote nothing")
        return Written(content, frozenset(fields["missing"]))

    def _begin(self, request: Mapping[str, Any], text: str) -> None:
        if self._is_asked:  # and nobody came for the answer, which is not ours
            self.close()
        process = self._started()
        self._is_asked = True
        self._is_late = False
        self._timer = Timer(self.limits.seconds, self._stop)
        self._timer.daemon = True
        self._timer.start()
        if process.stdin is None:
            raise AssertionError("the process was started with a pipe")
        with suppress(BrokenPipeError):  # it died; why is told when its answer is asked for
            send(process.stdin, request, text.encode())

    def _finish(self) -> tuple[dict[str, Any], bytes]:
        process = self._started()
        if process.stdout is None:
            raise AssertionError("the process was started with a pipe")
        answer = receive(process.stdout)
        self._is_asked = False
        if self._timer is not None:
            self._timer.cancel()
        if answer is None:
            raise RenderError(f"brief.pdf: {self._why_it_died(process)}")
        fields, content = answer
        if "error" in fields:
            self.close()
            hint = LIBRARY_HINT if fields.get("is_library") else ""
            raise RenderError(f"brief.pdf: {fields['error'] or self._too_much()}", hint=hint)
        for note in fields["notes"]:
            logger.warning("%s", note)
        return fields, content

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            settings = {
                "fonts": {face.name: str(face.path) for face in faces()},
                "seconds": self.limits.seconds,
                "bytes": self.limits.megabytes * MEGABYTE,
            }
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(PROGRAM), json.dumps(settings)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        return self._process

    def _stop(self) -> None:
        self._is_late = True
        if self._process is not None:
            self._process.kill()

    def _why_it_died(self, process: subprocess.Popen[bytes]) -> str:
        code = process.wait()
        self.close()
        if self._is_late:
            return f"took longer than {self.limits.seconds:g} seconds and was stopped"
        name = Signals(-code).name if -code in set(Signals) else f"exit code {code}"
        return f"{self._too_much()}, or met an error that ended it ({name})"

    def _too_much(self) -> str:
        return f"needed more than {self.limits.megabytes:,} MB of memory"


def environment() -> dict[str, str]:
    """Ours, with the folders in which we find modules, and nothing but those."""
    folders = (path or str(Path.cwd()) for path in sys.path)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
