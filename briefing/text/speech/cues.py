"""A sentence's tokens -> its cues: each verb of speech with its source, status and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from briefing.text.names.lexicon import Verb
from briefing.text.names.places import is_country
from briefing.text.speech.phrases import Source
from briefing.text.speech.subjects import PARTING, TOLD
from briefing.text.speech.views import OPENERS, Cue, Views

_MARKS = frozenset({",", ":", "that", "-", "—", "–"})
#: Verbs of opinion that may take an object and "to": "expects both bids to fail".
_EXPECTING = frozenset({"expect", "anticipate", "predict", "forecast", "estimate", "project"})
#: Verbs of opinion behind which any phrase opens a clause.
_THINKING = frozenset({"think", "reckon"})
#: Verbs that report only with a document, a body or a group for a subject.
_FINDING = frozenset({"find", "show"})
#: Verbs that report beside a quotation alone.
_GOING_ON = frozenset({"continue", "begin", "go"})
#: Words that open a clause which tells when something else was.
_WHEN = frozenset({"after", "before", "since", "until", "once"})
#: What may stand between "is" and a participle.
_SMALL = frozenset({"not", "also", "now", "never", "still", "n't", "long"})
#: Behind a verb of speech these open no clause of what is said.
_NO_CLAUSE = frozenset({"of", "about", "on", "for", "to", "with", "against", "by", "from", "into"})


class Cues(Views):
    """The cues of one sentence, the tokens `floor` to `ceiling` of its paragraph."""

    def find(self) -> tuple[Cue, ...]:
        """The cues in order."""
        found: list[Cue] = []
        words = self._phrases.lowers[self._floor : self._ceiling]
        for position, word in enumerate(words, self._floor):
            if word == "according" and self._lower(position + 1) == "to":
                cue = self._according(position)
            elif word in OPENERS and (view := self.view(position)) is not None:
                cue = view
            else:
                verb = self._lexicon.verbs.get(word)
                if verb is None or position in self._inside_names:
                    continue
                following = f"{word} {self._lower(position + 1)}"
                verb = self._lexicon.verbs.get(following, verb)
                if position > self._floor and self._phrases.tokens[position].is_capital:
                    continue
                cue = self._of_verb(position, verb, found)
            if cue is not None:
                found.append(cue)
        return tuple(self._apart(found))

    def _apart(self, found: list[Cue]) -> Iterator[Cue]:
        """Each cue's words end where the next cue's phrase begins."""
        behind = -1
        for cue, following in zip_longest(found, found[1:]):
            if cue.is_tag and cue.first <= behind < cue.last:
                cue = replace(cue, first=behind + 1)  # "…, said Roe, who has not, Doe says, slept"
            if cue.is_tag:
                behind = max(cue.position, cue.source.last, cue.source.behind)
            if following is None or cue.is_tag or following.is_tag:
                yield cue
                continue
            begin = following.source.first
            if begin < cue.position:
                begin = following.position  # "…, adding that …"
            elif self._lower(begin - 1) not in PARTING:
                yield cue  # a clause inside the clause: "Roe said the state was urging …"
                continue
            stop = begin - 1
            while stop > cue.first and self._lower(stop) in PARTING:
                stop -= 1
            yield replace(cue, last=max(cue.first, min(cue.last, stop)))

    def _according(self, position: int) -> Cue | None:
        source = self._phrases.starting_at(position + 2, ceiling=self._ceiling)
        if source is None or self._is_whose(source):
            return None
        behind = source.behind
        if position <= self._floor + 1:
            first, last = self._after(self._over_appositive(behind + 1))
            return Cue(position, source, "said", False, False, first, last)
        if self._lower(behind + 1) not in {
            "",
            ".",
            ",",
            ";",
            ")",
            "-",
            "—",
            "–",
            "and",
            "in",
            "on",
        }:
            behind = source.last
        first, last = self._before(position)
        return Cue(position, source, "said", False, True, first, last)

    def _is_whose(self, source: Source) -> bool:
        """Whether a place only tells whose it is: "according to Chilean law"."""
        found = self._phrases.name_at(source.first)
        if found is None or found[0] != source.last or not is_country(found[1].text):
            return False
        following = self._lower(source.last + 1)
        lexicon = self._lexicon
        is_noun = following.isalpha() and not self._phrases.tokens[source.last + 1].is_capital
        return is_noun and following not in (
            lexicon.function_words | lexicon.finite | lexicon.verbs.keys()
        )

    def _over_appositive(self, first: int) -> int:
        """Behind an appositive that opens at `first`: ", a site on dams, the wall …"."""
        if self._lower(first) != "," or self._lower(first + 1) not in {"a", "an"}:
            return first
        for position in range(first + 2, min(self._ceiling, first + 16)):
            if self._lower(position) == ",":
                return position
        return first

    def _of_verb(self, position: int, verb: Verb, found: list[Cue]) -> Cue | None:
        before = self._lower(position - 1)
        if (rated := self.rated(position, verb)) is not None:
            verb = rated
        if verb.particle and self._lower(position + 1) != verb.particle:
            return None
        if before == "of" and self._lower(position) == verb.lemma:
            return None  # "the former secretary of state"
        if before == "to" and (leading := self._leading_verb(position)) is not None:
            position, before = leading, self._lower(leading - 1)  # "went on to say"
        if self._is_noun_use(position, before) or self._is_reduced_passive(position, verb):
            return None
        if before == "to" or self._is_passive(position, verb) != self._is_quoted_as(position, verb):
            return None  # "is said", "to say"; and "quoted Roe as saying" is found at "saying"
        shared = found[-1].source if found and not found[-1].is_tag else None
        is_inverted = False
        if verb.is_participle:
            source = self.participle_source(position, found[-1].source if found else None)
        else:
            source, is_inverted = self.finite_source(position, verb, shared)
        if source is None or not self._may_hold(source, position, verb):
            return None
        if self._is_told_in_passing(source, position):
            return None
        is_bare = self._lower(position) == verb.lemma and not self._is_helped(source, position)
        if is_bare and not self.is_plural(source, verb):
            return None  # "a Twitter comment", "the Roe claim"
        start = position if is_inverted else min(position, source.first)
        behind = max(position, source.behind if is_inverted else position)
        is_tag = (
            not self._is_relative(position)
            and self._is_tag(start, self._listener_end(behind, verb), is_inverted)
        ) or (before == "as" and self.is_quote(self._floor) and self._next_quote(position) is None)
        if not self._has_words(position, behind, verb, is_tag):
            return None
        first, last = self._before(start) if is_tag else self._after_verb(behind, verb)
        status = self._status(source, position, verb)
        return Cue(position, source, status, verb.kind == "thought", is_tag, first, last)

    def _is_told_in_passing(self, source: Source, position: int) -> bool:
        """Whether the clause only tells when: "Years after the court ruled that …, Roe sued"."""
        if source.first <= self._floor or self._lower(source.first - 1) not in _WHEN:
            return False
        return self._next_quote(position) is None

    def _may_hold(self, source: Source, position: int, verb: Verb) -> bool:
        """Whether this subject can think or find."""
        if verb.lemma in _FINDING:
            if self._status(source, position, verb) != verb.status:
                return False
            is_told = self._lower(position + 1) == "that"
            return source.kind == "document" or (is_told and source.kind in {"body", "unnamed"})
        if verb.kind == "thought" and self._lower(source.first - 1) == "what":
            return False  # "what she thought was a lorry"
        if verb.kind == "that" and self._lower(position + 1) not in {"that", ":"}:
            for before in range(source.first - 1, max(self._floor, source.first - 7) - 1, -1):
                if not self._lower(before).isalnum():
                    break
                if self._lower(before) == "what":
                    return False  # "what the town and the union agreed in May will cost both"
        if verb.kind == "thought" and source.kind == "unknown":
            return source.name is not None and source.name[0] < source.name[1]
        return True

    def _is_reduced_passive(self, position: int, verb: Verb) -> bool:
        """ "the report said by many to be lost"."""
        return (
            self._lower(position + 1) == "by"
            and not verb.is_participle
            and self._lower(position + 2) not in self._lexicon.events
        )

    def _is_helped(self, source: Source, position: int) -> bool:
        """Whether "did", "will" or the like stands between a subject and its verb."""
        return source.last < position and any(
            self._lower(p) in self._lexicon.finite for p in range(source.last + 1, position)
        )

    def _is_relative(self, position: int) -> bool:
        """Whether the verb's subject is "who": its words cannot stand before it."""
        return any(self._lower(p) in {"who", "which"} for p in range(position - 3, position))

    def _is_passive(self, position: int, verb: Verb) -> bool:
        """ "is said", "is not widely expected"."""
        if verb.is_participle:
            return False
        before = position - 1
        while self._lower(before) in _SMALL or self._lower(before).endswith("ly"):
            before -= 1
        return self._lower(before) in self._lexicon.be

    def _is_quoted_as(self, position: int, verb: Verb) -> bool:
        """ "was quoted by agencies as saying"."""
        return verb.lemma in {"quote", "cite"} and any(
            self._lower(p) == "as" and self._lower(p + 1) in {"saying", "telling"}
            for p in range(position, min(position + 10, self._ceiling))
        )

    def _leading_verb(self, position: int) -> int | None:
        """The verb that an infinitive hangs on: "went on | to say", "continued | to argue"."""
        if self._lower(position - 2) == "on" and self._lower(position - 3) in self._lexicon.go:
            return position - 3
        return position - 2 if self._lower(position - 2) in self._lexicon.leading else None

    def _is_noun_use(self, position: int, before: str) -> bool:
        """Whether a word that can be a verb is a noun here: "the report said", "her claim"."""
        lexicon = self._lexicon
        word = self._lower(position)
        if before == "'s" or before in lexicon.possessives or before in {"the", "a", "an"}:
            return True
        following = lexicon.verbs.get(self._lower(position + 1))
        return word in lexicon.documents and following is not None and following.kind == "clause"

    def _is_tag(self, start: int, behind: int, is_inverted: bool) -> bool:
        """Whether the words reported stand before the cue."""
        if self.is_quote(start - 1) or (self._lower(start - 1) == "," and self.is_quote(start - 2)):
            return True
        if start <= self._floor:
            return False
        if is_inverted:
            return True
        return self._lower(start - 1) == "," and self._ends_sentence(behind + 1)

    def _ends_sentence(self, position: int) -> bool:
        """Whether nothing but times and occasions follows."""
        if position >= self._ceiling or self._lower(position) in {".", ";", ","}:
            return True
        word = self._lower(position)
        lexicon = self._lexicon
        return word in lexicon.days or word in {"on", "in", "at", "during", "last", "earlier", "to"}

    def _has_words(self, position: int, behind: int, verb: Verb, is_tag: bool) -> bool:
        """Whether the verb reports something, as its kind asks."""
        if is_tag and verb.lemma in _GOING_ON:
            return any(self.is_quote(before) for before in range(self._floor, position))
        if is_tag:
            return verb.kind != "thought" or not self.is_quote(behind + 1)
        has_quote = self._next_quote(position) is not None or self._opens_quotation()
        following = self._lower(behind + 1 + bool(verb.particle))
        if verb.kind == "clause":
            return not (following in {".", ""} and not has_quote)
        if verb.lemma in _GOING_ON:
            return self.is_quote(behind + 1 + bool(verb.particle)) or following in {",", ":"}
        if verb.kind == "quote" or has_quote:
            return has_quote
        if verb.kind == "deed":
            return following not in {".", ",", ";", ""}
        if following == ",":  # "believe, however, that"
            return any(self._lower(p) == "that" for p in range(position + 2, position + 5))
        if following in {"that", ":"} or self._has_clause(behind + 1):
            return True
        if verb.lemma in _THINKING:
            return following not in _NO_CLAUSE and following not in {
                "so",
                "in",
                "like",
                ";",
                ".",
                "",
            }
        return verb.lemma in _EXPECTING and self._has_infinitive(behind + 1)

    def _has_infinitive(self, first: int) -> bool:
        """Whether "to" and a verb follow in the same clause: "expects rates to fall"."""
        for position in range(first, min(self._ceiling - 1, first + 12)):
            word = self._lower(position)
            if word in {",", ";", "."}:
                return False
            if word == "to":
                following = self._lower(position + 1)
                return following.isalpha() and following not in self._lexicon.determiners
        return False

    def _opens_quotation(self) -> bool:
        """Whether the sentence ends in a colon: the quotation is the next paragraph."""
        return self._lower(self._ceiling - 1) == ":"

    def _next_quote(self, position: int) -> int | None:
        """The next quotation, unless another verb of speech stands before it."""
        for following in range(position + 1, min(self._ceiling, position + 26)):
            if self.is_quote(following):
                return following
            verb = self._lexicon.verbs.get(self._lower(following))
            if verb is not None and verb.kind == "clause" and not verb.is_participle:
                return None
        return None

    def _has_clause(self, first: int) -> bool:
        """Whether a bare clause follows: a phrase, then a finite verb."""
        for position in range(first, min(self._ceiling, first + 14)):
            word = self._lower(position)
            if word in {",", ";", ".", "", "but", "who", "which"}:
                return False
            if position == first and word in self._lexicon.pronouns:
                return True
            if position == first and word in _NO_CLAUSE:
                return False
            if word in self._lexicon.finite:
                return position > first
        return False

    def _before(self, start: int) -> tuple[int, int]:
        last = start - 1
        while last > self._floor and self._lower(last) in {",", "but", "and", "-", "—", "–"}:
            last -= 1
        return self._floor, last

    def _after_verb(self, behind: int, verb: Verb) -> tuple[int, int]:
        return self._after(self._listener_end(behind, verb) + 1)

    def _listener_end(self, behind: int, verb: Verb) -> int:
        """The last token of whom the words are told to, or `behind` itself."""
        if verb.lemma not in TOLD or behind + 1 >= self._ceiling:
            return behind
        if self._lower(behind + 1) in {"him", "her", "them", "me", "us", "you"}:
            return behind + 1
        listener = self._phrases.starting_at(behind + 1, ceiling=self._ceiling)
        if listener is None or listener.kind == "pronoun":
            return behind
        return listener.last

    def _over_occasion(self, first: int) -> int:
        """Behind "in a statement" and the like, where "that", a comma or a colon ends it."""
        if self._lower(first) not in {"in", "at", "during", "via", "on", "through"}:
            return first
        is_event = False
        for position in range(first + 1, min(first + 12, self._ceiling)):
            word = self._lower(position)
            is_event = is_event or word in self._lexicon.events
            if word in {"that", ",", ":"}:
                return position if is_event else first
        return first

    def _after(self, first: int) -> tuple[int, int]:
        """Tokens of the words from `first` on, without "that", times and the closing stop."""
        lexicon = self._lexicon
        last = self._ceiling - 1
        first = self._over_occasion(first)
        while first < last and (
            self._lower(first) in _MARKS
            or self._lower(first) in lexicon.days
            or (self._lower(first) == "on" and self._lower(first + 1) in lexicon.days)
            or (self._lower(first) == "last" and self._lower(first + 1) in lexicon.times)
        ):
            first += 2 if self._lower(first) == "last" else 1
        while last > first and self._lower(last) in {".", "!", "?", ",", ";"}:
            last -= 1
        return first, max(first, last)

    def _status(self, source: Source, position: int, verb: Verb) -> str:
        """The verb's status, or what a negation before it makes of that."""
        lexicon = self._lexicon
        start = source.last + 1 if source.last < position else self._floor
        for before in range(max(start, position - 4), position):
            if self._lower(before) in lexicon.negations:
                return lexicon.negated.get(verb.status, verb.status)
        return verb.status
