"""What became of messages -> lines on stderr, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefing.cli.console import complain, note, safe_text, warn
from briefing.models import Problem

if TYPE_CHECKING:
    from briefing.deliverers import Receipt
    from briefing.store.rows import OutboxRow


def tell_receipts(receipts: Sequence[Receipt], *, is_quiet: bool, is_kept: bool = True) -> None:
    """A line for each message that was tried; one for all that the same server does not take.

    `is_kept` is False where nothing remembers the messages, so that nobody tries them again.
    """
    for receipt in receipts:
        line = f"{receipt.brief} {receipt.period}: {receipt.recipient}: {receipt.reply}"
        if receipt.kind in ("sent", "dropped"):
            if not is_quiet:
                note(safe_text(f"{receipt.kind}: {line}"))
        elif not is_kept:
            word = "nobody can know whether it arrived" if receipt.kind == "unknown" else "not sent"
            complain(f"{word}: {line}", "nothing is remembered of it; send it again yourself")
        elif receipt.kind == "failed":
            hint = f"`brief outbox retry {receipt.message_id}` tries it again"
            complain(f"not sent: {line}", hint)
        elif receipt.kind == "unknown":
            _complain_held(line, receipt.message_id)
    if is_kept:
        _tell_waiting([receipt for receipt in receipts if receipt.kind == "retry"])


def tell_held(rows: Iterable[OutboxRow]) -> None:
    """A line for each message that somebody may have sent, and that waits for a decision."""
    for row in rows:
        _complain_held(f"{row.brief} {row.period}: {row.recipient}: {row.last_reply}", row.id)


def stranded_lines(rows: Sequence[OutboxRow]) -> tuple[Problem, ...]:
    """For each delivery that is not in the configuration any more, what waits for it."""
    return tuple(
        Problem(
            deliverer,
            f"{_messages(sum(row.deliverer == deliverer for row in rows))} should have been sent"
            " long ago, but this configuration has no such delivery; put it back, or give them up:"
            f" `brief outbox drop {' '.join(str(r.id) for r in rows if r.deliverer == deliverer)}`",
        )
        for deliverer in dict.fromkeys(row.deliverer for row in rows)
    )


def tell_stranded(rows: Sequence[OutboxRow], *, told: set[str]) -> None:
    """Warns of each delivery that is missing, but for what was `told` before."""
    for problem in stranded_lines(rows):
        if problem.reason not in told:
            warn(problem)
            told.add(problem.reason)


def _tell_waiting(receipts: Sequence[Receipt]) -> None:
    from briefing.deliverers.outbox import NOT_TRIED

    reasons = [receipt.reply.removeprefix(NOT_TRIED) for receipt in receipts]
    for reason in dict.fromkeys(reasons):
        same = [each for each, why in zip(receipts, reasons, strict=True) if why == reason]
        editions = ", ".join(dict.fromkeys(f"{each.brief} {each.period}" for each in same))
        who = f"{editions}: {same[0].recipient}"
        if len(same) > 1:
            who = f"{_messages(len(same))} of {editions}"
        soonest = min(each.next_try for each in same if each.next_try is not None)
        hint = f"tried again by itself, {soonest:%Y-%m-%d %H:%M} UTC at the earliest"
        complain(f"not sent yet: {who}: {reason}", hint)


def _complain_held(line: str, number: int) -> None:
    hint = f"`brief outbox retry {number}` sends it again, `brief outbox drop {number}` never"
    complain(f"held, since nobody can know whether it arrived: {line}", hint)


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"
