"""One transaction with servers of every kind: F19-F29 of the matrix, each with its outcome."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from briefing.config.delivery import SmtpSpec
from briefing.deliverers.session import Limits
from briefing.deliverers.smtp import SmtpTransport, envelope_of
from briefing.deliverers.transport import Outcome
from tests.deliverers.editions import EML, PASSWORD, make_claimed, make_smtp
from tests.deliverers.servers import (
    DRIP,
    DROP,
    SILENCE,
    Login,
    RawServer,
    Sink,
    run_sink,
)

#: Short, so that a silent server costs a test little; nothing depends on how long exactly.
LIMITS = Limits(connect=2.0, command=0.4, opening=1.5, content=1.0, verdict=0.4)
PATIENT = Limits(connect=10.0, command=10.0, opening=30.0, content=10.0, verdict=10.0)
#: In the order in which a client comes to them.
STEPS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot")


class Told:
    """Whether the transport said that it was about to transmit."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def send(
    port: int,
    told: Told | None = None,
    *,
    recipient: str = "ana@example.org",
    content: bytes = EML,
    password: str | None = None,
    context: ssl.SSLContext | None = None,
    limits: Limits = PATIENT,
    **given: Any,
) -> Outcome:
    spec: SmtpSpec = make_smtp(port, **given)
    transport = SmtpTransport(spec, password=password, limits=limits, context=context)
    return transport.send(make_claimed(recipient, content), told or Told())


@contextmanager
def running(sink: Sink, **given: Any) -> Iterator[int]:
    controller = run_sink(sink, **given)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


# -- what goes well


def test_a_message_arrives_as_it_was_stored() -> None:
    sink, told = Sink(), Told()
    with running(sink) as port:
        outcome = send(port, told)
    assert outcome == Outcome("sent", "250 queued as SINK1")
    assert sink.taken == [("ana@example.org", EML)]
    assert told.times == 1


def test_dots_are_doubled_on_the_wire() -> None:
    with RawServer() as server:
        assert send(server.port).kind == "sent"
    (content,) = server.heard.contents
    assert b"\r\n..\r\n...two dots\r\n" in content
    assert server.heard.lines[1:4] == [
        f"MAIL FROM:<desk@example.org> SIZE={len(EML)}",
        "RCPT TO:<ana@example.org>",
        "DATA",
    ]


def test_the_servers_name_of_the_sender_is_said_not_of_this_machine() -> None:
    with RawServer() as server:
        send(server.port)
    assert server.heard.lines[0] == "EHLO example.org"


def test_a_server_that_knows_only_helo_will_do() -> None:
    with RawServer({"EHLO": b"502 what?"}) as server:
        assert send(server.port).kind == "sent"
    assert server.heard.lines[1:3] == ["HELO example.org", "MAIL FROM:<desk@example.org>"]


def test_a_line_lost_after_the_yes_changes_nothing() -> None:  # F25
    with RawServer({"QUIT": DROP}) as server:
        assert send(server.port) == Outcome("sent", "250 queued as RAW1")


def test_a_server_is_reached_at_any_of_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer() as server, socket.create_server(("127.0.0.1", 0)) as closed:
        places = [closed.getsockname(), ("127.0.0.1", server.port)]
        closed.close()

        def look_up(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
            del host, port, options
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", place) for place in places]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        assert send(25, host="mail.example.org").kind == "sent"


# -- before the content: retry


def test_nobody_there() -> None:  # F19
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    outcome = send(port)
    expected = f"127.0.0.1:{port}: cannot be reached: connection refused"
    assert outcome == Outcome("retry", expected, is_about_server=True)


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:  # F19
    def fail(host: str, port: int, **options: object) -> None:
        del host, port, options
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    outcome = send(25, host="mail.invalid")
    assert outcome.kind == "retry"
    assert "no such host: name or service not known" in outcome.reply


@pytest.mark.parametrize("answer", [SILENCE, DRIP], ids=["silence", "one byte now and then"])
@pytest.mark.parametrize("step", STEPS[:5])
def test_a_silent_or_slow_server_is_given_up(step: str, answer: bytes) -> None:  # F20, F29
    told = Told()
    with RawServer({step: answer}) as server:
        outcome = send(server.port, told, limits=LIMITS)
    assert outcome.kind == "retry"
    assert "no answer in time" in outcome.reply or "not SMTP" in outcome.reply
    assert outcome.is_about_server == (step in ("greeting", "EHLO"))
    assert told.times == (step == "DATA")
    assert server.heard.contents == []


@pytest.mark.parametrize("step", STEPS[:5])
def test_a_line_that_breaks_before_the_content(step: str) -> None:
    with RawServer({step: DROP}) as server:
        outcome = send(server.port)
    assert outcome.kind == "retry"
    assert server.heard.contents == []


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 400 Bad Request", b"\xff\xfe\x00", b"22", b"250" * 3000, b"2\xb950 hi"]
)
def test_garbage_is_no_server(answer: bytes) -> None:
    with RawServer({"greeting": answer}) as server:
        outcome = send(server.port)
    assert outcome.kind == "retry"
    assert "not SMTP" in outcome.reply
    assert server.heard.lines == []


