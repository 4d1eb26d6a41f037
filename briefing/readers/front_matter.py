"""The front matter of a text file (`---` YAML `---`) -> facts, and the body that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import yaml

from briefing.readers.addresses import web_address
from briefing.readers.cleaning import clean_line
from briefing.readers.dates import parse_published

#: Longest front matter, in characters; what goes on for longer is text between two rules.
LIMIT = 20_000

_FENCE = re.compile(
    r"\s*---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[A-Za-z][\w -]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The facts that a front matter gives, and the text after it."""

    body: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None  #: naive where the file states no zone
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = field(default=())  #: what in it could not be used, with its line


def split_front_matter(text: str) -> FrontMatter:
    """Facts and body of `text`, whose line ends are "\\n"; a text without front matter is all body.

    A front matter that is not YAML is passed over with a note, and the body is still used.
    """
    match = _FENCE.match(text[:LIMIT])
    if match is None or not _KEY.match(match["yaml"]):
        return FrontMatter(text)
    body = text[match.end() :]
    try:
        # Every value stays text: YAML would read a title "No" as False and "12:30" as 750.
        values = yaml.load(match["yaml"], Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = 2 + text[: match.start("yaml")].count("\n") - 1
        line += error.problem_mark.line if error.problem_mark else 0
        return FrontMatter(body, notes=(f"front matter, line {line}: not YAML: {error.problem}",))
    except (yaml.YAMLError, RecursionError, ValueError):
        return FrontMatter(body, notes=("front matter, line 1: not YAML",))
    if not isinstance(values, dict):
        return FrontMatter(body, notes=("front matter, line 1: not a list of facts",))
    return _facts(body, {str(key).strip().lower(): value for key, value in values.items()})


def _facts(body: str, values: dict[str, object]) -> FrontMatter:
    notes: list[str] = []

    def line(*keys: str) -> str | None:
        for key in keys:
            value = values.get(key)
            if isinstance(value, str):
                return clean_line(value) or None
            if value:
                notes.append(f"front matter: {key}: not a line of text")
        return None

    published = line("published", "date")
    language = line("language", "lang")
    url = line("url", "link")
    facts = FrontMatter(
        body,
        title=line("title"),
        publisher=line("publisher"),
        authors=_authors(values.get("authors") or values.get("author") or ()),
        published=parse_published(published) if published else None,
        language=language_code(language) if language else None,
        url=web_address(url) if url else None,
    )
    if published and not facts.published:
        notes.append(f"front matter: published: no date in {published[:60]!r}; write 2023-09-12")
    if language and not facts.language:
        notes.append(f"front matter: language: no language code in {language[:20]!r}; write en")
    if url and not facts.url:
        notes.append("front matter: url: not an http or https address")
    return replace(facts, notes=tuple(notes))


def _authors(value: object) -> tuple[str, ...]:
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list | tuple):
        return ()
    cleaned = (clean_line(name) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def language_code(words: str) -> str | None:
    """The ISO 639-1 code in a language tag such as "en-GB"; None when it is no tag."""
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", words.strip())
    return match[1].lower() if match else None
