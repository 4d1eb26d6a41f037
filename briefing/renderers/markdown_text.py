"""Text -> Markdown that shows it as typed, on GitHub, in Pandoc and in Obsidian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.renderers.addresses import web_address
from briefing.renderers.plain_lines import flat

if TYPE_CHECKING:
    from markupsafe import Markup

# Active somewhere in a line for CommonMark, GitHub, Pandoc or Obsidian.
ACTIVE = re.compile(r"""[\\`*_{}\[\]<>|~^$#@]|&(?=\#?\w+;)|!(?=\[)|==|%%""")


def escape_markdown(text: str) -> str:
    """`text` as Markdown that shows it as typed, in one line."""
    escaped = ACTIVE.sub(lambda found: "".join(f"\\{c}" for c in found[0]), flat(text))
    if found := re.match(r"\s*(\d+)(?=[.)])", escaped):
        return f"{escaped[: found.end()]}\\{escaped[found.end() :]}"
    return re.sub(r"^(\s*)(?=[-+=:])", r"\1\\", escaped)


def markdown_address(url: str) -> Markup | str:
    """A web address as a Markdown autolink, what would end it encoded; any other text unchanged."""
    from markupsafe import Markup

    if web_address(url) is None:
        return url
    return Markup(f"<{url.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>")
