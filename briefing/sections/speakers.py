"""Who speaks: outside observers, actors, and those who speak for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from briefing.models import Claim, Speaker
from briefing.text.names.places import (
    aliases,
    countries_in,
    country_of,
    is_country,
    is_demonym,
    is_state_noun,
    load_places,
    main_country,
    owner_of,
)
from briefing.text.speech.voices import office_of
from briefing.text.tables import load_table, load_topic

#: Where the head of a role ends: "spokesman" of "spokesman at the university".
_MINISTRY = re.compile(r"\b(?:ministry|minister|government|cabinet)\b", re.IGNORECASE)
#: Two words of a name in a row; "the Health Ministry" has one.
_NAMED_BODY = re.compile(r"\b[A-Z][\w.]+ [A-Z][\w.]+ [A-Z]")
_HEAD_ENDS = re.compile(r",|;| (?:at|of|in|for|from|with|who|on) ")


def is_observer(speaker: Speaker, language: str = "en") -> bool:
    """Whether a speaker watches from outside, as analysts and scholars do, and holds no office."""
    described = speaker.role if speaker.kind == "person" else speaker.name
    if not described:
        return False
    head = _HEAD_ENDS.split(described, maxsplit=1)[0].lower()
    if _words("officials", language).search(head) or owner_of(described) is not None:
        return False
    return bool(
        _observers(language).search(head)
        or _words("institutes", language).search(described.lower())
    )


def is_surveyor(speaker: Speaker, language: str = "en") -> bool:
    """Whether a body of a state measures and counts: what it finds is no word of a government."""
    return speaker.kind == "body" and bool(_words("surveyors", language).search(speaker.name))


def actor_of(speaker: Speaker, actors: Sequence[str], language: str = "en") -> str | None:
    """The first of the actors that the speaker is or speaks for, or None."""
    if is_observer(speaker, language) or _words("former", language).match(
        speaker.role or speaker.name
    ):
        return None
    return next((actor for actor in actors if _speaks_for(speaker, actor)), None)


def actor_nearby(
    speaker: Speaker, actors: Sequence[str], around: str, article: str = ""
) -> str | None:
    """The actor for which "the ministry" or "officials" speak, as far as the text around tells.

    None unless exactly one country is named around, or none and one most often in the whole
    article, and it is an actor or an actor's own.
    """
    if speaker.kind == "person":
        described = speaker.role or ""
        is_official = bool(_MINISTRY.search(described))
    else:
        described = speaker.name
        is_official = is_state_noun(described) and " and " not in described
    if not is_official or owner_of(described):
        return None
    # "San Francisco Police Department" has a place of its own, whatever the article is about.
    return _only_actor(actors, around, "" if _NAMED_BODY.search(described) else article)


def acts_nearby(text: str, actors: Sequence[str], around: str) -> str | None:
    """The actor whose "government" or "ministers" are the subject, as far as the text around tells.

    None unless exactly one country is named around, and it is an actor or an actor's own.
    """
    return _only_actor(actors, around) if _government_acts().match(text) else None


def _only_actor(actors: Sequence[str], around: str, article: str = "") -> str | None:
    named = countries_in(around)
    if not named and (country := main_country(article)):
        named = frozenset({country})
    if len(named) != 1:
        return None
    return next((actor for actor in actors if country_of(actor) in named), None)


def tells_deeds(language: str) -> bool:
    """Whether the verbs that make a subject an agent are known in a language."""
    return "verbs" in (load_topic("agents", language) or {})


def acts(text: str, actors: Sequence[str]) -> str | None:
    """The first of the actors that is the subject with which the text opens, or None."""
    return next((actor for actor in actors if _subject(actor).match(text)), None)


def share_spoken(claim: Claim) -> float:
    """How much of the claim its speaker says, 0–1; 1 where that is not known."""
    if claim.speaker is None or not claim.speaker.text:
        return 1.0
    return min(1.0, len(claim.speaker.text) / len(claim.support[0].text))


def by_speaker(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims of one speaker together, in their article's order; the weightiest speaker first."""
    places: dict[str, int] = {}
    for place, claim in enumerate(claims):
        places.setdefault(_speaker_key(claim), place)

    def key(claim: Claim) -> tuple[int, str, int]:
        return places[_speaker_key(claim)], claim.passage.article.id, claim.passage.start

    return tuple(sorted(claims, key=key))


def every_speaker(claims: Sequence[Claim], limit: int) -> tuple[Claim, ...]:
    """The claims to print: the best of each speaker before the second of any."""
    turns: dict[str, int] = defaultdict(int)
    ranked = []
    for place, claim in enumerate(claims):
        key = _speaker_key(claim)
        ranked.append((turns[key], place))
        turns[key] += 1
    chosen = sorted(place for _, place in sorted(ranked)[:limit])
    return tuple(claims[place] for place in chosen)


def _speaker_key(claim: Claim) -> str:
    if claim.speaker is None:
        return f"{claim.passage.article.id} {claim.passage.start}"
    return claim.speaker.name.rsplit(" ", 1)[-1].casefold()


