"""A brief and the gold of its event -> how good the brief is, as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations

from briefing.models import Claim, Passage, Person, Speaker
from briefing.sections.dating import timing_of
from tests.quality.gold import GoldLine, GoldPerson, GoldSpeaker
from tests.quality.matching import Matching, Printed, is_same_name, is_same_role


@dataclass(frozen=True, slots=True)
class Score:
    """One measured number."""

    name: str
    value: float  #: a share of 1, or a count of mistakes
    detail: str  #: what it is made of; a share of nothing is 0
    is_count: bool = False  #: mistakes, of which fewer are better; otherwise more is better
    examples: tuple[str, ...] = ()  #: what is wrong, for a person to read


def measure(matching: Matching) -> tuple[Score, ...]:
    """Every score of a brief, in the order of the table."""
    return tuple(score for ruler in RULERS for score in ruler(matching))


def _share(name: str, right: int, all_: int, wrong: Collection[str] = ()) -> Score:
    return Score(name, right / all_ if all_ else 0.0, f"{right}/{all_}", examples=tuple(wrong))


def _count(name: str, mistakes: Collection[str]) -> Score:
    return Score(name, len(mistakes), "", is_count=True, examples=tuple(mistakes))


def reading(matching: Matching) -> tuple[Score, ...]:
    """How much of the body text the readers and the splitter kept."""
    wanted = [line for line in matching.event.lines if not line.is_junk]
    held = {
        line
        for split in matching.brief.splits.values()
        for sentence in split.sentences
        for line in matching.behind(sentence)
    }
    lost = [f"{line.article}: {line.text}" for line in wanted if line not in held]
    return (_share("sentences-kept", len(wanted) - len(lost), len(wanted), lost),)


def placement(matching: Matching) -> tuple[Score, ...]:
    """Whether sentences stand under a heading that a careful reader accepts, and all do."""
    scores = []
    for name, more in (("printed", False), ("placed", True)):
        claims = matching.printed(more=more)
        precision = _precision(matching, claims, f"{name}-precision")
        recall = _recall(matching, claims, f"{name}-recall")
        both = precision.value + recall.value
        f1 = 2 * precision.value * recall.value / both if both else 0.0
        scores += [precision, recall, Score(f"{name}-f1", f1, "")]
    printed = matching.printed()
    wrong = [_where(p) for p in printed if not _is_right(p.shown, p.section)]
    scores.append(_share("right-on-printed", len(printed) - len(wrong), len(printed), wrong))
    return tuple(scores)


def _precision(matching: Matching, claims: Collection[Printed], name: str) -> Score:
    pairs = [(p, matching.behind(s)) for p in claims for s in p.claim.support]
    wrong = [_where(p) for p, lines in pairs if not _is_right(lines, p.section)]
    return _share(name, len(pairs) - len(wrong), len(pairs), wrong)


def _recall(matching: Matching, claims: Collection[Printed], name: str) -> Score:
    """Over statements: one that stands rightly once, in whichever article's words, is found."""
    wanted = {line.statement for line in matching.event.lines if line.is_wanted}
    found = {
        line.statement
        for p in claims
        for line in (*matching.supports(p.claim), *p.passage)
        if p.section in line.sections
    }
    missed = sorted(wanted - found)
    return _share(name, len(wanted) - len(missed), len(wanted), missed)


def _is_right(lines: Collection[GoldLine], section: str) -> bool:
    return any(section in line.sections for line in lines)


def _where(printed: Printed) -> str:
    accepted = " / ".join(",".join(line.sections) or "junk" for line in printed.shown)
    return f"[{printed.section}, not {accepted or 'known'}] {printed.claim.text}"


def speech(matching: Matching) -> tuple[Score, ...]:
    """Whether each sentence is given the speaker, and the speaker the role, of the article."""
    given: dict[GoldLine, list[Speaker]] = defaultdict(list)
    for split in matching.brief.splits.values():
        for sentence in split.sentences:
            for line in matching.behind(sentence) if sentence.speaker else ():
                given[line].extend([sentence.speaker] if sentence.speaker else [])
    right, wrong, missing, role_wrong = 0, [], [], []
    required, roles = 0, 0
    for line in matching.event.lines:
        if line.is_junk:
            continue
        speakers, gold = given[line], line.speaker
        if gold is not None and not gold.optional:
            required += 1
            missing += [] if speakers else [f"{gold.names[0]}: {line.text}"]
        if not speakers:
            continue
        if gold is None or not all(is_same_name(s.name, gold.names) for s in speakers):
            expected = gold.names[0] if gold else "nobody"
            wrong.append(f"{speakers[0].name}, not {expected}: {line.text}")
            continue
        right += not gold.optional
        if gold.roles:
            roles += 1
            role_wrong += _role_mistakes(speakers, gold, line)
    assigned = right + len(wrong)
    return (
        _share("speaker-right", right, required, missing),
        _share("speaker-right-when-given", right, assigned, wrong),
        _share("role-right", roles - len(role_wrong), roles, role_wrong),
        _printed_speakers(matching),
    )


