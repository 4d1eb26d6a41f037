"""What the store takes in and hands out: plain frozen rows, every time an aware UTC datetime."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from briefing.errors import StoreError

#: What became of a period once it is settled; `release_edition` leaves it unsettled.
EditionOutcome = Literal["built", "skipped", "empty"]
#: `building` and `released` can be claimed (again); the others are settled for good.
EditionState = Literal["building", "released", "built", "skipped", "empty", "missed"]
MessageState = Literal[
    "queued", "claimed", "transmitting", "sent", "retry", "failed", "unknown", "dropped"
]

SETTLED_EDITIONS: tuple[EditionState, ...] = ("built", "skipped", "empty", "missed")
OPEN_EDITIONS: tuple[EditionState, ...] = ("building", "released")
#: States in which a message can still be sent without anybody deciding so.
PENDING_MESSAGES: tuple[MessageState, ...] = ("queued", "claimed", "transmitting", "retry")
#: States that nothing leaves by itself and nobody has to look at again.
SETTLED_MESSAGES: tuple[MessageState, ...] = ("sent", "failed", "dropped")


class ClaimLost(StoreError):
    """The lease ran out and somebody else took the edition or message; stop working on it."""


class ClockError(StoreError):
    """The clock is absurd against the times of earlier runs; nothing may be built or sent."""


@dataclass(frozen=True, slots=True)
class ArticleUse:
    """An article that an edition was made of; stored once by the hash of its text."""

    sha256: str  #: of the text in UTF-8: `Article.sha256`
    article_id: str  #: `Article.id`, as it stands in brief.json
    title: str = ""
    publisher: str = ""
    subject: str = ""  #: path or address, as messages name it
    published: str = ""  #: ISO date or time as brief.json has it; "" when unknown
    text: str = field(default="", repr=False)  #: the text as read, kept as evidence; may be left ""


@dataclass(frozen=True, slots=True)
class ClaimUse:
    """A claim that an edition printed."""

    claim_id: str  #: as in brief.json, such as "c3"
    sha256: str  #: of its text in UTF-8
    section: str  #: title of the section
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an edition was not made of, and why."""

    subject: str  #: path or address, as messages name it
    reason: str


@dataclass(frozen=True, slots=True)
class Restoration:
    """That a store was put back from a copy, and so may not know what was sent since."""

    copied: datetime  #: when the copy was made
    noticed: datetime  #: when it was first used as the store

    @property
    def reason(self) -> str:
        """Why what it holds, or does not hold, must not be sent unasked."""
        copied = f"the store was put back from a copy of {self.copied:%Y-%m-%d %H:%M} UTC"
        return f"{copied}; it may have been sent since"


@dataclass(frozen=True, slots=True)
class EditionClaim:
    """The right of one owner to make the edition of one period until `lease_until`."""

    edition_id: int
    brief: str
    period: str  #: civil-period key, "2024-05-14" or "2024-05-14T07:44"
    owner: str
    token: str  #: of this very claim; a later claim of the same period has another
    attempt: int  #: 1 for the first
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class EditionRow:
    """What is known of one period of one brief."""

    edition_id: int
    brief: str
    period: str
    state: EditionState
    number: int | None  #: 1, 2, 3 … per brief, of built editions only
    attempts: int
    reason: str  #: why it was released, skipped, empty or missed; "" otherwise
    folder: str  #: edition folder; "" unless built
    manifest_sha256: str  #: "" unless built
    article_count: int
    claim_count: int
    first_claimed: datetime
    settled: datetime | None  #: when it was built, skipped, found empty or missed
    lease_until: datetime | None  #: of the claim, while it is building


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message to one recipient, whole, before anything is sent."""

    recipient: str
    message_id: str
    content: bytes = field(repr=False)
    deliverer: str
    is_listed: bool = False  #: goes to whom the configuration names, not to whom a command did
    held: str = ""  #: why it is not sent until a person says so; "" when it may be


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """The right of one owner to send one message until `lease_until`."""

    id: int
    edition_id: int
    brief: str
    period: str
    edition_number: int | None
    recipient: str
    message_id: str
    content: bytes = field(repr=False)
    deliverer: str
    is_listed: bool
    attempt: int  #: 1 for the first claim of it
    queued: datetime  #: when it was stored; the age that ends retrying counts from here
    owner: str
    token: str  #: of this very claim
    lease: timedelta
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """What is known of one message; without its content."""

    id: int
    edition_id: int
    brief: str
    period: str
    edition_number: int | None
    recipient: str
    message_id: str
    deliverer: str
    is_listed: bool
    state: MessageState
    is_held: bool  #: `unknown` by our own decision, not because a line broke
    attempts: int
    next_try: datetime | None  #: None when it is not waiting
    last_reply: str  #: what the server said last, or why it was dropped
    queued: datetime
    changed: datetime  #: when `state` was last set
    size: int  #: of the content, in bytes


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of the command, as recorded at its end."""

    run_id: int
    started: datetime
    ended: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Retired:
    """What retention removed."""

    editions: int
    articles: int
    messages: int
    runs: int
