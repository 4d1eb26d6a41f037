"""publishers.yaml -> what a user knows of publishers, as frozen types that check themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from briefing.config.suggest import clip, did_you_mean
from briefing.config.values import Language, Line, Spec, Title, mistake

Control = Literal["state", "public", "private", "party", "nonprofit"]
PublisherKind = Literal[
    "agency",
    "newspaper",
    "magazine",
    "broadcaster",
    "website",
    "blog",
    "government",
    "company",
    "institute",
    "other",
]

#: Written for countries, but other codes: of the European Union for two of its members.
_NO_CODES = {"UK": "GB", "EL": "GR"}
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Country in English by each of its codes, ISO 3166-1."""
    import pycountry

    return {
        code: getattr(country, "common_name", country.name)
        for country in pycountry.countries
        for code in (country.alpha_2, country.alpha_3)
    }


def _country(text: str) -> str:
    countries = _countries()
    names = {name.casefold(): name for name in countries.values()}
    found = countries.get(text) or names.get(text.casefold())
    if found is not None:
        return found
    if text.upper() in countries or text in _NO_CODES:
        meant = f"did you mean '{_NO_CODES.get(text, text.upper())}'? "
    else:
        meant = did_you_mean(text, names.values()) if len(text) > 3 else ""
    raise mistake(f"no country '{clip(text)}'; {meant}give a code such as DE, GB, KR (ISO 3166-1)")


def name_key(name: str) -> str:
    """A publisher's name as it is looked up: case, white space and a leading "The" do not count."""
    return " ".join(normalize("NFC", name).casefold().split()).removeprefix("the ")


def _domain(text: str) -> str:
    domain = text.lower()
    if not _DOMAIN.fullmatch(domain):
        raise mistake(f"must be a domain such as example.org, not '{clip(text)}'")
    return domain.removeprefix("www.")


class PublisherSpec(Spec):
    """A publisher, and what is known of it; what is left out is unknown."""

    name: Title
    """What the brief calls it; an article's publisher is looked up by it."""
    also: tuple[Title, ...] = ()
    """Other names under which articles state it."""
    domains: tuple[Annotated[Title, AfterValidator(_domain)], ...] = ()
    """Domains of its addresses, for articles that state no publisher; subdomains included."""
    owner: Title | None = None
    """Who owns it; publishers of one owner count as one source."""
    country: Annotated[Title, AfterValidator(_country)] | None = None
    """Where it is based: a code such as `KR` (ISO 3166-1), or the English name."""
    control: Control | None = None
    """Who controls what it prints."""
    kind: PublisherKind | None = None
    """What it is."""
    language: Language | None = None
    """The language in which it publishes, ISO 639-1."""
    note: Line = ""
    """What else a reader should know of it, in a sentence; printed with the sources."""


class RegisterSpec(Spec):
    """A file of publishers, by the path that the configuration gives."""

    path: str
    entries: tuple[PublisherSpec, ...] = ()


def _register(value: object, info: ValidationInfo) -> object:
    if value is None or isinstance(value, RegisterSpec):
        return value
    if not isinstance(value, str) or not value:
        raise mistake("must be a file such as publishers.yaml")
    registers = (info.context or {}).get("registers", {})
    return RegisterSpec(path=value, entries=registers.get(value, ()))


#: The path of a register in a file; the register itself once it is read.
Publishers = Annotated[
    RegisterSpec | None, BeforeValidator(_register), WithJsonSchema({"type": "string"})
]
