"""A sentence of a claim -> an Account: its words with notions, its clauses, names and days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from briefing.disagreements.lexicon import Lexicon, load_lexicon
from briefing.models import Claim, Sentence, Split
from briefing.text.figures import place_figures
from briefing.text.names import Name, name_article
from briefing.text.names.places import owner_of
from briefing.text.names.tokens import tokens
from briefing.text.tables import load_table
from briefing.text.times import TimeExpression
from briefing.text.times.article import article_times
from briefing.text.words import words

#: Share of a sentence from which what its speaker says is what it says.
MOSTLY = 0.4
#: What lies further back than this, told by month or year, is another event.
DISTANT = timedelta(days=45)
#: Offset up to which a date opens a sentence and dates all of it.
OPENING = 12
#: Articles further apart than this may tell of two events alike.
ONE_EVENT = timedelta(days=7)
#: How much less the next word further away counts, how much any of the same clause does at
#: least, and how much less one across the border of a clause.
FADING, FADED, APART = 0.88, 0.6, 0.7
_PRECISE = frozenset({"day", "part", "range", "week"})
_BREAKING_MARKS = frozenset(",;:()–—.!?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence and what it tells."""

    start: int  #: offsets into the sentence
    end: int
    text: str  #: in lower case
    notion: str  #: one word for all that tell the same; "" where it tells nothing of its own
    clause: int  #: number of its clause, 0, 1, 2 …
    is_said: bool  #: whether it belongs to what is said, not to who says it


