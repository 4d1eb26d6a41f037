"""The gold files of one event -> frozen values, and what is unsound about them."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

ROOT = Path(__file__).parent
NONE = "none"  #: the section of a sentence that belongs under no heading

Dangling = Literal["speaker", "context"]


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """Whose words a sentence gives, in every form that is right."""

    names: tuple[str, ...]
    roles: tuple[str, ...] = ()  #: empty when the article gives none
    optional: bool = False  #: right when given, not missed when not


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One sentence of an article, or one line that is not text."""

    article: str  #: file name
    text: str
    is_junk: bool = False
    sections: tuple[str, ...] = ()  #: every section that a careful reader accepts, best first
    speaker: GoldSpeaker | None = None
    label: str | None = None  #: lines of one label say the same statement
    dangling: Dangling | None = None  #: what it needs to be read alone: its speaker, or context
    date: date | None = None  #: day of the event that it reports
    event: str | None = None  #: the main event of the timeline that it reports
    state: str | None = None  #: how it tells that event: happened, reported or planned
    times: int = 1  #: how often the article repeats it

    @property
    def statement(self) -> str:
        """The statement that it makes: its label, or itself."""
        return self.label or f"{self.article}: {self.text}"

    @property
    def is_wanted(self) -> bool:
        """Whether leaving it out of every section is a mistake."""
        return not self.is_junk and NONE not in self.sections

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its words with any white space between them; junk must be a line of its own."""
        words = r"\s+".join(re.escape(word) for word in self.text.split())
        if not self.is_junk:
            return re.compile(words)
        ends = r"[ ]" if self.text.endswith("-") else r"[\W_]*$"  # a dateline shares its line
        return re.compile(rf"^[#*_ ]*{words}{ends}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GoldPerson:
    """A person whom the articles name."""

    names: tuple[str, ...]
    roles: tuple[str, ...] = ()
    roster: str | None = None  #: the people section that should hold a row; None when none should
    optional: bool = False  #: a row is right, its lack no mistake


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Two statements that must never become one claim."""

    labels: tuple[str, str]
    differ: str


@dataclass(frozen=True, slots=True)
class GoldDisagreement:
    """A point on which the articles differ; each side is the labels that hold it."""

    about: str
    kind: str
    sides: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Copies:
    """Articles that carry one agency's copy, and the statements that come from it."""

    agency: str
    articles: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Everything that a careful reader noted about one event."""

    name: str
    folder: Path
    sections: dict[str, str]  #: short name -> title in the configuration
    lines: tuple[GoldLine, ...]
    people: tuple[GoldPerson, ...]
    different: tuple[LookAlikes, ...]
    disagreements: tuple[GoldDisagreement, ...]
    copies: tuple[Copies, ...]

    @property
    def config(self) -> Path:
        """The configuration, written before the articles were read."""
        return self.folder / "config.yaml"

    def lines_of(self, article: str) -> tuple[GoldLine, ...]:
        """The lines of one article, by file name, in order."""
        return tuple(line for line in self.lines if line.article == article)


def event_names() -> tuple[str, ...]:
    """The events that there are: every folder here that has a configuration."""
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/config.yaml")))


def load_event(name: str) -> Event:
    """The gold in the folder `name`; raises KeyError or TypeError where a file is malformed."""
    folder = ROOT / name
    whole = _load(folder / "gold" / "event.yaml")
    files = sorted(path for path in (folder / "gold").glob("*.yaml") if path.stem != "event")
    return Event(
        name=name,
        folder=folder,
        sections=whole["sections"],
        lines=tuple(line for path in files for line in _lines(_load(path))),
        people=tuple(
            GoldPerson(
                tuple(row["names"]),
                tuple(row.get("roles", ())),
                row.get("roster"),
                row.get("optional", False),
            )
            for row in whole["people"]
        ),
        different=tuple(
            LookAlikes((row["labels"][0], row["labels"][1]), row["differ"])
            for row in whole["different"]
        ),
        disagreements=tuple(
            GoldDisagreement(row["about"], row["kind"], tuple(tuple(side) for side in row["sides"]))
            for row in whole["disagreements"]
        ),
        copies=tuple(
            Copies(row["agency"], tuple(row["articles"]), tuple(row["labels"]))
            for row in whole["copies"]
        ),
    )


def faults(event: Event) -> list[str]:
    """What is unsound: a line that its article does not hold once, an unknown section or label."""
    found = []
    known = {*event.sections, NONE}
    labels = {line.label for line in event.lines}
    for path in sorted((event.folder / "articles").iterdir()):
        text = _readable(path)
        lines = event.lines_of(path.name)
        found += [] if lines else [f"{path.name}: no gold"]
        for line in lines:
            count = len(line.pattern.findall(text))
            if count != line.times:
                found.append(f"{path.name}: {count} times, not {line.times}: {line.text!r}")
            if unknown := set(line.sections) - known:
                found.append(f"{path.name}: unknown section {unknown} of {line.text!r}")
            if not line.is_junk and not line.sections:
                found.append(f"{path.name}: no section given for {line.text!r}")
        found += [f"{path.name}: no gold for {text!r}" for text in _uncovered(text, lines)]
    used = [label for pair in event.different for label in pair.labels]
    used += [label for one in event.disagreements for side in one.sides for label in side]
    used += [label for copy in event.copies for label in copy.labels]
    found += [f"event.yaml: unknown label {label}" for label in used if label not in labels]
    names = Counter(name for person in event.people for name in person.names)
    found += [f"event.yaml: {name} is two people" for name, count in names.items() if count > 1]
    return found


def _lines(gold: dict[str, Any]) -> list[GoldLine]:
    return [_line(gold["article"], row) for row in gold["lines"]]


def _line(article: str, row: dict[str, Any]) -> GoldLine:
    if "junk" in row:
        return GoldLine(article, str(row["junk"]), is_junk=True)
    speaker = row.get("speaker")
    return GoldLine(
        article,
        row["text"],
        sections=tuple(row["sections"]),
        speaker=speaker
        and GoldSpeaker(
            tuple(speaker["names"]), tuple(speaker.get("roles", ())), speaker.get("optional", False)
        ),
        label=row.get("label"),
        dangling=row.get("dangling"),
        date=row.get("date"),
        event=row.get("event"),
        state=row.get("state"),
        times=row.get("times", 1),
    )


def _uncovered(text: str, lines: tuple[GoldLine, ...]) -> list[str]:
    """Stretches of an article's text with a letter or a figure that no gold line accounts for."""
    for line in lines:
        text = line.pattern.sub("\n", text)
    return [rest.strip() for rest in text.split("\n") if re.search(r"\w", rest)]


def _readable(path: Path) -> str:
    """An article's text as a person sees it, front matter, head and page furniture left out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text.split("---\n", 2)[2]
    if path.suffix == ".html":
        body = text[text.index("</header>") : text.index("<footer>")]
        return html.unescape(re.sub(r"<[^>]*>", "", body))
    return text


def _load(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise TypeError(f"{path}: must be a mapping")
    return loaded
