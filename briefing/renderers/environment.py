"""Template and plain data -> text, in a sandbox, with every value escaped for its format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING

from briefing.errors import RenderError
from briefing.renderers.addresses import web_address
from briefing.renderers.plain_lines import fill, flat

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

HINT = "docs/templates.md lists every template and every field"

# What a template can raise that is the template's fault; anything else is a bug of ours.
TEMPLATE_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Templates:
    """Where templates come from: a user's folder, file by file, before the packaged ones."""

    folder: Path | None = None  #: None: the packaged templates alone

    def read(self, name: str) -> tuple[str, str] | None:
        """Text and shown path of a template; None when there is none of that name.

        A RenderError when the file is not UTF-8, or is a link that leads out of its folder.
        """
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            return None
        if self.folder is not None and (own := self.folder / name).is_file():
            if not own.resolve().is_relative_to(self.folder.resolve()):
                raise RenderError(
                    f"{own}: leads out of the template folder",
                    hint="put the file itself there",
                    is_template_error=True,
                )
            return read_text(own, str(own)), str(own)
        shipped = shipped_folder() / name
        return (
            (read_text(shipped, f"templates/{name}"), f"templates/{name}")
            if (shipped.is_file())
            else None
        )


def shipped_folder() -> Path:
    """The packaged templates: inside an installed wheel, or at the top of a checkout."""
    installed = Path(str(resources.files("briefing.renderers"))).parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"


def read_text(path: Path, shown: str) -> str:
    """A template's text; a RenderError when it is not UTF-8 or cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise RenderError(f"{shown}:{line}: not UTF-8", is_template_error=True) from error
    except OSError as error:
        raise RenderError(f"{shown}: {error.strerror}", is_template_error=True) from error


def render_template(name: str, view: Mapping[str, object], templates: Templates) -> str:
    """The text that a template makes of a view.

    Names ending in `.md.j2` are escaped for Markdown, `.txt.j2` not at all, all others for HTML.
    Raises RenderError with file and line for a mistake in a template.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    shown: dict[str, str] = {}
    environment = make_environment(name, templates, shown)
    try:
        return environment.get_template(name).render(view)
    except TemplateNotFound as error:
        raise RenderError(
            f"{place_of(error.__traceback__, shown)}no template {error.name!r}",
            hint=HINT,
            is_template_error=True,
        ) from error
    except TemplateSyntaxError as error:
        where = shown.get(error.name or name, error.name or name)
        raise RenderError(
            f"{where}:{error.lineno}: {error.message}", hint=HINT, is_template_error=True
        ) from error
    except (TemplateError, *TEMPLATE_FAULTS) as error:
        where = place_of(error.__traceback__, shown)
        if not where:
            raise
        cause = str(error).replace("'dict object'", "this").splitlines() or [type(error).__name__]
        raise RenderError(f"{where}{cause[0]}", hint=HINT, is_template_error=True) from error


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


# Active somewhere in a line for CommonMark, GitHub, Pandoc or Obsidian.
ACTIVE = re.compile(r"""[\\`*_{}\[\]<>|~^$#@]|&(?=\#?\w+;)|!(?=\[)|==|%%""")


def escape_markdown(text: str) -> str:
    """`text` as Markdown that shows it as typed, in one line."""
    escaped = ACTIVE.sub(lambda found: "".join(f"\\{c}" for c in found[0]), flat(text))
    if found := re.match(r"\s*(\d+)(?=[.)])", escaped):
        return f"{escaped[: found.end()]}\\{escaped[found.end() :]}"
    return re.sub(r"^(\s*)(?=[-+=:])", r"\1\\", escaped)


def markdown_address(url: str) -> Markup | str:
    """A web address as a Markdown autolink, what would end it encoded; any other text unchanged."""
    from markupsafe import Markup

    if web_address(url) is None:
        return url
    return Markup(f"<{url.replace('<', '%3C').replace('>', '%3E').replace(chr(92), '%5C')}>")
