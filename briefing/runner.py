"""Spec -> edition on disk: the only place where reading, making, rendering and writing meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from briefing.config import BriefSpec, Format, SourceSpec
from briefing.edition import EDITION_FORMAT, write_edition
from briefing.errors import NothingToBuild, RenderError, SourceError
from briefing.faults import fault
from briefing.models import Article, Brief, Document, Problem
from briefing.pipeline import make_brief
from briefing.readers import expand, read
from briefing.renderers import RENDERERS, Templates, pdf_document
from briefing.renderers.page_fit import fit_pages
from briefing.renderers.typesetter import Typesetter


class Progress(Protocol):
    """Told what is being done; the command draws it."""

    def step(self, name: str, done: int, total: int) -> None:
        """`done` of `total` parts of the step `name` are done."""
        ...


class Silent:
    """A progress that nobody watches."""

    def step(self, name: str, done: int, total: int) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sources of a brief hold."""

    articles: tuple[Article, ...]  #: each once
    problems: tuple[Problem, ...]  #: what could not be read
    readable: int  #: sources that gave at least one article


@dataclass(frozen=True, slots=True)
class Edition:
    """A brief that was built."""

    name: str
    folder: Path
    problems: tuple[Problem, ...]
    brief: Brief


def run_brief(
    spec: BriefSpec,
    *,
    root: Path,
    out: Path,
    now: datetime,
    templates: Path | None = None,
    sources: Sequence[SourceSpec] | None = None,
    formats: Sequence[Format] | None = None,
    progress: Progress | None = None,
    typesetter: Typesetter | None = None,
) -> Edition:
    """Read the sources, make the brief as of `now`, render it and write the edition folder.

    `sources` and `formats` replace the configured ones; a `typesetter` is lent. What could not be
    read or rendered is a problem of the edition. Raises NothingToBuild when no article could be
    read, RenderError for a template's mistake, DeliveryError when the folder cannot be written.
    """
    reading = read_sources(
        spec.sources if sources is None else sources, spec, root=root, progress=progress
    )
    if not reading.articles:
        raise NothingToBuild(f"{spec.name}: no article could be read", problems=reading.problems)
    return build_edition(
        spec,
        reading.articles,
        reading.problems,
        out=out,
        now=now,
        templates=templates,
        formats=formats,
        progress=progress,
        typesetter=typesetter,
    )


def build_edition(
    spec: BriefSpec,
    articles: Sequence[Article],
    problems: Sequence[Problem],
    *,
    out: Path,
    now: datetime,
    number: int | None = None,
    templates: Path | None = None,
    formats: Sequence[Format] | None = None,
    progress: Progress | None = None,
    typesetter: Typesetter | None = None,
) -> Edition:
    """Make the brief of `articles` as of `now`, render it and write the edition folder.

    `problems` are those of reading; `number` is the edition's, where a store counts.
    Raises RenderError for a template's mistake, DeliveryError when the folder cannot be written.
    """
    shown = progress or Silent()
    if spec.profile == "press":
        spec = for_the_public(spec)
    now = now.astimezone(ZoneInfo(spec.timezone))
    wanted = tuple(dict.fromkeys((*(formats or spec.formats), "json")))
    with nullcontext(typesetter) if typesetter else Typesetter() as typesetter:
        if "pdf" in wanted:
            typesetter.start()  # ready by the time that the brief is made
        shown.step("make", 0, 1)
        brief = replace(make_brief(articles, spec, now, problems), number=number)
        shown.step("make", 1, 1)
        fault("runner-made")
        try:
            brief = fit_pages(brief, spec.budget.pages, Templates(templates), typesetter)
        except RenderError as error:
            if error.is_template_error:
                raise
            # A page that was asked for and cannot be had is left out, not made longer.
            wanted = tuple(name for name in wanted if name != "pdf")
            problem = Problem(f"{brief.name}: pdf", str(error))
            brief = replace(brief, problems=(*brief.problems, problem))
        brief, documents = _render(brief, wanted, Templates(templates), shown, typesetter)
    fault("runner-rendered")
    folder = write_edition(
        out / spec.name,
        now.astimezone(UTC).strftime(EDITION_FORMAT),
        documents,
        brief.articles,
        # Neither what it is made of nor anybody's business who opens the edition.
        configuration=spec.model_dump(mode="json", exclude={"deliver", "schedule"}),
    )
    return Edition(spec.name, folder, brief.problems, brief)


