"""A split article -> its paragraphs as speech reads them: quotations folded, sentences marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import BlockKind, Split
from briefing.text.names import Name
from briefing.text.names.article import name_article
from briefing.text.names.lexicon import Lexicon, load_lexicon
from briefing.text.names.tokens import Token
from briefing.text.quotations import Quotation, find_quotations
from briefing.text.speech.phrases import Phrases

_ENDS = frozenset(".!?…")
#: A quotation that ends in "?" is followed by its speaker's verb within so many tokens.
_TAG_TOKENS = 7


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph whose quotations are one token each, cut into sentences."""

    phrases: Phrases
    quotations: tuple[Quotation, ...]
    windows: tuple[
        tuple[int, int], ...
    ]  #: first token of each sentence, and the one behind its last


@lru_cache(maxsize=16)
def read_paragraphs(split: Split) -> tuple[Paragraph, ...]:
    """The paragraphs of an article, read once for who speaks and for who is named.

    None in a language without tables.
    """
    text = split.article.text
    lexicon = load_lexicon(split.article.language)
    if lexicon is None:
        return ()
    named = name_article(split.article)
    sequence = named.tokens
    starts = [token.start for token in sequence]
    name_starts = [name.start for name in named.names]
    quotations = find_quotations(text)
    sentence_starts = frozenset(sentence.start for sentence in split.sentences)
    found = []
    for block in split.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        own = sequence[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        inside = tuple(q for q in quotations if block.start <= q.start and q.end <= block.end)
        names = named.names[
            bisect_left(name_starts, block.start) : bisect_left(name_starts, block.end)
        ]
        found.append(_paragraph(own, inside, names, sentence_starts, text, lexicon))
    return tuple(found)


def _paragraph(
    sequence: Sequence[Token],
    quotations: tuple[Quotation, ...],
    names: Sequence[Name],
    sentence_starts: frozenset[int],
    text: str,
    lexicon: Lexicon,
) -> Paragraph:
    folded, quoted = _folded(sequence, quotations)
    phrases = Phrases(folded, names, quoted, lexicon)
    windows = tuple(_windows(phrases, quotations, sentence_starts, text))
    return Paragraph(phrases, quotations, windows)


def _folded(
    sequence: Sequence[Token], quotations: Sequence[Quotation]
) -> tuple[Sequence[Token], list[int]]:
    """The tokens with each quotation as one, and which quotation each stands for, or -1."""
    if not quotations:
        return sequence, [-1] * len(sequence)
    folded: list[Token] = []
    quoted: list[int] = []
    number = 0
    for token in sequence:
        while number < len(quotations) and quotations[number].end <= token.start:
            number += 1
        if number < len(quotations) and quotations[number].start <= token.start:
            if not quoted or quoted[-1] != number:
                folded.append(
                    Token(quotations[number].start, quotations[number].end, "“", "", False)
                )
                quoted.append(number)
            continue
        folded.append(token)
        quoted.append(-1)
    return folded, quoted


def _windows(
    phrases: Phrases, quotations: Sequence[Quotation], sentence_starts: frozenset[int], text: str
) -> Iterator[tuple[int, int]]:
    first = 0
    may_part = False
    for position, (token, number) in enumerate(zip(phrases.tokens, phrases.quoted, strict=True)):
        if (may_part or (position and token.start in sentence_starts)) and _parts(
            phrases, position, quotations, sentence_starts, text
        ):
            yield first, position
            first = position
        may_part = number >= 0 or token.text in _ENDS
    if phrases.tokens:
        yield first, len(phrases.tokens)


def _parts(
    phrases: Phrases,
    position: int,
    quotations: Sequence[Quotation],
    sentence_starts: frozenset[int],
    text: str,
) -> bool:
    """Whether a sentence begins at a token."""
    token, before = phrases.tokens[position], phrases.tokens[position - 1]
    is_quote = phrases.quoted[position] >= 0
    if not (is_quote or token.is_capital or token.text[0].isdigit() or token.text in "([—–-@#"):
        return False
    if phrases.quoted[position - 1] >= 0:
        _, end = quotations[phrases.quoted[position - 1]].inside(text)
        mark = text[end - 1 : end]
        if mark not in _ENDS or is_quote:
            return mark in _ENDS
        return mark == "." or not _is_tag(phrases, position)
    if before.text in _ENDS:
        return token.start > before.end
    return token.start in sentence_starts


def _is_tag(phrases: Phrases, position: int) -> bool:
    """Whether "Roe asked" follows a quotation, rather than a sentence of its own."""
    for following in range(position, min(position + _TAG_TOKENS, len(phrases.tokens))):
        verb = phrases.lexicon.verbs.get(phrases.lower(following))
        if verb is not None and verb.kind in {"clause", "that", "quote"}:
            return True
        if phrases.lower(following) in {"", ".", ","}:
            return False
    return False
