"""Bytes -> text, by what the file says of itself; a guess is always told."""

from __future__ import annotations

import codecs

import pytest

from briefing.readers.decoding import decode
from briefing.readers.recognising import recognise

TEXT = "The mayor’s café — “open”, said Zoë.\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
    ],
)
def test_encodings_that_show_themselves(content: bytes) -> None:
    decoded = decode(content)
    assert (decoded.text, decoded.note) == (TEXT, None)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, "Привет, мир. Это новости дня, и они длинные.\n"])
def test_utf16_without_a_mark_is_never_garbage(codec: str, text: str) -> None:
    content = text.encode(codec)
    decoded = decode(content)
    assert decoded.text == text
    assert decoded.note == "encoding guessed: UTF-16 without a byte order mark"
    assert recognise(content) is None


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("shift_jis", "首相は月曜日に辞任した。"),
        ("windows-1251", "Премьер-министр ушёл в отставку."),
        ("gbk", "总理周一辞职。"),
        ("iso-8859-1", "Le café fermé."),
        ("utf-8", TEXT),
        ("iso-2022-jp", "首相は辞任した。"),
    ],
)
def test_declared_encoding_is_believed(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec), codec)
    assert (decoded.text, decoded.note) == (text, None)


def test_windows_1252_is_the_last_resort_and_told() -> None:
    decoded = decode(TEXT.encode("cp1252"))
    assert (decoded.text, decoded.note) == (TEXT, "encoding guessed: Windows-1252")
    assert decode(b"caf\xe9 \x81").text == "café \ufffd"


def test_what_latin_1_declares_is_windows_1252() -> None:
    # As on the web: pages that declare Latin-1 are full of Windows' quotation marks.
    assert decode(TEXT.encode("cp1252"), "iso-8859-1").text == TEXT


@pytest.mark.parametrize(
    "label",
    ["rot13", "zlib", "idna", "hex", "utf-7", "unicode_escape", "no-such", "a\0b", "", "ü" * 99],
)
def test_impossible_declaration_falls_back_and_is_told(label: str) -> None:
    decoded = decode(TEXT.encode(), label)
    assert decoded.text == TEXT
    assert bool(decoded.note) == bool(label)


@pytest.mark.parametrize("label", ["windows-1252", "gb18030", "shift_jis"])
def test_stale_declaration_of_a_utf8_page_is_not_believed(label: str) -> None:
    decoded = decode(TEXT.encode(), label)
    assert decoded.text == TEXT
    assert decoded.note == f"declared encoding {label!r} is wrong; read as UTF-8"


def test_wrong_declaration_of_utf8_is_told() -> None:
    decoded = decode(TEXT.encode("cp1252"), "utf-8")
    assert decoded.text == TEXT
    assert decoded.note == "declared encoding 'utf-8' is wrong; encoding guessed: Windows-1252"


def test_stray_nul_in_good_text_is_no_binary_file() -> None:
    assert recognise(b"A long line of good text, " * 20 + b"\0 with one NUL.") is None
    assert recognise("é".encode("cp1252") + b" binary\0" * 3) == "binary"


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html>",
        b"\xef\xbb\xbf <HTML lang=en>",
        b"<?xml version='1.0'?>\n<html>",
        b"<!-- x -->\n<!doctype HTML>",
    ],
)
def test_html_shows_itself(start: bytes) -> None:
    assert recognise(start + b"<p>x") == "html"
    assert recognise(b"Text about " + start) is None
