"""A parsed HTML page -> the facts that it states about its article, one function a fact.

Each function shows its sources in the order in which they are believed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from briefing.readers.addresses import web_address
from briefing.readers.bylines import people_in
from briefing.readers.cleaning import clean_line
from briefing.readers.dates import parse_published
from briefing.readers.front_matter import language_code

_ARTICLE = re.compile(r"\w*(?:Article|BlogPosting|Report)$")
_NO_PERSON = re.compile(
    r"https?:|@|^(?:admin|editor|staff|unknown|anonymous|null|none)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page states about its article; None or empty where it does not."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None  #: naive where the page names no zone
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where the facts of a page stand."""

    tree: Any  #: the root element, as lxml parsed it
    article: Mapping[str, Any]  #: the JSON-LD of the article; empty when there is none
    known: Mapping[str, Any]  #: other JSON-LD by its @id
    metas: Mapping[str, tuple[str, ...]]  #: contents of meta elements, by name in lower case

    def meta(self, *names: str) -> str | None:
        """The first meta element that has one of these names, in the order of the names."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def find_metadata(tree: Any) -> Metadata:
    """The facts of the page whose root element, as lxml parsed it, is `tree`."""
    linked = list(_linked(tree))
    articles = (
        row for row in linked if any(_ARTICLE.match(kind) for kind in _strings(row.get("@type")))
    )
    known = {
        str(row["@id"]): row for row in linked if isinstance(row.get("@id"), str) and len(row) > 1
    }
    sources = _Sources(tree, next(articles, {}), known, _metas(tree))
    return Metadata(
        title=_title(sources),
        publisher=_publisher(sources),
        authors=_authors(sources),
        published=_published(sources),
        language=_language(sources),
        url=_url(sources),
    )


def _title(sources: _Sources) -> str | None:
    headings = [_text(element) for element in sources.tree.iter("h1")]
    stated = (
        *_strings(sources.article.get("headline")),
        *sources.metas.get("og:title", ()),
        *sources.metas.get("twitter:title", ()),
        *(headings if len(headings) == 1 else ()),
        *(_text(element) for element in sources.tree.iter("title")),
    )
    title = next((line for words in stated if (line := _line(words))), None)
    site = sources.meta("og:site_name")
    if title and site:
        return re.sub(rf"\s+[|–—·-]\s+{re.escape(site)}$", "", title)
    return title


def _publisher(sources: _Sources) -> str | None:
    stated = (
        *_names(sources.article.get("publisher"), sources.known),
        *sources.metas.get("og:site_name", ()),
        *sources.metas.get("citation_publisher", ()),
        *sources.metas.get("dc.publisher", ()),
        *sources.metas.get("publisher", ()),
    )
    return next((line for words in stated if (line := _line(words)) and "://" not in line), None)


def _authors(sources: _Sources) -> tuple[str, ...]:
    named = list(_names(sources.article.get("author"), sources.known))
    named = (
        named
        or [
            name
            for key in (
                "author",
                "article:author",
                "dc.creator",
                "byl",
                "parsely-author",
                "sailthru.author",
            )
            for name in sources.metas.get(key, ())
        ][:1]
    )
    named = (
        named
        or [_text(e) for e in sources.tree.xpath("//*[@itemprop='author' or @rel='author']")][:3]
    )
    listed = (part for name in named for part in _line(name).split(";"))
    people = (name for part in listed for name in people_in(part.strip(), _publisher(sources)))
    return tuple(dict.fromkeys(p for p in people if 2 <= len(p) <= 80 and not _NO_PERSON.search(p)))


def _published(sources: _Sources) -> date | datetime | None:
    stated = (
        *_strings(sources.article.get("datePublished")),
        *sources.metas.get("article:published_time", ()),
        *sources.metas.get("og:published_time", ()),
        *sources.metas.get("datepublished", ()),
        *sources.metas.get("date", ()),
        *sources.metas.get("pubdate", ()),
        *sources.metas.get("publish-date", ()),
        *sources.metas.get("parsely-pub-date", ()),
        *sources.metas.get("dc.date", ()),
        *sources.metas.get("dcterms.created", ()),
        *(
            e.get("datetime") or e.get("content") or ""
            for e in sources.tree.xpath("//*[@itemprop='datePublished']")
        ),
        *(
            e.get("datetime")
            for e in sources.tree.xpath("//article//time[@datetime] | //header//time[@datetime]")
        ),
        *(e.get("datetime") for e in sources.tree.xpath("//time[@datetime]")),
    )
    return next((found for words in stated if (found := parse_published(words))), None)


def _language(sources: _Sources) -> str | None:
    stated = (
        sources.tree.get("lang"),
        *_strings(sources.article.get("inLanguage")),
        sources.meta("og:locale", "content-language", "language"),
    )
    return next((code for words in stated if words and (code := language_code(words))), None)


def _url(sources: _Sources) -> str | None:
    page = sources.article.get("mainEntityOfPage")
    stated = (
        *(e.get("href") or "" for e in sources.tree.xpath("//link[@rel='canonical']")),
        sources.meta("og:url") or "",
        *_strings(sources.article.get("url")),
        *_strings(page.get("@id") if isinstance(page, Mapping) else page),
    )
    return next((address for words in stated if (address := web_address(words))), None)


def _metas(tree: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(key)):
                found[name.lower()] = (*found.get(name.lower(), ()), content)
    return found


def _linked(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD of the page: its descriptions and graphs; a broken one is passed over."""
    for element in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for row in value if isinstance(value, list) else [value]:
            if isinstance(row, Mapping):
                yield row
                graph = row.get("@graph")
                yield from (
                    r
                    for r in (graph if isinstance(graph, list) else [graph])
                    if isinstance(r, Mapping)
                )
                main = row.get("mainEntity")
                yield from (main,) if isinstance(main, Mapping) else ()


def _names(value: Any, known: Mapping[str, Any]) -> Iterator[str]:
    """The names in a JSON-LD value: text, a description, a reference to one, or a list of these."""
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, str):
            yield row
        elif isinstance(row, Mapping):
            described = row if "name" in row else known.get(str(row.get("@id")), {})
            yield from _strings(described.get("name"))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str))


def _text(element: Any) -> str:
    return str(element.text_content())


def _line(words: str) -> str:
    return clean_line(html.unescape(words), limit=300)
