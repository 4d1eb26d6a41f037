"""The tables as the newest migration leaves them, and how values cross into them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Instant(TypeDecorator[datetime]):
    """An aware time as UTC text of fixed width, which sorts as the time does in any database."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> str | None:
        """The text; ValueError for a time without a zone."""
        return None if value is None else written(value)

    def process_result_value(self, value: Any, _dialect: Any) -> datetime | None:
        """The time, in UTC."""
        return None if value is None else read(value)


class Words(TypeDecorator[str]):
    """Text that every database takes: no NUL, no lone surrogate."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Any) -> str | None:
        """The text with U+FFFD for what cannot be stored."""
        if value is None:
            return None
        return (
            value.replace("\0", "�").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )


def written(value: datetime) -> str:
    """A time as it is stored; ValueError when it has no zone."""
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone: {value}")
    return value.astimezone(UTC).strftime(_INSTANT).rjust(27, "0")


def read(text: str) -> datetime:
    """A stored time."""
    return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)


METADATA = MetaData()


def _id() -> Column[int]:
    # Only a plain INTEGER is SQLite's own row id; in PostgreSQL the migration makes it a BIGINT.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _edition() -> Column[int]:
    key = ForeignKey("brief_editions.id", ondelete="CASCADE")
    return Column("edition_id", BigInteger, key, nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, Words, nullable=False)


META = Table(
    "brief_meta",
    METADATA,
    Column("key", Words, primary_key=True),
    _words("value"),
)
#: How many editions each brief has had; its row is the lock under which numbers are given out.
BRIEFS = Table(
    "brief_briefs",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("built", Integer, nullable=False),
)
EDITIONS = Table(
    "brief_editions",
    METADATA,
    _id(),
    _words("brief"),
    _words("period"),
    _words("state"),
    Column("number", Integer),
    Column("attempts", Integer, nullable=False),
    _words("reason"),
    _words("folder"),
    _words("manifest_sha256"),
    _words("owner"),
    _words("token"),
    Column("lease_until", Instant),
    Column("first_claimed", Instant, nullable=False),
    Column("settled", Instant),
    UniqueConstraint("brief", "period"),
    UniqueConstraint("brief", "number"),
)
ARTICLES = Table(
    "brief_articles",
    METADATA,
    Column("sha256", Words, primary_key=True),
    _words("text"),
    Column("stored", Instant, nullable=False),
)
USES = Table(
    "brief_uses",
    METADATA,
    _edition(),
    Column("position", Integer, nullable=False),
    Column("sha256", Words, ForeignKey("brief_articles.sha256"), nullable=False),
    _words("article_id"),
    _words("title"),
    _words("publisher"),
    _words("subject"),
    _words("published"),
)
#: Which articles a brief has used, also after the editions that used them were retired.
USED = Table(
    "brief_used",
    METADATA,
    Column("brief", Words, primary_key=True),
    Column("sha256", Words, primary_key=True),
    Column("dated", Integer, nullable=False),
    Column("used", Instant, nullable=False),
)
CLAIMS = Table(
    "brief_claims",
    METADATA,
    _edition(),
    Column("position", Integer, nullable=False),
    _words("claim_id"),
    _words("sha256"),
    _words("section"),
    _words("text"),
)
#: What was not used for an edition, and why.
LEFT_OUT = Table(
    "brief_left_out",
    METADATA,
    _edition(),
    Column("position", Integer, nullable=False),
    _words("subject"),
    _words("reason"),
)
OUTBOX = Table(
    "brief_outbox",
    METADATA,
    _id(),
    _edition(),
    _words("recipient"),
    _words("deliverer"),
    _words("message_id"),
    Column("content", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    _words("state"),
    Column("attempts", Integer, nullable=False),
    Column("next_try", Instant),
    _words("last_reply"),
    Column("queued", Instant, nullable=False),
    Column("changed", Instant, nullable=False),
    _words("owner"),
    _words("token"),
    Column("lease_until", Instant),
    Column("listed", Integer, nullable=False),  # 1: to a recipient of the configuration
    Column("held", Integer, nullable=False),  # 1: unknown by our own decision, not by a broken line
    UniqueConstraint("edition_id", "recipient", "deliverer"),
)
RUNS = Table(
    "brief_runs",
    METADATA,
    _id(),
    Column("started", Instant, nullable=False),
    Column("ended", Instant, nullable=False),
    _words("summary"),
)
