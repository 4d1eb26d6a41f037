"""A split article -> the same, each sentence with who says it and how sure its source is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.models import Speaker, Split
from briefing.text.names import name_article
from briefing.text.names.lexicon import Lexicon, load_lexicon
from briefing.text.quotations import is_title
from briefing.text.speech.attributed import Attribution, AttributionKind, with_speaker
from briefing.text.speech.cues import Cues
from briefing.text.speech.listed import attribute_listed
from briefing.text.speech.paragraphs import Paragraph, read_paragraphs
from briefing.text.speech.phrases import Phrases, Source
from briefing.text.speech.roster import Roster
from briefing.text.speech.views import Cue

#: A text with so many paragraphs that open with "NAME:" is a transcript.
TRANSCRIPT_LABELS = 4

_LABEL = re.compile(r"[\"“]?([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}):\s+(?=\S)")
_THE_ONE = re.compile(r"[Tt]he\s+(?!\w+s\b$)")
_DASHES = frozenset("-–—―")
#: Pronouns whose noun may be the subject of the very words: "The firm will appeal, it said".
_NEUTRAL = frozenset({"it", "they"})


def attribute(split: Split) -> Split:
    """The split with `speaker` and `status` of every sentence.

    A sentence without a speaker keeps the status that its own hedge tells ("is expected to"), or
    "reported". In other languages than English the lists of their data files tell who speaks; the
    split of a language without any comes back unchanged.
    """
    lexicon = load_lexicon(split.article.language)
    if lexicon is None:
        return attribute_listed(split)
    attributions = find_attributions(split)
    return replace(
        split,
        sentences=tuple(with_speaker(s, attributions, lexicon) for s in split.sentences),
    )


def find_attributions(split: Split) -> tuple[Attribution, ...]:
    """Every quotation and reported clause of an article with its speaker, in order of start.

    The words of a partial quotation lie within a reported clause of their own.
    """
    lexicon = load_lexicon(split.article.language)
    if lexicon is None:
        return ()
    walk = _Walk(split, lexicon)
    found = [walk.settled(attribution) for attribution in list(walk.attributions())]
    return tuple(sorted(found, key=lambda a: (a.start, a.end)))


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker as the walk carries it on."""

    mention: tuple[int, int] | None
    speaker: Speaker | None
    status: str


