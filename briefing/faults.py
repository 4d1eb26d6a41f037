"""A name of a point in a run -> what a test wants to go wrong there; otherwise nothing."""

from __future__ import annotations

import errno
import os
import signal
import time

_ALLOWED = "BRIEF_FAULTS_ALLOWED"
_WANTED = "BRIEF_FAULT"


class InjectedFault(RuntimeError):
    """What `name:raise` raises: an error that nothing in the program expects."""


def fault(name: str) -> None:
    """Go wrong here when the environment says so, as tests/test_crashes.py does for every name.

    With BRIEF_FAULTS_ALLOWED=1 and BRIEF_FAULT="name:kind" the process, at the point `name`, is
    killed as by the system (`kill`), gets an unexpected error (`raise`) or a full disk (`enospc`),
    is told to stop (`term`, `int`), or waits (`sleep:SECONDS`). Anything else does nothing.
    """
    if os.environ.get(_ALLOWED) != "1":
        return
    point, _, kind = os.environ.get(_WANTED, "").partition(":")
    if point != name:
        return
    kind, _, argument = kind.partition(":")
    match kind:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise InjectedFault(name)
        case "enospc":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        case "term":
            os.kill(os.getpid(), signal.SIGTERM)
        case "int":
            os.kill(os.getpid(), signal.SIGINT)
        case "sleep":
            time.sleep(float(argument or 1))
