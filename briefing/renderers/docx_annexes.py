"""The annexes of brief.docx: sources and what rests on them, evidence, summaries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.renderers.docx_blocks import Block, Row, Words, cite, heading, paragraph
from briefing.renderers.fields import BriefView, EvidenceView, SourceView
from briefing.renderers.plain_lines import flat

if TYPE_CHECKING:
    from briefing.renderers.docx_writer import Writer


def add_quotations(writer: Writer, view: BriefView) -> None:
    """Who said what, word for word."""
    if not view["quotations"]:
        return
    writer.add(heading("Who said what", "quotations"))
    rows = []
    for quote in view["quotations"]:
        speaker = [Block((Words(quote["speaker"]["name"], "strong"),), anchor=quote["id"])]
        if quote["speaker"]["role"]:
            speaker.append(Block((Words(flat(quote["speaker"]["role"]), "second"),)))
        is_rtl = quote["direction"] == "rtl"
        said = tuple(
            Block(
                (
                    Words(
                        f"“{flat(words)}”",
                        "source",
                        language=quote["language"],
                        is_right_to_left=is_rtl,
                    ),
                ),
                is_right_to_left=is_rtl,
            )
            for words in quote["words"]
        )
        first = (
            Block((Words(quote["first"]),)),
            Block((Words(quote["date"], "second"),)),
        )
        status = Words(quote["status"], "strong" if quote["chip"] else "second")
        citations = Block(tuple(cite(quote["citations"])))
        rows.append(Row((tuple(speaker), said, (Block((status,)),), first, (citations,))))
    head = ("Speaker", "Words", "Status", "First carried by", "Sources")
    writer.add_table((40, 62, 17, 25, 16), head, rows)


def add_sources(writer: Writer, view: BriefView) -> None:
    """Annex A: the numbered sources, and what was not read."""
    writer.add(heading("Sources", "sources"))
    about = Words("What a source does not state is said to be not stated.")
    writer.add(Block((about,), keeps_with_next=True))
    rows = (Row(tuple(source_cells(source, view["shows_evidence"]))) for source in view["sources"])
    head = ("No.", "Source", "Published", "Text", "Used")
    writer.add_table((10, 80, 26, 32, 12), head, rows)
    add_counts(writer, view)
    if view["unread"]:
        writer.add(paragraph("Not read, or only in part", "Heading 2"))
        unread = (
            Row(((Block((Words(p["subject"]),)),), (Block((Words(p["reason"]),)),)))
            for p in view["unread"]
        )
        writer.add_table((70, 90), ("Source", "Why"), unread)


def add_counts(writer: Writer, view: BriefView) -> None:
    """Statements by source and section, and how they are supported: what other formats draw."""
    if matrix := view["matrix"]:
        writer.add(paragraph("Printed statements by source and section", "Heading 2"))
        width = (160 - 45 - 15) // len(matrix["columns"])
        rows = (
            Row(
                tuple(
                    (Block((Words(text),)),)
                    for text in (
                        f"[{row['number']}] {row['publisher']}",
                        *(str(cell["count"] or "–") for cell in row["cells"]),
                        str(row["only"] or "–"),
                    )
                )
            )
            for row in matrix["rows"]
        )
        titles = tuple(column["title"] for column in matrix["columns"])
        writer.add_table((45, *(width for _ in titles), 15), ("Source", *titles, "Only here"), rows)
    if view["support_bar"]:
        writer.add(paragraph(view["support_bar"]["description"]))


def source_cells(source: SourceView, shows_evidence: bool) -> Iterator[tuple[Block, ...]]:
    """The cells of one source, with links to its evidence where that is shown."""
    yield (Block((Words(str(source["number"]), "strong"),), anchor=source["id"]),)
    is_rtl = source["title_direction"] == "rtl"
    title = Words(source["title"] or "title not stated", is_right_to_left=is_rtl)
    about = [
        Block((Words(source["publisher"] or "publisher not stated", "strong"),)),
        Block((title,), is_right_to_left=is_rtl),
        Block((Words(", ".join(source["authors"]) or "author not stated", "second"),)),
    ]
    if source["url"]:
        about.append(Block((Words(source["url"], "link", url=source["url"]),)))
    else:
        about.append(Block((Words("address not stated", "second"),)))
    if source["paragraphs"]:
        links = [Words("Cited: ", "second")]
        for link in source["paragraphs"]:
            label = f"¶\u00a0{link['label']}"
            target = link["target"] if shows_evidence else ""
            links += [Words(label, "link" if target else "second", target=target), Words("  ")]
        about.append(Block(tuple(links)))
    yield tuple(about)
    published = [Block((Words(source["date"] or "date not stated"),))]
    if source["date"]:
        published.append(Block((Words(source["time"] or "date only", "second"),)))
    yield tuple(published)
    text = [Block((Words(f"{source['language_name']}, {source['words']} words"),))]
    if source["wire"]:
        text.append(Block((Words(f"carries {source['wire']} copy", "second"),)))
    text.append(Block((Words(source["descriptor"], "second"),)))
    yield tuple(text)
    yield (Block((Words(str(source["used"])),)),)


def add_evidence(writer: Writer, view: BriefView) -> None:
    """Annex B: each cited passage in its paragraph, with the way to its source and back."""
    writer.add(heading("Evidence", "evidence"))
    about = Words("Each cited passage in the paragraph where it stands.")
    writer.add(Block((about,), keeps_with_next=True))
    for entry in view["evidence"]:
        for block in entry_blocks(entry):
            writer.add(block)


def entry_blocks(entry: EvidenceView) -> Iterator[Block]:
    """The paragraphs of one entry."""
    name = f"[{entry['number']}] {entry['publisher'] or 'Publisher not stated'}"
    where = [entry["date"] or "date not stated"]
    if entry["paragraph"]:
        where.append(f"¶\u00a0{entry['paragraph']}")
    where.append(f"characters {entry['characters']}")
    yield Block(
        (Words(name, "link", target=entry["source"]), Words(f"  {', '.join(where)}", "second")),
        "Key",
        anchor=entry["id"],
        keeps_with_next=True,
    )
    language, is_rtl = entry["language"], entry["direction"] == "rtl"
    parts = (
        Words("[…] " if entry["is_cut_before"] else "", "second"),
        Words(flat(entry["before"]), "source", language=language, is_right_to_left=is_rtl),
        Words(flat(entry["passage"]), "cited", language=language, is_right_to_left=is_rtl),
        Words(flat(entry["after"]), "source", language=language, is_right_to_left=is_rtl),
        Words(" […]" if entry["is_cut_after"] else "", "second"),
    )
    shown = tuple(words for words in parts if words.text)
    yield Block(shown, "Evidence", is_right_to_left=is_rtl, keeps_with_next=True)
    ways: list[Words] = []
    for place in entry["places"]:
        ways += [Words(f"↑ {place['label']}", "link", target=place["target"]), Words("   ")]
    if entry["page_link"]:
        ways.append(Words("Open the page at this sentence", "link", url=entry["page_link"]))
    yield Block(tuple(ways), "Key")


def add_summaries(writer: Writer, view: BriefView) -> None:
    """Annex C: each article condensed to its own sentences."""
    if not view["summaries"]:
        return
    writer.add(heading("Summaries", "summaries"))
    for summary in view["summaries"]:
        number = f"[{summary['number']}] " if summary["number"] else ""
        name = f"{number}{summary['publisher'] or 'Publisher not stated'}"
        title = f"  {summary['title'] or 'title not stated'}"
        writer.add(Block((Words(name, "strong"), Words(title)), "Key", keeps_with_next=True))
        is_rtl = summary["direction"] == "rtl"
        words: list[Words] = []
        for piece in summary["pieces"]:
            if piece["has_gap"]:
                words.append(Words("[…] ", "second"))
            text = f"{flat(piece['text'])} "
            words.append(
                Words(text, "source", language=summary["language"], is_right_to_left=is_rtl)
            )
        writer.add(Block(tuple(words), "Evidence", is_right_to_left=is_rtl))
