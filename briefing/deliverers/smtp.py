"""A message and a mail server -> one SMTP transaction, and what became of it."""

from __future__ import annotations

import re
import ssl
import time
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes
from email.policy import SMTP

from briefing.config.delivery import SmtpSpec
from briefing.config.mailbox import domain_of, read_mailbox
from briefing.deliverers.session import Limits, LineLost, Reply, Session, Silence
from briefing.deliverers.transport import Outcome, OutcomeKind
from briefing.faults import fault
from briefing.renderers.wording import number
from briefing.store.rows import ClaimedMessage

#: The port on which TLS begins at once.
TLS_PORT = 465
_DOT = re.compile(rb"(?m)^\.")


class _Ended(Exception):
    """The transaction is over before the content."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reply)
        self.outcome = outcome


class SmtpTransport:
    """Sends each message in a connection and a transaction of its own.

    What decides is the stage, not the kind of error: a line that breaks before the content is a
    `retry`, one that breaks once content was sent is `unknown`, one that breaks after the server
    took the message changes nothing.
    """

    def __init__(
        self,
        smtp: SmtpSpec,
        *,
        password: str | None,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`context` is what certificates are held to; by default the system's own list."""
        self._smtp, self._password = smtp, password
        self._limits, self._clock = limits or Limits(), clock
        self._context = context

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        """Try once; the times of `Limits` bound how long."""
        try:
            sender, recipient = envelope_of(message)
        except ValueError as error:
            return Outcome("failed", f"the message cannot be sent: {error}")
        with Session(self._smtp.host, self._smtp.port, self._limits, self._clock) as session:
            has_opened = False
            try:
                offered = self._open(session, domain_of(sender))
                has_opened = True
                self._address(session, offered, sender, recipient, len(message.content))
            except _Ended as ended:
                return ended.outcome
            except LineLost as error:
                # Once open, it may be this message alone that the server cannot bear.
                return self._outcome("retry", str(error), is_about_server=not has_opened)
            fault("deliver-recipient-accepted")
            on_transmitting()
            fault("deliver-transmitting")
            return self._content(session, message.content)

    def _open(self, session: Session, name: str) -> dict[str, str]:
        """From the connection to a server that takes mail: greeting, TLS, login."""
        session.connect()
        smtp = self._smtp
        if smtp.port == TLS_PORT and smtp.tls != "none":
            self._encrypt(session)
        session.allow(self._limits.command)
        reply = session.reply()
        if not reply.is_done:  # whatever it says to us, it says nothing of one message
            self._end("retry", f"greeting: {reply.text}", is_about_server=True)
        fault("deliver-connected")
        offered = self._greet(session, name)
        if not session.is_encrypted and smtp.tls != "none":
            if "STARTTLS" in offered:
                reply = session.command("STARTTLS")
                if not reply.is_done:
                    self._end("retry", f"STARTTLS refused: {reply.text}", is_about_server=True)
                self._encrypt(session)
                offered = self._greet(session, name)
            elif smtp.tls == "required":
                reason = "offers no encryption, and tls: required is set; nothing was sent"
                self._end("retry", reason, is_about_server=True)
        if smtp.user is not None:
            self._log_in(session, offered, smtp.user)
        return offered

    def _greet(self, session: Session, name: str) -> dict[str, str]:
        """What the server offers: keyword -> parameters, both in capitals."""
        reply = session.command(f"EHLO {name}")
        if 500 <= reply.code < 505:
            reply = session.command(f"HELO {name}")
            self._hold(reply, "HELO")
            return {}
        self._hold(reply, "EHLO", is_about_server=True)
        words = [line.upper().replace("AUTH=", "AUTH ", 1) for line in reply.lines[1:]]
        return {line.partition(" ")[0]: line.partition(" ")[2] for line in reversed(words)}

    def _encrypt(self, session: Session) -> None:
        try:
            session.encrypt(self._context or ssl.create_default_context())
        except ssl.SSLCertVerificationError as error:
            reason = f"its certificate does not hold: {error.verify_message}; nothing was sent"
            self._end("retry", reason, is_about_server=True)
        except ssl.SSLError as error:
            reason = (error.reason or "unknown").lower().replace("_", " ")
            self._end("retry", f"TLS failed: {reason}; nothing was sent", is_about_server=True)

    def _log_in(self, session: Session, offered: dict[str, str], user: str) -> None:
        """AUTH PLAIN or LOGIN, never over a line that others can hear."""
        if not (session.is_encrypted or session.is_local):
            reason = "the line is not encrypted; the password was not sent"
            self._end("retry", reason, is_about_server=True)
        password = self._password or ""
        kinds = offered.get("AUTH", "").split()
        if "PLAIN" in kinds:
            reply = session.command(f"AUTH PLAIN {_base64(f'{chr(0)}{user}{chr(0)}{password}')}")
        elif "LOGIN" in kinds:
            reply = session.command("AUTH LOGIN")
            for word in (user, password):
                if reply.code == 334:
                    reply = session.command(_base64(word))
        else:
            reason = "takes no login by PLAIN or LOGIN; the password was not sent"
            self._end("retry", reason, is_about_server=True)
        if not reply.is_done:
            # About the account, so no recipient is given up for it.
            self._end("retry", f"login refused: {reply.text}", is_about_server=True)

    def _address(
        self, session: Session, offered: dict[str, str], sender: str, recipient: str, size: int
    ) -> None:
        option = ""
        if "SIZE" in offered:
            limit = offered["SIZE"].strip()
            if limit.isdecimal() and 0 < int(limit) < size:
                self._end(
                    "failed",
                    f"the message has {number(size)} bytes, the server takes {number(int(limit))}; "
                    "set max_size",
                )
            option = f" SIZE={size}"
        self._hold(session.command(f"MAIL FROM:<{sender}>{option}"), "MAIL")
        self._hold(session.command(f"RCPT TO:<{recipient}>"), "RCPT")

    def _content(self, session: Session, content: bytes) -> Outcome:
        try:
            reply = session.command("DATA")
        except LineLost as error:
            return self._outcome("retry", str(error))  # not a byte of the message was sent
        if reply.code != 354:
            kind: OutcomeKind = "failed" if reply.code >= 500 else "retry"
            return self._outcome(kind, f"DATA: {reply.text}")
        stuffed = _DOT.sub(b"..", content)
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            session.allow(self._limits.content, is_opening=False)
            session.write(stuffed + end)
            fault("deliver-content-sent")
            session.allow(self._limits.verdict, is_opening=False)
            reply = session.reply()
        except LineLost as error:
            reason = f"{error} after the content was sent; it may have been taken"
            # A server that leaves one message in doubt by silence would leave all the others so.
            return self._outcome("unknown", reason, is_about_server=isinstance(error, Silence))
        if reply.is_done:
            with suppress(LineLost):
                session.allow(self._limits.command, is_opening=False)
                session.write(b"QUIT\r\n")  # its reply changes nothing, so nobody waits for it
            return self._outcome("sent", reply.text)
        if 400 <= reply.code < 600:
            return self._outcome("failed" if reply.code >= 500 else "retry", reply.text)
        return self._outcome("unknown", f"{reply.text}, which says neither yes nor no")

    def _hold(self, reply: Reply, step: str, *, is_about_server: bool = False) -> None:
        """Nothing for 2xx; else the transaction ends: for 5xx for good, otherwise for now."""
        if not reply.is_done:
            kind: OutcomeKind = "failed" if 500 <= reply.code < 600 else "retry"
            about = is_about_server and kind == "retry"
            self._end(kind, f"{step}: {reply.text}", is_about_server=about)

    def _end(self, kind: OutcomeKind, reason: str, *, is_about_server: bool = False) -> None:
        raise _Ended(self._outcome(kind, reason, is_about_server=is_about_server))

    def _outcome(self, kind: OutcomeKind, reason: str, *, is_about_server: bool = False) -> Outcome:
        """The outcome, without the password should the server have repeated it."""
        if kind != "sent":
            reason = f"{self._smtp.host}:{self._smtp.port}: {reason}"
        return Outcome(kind, self._without_password(reason), is_about_server)

    def _without_password(self, text: str) -> str:
        if not self._password:
            return text
        user, password = self._smtp.user or "", self._password
        forms = (_base64(f"\0{user}\0{password}"), _base64(password), password)
        for form in forms:
            text = text.replace(form, "(password)")
        return text


def envelope_of(message: ClaimedMessage) -> tuple[str, str]:
    """Sender and recipient; ValueError for what would break out of a command."""
    head = message.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", message.content):
        raise ValueError("it has a bare line end")
    sender = message_from_bytes(head, policy=SMTP)["From"]
    if sender is None or len(sender.addresses) != 1:
        raise ValueError("it has no sender")
    return read_mailbox(sender.addresses[0].addr_spec), read_mailbox(message.recipient)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
