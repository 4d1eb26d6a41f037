"""Text -> Markdown that shows it as typed, on GitHub, in Pandoc and in Obsidian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.renderers.addresses import web_address
from briefing.renderers.plain_lines import flat

if TYPE_CHECKING:
    from markupsafe import Markup

# Active somewhere in a line for CommonMark, GitHub, Pandoc or Obsidian: marks of emphasis, code,
# links, tables, mathematics, tags and citations; entities, comments; bare addresses; smart dashes.
ACTIVE = re.compile(
    r"""[\\`*_{}\[\]<>|~^$#@]|&(?=\#?\w+;)|!(?=\[)|==|%%"""
    r"""|:(?=//)|(?<=\bwww)\.|-(?=-)|\.(?=\.\.)""",
    re.IGNORECASE,
)
# What begins a list where a line begins: "1." and "2)", for Pandoc also "(a)", "iv." and "B)". An
# initial such as "B. Lind" does not.
ENUMERATOR = re.compile(r"(\(?)(\d+|[a-z]|[ivxlcdm]+|[A-Z](?=\))|[IVXLCDM]{2,})(?=[.)](?:\s|$))")


def escape_markdown(text: str) -> str:
    """`text` as Markdown that shows it as typed, in one line."""
    shown = flat(text)
    before = " " * (len(shown) - len(shown.lstrip(" ")))
    escaped = ACTIVE.sub(lambda found: "".join(f"\\{c}" for c in found[0]), shown.lstrip(" "))
    if found := ENUMERATOR.match(escaped):
        parenthesis = f"\\{found[1]}" if found[1] else ""
        return f"{before}{parenthesis}{found[2]}\\{escaped[found.end() :]}"
    return before + re.sub(r"^(?=[-+=:])", r"\\", escaped)


def markdown_address(url: str) -> Markup | str:
    """A web address as a Markdown autolink, what would end it encoded; any other text unchanged."""
    from markupsafe import Markup

    if web_address(url) is None:
        return url
    return Markup(f"<{url.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>")
