"""A dated claim -> the words of it that name its event in a figure: one stretch, verbatim."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.models import Claim, Event
from briefing.renderers.lettering import can_be_drawn, fit, width_of

ROOM = 147  #: units, of 640 across the page
LETTERS = 9.2
LEAST_WORDS = 2
SHORT = 3  #: letters of a word on which no label ends: "at", "of", "the"
EARLY = 14  #: characters before which the time itself opens the sentence: "By dawn on Monday, …"
STOPS = " \t\n,;:–—-("
ENDS = ".!?…”\"'’) "


@dataclass(frozen=True, slots=True)
class Label:
    """What names an event."""

    text: str  #: a stretch of the claim, each run of white space one space; "" when none will do
    is_cut: bool  #: whether the sentence goes on
    language: str


def label_of(claim: Claim, event: Event) -> Label:
    """As many words as there is room for: those reported, else those behind an opening time."""
    sentence = claim.support[0]
    text, language = " ".join(sentence.text.split()), sentence.article.language
    time = " ".join(event.expression.split())
    speaker = " ".join(claim.speaker.text.split()) if claim.speaker else ""
    if speaker and time in speaker and speaker in text:
        text = text[text.index(speaker) :]
    at = text.find(time) if time else -1
    if 0 <= at <= EARLY:
        text = text[at + len(time) :].lstrip(STOPS)
    text = text.rstrip(".。")
    stretch = fit(text, ROOM, LETTERS)
    if stretch != text:
        stretch = _end_well(fit(text, ROOM - width_of("…", LETTERS), LETTERS))
    is_one_word = len(stretch.split()) < LEAST_WORDS and " " in text
    if not any(map(str.isalpha, stretch)) or is_one_word or not can_be_drawn(stretch):
        return Label("", False, language)
    return Label(stretch, bool(text[len(stretch) :].strip(ENDS)), language)


def _end_well(stretch: str) -> str:
    """The stretch without short words, and signs, at its end."""
    words = stretch.rstrip(STOPS).split(" ")
    while len(words) > LEAST_WORDS and len(words[-1]) <= SHORT and words[-1].islower():
        words.pop()
    return " ".join(words).rstrip(STOPS)
