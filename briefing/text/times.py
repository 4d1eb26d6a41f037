"""A text -> the expressions in it that say when something happens, as written."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_PART = r"(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)|\d{1,2}:\d{2}"
_UNIT = r"(?:second|minute|hour|day|week|weekend|month|year|decade)s?"
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of)"

_TIME = re.compile(
    rf"""(?x)
    \b(?:
      (?:(?:early|late|later|earlier)\ (?:on\ |in\ )?)?(?:the\ {_PART}\ of\ )?
      (?:{_WEEKDAY},?\ )?(?:the\ )?\d{{1,2}}(?:st|nd|rd|th)?(?:\ ?[-–—]\ ?\d{{1,2}}(?:st|nd|rd|th)?)?\ (?:of\ )?{_MONTH}(?:,?\ \d{{4}})?
      | (?:(?:early|late|mid)[ -])?{_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?(?:\ ?[-–—]\ ?(?:{_MONTH}\ )?\d{{1,2}})?(?:,?\ \d{{4}})?(?!\d|,\d)
      | \d{{4}}-\d{{2}}-\d{{2}}
      | (?:(?:early|late|mid|last|next|this|later|earlier)[ -](?:on\ |in\ )?)*{_WEEKDAY}(?:\ (?:early\ |late\ )?{_PART})?(?:\ local\ time)?
      | (?:(?:early|late|mid|last|next|this)[ -](?:in\ )?)?(?:{_MONTH}\ )?(?:of\ )?(?:in\ |since\ |until\ |by\ )(?:{_MONTH}\ )?(?:(?:19|20)\d\d)
      | (?:(?:early|late|mid)[ -])?(?:in\ |since\ |until\ |by\ |last\ |next\ |this\ )(?:early\ |late\ |mid-)?{_MONTH}(?:\ (?:19|20)\d\d)?
      | (?:early\ |late\ )?(?:today|tonight|yesterday|tomorrow)(?:\ {_PART})?
      | (?:(?:early|late|later|earlier)\ )?(?:last|next|this|coming|past|previous|following)\ (?:{_COUNT}\ )?(?:{_UNIT}|{_PART}|summer|winter|spring|autumn)
      | (?:in\ the\ )?coming\ (?:days|weeks|months)
      | (?:at\ )?(?:{_CLOCK})
      | {_COUNT}\ {_UNIT}\ (?:ago|earlier|later|before|after)
      | (?:the\ )?(?:day|week|month|year)\ (?:before|after)
    )(?!\w)
    """
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that date something, by offsets into the text."""

    start: int
    end: int
    text: str


def find_times(text: str) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order, none inside another."""
    return tuple(
        TimeExpression(match.start(), match.end(), match.group()) for match in _TIME.finditer(text)
    )
