"""HTML -> its text without a tree: for pages nested too deeply, or too broken, for a tree parser.

One pass from left to right, so that no page, however broken, takes more than linear time.
"""

from __future__ import annotations

import html
import re

#: Elements whose end tag may be left out, or that have none; they say nothing about depth.
_UNCLOSED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option "
    "optgroup tr td th thead tbody tfoot colgroup caption rp rt html head body".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
#: Elements whose content is never part of an article's text.
_SILENT = frozenset(
    "script style noscript template svg math head title textarea select iframe object nav footer "
    "aside form button figcaption".split()
)
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")


def flatten(page: str) -> str:
    """The text of a page, a blank line between its blocks, without menus and scripts."""
    parts: list[str] = []
    silent: list[str] = []
    for text, tag in _pieces(page):
        if text and not silent:
            parts.append(re.sub(r"\s+", " ", html.unescape(text)))
        name = tag.lstrip("/")
        if name in _SILENT and not tag.startswith("/"):
            silent.append(name)
        elif name in _SILENT and name in silent:
            del silent[silent.index(name) :]
        if tag == "br":
            parts.append("\n")
        elif name and name not in _INLINE:
            parts.append("\n\n")
    text = re.sub(r" *\n *", "\n", "".join(parts))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def measure_depth(page: str) -> int:
    """How deeply elements are nested at most; those that need no end tag are not counted."""
    deepest = depth = 0
    for _, tag in _pieces(page):
        if tag.startswith("/"):
            depth = max(0, depth - (tag[1:] not in _UNCLOSED))
        elif tag and tag not in _UNCLOSED:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _pieces(page: str) -> list[tuple[str, str]]:
    """The page as (text, tag that follows) pairs; the tag in lower case, "/p" for an end tag."""
    pieces: list[tuple[str, str]] = []
    start = position = 0
    lowered = page.lower()
    has_comment_end = True
    while (opening := page.find("<", position)) >= 0:
        if page.startswith("<!--", opening):
            closing = page.find("-->", opening + 4) if has_comment_end else -1
            has_comment_end = closing >= 0
            # A comment that never ends would swallow the article: only its opening mark goes.
            end = closing + 3 if closing >= 0 else opening + 4
            name = ""
        else:
            match = _NAME.match(page, opening + 1)
            if match is None and page[opening + 1 : opening + 2] not in ("!", "?"):
                position = opening + 1
                continue
            closing = page.find(">", opening)
            if closing < 0:
                break
            end = closing + 1
            name = match[0].lower() if match else ""
            if page[closing - 1] == "/" and name in ("script", "style"):
                name = ""
        pieces.append((page[start:opening], name))
        start = position = end
        if name in ("script", "style"):
            closing = lowered.find(f"</{name}", end)
            start = position = closing if closing >= 0 else end
    pieces.append((page[start:], ""))
    return pieces
