"""The bottom line: best supported first, short, never two alike."""

from __future__ import annotations

from dataclasses import replace

from briefing.bottom_line import LENGTH, choose_bottom_line
from briefing.models import Claim, Section
from tests.build import make_article, make_claim, make_split


def claims(*texts: str, independent: tuple[int, ...] = ()) -> list[Claim]:
    sentences = [make_split(make_article(text)).sentences[0] for text in texts]
    counts = independent or (1,) * len(texts)
    return [
        make_claim(f"c{n}", sentence, independent=count)
        for n, (sentence, count) in enumerate(zip(sentences, counts, strict=True), 1)
    ]


def section(*held: Claim) -> Section:
    return Section("Any", "topic", claims=held)


DIFFERENT = (
    "The wall cracked in spring.",
    "Farmers lost the wheat.",
    "Schools stay closed in May.",
    "A concert raised some money.",
    "Ships wait off the harbour.",
)


def test_the_best_supported_come_first() -> None:
    made = claims(*DIFFERENT[:3], independent=(1, 3, 2))
    assert choose_bottom_line([section(*made)]) == ("c2", "c3", "c1")


def test_it_is_short() -> None:
    assert len(choose_bottom_line([section(*claims(*DIFFERENT))])) == LENGTH


def test_every_section_is_heard_before_one_is_heard_twice() -> None:
    first, second, third, *_ = claims(*DIFFERENT, independent=(3, 3, 1, 1, 1))
    assert set(choose_bottom_line([section(first, second), section(third)])[:2]) == {"c1", "c3"}


def test_two_alike_are_not_both_in_it() -> None:
    made = claims("The wall of the dam cracked in spring.", "In spring the dam’s wall cracked.")
    assert len(choose_bottom_line([section(*made)])) == 1


def test_long_and_dangling_claims_are_not_in_it() -> None:
    long = " ".join(["word"] * 60) + "."
    dangling = "He opened the gates at midnight."
    assert choose_bottom_line([section(*claims(long, dangling))]) == ()


def test_nothing_printed_has_no_bottom_line() -> None:
    assert choose_bottom_line([]) == ()
    assert choose_bottom_line([replace(section(), gap="Nothing.")]) == ()