@dataclass(frozen=True, eq=False)
class Account:
    """One sentence of a claim's support or passage, taken apart to be compared with others."""

    number: int  #: of its claim, in the order in which claims were given
    claim: Claim
    sentence: Sentence
    lexicon: Lexicon
    words: tuple[Word, ...]
    names: tuple[Name, ...]  #: offsets into the sentence; those of what is said
    times: tuple[TimeExpression, ...]  #: offsets into the sentence; those of what is said

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.sentence.text

    @property
    def is_shown(self) -> bool:
        """Whether its claim prints it, rather than one that says the same."""
        return self.sentence == self.claim.support[0]

    @property
    def is_question(self) -> bool:
        """Whether it asks rather than tells."""
        return self.text.rstrip("”\"' ").endswith("?")

    @property
    def voice(self) -> str:
        """Who says it, or reckons it in its first words; "" where the article itself does."""
        if self.sentence.speaker:
            return self.sentence.speaker.name
        opening = self.lexicon.thought.match(self.text)
        return opening.group() if opening else ""

    @property
    def published(self) -> date | None:
        """The day on which its article appeared."""
        published = self.sentence.article.published
        return published.date() if isinstance(published, datetime) else published

    @cached_property
    def notions(self) -> frozenset[str]:
        """What the sentence tells, without who says it."""
        return frozenset(word.notion for word in self.words if word.notion and word.is_said)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The notions of names."""
        spans = [(name.start, name.end) for name in self.names]
        return frozenset(w.notion for w in self.words if w.notion and _within(spans, w.start))

    @cached_property
    def said(self) -> frozenset[str]:
        """The words of what is said, in lower case, stop words as well, those of dates left out."""
        return frozenset(
            word.text
            for word in self.words
            if word.is_said and not _within([(t.start, t.end) for t in self.times], word.start)
        )

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every word of the sentence, in lower case."""
        return frozenset(word.text for word in self.words)

    @cached_property
    def before(self) -> frozenset[str]:
        """The notions of what the passage prints before the sentence, for what points back."""
        passage, sentence = self.claim.passage, self.sentence
        if passage.article != sentence.article or passage.start >= sentence.start:
            return frozenset()
        printed = sentence.article.text[passage.start : sentence.start]
        found = (self.lexicon.notion_of(word) for word in words(printed))
        return frozenset(notion for notion in found if notion)

    def are_one_voice(self, other: Account) -> bool:
        """Whether one claim, one speaker in one article, or an article in its own voice says both.

        What an article tells itself and what it lets somebody say are two voices.
        """
        if self.number == other.number or self.lexicon is not other.lexicon:
            return True
        if self.sentence.article != other.sentence.article:
            return False
        return self.voice == other.voice

    def are_two_speakers(self, other: Account) -> bool:
        """Whether two articles say it, or two whom one article names."""
        if self.sentence.article != other.sentence.article:
            return True
        return bool(self.voice and other.voice)

    def is_another_in_a_row(self, other: Account) -> bool:
        """Whether one tells of the first and the other of the fourth of several things."""
        mine, theirs = self.said & self.lexicon.ordinals, other.said & self.lexicon.ordinals
        return bool(mine) and bool(theirs) and not mine & theirs

    def clause(self, number: int) -> frozenset[str]:
        """The notions of one clause."""
        return frozenset(w.notion for w in self.words if w.notion and w.clause == number)

    def words_of(self, number: int) -> frozenset[str]:
        """The words of one clause, in lower case."""
        return frozenset(word.text for word in self.words if word.clause == number)

    def clause_at(self, offset: int) -> int:
        """The number of the clause at an offset into the sentence."""
        index = bisect_left([word.end for word in self.words], offset + 1)
        return self.words[min(index, len(self.words) - 1)].clause

    def surroundings(self, start: int, end: int) -> dict[str, float]:
        """The notions of what is said about a stretch -> how near they stand to it, 0–1."""
        told = [word for word in self.words if word.notion and word.is_said]
        before = [word for word in told if word.end <= start]
        behind = [word for word in told if word.start >= end]
        here = self.clause_at(start)
        found: dict[str, float] = {}
        for side in (before[::-1], behind):
            for distance, word in enumerate(side):
                near = max(FADED, FADING ** max(0, distance - 1))
                near *= APART ** min(2, abs(word.clause - here))
                found[word.notion] = max(near, found.get(word.notion, 0.0))
        return found

    @cached_property
    def precise_times(self) -> tuple[TimeExpression, ...]:
        """The expressions that tell a day or a few, with or without its date."""
        return tuple(
            time
            for time in self.times
            if (time.granularity in _PRECISE and time.first) or weekday(time)
        )

    def is_of_other_days(self, other: Account) -> bool:
        """Whether both tell days, and none in common."""
        return are_other_days(self.precise_times, other.precise_times)

    def is_apart_from(self, other: Account) -> bool:
        """Whether so much time lies between the two articles that each may tell another event."""
        if self.published is None or other.published is None:
            return False
        return abs(self.published - other.published) > ONE_EVENT

    def is_distant(self, offset: int) -> bool:
        """Whether what stands there is told of a month or year well before the article."""
        here = self.clause_at(offset)
        return any(
            time.start < OPENING or self.clause_at(time.start) == here for time in self._distant
        )

    @cached_property
    def _distant(self) -> tuple[TimeExpression, ...]:
        found = []
        for time in self.times:
            if time.last is None:
                continue
            if self.published is None:
                if time.granularity == "year":
                    found.append(time)
            elif time.last < self.published - DISTANT:
                found.append(time)
        return tuple(found)

    @cached_property
    def actors(self) -> frozenset[str]:
        """The folded words of names that are no places, a country under its own name."""
        found: set[str] = set()
        for name in self.names:
            if name.kind == "place":
                continue
            if owner := owner_of(name.text):
                found.add(owner)
            else:
                found.update(part.lower() for part in name.text.replace("-", " ").split())
        return frozenset(found)

    def is_opening(self, name: Name) -> bool:
        """Whether a name may be no more than the word that opens the sentence."""
        return name.start == 0 and name.kind == "other" and " " not in name.text

    @cached_property
    def is_future(self) -> bool:
        """Whether it tells a plan."""
        return bool(self.said & self.lexicon.future)


def weekday(time: TimeExpression) -> str:
    """The weekday that an expression names without its date, as TIMEX3 writes it, or ""."""
    return time.value[:10] if time.value.startswith("XXXX-WXX-") and time.first is None else ""


def day_key(time: TimeExpression) -> str:
    """The first day that an expression means, or the weekday that it names without its date."""
    return weekday(time) or f"{time.first}"


def are_other_days(one: Sequence[TimeExpression], other: Sequence[TimeExpression]) -> bool:
    """Whether there are days on both sides, and none in common."""
    return bool(one) and bool(other) and all(exclude(a, b) for a in one for b in other)


