"""A verb of speech in a sentence -> its source: who, before it or behind it, is speaking."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from briefing.text.names import Name
from briefing.text.names.lexicon import Verb
from briefing.text.speech.phrases import Phrases, Source

#: Verbs whose past is like the infinitive.
_PAST_ALIKE = frozenset({"put", "read", "hit", "forecast"})

#: Tokens of "during the debate last week" at most.
_OCCASION = 10

#: What parts one clause from the next.
PARTING = frozenset({",", "and", "but", "while", "with", ";"})
#: Verbs whose object is the listener.
TOLD = frozenset({"tell", "remind", "assure", "ask", "warn", "urge", "advise", "order", "thank"})


class Subjects:
    """The sources of one sentence, the tokens `floor` to `ceiling` of its paragraph."""

    def __init__(self, phrases: Phrases, floor: int, ceiling: int) -> None:
        self._phrases = phrases
        self._lexicon = phrases.lexicon
        self._floor = floor
        self._ceiling = ceiling
        self._lower = phrases.lower
        self._inside_names = phrases.inside_names

    def is_plural(self, source: Source, verb: Verb) -> bool:
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

    def finite_source(
        self, position: int, verb: Verb, earlier: Source | None
    ) -> tuple[Source | None, bool]:
        """The source of a finite verb, and whether it stands behind the verb.

        `earlier` is the source of the verb before, for "Roe resigned and said".
        """
        before = self._lower(position - 1)
        is_behind_quote = self.is_quote(position - 1) or (
            before == "," and self.is_quote(position - 2)
        )
        if (verb.lemma not in TOLD or is_behind_quote) and (
            is_behind_quote or before == "," or position == self._floor
        ):
            subject = None if is_behind_quote else self._subject(position)
            if subject is not None and self._parts_cleanly(subject, position):
                return subject, False
            inverted = self._inverted(position)
            if inverted is not None and verb.lemma in TOLD and self._goes_on(inverted):
                return None, False  # "Roe, the star of “Rain,” thanked Doe for …"
            if inverted is not None and (is_behind_quote or self._may_invert(inverted, verb)):
                return inverted, True
        source = self._subject(position)
        if source is None and not is_behind_quote:
            source = self._shared_subject(position, earlier)
        return source, False

    def _goes_on(self, source: Source) -> bool:
        behind = max(source.last, source.behind) + 1
        return behind < self._ceiling and self._lower(behind)[:1].isalnum()

    def _may_invert(self, source: Source, verb: Verb) -> bool:
        """Whether ", said Roe" without a quotation before it names the speaker."""
        return (
            verb.kind in {"clause", "that"}
            and source.kind != "pronoun"
            and not self.is_quote(source.behind + 1)
        )

    def _parts_cleanly(self, source: Source, position: int) -> bool:
        """Whether a subject is parted from its verb by one appositive and nothing else."""
        between = [self._lower(p) for p in range(source.last + 1, position)]
        has_verb = between[:1] == [","] and not self._lexicon.finite.isdisjoint(
            takewhile(lambda word: word not in {"who", "which", "whose"}, between)
        )
        return self._opens(source) and between.count(",") <= 2 and not has_verb

    def _opens(self, source: Source) -> bool:
        """Whether a source stands at the start of the sentence or of a part of it."""
        before = self._lower(source.first - 1)
        return source.first <= self._floor or not before[:1].isalnum() or before in PARTING

    def _shared_subject(self, position: int, earlier: Source | None) -> Source | None:
        """The subject of the verb before: "Roe called on her to resign and said"."""
        before = self._over_adverbs(position - 1)
        if self._lower(before) not in {"and", "but", "or"}:
            return None
        return earlier or self._opening_subject(position)

    def participle_source(self, position: int, earlier: Source | None) -> Source | None:
        """The source of "saying": its own subject, the verb's before it, or the sentence's."""
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
            (self._lower(source.first - 1) == "with" and source.kind != "unknown")
            or (
                (self.is_quote(position + 2) or self._is_before_quote(position))
                and source.kind != "document"
            )
        ):
            return source  # "with Roe noting …", "footage of Roe asking, “…”"
        if (
            before in {",", "and", "by", "before", "while", "when"}
            or before.endswith("ly")
            or before in lexicon.documents
            or before in lexicon.days
            or before in lexicon.times
        ):
            if earlier is not None and self._opens(earlier):
                return earlier
            return self._opening_subject(position) or earlier
        return None

    def _is_before_quote(self, position: int) -> bool:
        """Whether a quotation follows a participle, but for when and where it was said."""
        for following in range(position + 1, min(position + _OCCASION, self._ceiling - 1)):
            word = self._lower(following)
            if word in {",", ":"}:
                return self.is_quote(following + 1)
            verb = self._lexicon.verbs.get(word)
            if word in self._lexicon.finite or (verb is not None and verb.kind == "clause"):
                return False
        return False

    def _is_pronoun(self, position: int) -> bool:
        return self._lower(position) in self._lexicon.pronouns

    def _quoted_source(self, position: int) -> Source | None:
        """Who is "quoted … as saying": the object of the verb, or the subject of a passive."""
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
        source = self._phrases.ending_at(last, floor=self._floor)
        if source is not None and source.kind == "unnamed":
            return self._half_apposed(source, position) or source
        return source

    def _half_apposed(self, source: Source, position: int) -> Source | None:
        """ "Roe, head and founder of the club said": an appositive that no comma closes."""
        first = source.first
        if self._lower(first - 1) == "and" and self._phrases.is_noun(first - 2):
            first -= 2
        if self._lower(first - 1) != ",":
            return None
        if self._lower(first) in self._lexicon.determiners and not self._says_that(position):
            return None  # "Roe, an aide said, is confident": the aide speaks
        spoken = range(source.first, source.last + 1)
        if not any(self._lower(place) in self._lexicon.offices for place in spoken):
            return None
        named = self._phrases.ending_at(first - 2, floor=self._floor)
        if named is None or named.kind != "person" or named.name is None:
            return None
        if not self._opens(named):
            return None
        return replace(named, role=(first, source.last), behind=source.last)

    def _says_that(self, position: int) -> bool:
        """Whether a clause hangs on the verb, and not on "said that day"."""
        after = self._lower(position + 2)
        is_time = after in self._lexicon.days or after in self._lexicon.times or after == "day"
        return self._lower(position + 1) == "that" and not is_time

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
            elif word.isdigit() and (
                is_time or self._lower(last - 1) == "in" or self._lower(last - 1) in lexicon.months
            ):
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
                and (p == last or self._lower(p + 1) in self._lexicon.prepositions)
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
        begin = nearest + 1
        if "-" in self._lower(begin) and begin not in self._inside_names:
            begin += 1  # "Bergen-based Roe & Doe"
        named = phrases.name_at(begin)
        if named is not None and named[0] == comma - 1:
            apposed = self._named_behind(nearest, begin, named, comma)
            if apposed is not None:
                return apposed
        for start in commas:
            if not self._interrupts(start + 1, comma):
                continue
            last = start - 1
            if self._lower(last) == ")":
                last = next(
                    (p - 1 for p in range(last, last - 10, -1) if self._lower(p) == "("), last
                )
            source = phrases.ending_at(last, floor=self._floor)
            if source is None or (source.kind in {"pronoun", "unknown"} and source.name is None):
                continue
            before = self._lower(source.first - 1)
            if before in self._lexicon.prepositions and before != "with":
                continue
            role = phrases.role_after(source.last, self._ceiling) if source.name else None
            return replace(source, role=role or source.role, behind=comma)
        return None

    def _named_behind(
        self, comma: int, begin: int, named: tuple[int, Name], behind: int
    ) -> Source | None:
        """ "the mayor of Hallin, Ingrid Moe, said", "one of them, Rita Holm, called"."""
        phrases = self._phrases
        last, name = named
        before = phrases.ending_at(comma - 1, floor=self._floor)
        is_body = name.kind == "body" or (
            name.kind != "person" and self._is_described(comma, is_body=True)
        )
        if before is not None and before.kind == "unnamed" and not is_body:
            first = before.first
            role = phrases.role_of_phrase(first, comma - 1)
        elif (
            comma - self._floor <= 4 and "of" in map(self._lower, range(self._floor, comma))
        ) or self._is_described(comma, is_body=is_body):
            first, role = self._floor, None
        else:
            return None
        return Source(first, last, "body" if is_body else "person", (begin, last), role, behind)

    def _is_described(self, comma: int, *, is_body: bool) -> bool:
        """Whether a sentence opens with a phrase for a body or person who is named behind it."""
        opening = range(self._floor, comma)
        if not 2 <= len(opening) <= 14 or self._lower(self._floor) not in {"the", "its", "their"}:
            return False
        if any(self._lower(p) in {",", "", "and", "but"} for p in opening):
            return False
        lexicon = self._lexicon
        heads = lexicon.bodies | lexicon.offices if is_body else lexicon.offices
        return any(self._lower(p) in heads for p in opening)

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

    def is_quote(self, position: int) -> bool:
        """Whether a quotation stands at a position of the sentence."""
        return self._floor <= position < self._ceiling and self._phrases.quoted[position] >= 0
