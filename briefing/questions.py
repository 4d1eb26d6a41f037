"""A section's questions and the claims of a brief -> which claims answer each, or that none does.

To be listed as open when it is not is a nuisance; to be told as answered when it is not misleads.
So a claim answers only when it holds what kind of thing is asked for (a person, a day, a place, a
figure, a cause) beside what the question says, and that thing is not in the question already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.models import Claim, Question, Sentence, Split
from briefing.placement import Placed
from briefing.sections import KINDS
from briefing.sections.query import Query
from briefing.text.facts import substance
from briefing.text.figures import find_figures
from briefing.text.kindred import kindred
from briefing.text.names import Name, name_article
from briefing.text.tables import load_table
from briefing.text.times import find_times
from briefing.text.words import stem, stems, words

#: Share of a question's weight that an answer holds, and the part of it that tells the answer.
COVERED, COVERED_NEAR = 0.8, 0.6
#: What a word for the same notion is worth, against the question's own.
KINDRED = 0.8
#: Words between a place and what is told to be there, at most.
NEAR_WORDS = 5
#: Claims that answer one question, at most.
MOST_ANSWERS = 3

Splits = Mapping[str, Split]  #: by article id

_PART = re.compile(r"[,;:–—]\s|\s(?:and|but|while|whereas|after|before|when)\s")
_CLAUSE = re.compile(r"[;:–—]\s|\s(?:and|but|while|whereas|after|before|when)\s")
_AT_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|above|below|off|of|between)\s+(?:the\s+)?$"
)
_TIMES = frozenset("clock minut hour day week month year".split())
_BY = re.compile(r"\bby (?:[\w’'-]+ ){0,3}$")
_DURATION = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|half an?)\s"
    r"(?:minute|hour|day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)


def ask(query: Query, printed: Sequence[Claim], splits: Splits) -> tuple[Question, ...]:
    """Each question of a section with the ids of the printed claims that answer it.

    In a language without a table nothing is looked for.
    """
    is_known = query.language in load_table("questions")
    return tuple(
        Question(
            text, tuple(claim.id for claim in find_answers(text, printed, query, splits)), is_known
        )
        for text in query.spec.questions
    )


def answers_first(placed: Placed, queries: Sequence[Query], splits: Splits) -> Placed:
    """The claims, so placed that what answers a question is printed.

    Where no claim answers it that would be printed, the best of the others goes first under the
    heading that asks.
    """
    sections = [list(claims) for claims in placed.sections]
    unplaced = list(placed.unplaced)
    for home, query in enumerate(queries):
        for text in query.spec.questions:
            printed = [
                claim
                for claims, other in zip(sections, queries, strict=True)
                for claim in KINDS[other.spec.kind].choose(claims, other.spec.limit)
            ]
            if find_answers(text, printed, query, splits):
                continue
            rest = [claim for claims in (*sections, unplaced) for claim in claims]
            if found := find_answers(text, rest, query, splits):
                holder = next(claims for claims in (*sections, unplaced) if found[0] in claims)
                holder.remove(found[0])
                sections[home].insert(
                    0, replace(found[0], why=("answers a question", *found[0].why))
                )
    return Placed(tuple(map(tuple, sections)), tuple(unplaced))


def find_answers(
    question: str, claims: Sequence[Claim], query: Query, splits: Splits
) -> tuple[Claim, ...]:
    """Up to three claims that answer a question, the best first, the latest of counts and days."""
    if query.language not in load_table("questions"):
        return ()
    asked = _parse(question, query.language)
    scored = []
    for place, claim in enumerate(claims):
        if claim.passage.article.language != query.language:
            continue
        score = max(_score(asked, told, query.idf) for told in _told(claim, splits))
        if score >= COVERED:
            # What a later count replaces comes behind it.
            newest = _day(claim) if asked.kind in ("figure", "date") else 0
            scored.append((-newest, -score, -claim.independent, place))
    return tuple(claims[place] for *_, place in sorted(scored)[:MOST_ANSWERS])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asks for."""

    kind: str  #: person, patient, holder, date, place, figure, duration, cause, or "": its words
    text: str
    content: tuple[str, ...]  #: stems, each once
    telling: frozenset[str]  #: stop words that an answer must have
    language: str

    def says(self, text: str) -> bool:
        """Whether the question says all of a text itself."""
        return {*words(text)} <= {*words(self.text)}

    def says_any(self, name: str) -> bool:
        """Whether the question says a word of a name itself."""
        return bool({*words(name)} & {*words(self.text)})

    def is_as_real(self, text: str) -> bool:
        """Whether a text tells of what is to come, or has come about, as the question does."""
        table = load_table("questions")[self.language]
        asked = self.text.lower()
        if re.search(table["ahead"], asked):
            return re.search(table["told_ahead"], text) is not None
        return not (re.search(table["past"], asked) and re.search(table["unreal"], text))