def test_a_reply_without_end_is_no_reply() -> None:
    with RawServer({"EHLO": b"\r\n".join([b"250-more"] * 200)}) as server:
        assert "without an end" in send(server.port).reply


# -- what the server says


@pytest.mark.parametrize("code", [421, 450, 451, 452])
@pytest.mark.parametrize("step", STEPS)
def test_not_now_is_a_retry(step: str, code: int) -> None:  # F21
    with RawServer({step: f"{code} 4.2.0 come again".encode()}) as server:
        outcome = send(server.port)
    assert outcome.kind == "retry"
    assert f"{code} 4.2.0 come again" in outcome.reply
    assert outcome.is_about_server == (step in ("greeting", "EHLO"))
    assert server.heard.contents == []


@pytest.mark.parametrize("code", [550, 552, 554])
@pytest.mark.parametrize("step", STEPS[1:])
def test_no_is_a_failure(step: str, code: int) -> None:  # F22
    with RawServer({step: f"{code}-5.1.1 nobody\r\n{code} of that name".encode()}) as server:
        outcome = send(server.port)
    assert outcome.kind == "failed"
    assert f"{code} 5.1.1 nobody of that name" in outcome.reply
    assert not outcome.is_about_server
    assert server.heard.contents == []


@pytest.mark.parametrize("code", [521, 554])
def test_a_server_that_refuses_everybody_is_tried_again(code: int) -> None:
    with RawServer({"greeting": f"{code} not from where you are".encode()}) as server:
        outcome = send(server.port)
    assert (outcome.kind, outcome.is_about_server) == ("retry", True)
    assert f"greeting: {code} not from where you are" in outcome.reply
    assert server.heard.lines == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_an_answer_that_fits_nothing_is_no_yes(step: str) -> None:
    with RawServer({step: b"299 hm" if step == "DATA" else b"354 hm"}) as server:
        assert send(server.port).kind == "retry"
    assert server.heard.contents == []


def test_controls_in_a_reply_are_not_kept() -> None:
    with RawServer({"RCPT": b"550 no\x1b[2J\x07 such\xe2\x80\xaeuser" + b"!" * 900}) as server:
        reply = send(server.port).reply
    assert "550 no [2J such user!" in reply
    assert len(reply) < 600


# -- after the content: unknown


@pytest.mark.parametrize("answer", [DROP, SILENCE, DRIP, b"garbage", b"250-queued", b"334 what?"])
def test_without_a_verdict_nobody_knows(answer: bytes) -> None:  # F24
    told = Told()
    with RawServer({"dot": answer}) as server:
        outcome = send(server.port, told, limits=LIMITS)
    assert outcome.kind == "unknown"
    assert outcome.is_about_server == (answer in (SILENCE, DRIP, b"250-queued"))
    assert told.times == 1


def test_a_server_that_stops_reading_leaves_it_unknown() -> None:
    content = EML + b"x" * 70 + b"\r\n"
    large = content + (b"y" * 76 + b"\r\n") * 200_000
    with stopped_reader() as port:
        outcome = send(port, content=large, limits=LIMITS)
    assert outcome.kind == "unknown"
    assert "no answer in time" in outcome.reply


