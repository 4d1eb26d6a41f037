"""Brief -> Document, one format one file; a new format is one module here and one row below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from briefing.models import Brief, Document
from briefing.renderers import (
    bibtex_document,
    csl_document,
    docx_document,
    html_document,
    json_document,
    markdown_document,
    pdf_document,
    ris_document,
    text_document,
)
from briefing.renderers.environment import Templates

if TYPE_CHECKING:
    from briefing.config import Format

__all__ = ["RENDERERS", "Renderer", "Templates"]


class Renderer(Protocol):
    """Makes one document of a brief; asks nothing but the brief and the templates."""

    def __call__(self, brief: Brief, templates: Templates) -> Document:
        """Raise RenderError when it cannot, CitationError when a claim has no source."""
        ...


# The modules are small: each imports Jinja, fontTools or WeasyPrint only when it renders.
RENDERERS: dict[Format, Renderer] = {
    "markdown": markdown_document.render,
    "html": html_document.render,
    "pdf": pdf_document.render,
    "docx": docx_document.render,
    "text": text_document.render,
    "csl": csl_document.render,
    "ris": ris_document.render,
    "bibtex": bibtex_document.render,
    "json": json_document.render,
}
