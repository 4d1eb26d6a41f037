"""Brief -> brief.pdf, through the print template and a typesetter that is a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from briefing.errors import RenderError
from briefing.models import Brief, Document, Problem
from briefing.renderers import json_document
from briefing.renderers.environment import Templates, render_template
from briefing.renderers.paper import TOP_OF_FIRST, text_bottom
from briefing.renderers.principal import view_page
from briefing.renderers.typesetter import Attachment, Typesetter
from briefing.renderers.view import make_view

ANCHOR_HINT = "give it to the last element of page 1, as the print template that comes along does"
FULL_ENOUGH = 0.75  #: share of page 1 above which the sections begin on page 2


def render(brief: Brief, templates: Templates) -> Document:
    """brief.pdf by a typesetter of its own; what `begin` and `finish` raise."""
    with Typesetter() as typesetter:
        begin(brief, templates, typesetter)
        return finish(brief, typesetter)


def begin(brief: Brief, templates: Templates, typesetter: Typesetter) -> None:
    """Have brief.pdf made: tagged, brief.json attached, the same bytes for the same brief.

    Raises RenderError for a template's mistake, when a limit is passed, or when the system
    libraries of WeasyPrint are missing.
    """
    text = print_text(brief, templates, typesetter)
    typesetter.begin_writing(
        text,
        # Same text, same identifier: readers tell documents apart by it, and it may hold no clock.
        identifier=sha256(text.encode()).digest()[:16],
        variant=f"pdf/{brief.pdf_standard}",
        attachments=(
            Attachment(
                name="brief.json",
                description="This brief as data, with the place of every passage",
                text=json_document.render(brief, templates).content.decode(),
                created=brief.as_of.isoformat(),
            ),
        ),
    )


def finish(brief: Brief, typesetter: Typesetter) -> Document:
    """The document that was begun, with a problem for every script that no font here has."""
    written = typesetter.finish_writing()
    problems = tuple(Problem(f"{brief.name}: pdf", reason) for reason in name_gaps(written.missing))
    return Document("brief.pdf", "application/pdf", written.content, problems)


def print_text(brief: Brief, templates: Templates, typesetter: Typesetter) -> str:
    """The print document as HTML, page 1 fitted."""
    if brief.profile == "principal":
        page = make_view(brief)
        return render_template("principal.html.j2", {**page, **view_page(page)}, templates)
    return fit_front(make_view(brief), templates, typesetter)


def fit_front(view: Mapping[str, object], templates: Templates, typesetter: Typesetter) -> str:
    """The document whose page 1 fits: contents go first, then the note on the sources.

    Page 1 is measured alone. Whether it is full enough to end there is guessed meanwhile, and
    seldom wrongly.
    """
    bottom = text_bottom(str(view["paper"]))
    top = TOP_OF_FIRST[str(view["paper"])]

    def rendered(has_contents: bool, has_about: bool, *, is_alone: bool, ends_page: bool) -> str:
        front = {
            "contents": has_contents,
            "about": has_about,
            "is_alone": is_alone,
            "ends_page": ends_page,
        }
        return render_template("print.html.j2", {**view, "front": front}, templates)

    for holds in ((True, True), (False, True), (False, False)):
        typesetter.begin_measuring(rendered(*holds, is_alone=True, ends_page=True))
        text = rendered(*holds, is_alone=False, ends_page=True)
        measure = typesetter.finish_measuring()
        if measure.pages == 1:
            if "front-end" not in measure.anchors:
                raise RenderError(
                    'print.html.j2: no element has id="front-end"',
                    hint=ANCHOR_HINT,
                    is_template_error=True,
                )
            _, end = measure.anchors["front-end"]
            if (end - top) / (bottom - top) < FULL_ENOUGH:
                text = rendered(*holds, is_alone=False, ends_page=False)
            break
    return text


def name_gaps(missing: Iterable[str]) -> list[str]:
    """One sentence a script, in the order of their names, for characters that no font has."""
    from fontTools import unicodedata

    scripts: dict[str, int] = {}
    for character in sorted(missing):
        name = unicodedata.script_name(unicodedata.script(character))
        scripts[name] = scripts.get(name, 0) + 1
    return [
        f"no font on this machine for {_name(script)}: {_boxes(number)} in brief.pdf; "
        "install a font that has them"
        for script, number in sorted(scripts.items())
    ]


def _boxes(number: int) -> str:
    if number == 1:
        return "1 character stands as an empty box"
    return f"{number} different characters stand as empty boxes"


def _name(script: str) -> str:
    names = {"Han": "Chinese characters (Han)", "Common": "some symbols", "Inherited": "some marks"}
    return names.get(script, script)
