"""An edition folder -> one zip file with all that somebody else needs to check it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pydantic import ValidationError

from briefing.edition import EDITION_FORMAT, sync_folder
from briefing.errors import BriefingError, DeliveryError
from briefing.faults import fault
from briefing.verify import HOW_TO_CHECK, SUMS, check_contents, read_contents
from briefing.verify.contents import MANIFEST
from briefing.verify.shape import BriefFile, ManifestFile

FILE_MODE = 0o100644 << 16  #: a regular file that everybody may read
UNIX = 3
FIRST_YEAR, LAST_YEAR = 1980, 2107  #: a zip file knows no others

HOW_TO = """\
How to check this brief

{title}
Edition {edition}

WHAT IS HERE

{listing}

1. WITH BRIEF

    brief verify {folder}

It also takes the zip file itself, and needs neither a network nor a configuration.
It proves that no file was changed since the edition was made, that every
printed sentence stands word for word in the text of its article, and that
every number leads to a source.

2. WITHOUT BRIEF: THAT NO FILE WAS CHANGED

In this folder:

    Linux     sha256sum -c {sums}
    macOS     shasum -a 256 -c {sums}
    Windows   Get-FileHash FILE      and compare with the line in {sums}

3. WITHOUT BRIEF: THAT A SENTENCE IS WORD FOR WORD

Find it with any editor in the files of evidence/. Or look it up in brief.json:
a claim's "passage" names the article and the first and last character, counted
from 0, the last not included. For the passage of claim {claim}:

    python3 -c "{command}"

The article's entry in brief.json has its address, where one was known: there
you see whether the text as read is what was published.

4. WHAT THIS CANNOT SHOW

Whether an article is true, and who sent you these files: whoever changes one
can write new hashes as well. Ask the sender, by another way, for the seal of
{manifest}. In this copy it is

    {seal}
"""
COMMAND = (
    "print(open('evidence/{article}.txt', encoding='utf-8', newline='').read()[{start}:{end}])"
)
MEANINGS = (
    ("brief.pdf", "the brief for paper"),
    ("brief.html", "the brief for a browser"),
    ("brief.docx", "the brief for a word processor"),
    ("brief.md", "the brief as Markdown"),
    ("brief.txt", "the brief as plain text"),
    ("brief.csl.json", "its sources for reference managers (CSL-JSON)"),
    ("brief.ris", "its sources for reference managers (RIS)"),
    ("brief.bib", "its sources for reference managers (BibTeX)"),
    ("brief.json", "every claim, where it stands and what supports it"),
    ("evidence/", "the text of each article as it was read"),
    (MANIFEST, "a hash of each file, version and configuration"),
    (SUMS, "the same hashes for common tools"),
)


def export_zip(edition: Path, file: Path | None) -> Path:
    """Write the zip file of an edition that holds; the path of the file written.

    `file` is by default `<name>-<edition>.zip` in the working directory; a folder takes one of
    that name. The bytes depend on the edition alone. A file of that name is replaced in one step.

    Raises BriefingError when `edition` is no edition or does not hold, DeliveryError when the file
    cannot be written; then nothing was.
    """
    contents = read_contents(edition)
    findings = check_contents(contents)
    if findings:
        first = findings[0]
        raise BriefingError(
            f"{edition}: does not hold: {first.subject}: {first.reason}",
            hint=f"brief verify {edition} lists all that does not",
        )
    try:
        brief = BriefFile.model_validate_json(contents.files["brief.json"])
        manifest = ManifestFile.model_validate_json(contents.files[MANIFEST])
        moment = datetime.strptime(manifest.edition, EDITION_FORMAT).replace(tzinfo=UTC)
    except (ValidationError, ValueError) as error:
        raise BriefingError(f"{edition}: {MANIFEST} names no edition") from error
    if not re.fullmatch(r"[a-z0-9-]+", brief.name):
        raise BriefingError(f"{edition}: brief.json: {brief.name!r} is no name of a brief")
    folder = f"{brief.name}-{manifest.edition}"
    target = file or Path(f"{folder}.zip")
    target = target / f"{folder}.zip" if target.is_dir() else target
    if target.resolve().is_relative_to(edition.resolve()):
        raise BriefingError(f"{target}: stands inside the edition, which must stay as it is")
    files = {path: content for path, content in contents.files.items() if path != SUMS}
    files[HOW_TO_CHECK] = how_to_check(folder, brief, manifest, files).encode()
    files[SUMS] = "".join(
        f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items())
    ).encode()
    place(target, pack(folder, files, moment))
    return target


def how_to_check(
    folder: str, brief: BriefFile, manifest: ManifestFile, files: Mapping[str, bytes]
) -> str:
    """What stands in HOW-TO-CHECK.txt, with an example out of this edition."""
    present = {path.partition("/")[0] + "/" * ("/" in path) for path in files} | {SUMS}
    listing = [f"    {name:16}{meaning}" for name, meaning in MEANINGS if name in present]
    claims = brief.printed or brief.claims
    passage = claims[0].passage if claims else None
    return HOW_TO.format(
        title=" ".join(brief.title.split()),
        edition=manifest.edition,
        listing="\n".join(listing),
        folder=folder,
        sums=SUMS,
        manifest=MANIFEST,
        seal=manifest.seal,
        claim=claims[0].id if claims else "ID",
        command=COMMAND.format(
            article=passage.article if passage else "ARTICLE",
            start=passage.start if passage else "START",
            end=passage.end if passage else "END",
        ),
    )


def pack(folder: str, files: Mapping[str, bytes], moment: datetime) -> bytes:
    """A zip file of `files` in one folder, each dated `moment`.

    Stored, not deflated: what deflating gives depends on the machine's zlib.
    """
    moment = moment.replace(year=min(max(moment.year, FIRST_YEAR), LAST_YEAR))
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for path, content in sorted(files.items()):
            member = ZipInfo(f"{folder}/{path}", moment.timetuple()[:6])
            member.create_system = UNIX
            member.external_attr = FILE_MODE
            archive.writestr(member, content)
    return written.getvalue()


def place(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = target.with_name(f".{target.name}.tmp-{os.getpid()}")
    try:
        try:
            with temporary.open("xb") as stream:
                fault("export-file")
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DeliveryError(f"{target}: the export cannot be written: {reason}") from error
