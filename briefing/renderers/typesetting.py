"""A print document as HTML -> pages and PDF, in a process of its own: this file is that process.

It imports WeasyPrint and nothing of ours, so that it is ready while the brief is still being made.
It answers requests on its standard input until that is closed; `typesetter` asks them. A message
is a line of JSON with the lengths of what follows, then those bytes.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO
from urllib.error import URLError
from urllib.request import BaseHandler, Request
from urllib.response import addinfourl

if TYPE_CHECKING:
    from weasyprint import Document as Layout

FONT_SCHEME = "briefont"
MISSING_GLYPH = ".notdef glyph rendered"  #: how WeasyPrint's message on one begins


def main() -> None:
    """Answer requests until there are no more."""
    settings = json.loads(sys.argv[1])
    answers = keep_answers_apart()
    sys.excepthook = lambda kind, error, _: send(answers, {"error": last_words(kind, error)}, b"")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks for the work stops it
    limit_memory(settings["bytes"])
    notes = Notes()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(notes)
    logger.propagate = False
    with suppress(OSError, ImportError):
        import weasyprint  # noqa: F401  # early, while nobody waits; a failure is told when asked
    gc.disable()  # a layout makes next to no garbage, and a sixth of its time went into looking
    while (found := receive(sys.stdin.buffer)) is not None:
        request, content = found
        limit_time(settings["seconds"])
        answer, made = answer_one(request, content, settings["fonts"])
        answer |= {"missing": sorted(notes.missing), "notes": list(dict.fromkeys(notes.messages))}
        notes.clear()
        send(answers, answer, made)
        del content, answer, made
        gc.collect()  # while nobody waits


def answer_one(
    request: Mapping[str, Any], content: bytes, fonts: Mapping[str, str]
) -> tuple[dict[str, Any], bytes]:
    """What was asked for, or why WeasyPrint cannot be loaded.

    Any other error ends this process, with an answer that names it.
    """
    try:
        layout = lay_out(content.decode(), fonts)
        if request["do"] == "measure":
            return {"pages": len(layout.pages), "anchors": anchors(layout)}, b""
        return {}, write(layout, request)
    except OSError as error:
        if "weasyprint" in sys.modules:
            raise
        return {"error": first_line(error), "is_library": True}, b""


def lay_out(text: str, fonts: Mapping[str, str]) -> Layout:
    """The pages of a print document; nothing but our own fonts and inline data is ever fetched.

    `fonts` are the files of the faces by name.
    """
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data", FONT_SCHEME), allow_redirects=False)
    fetcher.add_handler(FontHandler(fonts))
    return HTML(string=text, url_fetcher=fetcher).render(font_config=FontConfiguration())


def write(layout: Layout, request: Mapping[str, Any]) -> bytes:
    """The PDF, tagged whatever its variant, with the attachments asked for."""
    from weasyprint import Attachment

    attachments = [
        Attachment(
            string=each["text"],
            name=each["name"],
            description=each["description"],
            created=datetime.fromisoformat(each["created"]).astimezone(UTC),
            modified=datetime.fromisoformat(each["created"]).astimezone(UTC),
            relationship="Data",
        )
        for each in request["attachments"]
    ]
    content = layout.write_pdf(
        pdf_identifier=bytes.fromhex(request["identifier"]),
        pdf_variant=request["variant"],
        pdf_tags=True,
        attachments=attachments,
    )
    return content or b""


def anchors(layout: Layout) -> dict[str, tuple[int, float]]:
    """Page, counted from 1, and distance from its upper edge in px of every anchor."""
    return {
        name: (number, place[1])
        for number, page in enumerate(layout.pages, 1)
        for name, place in page.anchors.items()
    }


class FontHandler(BaseHandler):
    """Answers `briefont:sans-600` with that face's file, and nothing else."""

    def __init__(self, fonts: Mapping[str, str]) -> None:
        self._fonts = fonts

    def briefont_open(self, request: Request) -> addinfourl:
        """The face named in the address; URLError when there is none of that name."""
        name = request.full_url.removeprefix(f"{FONT_SCHEME}:")
        if name not in self._fonts:
            raise URLError(f"no face {name!r}; known: {', '.join(self._fonts)}")
        headers = Message()
        headers["Content-Type"] = "font/ttf"
        content = BytesIO(Path(self._fonts[name]).read_bytes())
        return addinfourl(content, headers, request.full_url, 200)


class Notes(logging.Handler):
    """What WeasyPrint warns of: characters that no font has, apart from all else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.missing: set[str] = set()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        if str(record.msg).startswith(MISSING_GLYPH) and isinstance(record.args, tuple):
            self.missing.add(str(record.args[0]))
        else:
            self.messages.append(record.getMessage())


def limit_memory(size: int) -> None:
    """Bound this process's memory where the system can; dumps of it are never written."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):  # a lower limit is set already
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Bound what one request may compute, so that nothing goes on for ever without its master."""
    try:
        import resource
    except ImportError:  # Windows
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def keep_answers_apart() -> BinaryIO:
    """The standard output for answers alone; what a library prints there goes to the errors."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def send(stream: IO[bytes], fields: Mapping[str, Any], content: bytes) -> None:
    """Write one message."""
    head = json.dumps(fields).encode()
    stream.write(b"%d %d\n" % (len(head), len(content)) + head + content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None when there is no whole one."""
    lengths = stream.readline().split()
    if len(lengths) != 2:
        return None
    size, more = map(int, lengths)
    head, content = stream.read(size), stream.read(more)
    if len(head) < size or len(content) < more:
        return None
    fields: dict[str, Any] = json.loads(head)
    return fields, content


def last_words(kind: type[BaseException], error: BaseException) -> str:
    """An error in one line; empty when memory was all used up."""
    return "" if issubclass(kind, MemoryError) else f"{kind.__name__}: {first_line(error)}"


def first_line(error: BaseException) -> str:
    """What an error says, cut at its first line."""
    return next(iter(str(error).splitlines()), "")


if __name__ == "__main__":
    main()
