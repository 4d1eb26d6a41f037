"""A line -> the names in it, where it is a byline, or the publisher that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.readers.wire import agency_named
from briefing.text.tables import load_table

_ENDS_SENTENCE = re.compile(r"[.!?…:;,。！？；：][\"'”’»)\]]*$")
_BYLINE = re.compile(
    r"[-–—*_ ]*(?:written |reported |story |words )?by:?\s+(?P<names>\S.*)", re.IGNORECASE
)
_PARTS = re.compile(r"\s*(?:[|;•·,]|\s[–—-]\s)\s*")
#: What stands between two names.
JOINTS = re.compile(r"\s*,?\s+(?:and|&|with)\s+", re.IGNORECASE)
#: A line that speaks of a picture credits the picture, not the text.
PICTURE = re.compile(
    r"photo|image|picture|video|getty|shutterstock|handout|screenshot|caption|graphic",
    re.IGNORECASE,
)


def _words(name: str) -> frozenset[str]:
    return frozenset(load_table("credits")[name].split())


_MEDIA = _words("media")
_MEDIA_FIRST = _words("media_first")
#: Words of which a heading of a page is made, in lower case.
GENERAL = _MEDIA | _words("general")
_ROLES = _words("roles")
_PARTICLES = _words("particles")
_NOT_NAMES = _words("not_names") | _MEDIA
_SMALL = frozenset(("of", "the", "and", "for", "de", "la", "le", "du", "&", "a"))


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that names who wrote the text."""

    names: tuple[str, ...]  #: of people and agencies; never empty
    others: tuple[str, ...]  #: what else it says: a publisher, a role, a place, a date


def parse_byline(line: str) -> Byline | None:
    """The parts of "By Ann Lee and Jo Hart | The Harbour Post"; None when the line is no byline."""
    match = _BYLINE.fullmatch(line)
    if match is None or len(line.split()) > 18 or len(line) > 160:
        return None
    first, *others = _PARTS.split(match["names"].strip(" *_."))
    # "A, B and C" is a list of names; what follows the comma of "A, B" may be anything.
    if others and JOINTS.search(others[-1]):
        listed, others = [first, *others], []
    else:
        listed = [first]
    names = tuple(_bare_name(name) for part in listed for name in JOINTS.split(part))
    if not all(is_name(name) or agency_named(name) for name in names):
        return None
    described = re.search(r"\bfor (?P<publisher>(?:[Tt]he )?[A-Z].*)$", first)
    return Byline(names, (*([described["publisher"]] if described else ()), *others))


def _bare_name(words: str) -> str:
    """The name without "in Seoul", "for The Post" and the role that follows it."""
    words = re.split(r"\s(?:in|at|for|from|of)\s", words, maxsplit=1)[0]
    tokens = words.split()
    role = next(
        (n for n, token in enumerate(tokens) if n > 1 and token.lower().strip(",") in _ROLES), None
    )
    return " ".join(tokens[:role]) if role and tokens[-1].lower() in _ROLES else words.strip()


def people_in(words: str, publisher: str | None) -> tuple[str, ...]:
    """The people in what a page gives as its author: "Ann Lee, Post Science Writer" is one.

    What holds no full name, such as an agency or a desk, stays as it stands.
    """
    words = re.sub(r"^(?:\w+ )?by:?\s+", "", words, flags=re.IGNORECASE)
    parts = [name for part in _PARTS.split(words) for name in JOINTS.split(part)]
    people = [part for part in parts if is_name(part) and not _is_role(part)]
    own = [name for name in people if name.lower() not in (publisher or "").lower()]
    return tuple(own) if own and own[0] == parts[0] else (words,)


def _is_role(words: str) -> bool:
    return any(token.lower().split("-")[0] in _ROLES for token in words.split())


def is_name(words: str) -> bool:
    """Whether the words look like a person's full name: two to five, each with a capital."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 5 or any(character.isdigit() for character in words):
        return False
    if any(token.lower().strip(".") in _NOT_NAMES for token in tokens) or _ENDS_SENTENCE.search(
        words
    ):
        return False
    bare = [token for token in tokens if token.lower() not in _PARTICLES]
    return len(bare) >= 2 and all(token[0].isalpha() and not token[0].islower() for token in bare)


def publisher_of(line: str, *, by_name: bool = False) -> str | None:
    """The publisher of "BBC News, Singapore"; beside a name an abbreviation will do."""
    first, *others = _PARTS.split(line.strip(" *_."))
    tokens = first.split()
    if (
        not 1 <= len(tokens) <= 7
        or len(others) > 2
        or any(len(other.split()) > 4 for other in others)
    ):
        return None
    if _ENDS_SENTENCE.search(first) or PICTURE.search(line) or tokens[-1].lower() in _ROLES:
        return None
    if not all(
        token[0].isupper() or token[0].isdigit() or token.lower() in _SMALL for token in tokens
    ):
        return None
    if by_name and len(tokens) == 1:
        return first if re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", first) else None
    words = [token.lower().strip(".") for token in tokens]
    is_special = any(word not in GENERAL for word in words)
    start = words[1:] if words[0] == "the" else words
    is_named = words[-1] in _MEDIA or (len(start) > 1 and start[0] in _MEDIA_FIRST)
    return first if is_special and is_named and not first.lower().startswith("press ") else None
