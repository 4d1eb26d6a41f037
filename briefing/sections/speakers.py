"""Who speaks: outside observers, actors and those who speak for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.models import Claim, Speaker
from briefing.text.names_places import aliases, country_of, is_country, owner_of
from briefing.text.tables import load_table

_VERB = r"(?:\w+ly |also |again |since |once |long |last week |this week |on \w+day )*(?:ha[sd]|have|is|are|was|were|will|would|could|may|did|does|\w+ed|\w+s|said|told|sent|gave|took|made|met|put|went|cut|set|led|held|won|lost|began|left)\b"
_OPENING = r"(?:(?:But|And|So|Yet|Meanwhile|Earlier|Later|Separately|However),? )?(?:(?:On|In|Last|This|Over|At|After|By) [^,.]{1,40}, )?(?:[Tt]he )?"


def is_observer(speaker: Speaker) -> bool:
    """Whether a speaker watches from outside, as analysts and scholars do, and holds no office."""
    described = f"{speaker.role or ''} {speaker.name if speaker.kind != 'person' else ''}".lower()
    if not _observers().search(described):
        return False
    return not _officials().search(described)


def actor_of(speaker: Speaker, actors: Sequence[str]) -> str | None:
    """The first of the actors that the speaker is or speaks for, or None."""
    if is_observer(speaker):
        return None
    return next((actor for actor in actors if _speaks_for(speaker, actor)), None)


def _speaks_for(speaker: Speaker, actor: str) -> bool:
    described = (speaker.name, speaker.role or "")
    if any(_phrase(actor).search(text) for text in described):
        return True
    country = country_of(actor)
    if country is None or not is_country(actor):
        return False
    return any(owner_of(text) == country for text in described if text)


def acts(text: str, actors: Sequence[str]) -> str | None:
    """The first of the actors that is the subject with which the text opens, or None."""
    return next((actor for actor in actors if _subject(actor).match(text)), None)


def by_speaker(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims of one speaker together, as their article has them; the most important speaker first."""
    places: dict[str, int] = {}
    for place, claim in enumerate(claims):
        places.setdefault(_speaker_key(claim), place)
    return tuple(
        sorted(
            claims,
            key=lambda c: (places[_speaker_key(c)], c.passage.article.id, c.passage.start),
        )
    )


def _speaker_key(claim: Claim) -> str:
    if claim.speaker is None:
        return f"{claim.passage.article.id} {claim.passage.start}"
    return claim.speaker.name.rsplit(" ", 1)[-1].casefold()


@lru_cache(maxsize=1)
def _observers() -> re.Pattern[str]:
    return _words(load_table("roles")["en"]["observers"])


@lru_cache(maxsize=1)
def _officials() -> re.Pattern[str]:
    return _words(
        "spokesman spokeswoman spokesperson minister ministry secretary official officials government "
        "ambassador envoy senator congressman congresswoman lawmaker governor mayor president-elect".split()
    )


def _words(listed: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b")


@lru_cache(maxsize=256)
def _phrase(actor: str) -> re.Pattern[str]:
    """The actor as the configuration names it; "Washington-based" is an address, not the actor."""
    flags = re.IGNORECASE if len(actor) > 4 else 0
    return re.compile(rf"(?<!\w){re.escape(actor)}(?![\w-])", flags)


@lru_cache(maxsize=256)
def _subject(actor: str) -> re.Pattern[str]:
    """A text whose subject is the actor, under any name where the actor is a country."""
    names = sorted(
        {actor, *(aliases(actor) if is_country(actor) else ())}, key=lambda n: (-len(n), n)
    )
    called = "|".join(map(re.escape, names))
    return re.compile(rf"{_OPENING}(?:{called})(?![\w-])(?:[’']s)?(?: (?!and\b)\w+){{0,3}} {_VERB}")
