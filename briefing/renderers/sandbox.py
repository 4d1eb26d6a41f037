"""Template and plain data -> text, in Jinja's immutable sandbox, every value escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING

from briefing.errors import RenderError
from briefing.renderers.markdown_text import escape_markdown, markdown_address
from briefing.renderers.plain_lines import fill, flat
from briefing.renderers.template_files import Templates

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

HINT = "docs/templates.md lists every template and every field"


class TookTooLong(Exception):
    """Raised by a clock into a template that runs out of its time."""


# What a template can raise that is the template's fault; anything else is a bug of ours.
TEMPLATE_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TookTooLong,
    TypeError,
    ValueError,
)
#: Of these, what can also happen before its first line runs.
EXHAUSTED = (MemoryError, RecursionError, SyntaxError, TookTooLong)


def run_template(name: str, view: Mapping[str, object], templates: Templates) -> str:
    """What environment.render_template gives, in this process; only output is limited here."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    shown: dict[str, str] = {}
    environment = make_environment(name, templates, shown)
    most = templates.limits.output_megabytes
    pieces: list[str] = []
    size = 0
    try:
        for piece in environment.get_template(name).generate(view):
            size += len(piece)
            if size > most << 20:
                raise mistake(f"{shown[name]}: makes more than {most} MB of text")
            pieces.append(piece)
    except TemplateNotFound as error:
        where = place_of(error.__traceback__, shown)
        raise mistake(f"{where}no template {error.name!r}") from error
    except TemplateSyntaxError as error:
        where = shown.get(error.name or name, error.name or name)
        raise mistake(f"{where}:{error.lineno}: {error.message}") from error
    except (TemplateError, *TEMPLATE_FAULTS) as error:
        where = place_of(error.__traceback__, shown)
        if not where and not isinstance(error, EXHAUSTED):
            raise
        cause = cause_of(error, templates)
        raise mistake(f"{where or f'{[*shown.values(), name][0]}: '}{cause}") from error
    return "".join(pieces)


def mistake(message: str) -> RenderError:
    """A RenderError that blames a template."""
    return RenderError(message, hint=HINT, is_template_error=True)


def cause_of(error: Exception, templates: Templates) -> str:
    """One line about what went wrong in a template."""
    match error:
        case TookTooLong():
            return f"took more than {templates.limits.seconds} s"
        case MemoryError():
            return f"needs more than {templates.limits.megabytes:,} MB of memory"
        case RecursionError():
            return "goes round in circles, or is nested too deeply"
        case SyntaxError():
            return f"too much at once: {error.msg}"
    lines = str(error).replace("'dict object'", "this").splitlines()
    return lines[0] if lines else type(error).__name__


def make_environment(
    name: str, templates: Templates, shown: dict[str, str]
) -> ImmutableSandboxedEnvironment:
    """The sandbox for one template; `shown` collects the path of every template that it loads."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def load(wanted: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = templates.read(wanted)
        if found is None:
            return None
        shown[wanted] = found[1]
        return found[0], found[1], lambda: True

    plain = name.endswith(".txt.j2")
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=not plain,
        finalize=plain_text if plain else finalizer_of(name),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Text of an article can never be declared safe, and nothing is printed that no source says.
    del environment.filters["safe"]
    del environment.globals["lipsum"]
    environment.filters["flat"] = flat
    environment.filters["fill"] = fill
    environment.filters["address"] = markdown_address
    if name.endswith(".md.j2"):
        # Their own "escape" knows HTML only, and would mark active text as safe.
        for alias in ("e", "escape", "forceescape"):
            environment.filters[alias] = finalizer_of(name)
        for html_only in ("tojson", "urlize", "xmlattr"):
            del environment.filters[html_only]
    return environment


def place_of(traceback: TracebackType | None, shown: dict[str, str]) -> str:
    """`templates/brief.html.j2:4: ` of the innermost template frame; empty when there is none."""
    paths = set(shown.values())
    place = ""
    for frame, line in walk_tb(traceback):
        if frame.f_code.co_filename in paths:
            place = f"{frame.f_code.co_filename}:{line}: "
    return place


def finalizer_of(name: str) -> Callable[[object], object]:
    """What every printed value goes through; markup that our own macros made passes unchanged."""
    from markupsafe import Markup, escape

    to_text = escape_markdown if name.endswith(".md.j2") else escape

    def finalize(value: object) -> object:
        if value is None:
            return ""
        return value if isinstance(value, Markup) else Markup(to_text(str(value)))

    return finalize


def plain_text(value: object) -> object:
    """Nothing for None; everything else as it is."""
    return "" if value is None else value
