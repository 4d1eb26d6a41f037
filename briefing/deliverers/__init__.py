"""Editions -> where they belong: one recipient one message, each taken in by the outbox first.

A new kind of deliverer is one module with a Transport and one row in `outbox.TRANSPORTS`.
"""

from __future__ import annotations

from briefing.deliverers.folder import copy_message
from briefing.deliverers.message import compose
from briefing.deliverers.outbox import deliver_pending, hold_copied, stranded
from briefing.deliverers.transport import Outcome, Receipt, Transport

__all__ = [
    "Outcome",
    "Receipt",
    "Transport",
    "compose",
    "copy_message",
    "deliver_pending",
    "hold_copied",
    "stranded",
]
