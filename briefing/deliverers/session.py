"""Host and port -> a conversation in SMTP, each step of which ends within a bounded time.

smtplib waits for each byte anew, so that a server which sends one a second holds it for ever.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from types import TracebackType
from typing import Self
from unicodedata import category

_LINE_LIMIT = 2048  #: bytes; RFC 5321 allows 512
_LINES_LIMIT = 100
_REPLY_LIMIT = 500  #: characters that are kept
_CHUNK = 16_384
_CODE = re.compile("[2-5][0-9][0-9]")


class LineLost(Exception):
    """The other side is not there, went away, or does not speak SMTP."""


class Silence(LineLost):
    """The other side did not answer in time."""

    def __init__(self) -> None:
        super().__init__("no answer in time")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each step may take, in seconds."""

    connect: float = 30.0
    command: float = 60.0  #: from a command to the whole of its reply
    opening: float = 300.0  #: all commands before the content together
    content: float = 600.0  #: handing over the content
    verdict: float = 600.0  #: after the final dot; a short one makes duplicates (RFC 1047)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """`250 queued as 1A2B`, in one line, without controls."""
        words = " ".join(f"{self.code} {' '.join(self.lines)}".split())
        return words if len(words) <= _REPLY_LIMIT else words[: _REPLY_LIMIT - 1] + "…"

    @property
    def is_done(self) -> bool:
        """2xx."""
        return 200 <= self.code < 300


class Session:
    """A line to a mail server; a context manager that hangs up."""

    def __init__(self, host: str, port: int, limits: Limits, clock: Callable[[], float]) -> None:
        self.host, self.port, self.limits, self._clock = host, port, limits, clock
        self._socket: socket.socket | None = None
        self._received = b""
        self._end = clock() + limits.connect
        self._opening_ends = clock() + limits.connect + limits.opening

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.close()
            self._socket = None

    @property
    def is_encrypted(self) -> bool:
        """Whether what is said cannot be overheard."""
        return isinstance(self._socket, ssl.SSLSocket)

    @property
    def is_local(self) -> bool:
        """Whether the other side really is this machine."""
        try:
            return ip_address(str(self._line.getpeername()[0]).partition("%")[0]).is_loopback
        except (OSError, ValueError):
            return False

    def connect(self) -> None:
        """Reach the server at any of its addresses; LineLost when none answers in time."""
        self._end = self._clock() + self.limits.connect
        try:
            places = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise LineLost(f"no such host: {_lost(error)}") from error
        cause: Exception = OSError("no address")
        for tried, (family, kind, protocol, _, address) in enumerate(places):
            line = socket.socket(family, kind, protocol)
            try:
                # A share each: where one family of addresses leads nowhere, the other is reached.
                line.settimeout(self._left() / (len(places) - tried))
                line.connect(address)
            except (OSError, LineLost) as error:
                line.close()
                cause = error
            else:
                self._socket = line
                return
        raise LineLost(f"cannot be reached: {_lost(cause)}") from cause

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Go on over TLS; ssl.SSLError when the certificate does not hold."""
        if self._received:
            # Said in clear before the switch, to be taken for part of the encrypted talk.
            raise LineLost("said more than its reply before TLS began")
        self.allow(self.limits.command)
        line = self._line
        line.settimeout(self._left())
        try:
            self._socket = context.wrap_socket(line, server_hostname=self.host)
        except ssl.SSLError:
            raise
        except (OSError, ValueError) as error:
            raise LineLost(f"TLS did not begin: {_lost(error)}") from error

    def command(self, words: str, *, seconds: float | None = None) -> Reply:
        """Say one line and hear the reply."""
        self.allow(self.limits.command if seconds is None else seconds)
        self.write(words.encode("ascii") + b"\r\n")
        return self.reply()

    def allow(self, seconds: float, *, is_opening: bool = True) -> None:
        """Let the next step take this long; before the content all steps together are bounded."""
        self._end = self._clock() + seconds
        if is_opening:
            self._end = min(self._end, self._opening_ends)

    def write(self, content: bytes) -> None:
        """Hand over bytes, in the time that is allowed for all of them."""
        for start in range(0, len(content), _CHUNK):
            try:
                self._line.settimeout(self._left())
                self._line.sendall(content[start : start + _CHUNK])
            except OSError as error:
                raise _lost(error) from error

    def reply(self) -> Reply:
        """The next reply, whole; LineLost when it does not come, or is none."""
        lines: list[str] = []
        while len(lines) < _LINES_LIMIT:
            line = self._read_line()
            digits, mark, text = line[:3], line[3:4], line[4:]
            if not _CODE.fullmatch(digits) or mark not in ("", " ", "-"):
                raise LineLost("answered what is not SMTP")
            lines.append(text)
            if mark != "-":
                return Reply(int(digits), tuple(lines))
        raise LineLost("answered without an end")

    def _read_line(self) -> str:
        while b"\n" not in self._received:
            if len(self._received) > _LINE_LIMIT:
                raise LineLost("answered what is not SMTP")
            try:
                self._line.settimeout(self._left())
                more = self._line.recv(_LINE_LIMIT)
            except OSError as error:
                raise _lost(error) from error
            if not more:
                raise LineLost("closed the line")
            self._received += more
        line, _, self._received = self._received.partition(b"\n")
        text = line.decode("utf-8", "replace")
        return "".join(" " if category(c)[0] in "CZ" else c for c in text).rstrip()

    @property
    def _line(self) -> socket.socket:
        if self._socket is None:
            raise LineLost("closed the line")
        return self._socket

    def _left(self) -> float:
        left = self._end - self._clock()
        if left <= 0:
            raise Silence
        return left


def _lost(error: Exception) -> LineLost:
    """The error of a socket, in our words."""
    if isinstance(error, LineLost):
        return error
    if isinstance(error, TimeoutError):
        return Silence()
    reason = getattr(error, "strerror", None) or type(error).__name__
    return LineLost(str(reason).lower())