def _parse(text: str, language: str) -> _Asked:
    table = load_table("questions")[language]
    said = " ".join(words(text))
    openings = {
        phrase: kind
        for kind in ("person", "date", "place", "figure", "duration", "cause")
        for phrase in table[kind]
        if f"{said} ".startswith(f"{phrase} ")
    }
    opening = max(openings, key=len, default="")
    kind = openings.get(opening, "")
    if kind == "person" and re.match(table["holder"], said):
        kind = "holder"
    elif kind == "person" and re.match(table["passive"], said):
        kind = "patient"
    empty = {stem(word, language) for word in table["empty"].split()} | set(words(opening))
    content = [part for part in stems(said.removeprefix(opening), language) if part not in empty]
    telling = {*table["telling"].split()} & {*words(said.removeprefix(opening))}
    return _Asked(kind, text, tuple(dict.fromkeys(content)), frozenset(telling), language)


def _told(claim: Claim, splits: Splits) -> list[Sentence]:
    """The sentences that a claim prints: its own, and those taken in beside it."""
    passage = claim.passage
    around = splits[passage.article.id].sentences if passage.article.id in splits else ()
    within = [s for s in around if passage.start <= s.start and s.end <= passage.end]
    return within or [claim.support[0]]


def _day(claim: Claim) -> int:
    published = claim.passage.article.published
    return published.toordinal() if published else 0


def _score(asked: _Asked, sentence: Sentence, idf: Callable[[str], float]) -> float:
    """How much of the question a sentence holds, 0–1; 0 when it does not hold what is asked for."""
    is_open = re.search(load_table("questions")[asked.language]["open"], sentence.text)
    if len(asked.content) < (2 if asked.kind in ("", "place") else 1) or is_open:
        return 0.0
    if "?" in sentence.text or not asked.telling <= {*words(sentence.text)}:
        return 0.0
    covered = _coverage(asked, sentence.text, idf)
    if covered < COVERED:
        return 0.0
    needed = COVERED_NEAR if asked.kind else COVERED
    told = substance(sentence) if asked.kind in ("date", "figure", "duration") else sentence.text
    parts = _effects(asked, told) if asked.kind == "cause" else _parts(asked, told)
    is_told = any(
        _coverage(asked, part, idf) >= needed and _holds(asked, part, sentence) for part in parts
    )
    return covered if is_told else 0.0


def _coverage(asked: _Asked, text: str, idf: Callable[[str], float]) -> float:
    """Share of the weight of the question's words that a text holds."""
    held = _stems(text, asked.language)
    total = found = 0.0
    for part in asked.content:
        weight = max(idf(part), 0.1)
        total += weight
        if part in held:
            found += weight
        elif kindred(part, asked.language) & held:
            found += KINDRED * weight
    return found / total


def _parts(asked: _Asked, text: str) -> list[str]:
    """The clauses of a text; a name may stand behind a comma: "the director, Ana Pop"."""
    return (_CLAUSE if asked.kind in ("person", "patient", "holder") else _PART).split(text)


def _effects(asked: _Asked, text: str) -> Iterator[str]:
    """What a sentence gives a cause for."""
    table = load_table("questions")[asked.language]
    if found := re.search(rf"\b(?:{'|'.join(table['effect_before'])})\b", text, re.IGNORECASE):
        before, behind = text[: found.start()], text[found.end() :]
        yield before if before.strip() else behind.partition(",")[2]
    elif found := re.search(rf"\b(?:{'|'.join(table['effect_behind'])})\b", text, re.IGNORECASE):
        yield text[found.end() :]


