"""A split article in a language with a table `speech` -> who says each sentence, from lists alone.

English has grammar of its own in the modules beside; every other language is its data file: verbs
with what stands before and behind them, and words for offices and bodies. What the lists do not
tell stays without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.models import Mention, Sentence, Speaker, Split
from briefing.text.quotations import Quotation, find_quotations
from briefing.text.speech.listed_phrases import Phrase, Reader, Roll, Token, tokens
from briefing.text.speech.listed_words import Listed, load_listed

#: Tokens between a subject and its verb, or an auxiliary and its participle, at most.
NEAR, BRACKET = 7, 14
#: Whom it is told: "sagte | der Zeitung, | der Damm sei dicht".
_LISTENER = re.compile(r"\A[^,:]{0,40}[,:]\s+")
_MARKS = frozenset(",:;.!?…–—-")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say who speaks in a sentence."""

    source: Phrase
    status: str
    first: int  #: first token of the cue
    last: int  #: last token of the cue
    is_deed: bool = False


def attribute_listed(split: Split) -> Split:
    """The split with speaker, status and persons; unchanged in a language without a table."""
    listed = load_listed(split.article.language)
    if listed is None:
        return split
    text = split.article.text
    quotations = find_quotations(text)
    roll = Roll(listed)
    read = [_read(sentence, quotations, listed) for sentence in split.sentences]
    for reader in read:
        roll.learn(reader)
    walk = _Walk(roll, listed)
    found = []
    for sentence, reader in zip(split.sentences, read, strict=True):
        own = [q for q in quotations if q.start < sentence.end and sentence.start < q.end]
        found.append(
            replace(walk.said(sentence, reader, own), people=tuple(_mentions(reader, roll)))
        )
    return replace(split, sentences=tuple(found))


def _read(sentence: Sentence, quotations: tuple[Quotation, ...], listed: Listed) -> Reader:
    def is_quoted(token: Token) -> bool:
        return any(q.start <= token.start < q.end for q in quotations)

    own = tokens(sentence.article.text, sentence.start, sentence.end)
    return Reader(tuple(replace(t, is_quoted=is_quoted(t)) for t in own), listed)


def _mentions(reader: Reader, roll: Roll) -> Iterator[Mention]:
    for phrase in reader.named(roll.surnames):
        form = reader.text(*phrase.name) if phrase.name else ""
        person = roll.person(form)
        if person is not None:
            yield Mention(person.name, form, person.role, phrase.role is not None)


