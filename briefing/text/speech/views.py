"""A sentence's tokens -> cues without a verb of speech: "in her view", "by the firm's count"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.text.names.lexicon import Verb
from briefing.text.speech.phrases import Source
from briefing.text.speech.subjects import Subjects

#: Words that a view may open with.
OPENERS = frozenset({"in", "by", "on", "as", "for", "to"})
_NOUNS = {
    "view": "believed",
    "opinion": "believed",
    "eyes": "believed",
    "judgment": "believed",
    "judgement": "believed",
    "mind": "believed",
    "words": "said",
    "telling": "said",
    "account": "said",
    "admission": "confirmed",
    "estimate": "estimated",
    "estimation": "estimated",
    "estimates": "estimated",
    "count": "estimated",
    "reckoning": "estimated",
    "calculation": "estimated",
    "calculations": "estimated",
    "tally": "estimated",
}
_SEEING = frozenset({"sees", "saw", "tells", "told", "has", "puts", "put", "describes"})
#: Verbs that say how much: "put the chance at one in five".
_RATING = frozenset({"put", "estimate", "calculate", "project"})
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred half between about around roughly nearly almost over "
    "under more less some up zero nil least most £ $ € ¥ even evens".split()
)


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


class Views(Subjects):
    """Cues of one sentence that are no verbs of speech."""

    def view(self, position: int) -> Cue | None:
        """The cue that opens with the small word at `position`, or None."""
        word = self._lower(position)
        if word == "as":
            return self._seen(position)
        if word in {"for", "to"}:
            return self._for_whom(position)
        found = self._owned(position + 1) or self._owned_behind(position + 1)
        if found is None:
            return None
        source, noun, last = found
        if noun == "account" and word == "on":
            return None
        return self._cue(position, source, _NOUNS[noun], last)

    def rated(self, position: int, verb: Verb) -> Verb | None:
        """The verb as one that tells an amount: "estimated the cost at $3 million"."""
        if verb.lemma not in _RATING or verb.is_participle:
            return None
        for following in range(position + 1, min(self._ceiling - 1, position + 25)):
            word = self._lower(following)
            if word in {";", ".", "and", "but"}:
                return None
            if word != "at":
                continue
            amount = self._lower(following + 1)
            if amount[:1].isdigit() or amount in _NUMBERS or self.is_quote(following + 1):
                return replace(verb, kind="deed", status="estimated", particle="")
        return None

    def _owned(self, first: int) -> tuple[Source, str, int] | None:
        """ "her view", "the firm’s own estimate": source, noun, last token."""
        source: Source | None
        if self._lower(first) in {"his", "her", "its", "their"}:
            source, noun = Source(first, first, "pronoun", behind=first), first + 1
        else:
            owner = next(
                (p for p in range(first + 1, min(first + 8, self._ceiling)) if self._is_owning(p)),
                None,
            )
            if owner is None:
                return None
            source, noun = self._phrases.ending_at(owner - 1, floor=first), owner + 1
        if self._lower(noun) == "own":
            noun += 1
        if self._lower(noun) not in _NOUNS and self._lower(noun + 1) in _NOUNS:
            noun += 1
        if source is None or source.first > first or self._lower(noun) not in _NOUNS:
            return None
        return source, self._lower(noun), noun

    def _is_owning(self, position: int) -> bool:
        word = self._lower(position)
        return word == "'s" or (word in {"'", "’"} and self._lower(position - 1).endswith("s"))

    def _owned_behind(self, first: int) -> tuple[Source, str, int] | None:
        """ "the view of Roe"."""
        noun = first + 1 if self._lower(first) == "the" else first
        if self._lower(noun) not in _NOUNS or self._lower(noun + 1) != "of":
            return None
        source = self._phrases.starting_at(noun + 2, ceiling=self._ceiling)
        if source is None or source.kind in {"unknown", "document"}:
            return None
        return source, self._lower(noun), source.behind

    def _seen(self, position: int) -> Cue | None:
        """ "as Roe sees it"."""
        for verb in range(position + 2, min(position + 9, self._ceiling - 1)):
            if self._lower(verb) in _SEEING and self._lower(verb + 1) == "it":
                source = self._phrases.ending_at(verb - 1, floor=position + 1)
                if source is None or source.first != position + 1:
                    return None
                return self._cue(position, source, "said", verb + 1)
        return None

    def _for_whom(self, position: int) -> Cue | None:
        """ "For her, …" and "To Roe, …" at the start of a sentence."""
        if position != self._floor or self._lower(position + 1) not in {"him", "her", "them"}:
            return None
        if self._lower(position + 2) != ",":
            return None
        source = Source(position + 1, position + 1, "pronoun", behind=position + 1)
        return self._cue(position, source, "believed", position + 1)

    def _cue(self, position: int, source: Source, status: str, last: int) -> Cue | None:
        """The cue, when a comma, a clause or the end stands behind it."""
        if position > self._floor + 1:
            is_apart = self._lower(position - 1) in {",", "and", "but", "that", "because"}
            after = self._lower(last + 1)
            if not (is_apart or after in {",", "."}) or last + 1 >= self._ceiling:
                return None
            end = self._ceiling - 1
            while end > self._floor and self._lower(end) in {".", "!", "?"}:
                end -= 1
            return Cue(position, source, status, True, True, self._floor, end)
        end = self._ceiling - 1
        while end > last and self._lower(end) in {".", "!", "?"}:
            end -= 1
        first = last + 2 if self._lower(last + 1) == "," else last + 1
        if first > end:
            return None
        return Cue(position, source, status, True, False, first, end)
