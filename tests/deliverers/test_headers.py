"""One line of a header from any text, and the proof that a message has no other header."""

from __future__ import annotations

import re
from base64 import b64decode
from email.headerregistry import Address
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliverers.headers import (
    SUBJECT_LIMIT,
    address_header,
    check_message,
    clean_line,
    text_header,
)
from briefing.errors import DeliveryError

ANY_TEXT = (
    st.text() | st.text(alphabet="=?Qq\r\n\u2028 :bB_ABUTF-8") | st.text('aé字 (,)"', min_size=60)
)
#: Of RFC 2047, section 2; and what section 5 (3) leaves of the Q encoding within a phrase.
ENCODED_WORD = re.compile(
    r"=\?(?P<charset>[^\s?()<>@,;:\"/\[\].=]+)\?(?P<how>[BbQq])\?(?P<text>[!->@-~]*)\?="
)
Q_IN_PHRASE = re.compile(r"[A-Za-z0-9!*+/=_-]*")
WHOLE = b"From: a@example.org\r\nSubject: Hello\r\n\r\nText\r\n"
NAMES = ("From", "Subject")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Talks\r\nBcc: x@y.example", "Talks Bcc: x@y.example"),
        ("Talks =?UTF-8?Q?=0A?=Bcc: x@y", "Talks = ?UTF-8?Q?=0A? =Bcc: x@y"),
        ("a=?=?b", "a= ?= ?b"),
        ("one\u2028two\u2029three\x85four\x0bfive\x00six", "one two three four five six"),
        ("safe\u202egnp.exe\u2066", "safegnp.exe"),
        ("half \ud800 a pair", "half a pair"),
        ("  Kim–Putin   summit\t", "Kim–Putin summit"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
    ],
)
def test_one_line_without_anything_hidden(text: str, line: str) -> None:
    cleaned = clean_line(text)
    assert cleaned.replace("? =", "?=") == line.replace("? =", "?=")
    assert "=?" not in cleaned


def test_a_long_title_is_cut_at_a_word() -> None:
    cleaned = clean_line("river " * 20_000)
    assert len(cleaned) <= SUBJECT_LIMIT
    assert cleaned.endswith("river…")


def test_marks_on_one_letter_are_few() -> None:
    assert clean_line("q" + "\u0329" * 50_000 + "x") == "q" + "\u0329" * 8 + "x"


@given(st.text() | st.text(alphabet="=?Qq\r\n\u2028 :bB_ABUTF-8"))
def test_any_text_becomes_a_safe_line(text: str) -> None:
    line = clean_line(text)
    assert len(line) <= SUBJECT_LIMIT
    assert len(line.splitlines()) <= 1
    assert "=?" not in line
    assert not [c for c in line if category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert clean_line(line) == line


def test_a_whole_message_passes() -> None:
    check_message(WHOLE, NAMES)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (WHOLE.replace(b"Hello", b"Hello\r\nBcc: x@y.example"), "headers it was given"),
        (WHOLE.replace(b"Subject: Hello\r\n", b""), "headers it was given"),
        (b"From: a@example.org\r\n" + WHOLE, "headers it was given"),
        (WHOLE.replace(b"Hello", b"Hello\r\nno header"), "no header"),
        (WHOLE.replace(b"\r\n\r\nText\r\n", b"\r\n"), "headers it was given|no header"),
        (WHOLE.replace(b"Text", b"Te\nxt"), "does not end as lines"),
        (WHOLE.replace(b"Text", b"Te\rxt"), "does not end as lines"),
        (WHOLE.replace(b"Hello", b"Hello\nBcc: x@y"), "does not end as lines"),
        (WHOLE.replace(b"Text", b"Te\0xt"), "does not end as lines"),
        (WHOLE.replace(b"Text", b"x" * 999), "more than 998"),
        (WHOLE.replace(b"Text", "Tëxt".encode()), "not plain ASCII"),
    ],
)
def test_a_message_with_anything_else_does_not(content: bytes, reason: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        check_message(content, NAMES)
    assert re.search(reason, str(caught.value))


def unfolded(header: str, name: str) -> str:
    """The value of a header on the wire; fails where RFC 5322 or 2047 forbid a line of it."""
    first, *others = header.split("\r\n")
    assert first == f"{name}:" or first.startswith(f"{name}: ")
    assert first != f"{name}:" or not others
    assert all(re.match(r" [^ ]", line) for line in others)
    for line in (first, *others):
        assert line.isascii()
        assert line.isprintable()
        assert len(line) <= (76 if "=?" in line else 78)
    return first.removeprefix(f"{name}:").removeprefix(" ") + "".join(others)


def decoded(value: str, *, is_phrase: bool = False) -> str:
    """What a strict reader of RFC 2047 makes of a value; fails for what such a one would refuse."""
    said, was_encoded = "", False
    for number, token in enumerate(value.split(" ") if value else []):
        match = ENCODED_WORD.fullmatch(token)
        assert ("=?" in token) == (match is not None)
        is_joined = match is not None and was_encoded  # white space between the two does not count
        said += "" if number == 0 or is_joined else " "
        said += token if match is None else word_of(match, is_phrase=is_phrase)
        was_encoded = match is not None
    return said


def word_of(match: re.Match[str], *, is_phrase: bool) -> str:
    assert len(match[0]) <= 75
    assert match["charset"].lower() == "utf-8"
    if match["how"] in "Bb":
        return b64decode(match["text"], validate=True).decode("utf-8")
    assert not is_phrase or Q_IN_PHRASE.fullmatch(match["text"])
    octets = re.sub(
        r"=([0-9A-F]{2})", lambda one: chr(int(one[1], 16)), match["text"].replace("_", " ")
    )
    return octets.encode("latin-1").decode("utf-8")  # whole characters, or it fails


@given(ANY_TEXT)
def test_any_subject_is_what_a_strict_reader_takes(text: str) -> None:
    line = clean_line(text)
    assert decoded(unfolded(text_header("Subject", line), "Subject")) == line


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_any_names_are_what_a_strict_reader_takes(texts: list[str]) -> None:
    names = [clean_line(text, 1000) for text in texts]
    value = unfolded(
        address_header("To", [Address(name, "ana", "example.org") for name in names]), "To"
    )
    for name in names:
        shown, found, value = value.partition("ana@example.org")
        assert found
        shown = shown.removesuffix("<").strip()
        if shown.startswith('"'):
            assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', shown)
            assert re.sub(r"\\(.)", r"\1", shown[1:-1]) == name
        else:
            assert "=?" in shown or not set(shown) & set('()<>[]:;@\\,."')
            assert decoded(shown, is_phrase=True) == name
        value = value.removeprefix(">").removeprefix(",").removeprefix(" ")
    assert not value


def test_a_long_ascii_word_is_folded_too() -> None:
    assert decoded(unfolded(text_header("Subject", "x" * 150), "Subject")) == "x" * 150
