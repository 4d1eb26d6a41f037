"""A sentence -> whether it can be read on its own, and the passage that can."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.models import Article, BlockKind, Passage, Sentence, Split
from briefing.text.tables import load_table

#: A passage reaches back over this many sentences at most.
CONTEXT_SENTENCES = 2
#: Longest passage of more than two sentences, in words: a longer one tells another story first.
LONG_PASSAGE = 65

#: Characters in which a thing is "just before".
JUST_BEFORE = 320
#: What an article tells as known no oftener is not its subject.
RARE = 2

_THE = re.compile(r"\bthe (?=(\w+))")
_SENTENCE_ENDS = re.compile(r"[.!?][”\"]?\s+")
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
    if heads.pointer.match(text):
        return True
    if heads.pronoun.match(text):
        return not _opens_with_speaker(sentence)
    if heads.points_back.match(text) or heads.points_inside.search(text):
        return True
    return _says_it_of_another(sentence, heads) or _takes_up_a_thing(sentence, heads)


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
    pointer: re.Pattern[str]  #: "this", which is nobody who speaks
    things: re.Pattern[str]  #: pronouns that are no person
    possessive: re.Pattern[str]  #: "Her union", which a known speaker does not explain
    stands_alone: re.Pattern[str]
    points_back: re.Pattern[str]
    points_inside: re.Pattern[str]  #: "The builder denied this", wherever it stands
    definite: re.Pattern[str]  #: a noun told as known, and nothing that tells which
    indefinite: str  #: the articles of what is new
    deed: re.Pattern[str]  #: the endings of a noun for a deed


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
        heads(table.get("pointers", ["(?!)"]), r"\b", re.IGNORECASE),
        heads(table["things"], r"\b", re.IGNORECASE),
        heads(table["possessives"], r"\b", re.IGNORECASE),
        heads(table["stands_alone"]),
        heads(table["points_back"]),
        re.compile("|".join(table["points_inside"])),
        re.compile(table["definite"]),
        table["indefinite"],
        re.compile(table["deed"]),
    )


def _opens_with_speaker(sentence: Sentence) -> bool:
    """Whether the first word is the known speaker: "She said …", not "It …, she said"."""
    speaker = sentence.speaker
    return (
        speaker is not None
        and bool(speaker.text)
        and not sentence.text.startswith(speaker.text[:24])
    )


def _says_it_of_another(sentence: Sentence, heads: _Heads) -> bool:
    """Whether a person says "it will fail" of what stands before: a body may speak of itself."""
    speaker = sentence.speaker
    # A name without an office may be a company's.
    if speaker is None or speaker.role is None or not heads.things.match(speaker.text):
        return False
    if sentence.text[: sentence.text.find(speaker.text)].rstrip().endswith(_QUOTED_START):
        return False  # in quotation marks "it's going on everywhere" stands for itself
    opening = sentence.text[: len(speaker.name)]
    said = re.sub("[“”]", "", speaker.text).capitalize()
    return opening == speaker.name and not heads.stands_alone.match(said)


def _takes_up_a_thing(sentence: Sentence, heads: _Heads) -> bool:
    """Whether "the letter" is "a letter" just before, or "the renewal" what "was renewed" there.

    A thing that the article often names is known to whoever reads about its subject.
    """
    definite = tuple(heads.definite.finditer(sentence.text))
    if not definite:
        return False
    text = sentence.article.text
    before = text[max(0, sentence.start - JUST_BEFORE) : sentence.start].lower().rstrip()
    before = " ".join(_SENTENCE_ENDS.split(before)[-CONTEXT_SENTENCES:])
    for found in definite:
        noun = found[1].lower()
        if _known_things(sentence.article)[noun] > RARE:
            continue
        if noun in before and re.search(
            rf"\b{heads.indefinite} (?:[\w-]+ ){{0,2}}{noun}\b", before
        ):
            return True
        deed = heads.deed.sub("", noun)
        if deed != noun and deed in before and re.search(rf"\b{deed}e?d\b", before):
            return True
    return False


@lru_cache(maxsize=256)
def _known_things(article: Article) -> Counter[str]:
    """How often an article tells each noun as known: "the letter"."""
    return Counter(_THE.findall(article.text.lower()))


def passage_of(sentence: Sentence, split: Split) -> Passage | None:
    """What to print for a sentence: itself, or with the sentences before it that it points at.

    None when what it points at cannot be taken in: it opens the article, a heading or a caption
    stands between, or the chain is longer than `CONTEXT_SENTENCES` or than `LONG_PASSAGE`.
    """
    first = sentence
    for taken_in in range(CONTEXT_SENTENCES + 1):
        # Only the claim's own speaker is printed beside it: one taken in must say who speaks.
        if not needs_context(first) and (first is sentence or names_its_speaker(first)):
            passage = Passage(sentence.article, first.start, sentence.end)
            is_long = taken_in > 1 and len(passage.text.split()) > LONG_PASSAGE
            return None if is_long else passage
        before = _neighbour_before(first, split)
        if before is None:
            return None
        first = before
    return None


def taken_in(split: Split) -> Iterator[Sentence]:
    """The sentences of an article without which the next one cannot be read."""
    for sentence in split.sentences:
        if needs_context(sentence) and (passage := passage_of(sentence, split)):
            for before in split.sentences[max(0, sentence.position - CONTEXT_SENTENCES) :]:
                if before.start >= sentence.start:
                    break
                if before.start >= passage.start:
                    yield before


def _neighbour_before(sentence: Sentence, split: Split) -> Sentence | None:
    if sentence.position == 0:
        return None
    before = split.sentences[sentence.position - 1]
    between = split.blocks[before.block : sentence.block + 1]
    if any(block.kind is not BlockKind.PARAGRAPH for block in between):
        return None
    gap = sentence.article.text[before.end : sentence.start]
    return before if not gap.strip() else None
