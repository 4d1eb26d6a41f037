"""Words of a sentence -> the phrases that can speak: persons with their office, bodies, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.models import Speaker
from briefing.text.speech.listed_words import Listed

#: Words of a name, and of what an office goes on with, at most.
NAME_WORDS, OFFICE_WORDS = 4, 7

_TOKEN = re.compile(
    r"[dDlLqQ][’'](?=\w)|\w+(?:[.](?=\w)\w+)*(?:[’'-]\w+)*\.?(?<!\w\w\w\w\.)|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its offsets into the article."""

    start: int
    end: int
    text: str
    is_quoted: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens that can speak, by first and last token."""

    first: int
    last: int
    kind: Literal["person", "body", "unnamed", "pronoun", "loose"]
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    pronoun: str = ""  #: m, f or p


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words and marks of a stretch of text; "l’" is a word of its own."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word, stop = match[0], match.end()
        if len(word) > 1 and word.endswith(".") and (stop >= end or word[0].islower()):
            found.append(Token(match.start(), stop - 1, word[:-1]))
            found.append(Token(stop - 1, stop, "."))
        else:
            found.append(Token(match.start(), stop, word))
    return tuple(found)


class Reader:
    """The phrases of one sentence."""

    floor = 0

    def __init__(self, sequence: tuple[Token, ...], listed: Listed) -> None:
        self.tokens = sequence
        self.lowers = [token.text.lower().replace("’", "'") for token in sequence]
        self._listed = listed

    @property
    def is_only_quoted(self) -> bool:
        """Whether the sentence holds no word outside quotations."""
        return not any(token.is_word and not token.is_quoted for token in self.tokens)

    def lower(self, position: int) -> str:
        """A token in lower case, "" outside the sentence."""
        return self.lowers[position] if 0 <= position < len(self.lowers) else ""

    def is_word(self, position: int) -> bool:
        """Whether a word stands at a position."""
        return 0 <= position < len(self.tokens) and self.tokens[position].is_word

    def text(self, first: int, last: int) -> str:
        """The words of a stretch, each after a space, "l’" without."""
        out = ""
        for token in self.tokens[first : last + 1]:
            glued = not out or out[-1] in "’'" or not token.is_word
            out += token.text if glued else f" {token.text}"
        return out

    def named(self, surnames: frozenset[str]) -> Iterator[Phrase]:
        """The persons named in the sentence, quotations included, none twice."""
        position = 0
        while position < len(self.tokens):
            phrase = self.phrase(position, surnames, anywhere=True)
            if phrase is not None and phrase.kind == "person" and phrase.name is not None:
                yield phrase
                position = phrase.last
            position += 1

    def phrase(
        self, first: int, surnames: frozenset[str], *, anywhere: bool = False
    ) -> Phrase | None:
        """The phrase that begins at a token, or None."""
        listed = self._listed
        if not self.is_word(first) or (self.tokens[first].is_quoted and not anywhere):
            return None
        if self.lower(first) in listed.pronouns:
            return Phrase(first, first, "pronoun", pronoun=listed.pronouns[self.lower(first)])
        at = first + (self.lower(first) in listed.determiners)
        noun = at
        while noun < at + 3 and self._is_modifier(noun):
            noun += 1
        if self._is(listed.office, noun):
            return self._held(first, noun)
        if self._is(listed.body, noun):
            last = noun
            while self._is_name_word(last + 1) and not self._is(listed.office, last + 1):
                last += 1
            return Phrase(first, last, "body", role=(at, last))
        titled = first
        while self.lower(titled).rstrip(".") in listed.honorifics:
            titled += 1
        name = self._name(titled)
        if name is None:
            return None
        last_word = self.lower(name[1])
        is_known = last_word in surnames or titled > first
        if name[0] == name[1] and not is_known:
            return None
        found = self._with_apposition(first, name)
        if is_known or found.role is not None:
            return found
        if listed.nouns_have_capitals and (anywhere or first == self.floor):
            return None  # "Milliarden Euro"
        return found

    def _held(self, first: int, noun: int) -> Phrase:
        """An office, with what it goes on with, and its holder where named."""
        listed = self._listed
        start = first + (self.lower(first) in listed.determiners)
        end = noun
        name = self._name(noun + 1)
        while name is None and end - noun < OFFICE_WORDS and self._attaches(end + 1):
            end += 1
            while self.lower(end + 1) in listed.attaching | listed.determiners:
                end += 1
            end += self._is_content(end + 1)
            while self._is_modifier(end + 1) and end - noun < OFFICE_WORDS:
                end += 1
            name = self._name(end + 1, least=2)
        if name is None and self.lower(end + 1) == ",":
            after = self._name(end + 2, least=2)
            if after is not None and self.lower(after[1] + 1) in {",", ".", ":", ""}:
                closed = after[1] + (self.lower(after[1] + 1) == ",")
                return Phrase(first, closed, "person", after, (start, end))
        if name is not None:
            return Phrase(first, name[1], "person", name, (start, end))
        return Phrase(first, end, "unnamed", role=(start, end))

    def over_times(self, position: int) -> int:
        """Behind the words that say when: "sagte | am Dienstag | die Ministerin"."""
        while self.lower(position) in self._listed.times or self.lower(position).isdigit():
            position += 1
        return position

    def _with_apposition(self, first: int, name: tuple[int, int]) -> Phrase:
        """A name and, between commas, the office behind it."""
        if self.lower(name[1] + 1) == ",":
            noun = start = name[1] + 2
            if self.lower(noun) in self._listed.determiners:
                noun = start = noun + 1
            while self._is_modifier(noun) and noun < start + 3:
                noun += 1
            if self._is(self._listed.office, noun):
                end = noun
                while end - start < 2 * OFFICE_WORDS and self.is_word(end + 1):
                    end += 1
                if self.lower(end + 1) in {",", "."}:
                    closed = end + (self.lower(end + 1) == ",")
                    return Phrase(first, closed, "person", name, (start, end))
        return Phrase(first, name[1], "person", name)

    def _name(self, first: int, least: int = 1) -> tuple[int, int] | None:
        """A run of words with capitals, particles between them."""
        while self.lower(first).rstrip(".") in self._listed.honorifics:
            first += 1
        last = first - 1
        position = first
        while position < first + NAME_WORDS:
            if self._is_name_word(position):
                last = position
            elif self.lower(position) not in self._listed.particles_of_names or last < first:
                break
            position += 1
        return (first, last) if last - first + 1 >= least else None

    def _is_name_word(self, position: int) -> bool:
        if not self.is_word(position):
            return False
        word = self.tokens[position].text
        lower = self.lower(position)
        return (
            word[0].isupper()
            and (len(word) == 1 or not word.isupper() or word.endswith("."))
            and lower not in self._listed.no_names
            and lower not in self._listed.determiners
            and lower not in self._listed.verbs
            and not self._is(self._listed.office, position)
            and not self._is(self._listed.body, position)
        )

    def _is_modifier(self, position: int) -> bool:
        """A word in lower case that may stand before an office or behind it."""
        word, listed = self.lower(position), self._listed
        return (
            self.is_word(position)
            and self.tokens[position].text[0].islower()
            and len(word) > 3
            and word not in listed.verbs
            and word not in listed.participles
            and word not in listed.auxiliaries
            and word not in listed.attaching
            and word not in listed.determiners
            and word not in listed.complementizers
            and word not in listed.no_names
            and not self._is(listed.office, position)
            and not self._is(listed.body, position)
        )

    def _attaches(self, position: int) -> bool:
        listed = self._listed
        following = position + 1
        while self.lower(following) in listed.attaching | listed.determiners:
            following += 1
        return (
            self.lower(position) in listed.attaching
            and self.lower(following) not in listed.no_names
        )

    def _is_content(self, position: int) -> bool:
        return self.is_word(position) and self.lower(position) not in self._listed.verbs

    def _is(self, pattern: re.Pattern[str], position: int) -> bool:
        return self.is_word(position) and pattern.fullmatch(self.tokens[position].text) is not None


@dataclass(slots=True)
class Person:
    """A person of the article."""

    name: str
    role: str | None = None
    gender: str = ""


class Roll:
    """The persons of an article, under the fullest name and the first office that it gives."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._persons: dict[str, Person] = {}  # by surname, in lower case
        self._latest: dict[str, Person] = {}  # by gender
        self._latest_group: Speaker | None = None

    @property
    def surnames(self) -> frozenset[str]:
        """The surnames that are known so far."""
        return frozenset(self._persons)

    def learn(self, reader: Reader) -> None:
        """Take in whoever a sentence names with an office, a title or as "X Y"."""
        for phrase in reader.named(self.surnames):
            self._enter(reader, phrase)

    def person(self, form: str) -> Person | None:
        """Whom a name means."""
        return self._persons.get(form.rsplit(" ", 1)[-1].lower()) if form else None

    def mention(self, reader: Reader, phrase: Phrase) -> None:
        """Somebody is spoken of: a pronoun that follows may mean them."""
        person = self.person(reader.text(*phrase.name)) if phrase.name else None
        if person is not None:
            for gender in (person.gender,) if person.gender else ("m", "f"):
                self._latest[gender] = person

    def speaker(self, reader: Reader, phrase: Phrase) -> Speaker | None:
        """Who a phrase is, or None when that is not clear."""
        if phrase.kind == "pronoun":
            if phrase.pronoun == "p":
                return self._latest_group
            known = self._latest.get(phrase.pronoun)
            return Speaker(known.name, known.role) if known else None
        if phrase.name is not None:
            person = self._enter(reader, phrase)
            self.mention(reader, phrase)
            return Speaker(person.name, person.role)
        words = reader.text(phrase.first, phrase.last)
        if phrase.kind == "body":
            first = phrase.role[0] if phrase.role else phrase.first
            return Speaker(reader.text(first, phrase.last), kind="body")
        if reader.lower(phrase.first) in self._listed.definite and phrase.role is not None:
            held = self._holder(reader.text(*phrase.role))
            if held is not None:
                return Speaker(held.name, held.role)
        speaker = Speaker(words, kind="unnamed")
        self._latest_group = speaker
        return speaker

    def _holder(self, office: str) -> Person | None:
        words = office.lower().split()
        holders = [
            person
            for person in self._persons.values()
            if (role := (person.role or "").lower().split())
            and all(any(held.endswith(word) for held in role) for word in words)
        ]
        return holders[0] if len(holders) == 1 else None

    def _enter(self, reader: Reader, phrase: Phrase) -> Person:
        assert phrase.name is not None
        form = reader.text(*phrase.name)
        person = self._persons.setdefault(form.rsplit(" ", 1)[-1].lower(), Person(form))
        if form.count(" ") > person.name.count(" "):
            person.name = form
        if phrase.role is not None and person.role is None:
            person.role = reader.text(*phrase.role)
        person.gender = person.gender or self._gender(reader, phrase)
        return person

    def _gender(self, reader: Reader, phrase: Phrase) -> str:
        listed = self._listed
        words = reader.lowers[phrase.first : phrase.last + 1]
        plain = [word.rstrip(".") for word in words]
        if not listed.feminine.isdisjoint(plain) or (
            phrase.role and _is_womans(reader.text(*phrase.role), listed)
        ):
            return "f"
        is_male = not listed.masculine.isdisjoint(plain)
        return "m" if is_male or (phrase.role and listed.has_gendered_offices) else ""


def _is_womans(role: str, listed: Listed) -> bool:
    """Whether the noun of an office is a woman's."""
    return any(listed.office.fullmatch(w) and listed.female_office.search(w) for w in role.split())
