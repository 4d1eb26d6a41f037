"""Only whole http and https addresses become links."""

from __future__ import annotations

import pytest

from briefing.renderers.addresses import link_to_sentence, web_address


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


def test_link_to_sentence_names_both_ends_and_encodes_its_syntax() -> None:
    passage = "Re-armed, and ready & willing, they left the town at dawn"
    assert link_to_sentence("https://x.example/a", passage) == (
        "https://x.example/a#:~:text=Re%2Darmed%2C%20and%20ready%20%26,the%20town%20at%20dawn"
    )
    assert link_to_sentence("https://x.example/#top", "Short one") == (
        "https://x.example/#top:~:text=Short%20one"
    )
    assert link_to_sentence(None, passage) is None