def for_the_public(spec: BriefSpec) -> BriefSpec:
    """The spec without what is for its readers inside alone."""
    sections = tuple(section.model_copy(update={"notes": ()}) for section in spec.sections)
    inside = {"marking": "", "distribution": "", "notes": (), "sections": sections}
    return spec.model_copy(update=inside)


def read_sources(
    sources: Sequence[SourceSpec], spec: BriefSpec, *, root: Path, progress: Progress | None = None
) -> Reading:
    """Every article that the sources hold, each once, and what could not be read.

    A file that several sources name is read once, with the facts of the one that gives most.
    """
    shown = progress or Silent()
    problems: list[Problem] = []
    files: dict[Path, SourceSpec] = {}
    named: dict[Path, set[int]] = {}
    for number, source in enumerate(sources):
        try:
            for path in expand(source, root):
                named.setdefault(path, set()).add(number)
                known = files.get(path)
                if known is None or _facts_given(source) > _facts_given(known):
                    files[path] = source
        except SourceError as error:
            problems.append(Problem(error.subject, error.reason))
    articles: dict[str, Article] = {}
    readable: set[int] = set()
    for done, (path, source) in enumerate(files.items()):
        shown.step("read", done, len(files))
        try:
            reading = read(
                path, source, language=spec.language, zone=ZoneInfo(spec.timezone), root=root
            )
        except SourceError as error:
            problems.append(Problem(error.subject, error.reason))
            continue
        readable |= named[path]
        problems.extend(reading.notes)
        for article in reading.articles:
            if (twin := articles.setdefault(article.id, article)) is not article:
                reason = f"the same article as {twin.subject}; counted once"
                problems.append(Problem(article.subject, reason))
    shown.step("read", len(files), len(files))
    fault("runner-read")
    return Reading(tuple(articles.values()), tuple(problems), len(readable))


def _facts_given(source: SourceSpec) -> int:
    facts = (source.title, source.publisher, source.author, source.published, source.url)
    return sum(fact is not None for fact in facts)


def _render(
    brief: Brief,
    formats: Sequence[Format],
    templates: Templates,
    progress: Progress,
    typesetter: Typesetter,
) -> tuple[Brief, tuple[Document, ...]]:
    """The documents, and the brief with a problem for all that could not be rendered.

    Where rendering itself finds a problem, all are rendered anew, so that every document names it.
    """
    wanted = list(formats)
    while True:
        documents, problems, failed = _render_once(brief, wanted, templates, progress, typesetter)
        new = tuple(problem for problem in problems if problem not in brief.problems)
        if not new:
            return brief, documents
        wanted = [name for name in wanted if name not in failed]
        brief = replace(brief, problems=(*brief.problems, *new))


def _render_once(
    brief: Brief,
    formats: Sequence[Format],
    templates: Templates,
    progress: Progress,
    typesetter: Typesetter,
) -> tuple[tuple[Document, ...], tuple[Problem, ...], frozenset[Format]]:
    """The documents in the order of `formats`, what they lack, and the formats that failed.

    The PDF is begun first: it is made beside all others.
    """
    documents: dict[Format, Document] = {}
    problems: list[Problem] = []
    failed: set[Format] = set()
    steps: list[tuple[Format, Callable[[], Document | None]]] = [
        (name, partial(RENDERERS[name], brief, templates)) for name in formats if name != "pdf"
    ]
    if "pdf" in formats:
        steps.insert(0, ("pdf", partial(pdf_document.begin, brief, templates, typesetter)))
        steps.append(("pdf", partial(pdf_document.finish, brief, typesetter)))
    for done, (name, step) in enumerate(steps):
        progress.step(f"render {name}", done, len(steps))
        if name in failed:
            continue
        try:
            document = step()
        except RenderError as error:
            if error.is_template_error or name == "json":
                raise
            failed.add(name)
            problems.append(Problem(f"{brief.name}: {name}", str(error)))
            continue
        if document is not None:
            documents[name] = document
            problems.extend(document.problems)
    progress.step("render", len(steps), len(steps))
    made = tuple(documents[name] for name in formats if name in documents)
    return made, tuple(problems), frozenset(failed)
