"""The words around a time expression -> whether what it dates lies ahead or behind."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.text.times.lexicon import TenseWords, Tokens

#: How far a verb may stand from the expression it goes with, in tokens.
BEFORE, AFTER = 24, 14

_ENDS = frozenset("?!;\n")
_VERB_GROUP = 4
#: Tokens of "from late April until early".
_RANGE = 6


@dataclass(frozen=True, slots=True)
class Tense:
    """`direction` is -1 behind, +1 ahead, 0 not told; `cue` is the word that told."""

    direction: int = 0
    cue: str = ""
    is_plain: bool = True  #: neither denied nor only possible: not "may have left", "did not come"

    def __str__(self) -> str:
        if not self.direction:
            return "no verb tells"
        return f"{'ahead' if self.direction > 0 else 'behind'}: {self.cue}"


#: No verb tells.
UNTOLD = Tense()


def tense_at(tokens: Tokens, first: int, last: int, known: TenseWords) -> Tense:
    """The tense of the nearest verb before the expression in its sentence, else of the first after.

    A modal or a word of intention points ahead, a verb in the past behind; "until" and "by" point
    ahead unless they open the sentence.
    """
    before = range(first - 1, max(-1, first - 1 - BEFORE), -1)
    if cue := _present_passive(tokens, first, known):
        return Tense(1, cue)
    if cue := _deadline(tokens, first, before, known):
        return Tense(1, cue)
    after = range(last, min(len(tokens.spans), last + AFTER))
    return _first_told(tokens, before, known) or _first_told(tokens, after, known) or Tense()


def _present_passive(tokens: Tokens, first: int, known: TenseWords) -> str:
    """The words of "is heard in May" right before an expression, which is still to come."""
    at = first - 1
    if at > 2 and tokens.word(at) in known.near:
        at -= 1
    if at < 1 or not _is_past(tokens.word(at), known) or tokens.word(at) in known.copulas:
        return ""
    is_present = tokens.word(at - 1) in known.present and tokens.word(at - 1) in known.copulas
    return f"{tokens.word(at - 1)} {tokens.word(at)}" if is_present else ""


def _deadline(tokens: Tokens, first: int, before: range, known: TenseWords) -> str:
    """The words right before an expression that set a time limit: "by", "until", "as early as"."""
    if first < 2 or _is_end(tokens, first - 2):
        return ""
    word, earlier = tokens.word(first - 1), tokens.word(first - 2)
    if word in known.comparing and earlier in known.soonest:
        return f"{earlier} {word}"
    is_move = word in known.aims_of_moves
    if word not in known.deadline and not is_move:
        return ""
    for index in before:
        if _is_end(tokens, index):
            break
        if tokens.word(index) in known.onsets and first - index <= _RANGE:
            return ""  # "from Monday until Friday" may be over
        if is_move and tokens.word(index) in known.moves:
            return f"{tokens.word(index)} {word}"
        if tokens.word(index) in known.undone:
            return ""
    told = _first_told(tokens, before, known)
    if told and told.direction < 0 and told.cue in known.copulas:
        return ""  # "nine were missing by noon"
    return "" if is_move else word


def _first_told(tokens: Tokens, indices: range, known: TenseWords) -> Tense | None:
    """What the first word tells that tells anything, up to the end of the sentence."""
    for index in indices:
        if _is_end(tokens, index):
            return None
        if found := _told_by(tokens, index, known):
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


def _told_by(tokens: Tokens, index: int, known: TenseWords) -> Tense | None:
    """What one word tells, together with the verb group it stands in."""
    word = tokens.word(index)
    follows = tokens.word(index + 1) if index + 1 < len(tokens.spans) else ""
    if tokens.text[tokens.spans[index][0]].isupper():
        return None  # "Mr May", "Will": a name, or the first word of the sentence
    if word in known.schemes and follows in known.determiners:
        return Tense(1, word)
    if _is_ahead(word, known) or (word in known.appointed and follows in known.aims):
        is_denied = word in known.past_if_denied and (
            follows in known.negations or _nobody_does(tokens, index, known)
        )
        is_undone = any(tokens.word(i) in known.undone for i in range(max(0, index - 3), index))
        is_behind = is_denied or is_undone
        return Tense(-1 if is_behind else 1, word, is_plain=not is_behind)
    if (word in known.intent or word in known.copulas) and follows in known.infinitive:
        return Tense(1, f"{word} {follows}")
    if _is_past(word, known):
        return _verb_group(tokens, index, known)
    if index and word.endswith("ing") and tokens.word(index - 1) in known.present:
        return Tense(1, f"{tokens.word(index - 1)} {word}")
    return None


def _nobody_does(tokens: Tokens, index: int, known: TenseWords) -> bool:
    """Whether the clause up to a verb begins with "neither" or its like."""
    for before in range(index - 1, max(-1, index - 1 - BEFORE), -1):
        if _is_end(tokens, before):
            return False
        if tokens.word(before) in known.nobody:
            return True
    return False


def _verb_group(tokens: Tokens, index: int, known: TenseWords) -> Tense | None:
    """What a participle tells: "will be held" is ahead, "a planned visit" tells nothing."""
    word = tokens.word(index)
    follows = tokens.word(index + 1) if index + 1 < len(tokens.spans) else ""
    is_perfect = False
    is_plain = not word.endswith(known.denials) and follows not in known.negations
    for before in range(index - 1, max(-1, index - 1 - _VERB_GROUP), -1):
        helper = tokens.word(before)
        if tokens.text[tokens.spans[before][0]].isupper():
            break
        if helper in known.ahead and is_perfect and helper not in known.future:
            return Tense(-1, f"{helper} {word}", is_plain=False)  # "may have crossed"
        if helper in known.ahead:
            return _told_by(tokens, before, known)
        is_perfect |= helper in known.perfect
        is_plain &= helper not in known.negations and not helper.endswith(known.denials)
        if helper in known.infinitive and before < index - 1:
            is_report = tokens.word(before + 1) in known.perfect  # "is said to have arrived"
            return Tense(-1 if is_report else 1, helper)
        if helper in known.determiners and word not in known.behind:
            return None
        if helper not in known.auxiliaries and not helper.endswith("ly"):
            break
    return Tense(-1, word, is_plain)


def _is_ahead(word: str, known: TenseWords) -> bool:
    return word in known.ahead or (len(word) > 4 and word.endswith(known.ahead_endings))


def _is_past(word: str, known: TenseWords) -> bool:
    if word in known.behind:
        return True
    return len(word) > 3 and word.endswith(known.past_endings) and word not in known.unmarked