def _role_mistakes(speakers: list[Speaker], gold: GoldSpeaker, line: GoldLine) -> list[str]:
    if any(s.role and is_same_role(s.role, gold.roles) for s in speakers):
        return []
    return [f"{speakers[0].role!r}, not {gold.roles[0]!r}: {line.text}"]


def _printed_speakers(matching: Matching) -> Score:
    """The same for what a reader sees: printed claims that name a speaker."""
    right, wrong = 0, []
    for p in matching.printed():
        speaker = p.claim.speaker
        if speaker is None or not p.shown:
            continue
        if any(line.speaker and is_same_name(speaker.name, line.speaker.names) for line in p.shown):
            right += 1
        else:
            wrong.append(f"{speaker.name}: {p.claim.text}")
    return _share("printed-speaker-right", right, right + len(wrong), wrong)


def roster(matching: Matching) -> tuple[Score, ...]:
    """Whether the people sections hold those they should, each once, with their office."""
    right, wrong, role_wrong, mixed, split = 0, [], [], [], []
    found: set[GoldPerson] = set()
    titles = {title: name for name, title in matching.event.sections.items()}
    rosters = {person.roster for person in matching.event.people if person.roster}
    for section in matching.brief.sections:
        for row in section.people:
            people = [person for person in matching.event.people if _is_row_of(row, person)]
            mixed += [row.name] if len(people) > 1 else []
            if len(people) != 1 or people[0].roster != titles[section.title]:
                wrong.append(f"{row.name}, {row.role}")
                continue
            split += [row.name] if people[0] in found else []
            found.add(people[0])
            right += 1
            if people[0].roles and not (row.role and is_same_role(row.role, people[0].roles)):
                role_wrong.append(f"{row.name}: {row.role}")
    required = [p for p in matching.event.people if p.roster in rosters and not p.optional]
    missed = [person.names[0] for person in required if person not in found]
    return (
        _share("roster-precision", right, right + len(wrong), wrong),
        _share("roster-recall", len(required) - len(missed), len(required), missed),
        _share("roster-role-right", right - len(role_wrong), right, role_wrong),
        _count("people-merged", mixed),
        _count("people-split", split),
    )


def _is_row_of(row: Person, person: GoldPerson) -> bool:
    return any(is_same_name(name, person.names) for name in (row.name, *row.also))


def merging(matching: Matching) -> tuple[Score, ...]:
    """Whether the same statement is one claim, and look-alikes never are."""
    holding: dict[GoldLine, set[str]] = defaultdict(set)
    statements: dict[str, set[str]] = defaultdict(set)
    for claim in matching.listed():
        for line in matching.supports(claim):
            holding[line].add(claim.id)
            statements[line.statement].add(claim.id)
    groups: dict[str, list[GoldLine]] = defaultdict(list)
    for line in matching.event.lines:
        if line.label:
            groups[line.label].append(line)
    merged, apart, whole, shown = 0, [], 0, 0
    for label, lines in groups.items():
        pairs = [(a, b) for a, b in combinations(lines, 2) if holding[a] | holding[b]]
        together = [pair for pair in pairs if holding[pair[0]] & holding[pair[1]]]
        merged += len(together)
        apart += [f"{label}: {a.article}, {b.article}" for a, b in pairs if (a, b) not in together]
        shown += bool(pairs)
        whole += bool(pairs) and len(together) == len(pairs)
    mixed = [
        f"{one} and {other}"
        for one, other in (pair.labels for pair in matching.event.different)
        if statements[one] & statements[other]
    ]
    return (
        _share("same-pairs-merged", merged, merged + len(apart), apart),
        Score("same-groups-merged", whole / shown if shown else 0.0, f"{whole}/{shown}"),
        _count("different-merged", mixed),
    )


def cleanness(matching: Matching) -> tuple[Score, ...]:
    """What must never be printed: junk, a passage that cannot be read alone, a statement twice."""
    printed = matching.printed()
    junk = [
        f"[{p.section}] {p.claim.text}"
        for p in printed
        if not p.passage or any(line.is_junk for line in p.passage)
    ]
    dangling = [f"[{p.section}] {p.claim.text}" for p in printed if _dangles(matching, p.claim)]
    places: dict[str, list[str]] = defaultdict(list)
    for p in printed:
        for statement in sorted(p.told):
            places[statement].append(f"{p.section} {p.claim.id}")
    twice = [f"{what}: {', '.join(where)}" for what, where in places.items() if len(where) > 1]
    return (
        _count("junk-printed", junk),
        _count("dangling-printed", dangling),
        _count("printed-twice", twice),
    )


