"""Printed claims -> the words in quotation marks that their speakers say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.models import Claim, Quote, Section, Sentence, Split
from briefing.text.quotations import Quotation, find_quotations, is_title

#: Fewer are a term, not a statement: “green corridor”.
LEAST_WORDS = 3
#: The same in a script without spaces.
LEAST_LETTERS = 8
CLOSING = " \t\n\u00a0,，、"


def find_quotes(sections: Sequence[Section], splits: Mapping[str, Split]) -> tuple[Quote, ...]:
    """The direct quotations in what the sections print, in printed order.

    Each is a slice of its article inside the printed passage, without its marks and the comma
    before the closing one. Titles and single terms in quotation marks are none.
    """
    marked: dict[str, tuple[Quotation, ...]] = {}
    quotes: list[Quote] = []
    for claim in (claim for section in sections for claim in section.claims if claim.speaker):
        article = claim.passage.article
        if article.id not in marked:
            marked[article.id] = find_quotations(article.text)
        said = list(_spans_said(claim, splits.get(article.id)))
        for quotation in marked[article.id]:
            start, end = quotation.inside(article.text)
            start, end = max(start, claim.passage.start), min(end, claim.passage.end)
            if any(start < stop and begin < end for begin, stop in said):
                quotes.extend(_quote(claim, start, end))
    return tuple(quotes)


def _spans_said(claim: Claim, split: Split | None) -> Iterator[tuple[int, int]]:
    """Where in the passage the words of the claim's speaker stand, reported ones included."""
    passage, speaker = claim.passage, claim.speaker
    sentences: Sequence[Sentence] = split.sentences if split else claim.support[:1]
    for sentence in (*claim.support[:1], *sentences):
        voice = claim.speaker if sentence == claim.support[0] else sentence.speaker
        is_inside = (
            sentence.article is passage.article
            and passage.start <= sentence.start
            and sentence.end <= passage.end
        )
        if not is_inside or voice is None or speaker is None or voice.name != speaker.name:
            continue
        at = sentence.text.find(voice.text) if voice.text else -1
        if at >= 0:
            yield sentence.start + at, sentence.start + at + len(voice.text)


def _quote(claim: Claim, start: int, end: int) -> Iterator[Quote]:
    article = claim.passage.article
    marked = article.text[start:end]
    end = start + len(marked.rstrip(CLOSING))
    start += len(marked) - len(marked.lstrip())
    words = article.text[start:end]
    is_long = len(words.split()) >= LEAST_WORDS or (
        " " not in words and sum(map(str.isalpha, words)) >= LEAST_LETTERS and not words.isascii()
    )
    if is_long and not is_title(marked):
        yield Quote(claim.id, article, start, end)
