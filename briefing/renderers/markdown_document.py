"""Brief -> brief.md, which shows the same on GitHub, in Pandoc and in Obsidian."""

from __future__ import annotations

import re

from briefing.models import Brief, Document
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.view import make_view


def render(brief: Brief, templates: Templates) -> Document:
    """brief.md, UTF-8; article text is escaped so that it shows as typed."""
    text = render_template("brief.md.j2", {**make_view(brief)}, templates)
    tidy = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return Document("brief.md", "text/markdown; charset=utf-8", tidy.encode())
