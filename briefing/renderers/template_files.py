"""Names of templates -> their text: a user's folder, file by file, before the packaged ones."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path, PurePosixPath

from briefing.errors import RenderError

#: Every packaged template and what it makes; `brief templates` and docs/templates.md show it.
TEMPLATES = {
    "brief.md.j2": "brief.md",
    "brief.txt.j2": "brief.txt",
    "brief.html.j2": "brief.html",
    "print.html.j2": "brief.pdf, by WeasyPrint",
    "principal.html.j2": "brief.pdf of the profile principal, which must come to one page",
    "print_top.html.j2": "the two above down to the facts on page 1: paper, running heads, title",
    "macros.html.j2": "citations, support dots, status chips, keys and claims in those above",
    "figures.html.j2": "the timeline, the matrix of sources and the bar of support as SVG",
    "page.css": "the look of brief.html",
    "print.css": "the look of brief.pdf",
    "mail.txt.j2": "the text of a message",
    "mail.html.j2": "the HTML of a message",
    "mail.css": "the look of a message",
}
LONGEST_BYTES = 1 << 20  #: of one template


@dataclass(frozen=True, slots=True)
class Limits:
    """What a user's template may take before it is stopped."""

    seconds: int = 30
    megabytes: int = 1024  #: of memory, the interpreter's own included
    output_megabytes: int = 50


@dataclass(frozen=True, slots=True)
class Templates:
    """Where templates come from."""

    folder: Path | None = None  #: the user's; None: the packaged templates alone
    limits: Limits = Limits()

    @property
    def has_own(self) -> bool:
        """Whether a template may be the user's, and not one of those that come with the program."""
        if self.folder is None or not self.folder.is_dir():
            return False
        return self.folder.resolve() != shipped_folder().resolve()

    def read(self, name: str) -> tuple[str, str] | None:
        """Text and shown path of a template; None when there is none of that name.

        A RenderError when the file is not UTF-8, too long, or is a link out of its folder.
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
            if shipped.is_file()
            else None
        )


def shipped_folder() -> Path:
    """The packaged templates: inside an installed wheel, or at the top of a checkout."""
    installed = Path(str(resources.files("briefing.renderers"))).parent / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"


def read_text(path: Path, shown: str) -> str:
    """A template's text; a RenderError when it is too long, not UTF-8 or cannot be read."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LONGEST_BYTES + 1)
    except OSError as error:
        raise RenderError(f"{shown}: {error.strerror}", is_template_error=True) from error
    if len(content) > LONGEST_BYTES:
        raise RenderError(f"{shown}: longer than {LONGEST_BYTES >> 20} MB", is_template_error=True)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RenderError(f"{shown}:{line}: not UTF-8", is_template_error=True) from error
