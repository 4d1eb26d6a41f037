"""Brief -> brief.html, one file that asks for nothing else: no script, no request, fonts inside."""

from __future__ import annotations

import re
from html import unescape

from briefing.models import Brief, Document
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.fonts import faces, subset_url
from briefing.renderers.linked_data import linked_data
from briefing.renderers.view import make_view


def render(brief: Brief, templates: Templates) -> Document:
    """brief.html, UTF-8; fonts hold only the characters that the page shows."""
    view = {**make_view(brief), "linked_data": linked_data(brief)}
    draft = render_template("brief.html.j2", {**view, "fonts": []}, templates)
    characters = shown_characters(draft)
    fonts = [
        {
            "family": face.family,
            "weight": face.weight,
            "style": face.style,
            "url": subset_url(face, characters),
        }
        for face in faces()
        if face.style == "normal" or view["has_notes"]
    ]
    text = render_template("brief.html.j2", {**view, "fonts": fonts}, templates)
    return Document("brief.html", "text/html; charset=utf-8", text.encode())


def shown_characters(page: str) -> frozenset[str]:
    """The characters that a page can show: its text, and all of ASCII for what styles add."""
    body = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
    printable = {chr(code) for code in range(0x20, 0x7F)}
    return frozenset(c for c in unescape(body) if c.isprintable()) | printable