def exclude(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether no day is in both; where one has no date, weekdays are compared."""
    if one.first and other.first:
        return (one.last or one.first) < other.first or (other.last or other.first) < one.first
    mine, theirs = _weekdays(one), _weekdays(other)
    return bool(mine) and bool(theirs) and not mine & theirs


def _weekdays(time: TimeExpression) -> frozenset[int]:
    """The weekdays that an expression covers, 1 for Monday."""
    if time.first is None:
        named = weekday(time)
        return frozenset({int(named[-1])}) if named else frozenset()
    last = time.last or time.first
    length = min(7, (last - time.first).days + 1)
    return frozenset((time.first.isoweekday() - 1 + day) % 7 + 1 for day in range(length))


def take_apart(claims: Sequence[Claim], splits: Iterable[Split]) -> tuple[Account, ...]:
    """An account for every sentence that claims are made of, none for languages without a table.

    What a passage takes in for context says something, too, where it is no claim of its own.
    """
    split_of = {split.article: split for split in splits}
    supporting = {sentence for claim in claims for sentence in claim.support}
    found = []
    for number, claim in enumerate(claims):
        split = split_of.get(claim.passage.article)
        taken_in = [
            sentence
            for sentence in (split.sentences if split else ())
            if claim.passage.start <= sentence.start < claim.passage.end
            and sentence not in supporting
        ]
        found += [_account(number, claim, sentence) for sentence in (*claim.support, *taken_in)]
    return tuple(account for account in found if account is not None)


def _account(number: int, claim: Claim, sentence: Sentence) -> Account | None:
    lexicon = load_lexicon(sentence.article.language)
    if lexicon is None:
        return None
    begin, end = _said(sentence, lexicon)
    names = _names(sentence)
    times = _times(sentence)
    return Account(
        number,
        claim,
        sentence,
        lexicon,
        _words(sentence, lexicon, names, times, begin, end),
        tuple(name for name in names if begin <= name.start < end),
        tuple(time for time in times if begin <= time.start < end),
    )


def _said(sentence: Sentence, lexicon: Lexicon) -> tuple[int, int]:
    """Offsets of what is said, where that is most of the sentence; else of the whole."""
    said = sentence.speaker.text if sentence.speaker else ""
    if not sentence.speaker and (opening := lexicon.thought.match(sentence.text)):
        return opening.end(), len(sentence.text)
    start = sentence.text.find(said)
    if start < 0 or len(said) < MOSTLY * len(sentence.text):
        return 0, len(sentence.text)
    return start, start + len(said)


def _names(sentence: Sentence) -> tuple[Name, ...]:
    """The names in the sentence; a number that opens it is none, nor is a unit such as USD."""
    figures = place_figures(sentence.text, sentence.article.language)
    numbers = [(figure.start, figure.end) for figure in figures]
    units = {word for spelled in load_table("units")["units"].values() for word in spelled}
    return tuple(
        Name(name.start - sentence.start, name.end - sentence.start, name.text, name.kind)
        for name in name_article(sentence.article).names
        if sentence.start <= name.start
        and name.end <= sentence.end
        and not _within(numbers, name.start - sentence.start)
        and name.text.lower() not in units
    )


def _times(sentence: Sentence) -> tuple[TimeExpression, ...]:
    return tuple(
        replace(time, start=time.start - sentence.start, end=time.end - sentence.start)
        for time in article_times(sentence.article)
        if sentence.start <= time.start and time.end <= sentence.end
    )


def _words(
    sentence: Sentence,
    lexicon: Lexicon,
    names: Sequence[Name],
    times: Sequence[TimeExpression],
    begin: int,
    end: int,
) -> tuple[Word, ...]:
    """The words in order; those of dates and figures tell nothing, a country's name tells it."""
    figures = place_figures(sentence.text, lexicon.language)
    silent = [(t.start, t.end) for t in times] + [(f.start, f.end) for f in figures]
    owners = {(name.start, name.end): owner for name in names if (owner := owner_of(name.text))}
    found: list[Word] = []
    clause = 0
    raw = [
        (token.start - sentence.start, token.end - sentence.start, token.lower)
        for token in tokens(sentence.article.text, sentence.start, sentence.end)
    ]
    for index, (start, stop, text) in enumerate(raw):
        if text in _BREAKING_MARKS or text in lexicon.breaks:
            clause += 1
        if not text[0].isalnum():
            continue
        following = raw[index + 1][2] if index + 1 < len(raw) else ""
        owned = next(((s, o) for (s, e), o in owners.items() if s <= start < e), None)
        if _within(silent, start):
            notion = ""
        elif owned is not None:
            notion = f"@{owned[1]}" if owned[0] == start else ""
        else:
            notion = lexicon.notion_of(text, following)
        is_said = begin <= start < end
        found.append(Word(start, stop, text, notion, clause, is_said))
    return tuple(found)


def _within(spans: Iterable[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)
