"""A split article -> the same, each sentence with the persons that it names and their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from briefing.models import Mention, Split
from briefing.text.names import name_article
from briefing.text.names.lexicon import load_lexicon
from briefing.text.names.places import owner_of
from briefing.text.speech.paragraphs import read_paragraphs
from briefing.text.speech.roster import Roster


def name_people(split: Split) -> Split:
    """The split with `people` of every sentence, in English.

    The persons of other languages are told by `attribute`, as far as their lists go.

    A bare surname is the only person of the article who bears it.
    """
    lexicon = load_lexicon(split.article.language)
    if lexicon is None:
        return split
    text, article = split.article.text, name_article(split.article)
    paragraphs = read_paragraphs(split)
    roster = Roster(text, article.names, [p.phrases for p in paragraphs], lexicon)
    spoken = {
        sentence.speaker.name: sentence.speaker.role
        for sentence in split.sentences
        if sentence.speaker and sentence.speaker.role
    }
    found: list[tuple[int, Mention]] = []
    for paragraph in paragraphs:
        phrases = paragraph.phrases
        for first, (last, name) in phrases.names():
            if name.kind not in ("person", "other"):
                continue
            person = roster.named(name.text)
            if person is None or owner_of(name.text) is not None:
                continue
            beside = phrases.role_after(last) or phrases.role_before(first)
            mention = Mention(person.name, name.text, roster.role(person), beside is not None)
            found.append((name.start, mention))
    found = [(start, _as_spoken(mention, spoken)) for start, mention in found]
    starts = [start for start, _ in found]
    sentences = []
    for sentence in split.sentences:
        own = found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        people = tuple(mention for _, mention in own)
        sentences.append(replace(sentence, people=people) if people else sentence)
    return replace(split, sentences=tuple(sentences))


def _as_spoken(mention: Mention, spoken: Mapping[str, str]) -> Mention:
    """The mention, with the office in which the person speaks where it has none of its own."""
    role = spoken.get(mention.name)
    return mention if mention.role or role is None else replace(mention, role=role)