def _holds(asked: _Asked, part: str, sentence: Sentence) -> bool:
    """Whether a part of a sentence holds what kind of thing is asked for, new to the question."""
    match asked.kind:
        case "date":
            times = find_times(part, language=asked.language)
            is_dated = any(time.is_date and not asked.says(time.text) for time in times)
            return is_dated and asked.is_as_real(part)
        case "duration":
            return _DURATION.search(part) is not None
        case "figure":
            return _holds_figure(asked, part)
        case "place":
            return any(
                not asked.says_any(place) and _is_near(asked, part, place)
                for place in _places(part, sentence)
            )
        case "holder":
            return any(
                mention.role
                and not asked.says_any(mention.name)
                and {*asked.content} <= {*stems(f"{mention.role} {mention.name}", asked.language)}
                for mention in sentence.people
            )
        case "person" | "patient":
            return any(not asked.says_any(name) for name in _actors(asked, part, sentence))
        case _:
            return True


def _holds_figure(asked: _Asked, part: str) -> bool:
    """Whether a figure counts or measures what is asked: "how many" never means "two metres"."""
    measures = load_table("units")["units"]
    said = words(asked.text)
    units = {unit for unit, names in measures.items() if {unit, *names} & {*said}}
    counts = said[:2] == ("how", "many")
    for figure in find_figures(part, asked.language) - find_figures(asked.text, asked.language):
        is_measure = figure.unit in measures or figure.unit in _TIMES
        if figure.unit in units or is_measure != counts:
            return True
    return False


def _is_near(asked: _Asked, part: str, place: str) -> bool:
    """Whether a place stands next to a word of the question."""
    before, _, behind = part.partition(place)
    near = {*stems(" ".join(words(before)[-NEAR_WORDS:]), asked.language)}
    near |= {*stems(" ".join(words(behind)[:NEAR_WORDS]), asked.language)}
    return any(near & {word, *kindred(word, asked.language)} for word in asked.content)


def _places(part: str, sentence: Sentence) -> Iterator[str]:
    """The places that a part of a sentence names."""
    for name in _names(sentence):
        place = part.find(name.text)
        if place < 0 or name.kind in ("person", "body"):
            continue
        if name.kind == "place" or _AT_PLACE.search(part[:place]):
            yield name.text


def _actors(asked: _Asked, part: str, sentence: Sentence) -> Iterator[str]:
    """Those who a part of a sentence says did it, or to whom it was done, as is asked."""
    speaker, table = sentence.speaker, load_table("questions")[asked.language]
    told = {*stems(speaker.text, asked.language)} if speaker else set()
    teller = speaker.name if speaker and {*asked.content} & told else ""
    deed = [
        match.start()
        for match in re.finditer(r"\w+", part)
        if _stems(match[0], asked.language) & _wanted(asked)
    ]
    for name, is_person in _candidates(sentence):
        place = part.find(name)
        if place < 0 or not deed or {*words(name)} & {*words(teller)}:
            continue
        is_agent = place < deed[-1] or _BY.search(part[:place]) is not None
        is_passive = re.search(table["passively"], part[: deed[-1]]) is not None
        if asked.kind == "patient":
            if is_person and (place > deed[0] or is_passive):
                yield name
        elif is_agent and (is_person or place == 0):
            yield name


def _candidates(sentence: Sentence) -> Iterator[tuple[str, bool]]:
    """The people of a sentence, and its bodies, and which it is."""
    yield from ((mention.form, True) for mention in sentence.people)
    yield from ((name.text, False) for name in _names(sentence) if name.kind == "body")


def _stems(text: str, language: str) -> set[str]:
    """The stems of a text, with those of the other forms of its irregular verbs."""
    forms = _irregular(language)
    held = {*stems(text, language)}
    return held.union(*(forms[word] for word in words(text) if word in forms))


@lru_cache(maxsize=8)
def _irregular(language: str) -> dict[str, frozenset[str]]:
    """The stems of an irregular verb by each of its forms, some of which are stop words."""
    verbs = [verb.split(":") for verb in load_table("questions")[language]["irregular"].split()]
    return {form: frozenset(stem(f, language) for f in forms) for forms in verbs for form in forms}


def _wanted(asked: _Asked) -> frozenset[str]:
    kin = (kindred(word, asked.language) for word in asked.content)
    return frozenset(asked.content).union(*kin)


def _names(sentence: Sentence) -> Iterator[Name]:
    for name in name_article(sentence.article).names:
        if sentence.start <= name.start and name.end <= sentence.end:
            yield name
