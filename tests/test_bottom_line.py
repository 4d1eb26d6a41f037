"""The bottom line: what carries the story, best supported first, never two alike, none stale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.bottom_line import FEWEST, LENGTH, choose_bottom_line
from briefing.models import Article, Claim, Disagreement, Section, SectionKind, Side, Split
from tests.build import make_article, make_claim, make_split

FILLER = "Somebody spoke at length about other things that day. And somebody else did so as well."


def make_brief(
    *texts: str,
    titles: Sequence[str] = (),
    days: Sequence[int] = (),
    independent: Sequence[int] = (),
    is_lead: bool = False,
) -> tuple[list[Claim], dict[str, Split]]:
    """One claim an article, behind two sentences of its lead unless it is one."""
    articles: list[Article] = [
        make_article(
            text if is_lead else f"{FILLER} {text}",
            publisher=f"Paper {n}",
            title=titles[n] if titles else None,
            published=date(2024, 5, days[n]) if days else None,
        )
        for n, text in enumerate(texts)
    ]
    splits = {article.id: make_split(article) for article in articles}
    claims = [
        make_claim(
            f"c{n + 1}",
            splits[article.id].sentences[-1],
            independent=independent[n] if independent else 1,
        )
        for n, article in enumerate(articles)
    ]
    return claims, splits


def section(*held: Claim, kind: SectionKind = "topic") -> Section:
    return Section("Any", kind, claims=held)


DIFFERENT = (
    "The wall of the upper reservoir cracked in early spring.",
    "Farmers along the southern plain lost most of the wheat.",
    "All four schools of the county stay closed through May.",
    "A concert in the square raised money for new furniture.",
    "Nine cargo ships wait off the harbour for a free berth.",
    "The bakery on Rope Street sells bread for half a crown.",
)


def test_the_best_supported_come_first() -> None:
    claims, splits = make_brief(*DIFFERENT[:3], independent=(1, 3, 2))
    assert choose_bottom_line([section(*claims)], splits) == ("c2", "c3", "c1")


def test_support_outweighs_a_little_more_of_the_story() -> None:
    story = (
        "Wall of upper reservoir; farmers of southern plain; schools of county; concert in square; "
        "cargo ships"
    )
    claims, splits = make_brief(*DIFFERENT, titles=[story] * 6, independent=(1, 1, 1, 1, 6, 1))
    assert "c5" in choose_bottom_line([section(*claims)], splits)
    claims, splits = make_brief(*DIFFERENT, titles=[story] * 6)
    assert "c5" not in choose_bottom_line([section(*claims)], splits)


def test_it_is_short_but_not_too_short() -> None:
    claims, splits = make_brief(*DIFFERENT)
    assert FEWEST <= len(choose_bottom_line([section(*claims)], splits)) <= LENGTH
    claims, splits = make_brief(*DIFFERENT[:2])
    assert len(choose_bottom_line([section(*claims)], splits)) == 2


def test_what_the_titles_tell_comes_before_what_they_do_not() -> None:
    titles = ("Reservoir wall cracks", "Wall of reservoir gives way", "", "", "", "")
    claims, splits = make_brief(*DIFFERENT, titles=titles)
    assert choose_bottom_line([section(*reversed(claims))], splits)[0] == "c1"


def test_an_outsider_s_view_gives_way() -> None:
    claims, splits = make_brief(*DIFFERENT, is_lead=True)
    views, told = section(*claims[:2], kind="experts"), map(section, claims[2:])
    chosen = choose_bottom_line([views, *told], splits)
    assert not {"c1", "c2"} & {*chosen}


def test_every_section_is_heard_before_one_is_heard_often() -> None:
    claims, splits = make_brief(*DIFFERENT)
    sections = [section(*claims[:4]), section(claims[4]), section(claims[5])]
    assert {"c5", "c6"} <= {*choose_bottom_line(sections, splits)}


def test_two_on_one_thing_are_not_both_in_it() -> None:
    claims, splits = make_brief(
        "The wall of the northern dam cracked in spring again.",
        "In spring the northern dam’s wall cracked once again.",
        "Nine people died in the lower village, officials said.",
        "The lower village counts nine people who were killed.",
        *DIFFERENT[1:3],
    )
    chosen = {*choose_bottom_line([section(*claims)], splits)}
    assert len(chosen & {"c1", "c2"}) == 1
    assert len(chosen & {"c3", "c4"}) == 1


def test_two_deeds_of_one_person_may_both_be_in_it() -> None:
    claims, splits = make_brief(
        "President Orla Venn crossed the border by rail on Monday.",
        "President Orla Venn signed a treaty on wheat in Hallin.",
    )
    assert len(choose_bottom_line([section(*claims)], splits)) == 2


def test_a_count_that_a_later_one_replaces_is_left_out() -> None:
    texts = (
        "Three people died when the embankment of the river broke.",
        "The number of people killed in the flood rose to four.",
        "Some 90 families lost their furniture in the deep water.",
    )
    claims, splits = make_brief(*texts, days=(4, 6, 6))
    assert "c1" not in choose_bottom_line([section(*claims)], splits)
    claims, splits = make_brief(*texts, days=(6, 4, 4))
    assert "c2" not in choose_bottom_line([section(*claims)], splits)
    claims, splits = make_brief(*texts)
    assert {"c1", "c2"} <= {*choose_bottom_line([section(*claims)], splits)}


def test_what_an_update_replaces_is_left_out() -> None:
    claims, splits = make_brief(*DIFFERENT[:3])
    update = Disagreement("wall", "update", (Side(("c1",), "old"), Side(("c2",), "new")))
    assert {*choose_bottom_line([section(*claims)], splits, [update])} == {"c2", "c3"}
    other = Disagreement("wall", "figure", update.sides)
    assert "c1" in choose_bottom_line([section(*claims)], splits, [other])


def test_long_short_asking_and_dangling_claims_are_not_in_it() -> None:
    long = " ".join(["word"] * 60) + "."
    dangling = "He opened all of the gates at midnight without a word."
    asking = "Will the wall of the upper reservoir ever be repaired?"
    whose = "Orla Venn, its director, opened all of the gates at midnight."
    claims, splits = make_brief(long, dangling, asking, whose, "It rained again.")
    assert choose_bottom_line([section(*claims)], splits) == ()


def test_old_stories_give_way_to_new_ones() -> None:
    texts = ("Our town hall is the work of Italian masons from 1974.", DIFFERENT[0], *DIFFERENT[3:])
    claims, splits = make_brief(*texts, days=(3, 3, 3, 3, 3), is_lead=True)
    assert "c1" not in choose_bottom_line([*map(section, claims)], splits)


def test_what_was_announced_for_a_day_that_is_over_is_left_out() -> None:
    texts = ("The two ministers will meet in the town of Hallin on Thursday.", *DIFFERENT[1:3])
    claims, splits = make_brief(*texts, days=(6, 6, 6))
    sections = [section(*claims)]
    assert "c1" in choose_bottom_line(sections, splits, today=date(2024, 5, 9))
    assert "c1" not in choose_bottom_line(sections, splits, today=date(2024, 5, 10))
    assert "c1" in choose_bottom_line(sections, splits)


def test_nothing_printed_has_no_bottom_line() -> None:
    assert choose_bottom_line([], {}) == ()
    assert choose_bottom_line([Section("Any", "topic", gap="Nothing.")], {}) == ()


def test_one_event_of_one_day_is_in_it_once() -> None:
    texts = (
        "The Tarn Board of Schools voted on Wednesday to delete algebra from its lesson plans, in"
        " one of the boldest efforts by parents to lighten what pupils have to carry.",
        "Parents won a victory in Tarn on Wednesday when the Board of Schools approved plans that"
        " dilute algebra.",
        *DIFFERENT[:2],
    )
    claims, splits = make_brief(*texts, days=(16,) * 4)
    assert len({"c1", "c2"} & {*choose_bottom_line([section(*claims)], splits)}) == 1
    other_day = (texts[0], texts[1].replace("Wednesday", "Tuesday"), *DIFFERENT[:2])
    claims, splits = make_brief(*other_day, days=(16,) * 4)
    assert {"c1", "c2"} <= {*choose_bottom_line([section(*claims)], splits)}


def test_a_toll_is_in_it_where_one_article_opens_with_deaths() -> None:
    texts = ("The flood in the upper valley has killed 41 people.", *DIFFERENT)
    claims, splits = make_brief(*texts, titles=("Deaths in the valley", *("News",) * 6))
    assert "c1" in choose_bottom_line([section(*claims)], splits)


def test_the_first_toll_is_heard_whatever_its_section_has() -> None:
    quake = "A strong earthquake shook the upper valley shortly before dawn."
    texts = (quake, "Officials counted 41 dead by the evening of the first day.", *DIFFERENT[1:5])
    both = f"{texts[4]} {texts[5]}"
    rest = " ".join(texts[2:])
    titles = (quake, "Dead in the valley", rest, rest, f"{quake} {texts[5]}", both)
    claims, splits = make_brief(*texts, titles=titles, independent=(9, 1, 1, 1, 1, 1))
    others = [section(claim) for claim in claims[2:]]
    assert {"c1", "c2"} <= {*choose_bottom_line([section(*claims[:2]), *others], splits)}
