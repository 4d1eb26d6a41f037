"""The seam of deliverers: a message that was claimed goes in, what became of it comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from briefing.store.rows import ClaimedMessage

OutcomeKind = Literal["sent", "retry", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try."""

    kind: OutcomeKind
    reply: str  #: what the other side said, or what kept it from saying so; one line, no secrets
    is_about_server: bool = False  #: True where no other message would fare better there now


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one message in one pass."""

    message_id: int  #: of the row in the outbox
    brief: str
    period: str
    edition_number: int | None
    deliverer: str
    recipient: str
    kind: OutcomeKind | Literal["dropped"]
    reply: str
    attempt: int  #: 1 for the first
    next_try: datetime | None  #: None unless `kind` is "retry"


class Transport(Protocol):
    """Takes messages to one place."""

    def send(self, message: ClaimedMessage, on_transmitting: Callable[[], None]) -> Outcome:
        """Try once.

        `on_transmitting` is called when the other side is ready for the content and none of it has
        been sent; from then on a try whose end nobody sees is `unknown`. Whatever it raises passes
        through, and then nothing was sent.
        """
        ...
