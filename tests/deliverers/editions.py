"""Editions in a folder and specs of mail, made by hand for the tests of deliverers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.config.delivery import DeliverSpec, MailSpec, SmtpSpec
from briefing.edition import write_edition
from briefing.models import Brief, Document
from briefing.renderers import Templates
from briefing.renderers.json_document import render
from briefing.store import open_store
from briefing.store.archive import Store
from briefing.store.rows import ClaimedMessage, EditionRow, OutgoingMessage
from tests.build import AS_OF, make_plain_brief

NOW = AS_OF + timedelta(minutes=1)
PDF = b"%PDF-1.7\nnot a real one, only bytes to carry: \x00\x01\r\n.\r\n%%EOF\n"
#: What says the password must never be found anywhere.
PASSWORD = "canary-Pa55wörd"
EML = (
    b"From: Desk <desk@example.org>\r\nTo: ana@example.org\r\nSubject: Hello\r\n\r\n"
    b"One line.\r\n.\r\n..two dots\r\nThe end.\r\n"
)


def make_edition(
    root: Path,
    brief: Brief | None = None,
    *,
    pdf: bytes | None = PDF,
    timezone: str = "UTC",
    edition: str = "2024-05-14T1200Z",
) -> Path:
    """The folder of an edition, as the runner would write it."""
    brief = brief or make_plain_brief()
    documents = [render(brief, Templates())]
    if pdf is not None:
        documents.append(Document("brief.pdf", "application/pdf", pdf))
    configuration = {"name": brief.name, "timezone": timezone}
    return write_edition(
        root / brief.name, edition, documents, brief.articles, configuration=configuration
    )


def make_smtp(port: int = 25, **given: Any) -> SmtpSpec:
    """A server on this machine; without TLS unless asked for."""
    return SmtpSpec.model_validate({"host": "127.0.0.1", "port": port, "tls": "none", **given})


def make_mail(**given: Any) -> MailSpec:
    """A mail to Ana, from the desk."""
    values = {
        "to": ["Ana Ruiz <ana@example.org>"],
        "from": "The desk <desk@example.org>",
        "subject": "{title}, edition {number}",
        "smtp": {"host": "127.0.0.1", "port": 25, "tls": "none"},
    }
    return MailSpec.model_validate({**values, **given})


def make_deliver(port: int, **given: Any) -> DeliverSpec:
    """A delivery by mail through a server on this machine."""
    smtp = {"host": "127.0.0.1", "port": port, "tls": "none", **given.pop("smtp", {})}
    return DeliverSpec(mail=make_mail(smtp=smtp, **given))


def make_claimed(recipient: str = "ana@example.org", content: bytes = EML) -> ClaimedMessage:
    """A message that somebody has the right to send."""
    return ClaimedMessage(
        id=1,
        edition_id=1,
        brief="plain",
        period="2024-05-14",
        edition_number=1,
        recipient=recipient,
        message_id="<1@example.org>",
        content=content,
        deliverer="plain/mail",
        is_listed=False,
        attempt=1,
        queued=NOW,
        owner="test",
        token="t",
        lease=timedelta(minutes=30),
        lease_until=NOW + timedelta(minutes=30),
    )


def make_outgoing(recipient: str, deliverer: str = "plain/mail") -> OutgoingMessage:
    """A message to queue."""
    return OutgoingMessage(recipient, f"<{recipient}>", EML, deliverer)


def make_store(root: Path, *messages: OutgoingMessage) -> tuple[Store, EditionRow]:
    """A store with one built edition and its messages queued."""
    store = open_store(root / "state.sqlite3", now=NOW)
    claim = store.claim_edition(
        "plain", "2024-05-14", now=NOW, owner="test", lease=timedelta(hours=1)
    )
    assert claim is not None
    edition = store.finish_edition(claim, now=NOW, folder="out/plain", messages=messages)
    return store, edition


class Clock:
    """A time that only the test moves."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.moment

    def wait(self, span: timedelta) -> None:
        self.moment += span
