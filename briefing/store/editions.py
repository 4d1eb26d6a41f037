"""Editions by civil period, inside a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from briefing.store.insertion import insert_new
from briefing.store.rows import (
    OPEN_EDITIONS,
    ArticleUse,
    ClaimLost,
    ClaimUse,
    EditionClaim,
    EditionOutcome,
    EditionRow,
    EditionState,
    LeftOut,
)
from briefing.store.schema import ARTICLES, BRIEFS, CLAIMS, EDITIONS, LEFT_OUT, USED, USES


def claim(
    connection: Connection,
    brief: str,
    period: str,
    *,
    now: datetime,
    owner: str,
    lease: timedelta,
    token: str,
) -> EditionClaim | None:
    """Take a period that is new, was released, or whose owner's lease ran out."""
    taken = {"state": "building", "owner": owner, "token": token, "lease_until": now + lease}
    attempt = 1
    if not _new_row(connection, brief, period, now, attempts=1, **taken):
        row = _locked(connection, brief, period)
        if row.token != token:  # with ours, an earlier try was committed after all
            if not _is_free(row, now):
                return None
            attempt = row.attempts + 1
            connection.execute(
                update(EDITIONS)
                .where(EDITIONS.c.id == row.id)
                .values(attempts=attempt, reason="", **taken)
            )
    row = _locked(connection, brief, period)
    return EditionClaim(row.id, brief, period, owner, token, row.attempts, row.lease_until)


def renew(connection: Connection, held: EditionClaim, lease_until: datetime) -> None:
    """Push the end of a lease; ClaimLost when it is no longer ours."""
    _change(connection, held, lease_until=lease_until)


def finish(
    connection: Connection,
    held: EditionClaim,
    *,
    now: datetime,
    folder: str,
    manifest_sha256: str,
    articles: Sequence[ArticleUse],
    claims: Sequence[ClaimUse],
    left_out: Sequence[LeftOut],
    outcome: EditionOutcome,
    reason: str,
) -> EditionRow:
    """Settle a period that we hold, with what its edition was made of; ClaimLost otherwise."""
    row = _locked(connection, held.brief, held.period)
    if row.token == held.token and row.state == outcome:
        return _required(connection, held.edition_id)  # an earlier try was committed after all
    is_built = outcome == "built"
    _change(
        connection,
        held,
        state=outcome,
        number=_take_number(connection, held.brief) if is_built else None,
        folder=folder if is_built else "",
        manifest_sha256=manifest_sha256 if is_built else "",
        reason=reason,
        settled=now,
        lease_until=None,
    )
    for position, article in enumerate(articles):
        _store_use(connection, held, position, article, now, is_used=is_built)
    for position, printed in enumerate(claims):
        connection.execute(
            CLAIMS.insert().values(
                edition_id=held.edition_id,
                position=position,
                claim_id=printed.claim_id,
                sha256=printed.sha256,
                section=printed.section,
                text=printed.text,
            )
        )
    for position, each in enumerate(left_out):
        connection.execute(
            LEFT_OUT.insert().values(
                edition_id=held.edition_id,
                position=position,
                subject=each.subject,
                reason=each.reason,
            )
        )
    return _required(connection, held.edition_id)


def release(connection: Connection, held: EditionClaim, reason: str) -> None:
    """Give a period back, so that anybody may claim it at once; nothing if it is not ours."""
    connection.execute(
        update(EDITIONS)
        .where(_is_held(held))
        .values(state="released", reason=reason, lease_until=None)
    )


def record_misfire(
    connection: Connection, brief: str, period: str, *, reason: str, now: datetime
) -> bool:
    """Settle a period as missed; False when it is settled, or somebody is building it."""
    settled = {"state": "missed", "reason": reason, "settled": now, "lease_until": None}
    if _new_row(connection, brief, period, now, attempts=0, **settled):
        return True
    row = _locked(connection, brief, period)
    if not _is_free(row, now):
        return False
    connection.execute(update(EDITIONS).where(EDITIONS.c.id == row.id).values(token="", **settled))
    return True


def next_number(connection: Connection, brief: str) -> int:
    """The number that the next built edition of a brief would get now."""
    return int(connection.scalar(select(BRIEFS.c.built).where(BRIEFS.c.name == brief)) or 0) + 1


def find(
    connection: Connection,
    *conditions: ColumnElement[bool],
    states: Collection[EditionState] | None = None,
    limit: int | None = None,
) -> tuple[EditionRow, ...]:
    """The editions for which all conditions hold, newest period first."""
    query = _rows().order_by(EDITIONS.c.period.desc(), EDITIONS.c.id.desc()).limit(limit)
    if states is not None:
        query = query.where(EDITIONS.c.state.in_(states))
    return tuple(_edition_row(row) for row in connection.execute(query.where(*conditions)))


def articles_of(connection: Connection, edition_id: int) -> tuple[ArticleUse, ...]:
    """What an edition was made of, in its order, with the texts."""
    query = (
        select(USES, ARTICLES.c.text)
        .join(ARTICLES, ARTICLES.c.sha256 == USES.c.sha256)
        .where(USES.c.edition_id == edition_id)
        .order_by(USES.c.position)
    )
    return tuple(
        ArticleUse(
            sha256=row.sha256,
            article_id=row.article_id,
            title=row.title,
            publisher=row.publisher,
            subject=row.subject,
            published=row.published,
            text=row.text,
        )
        for row in connection.execute(query)
    )


