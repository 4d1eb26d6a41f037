"""A text and its date -> the expressions in it that say when, each with the days that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefing.text.times.absolute import ABSOLUTE
from briefing.text.times.calendar import Granularity, Kind, Meaning
from briefing.text.times.lengths import LENGTHS
from briefing.text.times.lexicon import Lexicon, Tokens, load_lexicon, tokenize
from briefing.text.times.mentioned import MENTIONED
from briefing.text.times.patterns import UNKNOWN
from briefing.text.times.phrase import Context, Phrase
from briefing.text.times.relative import RELATIVE
from briefing.text.times.tense import UNTOLD, Tense, tense_at

RULES = {**ABSOLUTE, **RELATIVE, **MENTIONED, **LENGTHS}

#: The modifier of a time from which something goes on, which says when nothing happened.
SINCE = "since"
#: How far back, in tokens, "that day" or "a year earlier" may look for what it counts from.
MEMORY = 150

#: A publication year outside is a mistake of the source, and near the edge of the calendar.
_YEARS = range(1000, 9000)
_KNOWN_RUN = re.compile(rf"[^{UNKNOWN}]+")
_LONG_REPORTS = frozenset({"P6M", "P9M", "P12M", "P1Y"})


class Memory:
    """What was mentioned last, for the expressions that count from it."""

    def __init__(self) -> None:
        self._mentioned: dict[str, tuple[int, Meaning]] = {}

    def recall(self, what: str, position: int) -> Meaning | None:
        """The last period, day or quarter mentioned, unless it stands too far back."""
        at, meaning = self._mentioned.get(what, (-MEMORY, None))
        return meaning if position - at < MEMORY else None

    def record(self, meaning: Meaning, position: int) -> None:
        """Keep what may be counted from; a report on half a year or more ends one on a quarter."""
        if meaning.value in _LONG_REPORTS:
            self._mentioned.pop("report", None)
        if meaning.kind not in ("date", "time") or not meaning.first or not meaning.is_anchor:
            return
        self._mentioned["any"] = (position, meaning)
        if meaning.granularity in ("day", "part"):
            self._mentioned["day"] = (position, meaning)
        if meaning.value[5:6] == "Q":
            self._mentioned["quarter"] = self._mentioned["report"] = (position, meaning)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that date something, by offsets into the text, and the days that they mean."""

    start: int
    end: int
    text: str  #: verbatim
    first: date | None = None  #: None when it cannot be told, as without the article's date
    last: date | None = None
    granularity: Granularity = "unknown"
    rule: str = ""  #: the rule and the direction it took: "weekday: the last; behind: said"
    value: str = ""  #: as TIMEX3 writes it, X for what is unknown: "XXXX-WXX-2", "P3D"; or ""
    kind: Kind = "date"
    modifier: str = ""  #: "start", "mid" or "end" of the period, SINCE, or ""
    tense: Tense = UNTOLD  #: what the verb beside it tells

    @property
    def is_date(self) -> bool:
        """Whether it places something in time; "now", "daily" and "18 months" do not."""
        return self.kind in ("date", "time") or self.first is not None


def find_times(
    text: str, *, published: date | datetime | None = None, language: str = "en"
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order, none inside another.

    Relative ones are resolved against `published`, an aware datetime by the day in its own zone;
    without it only dates with a year have days. A language without a table gives none.
    """
    lexicon = load_lexicon(language)
    if lexicon is None:
        return ()
    day = published.date() if isinstance(published, datetime) else published
    if day and day.year not in _YEARS:
        day = None
    tokens = tokenize(text, lexicon)
    found: list[TimeExpression] = []
    memory = Memory()
    done = 0
    for first, last, name in sorted(_candidates(tokens, lexicon), key=lambda c: (c[0], -c[1])):
        if first < done:
            continue
        tense = tense_at(tokens, first, last, lexicon.tense)
        context = Context(
            day=day,
            tense=tense,
            previous=memory.recall("any", first),
            previous_day=memory.recall("day", first),
            last_quarter=memory.recall("quarter", first),
            reported_quarter=memory.recall("report", first),
            month_first=lexicon.month_first,
        )
        meaning = RULES[name](_phrase(tokens, first, last), context)
        if meaning is None:
            continue
        done = last
        if first and not meaning.modifier and tokens.word(first - 1) in lexicon.onset:
            meaning = replace(meaning, modifier=SINCE)
        start, end = tokens.spans[first][0], tokens.spans[last - 1][1]
        found.append(_expression(text, start, end, name, meaning, tense))
        memory.record(meaning, first)
    return tuple(found)


def _candidates(tokens: Tokens, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Every match of every pattern, as first token, token after the last, name of the rule.

    Patterns run over the stretches that can hold an expression only, joined by an unknown word.
    """
    codes: list[str] = [UNKNOWN]
    indices: list[int] = [-1]
    for match in _KNOWN_RUN.finditer(tokens.codes):
        if lexicon.content.search(run := match.group()):
            codes.append(run + UNKNOWN)
            indices.extend(range(match.start(), match.end() + 1))
    joined = "".join(codes)
    places = {place for code in set(joined) for place in lexicon.needing.get(code, ())}
    for rule in (lexicon.rules[place] for place in sorted(places)):
        for match in rule.pattern.finditer(joined):
            if match.end() > match.start():
                yield indices[match.start()], indices[match.end() - 1] + 1, rule.name


def _phrase(tokens: Tokens, first: int, last: int) -> Phrase:
    text = tokens.text[tokens.spans[first][0] : tokens.spans[last - 1][1]]
    return Phrase(text.lower(), tokens.slice(first, last))


def _expression(
    text: str, start: int, end: int, name: str, meaning: Meaning, tense: Tense
) -> TimeExpression:
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        first=meaning.first,
        last=meaning.last,
        granularity=meaning.granularity,
        rule=": ".join(part for part in (name.replace("_", " "), meaning.how) if part),
        value=meaning.value,
        kind=meaning.kind,
        modifier=meaning.modifier,
        tense=tense,
    )
