"""An address as a file gives it -> one that a brief may print as a link, or none."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit


def web_address(words: str) -> str | None:
    """An absolute http or https address without user name and password; None for anything else."""
    words = words.strip()
    if len(words) > 2000 or re.search(
        r"[\s\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200b-\u206f\ud800-\udfff]", words
    ):
        return None
    try:
        parts = urlsplit(words)
        # Asking for the port is what makes urlsplit check it.
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    if not is_web:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