class _Walk:
    """One pass over the sentences, carrying on who speaks."""

    def __init__(self, roll: Roll, listed: Listed) -> None:
        self._roll = roll
        self._listed = listed
        self._latest: Speaker | None = None
        self._block = -1
        self._is_open = False

    def said(self, sentence: Sentence, reader: Reader, quotations: list[Quotation]) -> Sentence:
        """The sentence with its speaker and status."""
        if sentence.block != self._block:
            self._latest = self._latest if self._is_open else None
            self._block = sentence.block
        cue = next(self._cues(reader, bool(quotations)), None)
        words = _quoted_words(sentence, quotations)
        self._is_open = bool(quotations) and not quotations[-1].is_closed
        if cue is None:
            if quotations and self._latest is not None and reader.is_only_quoted:
                said = replace(self._latest, text=words or sentence.text)
                return replace(sentence, speaker=said, status="said")
            self._latest = self._latest if self._is_open else None
            for phrase in reader.named(self._roll.surnames):
                self._roll.mention(reader, phrase)
            return sentence
        speaker = self._roll.speaker(reader, cue.source)
        if speaker is None:
            return replace(sentence, status=cue.status)
        text = words or _reported(sentence, reader, cue, self._listed)
        self._latest = speaker
        return replace(sentence, speaker=replace(speaker, text=text), status=cue.status)

    # -- cues --------------------------------------------------------------------------------------

    def _cues(self, reader: Reader, has_quotation: bool) -> Iterator[Cue]:
        for position, token in enumerate(reader.tokens):
            if token.is_quoted:
                continue
            if cue := self._by_preposition(reader, position) or self._by_verb(
                reader, position, has_quotation
            ):
                yield cue

    def _by_preposition(self, reader: Reader, position: int) -> Cue | None:
        listed = self._listed
        for phrase in listed.before:
            if tuple(reader.lowers[position : position + len(phrase)]) == phrase:
                source = reader.phrase(position + len(phrase), self._roll.surnames)
                if source is not None:
                    return Cue(source, "said", position, source.last)
        word = reader.lowers[position]
        if word in listed.behind:
            source = self._ending(reader, position - 1)
            if source is not None:
                return Cue(source, "said", source.first, position)
        if word in listed.tags and position and not reader.tokens[position - 1].is_word:
            source = reader.phrase(position + 1, self._roll.surnames)
            if source is not None and not reader.is_word(source.last + 1):
                return Cue(source, "said", position, source.last)
        return None

    def _by_verb(self, reader: Reader, position: int, has_quotation: bool) -> Cue | None:
        listed = self._listed
        word = reader.lowers[position]
        stem, pronoun = listed.clitic(word)
        status = listed.verbs.get(stem)
        first = position
        if status is None and pronoun and stem in listed.auxiliaries:
            status = listed.participles.get(reader.lower(position + 1))
            if status is not None:
                source = Phrase(position, position, kind="pronoun", pronoun=pronoun)
                return Cue(source, self._negated(reader, position, status), position, position + 1)
        if status is None and (status := listed.participles.get(word)) is not None:
            helper = self._auxiliary(reader, position)
            if helper is None:
                return None
            first = helper
        if status is None:
            return None
        is_deed = stem in listed.deeds
        particle = listed.particles.get(stem)
        if particle and particle not in reader.lowers[position + 1 :]:
            return None
        status = self._negated(reader, position, status)
        if pronoun:
            source = Phrase(position, position, kind="pronoun", pronoun=pronoun)
            return Cue(source, status, position, position, is_deed)
        source_behind = self._behind(reader, position)
        if source_behind is None and first != position:
            source_behind = self._behind(reader, first)
        source_before = self._subject(reader, first)
        is_opening = first == reader.floor or not reader.tokens[first - 1].is_word
        if source_behind is not None and (is_opening or source_before is None):
            last = max(position, source_behind.last)
            if has_quotation or is_deed or self._has_clause(reader, first, last):
                return Cue(source_behind, status, first, last, is_deed)
            return None
        if source_before is not None and (
            has_quotation or is_deed or self._has_clause(reader, source_before.first, position)
        ):
            return Cue(source_before, status, source_before.first, position, is_deed)
        return None

    def _behind(self, reader: Reader, verb: int) -> Phrase | None:
        return reader.phrase(reader.over_times(verb + 1), self._roll.surnames)

    def _auxiliary(self, reader: Reader, participle: int) -> int | None:
        """Where the auxiliary of a participle stands: "a déclaré", "hat am Abend gesagt"."""
        for position in range(participle - 1, max(-1, participle - BRACKET), -1):
            if reader.lowers[position] in self._listed.auxiliaries:
                return position
            if reader.lowers[position] in _MARKS and not self._listed.has_bracket:
                return None
        return None

    def _subject(self, reader: Reader, verb: int) -> Phrase | None:
        """The phrase that opens a clause and has the verb behind it."""
        for start in range(verb):
            if any(token.is_quoted for token in reader.tokens[start:verb]):
                continue
            phrase = reader.phrase(start, self._roll.surnames)
            if phrase is None or phrase.last >= verb or phrase.kind == "loose":
                continue
            opens = start == reader.floor or reader.lowers[start - 1] in self._listed.openers
            gap = reader.lowers[phrase.last + 1 : verb]
            if opens and len(gap) <= NEAR and not any(w in self._listed.verbs for w in gap):
                return phrase
        return None

    def _ending(self, reader: Reader, last: int) -> Phrase | None:
        for start in range(max(reader.floor, last - 8), last + 1):
            phrase = reader.phrase(start, self._roll.surnames)
            if phrase is not None and phrase.last == last:
                return phrase
        return None

    def _has_clause(self, reader: Reader, first: int, last: int) -> bool:
        """Whether words that are said stand behind the cue, or before it as in "…, sagte Roe"."""
        rest = reader.lowers[last + 1 :]
        if any(w in self._listed.complementizers for w in rest):
            return True
        if self._listed.has_bracket and any(mark in rest for mark in (",", ":")):
            return True
        return first > reader.floor + 3 and reader.lowers[first - 1] == ","

    def _negated(self, reader: Reader, position: int, status: str) -> str:
        around = reader.lowers[max(0, position - 4) : position + 6]
        if self._listed.negations.isdisjoint(around):
            return status
        return self._listed.negated.get(status, status)


def _quoted_words(sentence: Sentence, quotations: list[Quotation]) -> str:
    """The longest quotation of a sentence, without its marks."""
    text = sentence.article.text
    spans = []
    for quotation in quotations:
        start, end = quotation.inside(text)
        words = text[max(start, sentence.start) : min(end, sentence.end)].strip()
        spans.append(words)
    longest = max(spans, key=len, default="")
    return longest if len(longest.split()) > 1 else ""


def _reported(sentence: Sentence, reader: Reader, cue: Cue, listed: Listed) -> str:
    """The longer of the words behind the cue and those before it."""
    text = sentence.article.text
    behind = text[reader.tokens[cue.last].end : sentence.end].strip(" ,:;.")
    before = text[sentence.start : reader.tokens[cue.first].start].strip(" ,:;")
    if not behind and not before:  # "Roe hat Fehler bestätigt"
        return text[reader.tokens[cue.source.last].end : sentence.end].strip(" ,.")
    if len(behind) < len(before):
        return before
    if listed.has_bracket and not cue.is_deed:
        return _LISTENER.sub("", behind, count=1)
    return behind