class _Walk:
    """One pass over an article's paragraphs, carrying the speaker along."""

    def __init__(self, split: Split, lexicon: Lexicon) -> None:
        self._text = split.article.text
        self._lexicon = lexicon
        named = name_article(split.article)
        self._paragraphs = read_paragraphs(split)
        self._cues = [
            [Cues(p.phrases, *window).find() for window in p.windows] for p in self._paragraphs
        ]
        self._roster = Roster(
            self._text, named.names, [p.phrases for p in self._paragraphs], lexicon
        )
        self._labels = _transcript_labels(self._text, self._paragraphs, self._roster)
        self._open: _Said | None = None  # of a quotation that the paragraph before left open
        self._before: _Said | None = None  # of the last sentence
        self._about: _Said | None = None  # the person whom the last sentence was about
        self._vacant: Speaker | None = None  # an office just named without its holder
        self._holders: dict[str, Speaker] = {}  # such offices, and persons whose role came late
        self._is_within = False  # whether that sentence is of this paragraph

    def attributions(self) -> Iterator[Attribution]:
        """The attributions, paragraph by paragraph."""
        for index, paragraph in enumerate(self._paragraphs):
            if self._labels:
                yield from self._of_transcript(paragraph)
            else:
                yield from self._of_paragraph(index)

    def settled(self, attribution: Attribution) -> Attribution:
        """The attribution, with what the sentence behind it told of its speaker."""
        speaker = attribution.speaker
        if speaker is None:
            return attribution
        known = self._holders.get(speaker.name)
        return attribution if known is None else replace(attribution, speaker=known)

    def _of_transcript(self, paragraph: Paragraph) -> Iterator[Attribution]:
        """A paragraph of "ROE: …" is Roe's, and so are those behind it until the next label."""
        words = paragraph.phrases.tokens
        label = _label(self._text, paragraph)
        start = words[0].start
        if label is not None and label[1] in self._labels:
            span = label.span(1)
            self._before = _Said(span, self._roster.labelled(label[1]), "said")
            start = label.end()
        said = self._before
        if said is not None and said.speaker is not None and start < words[-1].end:
            yield Attribution(start, words[-1].end, "direct", said.mention, said.speaker, "said")

    def _of_paragraph(self, index: int) -> Iterator[Attribution]:
        paragraph = self._paragraphs[index]
        phrases = paragraph.phrases
        self._is_within = False
        self._vacant = None
        if self._about is not None and self._about.mention is not None:
            word = self._text[slice(*self._about.mention)].lower()
            if word in {"he", "she"}:
                self._about = None  # a pronoun does not reach over into the next paragraph
        latest: _Said | None = None
        for window, cues in zip(paragraph.windows, self._cues[index], strict=True):
            about = self._about
            self._look_at_subject(phrases, window, cues)
            self._about, about = about, self._about
            said = [self._said(phrases, cue) for cue in cues]
            latest = None
            is_whole: set[int] = set()
            for position in range(*window):
                if phrases.quoted[position] < 0 or self._is_title(paragraph, position):
                    continue
                owner = _owner(position, cues, phrases)
                if owner is not None:
                    latest = said[owner]
                    is_direct = _is_direct(position, cues[owner], phrases)
                    if is_direct:
                        is_whole.add(owner)
                    yield self._quotation(paragraph, position, latest, is_direct=is_direct)
                    continue
                carried = self._unowned(index, window, position, cues)
                if carried is not None:
                    latest = carried
                    yield self._quotation(paragraph, position, latest, is_direct=True)
            for owner, cue in enumerate(cues):
                if owner not in is_whole:
                    yield self._clause(phrases, cue, said[owner])
            self._about = about
            self._before = latest or (said[-1] if said else self._announced(phrases, window))
            self._is_within = True
        is_open = bool(paragraph.quotations) and not paragraph.quotations[-1].is_closed
        self._open = latest if is_open else None

    # -- speakers ----------------------------------------------------------------------------------

    def _said(self, phrases: Phrases, cue: Cue) -> _Said:
        return self._spoken(phrases, cue.source, cue.status)

    def _spoken(self, phrases: Phrases, source: Source, status: str) -> _Said:
        mention = (phrases.tokens[source.first].start, phrases.tokens[source.last].end)
        speaker = self._roster.speaker(phrases, source)
        if speaker is not None:
            speaker = self._with_vacant_office(speaker)
        is_office = (
            speaker is not None and speaker.kind == "unnamed" and _THE_ONE.match(speaker.name)
        )
        is_held = phrases.role_of_phrase(source.first, source.last) is not None
        self._vacant = speaker if is_office and is_held else None
        return _Said(mention, speaker, status)

    def _with_vacant_office(self, speaker: Speaker) -> Speaker:
        """ "…, the mayor said. “…,” Amy Roe said.": who is named next holds the office."""
        if self._vacant is None or speaker.kind != "person" or speaker.role is not None:
            return speaker
        role = _THE_ONE.sub("", self._vacant.name)
        self._roster.give_role(speaker.name, role)
        speaker = replace(speaker, role=role)
        self._holders[self._vacant.name] = self._holders[speaker.name] = speaker
        return speaker

    def _look_at_subject(
        self, phrases: Phrases, window: tuple[int, int], cues: Sequence[Cue]
    ) -> None:
        """Note who a sentence is about, for a pronoun that follows."""
        first, behind = window
        self._about = None
        is_late = bool(cues) and cues[0].is_tag and phrases.lower(cues[0].source.first) in _NEUTRAL
        if cues and not is_late and (cues[0].source.first <= first + 1 or cues[0].is_tag):
            return  # the speaker is the subject, not whoever the words are about
        source = phrases.subject(first, behind)
        if source is None or (is_late and source.kind not in {"body", "unnamed"}):
            return
        if source.name or source.kind in {"body", "unnamed"}:
            self._roster.mention(phrases, source)
        is_one = source.kind == "pronoun" and phrases.lower(source.first) in {"he", "she"}
        if not cues and (is_one or (source.kind == "person" and source.name)):
            mention = (phrases.tokens[source.first].start, phrases.tokens[source.last].end)
            self._about = _Said(mention, self._roster.speaker(phrases, source), "said")

    def _unowned(
        self, index: int, window: tuple[int, int], position: int, cues: Sequence[Cue]
    ) -> _Said | None:
        """Who says a quotation beside which no verb of speech stands."""
        paragraph = self._paragraphs[index]
        phrases = paragraph.phrases
        if not cues and (signed := self._signed(phrases, position, window[1])) is not None:
            return signed
        if self._is_alone(paragraph, window):
            return self._carried(index, position)
        if cues:
            return None
        if announced := self._announced(phrases, (window[0], position)):
            return announced
        if position == window[0] and self._is_within and self._before is not None:
            return replace(self._before, status="said")
        return None

    def _announced(self, phrases: Phrases, window: tuple[int, int]) -> _Said | None:
        """Who a sentence that ends in a colon is about: the quotation follows."""
        first, behind = window
        if phrases.lower(behind - 1) != ":":
            return None
        source = phrases.subject(first, behind)
        if source is None or source.kind not in {"person", "pronoun"}:
            nearest = phrases.ending_at(behind - 2, floor=first)
            if nearest is not None and nearest.kind == "person":
                source = nearest  # "No surprise to Amy Roe: “…”"
        if source is None or not (source.name or source.kind == "pronoun"):
            return None
        return self._spoken(phrases, source, "said")

    def _signed(self, phrases: Phrases, position: int, behind: int) -> _Said | None:
        """The name behind a quotation and a dash."""
        if phrases.lower(position + 1) not in _DASHES:
            return None
        source = phrases.starting_at(position + 2, ceiling=behind)
        if source is None or source.name is None or source.behind + 2 < behind:
            return None
        return self._spoken(phrases, source, "said")

    def _signed_below(self, number: int, window: int) -> _Said | None:
        """The name of a paragraph that is nothing but a dash and a name."""
        if window + 1 < len(self._paragraphs[number].windows):
            return None
        if number + 1 >= len(self._paragraphs):
            return None
        phrases = self._paragraphs[number + 1].phrases
        if phrases.lower(0) not in _DASHES or len(phrases.tokens) > 14:
            return None
        source = phrases.starting_at(1)
        if source is None or source.name is None or source.behind + 2 < len(phrases.tokens):
            return None
        return self._spoken(phrases, source, "said")

    def _carried(self, number: int, position: int) -> _Said | None:
        """Who says a sentence that is nothing but the quotation at `position` and names nobody."""
        paragraph = self._paragraphs[number]
        window = next(n for n, w in enumerate(paragraph.windows) if w[0] <= position < w[1])
        if window == 0 and self._open is not None:
            return self._open
        if self._is_within and self._before is not None:
            return replace(self._before, status="said")
        if (signed := self._signed_below(number, window)) is not None:
            return signed
        following = self._following(number, window)
        if following is not None:
            return following
        if window == 0 and self._before is not None:
            return replace(self._before, status="said")
        return self._about if self._ends_well(number, position) else None

    def _ends_well(self, number: int, position: int) -> bool:
        """Whether a quotation is closed, or goes on in the next paragraph."""
        paragraph = self._paragraphs[number]
        if paragraph.quotations[paragraph.phrases.quoted[position]].is_closed:
            return True
        following = self._paragraphs[number + 1 : number + 2]
        return bool(following) and following[0].phrases.quoted[0] >= 0

    def _following(self, number: int, window: int) -> _Said | None:
        """The speaker of the next sentence, when it goes on with the quotation."""
        paragraph = self._paragraphs[number]
        if window + 1 < len(paragraph.windows):
            cues = self._cues[number][window + 1]
            is_open = False
        elif number + 1 < len(self._paragraphs) and not paragraph.quotations[-1].is_closed:
            paragraph, cues = self._paragraphs[number + 1], self._cues[number + 1][0]
            is_open = True
        else:
            return None
        if cues and (cues[0].is_tag or (cues[0].source.kind == "pronoun" and not is_open)):
            return self._said(paragraph.phrases, cues[0])
        return None

    def _is_title(self, paragraph: Paragraph, position: int) -> bool:
        quotation = paragraph.quotations[paragraph.phrases.quoted[position]]
        return is_title(self._text[slice(*quotation.inside(self._text))])

    def _is_alone(self, paragraph: Paragraph, window: tuple[int, int]) -> bool:
        """Whether a sentence is nothing but quotation."""
        phrases = paragraph.phrases
        outside = sum(
            phrases.tokens[p].text[0].isalnum() for p in range(*window) if phrases.quoted[p] < 0
        )
        return outside <= 1

    # -- attributions ------------------------------------------------------------------------------

    def _quotation(
        self, paragraph: Paragraph, position: int, said: _Said, *, is_direct: bool
    ) -> Attribution:
        quotation = paragraph.quotations[paragraph.phrases.quoted[position]]
        start, end = quotation.inside(self._text)
        kind: AttributionKind = "direct" if is_direct else "partial"
        return Attribution(start, end, kind, said.mention, said.speaker, said.status)

    def _clause(self, phrases: Phrases, cue: Cue, said: _Said) -> Attribution:
        start, end = phrases.tokens[cue.first].start, phrases.tokens[cue.last].end
        return Attribution(start, end, "reported", said.mention, said.speaker, said.status)


