"""An edition that holds passes; changed in any file, by one character or one fact, it does not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from briefing.edition import write_edition
from briefing.errors import BriefingError
from briefing.models import Brief, Claim, Document, Section, Sentence
from briefing.quotes import find_quotes
from briefing.renderers import docx_document, html_document, json_document, markdown_document
from briefing.renderers.environment import Templates
from briefing.verify import Finding, verify_edition
from tests.build import (
    AS_OF,
    COURIER,
    POST,
    RADIO,
    WIRE,
    find_sentence,
    make_awkward_brief,
    make_claim,
    make_plain_brief,
    make_small_brief,
    number_references,
)

NAME = AS_OF.strftime("%Y-%m-%dT%H%MZ")
FILES = (
    "brief.json",
    "brief.md",
    "brief.html",
    "manifest.json",
    f"evidence/{COURIER.id}.txt",
    f"evidence/{WIRE.id}.txt",
    f"evidence/{POST.id}.txt",
    f"evidence/{RADIO.id}.txt",
)
Fields = dict[str, Any]


def plain_brief() -> Brief:
    # In the order in which the bottom line c3, c6, c4, c9 uses them.
    brief = make_plain_brief()
    return replace(
        brief,
        references=number_references(COURIER, WIRE, RADIO, POST),
        quotes=find_quotes(brief.sections, brief.splits),
    )


def write(folder: Path, brief: Brief) -> Path:
    templates = Templates(None)
    renderers = (json_document, markdown_document, html_document)
    documents = [renderer.render(brief, templates) for renderer in renderers]
    return write_edition(
        folder / brief.name, NAME, documents, brief.articles, configuration={}, version="1"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("made"), plain_brief())


@pytest.fixture
def edition(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / NAME))


def subjects(folder: Path) -> set[str]:
    return {finding.subject for finding in verify_edition(folder)}


def reasons(folder: Path) -> list[str]:
    return [f"{finding.subject}: {finding.reason}" for finding in verify_edition(folder)]


@pytest.mark.parametrize("brief", [plain_brief(), make_small_brief()], ids=["plain", "small"])
def test_edition_as_it_was_written_holds(tmp_path: Path, brief: Brief) -> None:
    folder = write(tmp_path, brief)
    assert reasons(folder) == []
    assert reasons(folder.parent / "latest") == []


def test_words_are_found_among_the_marks_of_a_document(tmp_path: Path) -> None:
    found = reasons(write(tmp_path, make_awkward_brief()))
    assert [line for line in found if "does not print" in line] == []


@pytest.mark.parametrize("name", FILES)
def test_one_changed_character_is_found_in_every_file(edition: Path, name: str) -> None:
    text = (edition / name).read_text()
    letters = [match.start() for match in re.finditer(r"[A-Za-z0-9]", text)]
    for place in letters[:: max(1, len(letters) // 12)]:
        changed = "x" if text[place] != "x" else "y"
        (edition / name).write_text(text[:place] + changed + text[place + 1 :])
        assert name in subjects(edition), f"{name}: the character at {place}"
    (edition / name).write_text(text)
    assert reasons(edition) == []


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_found(edition: Path, name: str) -> None:
    (edition / name).unlink()
    assert name in subjects(edition)


@pytest.mark.parametrize("name", ["note.txt", "evidence/0123456789ab.txt"])
def test_file_that_is_not_listed_is_found(edition: Path, name: str) -> None:
    (edition / name).write_text("x")
    assert Finding(name, "not listed in manifest.json") in verify_edition(edition)


def test_link_in_an_edition_is_found(edition: Path) -> None:
    evidence = edition / f"evidence/{RADIO.id}.txt"
    shutil.move(evidence, edition.parent / "moved.txt")
    evidence.symlink_to("../../moved.txt")
    assert Finding(f"evidence/{RADIO.id}.txt", "not a regular file") in verify_edition(edition)


def test_what_is_no_edition_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(BriefingError, match="not an edition folder"):
            verify_edition(path)


# A change in brief.json that its manifest was made to fit: only the proof itself can find it.


def forge(edition: Path, change: Callable[[Fields], None]) -> list[str]:
    fields = json.loads((edition / "brief.json").read_text())
    change(fields)
    content = json.dumps(fields, ensure_ascii=False, indent=2).encode() + b"\n"
    articles = [
        a for a in (COURIER, WIRE, POST, RADIO) if (edition / f"evidence/{a.id}.txt").exists()
    ]
    documents = [
        Document(name, "", (edition / name).read_bytes()) for name in ("brief.md", "brief.html")
    ]
    documents.append(Document("brief.json", "application/json", content))
    folder = edition.parent / "forged"
    return reasons(write_edition(folder, NAME, documents, articles, configuration={}, version="1"))


def claim(fields: Fields, name: str) -> Fields:
    claims = [c for s in fields["sections"] for c in (*s["claims"], *s["more"])]
    (found,) = (c for c in claims if c["id"] == name)
    assert isinstance(found, dict)
    return found


def section(fields: Fields, number: int) -> Fields:
    found = fields["sections"][number]
    assert isinstance(found, dict)
    return found


def test_unchanged_brief_is_no_forgery(edition: Path) -> None:
    assert forge(edition, lambda _: None) == []


CHANGES: dict[str, tuple[Callable[[Fields], object], str]] = {
    "a word of a claim": (
        lambda b: claim(b, "c9").update(text=claim(b, "c9")["text"].replace("ever", "once")),
        "claim c9: passage: not the words at",
    ),
    "a word of a support": (
        lambda b: claim(b, "c6")["support"][1].update(text="The dam is shut."),
        "claim c6: support: not the words at",
    ),
    "an offset": (
        lambda b: claim(b, "c9")["passage"].update(start=claim(b, "c9")["passage"]["start"] + 1),
        "claim c9: passage: not the words at",
    ),
    "an offset beyond the text": (
        lambda b: claim(b, "c9")["passage"].update(end=99_999),
        "claim c9: passage: no text at",
    ),
    "a passage of nothing": (
        lambda b: claim(b, "c9")["passage"].update(end=claim(b, "c9")["passage"]["start"]),
        "claim c9: passage: no text at",
    ),
    "a negative offset": (
        lambda b: claim(b, "c9")["passage"].update(start=-5),
        "brief.json: sections.2.claims.3.passage.start: ",
    ),
    "an unknown article": (
        lambda b: claim(b, "c9")["passage"].update(article="0123456789ab"),
        "claim c9: passage: no evidence of article 0123456789ab",
    ),
    "a claim without support": (
        lambda b: claim(b, "c9").update(support=[]),
        "brief.json: sections.2.claims.3.support: ",
    ),
    "support from elsewhere only": (
        lambda b: claim(b, "c9").update(support=claim(b, "c8")["support"]),
        "claim c9: no support lies in its own passage",
    ),
    "a count of articles": (
        lambda b: claim(b, "c6").update(articles=2),
        "claim c6: articles: 2, but 3 support it",
    ),
    "a count of publishers": (
        lambda b: claim(b, "c6").update(publishers=4),
        "claim c6: publishers: 4, but 3 support it",
    ),
    "a count of independent sources": (
        lambda b: claim(b, "c6").update(independent=4),
        "claim c6: independent: 4 of 3 articles",
    ),
    "words put into a mouth": (
        lambda b: claim(b, "c10")["speaker"].update(text="We will sign everything"),
        "claim c10: the speaker's words are not in it",
    ),
    "a claim in two sections": (
        lambda b: section(b, 4)["more"].append(claim(b, "c9")),
        "claim c9: its id stands 2 times",
    ),
    "a sentence printed twice": (
        lambda b: section(b, 5)["claims"].append({**claim(b, "c9"), "id": "c99"}),
        "claim c99: prints words that claim c9 prints too",
    ),
    "references not in order": (
        lambda b: b["references"].reverse(),
        "references: not numbered 1, 2, 3 …",
    ),
    "references in another order of use": (
        lambda b: (
            [r.update(number=5 - r["number"]) for r in b["references"]]
            and b["references"].reverse()
        ),
        "references: not numbered in the order of their first use",
    ),
    "a reference missing": (
        lambda b: b["references"].pop(),
        f"references: article {POST.id} is cited and has no number",
    ),
    "a reference to nothing": (
        lambda b: b["references"].append({"number": 5, "article": "0123456789ab"}),
        "reference 5: no article 0123456789ab",
    ),
    "a bottom line that points nowhere": (
        lambda b: b["bottom_line"].append("c77"),
        "bottom_line: points at claim c77, which does not exist",
    ),
    "an event that points nowhere": (
        lambda b: section(b, 0)["events"][0].update(claim="c77"),
        "event: points at claim c77",
    ),
    "a person who points nowhere": (
        lambda b: section(b, 1)["people"][0].update(claims=["c77"]),
        "person Ilse Brandt: points at claim c77",
    ),
    "a person with a strange reference": (
        lambda b: section(b, 1)["people"][0].update(references=[9]),
        "person Ilse Brandt: reference 9 does not exist",
    ),
    "a disagreement that points nowhere": (
        lambda b: b["disagreements"][0]["sides"][0].update(claims=["c77"]),
        "disagreement on figure · cubic metres · second: points at claim c77",
    ),
    "a value that no claim of its side holds": (
        lambda b: b["disagreements"][0]["sides"][1].update(value="290"),
        "disagreement on figure · cubic metres · second: '290' is in none of its claims",
    ),
    "a claim on two sides": (
        lambda b: b["disagreements"][0]["sides"][0]["claims"].append("c7"),
        "disagreement on figure · cubic metres · second: claim c7 stands on 2 sides",
    ),
    "a side without a claim": (
        lambda b: b["disagreements"][0]["sides"][0].update(claims=[]),
        "disagreement on figure · cubic metres · second: no claim holds",
    ),
    "a disagreement of one": (
        lambda b: b["disagreements"][0]["sides"].pop(),
        "disagreement on figure · cubic metres · second: fewer than two sides",
    ),
    "a question that points nowhere": (
        lambda b: section(b, 0).update(questions=[{"question": "When?", "claims": ["c77"]}]),
        "question When?: points at claim c77, which does not exist",
    ),
    "an article of two sources": (
        lambda b: b.update(
            independent_sources=[
                {"articles": [a["id"] for a in b["articles"]], "why": ["one owner"]},
                {"articles": [COURIER.id], "why": []},
            ]
        ),
        f"independent_sources: article {COURIER.id} stands 2 times",
    ),
    "an article of no source": (
        lambda b: b.update(independent_sources=[{"articles": [COURIER.id], "why": []}]),
        f"independent_sources: article {RADIO.id} stands 0 times",
    ),
    "a source without an article": (
        lambda b: b.update(independent_sources=[{"articles": ["0123456789ab"], "why": []}]),
        "independent_sources: no article 0123456789ab",
    ),
    "a summary beyond the text": (
        lambda b: b["articles"][0]["summary"].append({"start": 9000, "end": 9001}),
        f"article {COURIER.id}: summary: no text at 9000–9001",
    ),
    "a summary out of order": (
        lambda b: b["articles"][0]["summary"].reverse(),
        f"article {COURIER.id}: summary: not in reading order",
    ),
    "a count of words": (
        lambda b: b["articles"][0].update(words=7),
        f"article {COURIER.id}: words: 7, but the text has {COURIER.words}",
    ),
    "a hash of evidence": (
        lambda b: b["articles"][0].update(sha256="0" * 64),
        f"evidence/{COURIER.id}.txt: changed",
    ),
    "an article that was never read": (
        lambda b: b["articles"].append({**b["articles"][0], "id": "0123456789ab"}),
        "evidence/0123456789ab.txt: missing",
    ),
    "an article left out": (
        lambda b: b["articles"].pop(),
        f"evidence/{RADIO.id}.txt: evidence of no article in brief.json",
    ),
    "another claim than the documents print": (
        lambda b: section(b, 5)["claims"].append(unprinted(b)),
        "brief.md: does not print the words of claim c99",
    ),
    "another schema": (lambda b: b.update(schema="brief/2"), "brief.json: schema: "),
    "a section of another kind": (
        lambda b: section(b, 0).update(kind="gossip"),
        "brief.json: sections.0.kind: ",
    ),
    "a missing field": (lambda b: b.pop("source_summary"), "brief.json: source_summary: "),
    "a number as text": (
        lambda b: b["references"][0].update(number="1"),
        "brief.json: references.0.number: ",
    ),
    "a quotation that nobody made": (
        lambda b: b["quotations"][0].update(text="We will sign"),
        "quotation 1: text: not the words at",
    ),
    "a quotation of another claim": (
        lambda b: b["quotations"][0].update(claim="c11"),
        "quotation 1: stands outside the passage of claim c11",
    ),
    "a quotation of a claim that is not printed": (
        lambda b: b["quotations"][0].update(claim="c15"),
        "quotation 1: claim c15 is not printed",
    ),
    "a quotation without a speaker": (
        lambda b: claim(b, "c10").update(speaker=None),
        "quotation 1: claim c10 has no speaker",
    ),
    "a time without a zone": (
        lambda b: b.update(as_of="2024-05-14T12:00:00"),
        "brief.json: as_of: ",
    ),
}


def unprinted(fields: Fields) -> Fields:
    sentence = find_sentence(RADIO, "will not take")
    span = {"article": RADIO.id, "start": sentence.start, "end": sentence.end}
    return {
        **claim(fields, "c15"),
        "id": "c99",
        "text": sentence.text,
        "passage": span,
        "support": [{**span, "text": sentence.text}],
    }


@pytest.mark.parametrize("name", CHANGES)
def test_forged_brief_is_found(edition: Path, name: str) -> None:
    change, reason = CHANGES[name]

    def apply(fields: Fields) -> None:
        change(fields)

    found = forge(edition, apply)
    assert [line for line in found if line.startswith(reason)], found


def test_manifest_that_is_not_one_is_found(edition: Path) -> None:
    for content in ("", "[]", "{}", '{"schema": "brief-manifest/2"}'):
        (edition / "manifest.json").write_text(content)
        assert "manifest.json" in subjects(edition)


def test_manifest_with_a_path_out_of_the_folder_is_found(edition: Path) -> None:
    (edition.parent / "x.txt").write_text("x")
    fields = json.loads((edition / "manifest.json").read_text())
    digest = sha256(b"x").hexdigest()
    fields["files"].append({"path": "../x.txt", "sha256": digest, "bytes": 1})
    (edition / "manifest.json").write_text(json.dumps(fields))
    assert Finding("../x.txt", "missing, though manifest.json lists it") in verify_edition(edition)


def test_claim_across_two_printed_passages_is_found_with_a_third_between(tmp_path: Path) -> None:
    long = find_sentence(COURIER, "310 cubic metres")
    claims = (
        make_span("c1", long, 0, 0),
        make_span("c2", long, 5, 40),
        make_span("c3", long, 45, 10),
    )
    brief = replace(
        make_small_brief(),
        articles=(COURIER,),
        splits={},
        references=number_references(COURIER),
        sections=(Section("Water", "topic", claims=claims),),
    )
    found = [line for line in reasons(write(tmp_path, brief)) if "prints words" in line]
    assert found == [
        "claim c2: prints words that claim c1 prints too",
        "claim c3: prints words that claim c1 prints too",
    ]


def make_span(name: str, sentence: Sentence, start: int, short: int) -> Claim:
    part = replace(sentence, start=sentence.start + start, end=sentence.end - short)
    return make_claim(name, part)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda claim: claim["support"][0].update(same=7), "support.0.same"),
        (lambda claim: claim.update(also_fits=[{"section": "Water"}]), "also_fits.0.score"),
        (lambda claim: claim.update(also_fits="Water"), "also_fits"),
    ],
)
def test_reasons_have_their_shape(
    edition: Path, change: Callable[[Fields], None], where: str
) -> None:
    path = edition / "brief.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    change(fields["sections"][0]["claims"][0])
    path.write_text(json.dumps(fields), encoding="utf-8")
    assert any(f"sections.0.claims.0.{where}: " in line for line in reasons(edition))


def test_an_edition_from_before_reasons_were_kept_holds(edition: Path) -> None:
    path = edition / "brief.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    for section in fields["sections"]:
        for claim in (*section["claims"], *section["more"]):
            del claim["also_fits"]
            for support in claim["support"]:
                del support["same"]
    path.write_text(json.dumps(fields), encoding="utf-8")
    assert subjects(edition) == {"brief.json"}  # changed since its manifest, and nothing else


def test_words_missing_in_a_word_processors_file_are_found(
    tmp_path: Path, require_module: Callable[[str], ModuleType]
) -> None:
    require_module("docx")
    brief = make_small_brief()
    json_file = json_document.render(brief, Templates())
    for made, found in (
        (docx_document.render(brief, Templates()).content, []),
        (docx_document.render(replace(brief, sections=()), Templates()).content, ["brief.docx"]),
        (b"PK", ["brief.docx"]),
    ):
        documents = [json_file, Document("brief.docx", "x/y", made)]
        folder = write_edition(
            tmp_path / brief.name, NAME, documents, brief.articles, configuration={}, version="1"
        )
        assert sorted(subjects(folder)) == found
