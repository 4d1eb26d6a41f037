"""A sentence -> whether it can be read on its own, and the passage that can."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import BlockKind, Passage, Sentence, Split
from briefing.text.tables import load_table

#: A passage reaches back over this many sentences at most.
CONTEXT_SENTENCES = 2

_QUOTED_START = ("“", '"', "«", "„", "‘")


def needs_context(sentence: Sentence) -> bool:
    """Whether a sentence begins with a word that points at what stands before it.

    A quotation, or "She said …", needs nothing when its speaker is known, who is printed beside it.
    """
    text = sentence.text
    if text.startswith(_QUOTED_START):
        return sentence.speaker is None
    if text.rstrip().endswith(":"):
        return True
    heads = _heads(sentence.article.language)
    if heads is None or heads.stands_alone.match(text):
        return False
    if heads.possessive.match(text):
        return True
    if heads.pronoun.match(text):
        return not _opens_with_speaker(sentence)
    return bool(heads.points_back.match(text) or heads.points_inside.search(text))


def names_its_speaker(sentence: Sentence) -> bool:
    """Whether a sentence itself says who speaks; one without a speaker has nobody to name."""
    speaker = sentence.speaker
    if speaker is None:
        return True
    named = [word for word in re.findall(r"\w+", speaker.name) if len(word) > 2] or [speaker.name]
    around = sentence.text.replace(speaker.text, "") if speaker.text else sentence.text
    return any(
        re.search(rf"\b{re.escape(word)}\b", around, re.IGNORECASE)
        for word in {named[0], named[-1]}
    )


@dataclass(frozen=True, slots=True)
class _Heads:
    """How sentences of a language begin that point back."""

    pronoun: re.Pattern[str]
    possessive: re.Pattern[str]  #: "Her union", which a known speaker does not explain
    stands_alone: re.Pattern[str]
    points_back: re.Pattern[str]
    points_inside: re.Pattern[str]  #: "The builder denied this", wherever it stands


@lru_cache(maxsize=32)
def _heads(language: str) -> _Heads | None:
    """The patterns of a language; None without a table: then nothing is said to point back."""
    table = load_table("context").get(language)
    if table is None:
        return None
    openers = f"(?:(?:{'|'.join(table['openers'])}) )?"

    def heads(patterns: list[str], boundary: str = "", flags: int = 0) -> re.Pattern[str]:
        choice = "|".join(patterns).replace("’", "[’']")
        return re.compile(rf"{openers}(?:{choice}){boundary}", flags)

    return _Heads(
        heads(table["pronouns"], r"\b", re.IGNORECASE),
        heads(table["possessives"], r"\b", re.IGNORECASE),
        heads(table["stands_alone"]),
        heads(table["points_back"]),
        re.compile("|".join(table["points_inside"])),
    )


def _opens_with_speaker(sentence: Sentence) -> bool:
    """Whether the first word is the known speaker: "She said …", not "It …, she said"."""
    speaker = sentence.speaker
    return (
        speaker is not None
        and bool(speaker.text)
        and not sentence.text.startswith(speaker.text[:24])
    )


def passage_of(sentence: Sentence, split: Split) -> Passage | None:
    """What to print for a sentence: itself, or with the sentences before it that it points at.

    None when what it points at cannot be taken in: it opens the article, a heading or a caption
    stands between, or the chain is longer than `CONTEXT_SENTENCES`.
    """
    first = sentence
    for _ in range(CONTEXT_SENTENCES + 1):
        # Only the claim's own speaker is printed beside it: one taken in must say who speaks.
        if not needs_context(first) and (first is sentence or names_its_speaker(first)):
            return Passage(sentence.article, first.start, sentence.end)
        before = _neighbour_before(first, split)
        if before is None:
            return None
        first = before
    return None


def _neighbour_before(sentence: Sentence, split: Split) -> Sentence | None:
    if sentence.position == 0:
        return None
    before = split.sentences[sentence.position - 1]
    between = split.blocks[before.block : sentence.block + 1]
    if any(block.kind is not BlockKind.PARAGRAPH for block in between):
        return None
    gap = sentence.article.text[before.end : sentence.start]
    return before if not gap.strip() else None
