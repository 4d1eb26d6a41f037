"""Direct quotations in what a brief prints: exact slices, and whose they are."""

from __future__ import annotations

import pytest

from briefing.models import Claim, Passage, Section, Speaker, Split
from briefing.quotes import find_quotes
from tests.build import find_sentence, make_article, make_claim, make_plain_brief, make_split


def quotes_in(text: str, said: str, *, language: str = "en") -> list[str]:
    """The quotations of a text of one sentence whose speaker says `said`."""
    article = make_article(text, language=language)
    claim = make_claim("c1", find_sentence(article, said), speaker=Speaker("Roe", "a keeper", said))
    section = Section("S", "statements", claims=(claim,))
    found = find_quotes((section,), {article.id: make_split(article)})
    assert all(quote.article.text[quote.start : quote.end] == quote.text for quote in found)
    return [quote.text for quote in found]


@pytest.mark.parametrize(
    ("text", "said", "quotes"),
    [
        ("“We shut the gate at noon,” Roe said.", "We shut the gate at noon,",
         ["We shut the gate at noon"]),
        ("“Who shut the gate?” Roe asked.", "Who shut the gate?", ["Who shut the gate?"]),
        ("Roe said he would “pay for the gate” himself.", "he would “pay for the gate” himself",
         ["pay for the gate"]),
        ("Roe called it a “green corridor” at noon.", "a “green corridor” at noon", []),
        ("Roe read from “The Gate of the North” at noon.", "“The Gate of the North” at noon", []),
        ("Roe, who had heard “nothing of it at all”, said that it rained.", "it rained", []),
        ("Roe said that it rained.", "it rained", []),
        ("Roe sagte: „Das Tor bleibt heute zu.“", "Das Tor bleibt heute zu.",
         ["Das Tor bleibt heute zu."]),
        ("罗说：「今天大门一直关闭着不开。」", "今天大门一直关闭着不开。",
         ["今天大门一直关闭着不开。"]),
    ],
)  # fmt: skip
def test_words_in_quotation_marks_are_the_speakers_own(
    text: str, said: str, quotes: list[str]
) -> None:
    assert quotes_in(text, said) == quotes


def test_a_kept_together_quotation_gives_both_its_parts() -> None:
    article = make_article("“We shut it at noon,” Roe said. “Nobody had asked us to.”")
    first, second = make_split(article).sentences
    speaker = Speaker("Roe", None, "We shut it at noon,")
    going_on = Speaker("Roe", None, "Nobody had asked us to.")
    claim = make_claim(
        "c1", first, speaker=speaker, passage=Passage(article, first.start, second.end)
    )
    split = make_split(article)
    spoken = tuple(
        type(sentence)(
            article, sentence.start, sentence.end, sentence.block, sentence.position, voice
        )
        for sentence, voice in zip(split.sentences, (speaker, going_on), strict=True)
    )
    found = find_quotes(
        (Section("S", "statements", claims=(claim,)),),
        {article.id: Split(article, split.blocks, spoken)},
    )
    assert [quote.text for quote in found] == ["We shut it at noon", "Nobody had asked us to."]


def test_only_what_is_printed_is_quoted() -> None:
    brief = make_plain_brief()
    section = brief.sections[3]
    found = find_quotes((section,), brief.splits)
    assert [quote.claim for quote in found] == ["c10", "c11"]
    hidden = Section(section.title, section.kind, more=section.claims)
    assert find_quotes((hidden,), brief.splits) == ()


def test_words_without_a_speaker_are_nobodys() -> None:
    article = make_article("“Nobody shut the gate,” it says on the wall.")
    claim: Claim = make_claim("c1", find_sentence(article, "gate"))
    assert find_quotes((Section("S", "topic", claims=(claim,)),), {}) == ()
