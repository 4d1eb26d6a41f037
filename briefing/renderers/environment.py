"""Template and plain data -> text; a user's own templates run apart, inside limits."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.renderers.template_files import Templates

__all__ = ["Templates", "render_template"]


def render_template(name: str, view: Mapping[str, object], templates: Templates) -> str:
    """The text that a template makes of a view: dicts, lists, text, numbers, true, false, none.

    Names ending in `.md.j2` are escaped for Markdown, `.txt.j2` not at all, all others for HTML.
    Raises RenderError with file and line for a mistake in a template.
    """
    if templates.has_own:
        from briefing.renderers.confined import run_confined

        return run_confined(name, view, templates)
    from briefing.renderers.sandbox import run_template

    return run_template(name, view, templates)
