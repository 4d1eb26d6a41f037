"""Only whole http and https addresses become links."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.renderers.addresses import link_to_passage, web_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://x.example/a?b=1#c", "https://x.example/a?b=1#c"),
        ("http://x.example", "http://x.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https:no-host", None),
        ("https://x.example/a b", None),
        ("https://[::1", None),
        ("/relative", None),
        (None, None),
    ],
)
def test_only_whole_web_addresses_pass(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


TEXT = (
    "They left at dawn.\n\n"
    "“Re-armed, and ready & willing, they left the town at dawn,” said 100% of them. "
    "They left at dusk, and they left at night, and they left at noon. "
    "They left at dusk and came back 北京."
)


def link(passage: str, url: str = "https://x.example/a", *, last: bool = False) -> str | None:
    start = TEXT.rindex(passage) if last else TEXT.index(passage)
    return link_to_passage(url, TEXT, start, start + len(passage))


def test_link_names_both_ends_and_encodes_its_syntax() -> None:
    assert link("Re-armed, and ready & willing, they left the town at dawn") == (
        "https://x.example/a#:~:text=Re%2Darmed%2C%20and%20ready%20%26,the%20town%20at%20dawn"
    )
    assert link("said 100% of them.") == "https://x.example/a#:~:text=said%20100%25%20of%20them."
    assert link("back 北京.") == "https://x.example/a#:~:text=back%20%E5%8C%97%E4%BA%AC."


def test_a_beginning_that_stands_elsewhere_is_told_apart_by_what_is_before_it() -> None:
    assert link("They left at dawn.") == "https://x.example/a#:~:text=They%20left%20at%20dawn."
    assert link("They left at dusk and came", last=True) == (
        "https://x.example/a#:~:text=They%20left%20at%20dusk%20and%20came"
    )
    repeated = "One two. Then one two."
    assert link_to_passage("https://x.example", repeated, 14, 22) == (
        "https://x.example#:~:text=One%20two.%20Then-,one%20two."
    )


def test_an_end_that_stands_inside_is_made_longer() -> None:
    text = "Start of it all then a b c d and more of a b c d"
    assert link_to_passage("https://x.example", text, 0, len(text)) == (
        "https://x.example#:~:text=Start%20of%20it%20all%20then,of%20a%20b%20c%20d"
    )


def test_the_rest_of_an_address_is_kept() -> None:
    assert link("said 100%", "https://x.example/?a=b#top") == (
        "https://x.example/?a=b#top:~:text=said%20100%25"
    )
    assert link("said 100%", "https://x.example/#:~:text=other") == (
        "https://x.example/#:~:text=said%20100%25"
    )
    assert link_to_passage(None, TEXT, 0, 4) is None


@given(st.text(alphabet="ab-,&%# \n“é", min_size=1), st.data())
def test_only_the_passage_itself_is_named(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = link_to_passage("https://x.example/", text, start, end)
    if not text[start:end].split():
        assert made is None
        return
    assert made is not None
    parts = made.removeprefix("https://x.example/#:~:text=").split(",")
    if parts[0].endswith("-"):
        before = unquote(parts.pop(0)[:-1])
        assert " ".join(text[:start].split()).endswith(before)
    named = [unquote(part) for part in parts]
    passage = " ".join(text[start:end].split())
    assert passage.startswith(named[0])
    assert passage.endswith(named[-1])
    assert len(named) <= 2
    assert not re.search(r"[-& \n#]", "".join(parts))
