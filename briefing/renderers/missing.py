"""A brief -> sentences of ours on what it does not hold: empty sections, open questions, cuts."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.models import Brief, Note, Section
from briefing.renderers.wording import count, number

NAMED_PROBLEMS = 3


def missing(brief: Brief) -> list[str]:
    """Sentences of ours: which sections are empty, and what was left out or read in part."""
    sentences = []
    empty = [
        f"{rank}, {section.title}"
        for rank, section in enumerate(brief.sections, 1)
        if is_empty(section)
    ]
    if len(empty) == 1:
        sentences.append(f"The sources hold nothing for section {empty[0]}.")
    elif empty:
        sentences.append(f"The sources hold nothing for sections {'; '.join(empty)}.")
    for is_looked_for, said in (
        (True, "Not covered by the sources supplied"),
        (False, "Not looked for in this language"),
    ):
        open_ones = [
            f"“{question.text}” (section {rank})"
            for rank, section in enumerate(brief.sections, 1)
            for question in section.questions
            if not question.claims and question.is_looked_for == is_looked_for
        ]
        if open_ones:
            sentences.append(f"{said}: {'; '.join(open_ones)}.")
    ours = f"{brief.name}: "
    unread = [(p.subject, p.reason) for p in brief.problems if not p.subject.startswith(ours)]
    unrendered = [
        (p.subject.removeprefix(ours), p.reason)
        for p in brief.problems
        if p.subject.startswith(ours)
    ]
    for what, problems in (("read", unread), ("rendered", unrendered)):
        if problems:
            sentences.append(f"Not {what}, or only in part: {_named(problems)}.")
    if cut := cut_sentence(brief):
        sentences.append(cut)
    return sentences


def is_empty(section: Section) -> bool:
    """Whether the sources hold nothing for a section."""
    return not (section.claims or section.more or section.people or section.events)


def every_note(brief: Brief) -> list[Note]:
    """The notes on the whole, then those of the sections."""
    return [*brief.notes, *(note for section in brief.sections for note in section.notes)]


def cut_sentence(brief: Brief) -> str | None:
    """`Cut to 600 words: 12 of 47 statements; they are in brief.json.`, or None."""
    cut = brief.cut
    if cut is None:
        return None
    parts = [f"{number(cut.claims)} of {count(cut.of, 'statement', 'statements')}"]
    if cut.differences:
        parts.append(count(len(cut.differences), "point of difference", "points of difference"))
    notes = len(every_note(brief))
    if notes and brief.profile == "principal":
        parts.append(count(notes, "analyst’s note", "analyst’s notes"))
    if cut.people:
        parts.append(f"the roster of {count(cut.people, 'person', 'people')}")
    left_out = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return f"Cut to {cut.to}: {left_out}; all are in brief.json."


def _named(problems: Sequence[tuple[str, str]]) -> str:
    named = [f"{subject} ({reason.rstrip('.')})" for subject, reason in problems[:NAMED_PROBLEMS]]
    rest = len(problems) - len(named)
    return "; ".join(named) + (f"; {rest} more are listed with the sources" if rest else "")
