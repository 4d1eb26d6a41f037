"""The names of an article -> its persons, each under the fullest name and role given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing.models import Speaker
from briefing.text.names import Name
from briefing.text.names.kinds import is_common
from briefing.text.names.lexicon import Lexicon
from briefing.text.names.persons import group_people, is_short_for, parts
from briefing.text.names.places import owner_of
from briefing.text.speech.bodies import bodies_by_noun
from briefing.text.speech.phrases import Phrases, Source


def _may_be_surname(text: str) -> bool:
    return text.isalpha() and not text.isupper() and owner_of(text) is None


#: Pronouns that tell a gender, wherever they stand.
_TELLING = {"he": "m", "him": "m", "his": "m", "himself": "m"} | {
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
#: What a possessive stands for: "in her view".
_POSSESSIVES = {"his": "m", "its": "n", "their": "p"}


@dataclass(slots=True, eq=False)
class Person:
    """One person of an article."""

    name: str  #: the fullest form
    gender: str  #: m, f or ""
    full_mentions: int  #: how often more than the surname is given
    mentions: list[tuple[Phrases, int, int]] = field(default_factory=list)
    role: str | None = None
    is_role_known: bool = False


#: Documents that speak for whoever was named last; a report or a study may be anybody's.
_ISSUED = frozenset({"statement", "communique", "communiqué", "release", "declaration", "notice"})


class Roster:
    """Who a source is: persons by any form of their names, bodies and groups by theirs."""

    def __init__(
        self, text: str, names: Sequence[Name], paragraphs: Sequence[Phrases], lexicon: Lexicon
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._persons: dict[str, Person] = {}
        self._latest: dict[str, Person] = {}  # gender of a pronoun -> who it would mean now
        self._latest_body: Speaker | None = None
        self._latest_group: Speaker | None = None
        self._namesakes: dict[str, list[Person]] = {}  # surname -> several persons, main one first
        self._bodies = bodies_by_noun(names, paragraphs, lexicon)
        #: Head noun -> the fullest phrase for the body so far.
        self._collect(names)
        self._tell_genders(paragraphs)
        for phrases in paragraphs:
            for first, (last, name) in phrases.names():
                title = phrases.lower(first - 1)
                person = self._namesake(name.text, title) or self._persons.get(name.text)
                if person is not None:
                    person.mentions.append((phrases, first, last))

    def _collect(self, names: Sequence[Name]) -> None:
        counts = Counter(
            name.text
            for name in names
            if name.kind == "person" or (name.kind == "other" and _may_be_surname(name.text))
        )
        forms = list(counts)
        bare: list[str] = []
        for group in group_people(forms):
            members = [forms[number] for number in group]
            fullest = max(members, key=lambda form: (len(parts(form).words), not form.isupper()))
            gender = next((g for form in members if (g := parts(form).gender)), "")
            full = sum(counts[form] for form in members if parts(form).is_full)
            person = Person(fullest, gender, full)
            for form in members:
                self._persons[form] = person
            if not full:
                bare.extend(members)
        everyone = list(dict.fromkeys(self._persons.values()))
        for form in bare:
            owners = [p for p in everyone if p.full_mentions and is_short_for(form, p.name)]
            if owners:
                self._namesakes[form] = sorted(owners, key=lambda p: -p.full_mentions)

    def _tell_genders(self, paragraphs: Sequence[Phrases]) -> None:
        """Genders from the pronouns behind the only person that a paragraph names."""
        votes: dict[Person, list[str]] = {}
        for phrases in paragraphs:
            named = {
                first: person
                for first, (_, name) in phrases.names()
                if (person := self._persons.get(name.text)) is not None
            }
            if len(set(named.values())) != 1:
                continue
            start, person = next(iter(named.items()))
            told = [_TELLING[word] for word in phrases.lowers[start + 1 :] if word in _TELLING]
            if told:
                votes.setdefault(person, []).extend(told)
        for person, told in votes.items():
            if len(set(told)) == 1 and (not person.gender or len(told) > 1):
                person.gender = told[0]

    # -- what the walk tells the roster ------------------------------------------------------------

    def mention(self, phrases: Phrases, source: Source) -> None:
        """A person or body is the subject at this point; a pronoun that follows may mean it."""
        person = self._person(phrases, source)
        if person is None and source.kind == "body" and self._is_plain_body(phrases, source):
            self._latest_body = self._body(phrases, source)
        elif source.name is None and phrases.lower(source.last) in self._lexicon.people:
            text = self._slice(phrases, source.first, source.last)
            self._latest_group = Speaker(text, kind="unnamed")
        if person is not None:
            for gender in (person.gender,) if person.gender else ("m", "f"):
                self._latest[gender] = person

    def speaker(self, phrases: Phrases, source: Source) -> Speaker | None:
        """Who the source is, or None when that is not clear."""
        if source.kind == "pronoun":
            return self._by_pronoun(phrases.lower(source.first))
        person = self._person(phrases, source) or self._newcomer(phrases, source)
        if person is not None and not self._is_pair(phrases, source):
            self.mention(phrases, source)
            if source.role is not None and self._role_of(person) is None:
                person.role = self._slice(phrases, *source.role)
            return Speaker(person.name, self._role_of(person))
        if source.name is not None:
            return None if self._is_attribute(phrases, source) else self._named(phrases, source)
        return self._unnamed(phrases, source)

    def labelled(self, label: str) -> Speaker | None:
        """Who a label of a transcript means; None for "Q" and for an answer by nobody named."""
        if len(label) < 3:
            return None
        folded = label.lower()
        for form, person in self._persons.items():
            if form.lower() == folded or form.lower().endswith(" " + folded):
                return Speaker(person.name, self._role_of(person))
        return Speaker(label)

    def may_be_label(self, label: str) -> bool:
        """Whether a label is a person's name, an office or "Q", not a topic such as "VENUE"."""
        words = [word.lower().rstrip(".") for word in label.split()]
        lexicon = self._lexicon
        if len(label) < 3 or words[-1] in lexicon.offices | lexicon.people:
            return True
        speaker = self.labelled(label)
        is_known = speaker is not None and speaker.name != label
        return is_known or not any(
            is_common(word) and word not in lexicon.titles | lexicon.given_names for word in words
        )

    def _by_pronoun(self, word: str) -> Speaker | None:
        meant = _POSSESSIVES.get(word) or self._lexicon.pronouns.get(word, "")
        if meant == "n":
            return self._latest_body
        if meant == "p":
            return self._latest_group
        person = self._latest.get(meant)
        if person is None:
            return None
        person.gender = person.gender or meant
        return Speaker(person.name, self._role_of(person))

    def _person(self, phrases: Phrases, source: Source) -> Person | None:
        if source.name is None or source.kind == "body":
            return None
        form = self._slice(phrases, *source.name)
        title = phrases.lower(source.name[0] - 1)
        return self._namesake(form, title) or self._persons.get(form)

    def _newcomer(self, phrases: Phrases, source: Source) -> Person | None:
        """A speaker by two or three words that only speaking shows to be a person."""
        if source.name is None or source.kind != "unknown" or self._is_pair(phrases, source):
            return None
        form = self._slice(phrases, *source.name)
        words = form.split()
        if not 2 <= len(words) <= 3 or not all(w.isalpha() and w.istitle() for w in words):
            return None
        person = Person(form, "", 1, [(phrases, *source.name)])
        self._persons[form] = person
        self._persons.setdefault(words[-1], person)
        return person

    def _namesake(self, form: str, title: str) -> Person | None:
        """Which of several persons of one surname is meant: as "Mr", "Mrs" or the main one."""
        owners = self._namesakes.get(form, [])
        is_female, is_male = title in self._lexicon.female, title in self._lexicon.male
        if is_female != is_male:
            owners = [p for p in owners if p.gender in {"", "f" if is_female else "m"}]
            return owners[0] if len(owners) == 1 else None
        if len(owners) == 1 or (
            owners and owners[0].full_mentions >= max(2, 2 * owners[1].full_mentions)
        ):
            return owners[0]
        return None

    def _is_pair(self, phrases: Phrases, source: Source) -> bool:
        return source.name is not None and any(
            phrases.lower(p) == "and" for p in range(source.name[0], source.name[1])
        )

    def _is_attribute(self, phrases: Phrases, source: Source) -> bool:
        """Whether a place only tells whose the speaker is: "the Chilean news site Faro says"."""
        found = phrases.name_at(source.first) or phrases.name_at(source.first + 1)
        after = phrases.lower(source.last + 1)
        return (
            found is not None
            and found[0] == source.last
            and found[1].kind == "place"
            and after.isalpha()
            and phrases.tokens[source.last + 1].text.islower()
            and after not in self._lexicon.function_words
            and after not in self._lexicon.verbs
            and after not in self._lexicon.finite
            and not after.endswith(("ly", "ed", "ing"))
            and self._has_name_behind(phrases, source.last + 1)
        )

    def _has_name_behind(self, phrases: Phrases, first: int) -> bool:
        """Whether a name stands behind up to three plain nouns."""
        for position in range(first, min(first + 4, len(phrases.tokens))):
            if phrases.name_at(position) is not None:
                return True
            if phrases.lower(position) in self._lexicon.function_words:
                return False
        return False

    def _named(self, phrases: Phrases, source: Source) -> Speaker:
        assert source.name is not None
        name = self._slice(phrases, *source.name)
        if source.kind == "body" and source.role is None:
            # "Portuguese news agency Lusa": what stands before a body's name is no office of it.
            speaker = Speaker(name, kind="body")
            self._latest_body = speaker
            return speaker
        role = self._slice(phrases, *source.role) if source.role else None
        return Speaker(name, role, kind="body" if source.kind == "body" else "person")

    def _unnamed(self, phrases: Phrases, source: Source) -> Speaker | None:
        text = self._slice(phrases, source.first, source.last)
        if source.kind == "document":
            if source.first == source.last and phrases.lower(source.last).endswith("s"):
                return None  # "Reports say": whose?
            return self._issuer(phrases, source) or Speaker(text, kind="body")
        if source.kind == "body":
            self._latest_body = self._body(phrases, source)
            return self._latest_body
        person = self._behind_office(phrases, source) or self._by_office(phrases, source)
        if person is not None:
            return Speaker(person.name, self._role_of(person))
        if phrases.lower(source.first) in {"that", "what"} and text.endswith("s"):
            text = self._slice(phrases, source.first + 1, source.last)  # "rules that critics say"
        speaker = Speaker(text, kind="unnamed")
        self._latest_group = speaker
        return speaker

    def _is_plain_body(self, phrases: Phrases, source: Source) -> bool:
        """Whether a body is named, or told by a short phrase: "the French firm"."""
        if source.name is not None:
            return True
        is_short = 1 <= source.last - source.first <= 4
        is_opened = phrases.lower(source.first) in self._lexicon.determiners
        return is_short and is_opened and phrases.lower(source.last) in self._lexicon.bodies

    def _body(self, phrases: Phrases, source: Source) -> Speaker:
        if source.name is not None:
            return Speaker(self._slice(phrases, *source.name), kind="body")
        text = self._slice(phrases, source.first, source.last)
        return Speaker(self._fullest_body(phrases, source, text), kind="body")

    def _issuer(self, phrases: Phrases, source: Source) -> Speaker | None:
        """The body behind a statement: "the statement from the palace", or who spoke last."""
        for position in range(source.first, source.last + 1):
            found = phrases.name_at(position)
            if found is not None and found[1].kind in {"body", "place"}:
                return Speaker(found[1].text, kind="body")
        opening, head = phrases.lower(source.first), phrases.lower(source.last)
        is_bare = opening == "the" and source.last - source.first == 1
        return self._latest_body if is_bare and head in _ISSUED else None

    def _fullest_body(self, phrases: Phrases, source: Source, text: str) -> str:
        """ "the ministry" -> "Peru's defence ministry", when that was named before."""
        head = phrases.lower(source.last)
        opening = phrases.lower(source.first)
        if opening in self._lexicon.determiners:
            text = self._slice(phrases, source.first + 1, source.last) if opening == "the" else text
        known = self._bodies.get(head)
        is_known_one = opening in {"the", head} or opening in self._lexicon.possessives
        if source.last - source.first <= 1 and is_known_one and known is not None:
            return known
        if source.last - source.first > 1:
            self._bodies[head] = text
        return text

    def _behind_office(self, phrases: Phrases, source: Source) -> Person | None:
        """ "Secretary of Defense Roe": the person named at the end, with what is before as role."""
        for first in range(source.first + 3, source.last + 1):
            found = phrases.name_at(first)
            if found is None or found[0] != source.last or found[1].kind != "person":
                continue
            before, opening = phrases.lower(first - 1), phrases.lower(source.first)
            start = source.first + (opening in self._lexicon.determiners)
            if before in self._lexicon.titles or before in self._lexicon.offices or before == "of":
                return None
            if phrases.lower(start) not in self._lexicon.offices | self._lexicon.titles:
                return None
            person = self._persons.get(found[1].text)
            if person is not None:
                self.give_role(found[1].text, self._slice(phrases, start, first - 1))
                person.is_role_known = True
            return person
        return None

    def _by_office(self, phrases: Phrases, source: Source) -> Person | None:
        """ "the spokesman": the one person of the article so far who holds that office."""
        if phrases.lower(source.first) != "the":
            return None
        head = phrases.lower(source.last)
        if head not in self._lexicon.offices:
            return None
        words = {phrases.lower(p) for p in range(source.first + 1, source.last + 1)}
        fits = []
        for person in dict.fromkeys(self._persons.values()):
            role = self._role_of(person)
            if role and words <= self._words_of(role):
                fits.append(person)
        return fits[0] if len(fits) == 1 else None

    def _words_of(self, role: str) -> set[str]:
        """The words of a role, "Sgt." as "sergeant" as well."""
        words = role.lower().replace("’s", "").replace("'s", "").split()
        return {*words, *(self._lexicon.short_titles.get(word.rstrip("."), word) for word in words)}

    # -- roles -------------------------------------------------------------------------------------

    def _role_of(self, person: Person) -> str | None:
        if not person.is_role_known:
            person.is_role_known = True
            person.role = self._best_role(person)
        return person.role

    def give_role(self, name: str, role: str) -> None:
        """Give a person the role that only a neighbouring sentence states."""
        if (person := self._persons.get(name)) is not None:
            person.role = role

    def named(self, form: str) -> Person | None:
        """The person whom a name means, as it stands in the text."""
        return self._persons.get(form)

    def role(self, person: Person) -> str | None:
        """The role of a person, as the article gives it anywhere."""
        return self._role_of(person)

    def _best_role(self, person: Person) -> str | None:
        """The longest role beside any mention; a bare title only where there is nothing else."""
        found = [
            self._slice(phrases, *role)
            for phrases, first, last in person.mentions
            for role in (phrases.role_after(last), phrases.role_before(first))
            if role is not None
        ]
        return max(found, key=lambda role: min(len(role.split()), 12), default=None)

    def _slice(self, phrases: Phrases, first: int, last: int) -> str:
        return self._text[phrases.tokens[first].start : phrases.tokens[last].end]