def claims_of(connection: Connection, edition_id: int) -> tuple[ClaimUse, ...]:
    """What an edition printed, in its order."""
    query = select(CLAIMS).where(CLAIMS.c.edition_id == edition_id).order_by(CLAIMS.c.position)
    return tuple(
        ClaimUse(claim_id=row.claim_id, sha256=row.sha256, section=row.section, text=row.text)
        for row in connection.execute(query)
    )


def left_out_of(connection: Connection, edition_id: int) -> tuple[LeftOut, ...]:
    """What an edition was not made of, in its order."""
    query = select(LEFT_OUT).where(LEFT_OUT.c.edition_id == edition_id)
    rows = connection.execute(query.order_by(LEFT_OUT.c.position))
    return tuple(LeftOut(row.subject, row.reason) for row in rows)


def used_articles(connection: Connection, brief: str) -> frozenset[str]:
    """Hashes of the articles that built editions of a brief were made of."""
    return frozenset(connection.scalars(select(USED.c.sha256).where(USED.c.brief == brief)))


def _new_row(
    connection: Connection, brief: str, period: str, now: datetime, **values: object
) -> bool:
    empty = {"number": None, "reason": "", "folder": "", "manifest_sha256": "", "owner": ""}
    row = {"brief": brief, "period": period, "token": "", "first_claimed": now, "settled": None}
    return insert_new(connection, EDITIONS, {**empty, **row, **values})


def _locked(connection: Connection, brief: str, period: str) -> Row[Any]:
    query = select(EDITIONS).where(EDITIONS.c.brief == brief, EDITIONS.c.period == period)
    return connection.execute(query.with_for_update()).one()


def _is_free(row: Row[Any], now: datetime) -> bool:
    if row.state == "building":
        return bool(row.lease_until <= now)
    return row.state in OPEN_EDITIONS


def _is_held(held: EditionClaim) -> ColumnElement[bool]:
    mine = (EDITIONS.c.id == held.edition_id) & (EDITIONS.c.token == held.token)
    return mine & (EDITIONS.c.state == "building")


def _change(connection: Connection, held: EditionClaim, **values: object) -> None:
    done = connection.execute(update(EDITIONS).where(_is_held(held)).values(**values))
    if not done.rowcount:
        raise _lost(held)


def _lost(held: EditionClaim) -> ClaimLost:
    return ClaimLost(
        f"{held.brief} {held.period}: {held.owner} no longer holds this edition",
        hint="another process has taken it over or given it back; nothing was recorded here",
    )


def _take_number(connection: Connection, brief: str) -> int:
    insert_new(connection, BRIEFS, {"name": brief, "built": 0})
    connection.execute(
        update(BRIEFS).where(BRIEFS.c.name == brief).values(built=BRIEFS.c.built + 1)
    )
    return int(
        connection.execute(select(BRIEFS.c.built).where(BRIEFS.c.name == brief)).scalar_one()
    )


def _store_use(
    connection: Connection,
    held: EditionClaim,
    position: int,
    article: ArticleUse,
    now: datetime,
    *,
    is_used: bool,
) -> None:
    if article.text and sha256(article.text.encode()).hexdigest() != article.sha256:
        raise ValueError(f"{article.article_id}: the text does not have the hash {article.sha256}")
    insert_new(
        connection, ARTICLES, {"sha256": article.sha256, "text": article.text, "stored": now}
    )
    connection.execute(
        USES.insert().values(
            edition_id=held.edition_id,
            position=position,
            sha256=article.sha256,
            article_id=article.article_id,
            title=article.title,
            publisher=article.publisher,
            subject=article.subject,
            published=article.published,
        )
    )
    if is_used:
        dated = int(bool(article.published))
        row = {"brief": held.brief, "sha256": article.sha256, "dated": dated, "used": now}
        insert_new(connection, USED, row)


def _rows() -> Select[Any]:
    articles = select(func.count()).where(USES.c.edition_id == EDITIONS.c.id).scalar_subquery()
    claims = select(func.count()).where(CLAIMS.c.edition_id == EDITIONS.c.id).scalar_subquery()
    return select(EDITIONS, articles.label("article_count"), claims.label("claim_count"))


def _required(connection: Connection, edition_id: int) -> EditionRow:
    (row,) = find(connection, EDITIONS.c.id == edition_id)
    return row


def _edition_row(row: Row[Any]) -> EditionRow:
    return EditionRow(
        edition_id=row.id,
        brief=row.brief,
        period=row.period,
        state=row.state,
        number=row.number,
        attempts=row.attempts,
        reason=row.reason,
        folder=row.folder,
        manifest_sha256=row.manifest_sha256,
        article_count=row.article_count,
        claim_count=row.claim_count,
        first_claimed=row.first_claimed,
        settled=row.settled,
        lease_until=row.lease_until,
    )
