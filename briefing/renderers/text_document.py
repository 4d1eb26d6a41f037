"""Brief -> brief.txt, plain text in 78 columns for terminals and mail."""

from __future__ import annotations

import re

from briefing.models import Brief, Document
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.view import make_view


def render(brief: Brief, templates: Templates) -> Document:
    """brief.txt, UTF-8."""
    text = render_template("brief.txt.j2", {**make_view(brief)}, templates)
    tidy = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return Document("brief.txt", "text/plain; charset=utf-8", tidy.encode())
