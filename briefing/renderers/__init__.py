"""Brief -> Document, one format one file; a new format is one module here and one row below."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from briefing.renderers.environment import Templates

if TYPE_CHECKING:
    from briefing.config import Format
    from briefing.models import Brief, Document

__all__ = ["RENDERERS", "Renderer", "Templates"]


class Renderer(Protocol):
    """Makes one document of a brief; asks nothing but the brief and the templates."""

    def __call__(self, brief: Brief, templates: Templates) -> Document:
        """Raise RenderError when it cannot, CitationError when a claim has no source."""
        ...


def _from(module: str) -> Renderer:
    """The `render` of a module here, which is imported when it is asked for.

    The programs that typeset and that run a house's templates start without what they do not use.
    """

    def render(brief: Brief, templates: Templates) -> Document:
        document: Document = import_module(f"{__name__}.{module}").render(brief, templates)
        return document

    return render


RENDERERS: dict[Format, Renderer] = {
    "markdown": _from("markdown_document"),
    "html": _from("html_document"),
    "pdf": _from("pdf_document"),
    "docx": _from("docx_document"),
    "text": _from("text_document"),
    "csl": _from("csl_document"),
    "ris": _from("ris_document"),
    "bibtex": _from("bibtex_document"),
    "json": _from("json_document"),
}
