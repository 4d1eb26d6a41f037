"""An article -> its sentences: pairs of offsets inside each paragraph, quotations kept whole.

Fragments and garbled stretches, which nobody should see printed, are no sentences here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.models import Article, BlockKind, Sentence, Split
from briefing.text.blocks import split_blocks
from briefing.text.boundaries import Span, boundaries, quotation_marks

#: A quotation is kept whole up to this many sentences; a longer one is a speech, and split.
QUOTED_SENTENCES = 6

# A class of characters first, and what stands before looked for from there: `re` skips to those.
_GARBLED = re.compile(
    r"[.!?\s�](?:(?<=[.!?])\s+[,;.]|(?<=[a-z]{3}\.)\s+[a-z]+\.|(?<=�)|(?<=\s)\s\s|(?<=[?!])[?!]{2})"
)
#: The name of a picture's file, which a page left in its text, and the marks of a typesetter.
_LEFT_BEHIND = re.compile(r"(?i:\w\.(?:svg|png|jpe?g|gif|webp)\b)|&[A-Z]{2};")
_TWICE = re.compile(r" (\w+) \1\b")
_THRICE = re.compile(r"\b(\w+) \1 \1\b")
_FOUR_WORDS = re.compile(r"(?:\W*+\w++(?:[’'-]\w++)*+){4}")
_STRAY_END = re.compile(r"(?<=[.!?”\"])\s+[.,;:]+$")


def split(article: Article) -> Split:
    """The article's blocks, and the sentences of its paragraphs with offsets into its text."""
    blocks = split_blocks(article)
    sentences: list[Sentence] = []
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        for start, end in split_paragraph(article.text[block.start : block.end], article.language):
            sentence = Sentence(
                article,
                block.start + start,
                block.start + end,
                block=number,
                position=len(sentences),
            )
            sentences.append(sentence)
    return Split(article, blocks, tuple(sentences))


def split_paragraph(text: str, language: str = "en") -> Iterator[Span]:
    """Spans of the sentences of one paragraph; fragments and garbled stretches are left out."""
    spans = boundaries(text, language)
    if language == "en":
        spans = _joined(text, spans)
    for start, end in _kept_whole(text, spans, quotation_marks(language)):
        stray = _STRAY_END.search(text, start, end)
        if stray:
            end = stray.start()
        if is_sentence(text[start:end]):
            yield start, end


def is_sentence(text: str) -> bool:
    """Whether a span reads as a sentence: four words or more, not in capitals, not garbled."""
    if not _FOUR_WORDS.match(text) and not _is_unspaced(text):
        return False
    if text[0].islower() and text.split(" ", 1)[0].islower():
        return False
    if not any(c.isalpha() and not c.isupper() for c in text):
        return False
    if _TWICE.search(text) and _THRICE.search(text):
        return False
    return _GARBLED.search(text) is None and _LEFT_BEHIND.search(text) is None


def _is_unspaced(text: str) -> bool:
    """Whether the script writes without spaces between words, as Chinese, Japanese and Thai do."""
    return len(text) >= 8 and sum(ord(c) >= 0x0E00 for c in text) > len(text) / 2


#: A title is followed by a name, and ends no sentence.
_TITLE_ENDS = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Cmdr|Maj|Adm|Brig|Cpl|Pvt|Spc|Det|Supt)\.$"
)
_OPENS_LOWER = re.compile(r"[a-z,;)\]”’»]")
_ASKED = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){1,4}(?:asked|said|wondered|added|told|wrote|replied|exclaimed)\b"
)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Put back together what the splitter cut inside a sentence: "“Why now?” Ms Roe asked."."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and (
            _OPENS_LOWER.match(text, start)
            or _TITLE_ENDS.search(text, joined[-1][0], joined[-1][1])
            or (
                text[: joined[-1][1]].endswith(("?”", "!”", '?"', '!"', "?’", "!’"))
                and _ASKED.match(text, start)
            )
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _kept_whole(text: str, spans: list[Span], pairs: tuple[tuple[str, str], ...]) -> list[Span]:
    """Join the sentences of one quotation where its closing mark follows in the block."""
    kept: list[Span] = []
    number = 0
    while number < len(spans):
        start = spans[number][0]
        last = number
        for following in range(number + 1, min(number + QUOTED_SENTENCES, len(spans))):
            if (mark := _open_mark(text[start : spans[following - 1][1]], pairs)) is None:
                break
            if mark in text[slice(*spans[following])]:
                last = following
        kept.append((start, spans[last][1]))
        number = last + 1
    return kept


def _open_mark(text: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    """The closing mark that a quotation left open in `text` still needs, or None."""
    for opening, closing in pairs:
        if opening == closing:
            if text.count(opening) % 2:
                return closing
        elif text.count(opening) > text.count(closing):
            return closing
    if text.count('"') % 2:
        return '"'
    opened = text.rfind("‘")
    if opened >= 0 and "’" not in text[opened:]:
        return "’"
    return None
