"""Addresses of articles -> links that are safe to print; nothing but http and https passes."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def web_address(url: str | None) -> str | None:
    """The address if it is http or https and has a host; None for all that must not be a link."""
    if url is None or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def link_to_sentence(url: str | None, passage: str) -> str | None:
    """A text-fragment link (WICG, Scroll To Text Fragment) to the page at the passage."""
    words = passage.split()
    if url is None or not words:
        return None
    ends = [words] if len(words) <= 8 else [words[:4], words[-4:]]
    # "-" is syntax in a text directive and quote() leaves it alone.
    directive = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"
