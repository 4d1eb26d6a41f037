"""Brief -> brief.pdf, through the print template and WeasyPrint with a closed fetcher."""

from __future__ import annotations

from email.message import Message
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import BaseHandler, Request
from urllib.response import addinfourl

from briefing.errors import RenderError
from briefing.models import Brief, Document
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.fonts import faces
from briefing.renderers.view import make_view

if TYPE_CHECKING:
    from weasyprint import Document as Layout

FONT_SCHEME = "briefont"
ANCHOR_HINT = "give it to the last element of page 1, as the print template that comes along does"
LIBRARY_HINT = "install Pango and HarfBuzz: docs/install.md has the line for your system"
FULL_ENOUGH = 0.75  #: share of page 1 above which the sections begin on page 2
PX_PER_MM = 96 / 25.4
TEXT_BOTTOM = (297 - 22) * PX_PER_MM  #: lower edge of the text area of an A4 page, px
TEXT_TOP = 19 * PX_PER_MM


def render(brief: Brief, templates: Templates) -> Document:
    """brief.pdf: tagged (PDF/UA-1), the same bytes for the same brief.

    Raises RenderError when the system libraries of WeasyPrint are missing.
    """
    view = {**make_view(brief)}
    front = fit_front(view, templates)
    text = render_template("print.html.j2", {**view, "front": front}, templates)
    # Same text, same identifier: readers tell documents apart by it, and it may hold no clock.
    identifier = sha256(text.encode()).digest()[:16]
    content = lay_out(text).write_pdf(pdf_identifier=identifier, pdf_variant="pdf/ua-1")
    if content is None:
        raise RenderError("brief.pdf: WeasyPrint wrote nothing")
    return Document("brief.pdf", "application/pdf", content)


def fit_front(view: dict[str, object], templates: Templates) -> dict[str, object]:
    """What page 1 holds: contents go first, then the note on the sources, until the rest fits."""
    choices = ((True, True), (False, True), (False, False))
    for has_contents, has_about in choices:
        front: dict[str, object] = {
            "contents": has_contents,
            "about": has_about,
            "is_alone": True,
            "ends_page": True,
        }
        text = render_template("print.html.j2", {**view, "front": front}, templates)
        layout = lay_out(text)
        front["is_alone"] = False
        if len(layout.pages) == 1:
            anchors = layout.pages[0].anchors
            if "front-end" not in anchors:
                raise RenderError(
                    'print.html.j2: no element has id="front-end"',
                    hint=ANCHOR_HINT,
                    is_template_error=True,
                )
            height = anchors["front-end"][1] - TEXT_TOP
            front["ends_page"] = height / (TEXT_BOTTOM - TEXT_TOP) >= FULL_ENOUGH
            return front
    return front


def lay_out(text: str) -> Layout:
    """The pages of a print document; nothing but our own fonts and inline data is ever fetched."""
    try:
        from weasyprint import HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        cause = str(error).splitlines()[0]
        raise RenderError(f"brief.pdf: {cause}", hint=LIBRARY_HINT) from error

    fetcher = URLFetcher(allowed_protocols=("data", FONT_SCHEME), allow_redirects=False)
    fetcher.add_handler(FontHandler())
    return HTML(string=text, url_fetcher=fetcher).render(font_config=FontConfiguration())


class FontHandler(BaseHandler):
    """Answers `briefont:sans-600` with that face's file, and nothing else."""

    def briefont_open(self, request: Request) -> addinfourl:
        """The face named in the address; URLError when there is none of that name."""
        name = request.full_url.removeprefix(f"{FONT_SCHEME}:")
        paths = {face.name: face.path for face in faces()}
        if name not in paths:
            raise URLError(f"no face {name!r}; known: {', '.join(paths)}")
        headers = Message()
        headers["Content-Type"] = "font/ttf"
        return addinfourl(BytesIO(paths[name].read_bytes()), headers, request.full_url, 200)
