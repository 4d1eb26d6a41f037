"""What pydantic found wrong -> our mistakes: in plain words, each at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from briefing.config.delivery import DeliverSpec, FolderSpec, MailSpec, ScheduleSpec, SmtpSpec
from briefing.config.notes import NoteSpec
from briefing.config.publishers import PublisherSpec
from briefing.config.specs import (
    BriefSpec,
    CondenseSpec,
    DefaultsSpec,
    FileSpec,
    SectionSpec,
    SourceSpec,
)
from briefing.config.suggest import clip, did_you_mean, nearest, no_such
from briefing.config.tree import Loc, Place, Tree, dotted
from briefing.config.values import Spec
from briefing.errors import Mistake

_WORDS = {dict: "keys with values", list: "a list", str: "text", type(None): "nothing"}

_MOST = 500  #: mistakes of one file; to guess for each what was meant takes time


def find_mistakes(error: ValidationError, tree: Tree, shown: str) -> list[Mistake]:
    """Every mistake in `error`, in no order; those that follow from another are left out.

    `shown` is what the mistakes call the file. Beyond 500 mistakes the rest is not told.
    """
    found = error.errors(include_url=False)[:_MOST]
    meant = {
        (*one["loc"][:-1], nearest(str(one["loc"][-1]), _known(one["loc"][:-1])))
        for one in found
        if one["type"] == "extra_forbidden"
    }
    mistakes = []
    for one in found:
        loc = one["loc"]
        if one["type"] == "source":
            loc = loc[:-1]  # about the whole source, not about the key that is checked last
            if any((*loc, key) in meant | tree.refused for key in ("path", "url", "feed")):
                continue
        is_about_key = one["type"] in ("extra_forbidden", "missing")
        if _is_name(loc):
            loc, is_about_key = loc[:-1], True
        is_known = (
            (one["type"] == "missing" and loc in meant)
            or (one["type"] == "too_short" and one["input"])  # its items have mistakes of their own
            or any(loc[: len(refused)] == refused for refused in tree.refused)
            or _is_from_defaults(loc, tree)
        )
        if not is_known:
            place = _find(loc, tree, is_about_key=is_about_key)
            message = _message(one, loc, tree)
            mistakes.append(Mistake(shown, place.line, place.column, dotted(loc), message))
    return mistakes


def _message(one: ErrorDetails, loc: Loc, tree: Tree) -> str:
    kind, value, context = one["type"], one["input"], one.get("ctx", {})
    was = f"'{clip(value)}'" if isinstance(value, str) else _WORDS.get(type(value), "that")
    match kind:
        case "extra_forbidden":
            return _unknown_key(str(loc[-1]), loc[:-1])
        case "missing":
            return "has no value" if loc in tree.keys else "is missing"
        case "literal_error" if isinstance(value, str):
            return no_such(value, re.findall(r"'([^']*)'", str(context["expected"])))
        case "literal_error":
            return f"must be one of {context['expected']}, not {was}"
        case "string_type":
            return f"must be text, not {was}"
        case "bool_parsing" | "bool_type":
            return f"must be true or false, not {was}"
        case "greater_than_equal":
            return f"must be at least {context['ge']}, not {value}"
        case "less_than_equal":
            return f"must be at most {context['le']}, not {value}"
        case "too_long":
            return f"has {context['actual_length']}; at most {context['max_length']} are allowed"
        case "tuple_type":
            return f"must be a list, such as [{clip(value) if isinstance(value, str) else '…'}]"
        case "model_type" | "dict_type":
            keys = _known(loc)
            these = f" ({', '.join(keys)})" if keys else ""
            return (
                "has no value" if value is None else f"must be keys with values{these}, not {was}"
            )
        case "too_short":
            return "is empty; needs at least one"
    if kind.startswith("int_"):
        return f"must be a whole number, not {was}"
    return one["msg"]


def _unknown_key(key: str, parent: Loc) -> str:
    known = _known(parent)
    if key in _PASSWORDS and parent[-1:] == ("smtp",):
        return "a password never stands in this file; give password_env, _file or _command"
    meant = did_you_mean(key, known)
    if not meant:
        homes = [home for home, spec in _HOMES.items() if key in spec.file_keys()]
        meant = f"it belongs in {homes[0]}; " if homes else ""
    return f"unknown key; {meant}known: {', '.join(known)}"


_HOMES: dict[str, type[Spec]] = {
    "a brief": BriefSpec,
    "a section": SectionSpec,
    "a source": SourceSpec,
    "a note": NoteSpec,
    "condense": CondenseSpec,
    "schedule": ScheduleSpec,
    "deliver": DeliverSpec,
    "mail": MailSpec,
    "smtp": SmtpSpec,
}
_PASSWORDS = frozenset({"password", "pass", "passwd"})


def _known(loc: Loc) -> Collection[str]:
    """The keys that may stand at `loc`; empty where any may."""
    match loc:
        case ():
            spec: type[Spec] = FileSpec
        case (int(),):
            spec = PublisherSpec
        case ("defaults",):
            spec = DefaultsSpec
        case ("briefs", _):
            spec = BriefSpec
        case ("briefs", _, "sources", _):
            spec = SourceSpec
        case ("briefs", _, "sections", _):
            spec = SectionSpec
        case ("briefs", _, "notes", _) | ("briefs", _, "sections", _, "notes", _):
            spec = NoteSpec
        case ("defaults", "condense") | ("briefs", _, "condense"):
            spec = CondenseSpec
        case ("briefs", _, "schedule"):
            spec = ScheduleSpec
        case ("briefs", _, "deliver", _):
            spec = DeliverSpec
        case ("briefs", _, "deliver", _, "mail"):
            spec = MailSpec
        case ("briefs", _, "deliver", _, "mail", "smtp"):
            spec = SmtpSpec
        case ("briefs", _, "deliver", _, "folder"):
            spec = FolderSpec
        case _:
            return ()
    if spec is BriefSpec:
        own = [key for key in spec.model_fields if key not in DefaultsSpec.model_fields]
        return [*own[1:], *DefaultsSpec.model_fields]  # without the name, which is the key above
    return spec.file_keys()


def _is_name(loc: Loc) -> bool:
    return len(loc) == 3 and loc[0] == "briefs" and loc[2] == "name"


def _is_from_defaults(loc: Loc, tree: Tree) -> bool:
    """Whether a mistake in a brief is one of the defaults, which is reported there."""
    if loc[:1] != ("briefs",) or len(loc) < 3 or loc[2] not in DefaultsSpec.model_fields:
        return False
    return loc not in tree.values and ("defaults", *loc[2:]) in tree.values


def _find(loc: Loc, tree: Tree, *, is_about_key: bool) -> Place:
    """Where `loc` stands, or the nearest thing around it that the file holds."""
    ways = (tree.keys, tree.values) if is_about_key else (tree.values, tree.keys)
    for length in range(len(loc), -1, -1):
        for places in ways:
            if loc[:length] in places:
                return places[loc[:length]]
    return Place(0, 0)
