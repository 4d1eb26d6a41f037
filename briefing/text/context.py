"""A sentence -> whether it can be read on its own, and the passage that can."""

from __future__ import annotations

import re

from briefing.models import BlockKind, Passage, Sentence, Split

#: A passage reaches back over this many sentences at most.
CONTEXT_SENTENCES = 2

_PRONOUN = re.compile(
    r"(?:(?:And|But|So|Yet|Then|Now|Later|Earlier|Instead|However,|Still,|Also,|Meanwhile,)\s+)?"
    r"(?:He|She|They|Him|Them|His|Her|Hers|Their|Theirs|Its|It[’']s|It|This|That|These|Those|Such|Both|Neither)\b"
)
# "It is believed that …", "This week …", "Both Smith and Jones …", "Those who …" point at nothing before them.
_STANDS_ALONE = re.compile(
    r"(?:And |But )?(?:"
    r"It(?:[’']s| is| was| would be| will be| has been| remains| seems| appears)\s+(?:\w+ly\s+)?"
    r"(?:\w+\s+){0,2}(?:that|whether|how|why|who|to|if|when|unclear|clear|possible|likely|unlikely|believed|thought|understood|known|the first time)\b"
    r"|(?:This|That) (?:week|month|year|morning|afternoon|evening|weekend|summer|winter|spring|autumn|fall|time|is not|means)\b"
    r"|(?:Both|Neither) (?:of )?(?:the )?[A-Z]"
    r"|(?:Those|These) (?:who|that|in|on|of|with|from)\b"
    r"|Such as\b"
    r")"
)
_POINTS_BACK = re.compile(
    r"(?:But |And )?(?:In (?:return|response|reply|turn|addition|exchange|contrast|other words|doing so)|As a result|At the same time|For (?:that|this) reason|On the other hand|"
    r"Therefore|Thus|Hence|Instead|Otherwise|Moreover|Furthermore|Likewise|Similarly|Conversely|Nevertheless|Nonetheless|"
    r"The (?:former|latter|pair|two|duo|trio|move|decision|comments?|remarks?|statement|announcement|latest|same|others?|incident|document|report|letter|proposal|plan|measure)(?: (?!of|by|from|between|on|to|in|that|for|with|about)\w+)?)\b"
)
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
    if _STANDS_ALONE.match(text):
        return False
    if _PRONOUN.match(text):
        return not _opens_with_speaker(sentence)
    return _POINTS_BACK.match(text) is not None


def _opens_with_speaker(sentence: Sentence) -> bool:
    """Whether the first word is the known speaker ("She said …"), not what is said ("It …, she said")."""
    speaker = sentence.speaker
    return speaker is not None and bool(speaker.text) and not sentence.text.startswith(speaker.text[:24])


def passage_of(sentence: Sentence, split: Split) -> Passage | None:
    """What to print for a sentence: itself, or with the sentences before it that it points at.

    None when what it points at cannot be taken in: it opens the article, a heading or a caption
    stands between, or the chain is longer than `CONTEXT_SENTENCES`.
    """
    first = sentence
    for _ in range(CONTEXT_SENTENCES + 1):
        if not needs_context(first):
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
