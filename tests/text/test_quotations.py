from __future__ import annotations

import pytest

from briefing.text.quotations import find_quotations, is_title


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“Yes,” she said. “No.”", ["“Yes,”", "“No.”"]),
        ('"Yes," she said. "No."', ['"Yes,"', '"No."']),
        ("« Oui », dit-elle.", ["« Oui »"]),
        ("„Ja“, sagte sie.", ["„Ja“"]),
        ("``Yes,'' she said.", ["``Yes,''"]),
        ("He said ‘no’ to the workers.", ["‘no’"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("The “old “new” wall” fell.", ["“old “new” wall”"]),
        ("It’s the workers’ side of a dog's life in the '90s.", []),
        ("The board was 6' wide.", []),
        ("no quotation at all", []),
        ("", []),
        # slips of the keyboard: the marks of one quotation differ
        ('“It is late," said Roe. “We go.”', ['“It is late,"', "“We go.”"]),
        ("“Why now?“ he asked.", ["“Why now?“"]),
        ('"It is late,” Roe said.', ['"It is late,”']),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    found = find_quotations(text)
    assert [text[q.start : q.end] for q in found] == quoted
    assert all(q.is_closed for q in found)


def test_a_paragraph_may_leave_a_quotation_open() -> None:
    text = "“First paragraph.\n“Second paragraph,” he said."
    first, second = find_quotations(text)
    assert (first.is_closed, second.is_closed) == (False, True)
    assert text[first.start : first.end] == "“First paragraph."
    assert text[slice(*first.inside(text))] == "First paragraph."
    assert text[slice(*second.inside(text))] == "Second paragraph,"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Night of the Long Boats", True),
        ("The Late Show", True),
        ("We have the money", False),
        ("No.", False),
        ("Stop Now!", False),
        ("brave", False),
    ],
)
def test_titles(text: str, answer: bool) -> None:
    assert is_title(text) is answer
