"""Front matter: the facts it gives, and the text that is read though it is broken."""

from __future__ import annotations

import pytest

from briefing.readers.addresses import web_address
from briefing.readers.front_matter import language_code, split_front_matter

BODY = "\nThe dam held.\n"


def test_values_stay_the_text_that_was_written() -> None:
    facts = split_front_matter(
        "---\ntitle: No\npublisher: 1.10\nauthor: 12:30\nlanguage: NO\n---" + BODY
    )
    assert (facts.title, facts.publisher, facts.authors) == ("No", "1.10", ("12:30",))
    assert facts.language == "no"
    assert (facts.body, facts.notes) == (BODY[1:], ())


@pytest.mark.parametrize(
    "text", ["The dam held.", "---\nThe dam held.\n---\nIt did.", "--- a: b ---", "---\ntitle: x\n"]
)
def test_text_between_rules_is_text(text: str) -> None:
    facts = split_front_matter(text)
    assert (facts.body, facts.notes) == (text, ())


@pytest.mark.parametrize(
    ("yaml", "note"),
    [
        (
            "title: Kim: the summit",
            "front matter, line 2: not YAML: mapping values are not allowed here",
        ),
        ("title: x\nauthor: [a, b", "front matter, line 4: not YAML: "),
        ("title: x\n\tpublisher: y", "front matter, line 3: not YAML: "),
        ("title: " + "[" * 3000, "front matter, line 1: not YAML"),
        ("published: soonish", "front matter: published: no date in 'soonish'; write 2023-09-12"),
        (
            "published: 2024-02-30",
            "front matter: published: no date in '2024-02-30'; write 2023-09-12",
        ),
        ("url: javascript:alert(1)", "front matter: url: not an http or https address"),
        ("language: English please", "front matter: language: no language code in "),
        ("title: [a, b]", "front matter: title: not a line of text"),
    ],
)
def test_broken_front_matter_is_told_and_the_body_read(yaml: str, note: str) -> None:
    facts = split_front_matter(f"---\n{yaml}\n---{BODY}")
    assert facts.body == BODY[1:]
    assert [line for line in facts.notes if line.startswith(note)] == list(facts.notes) != []


def test_tags_and_aliases_do_nothing() -> None:
    yaml = "title: !!python/object/apply:os.system [echo]\nauthors: &a [x, *a]"
    facts = split_front_matter(f"---\n{yaml}\n---{BODY}")
    assert facts.body == BODY[1:]
    assert facts.title is None


def test_endless_front_matter_is_text() -> None:
    text = "---\n" + "title: x\n" * 5000 + "---" + BODY
    assert split_front_matter(text).body == text


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (" https://x.example/a?b=1#c ", "https://x.example/a?b=1#c"),
        ("http://user:pass@x.example:8080/", "http://x.example:8080/"),
        ("HTTPS://x.example", "https://x.example"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("//x.example/a", None),
        ("/a/b", None),
        ("https://", None),
        ("https://x.example/a b", None),
        ("https://x.example/\n", "https://x.example/"),
        ("https://x.example/\u202egpj", None),
        ("https://x.example:99999/", None),
        ("https://[::1/", None),
        ('https://x.example/"onclick=', None),
    ],
)
def test_only_web_addresses_are_addresses(words: str, address: str | None) -> None:
    assert web_address(words) == address


def test_language_codes() -> None:
    assert [language_code(w) for w in ("en-GB", "zh_Hant_TW", "NB", "english", "", "e")] == [
        "en", "zh", "nb", None, None, None,
    ]  # fmt: skip
