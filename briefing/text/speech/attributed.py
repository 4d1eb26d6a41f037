"""A sentence and the attributions that touch it -> the sentence with its main speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.models import Sentence, Speaker
from briefing.text.names.lexicon import Lexicon
from briefing.text.names.places import is_press
from briefing.text.speech.status import status_of

#: direct: a quotation that is all that is said; partial: one inside a clause; reported: a clause.
AttributionKind = Literal["direct", "partial", "reported"]

_PRESS_ENDINGS = ("agency", "agencies", "media", "newspaper", "newspapers", "outlets", "television")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of an article's text and who it is attributed to."""

    start: int  #: of the words attributed, inside the marks of a quotation
    end: int
    kind: AttributionKind
    mention: tuple[int, int] | None  #: where the text names the speaker
    speaker: Speaker | None  #: None when who is meant is not clear
    status: str


def with_speaker(
    sentence: Sentence, attributions: Sequence[Attribution], lexicon: Lexicon
) -> Sentence:
    """The sentence with the speaker of most of its words."""
    own = [
        a
        for a in attributions
        if a.start < sentence.end and sentence.start < a.end and a.kind != "partial"
    ]
    if not own:
        status = status_of(sentence.text, lexicon)
        return sentence if status == sentence.status else replace(sentence, status=status)
    main = max(
        own,
        key=lambda a: (
            a.speaker is not None,
            _rank(a, own),
            a.kind == "direct",
            _weight(a, sentence),
        ),
    )
    status = main.status
    if status == "said":  # "Roe denied it: “…”" is a denial
        status = next((a.status for a in own if a.speaker == main.speaker), status)
    if main.speaker is None:
        return replace(sentence, status=main.status)
    text = sentence.article.text[max(main.start, sentence.start) : min(main.end, sentence.end)]
    return replace(sentence, speaker=replace(main.speaker, text=text), status=status)


def _rank(attribution: Attribution, others: Sequence[Attribution]) -> int:
    """1 for whom the press reports, 0 for a first source, -1 for one inside another's words."""
    if attribution.mention is None:
        return 0
    at = attribution.mention[0]
    outer = [a for a in others if a is not attribution and a.start <= at < a.end]
    if any(a.speaker is not None and _is_press(a.speaker) for a in outer):
        return 1
    return -1 if outer else 0


def _is_press(speaker: Speaker) -> bool:
    return speaker.kind == "body" and (
        is_press(speaker.name) or speaker.name.lower().endswith(_PRESS_ENDINGS)
    )


def _weight(attribution: Attribution, sentence: Sentence) -> int:
    return min(attribution.end, sentence.end) - max(attribution.start, sentence.start)
