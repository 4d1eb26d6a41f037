"""Articles and the register of publishers -> articles with what is known of their publishers.

A publisher is found by its name, whole: case, a leading "The" and white space do not count, any
other letter does. An article that states no publisher is found by the host of its address. What
the register does not hold is unknown; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from briefing.config import PublisherSpec, name_key
from briefing.models import Article, Descriptor

#: Lines at either end of a text in which an agency is credited; a title may stand above.
CREDIT_LINES = 3


class Register:
    """What a user knows of publishers."""

    def __init__(self, publishers: Sequence[PublisherSpec] = ()) -> None:
        self._by_name = {
            name_key(name): publisher
            for publisher in publishers
            for name in (publisher.name, *publisher.also)
        }
        self._agencies = [each for each in publishers if each.kind == "agency"]
        self._by_domain = {
            domain: publisher for publisher in publishers for domain in publisher.domains
        }

    def named(self, name: str) -> PublisherSpec | None:
        """The publisher of that name."""
        return self._by_name.get(name_key(name))

    def of(self, article: Article) -> PublisherSpec | None:
        """The publisher of an article: by the name that it states, else by its address."""
        if article.publisher is not None:
            return self.named(article.publisher)
        labels = _host(article.url).split(".") if article.url else []
        domains = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._by_domain[name] for name in domains if name in self._by_domain), None)

    def agency_of(self, article: Article) -> str | None:
        """The agency of the register that an article credits in its first or a last line."""
        lines = [line.strip() for line in article.text.split("\n") if line.strip()]
        for agency in self._agencies:
            spellings = "|".join(map(re.escape, (agency.name, *agency.also)))
            dateline = re.compile(rf"[^()]{{0,60}}\((?:{spellings})\)\s*[—–_-]")
            credit = re.compile(
                rf"(?:{spellings})|.*[.!?][\"'”’]?\s(?:[—–-]+\s*(?:{spellings})|\((?:{spellings})\))"
            )
            if any(map(dateline.match, lines[:CREDIT_LINES])):
                return agency.name
            if any(map(credit.fullmatch, lines[-CREDIT_LINES:])):
                return agency.name
        return None


def describe(articles: Sequence[Article], register: Register) -> tuple[Article, ...]:
    """The articles, each with what the register says of its publisher and of a credited agency."""
    return tuple(_described(article, register) for article in articles)


def _described(article: Article, register: Register) -> Article:
    publisher = register.of(article)
    wire = article.wire or (
        publisher.name if publisher and publisher.kind == "agency" else register.agency_of(article)
    )
    if publisher is None and wire == article.wire:
        return article
    return replace(article, wire=wire, descriptor=_descriptor(publisher) if publisher else None)


def _descriptor(publisher: PublisherSpec) -> Descriptor:
    return Descriptor(
        publisher.name,
        owner=publisher.owner,
        country=publisher.country,
        control=publisher.control,
        kind=publisher.kind,
        language=publisher.language,
        note=publisher.note or None,
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
