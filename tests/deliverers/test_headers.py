"""One line of a header from any text, and the proof that a message has no other header."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.deliverers.headers import SUBJECT_LIMIT, check_message, clean_line
from briefing.errors import DeliveryError

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