def _dangles(matching: Matching, claim: Claim) -> bool:
    line = matching.first_line(claim)
    if line is None or line.dangling is None:
        return False
    if line.dangling == "context":
        return True
    speaker = claim.speaker
    return not (speaker and line.speaker and is_same_name(speaker.name, line.speaker.names))


def dates(matching: Matching) -> tuple[Score, ...]:
    """Whether what articles date is told with its day; where they state no date, with none."""
    right, wrong, guessed = 0, [], []
    for split in matching.brief.splits.values():
        for sentence in split.sentences:
            lines = [line for line in matching.behind(sentence) if line.date]
            if len(lines) != 1:
                continue
            timing = timing_of(Claim("", Passage(split.article, 0, 0), (sentence,)))
            told = timing.found.first if timing else None
            if split.article.published is None:
                guessed += [f"{told}: {sentence.text}"] if told else []
            elif told == lines[0].date:
                right += 1
            else:
                wrong.append(f"{told}, not {lines[0].date}: {sentence.text}")
    return (
        _share("days-right", right, right + len(wrong), wrong),
        _count("days-guessed", guessed),
    )


def timeline(matching: Matching) -> tuple[Score, ...]:
    """Whether the main dated events have a row, with their day and their state."""
    claims = {claim.id: claim for claim in matching.listed()}
    told: set[str | None] = set()
    astray, mistold = [], []
    dated, judged = 0, 0
    for section in matching.brief.sections:
        for row in section.events:
            for claim_id in row.also:
                told |= {line.event for line in matching.supports(claims[claim_id])}
            lines = matching.supports(claims[row.claim])
            told |= {line.event for line in lines}
            days = {line.date for line in lines if line.date}
            states = {line.state for line in lines if line.state}
            text = claims[row.claim].text
            if days and row.start:
                dated += 1
                astray += [] if row.start in days else [f"{row.start}, not {min(days)}: {text}"]
            if states:
                judged += 1
                mistold += (
                    [] if row.state in states else [f"{row.state}, not {min(states)}: {text}"]
                )
    main = {line.event for line in matching.event.lines if line.event}
    return (
        _share("main-events-told", len(main & told), len(main), sorted(main - told)),
        _share("event-days-right", dated - len(astray), dated, astray),
        _share("event-states-right", judged - len(mistold), judged, mistold),
    )


def disagreements(matching: Matching) -> tuple[Score, ...]:
    """Whether the planted disagreements are found, and nothing else is called one."""
    claims = {claim.id: claim for claim in matching.listed()}
    found, wrong = set(), []
    for one in matching.brief.disagreements:
        sides = [
            {line.label for id_ in side.claims for line in matching.shown(claims[id_])}
            for side in one.sides
        ]
        hits = {
            gold.about
            for gold in matching.event.disagreements
            if sum(any(side & set(known) for side in sides) for known in gold.sides) > 1
        }
        found |= hits
        wrong += [] if hits else [one.about]
    total = len(matching.event.disagreements)
    missed = [g.about for g in matching.event.disagreements if g.about not in found]
    told = len(matching.brief.disagreements)
    return (
        _share("disagreements-found", len(found), total, missed),
        _share("disagreements-right", told - len(wrong), told, wrong),
    )


def independence(matching: Matching) -> tuple[Score, ...]:
    """Whether an agency's copy counts as one source, and what several saw for themselves not."""
    twice, once = [], []
    for claim in matching.listed():
        lines = matching.supports(claim)
        articles, labels = {line.article for line in lines}, {line.label for line in lines}
        if len(articles) < 2:
            continue
        carriers = [c for c in matching.event.copies if articles <= set(c.articles)]
        if any(labels <= set(copy.labels) for copy in carriers) and claim.independent != 1:
            twice.append(f"{claim.independent} sources: {claim.text}")
        if not carriers and claim.independent == 1:
            once.append(f"{'; '.join(claim.in_common)}: {claim.text}")
    return _count("copies-counted-twice", twice), _count("witnesses-counted-once", once)


RULERS: tuple[Callable[[Matching], tuple[Score, ...]], ...] = (
    reading,
    placement,
    speech,
    roster,
    merging,
    cleanness,
    dates,
    timeline,
    disagreements,
    independence,
)