def _speaks_for(speaker: Speaker, actor: str) -> bool:
    described = (speaker.name, speaker.role or "")
    country = country_of(actor) if is_country(actor) else None
    if country is not None:
        # "The envoy to Peru" and "Radio Peru" name the country, and speak for another.
        return any(owner_of(text) == country or _own(actor).search(text) for text in described)
    if any(_phrase(actor).search(text) for text in described):
        return True
    if any(_names_head(actor, text) for text in described):
        return True
    # "Environment minister" and "environment ministry" are one actor.
    office = office_of(actor)
    return bool(office and speaker.role and office == office_of(speaker.role))


@lru_cache(maxsize=32)
def _observers(language: str) -> re.Pattern[str]:
    listed = (load_topic("roles", language) or {}).get("observers", ())
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed)) or '(?!)'})\b", re.IGNORECASE)


@lru_cache(maxsize=32)
def _words(kind: str, language: str) -> re.Pattern[str]:
    """The words of a kind; in a language without any, what nothing matches."""
    listed = (load_topic("agents", language) or {}).get(kind, ())
    return re.compile(rf"\b(?:{'|'.join(listed) or '(?!)'})\b", re.IGNORECASE)


@lru_cache(maxsize=256)
def _own(actor: str) -> re.Pattern[str]:
    """A country's own: "Peru's water directorate", but not its largest bank or its neighbours."""
    called = "|".join(map(re.escape, sorted(aliases(actor))))
    return re.compile(rf"(?<!\w)(?:{called})[’']s (?!\w+est\b|neighbou?rs?\b)")


@lru_cache(maxsize=256)
def _phrase(actor: str) -> re.Pattern[str]:
    """The actor as the configuration names it; "Washington-based" is an address, not the actor."""
    flags = "i" if len(actor) > 4 else ""
    # "Board members" are each "a board member".
    named = f"{re.escape(actor[:-1])}s?" if re.search(r" [a-z]+[^s]s$", actor) else re.escape(actor)
    called = "|".join((f"(?{flags}:{named})", *_initials(actor)))
    return re.compile(rf"(?<!\w)(?:{called})(?![\w-])")


def _names_head(actor: str, text: str) -> bool:
    """Whether a text has a body's head noun and no other body's: "the Commission's".

    Without a capital it stands alone: "the committee", not "the executive committee".
    """
    if country_of(actor):
        return False  # "House prosecutors" are not the White House's
    # The head of "Board of Education" is its first word, and is told without a capital.
    is_first = " of " in actor
    head = actor.partition(" of ")[0].rsplit(" ", 1)[-1].lower() if is_first else actor
    head = head if is_first else head.rsplit(" ", 1)[-1]
    if head == actor or head.lower() not in load_table("roles")["en"]["bodies"]:
        return False
    spoken = [word.removesuffix("'s").removesuffix("’s") for word in text.split()]
    return any(
        word == head
        and not (is_first and following == "of")
        and (before in ("", "the", "The") or (head[:1].isupper() and not before[:1].isupper()))
        for before, word, following in zip(["", *spoken], spoken, [*spoken[1:], ""], strict=False)
    )


def _initials(actor: str) -> tuple[str, ...]:
    """The short name of a body of three words or more: "CMA"."""
    capitals = "".join(word[0] for word in actor.split() if word[0].isupper())
    return (capitals,) if len(capitals) > 2 else ()


@lru_cache(maxsize=1)
def _government_acts() -> re.Pattern[str]:
    table = load_table("agents")["en"]
    return re.compile(
        f"{table['openings']}(?i:{'|'.join(table['state_subjects'])}) {table['verbs']}"
    )


@lru_cache(maxsize=256)
def _subject(actor: str) -> re.Pattern[str]:
    """A text whose subject is the actor, under any name where the actor is a country."""
    table = load_table("agents")["en"]
    names = {actor, *_initials(actor), *(aliases(actor) if is_country(actor) else ())}
    names |= {".".join(name) + "." for name in names if name.isupper() and len(name) <= 3}
    called = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    nouns = "|".join(map(re.escape, sorted(load_places().state_nouns)))
    followers = rf"{nouns}|\w+ly|also|has|have"
    demonyms = sorted(name for name in names if is_demonym(name))
    # "The Peruvian floods" and "the Peruvian Red Cross" are not Peru; "the Peruvian army" acts.
    others = rf"(?!(?i:{nouns})\b)(?:\w+s\b|[A-Z])"
    adjective = f"(?!(?:{'|'.join(map(re.escape, demonyms))}) {others})" if demonyms else ""
    if not is_country(actor):
        # "Foreign secretary" is an office, and whoever holds it may be named behind it.
        followers += r"|[A-Z][\w.’-]+"
        called = f"(?i:{called})" if len(actor) > 4 else called
        if len(actor.split()) > 1:  # "the Kansas Board of Education", "the state board …"
            called = rf"(?:(?:[A-Z][\w.]+|state|city|county|national|federal) )?{called}"
    # "Hallin's economy ministry", "Hallin's own prime minister"; its neighbours are not its own.
    office = rf"(?:(?: [a-z-]+){{0,2}} (?:{nouns}))"
    own = rf"(?:[’']s{office}|{office}?)"
    between = rf"(?![\w-]){own}(?: (?:{followers})){{0,3}} "
    return re.compile(f"{table['openings']}{adjective}(?:{called}){between}{table['verbs']}")
