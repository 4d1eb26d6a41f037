"""YAML text -> plain values whose every scalar is text, with the place of each in the file.

Scalars are not guessed at: `NO`, `1.10` and `22:22` stay text until a spec asks for a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yaml.composer import Composer
from yaml.error import Mark, MarkedYAMLError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import BaseResolver
from yaml.scanner import Scanner

from briefing.config.suggest import clip
from briefing.errors import ConfigError, Mistake

Loc = tuple[str | int, ...]  #: the way from the root to a value: keys, and 0, 1, 2 … in lists

_DEEPEST = 20
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_ALIAS = "!alias"

#: What PyYAML's scanner and parser say, and what to tell a person instead.
_PLAINLY = (
    ("found character '\\t'", "a tab; indent with spaces"),
    ("found character", "text that begins with a sign such as @, % or ` needs quotation marks"),
    ("expected alphabetic or numeric", "text that begins with * or & needs quotation marks"),
    (
        "mapping values are not allowed",
        "a ':' where none can be; mind the indentation, and put text that holds ': ' in quotation"
        " marks",
    ),
    ("sequence entries are not allowed", "a '- ' where none can be; begin a list on its own line"),
    (
        "expected <block end>",
        "does not fit what stands above; mind indentation and quotation marks",
    ),
    ("could not find expected ':'", "the line above is no 'key: value'; a ':' is missing"),
    ("found unexpected end of stream", "a quotation mark is never closed"),
    ("but got '<stream end>'", "a bracket is never closed"),
    (
        "expected ',' or",
        "a comma or a closing bracket is missing, or text with ? is without quotation marks",
    ),
    ("expected the node content", "a value is missing, or needs quotation marks"),
    ("but found another document", "a second document; a configuration is one document"),
    ("found unknown escape character", 'after "\\" in quotation marks; write "\\\\" or use \'…\''),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something begins in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's values, where they stand, and what is wrong with the file as YAML."""

    value: object  #: dict, list, str or None
    keys: Mapping[Loc, Place]
    values: Mapping[Loc, Place]
    mistakes: tuple[Mistake, ...]
    refused: frozenset[Loc]  #: values that a mistake already speaks about


def parse_tree(text: str, path: str) -> Tree:
    """`text` as a tree; `path` is what mistakes call the file.

    Raises ConfigError when it is not YAML, at the place where reading could not go on.
    """
    unprintable = Reader.NON_PRINTABLE.search(text)
    if unprintable:
        start = unprintable.start()
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        message = f"the invisible character U+{ord(unprintable[0]):04X}; take it out"
        raise ConfigError([Mistake(path, line, column, "", message)])
    try:
        node = _Loader(text).get_single_node()
    except MarkedYAMLError as error:
        problem = error.problem or error.context or "not YAML"
        is_unclosed = "end of stream" in problem or "<stream end>" in problem
        place = _place(error.context_mark if is_unclosed else error.problem_mark)
        message = _plain(problem)
        raise ConfigError([Mistake(path, place.line, place.column, "", message)]) from error
    growing = _Growing(path)
    value = growing.value(node, ()) if node is not None else None
    return Tree(
        value=value,
        keys=growing.keys,
        values=growing.values,
        mistakes=tuple(growing.mistakes),
        refused=frozenset(growing.refused),
    )


def dotted(loc: Loc) -> str:
    """`loc` as messages write it: briefs.summit.sections.1.kind."""
    return ".".join(str(part) for part in loc)


class _Loader(Reader, Scanner, Parser, Composer, BaseResolver):
    """Composes nodes, but no aliases (they can grow without bound) and nothing too deep."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self._depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        events: Any = self  # PyYAML's stubs leave these calls without types
        if events.check_event(AliasEvent):
            event = events.get_event()
            return ScalarNode(_ALIAS, "", event.start_mark, event.end_mark)
        if self._depth >= _DEEPEST:
            mark = events.peek_event().start_mark
            raise MarkedYAMLError(problem=f"nested more than {_DEEPEST} deep", problem_mark=mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


@dataclass(slots=True)
class _Growing:
    path: str
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)

    def value(self, node: Node, loc: Loc) -> object:
        self.values[loc] = _place(node.start_mark)
        if node.tag == _ALIAS:
            self._refuse(
                node, loc, "an alias; write the value out, or put text that begins with * in quotes"
            )
            return None
        if node.tag not in _TAGS:
            self._refuse(node, loc, f"the tag '{clip(_tag(node))}'; tags are not read")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*loc, i)) for i, item in enumerate(node.value)]
        is_plain = isinstance(node, ScalarNode) and not node.style
        is_null = node.tag.endswith(":null") or (is_plain and node.value in _NULLS)
        return None if is_null else str(node.value)

    def _mapping(self, node: MappingNode, loc: Loc) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode) or key_node.tag not in _TAGS:
                self._refuse(key_node, loc, "a key must be plain text")
                continue
            key = str(key_node.value)
            if key in mapping:
                first = self.keys[*loc, key].line
                self._add(key_node, (*loc, key), f"stands twice; the first is on line {first}")
                continue
            self.keys[*loc, key] = _place(key_node.start_mark)
            mapping[key] = self.value(value_node, (*loc, key))
        return mapping

    def _refuse(self, node: Node, loc: Loc, message: str) -> None:
        self.refused.add(loc)
        self._add(node, loc, message)

    def _add(self, node: Node, loc: Loc, message: str) -> None:
        place = _place(node.start_mark)
        self.mistakes.append(Mistake(self.path, place.line, place.column, dotted(loc), message))


def _place(mark: Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(0, 0)


def _tag(node: Node) -> str:
    return node.tag.replace("tag:yaml.org,2002:", "!!")


def _plain(problem: str) -> str:
    for said, plainly in _PLAINLY:
        if said in problem:
            return f"not YAML: {plainly}"
    return f"not YAML: {problem}"
