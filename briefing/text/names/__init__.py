"""The names in a text, which of them are one person, and which stand for one country."""

from briefing.text.names.article import name_article
from briefing.text.names.finding import Name, find_names, names_of
from briefing.text.names.kinds import NameKind
from briefing.text.names.persons import group_people, is_short_for, parts, same_person
from briefing.text.names.places import aliases, countries_in, country_of, is_country, owner_of

__all__ = [
    "Name",
    "NameKind",
    "aliases",
    "countries_in",
    "country_of",
    "find_names",
    "group_people",
    "is_country",
    "is_short_for",
    "name_article",
    "names_of",
    "owner_of",
    "parts",
    "same_person",
]
