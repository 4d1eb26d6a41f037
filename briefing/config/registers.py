"""The registers of publishers that a configuration names -> their entries, and every mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import normpath
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from briefing.config.mistakes import find_mistakes
from briefing.config.publishers import PublisherSpec, name_key
from briefing.config.reading import read_text
from briefing.config.tree import Loc, Tree, dotted, parse_tree
from briefing.errors import ConfigError, Mistake

_ENTRIES = TypeAdapter(tuple[PublisherSpec, ...])


@dataclass(frozen=True, slots=True)
class Registers:
    """What the registers hold, by the path that the configuration gives, and what is wrong."""

    entries: Mapping[str, tuple[PublisherSpec, ...]]
    mistakes: tuple[Mistake, ...]


def load_registers(tree: Tree, root: Path, shown: str) -> Registers:
    """Every register that a configuration names, each read once.

    Paths start at `root`; `shown` is what mistakes call the configuration.
    """
    entries: dict[str, tuple[PublisherSpec, ...]] = {}
    mistakes: list[Mistake] = []
    for loc, name in _named(tree):
        if name in entries:
            continue
        entries[name] = ()
        register = normpath(Path(shown).parent / name)
        try:
            entries[name] = _load(root / name, register)
        except (FileNotFoundError, ValueError):  # ValueError: no path at all
            place = tree.values[loc]
            message = f"no such file: {register}"
            mistakes.append(Mistake(shown, place.line, place.column, dotted(loc), message))
        except ConfigError as error:
            mistakes += error.mistakes
    return Registers(entries, tuple(mistakes))


def _named(tree: Tree) -> Iterator[tuple[Loc, str]]:
    """Where the configuration names a register, and how."""
    if not isinstance(tree.value, dict):
        return
    briefs = tree.value.get("briefs")
    holders: dict[Loc, object] = {("defaults",): tree.value.get("defaults")}
    holders |= (
        {("briefs", name): brief for name, brief in briefs.items()}
        if isinstance(briefs, dict)
        else {}
    )
    for loc, holder in holders.items():
        name = holder.get("publishers") if isinstance(holder, dict) else None
        if isinstance(name, str) and name:
            yield (*loc, "publishers"), name


def _load(path: Path, shown: str) -> tuple[PublisherSpec, ...]:
    tree = parse_tree(read_text(path, shown), shown)
    mistakes = list(tree.mistakes)
    if tree.value is None and not mistakes:
        raise ConfigError([Mistake(shown, 0, 0, "", "is empty; needs a list of publishers")])
    try:
        entries = _ENTRIES.validate_python(tree.value)
    except ValidationError as error:
        raise ConfigError([*mistakes, *find_mistakes(error, tree, shown)]) from error
    mistakes += _claimed_twice(entries, tree, shown)
    if mistakes:
        raise ConfigError(mistakes)
    return entries


def _claimed_twice(entries: tuple[PublisherSpec, ...], tree: Tree, shown: str) -> Iterator[Mistake]:
    """A mistake for each name or domain that an earlier publisher has already."""
    owners: dict[str, PublisherSpec] = {}
    for number, entry in enumerate(entries):
        claims: dict[Loc, str] = {(number, "name"): name_key(entry.name)}
        claims |= {(number, "also", i): name_key(name) for i, name in enumerate(entry.also)}
        claims |= {(number, "domains", i): f"@{name}" for i, name in enumerate(entry.domains)}
        for loc, claim in claims.items():
            owner = owners.setdefault(claim, entry)
            if owner is not entry:
                place = tree.values[loc]
                message = f"belongs to {owner.name} already; a publisher stands once"
                yield Mistake(shown, place.line, place.column, dotted(loc), message)
