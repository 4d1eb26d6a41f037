"""The words around a time expression -> whether what it dates lies ahead of the article or behind it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.text.times_words import Lexicon, Tokens

#: How far a verb may stand from the expression it goes with, in tokens.
BEFORE, AFTER = 24, 14

_ENDS = frozenset("?!;\n")
_VERB_GROUP = 4


@dataclass(frozen=True, slots=True)
class Tense:
    """`direction` is -1 behind, +1 ahead, 0 not told; `cue` is the word that told."""

    direction: int = 0
    cue: str = ""

    def __str__(self) -> str:
        if not self.direction:
            return "no verb tells"
        return f"{'ahead' if self.direction > 0 else 'behind'}: {self.cue}"


def tense_at(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> Tense:
    """The tense of the nearest verb before the expression in its sentence, else of the first after.

    A modal, an infinitive or a word of intention points ahead, a verb in the past behind; "until" and "by"
    point ahead unless they open the sentence.
    """
    before = range(first - 1, max(-1, first - 1 - BEFORE), -1)
    if first > 1 and tokens.word(first - 1) in lexicon.deadline and not _is_end(tokens, first - 2):
        return Tense(1, tokens.word(first - 1))
    after = range(last, min(len(tokens.spans), last + AFTER))
    return _first_told(tokens, before, lexicon) or _first_told(tokens, after, lexicon) or Tense()


def _first_told(tokens: Tokens, indices: range, lexicon: Lexicon) -> Tense | None:
    """What the first word tells that tells anything, up to the end of the sentence."""
    for index in indices:
        if _is_end(tokens, index):
            return None
        if found := _told_by(tokens, index, lexicon):
            return found
    return None


def _is_end(tokens: Tokens, index: int) -> bool:
    """Whether a token ends a sentence; a full stop after a single letter is an initial's."""
    word = tokens.word(index)
    if word != ".":
        return word[0] in _ENDS
    start, end = tokens.spans[index]
    before = tokens.spans[index - 1] if index else (start, start)
    is_initial = before[1] == start and before[1] - before[0] == 1
    return not is_initial and tokens.text[end : end + 1] in ("", " ", "\n", "”", '"', "’")


def _told_by(tokens: Tokens, index: int, lexicon: Lexicon) -> Tense | None:
    """What one word tells, together with the verb group it stands in."""
    word = tokens.word(index)
    if word in lexicon.ahead:
        follows = tokens.word(index + 1) if index + 1 < len(tokens.spans) else ""
        return Tense(-1 if follows in lexicon.negations else 1, word)
    if word in lexicon.infinitive:
        return _infinitive(tokens, index, lexicon)
    if _is_past(word, lexicon):
        for before in range(index - 1, max(-1, index - 1 - _VERB_GROUP), -1):
            helper = tokens.word(before)
            if helper in lexicon.ahead:
                return Tense(1, helper)
            if helper not in lexicon.auxiliaries and not helper.endswith("ly"):
                break
        return Tense(-1, word)
    if index and word.endswith("ing") and tokens.word(index - 1) in lexicon.present:
        return Tense(1, f"{tokens.word(index - 1)} {word}")
    return None


def _infinitive(tokens: Tokens, index: int, lexicon: Lexicon) -> Tense | None:
    """Ahead for "to" before a verb, unless a verb in the past governs it ("managed to")."""
    if index + 1 >= len(tokens.spans):
        return None
    start, end = tokens.spans[index + 1]
    verb = tokens.text[start:end]
    if not verb.isalpha() or not verb.islower() or verb in lexicon.not_infinitive:
        return None
    before = tokens.word(index - 1) if index else ""
    if _is_past(before, lexicon) and before not in lexicon.ahead | lexicon.intent:
        return Tense(-1, before)
    return Tense(1, f"{tokens.word(index)} {verb}")


def _is_past(word: str, lexicon: Lexicon) -> bool:
    if word in lexicon.behind:
        return True
    return (
        len(word) > 3 and word.endswith(lexicon.past_endings) and word not in lexicon.unmarked
    )