@contextmanager
def stopped_reader() -> Iterator[int]:
    """A server that says all it has to say at once, and reads nothing after that."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # Taken by the system's queue: nobody reads, and the greeting waits for the client.
        over = threading.Event()

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                for answer in (b"220 hi", b"250 hi", b"250 fine", b"250 fine", b"354 go on"):
                    line.sendall(answer + b"\r\n")
                    if not answer.startswith(b"354"):
                        line.recv(1000)
                over.wait()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            thread.join()


def test_what_the_store_raises_passes_and_nothing_is_sent() -> None:
    class StoreIsFull(Exception):
        pass

    def fail() -> None:
        raise StoreIsFull

    with RawServer() as server, pytest.raises(StoreIsFull):
        SmtpTransport(make_smtp(server.port), password=None).send(make_claimed(), fail)
    assert "DATA" not in server.heard.lines
    assert server.heard.contents == []


# -- size


def test_a_message_too_large_is_not_even_begun() -> None:  # F28
    with RawServer({"EHLO": b"250-raw\r\n250 SIZE 100"}) as server:
        outcome = send(server.port)
    assert outcome.kind == "failed"
    assert f"the message has {len(EML)} bytes, the server takes 100" in outcome.reply
    assert [line.split(" ")[0] for line in server.heard.lines] == ["EHLO"]


@pytest.mark.parametrize("size", [b"SIZE", b"SIZE 0", b"SIZE many"])
def test_a_size_that_says_nothing_is_no_limit(size: bytes) -> None:
    with RawServer({"EHLO": b"250-raw\r\n250 " + size}) as server:
        assert send(server.port).kind == "sent"


def test_a_real_server_refuses_by_size() -> None:
    with running(Sink(), size=80) as port:
        assert send(port, content=EML + b"x" * 50 + b"\r\n").kind == "failed"


# -- TLS and logging in


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(
    authority: trustme.CA, *names: str, until: datetime | None = None
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=until).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


TLS: dict[str, Any] = {"tls": "required", "user": "desk", "password_env": "MAIL"}


def test_login_and_message_over_verified_tls(authority: trustme.CA) -> None:
    sink, login = Sink(), Login("desk", PASSWORD)
    context = server_context(authority, "127.0.0.1")
    with running(sink, context=context, login=login) as port:
        outcome = send(port, password=PASSWORD, context=trusting(authority), **TLS)
    assert outcome.kind == "sent"
    assert sink.was_encrypted == [True]
    assert login.tries == 1


def test_certificates_are_held_to_the_systems_list(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink, context = Sink(), server_context(authority, "127.0.0.1")
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with running(sink, context=context) as port:
        assert send(port, tls="required").kind == "retry"
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert send(port, tls="required").kind == "sent"


def test_tls_at_once_on_its_port(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    context = server_context(authority, "127.0.0.1")
    with RawServer(context=context, is_tls_at_once=True) as server:
        monkeypatch.setattr("briefing.deliverers.smtp.TLS_PORT", server.port)
        assert send(server.port, tls="required", context=trusting(authority)).kind == "sent"
    assert "STARTTLS" not in server.heard.lines


OFFER = b"250-raw\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS"


def refused_certificates(authority: trustme.CA) -> dict[str, tuple[ssl.SSLContext, str]]:
    past = datetime(2020, 1, 1, tzinfo=UTC)
    return {
        "of nobody": (server_context(trustme.CA(), "127.0.0.1"), "unable to get local issuer"),
        "of another name": (server_context(authority, "mail.example.org"), "IP address mismatch"),
        "of the past": (
            server_context(authority, "127.0.0.1", until=past),
            "certificate has expired",
        ),
    }


@pytest.mark.parametrize("tls", ["required", "opportunistic"])
@pytest.mark.parametrize("kind", ["of nobody", "of another name", "of the past"])
def test_a_certificate_that_does_not_hold_gets_nothing(  # F26
    authority: trustme.CA, kind: str, tls: str
) -> None:
    context, reason = refused_certificates(authority)[kind]
    with RawServer({"EHLO": OFFER}, context=context) as server:
        outcome = send(
            server.port,
            password=PASSWORD,
            context=trusting(authority),
            limits=PATIENT,
            **{**TLS, "tls": tls},
        )
    assert outcome.kind == "retry"
    assert outcome.is_about_server
    assert reason in outcome.reply
    assert server.heard.lines == ["EHLO example.org", "STARTTLS"]


def test_without_encryption_nothing_is_sent() -> None:  # F26
    with RawServer({"EHLO": b"250-raw\r\n250 AUTH PLAIN"}) as server:
        outcome = send(server.port, password=PASSWORD, **TLS)
    assert outcome.kind == "retry"
    assert "offers no encryption" in outcome.reply
    assert server.heard.lines == ["EHLO example.org"]


@pytest.mark.parametrize("answer", [b"454 not now", b"554 never"])
def test_encryption_refused(answer: bytes) -> None:
    with RawServer({"EHLO": OFFER, "STARTTLS": answer}) as server:
        outcome = send(server.port, password=PASSWORD, **TLS)
    assert outcome.kind == "retry"
    assert server.heard.lines == ["EHLO example.org", "STARTTLS"]


def test_what_is_said_in_clear_is_not_taken_for_encrypted(authority: trustme.CA) -> None:
    context = server_context(authority, "127.0.0.1")
    answers = {"EHLO": OFFER, "STARTTLS": b"220 begin\r\n250 injected"}
    with RawServer(answers, context=context) as server:
        outcome = send(server.port, tls="required", context=trusting(authority))
    assert outcome.kind == "retry"
    assert server.heard.lines == ["EHLO example.org", "STARTTLS"]


def test_a_server_that_breaks_the_handshake() -> None:
    with RawServer({"EHLO": OFFER, "STARTTLS": b"220 begin"}) as server:
        outcome = send(server.port, tls="required", limits=LIMITS)
    assert outcome.kind == "retry"
    assert outcome.is_about_server


def test_a_server_that_speaks_no_tls_where_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer() as server:
        monkeypatch.setattr("briefing.deliverers.smtp.TLS_PORT", server.port)
        outcome = send(server.port, password=PASSWORD, **TLS)
    assert (outcome.kind, outcome.is_about_server) == ("retry", True)
    assert "TLS failed: " in outcome.reply
    assert server.heard.contents == []


def test_opportunistic_goes_in_clear_where_there_is_no_other_way() -> None:
    with RawServer() as server:
        assert send(server.port, tls="opportunistic").kind == "sent"


def test_the_password_never_goes_over_an_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.deliverers.session.Session.is_local", False)
    with RawServer({"EHLO": b"250-raw\r\n250 AUTH PLAIN LOGIN"}) as server:
        outcome = send(server.port, password=PASSWORD, **{**TLS, "tls": "none"})
    assert outcome.kind == "retry"
    assert "the password was not sent" in outcome.reply
    assert server.heard.lines == ["EHLO example.org"]


def test_login_by_the_older_way() -> None:
    words = iter([b"334 UGFzc3dvcmQ6", b"235 welcome"])

    def answer(said: str) -> bytes:
        return b"221 bye" if said == "QUIT" else next(words)

    offer = b"250-raw\r\n250 AUTH=LOGIN"
    with RawServer({"EHLO": offer, "AUTH": b"334 VXNlcm5hbWU6", "QUIT": answer}) as server:
        outcome = send(server.port, password=PASSWORD, **{**TLS, "tls": "none"})
    assert outcome.kind == "sent"
    assert [b64decode(word).decode() for word in server.heard.lines[2:4]] == ["desk", PASSWORD]


def test_a_login_that_is_not_offered() -> None:  # F27
    with RawServer({"EHLO": b"250-raw\r\n250 AUTH GSSAPI"}) as server:
        outcome = send(server.port, password=PASSWORD, **{**TLS, "tls": "none"})
    assert outcome.is_about_server
    assert "takes no login by PLAIN or LOGIN" in outcome.reply


@pytest.mark.parametrize("shown", ["plain", "password", "both"])
def test_a_refused_login_stops_the_server_and_shows_no_password(shown: str) -> None:  # F27
    def echo(said: str) -> bytes:
        words = {"plain": said, "password": PASSWORD, "both": f"{said} {PASSWORD}"}[shown]
        return f"535 5.7.8 no such login: {words}".encode()

    with RawServer({"EHLO": b"250-raw\r\n250 AUTH PLAIN", "AUTH": echo}) as server:
        outcome = send(server.port, password=PASSWORD, **{**TLS, "tls": "none"})
    assert outcome.kind == "retry"
    assert outcome.is_about_server
    assert "535 5.7.8 no such login" in outcome.reply
    (said,) = [line for line in server.heard.lines if line.startswith("AUTH")]
    assert PASSWORD not in outcome.reply
    assert said.split(" ")[2] not in outcome.reply
    assert server.heard.contents == []


def test_a_real_server_that_refuses_the_login(authority: trustme.CA) -> None:
    sink, login = Sink(), Login("desk", "another")
    with running(sink, context=server_context(authority, "127.0.0.1"), login=login) as port:
        outcome = send(port, password=PASSWORD, context=trusting(authority), **TLS)
    assert (outcome.kind, outcome.is_about_server) == ("retry", True)
    assert sink.taken == []


# -- envelopes


@pytest.mark.parametrize(
    ("recipient", "content"),
    [
        ("a@b.org>\r\nRCPT TO:<x@y.org", EML),
        ("a@b.org\nDATA", EML),
        ("ana@example.org", EML + b"\n.\nMAIL FROM:<x@y.org>\r\n"),
        ("ana@example.org", EML + b"\r.\r"),
        ("ana@example.org", EML.replace(b"From: Desk <desk@example.org>", b"X: y")),
        ("ana@example.org", EML.replace(b"desk@example.org", b"a@b.org>, <c@d.org")),
    ],
)
def test_what_would_break_out_of_a_command_is_never_said(recipient: str, content: bytes) -> None:
    with RawServer() as server:
        outcome = send(server.port, recipient=recipient, content=content)
    assert outcome.kind == "failed"
    assert server.heard.connections == 0


def test_the_sender_is_the_one_in_the_message() -> None:
    message = replace(make_claimed(), content=EML.replace(b"Desk <desk@", b'"A, B" <morning@'))
    assert envelope_of(message) == ("morning@example.org", "ana@example.org")
