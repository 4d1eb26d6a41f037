"""A mail address as people write it: what is taken, in what form, and what is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import read_mailbox


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("ana@example.org", "ana@example.org"),
        ("<ana@example.org>", "ana@example.org"),
        ("Ana  Ruiz <ana@example.org>", "Ana Ruiz <ana@example.org>"),
        ('"Ana Ruiz" <ana@example.org>', "Ana Ruiz <ana@example.org>"),
        ('"Doe, John" <a@b.org>', '"Doe, John" <a@b.org>'),
        ("Ana Ruiz (desk) <a@b.org>", '"Ana Ruiz (desk)" <a@b.org>'),
        ('"J. @ home: [x]; y" <a@b.org>', '"J. @ home: [x]; y" <a@b.org>'),
        ('"" <a@b.org>', "a@b.org"),
    ],
)
def test_names_are_taken_as_people_write_them(text: str, mailbox: str) -> None:
    assert read_mailbox(text) == mailbox
    assert read_mailbox(mailbox) == mailbox


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Doe, John <a@b.org>", "put it in quotation marks"),
        ('A"B" <a@b.org>', "cannot hold"),
        ('"A\\" <a@b.org>', "cannot hold"),
        ('"A =?utf-8?q?=0A?=" <a@b.org>', "cannot hold"),
        ('"A\nBcc: x@y.org" <a@b.org>', "invisible"),
        ("a@b.org, c@d.org", "must be an address"),
    ],
)
def test_what_could_be_another_header_or_address_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_mailbox(text)


@given(st.text(alphabet='ab"\\(),<>@ .:;?=é'))
def test_what_is_taken_is_taken_again_in_the_same_form(text: str) -> None:
    try:
        mailbox = read_mailbox(f"{text} <a@b.org>")
    except ValueError:
        return
    assert read_mailbox(mailbox) == mailbox
