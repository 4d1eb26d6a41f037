"""Brief -> brief.docx, for word processors: headings, tables, links to the evidence and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from briefing.errors import RenderError
from briefing.models import Brief, Document
from briefing.renderers.docx_annexes import (
    add_evidence,
    add_quotations,
    add_sources,
    add_summaries,
)
from briefing.renderers.docx_blocks import Block, Row, Style, Words, cite, heading, paragraph
from briefing.renderers.environment import Templates
from briefing.renderers.fields import (
    BriefView,
    ClaimView,
    NoteView,
    QuestionView,
    SectionView,
)
from briefing.renderers.plain_lines import flat
from briefing.renderers.view import make_view

if TYPE_CHECKING:
    from briefing.renderers.docx_writer import Writer

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MISSING = "brief.docx: needs the extra docx: in the folder of the source: pip install '.[docx]'"


def render(brief: Brief, templates: Templates) -> Document:
    """brief.docx, the same bytes for the same brief; RenderError without the extra."""
    if find_spec("docx") is None:
        raise RenderError(MISSING)
    from briefing.renderers.docx_writer import Writer

    view = make_view(brief)
    writer = Writer(view["title"], view["issuer"], view["language"], brief.as_of, view["paper"])
    writer.set_furniture(
        view["short_title"],
        f"Edition {edition_words(view)} · information cut-off {view['cutoff']}",
        view["marking"],
    )
    add_front(writer, view)
    for section in view["sections"]:
        add_section(writer, section)
    if view["notes"]:
        writer.add(heading("Analyst’s notes", "notes"))
        add_notes(writer, view["notes"])
    add_differences(writer, view)
    add_quotations(writer, view)
    add_sources(writer, view)
    if view["shows_evidence"]:
        add_evidence(writer, view)
    add_summaries(writer, view)
    writer.add(paragraph(f"Made by extraction; no text is generated. Edition {view['edition']}."))
    return Document("brief.docx", MEDIA_TYPE, writer.content())


def add_front(writer: Writer, view: BriefView) -> None:
    """Masthead, facts, bottom line, what differs, what is missing, what was read, contents."""
    if view["issuer"]:
        writer.add(Block((Words(view["issuer"], "strong"),), "Key"))
    writer.add(
        Block((Words(view["title"]),), "Title", is_right_to_left=view["title_direction"] == "rtl")
    )
    if view["subtitle"]:
        writer.add(paragraph(view["subtitle"], "Subtitle"))
    facts = (
        ("Edition", edition_words(view)),
        ("Information cut-off", view["cutoff"]),
        ("Read for this edition", view["read"]),
        ("Distribution", view["distribution"]),
    )
    for label, value in facts:
        if value:
            writer.add(Block((Words(f"{label}: ", "second"), Words(value, "strong"))))
    if view["bottom_line"]:
        writer.add(heading("Bottom line", "bottom-line"))
        for rank, claim in enumerate(view["bottom_line"], 1):
            add_claim(writer, claim, anchor=f"b{rank}", style="Lead")
    if view["disagreements"]:
        writer.add(heading("Where sources differ", ""))
        rows = (
            Row(
                (
                    (Block((Words(point["about"], "strong"),)),),
                    tuple(
                        Block((Words(f"“{side['value']}” ", "differ"), *cite(side["citations"])))
                        for side in point["sides"]
                    ),
                )
            )
            for point in view["disagreements"]
        )
        writer.add_table((55, 105), ("Point", "Accounts"), rows)
        link = Words("Both passages for each point", "link", target="differences")
        writer.add(Block((link,)))
    elif view["is_compared"]:
        writer.add(paragraph("No differences found between the sources."))
    if view["missing"]:
        writer.add(heading("What is missing", ""))
        writer.add(paragraph(" ".join(view["missing"])))
    if view["source_summary"]:
        writer.add(heading("About the sources", ""))
        writer.add(paragraph(view["source_summary"]))
    sample = Words("Words set in this face", "source")
    rest = " are printed exactly as the numbered source has them; the rest is the brief’s own."
    writer.add(Block((sample, Words(rest))))
    writer.add(Block(tuple(contents(view)), "Key"))


def edition_words(view: BriefView) -> str:
    """`3, 12 September 2023`, or the day alone where nobody counts."""
    return f"{view['number']}, {view['edition_day']}" if view["number"] else view["edition_day"]


def contents(view: BriefView) -> Iterator[Words]:
    """The headings as links, in one line."""
    for section in view["sections"]:
        yield Words(f"{section['number']} {section['title']}", "link", target=section["id"])
        yield Words("   ")
    annexes = (
        ("Notes", "notes", view["notes"]),
        ("Differences", "differences", view["disagreements"]),
        ("Who said what", "quotations", view["quotations"]),
    )
    for label, target, rows in annexes:
        if rows:
            yield Words(label, "link", target=target)
            yield Words("   ")
    yield Words("Sources", "link", target="sources")
    if view["shows_evidence"]:
        yield Words("   ")
        yield Words("Evidence", "link", target="evidence")


def add_section(writer: Writer, section: SectionView) -> None:
    """One section of any kind."""
    writer.add(heading(f"{section['number']}  {section['title']}", section["id"]))
    label = section["kind_label"]
    about = f"{label}. {section['description']}" if section["description"] else label
    writer.add(Block((Words(about),), keeps_with_next=True))
    add_people(writer, section)
    if section["timeline"]:
        add_timeline(writer, section)
    else:
        has_speakers = section["kind"] in {"statements", "experts"}
        for claim in section["claims"]:
            add_claim(writer, claim, anchor=claim["id"], names_speaker=has_speakers)
    if section["is_empty"]:
        writer.add(paragraph(section["gap"] or "The sources hold nothing for this section."))
    for question in section["questions"]:
        writer.add(Block(tuple(_answered(question))))
    if section["more"]:
        writer.add(paragraph(f"{section['more']} more in brief.json", "Key"))
    add_notes(writer, section["notes"])


def add_notes(writer: Writer, notes: Sequence[NoteView]) -> None:
    """What the desk itself says, labelled and in a style of its own."""
    for note in notes:
        label = (
            Words("Analyst’s note", "strong"),
            Words(f"   {note['author']}; not from the sources", "second"),
        )
        writer.add(Block(label, "Note", keeps_with_next=True))
        is_rtl = note["direction"] == "rtl"
        text = Words(note["text"], "note", is_right_to_left=is_rtl)
        writer.add(Block((text,), "Note", is_right_to_left=is_rtl))


def _answered(question: QuestionView) -> Iterator[Words]:
    """A question and where it is answered, or that it is open."""
    yield Words(f"{question['text']} ")
    if not question["numbers"]:
        yield Words(f"{question['state'].capitalize()}.")
        return
    yield Words("Answered under ")
    for number, answer in enumerate(question["answers"]):
        yield Words("; " * bool(number))
        yield Words(answer["label"], "link", target=answer["target"])
    yield Words(" ")
    yield from cite(question["citations"])


def add_people(writer: Writer, section: SectionView) -> None:
    """The roster."""
    if not section["people"]:
        return
    rows = []
    for person in section["people"]:
        name = [Block((Words(person["name"], "strong"),))]
        if person["also"]:
            name.append(Block((Words(f"also {', '.join(person['also'])}", "second"),)))
        role = Words(person["role"], "source") if person["role"] else Words("role not stated")
        citation = Block(tuple(cite(person["citations"])))
        rows.append(Row((tuple(name), (Block((role,)),), (citation,))))
    writer.add_table((45, 85, 30), ("Name", "Role, as the sources give it", "Sources"), rows)


def add_timeline(writer: Writer, section: SectionView) -> None:
    """Days as small headings, events in order."""
    for row in section["timeline"]:
        key: list[Words] = []
        if row["day"] and not row["is_same_event"]:
            key.append(Words(f"{row['day']}  ", "strong"))
        if row["is_same_event"]:
            key.append(Words("the same event"))
        elif row["expression"]:
            key += [Words(f"“{row['expression']}”", "source"), Words(f"  {row['status']}")]
        else:
            key.append(Words("no date given"))
        if row["claim"] is not None:
            claim = row["claim"]
            add_claim(writer, claim, anchor=claim["id"], before=(*key, Words("  ")))
            continue
        where = Words("in brief.json")
        if row["elsewhere"] is not None:
            label, target = row["elsewhere"]["label"], row["elsewhere"]["target"]
            where = Words(f"printed under {label}", "link", target=target)
        writer.add(Block((*key, Words("  "), where, Words(" "), *cite(row["citations"])), "Key"))


def add_claim(
    writer: Writer,
    claim: ClaimView,
    *,
    anchor: str,
    style: Style = "Passage",
    names_speaker: bool = False,
    before: tuple[Words, ...] = (),
) -> None:
    """The key of a claim, led by what stands `before`, then its words with their citation."""
    key = list(before)
    if claim["speaker"] is not None and (names_speaker or not claim["names_speaker"]):
        role = claim["speaker"]["role"]
        key.append(Words(claim["speaker"]["name"], "strong"))
        key.append(Words(f", {role}" if role else "", "second"))
        key.append(Words("; "))
    key.append(Words(claim["support"]["words"]))
    if claim["chip"]:
        key += [Words("; "), Words(claim["status"], "strong")]
    writer.add(Block(tuple(key), "Key", keeps_with_next=True))
    writer.add(passage(claim, style, anchor))


def passage(claim: ClaimView, style: Style, anchor: str = "") -> Block:
    """A claim's words, and the citation behind them."""
    is_rtl = claim["direction"] == "rtl"
    words = Words(
        flat(claim["text"]), language=claim["language"], is_right_to_left=is_rtl, voice="source"
    )
    return Block(
        (words, Words("\u00a0"), *cite(claim["citations"])), style, anchor, is_right_to_left=is_rtl
    )


def add_differences(writer: Writer, view: BriefView) -> None:
    """Both passages of each point on which sources differ."""
    if not view["disagreements"]:
        return
    writer.add(heading("Points on which sources differ", "differences"))
    rows = []
    for point in view["disagreements"]:
        about = (
            Block((Words(point["about"], "strong"),), anchor=point["id"]),
            Block((Words(point["kind"], "second"),)),
        )
        accounts: list[Block] = []
        for side in point["sides"]:
            accounts.append(Block((Words(f"“{side['value']}”", "differ"),), keeps_with_next=True))
            accounts += [passage(claim, "Evidence") for claim in side["claims"]]
        rows.append(Row((about, tuple(accounts))))
    writer.add_table((45, 115), ("Point", "Accounts, word for word"), rows)
