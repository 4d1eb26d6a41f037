"""Short ways to say what goes into a store; every test lives on the same morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from briefing.store import open_store
from briefing.store.archive import Store
from briefing.store.rows import (
    ArticleUse,
    ClaimedMessage,
    ClaimUse,
    EditionClaim,
    EditionRow,
    OutgoingMessage,
)

NOW = datetime(2024, 5, 14, 11, 44, tzinfo=UTC)
LEASE = timedelta(minutes=10)
LATER = NOW + LEASE  #: the first moment at which a lease taken at NOW has run out
YEAR = timedelta(days=365)


def opened(location: str | Path, *, patience: float = 30.0) -> Store:
    return open_store(location, now=NOW, patience=timedelta(seconds=patience))


def article(text: str, *, published: str = "2024-05-14") -> ArticleUse:
    return ArticleUse(
        sha256=sha256(text.encode()).hexdigest(),
        article_id=sha256(text.encode()).hexdigest()[:12],
        title=text.split(".")[0],
        publisher="The Harbour Gazette",
        subject="articles/harbour.txt",
        published=published,
        text=text,
    )


def printed(text: str) -> ClaimUse:
    return ClaimUse("c1", sha256(text.encode()).hexdigest(), "Harbour", text)


def message(recipient: str = "desk@example.org", *, deliverer: str = "mail") -> OutgoingMessage:
    content = f"To: {recipient}\r\n\r\nThe harbour reopened.\r\n".encode()
    return OutgoingMessage(recipient, f"<1.{recipient}>", content, deliverer)


def claim(store: Store, period: str = "2024-05-14", *, now: datetime = NOW) -> EditionClaim:
    held = store.claim_edition("harbour", period, now=now, owner="one", lease=LEASE)
    assert held is not None
    return held


def build(
    store: Store, period: str = "2024-05-14", *messages: OutgoingMessage, now: datetime = NOW
) -> EditionRow:
    """An edition made of one article, with its messages in the outbox."""
    return store.finish_edition(
        claim(store, period, now=now),
        now=now,
        folder=f"out/harbour/{period}",
        manifest_sha256="0" * 64,
        articles=[article(f"The harbour reopened. It was {period}.")],
        claims=[printed("The harbour reopened.")],
        messages=messages,
    )


def take(store: Store, *, now: datetime = NOW, owner: str = "one") -> ClaimedMessage:
    held = store.claim_message(now=now, owner=owner, lease=LEASE)
    assert held is not None
    return held


def states(store: Store) -> list[str]:
    return [row.state for row in store.outbox()]
