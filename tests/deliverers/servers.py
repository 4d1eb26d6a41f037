"""Mail servers on this machine that do what they are told, also what no decent server does."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

#: What the raw server does at a step instead of answering.
DROP = b"drop"
SILENCE = b"silence"
DRIP = b"drip"
POLITE: dict[str, bytes] = {
    "greeting": b"220 raw.example at your service",
    "EHLO": b"250-raw.example\r\n250 SIZE 1000000",
    "HELO": b"250 raw.example",
    "MAIL": b"250 fine",
    "RCPT": b"250 fine",
    "DATA": b"354 go on",
    "dot": b"250 queued as RAW1",
    "QUIT": b"221 bye",
    "STARTTLS": b"220 begin",
    "AUTH": b"235 welcome",
}


@dataclass
class Heard:
    """What clients said."""

    lines: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)  #: of messages that were taken
    contents: list[bytes] = field(default_factory=list)  #: as on the wire, dots doubled
    connections: int = 0


class RawServer:
    """A server of threads and sockets that answers as it is told, by step of the conversation.

    `answers` replace POLITE; DROP closes the line, SILENCE says nothing until the end, DRIP sends
    a byte now and then for ever. A function is asked with the client's line.
    """

    def __init__(
        self,
        answers: Mapping[str, bytes | Callable[[str], bytes]] | None = None,
        *,
        context: ssl.SSLContext | None = None,
        is_tls_at_once: bool = False,
    ) -> None:
        self._answers = {**POLITE, **(answers or {})}
        self._context, self._is_tls_at_once = context, is_tls_at_once
        self.heard = Heard()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.heard.connections += 1
            thread = threading.Thread(target=self._talk, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, line: socket.socket) -> None:
        try:
            if self._is_tls_at_once and self._context is not None:
                line = self._context.wrap_socket(line, server_side=True)
            self._converse(line)
        except (OSError, _Closed):
            pass
        finally:
            with suppress(OSError):
                line.close()

    def _converse(self, line: socket.socket) -> None:
        recipient = ""
        stream = _Lines(line, self._over)
        self._say(line, "greeting", "")
        while True:
            said = stream.next().decode("utf-8", "replace")
            self.heard.lines.append(said)
            verb = said.split(" ")[0].upper()
            if verb == "RCPT":
                recipient = said.partition("<")[2].partition(">")[0]
            self._say(line, verb if verb in self._answers else "QUIT", said)
            if verb == "QUIT":
                return
            if verb == "STARTTLS" and self._context is not None:
                line = self._context.wrap_socket(line, server_side=True)
                stream = _Lines(line, self._over)
            if verb == "DATA" and self._answer("DATA", said).startswith(b"354"):
                content = stream.content()
                answer = self._answer("dot", recipient)
                if answer.startswith(b"250") or answer in (DROP, SILENCE, DRIP):
                    self.heard.contents.append(content)
                    self.heard.recipients.append(recipient)
                self._say(line, "dot", recipient)

    def _answer(self, step: str, said: str) -> bytes:
        answer = self._answers[step]
        return answer if isinstance(answer, bytes) else answer(said)

    def _say(self, line: socket.socket, step: str, said: str) -> None:
        answer = self._answer(step, said)
        if answer == DROP:
            raise _Closed
        if answer == SILENCE:
            self._over.wait()
            raise _Closed
        if answer == DRIP:
            while not self._over.wait(0.02):
                line.sendall(b"2")
            raise _Closed
        line.sendall(answer + b"\r\n")


class _Closed(Exception):
    """The conversation is over."""


class _Lines:
    """Lines of a socket, until the server is stopped."""

    def __init__(self, line: socket.socket, over: threading.Event) -> None:
        self._line, self._over, self._received = line, over, b""
        line.settimeout(0.05)

    def next(self) -> bytes:
        return self._until(b"\r\n")

    def content(self) -> bytes:
        return self._until(b"\r\n.\r\n") + b"\r\n"

    def _until(self, end: bytes) -> bytes:
        while end not in self._received:
            if self._over.is_set():
                raise _Closed
            try:
                more = self._line.recv(65536)
            except TimeoutError:
                continue
            if not more:
                raise _Closed
            self._received += more
        found, _, self._received = self._received.partition(end)
        return found


class Sink:
    """What an aiosmtpd server took, and whom it refuses."""

    def __init__(self, refused: Mapping[str, str] | None = None) -> None:
        self.refused = dict(refused or {})
        self.taken: list[tuple[str, bytes]] = []
        self.was_encrypted: list[bool] = []
        # The names that aiosmtpd looks for.
        self.handle_RCPT, self.handle_DATA = self._recipient, self._content

    async def _recipient(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def _content(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del server
        assert isinstance(envelope.content, bytes)
        self.was_encrypted.append(session.ssl is not None)
        self.taken.extend((recipient, envelope.content) for recipient in envelope.rcpt_tos)
        return "250 queued as SINK1"


class Login:
    """Who may log in."""

    def __init__(self, user: str, password: str) -> None:
        self._known = (user.encode(), password.encode())
        self.tries = 0

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        del server, session, envelope, mechanism
        self.tries += 1
        is_known = isinstance(data, LoginPassword) and (data.login, data.password) == self._known
        return AuthResult(success=is_known, handled=False)


def run_sink(
    sink: Sink,
    *,
    context: ssl.SSLContext | None = None,
    login: Login | None = None,
    size: int = 30_000_000,
) -> Controller:
    """An aiosmtpd server on a free port; start() and stop() it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return Controller(
        sink,
        hostname="127.0.0.1",
        port=port,
        tls_context=context,
        require_starttls=context is not None,
        authenticator=login,
        auth_required=login is not None,
        auth_require_tls=context is not None,
        data_size_limit=size,
        decode_data=False,
    )
