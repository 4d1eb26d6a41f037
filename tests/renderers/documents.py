"""The documents of the briefs in tests.build, each rendered once for all tests that read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from briefing.config import Format
from briefing.models import Brief, Document
from briefing.renderers import RENDERERS, Templates


@cache
def document(format_name: Format, make_brief: Callable[[], Brief]) -> Document:
    """The packaged templates' document of a brief."""
    return RENDERERS[format_name](make_brief(), Templates())
