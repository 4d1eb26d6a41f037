"""A configuration file -> `Config`: defaults merged, everything checked, every mistake at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from os.path import normpath
from pathlib import Path

from pydantic import ValidationError

from briefing.config.delivery import PasswordFault
from briefing.config.mailbox import address_of
from briefing.config.mistakes import find_mistakes
from briefing.config.notes import PlacedNote, place_notes
from briefing.config.reading import read_text
from briefing.config.registers import Registers, load_registers
from briefing.config.specs import BriefSpec, DefaultsSpec, FileSpec
from briefing.config.suggest import clip
from briefing.config.tree import Loc, Tree, dotted, parse_tree
from briefing.errors import ConfigError, Mistake

CONFIG_NAME = "config.yaml"
_INIT = "`brief init` writes a configuration to begin with"


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that can be used: its file, and the briefs in the order of the file."""

    path: Path  #: absolute; relative paths in the briefs start at its folder
    briefs: tuple[BriefSpec, ...]
    store: str | None = None  #: as the file gives it; a path starts at the file's folder
    keep: timedelta = timedelta(days=400)  #: how long the store keeps old editions
    keep_editions: int = 100  #: how many of each brief it keeps in any case
    notes: tuple[PlacedNote, ...] = ()  #: every analyst's note, in the order of the file


def find_config(start: Path) -> Path:
    """The nearest config.yaml at `start` or above it; raises ConfigError when there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        path = folder / CONFIG_NAME
        if path.is_file():
            return path
    where = f"in {start} or above it"
    hint = f"{_INIT}; --config names one elsewhere"
    raise ConfigError([Mistake(CONFIG_NAME, 0, 0, "", f"no such file {where}")], hint=hint)


def load_config(
    path: Path,
    *,
    rankers: Collection[str] | None = None,
    password_fault: PasswordFault | None = None,
    shown: str | None = None,
) -> Config:
    """The configuration at `path`, fully resolved.

    `rankers` are the names that `condense.method` may have; None does not check them.
    `password_fault` says why a password cannot be had where it is said to be; None does not look.
    `shown` is what mistakes call the file; by default `path` as given.
    Raises ConfigError with every mistake in the order of the file.
    """
    shown = shown or str(path)
    try:
        tree = parse_tree(read_text(path, shown), shown)
    except FileNotFoundError as error:
        raise ConfigError([Mistake(shown, 0, 0, "", "no such file")], hint=_INIT) from error
    if tree.value is None and not tree.mistakes:
        raise ConfigError([Mistake(shown, 0, 0, "", "is empty; needs briefs")], hint=_INIT)
    mistakes = list(tree.mistakes)
    registers = load_registers(tree, path.parent, shown)
    try:
        spec = FileSpec.model_validate(
            _with_defaults(tree, shown, mistakes),
            context={
                "rankers": None if rankers is None else frozenset(rankers),
                "password_fault": password_fault,
                "registers": registers.entries,
            },
        )
    except ValidationError as error:
        mistakes += find_mistakes(error, tree, shown)
        raise ConfigError(_in_order(mistakes, registers)) from error
    mistakes += _shared_folders(spec, tree, shown)
    mistakes += _repeated_recipients(spec, tree, shown)
    if mistakes or registers.mistakes:
        raise ConfigError(_in_order(mistakes, registers))
    return Config(
        path=path.parent.resolve() / path.name,
        briefs=tuple(spec.briefs.values()),
        store=spec.store,
        keep=spec.keep,
        keep_editions=spec.keep_editions,
        notes=place_notes(spec.briefs, tree, shown),
    )


def _with_defaults(tree: Tree, shown: str, mistakes: list[Mistake]) -> object:
    """The file's values with each brief completed by the defaults and named by its key."""
    if not isinstance(tree.value, dict) or not isinstance(tree.value.get("briefs"), dict):
        return tree.value
    defaults = tree.value.get("defaults")
    shared = {
        key: value
        for key, value in (defaults if isinstance(defaults, dict) else {}).items()
        if key in DefaultsSpec.model_fields
    }
    briefs = {}
    for name, values in tree.value["briefs"].items():
        briefs[name] = values
        if isinstance(values, dict):
            if "name" in values:
                place = tree.keys["briefs", name, "name"]
                loc = dotted(("briefs", name, "name"))
                message = f"unknown key; a brief's name is the key above it, '{clip(name)}'"
                mistakes.append(Mistake(shown, place.line, place.column, loc, message))
            briefs[name] = {**_merged(shared, values), "name": name}
    return {**tree.value, "briefs": briefs}


def _merged(defaults: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    merged = {**defaults, **values}
    ours, theirs = values.get("condense"), defaults.get("condense")
    if isinstance(ours, dict) and isinstance(theirs, dict):
        merged["condense"] = {**theirs, **ours}
    return merged


def _shared_folders(spec: FileSpec, tree: Tree, shown: str) -> list[Mistake]:
    """A mistake for each delivery into a folder that an earlier one already fills."""
    mistakes, owners = [], dict[str, str]()
    for name, brief in spec.briefs.items():
        for number, deliver in enumerate(brief.deliver):
            if deliver.folder is None:
                continue
            loc = ("briefs", name, "deliver", number, "folder", "path")
            owner = owners.setdefault(normpath(deliver.folder.path), dotted(loc))
            if owner != dotted(loc):
                place = tree.values[loc]
                message = f"the folder of {owner}; editions of one would replace the other's"
                mistakes.append(Mistake(shown, place.line, place.column, dotted(loc), message))
    return mistakes


def _repeated_recipients(spec: FileSpec, tree: Tree, shown: str) -> list[Mistake]:
    """A mistake for each recipient of a brief whom an earlier place of it names already."""
    mistakes = []
    for name, brief in spec.briefs.items():
        first = dict[str, Loc]()
        for loc, mailbox in _recipients(brief):
            place = tree.values["briefs", name, *loc]
            # Servers may tell capitals before the @ apart, but none that anybody knows does.
            earlier = first.setdefault(address_of(mailbox).lower(), loc)
            if earlier != loc:
                line = tree.values["briefs", name, *earlier].line
                message = (
                    f"'{clip(address_of(mailbox))}' would get each edition twice; "
                    f"it stands in {dotted(earlier)} on line {line} already"
                )
                key = dotted(("briefs", name, *loc))
                mistakes.append(Mistake(shown, place.line, place.column, key, message))
    return mistakes


def _recipients(brief: BriefSpec) -> Iterator[tuple[Loc, str]]:
    """Every recipient as given, with its way from the brief."""
    for number, deliver in enumerate(brief.deliver):
        if deliver.mail is not None:
            mail = deliver.mail
            for key, mailboxes in (("to", mail.to), ("cc", mail.cc), ("bcc", mail.bcc)):
                for place, mailbox in enumerate(mailboxes):
                    yield ("deliver", number, "mail", key, place), mailbox


def _in_order(mistakes: Sequence[Mistake], registers: Registers) -> list[Mistake]:
    """Every mistake in the order of its file, this one before the registers that it names."""
    files = list(dict.fromkeys(mistake.path for mistake in (*mistakes, *registers.mistakes)))
    return sorted(
        (*mistakes, *registers.mistakes),
        key=lambda mistake: (files.index(mistake.path), mistake.line, mistake.column),
    )
