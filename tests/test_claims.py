"""Claims: the same statement once, look-alikes apart, every sentence kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.claims import group
from briefing.models import Claim, Sentence, Speaker
from tests.build import make_article, make_split


def sentences(*texts: str, published: tuple[date | None, ...] = ()) -> list[Sentence]:
    """The sentences of one article a text."""
    days = published or (None,) * len(texts)
    articles = [
        make_article(text, publisher=f"Paper {n}", published=day)
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    return [s for article in articles for s in make_split(article).sentences]


def grouped(*texts: str) -> list[list[str]]:
    claims = group(sentences(*texts, *BYSTANDERS))
    return [sorted(s.text for s in claim.support) for claim in claims if len(claim.support) > 1]


#: Other statements about the same matter, so that its common words tell little.
BYSTANDERS = (
    "The dam at Tarn was built in 1961 and raised twice. Engineers inspect the dam every spring.",
    "Villages below the dam have their own sirens. The river carries most water in May.",
    "Nobody has moved back to the village yet. Schools in the valley stay closed.",
)

SAME = {
    "copied to the letter": (
        "Rescue teams reached the last cut-off village on Friday evening.",
        "Rescue teams reached the last cut-off village on Friday evening.",
    ),
    "a quotation in two spellings": (
        "“We will organise the defence of every neighbouring village,” Orla Venn said.",
        "Ms Venn told reporters: “We will organize the defense of every neighboring village.”",
    ),
    "a quotation cut short": (
        "“The water rose faster than any of us had feared it would,” said Tom Ilk.",
        "Tom Ilk said the water “rose faster than any of us had feared” that night.",
    ),
    "one detail more": (
        "Engineers opened the second sluice at midnight to relieve the cracked wall.",
        "Engineers opened the second sluice at midnight to relieve the cracked wall, Tom Ilk said.",
    ),
}
DIFFERENT = {
    "another figure": (
        "Rescue teams found 12 people alive in the village hall.",
        "Rescue teams found 15 people alive in the village hall.",
    ),
    "another figure in words": (
        "Rescue teams found twelve people alive in the village hall.",
        "Rescue teams found fifteen people alive in the village hall.",
    ),
    "another day": (
        "The sluice gates were opened on Monday by order of the ministry.",
        "The sluice gates were opened on Tuesday by order of the ministry.",
    ),
    "another actor": (
        "Upland closed the border bridge to all traffic without notice.",
        "Lowland closed the border bridge to all traffic without notice.",
    ),
    "a negation": (
        "The ministry knew of the cracks in the wall before the flood.",
        "The ministry did not know of the cracks in the wall before the flood.",
    ),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME.keys())
def test_same_statements_become_one_claim(pair: tuple[str, str]) -> None:
    assert grouped(*pair) == [sorted(pair)]


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_look_alikes_stay_apart(pair: tuple[str, str]) -> None:
    assert grouped(*pair) == []


def test_two_that_differ_are_never_bridged_by_a_third() -> None:
    vague = "Rescue teams found people alive in the village hall at night."
    first = "Rescue teams found 12 people alive in the village hall at night."
    second = "Rescue teams found 15 people alive in the village hall at night."
    for texts in ((vague, first, second), (first, vague, second), (first, second, vague)):
        assert all(not {first, second} <= set(members) for members in grouped(*texts))


def test_two_speakers_never_share_a_statement() -> None:
    said = sentences(*(["The wall of the dam will have to be rebuilt from the ground."] * 2))
    voiced = [
        replace(s, speaker=Speaker(name, text=s.text))
        for s, name in zip(said, ("Orla Venn", "Tom Ilk"), strict=True)
    ]
    assert [len(claim.support) for claim in group(voiced)] == [1, 1]


def test_every_sentence_is_in_exactly_one_claim() -> None:
    given = sentences(*(text for pair in SAME.values() for text in pair), *BYSTANDERS)
    kept = [s for claim in group(given) for s in claim.support]
    assert sorted(kept, key=id) == sorted(given, key=id)


def test_a_sentence_repeated_in_one_article_is_one_claim_with_both_places() -> None:
    line = "Rescue teams reached the last cut-off village on Friday evening."
    (claim,) = group(make_split(make_article(f"{line}\n\n{line}")).sentences)
    assert [(s.start, s.text) for s in claim.support] == [(0, line), (len(line) + 2, line)]


def test_the_sentence_shown_is_the_latest_that_stands_alone() -> None:
    old = "Engineers opened the second sluice at midnight to relieve the wall."
    new = "Engineers opened the second sluice at midnight to relieve the wall."
    claims = group(sentences(old, new, published=(date(2024, 5, 1), date(2024, 5, 2))))
    assert claims[0].passage.article.published == date(2024, 5, 2)
    assert claims[0].support[0].article is claims[0].passage.article


def test_of_reports_of_one_deed_the_plainest_is_shown() -> None:
    plain = "Ana Duarte has crossed into Norway for a summit."
    full = (
        "President Ana Duarte arrived in Norway on Tuesday with six ministers, ahead of a "
        "fisheries summit that has divided her cabinet and her party in Lisbon."
    )
    texts = (full, plain)
    (claim,) = group([s for text in texts for s in make_split(make_article(text)).sentences])

    assert [sentence.text for sentence in claim.support] == [plain, full]


def test_nothing_gives_nothing() -> None:
    assert group([]) == ()


def test_publishers_and_articles_of_a_claim_are_counted_each_once() -> None:
    line = "Rescue teams reached the last cut-off village on Friday evening."
    twice = make_article(f"{line}\n\n{line}", publisher="Paper 1")
    again = make_article(f"{line} More.", publisher="Paper 1")
    (claim,) = (
        claim
        for claim in group([*make_split(twice).sentences, *make_split(again).sentences])
        if len(claim.support) > 1
    )
    assert isinstance(claim, Claim)
    assert (len(claim.articles), claim.publishers) == (2, 1)


def test_a_claim_keeps_why_its_sentences_are_the_same() -> None:
    quoted = "“We will organise the defence of every neighbouring village,” Orla Venn said."
    cut = "Orla Venn said that the town would “organise the defence of every neighbouring village”."
    claims = group(sentences(quoted, cut, *BYSTANDERS))
    (claim,) = (claim for claim in claims if len(claim.support) > 1)
    words = "organise the defence of every neighbouring village".split()
    assert claim.same == ("", f"equal quotation of {len(words)} words")
    assert all(other.same == ("",) for other in claims if other is not claim)


def test_what_joined_through_another_sentence_says_through_which() -> None:
    texts = (
        "The mayor told engineers that “the water rose faster than any of us had feared” and then "
        "walked along the broken wall with the engineers and the deputy mayor for a whole hour.",
        "“The water rose faster than any of us had feared,” the mayor said, and “everybody in this "
        "valley will sleep badly for years.”",
        "“Everybody in this valley will sleep badly for years,” the mayor said.",
    )
    (claim,) = (claim for claim in group(sentences(*texts, *BYSTANDERS)) if claim.same[1:])
    assert [sentence.text for sentence in claim.support] == list(texts)
    one = "the water rose faster than any of us had feared".split()
    two = "everybody in this valley will sleep badly for years".split()
    assert claim.same == (
        "",
        f"equal quotation of {len(one)} words",
        f"equal quotation of {len(two)} words, by way of sentence 2",
    )


def test_a_range_is_not_another_range_that_holds_its_ends() -> None:
    fee = "Sellers pay the auction house a fee of 5 percent to 10 percent of the price."
    more = "Sellers pay the auction house a fee of 2 percent, 5 percent, 10 percent or 25 percent."
    assert grouped(fee, more) == []


def test_short_sentences_alike_in_a_word_or_two_stay_apart() -> None:
    assert grouped("You should know your market first.", "We know that market is strong.") == []
