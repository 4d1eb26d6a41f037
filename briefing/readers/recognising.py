"""The first bytes of a file -> what it is, whatever its name says."""

from __future__ import annotations

import re

from briefing.readers.decoding import decode

#: What begins a file of a kind that is not text, and what a person calls it.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh9", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"PK\x03\x04", "a ZIP archive, or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document or saved message"),
    (b"{\\rtf", "a rich-text document"),
    (b"%!PS", "a PostScript document"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"OggS\x00", "a sound or video file"),
    (b"ID3", "a sound or video file"),
    (b"fLaC", "a sound or video file"),
    (b"\x1aE\xdf\xa3", "a sound or video file"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
# Bytes that text never holds; an encoding of text with two bytes a letter is told apart before.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\b\x1b\x1a") + b"\x7f"


def recognise(content: bytes) -> str | None:
    """The kind that the content shows: "html", "pdf", or what it is instead of text.

    None when it may be text of any kind.
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[4:8] == b"ftyp" or (content[:4] == b"RIFF" and content[8:12].isalpha()):
        return "a picture, sound or video file"
    start = decode(content[:4096]).text
    if _HTML.match(start):
        return "html"
    return "binary" if _is_binary(content) else None


def _is_binary(content: bytes) -> bool:
    sample = content[:65536]
    if len(sample.translate(None, _CONTROLS)) == len(sample):
        return False
    decoded = decode(content)
    controls = sum(decoded.text.count(chr(code), 0, 65536) for code in _CONTROLS)
    if controls * 50 > min(len(decoded.text), 65536):
        return True
    # A stray NUL in good UTF-8 is litter; among bytes that are none it tells a binary file.
    return b"\x00" in sample and decoded.note == "encoding guessed: Windows-1252"
