"""A sentence's tokens -> its cues: each verb of speech with its source, status and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from briefing.text.names_lexicon import Verb
from briefing.text.speech_phrases import Phrases, Source

_PARTING = frozenset({",", "and", "but", "while", "with", ";"})
#: Verbs whose past is like the infinitive.
_PAST_ALIKE = frozenset({"put", "read", "hit", "forecast"})
_TOLD = frozenset({"tell", "remind", "assure", "ask", "warn", "urge", "advise", "order", "thank"})
_MARKS = frozenset({",", ":", "that", "-", "—", "–"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb of speech, or "according to", with who is speaking."""

    position: int  #: token of the verb
    source: Source
    status: str
    is_thought: bool  #: a verb of opinion: "Roe said she believes" is said by Roe
    is_tag: bool  #: the words stand before it: "…, Roe said"
    first: int  #: first token of the words reported
    last: int  #: last token of the words reported


class Cues:
    """The cues of one sentence, the tokens `floor` to `ceiling` of its paragraph."""

    def __init__(self, phrases: Phrases, floor: int, ceiling: int) -> None:
        self._phrases = phrases
        self._lexicon = phrases.lexicon
        self._floor = floor
        self._ceiling = ceiling
        self._lower = phrases.lower
        self._inside_names = phrases.inside_names

    def find(self) -> tuple[Cue, ...]:
        """The cues in order."""
        found: list[Cue] = []
        for position in range(self._floor, self._ceiling):
            word = self._lower(position)
            if word == "according" and self._lower(position + 1) == "to":
                cue = self._according(position)
            else:
                verb = self._lexicon.verbs.get(word)
                if verb is None or position in self._inside_names:
                    continue
                if position > self._floor and self._phrases.tokens[position].is_capital:
                    continue
                cue = self._of_verb(position, verb, found)
            if cue is not None:
                found.append(cue)
        return tuple(self._apart(found))

    def _apart(self, found: list[Cue]) -> Iterator[Cue]:
        """Each cue's words end where the next cue's phrase begins."""
        for cue, following in zip_longest(found, found[1:]):
            if following is None or cue.is_tag or following.is_tag:
                yield cue
                continue
            begin = following.source.first
            if begin < cue.position:
                begin = following.position  # "…, adding that …"
            elif self._lower(begin - 1) not in _PARTING:
                yield cue  # a clause inside the clause: "Roe said the state was urging …"
                continue
            stop = begin - 1
            while stop > cue.first and self._lower(stop) in _PARTING:
                stop -= 1
            yield replace(cue, last=max(cue.first, min(cue.last, stop)))

    def _according(self, position: int) -> Cue | None:
        source = self._phrases.starting_at(position + 2, ceiling=self._ceiling)
        if source is None:
            return None
        behind = source.behind
        if position <= self._floor + 1:
            first, last = self._after(behind + 1)
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

    def _of_verb(self, position: int, verb: Verb, found: list[Cue]) -> Cue | None:
        before = self._lower(position - 1)
        if verb.particle and self._lower(position + 1) != verb.particle:
            return None
        if before == "to" and (leading := self._leading_verb(position)) is not None:
            position, before = leading, self._lower(leading - 1)  # "went on to say"
        if self._is_noun_use(position, before):
            return None
        if before == "to" or self._is_passive(before, verb) != self._is_quoted_as(position, verb):
            return None  # "is said", "to say"; and "quoted Roe as saying" is found at "saying"
        is_inverted = False
        if verb.is_participle:
            source = self._of_participle(position, found)
        else:
            source, is_inverted = self._finite_source(position, verb, found)
        if source is None or source.kind == "unknown" and verb.kind == "thought":
            return None
        if self._lower(position) == verb.lemma and not self._is_plural(source, verb):
            return None  # "a Twitter comment", "the Roe claim"
        start = position if is_inverted else min(position, source.first)
        behind = max(position, source.behind if is_inverted else position)
        is_tag = self._is_tag(start, self._listener_end(behind, verb), is_inverted) or (
            before == "as" and self._is_quote(self._floor) and self._next_quote(position) is None
        )
        if not self._has_words(position, behind, verb, is_tag):
            return None
        first, last = self._before(start) if is_tag else self._after_verb(behind, verb)
        status = self._status(source, position, verb)
        return Cue(position, source, status, verb.kind == "thought", is_tag, first, last)

    # -- the source ------------------------------------------------------------------------------

    def _is_passive(self, before: str, verb: Verb) -> bool:
        return before in self._lexicon.be and not verb.is_participle

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

    def _is_plural(self, source: Source, verb: Verb) -> bool:
        """Whether a verb without ending can have this subject."""
        if verb.lemma in _PAST_ALIKE:
            return True
        last = self._lower(source.last)
        if source.kind == "pronoun":
            return last not in {"he", "she", "it"}
        if source.name is None:
            return self._lower(source.first) not in {"a", "an", "one", "another", "each", "every"}
        is_pair = any(self._lower(p) == "and" for p in range(source.first, source.last))
        return is_pair or last.endswith("s")

    def _finite_source(
        self, position: int, verb: Verb, found: list[Cue]
    ) -> tuple[Source | None, bool]:
        """The source of a finite verb, and whether it stands behind the verb."""
        before = self._lower(position - 1)
        is_behind_quote = self._is_quote(position - 1) or (
            before == "," and self._is_quote(position - 2)
        )
        if verb.lemma not in _TOLD and (
            is_behind_quote or before == "," or position == self._floor
        ):
            subject = None if is_behind_quote else self._subject(position)
            if subject is not None and self._parts_cleanly(subject, position):
                return subject, False
            inverted = self._inverted(position)
            if inverted is not None and (is_behind_quote or self._may_invert(inverted, verb)):
                return inverted, True
        source = self._subject(position)
        if source is None and not is_behind_quote:
            source = self._shared_subject(position, found)
        return source, False

    def _parts_cleanly(self, source: Source, position: int) -> bool:
        """Whether a subject is parted from its verb by one appositive and nothing else."""
        commas = sum(self._lower(p) == "," for p in range(source.last + 1, position))
        return self._opens(source) and commas <= 2

    def _opens(self, source: Source) -> bool:
        """Whether a source stands at the start of the sentence or of a part of it."""
        before = self._lower(source.first - 1)
        return source.first <= self._floor or not before[:1].isalnum() or before in _PARTING

    def _may_invert(self, source: Source, verb: Verb) -> bool:
        """Whether ", said Roe" without a quotation before it names the speaker."""
        return (
            verb.kind in {"clause", "that"}
            and source.kind != "pronoun"
            and not self._is_quote(source.behind + 1)
        )

    def _shared_subject(self, position: int, found: list[Cue]) -> Source | None:
        """The subject of the verb before: "Roe called on her to resign and said"."""
        before = self._over_adverbs(position - 1)
        if self._lower(before) not in {"and", "but", "or"}:
            return None
        if found and not found[-1].is_tag:
            return found[-1].source
        return self._opening_subject(position)

    def _of_participle(self, position: int, found: list[Cue]) -> Source | None:
        lexicon = self._lexicon
        before = self._lower(position - 1)
        if before == "as":
            return self._quoted_source(position)
        if before in self._lexicon.be or (before == "'s" and self._is_pronoun(position - 2)):
            return self._subject(position - 1)
        if before == "by" and self._lower(position - 2).endswith(("ed", "gan", "gins")):
            return self._subject(position - 2)
        source = self._subject(position)
        if source is not None and (
            self._lower(source.first - 1) == "with"
            or (self._is_quote(position + 2) and source.kind != "document")
        ):
            return source  # "with Roe noting …", "footage of Roe asking, “…”"
        if (
            before in {",", "and", "by", "before", "while", "when"}
            or before.endswith("ly")
            or before in lexicon.documents
            or before in lexicon.days
            or before in lexicon.times
        ):
            if found and self._opens(found[-1].source):
                return found[-1].source
            return self._opening_subject(position) or (found[-1].source if found else None)
        return None

    def _is_pronoun(self, position: int) -> bool:
        return self._lower(position) in self._lexicon.pronouns

    def _quoted_source(self, position: int) -> Source | None:
        """Who is "quoted … as saying": the object of an active verb, the subject of a passive one."""
        for quote in range(position - 2, max(self._floor, position - 12) - 1, -1):
            verb = self._lexicon.verbs.get(self._lower(quote))
            if verb is None or verb.lemma not in {"quote", "cite"}:
                continue
            if self._lower(quote - 1) in self._lexicon.be:
                return self._subject(quote)
            last = position - 2
            if self._lower(last) == ",":
                last -= 1
            if self._lower(last) in {"him", "her", "them"} and last == quote + 1:
                return Source(last, last, "pronoun", behind=last)
            return self._phrases.ending_at(last, floor=quote + 1)
        return None

    def _opening_subject(self, position: int) -> Source | None:
        """Who the sentence is about, for "Roe left, saying …"."""
        source = self._phrases.subject(self._floor, position)
        return source if source is None or source.kind != "unknown" or source.name else None

    def _inverted(self, position: int) -> Source | None:
        source = self._phrases.starting_at(position + 1, ceiling=self._ceiling)
        if source is None:
            return None
        for behind in (source.behind, source.last):
            after = self._lower(behind + 1)
            if behind + 1 >= self._ceiling or (not after[:1].isalnum() and after != "'s"):
                return source
            if after in self._lexicon.after_tag:
                return source
            if after in self._lexicon.days or after in self._lexicon.times:
                return source
        return None

    def _subject(self, position: int) -> Source | None:
        """The phrase before the verb, over adverbs, times, occasions and appositives."""
        last = self._over_adverbs(position - 1)
        if last < self._floor:
            return None
        word = self._lower(last)
        if word == ",":
            return self._before_comma(last)
        if word in {")", "—", "–"}:
            opening = {")": "("}.get(word, word)
            for start in range(last - 1, max(self._floor, last - 30) - 1, -1):
                if self._lower(start) == opening:
                    return self._phrases.ending_at(start - 1, floor=self._floor)
            if word == ")":
                return None
            return None
        return self._phrases.ending_at(last, floor=self._floor)

    def _over_adverbs(self, last: int) -> int:
        lexicon = self._lexicon
        is_time = False
        while last >= self._floor:
            word = self._lower(last)
            is_adverb = word.endswith("ly") and len(word) > 4
            if word in lexicon.auxiliaries or is_adverb:
                if last in self._inside_names or self._phrases.is_noun(last):
                    break
                last -= 1
            elif word in lexicon.days or word in lexicon.months or word in lexicon.times:
                if self._phrases.is_noun(last):
                    break
                last -= 1
                is_time = True
            elif is_time and word in {"on", "in", "at", "during", "of", "the", "this", "that", "a"}:
                last -= 1
            elif word.isdigit() and (is_time or self._lower(last - 1) in lexicon.months | {"in"}):
                last -= 1
                is_time = True
            else:
                occasion = self._occasion_start(last)
                if occasion is None:
                    break
                last = occasion - 1
        return last

    def _occasion_start(self, last: int) -> int | None:
        """The preposition that opens an occasion ending at `last`: "in an interview with Doe"."""
        for start in range(last, max(self._floor + 1, last - 12) - 1, -1):
            word = self._lower(start)
            if word in {"", ",", ";"}:
                return None
            if word in {"in", "at", "during", "via", "through", "on", "after"} and any(
                self._lower(p) in self._lexicon.events
                for p in range(start + 1, min(start + 6, last + 1))
            ):
                return start
        return None

    def _before_comma(self, comma: int) -> Source | None:
        phrases = self._phrases
        if self._lower(comma - 1) == ")":  # "Roe (D-Md.), said"
            for start in range(comma - 2, max(self._floor, comma - 12) - 1, -1):
                if self._lower(start) == "(":
                    return phrases.ending_at(start - 1, floor=self._floor)
        commas = [p for p in range(max(self._floor, comma - 45), comma) if self._lower(p) == ","]
        if not commas:
            return None
        nearest = commas[-1]
        named = phrases.name_at(nearest + 1)
        if named is not None and named[0] == comma - 1 and phrases.is_noun(nearest - 1):
            role = phrases.role_before(nearest + 1, self._floor)
            first = role[0] if role else nearest + 1
            if self._lower(first - 1) in self._lexicon.determiners:
                first -= 1
            return Source(first, named[0], "person", (nearest + 1, named[0]), role, comma)
        for start in commas:
            if not self._interrupts(start + 1, comma):
                continue
            last = start - 1
            if self._lower(last) == ")":
                last = next(
                    (p - 1 for p in range(last, last - 10, -1) if self._lower(p) == "("), last
                )
            source = phrases.ending_at(last, floor=self._floor)
            if source is None or source.kind in {"pronoun", "unknown"} and source.name is None:
                continue
            if self._lower(source.first - 1) in self._lexicon.prepositions - {"with"}:
                continue
            role = phrases.role_after(source.last, self._ceiling) if source.name else None
            return replace(source, role=role or source.role, behind=comma)
        return None

    def _interrupts(self, first: int, comma: int) -> bool:
        """Whether what stands between two commas can part a subject from its verb."""
        word = self._lower(first)
        lexicon = self._lexicon
        if not word:
            return True
        return (
            word in lexicon.function_words
            or word in lexicon.offices
            or word in lexicon.modifiers
            or word in lexicon.titles
            or word[0].isdigit()
            or comma - first <= 2  # "Roe, R-Md., said"
            or word.endswith(("ing", "ed", "ly"))
            or word in {"however", "meanwhile", "too", "though", "by", "then", "whose", "which"}
            or self._phrases.role_after(first - 2, comma) is not None
        )

    # -- the words -------------------------------------------------------------------------------

    def _is_quote(self, position: int) -> bool:
        return self._floor <= position < self._ceiling and self._phrases.quoted[position] >= 0

    def _is_tag(self, start: int, behind: int, is_inverted: bool) -> bool:
        """Whether the words reported stand before the cue."""
        if self._is_quote(start - 1) or (
            self._lower(start - 1) == "," and self._is_quote(start - 2)
        ):
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
        if is_tag:
            return verb.kind != "thought" or not self._is_quote(behind + 1)
        has_quote = self._next_quote(position) is not None or self._opens_quotation()
        following = self._lower(behind + 1 + bool(verb.particle))
        if verb.kind == "clause":
            return not (following in {".", ""} and not has_quote)
        if verb.lemma in {"continue", "begin", "go"}:
            return self._is_quote(behind + 1 + bool(verb.particle)) or following in {",", ":"}
        if verb.kind == "quote" or has_quote:
            return has_quote
        if verb.kind == "deed":
            return following not in {".", ",", ";", ""}
        if following == ",":  # "believe, however, that"
            return any(self._lower(p) == "that" for p in range(position + 2, position + 5))
        return following in {"that", ":"} or self._has_clause(behind + 1)

    def _opens_quotation(self) -> bool:
        """Whether the sentence ends in a colon: the quotation is the next paragraph."""
        return self._lower(self._ceiling - 1) == ":"

    def _next_quote(self, position: int) -> int | None:
        """The next quotation, unless another verb of speech stands before it."""
        for following in range(position + 1, min(self._ceiling, position + 26)):
            if self._is_quote(following):
                return following
            verb = self._lexicon.verbs.get(self._lower(following))
            if verb is not None and verb.kind == "clause" and not verb.is_participle:
                return None
        return None

    def _has_clause(self, first: int) -> bool:
        """Whether a bare clause follows: a phrase, then a finite verb."""
        for position in range(first, min(self._ceiling, first + 14)):
            word = self._lower(position)
            if word in {",", ";", ".", ""}:
                return False
            if word in self._lexicon.finite or (word in self._lexicon.pronouns and position <= first):
                return position > first or word in self._lexicon.pronouns
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
        if verb.lemma not in _TOLD or behind + 1 >= self._ceiling:
            return behind
        if self._lower(behind + 1) in {"him", "her", "them", "me", "us", "you"}:
            return behind + 1
        listener = self._phrases.starting_at(behind + 1, ceiling=self._ceiling)
        if listener is None or listener.kind == "pronoun":
            return behind
        return listener.last

    def _after(self, first: int) -> tuple[int, int]:
        """Tokens of the words from `first` on, without "that", times and the closing stop."""
        lexicon = self._lexicon
        last = self._ceiling - 1
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

    # -- the status ------------------------------------------------------------------------------

    def _status(self, source: Source, position: int, verb: Verb) -> str:
        """The verb's status, or what a negation before it makes of that."""
        lexicon = self._lexicon
        start = source.last + 1 if source.last < position else self._floor
        for before in range(max(start, position - 4), position):
            if self._lower(before) in lexicon.negations:
                return lexicon.negated.get(verb.status, verb.status)
        return verb.status
