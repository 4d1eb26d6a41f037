"""Subjects made of reports that differ and reports that only seem to -> how many are told.

`differing/<name>/gold.yaml` names each statement by words that stand in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.models import Brief
from tests.quality.gold import GoldDisagreement
from tests.quality.scores import Score

ROOT = Path(__file__).parent / "differing"


@dataclass(frozen=True, slots=True)
class Subject:
    """Articles, what differs in them, and statements that must not stand on two sides."""

    name: str
    disagreements: tuple[GoldDisagreement, ...]
    look_alikes: tuple[tuple[str, str], ...]

    @property
    def config(self) -> Path:
        """The configuration."""
        return ROOT / self.name / "config.yaml"


def subject_names() -> tuple[str, ...]:
    """The subjects that there are."""
    return tuple(sorted(path.parent.name for path in ROOT.glob("*/gold.yaml")))


def load_subject(name: str) -> Subject:
    """The gold of one subject; raises KeyError or TypeError where it is malformed."""
    gold: dict[str, Any] = yaml.safe_load((ROOT / name / "gold.yaml").read_text(encoding="utf-8"))
    return Subject(
        name,
        tuple(
            GoldDisagreement(row["about"], row["kind"], tuple(tuple(side) for side in row["sides"]))
            for row in gold["disagreements"]
        ),
        tuple((row["words"][0], row["words"][1]) for row in gold["look_alikes"]),
    )


def faults(subject: Subject) -> list[str]:
    """Words of the gold that do not stand in the articles exactly once."""
    files = sorted((ROOT / subject.name / "articles").iterdir())
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = [words for one in subject.disagreements for side in one.sides for words in side]
    used += [words for pair in subject.look_alikes for words in pair]
    return [f"{text.count(words)} times: {words!r}" for words in used if text.count(words) != 1]


def measure_subject(brief: Brief, subject: Subject) -> tuple[Score, ...]:
    """Planted ones found, those told that were planted, and look-alikes told as different."""
    texts = {
        claim.id: " ".join((claim.text, *(sentence.text for sentence in claim.support)))
        for section in brief.sections
        for claim in (*section.claims, *section.more)
    } | {claim.id: claim.text for claim in brief.unplaced}
    found: dict[str, str] = {}
    wrong, alike = [], []
    for told in brief.disagreements:
        sides = [" ".join(texts[name] for name in side.claims) for side in told.sides]
        hits = [one for one in subject.disagreements if _is_told(one.sides, sides)]
        # A passage may hold words of two points: then it is the one not told yet, of the same kind.
        hit = min(hits, key=lambda one: (one.about in found, one.kind != told.kind), default=None)
        if hit is None:
            wrong.append(told.about)
        else:
            found.setdefault(hit.about, told.kind)
        alike += [f"{told.about}: {a} / {b}" for a, b in _parted(subject.look_alikes, sides)]
    total, told_in_all = len(subject.disagreements), len(brief.disagreements)
    missed = [one.about for one in subject.disagreements if one.about not in found]
    kinds = [one for one in subject.disagreements if found.get(one.about) == one.kind]
    other_kind = [one.about for one in subject.disagreements if one not in kinds]
    return (
        _share("disagreements-found", len(found), total, missed),
        _share("disagreements-right", told_in_all - len(wrong), told_in_all, wrong),
        _share("kinds-right", len(kinds), len(found), [a for a in other_kind if a in found]),
        Score("look-alikes-told", len(alike), "", is_count=True, examples=tuple(alike)),
    )


def _is_told(gold: Sequence[Sequence[str]], sides: Sequence[str]) -> bool:
    """Whether two sides at least are those of the gold, none of them mixed."""
    of_side = [{n for n, known in enumerate(gold) if any(w in s for w in known)} for s in sides]
    told = [numbers for numbers in of_side if numbers]
    return len(set().union(*told)) > 1 and all(len(numbers) == 1 for numbers in told)


def _parted(pairs: Sequence[tuple[str, str]], sides: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The look-alikes that stand on two sides of one disagreement."""
    for one, other in pairs:
        for first in sides:
            if any(one in first and other in second for second in sides if second is not first):
                yield one, other


def _share(name: str, right: int, total: int, examples: Sequence[str]) -> Score:
    return Score(
        name, right / total if total else 0.0, f"{right}/{total}", examples=tuple(examples)
    )
