"""Text is cleaned once: what goes, what stays, and that a second cleaning changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.readers.cleaning import MARKS, clean, clean_line, has_words, unwrap


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("tab\there", "tab here"),
        (
            "no\u00a0break, narrow\u202f%, ideographic\u3000space",
            "no break, narrow %, ideographic space",
        ),
        ("during\u00a0 a visit", "during a visit"),
        ("  edges  \n\tof lines \n", "edges\nof lines"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("a\n \n\t\n \n \nb", "a\n\n\nb"),
        ("nul\0 bell\x07 c1\x9b del\x7f", "nul bell c1 del"),
        ("\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "red link"),
        (
            "zero\u200bwidth \u2060joiner \ufeffmark soft\u00adhyphen",
            "zerowidth joiner mark softhyphen",
        ),
        ("\u202eevil\u202c \u2066iso\u2069 \u200emark", "evil iso mark"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("cafe\u0301", "café"),
        ("non\ufffecharacter\ufdd0", "noncharacter"),
        ("Kim\u200c Jong\u200d Un", "Kim Jong Un"),
        # joiners that a script or an emoji needs
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        (
            "\U0001f469\u200d\U0001f680 \u2764\ufe0f\u200d\U0001f525",
            "\U0001f469\u200d\U0001f680 \u2764\ufe0f\u200d\U0001f525",
        ),
        ("\U0001f44d\U0001f3fd", "\U0001f44d\U0001f3fd"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e007f x\U000e0041",
            "\U0001f3f4\U000e0067\U000e0062\U000e007f x",
        ),
        # what looks like damage and is the source's own
        ("cafÃ© “quoted” – 3.5 bn… {{ 7*7 }} <b>", "cafÃ© “quoted” – 3.5 bn… {{ 7*7 }} <b>"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_marks_beyond_spelling_are_dropped() -> None:
    text = clean("z" + "\u0335" * 50_000 + "algo")
    assert text == "z" + "\u0335" * MARKS + "algo"


def test_vietnamese_and_hebrew_keep_their_marks() -> None:
    for text in ("Việt Nam: Nguyễn Thị Mỹ Lệ", "בְּרֵאשִׁ֖ית בָּרָ֣א"):
        assert clean(text) == unicodedata.normalize("NFC", text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_clean_text_is_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(c) == "Cc" for c in cleaned if c != "\n")
    assert "\n\n\n\n" not in cleaned
    assert all(line == line.strip(" ") for line in cleaned.split("\n"))


def test_line_is_one_line_and_not_endless() -> None:
    assert clean_line(" A\n title\u200b ") == "A title"
    assert clean_line("x" * 900) == "x" * 499 + "…"


def test_only_letters_and_digits_are_words() -> None:
    assert has_words("…7")
    assert has_words("水")
    assert not has_words("\u3164 \u115f … — * \u2800")


WRAPPED = """\
  The harbour office will raise its fees in July, it said on Tuesday, and
promised that the money would be spent on the northern breakwater, which
lost forty metres of its length in the storms of last winter.
  Fishermen called the plan unfair. They asked for a meeting.

- one thing of a list that is here to be seen by the reader of this file
- another
"""


def test_wrapped_paragraphs_come_on_one_line_each() -> None:
    lines = [line.strip() for line in unwrap(WRAPPED).split("\n")]
    assert lines[0].startswith(
        "The harbour office will raise its fees in July, it said on Tuesday, and promised"
    )
    assert lines[0].endswith("of last winter.")
    assert lines[1] == "Fishermen called the plan unfair. They asked for a meeting."
    assert lines[3:5] == [
        "- one thing of a list that is here to be seen by the reader of this file",
        "- another",
    ]


def test_lines_that_are_paragraphs_stay() -> None:
    text = "\n".join(f"Paragraph {n} ends here{' and goes on' * n}." for n in range(9))
    assert unwrap(text) == text
    poem = (
        "Title\nBy Ann Lee\nPost News\n\nA paragraph that is much longer than the lines above it."
    )
    assert unwrap(poem) == poem
