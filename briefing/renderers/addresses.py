"""Addresses of articles -> links that are safe to print; nothing but http and https passes."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

END_WORDS = 4  #: that a link names of either end of a passage


def web_address(url: str | None) -> str | None:
    """The address if it is http or https and has a host; None for all that must not be a link."""
    if url is None or any(c.isspace() or ord(c) < 32 for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def link_to_passage(url: str | None, text: str, start: int, end: int) -> str | None:
    """A text-fragment link (WICG, Scroll To Text Fragment) to the page of `text` at a passage.

    It names the passage's first and last words, as many as tell its end apart from the words
    before that, and the words before the passage where it begins like another stretch of `text`.
    """
    passage = text[start:end].split()
    if url is None or not passage:
        return None
    page, before = text.split(), text[:start].split()
    first = len(before) if not before or text[start - 1].isspace() else len(before) - 1
    parts = [passage] if len(passage) <= 2 * END_WORDS else ends_of(passage)
    if is_repeated(parts[0], page, first) and before:
        prefix = f"{directive(before[-END_WORDS:])}-,"
    else:
        prefix = ""
    address, mark, fragment = url.partition("#")
    kept = f"{mark}{fragment.partition(':~:')[0]}" if mark else "#"
    return f"{address}{kept}:~:text={prefix}{','.join(directive(part) for part in parts)}"


def ends_of(passage: list[str]) -> list[list[str]]:
    """First and last words, the last so many that they stand nowhere else after the first."""
    count = END_WORDS
    while 2 * count < len(passage):
        inner, last = passage[count:], passage[-count:]
        if not is_repeated(last, inner, len(inner) - count):
            return [passage[:count], last]
        count += 1
    return [passage[:END_WORDS], passage[END_WORDS:]]


def is_repeated(words: list[str], page: list[str], place: int) -> bool:
    """Whether `words` stand on a page before `place`, where they are wanted."""
    wanted = [word.casefold() for word in words]
    found = [word.casefold() for word in page[: place + len(words) - 1]]
    return any(
        found[at : at + len(wanted)] == wanted
        for at, word in enumerate(found[:place])
        if word == wanted[0]
    )


def directive(words: list[str]) -> str:
    """Words as a part of a text directive, in which "-", "," and "&" are syntax."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