def _owner(position: int, cues: Sequence[Cue], phrases: Phrases) -> int | None:
    """The cue that a quotation belongs to: the tag right behind it, else the cue before it."""
    behind = position + 1
    while phrases.lower(behind) in {",", "-", "—", "–"}:
        behind += 1
    owner = None
    for number, cue in enumerate(cues):
        if behind in (cue.position, cue.source.first):
            return number
        if cue.position < position and not (cue.is_thought and owner is not None):
            owner = number
    if owner is not None:
        return owner
    covering = [n for n, cue in enumerate(cues) if cue.is_tag and cue.first <= position <= cue.last]
    return covering[0] if covering else None


def _is_direct(position: int, cue: Cue, phrases: Phrases) -> bool:
    """Whether a quotation is all that is said, and no part of a reported clause."""
    first = min(position, cue.first)
    last = cue.last if cue.is_tag and position < cue.position else position
    return not any(phrases.lower(p)[:1].isalnum() for p in range(first, max(position, last) + 1))


def _label(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    """The "ROE:" that opens a paragraph's line; blocks may have set it apart as a dateline."""
    start = paragraph.phrases.tokens[0].start
    return _LABEL.match(text, text.rfind("\n", 0, start) + 1)


def _transcript_labels(
    text: str, paragraphs: Sequence[Paragraph], roster: Roster
) -> frozenset[str]:
    """The labels of a transcript or an interview; none when the article is neither."""
    found = Counter(label[1] for paragraph in paragraphs if (label := _label(text, paragraph)))
    if not any(roster.may_be_label(name) for name in found):
        return frozenset()
    # Among voices "KING" is one as well; "VOTING RULES" never is.
    topics = [name for name in found if " " in name and not roster.may_be_label(name)]
    for topic in topics:
        del found[topic]
    voices = sum(count >= 2 for count in found.values())
    if voices < 2 or found.total() < max(TRANSCRIPT_LABELS, len(paragraphs) / 4):
        return frozenset()
    return frozenset(found)
