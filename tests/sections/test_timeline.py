"""Kind `timeline`: what dates a claim, whether it has happened, and in what order rows stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from briefing.config import SectionSpec
from briefing.models import Article, Claim, Event, Section, Sentence, Speaker
from briefing.sections import KINDS
from briefing.sections.fit import Candidate, Whole
from briefing.sections.query import Query, compile_queries
from briefing.sections.timeline import tell_undated
from tests.build import make_article, make_claim, make_split

FRIDAY = date(2024, 5, 17)
NOW = datetime(2024, 5, 17, 18, 0, tzinfo=UTC)


def article(text: str, published: date | datetime | None = FRIDAY) -> Article:
    return make_article(text, published=published)


def sentence(text: str, published: date | datetime | None = FRIDAY) -> Sentence:
    made = article(text, published)
    return Sentence(made, 0, len(text))


def claim(
    text: str,
    name: str = "c1",
    *,
    published: date | datetime | None = FRIDAY,
    speaker: Speaker | None = None,
    status: str = "reported",
) -> Claim:
    return make_claim(name, sentence(text, published), speaker=speaker, status=status)


def query(*keywords: str) -> Query:
    spec = SectionSpec(title="Course", kind="timeline", keywords=keywords)
    return compile_queries([spec], [], "en")[0]


def events(*claims: Claim, others: tuple[Claim, ...] = (), now: datetime = NOW) -> list[Event]:
    whole = Whole(claims=(*claims, *others), printed=(*claims, *others), now=now)
    section = Section("Course", "timeline", claims=KINDS["timeline"].order(claims))
    return list(KINDS["timeline"].complete(section, query("wall", "gates"), whole).events)


def in_order(*texts: str, published: date | None = None) -> list[str]:
    made = [claim(text, published=published) for text in texts]
    return [found.text for found in KINDS["timeline"].order(made)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("The wall broke on Monday.", "happened"),
        ("The wall was broken on 13 May.", "happened"),
        ("By dawn on Monday the water stood two metres deep.", "happened"),
        ("The gates will open on Friday.", "planned"),
        ("The gates will open on Sunday.", "planned"),
        ("The gates are to open on 20 May.", "planned"),
        ("The wall may have broken on Monday.", "reported"),
        ("The wall did not break on Monday.", "reported"),
        ("The wall was not broken on Monday.", "reported"),
        ("The wall reportedly broke on Monday.", "reported"),
        ("The wall is believed to have broken on Monday.", "reported"),
        ("Flood of Monday.", "reported"),
        ("The wall broke on Monday, the divers said.", "reported"),
    ],
)
def test_planned_reported_and_happened_are_told_apart(text: str, state: str) -> None:
    (event,) = events(claim(text))
    assert event.state == state


def test_what_somebody_says_is_reported_but_what_lies_ahead_is_planned() -> None:
    speaker = Speaker("Ilse Brandt", text="the wall broke on Monday")
    (event,) = events(claim("Brandt said the wall broke on Monday.", speaker=speaker))
    assert event.state == "reported"
    speaker = Speaker("Ilse Brandt", text="the gates will open on Sunday")
    (event,) = events(claim("Brandt said the gates will open on Sunday.", speaker=speaker))
    assert (event.state, event.start) == ("planned", date(2024, 5, 19))


def test_an_aside_of_somebody_else_does_not_make_it_a_report() -> None:
    text = "The wall broke on Monday, a failure that Brandt had warned of."
    aside = Speaker("Ilse Brandt", text="a failure that Brandt had warned of")
    (event,) = events(claim(text, speaker=aside, status="warned"))
    assert event.state == "happened"


def test_when_it_was_said_is_less_than_when_it_happens() -> None:
    text = "Brandt said on Monday that the gates will open on Sunday."
    speaker = Speaker("Ilse Brandt", text="the gates will open on Sunday")
    (event,) = events(claim(text, speaker=speaker, status="said"))
    assert (event.expression, event.state) == ("Sunday", "planned")
    text = "Brandt said on Monday that the wall was sound."
    speaker = Speaker("Ilse Brandt", text="the wall was sound")
    (event,) = events(claim(text, speaker=speaker, status="said"))
    assert (event.expression, event.state) == ("Monday", "reported")


def test_the_editions_zone_decides_what_is_still_ahead() -> None:
    tokyo, hawaii = timezone(timedelta(hours=9)), timezone(timedelta(hours=-10))
    early = claim("The gates open today.", published=datetime(2024, 5, 18, 0, 30, tzinfo=tokyo))
    (event,) = events(early, now=datetime(2024, 5, 17, 8, tzinfo=hawaii))
    assert (event.start, event.state) == (date(2024, 5, 18), "planned")
    (event,) = events(early, now=datetime(2024, 5, 18, 8, tzinfo=tokyo))
    assert (event.start, event.state) == (date(2024, 5, 18), "reported")


def test_an_hour_after_the_cut_off_is_ahead() -> None:
    written = datetime(2024, 5, 17, 9, 0, tzinfo=UTC)
    (event,) = events(claim("The gates open at 8 p.m. on Friday.", published=written))
    assert (event.clock, event.state) == (time(20, 0), "planned")


def test_part_and_hour_of_the_day_are_kept() -> None:
    (event,) = events(claim("The wall broke early on Monday morning."))
    assert (event.part, event.clock) == ("morning", None)
    (event,) = events(claim("The wall broke at 4:10 a.m. on Monday."))
    assert (event.part, event.clock) == (None, time(4, 10))


def test_a_range_keeps_both_ends() -> None:
    (event,) = events(claim("The gates were tried from 10 to 13 May."))
    assert (event.start, event.end, event.granularity) == (
        date(2024, 5, 10),
        date(2024, 5, 13),
        "range",
    )


@pytest.mark.parametrize(
    "text", ["The wall held for 18 months.", "The wall, 40 years old, broke.", "It opens daily."]
)
def test_lengths_and_ages_make_no_event(text: str) -> None:
    assert events(claim(text)) == []


def test_without_a_date_of_its_article_a_weekday_stays_as_written() -> None:
    (event,) = events(claim("The wall broke on Monday.", published=None))
    assert (event.expression, event.start, event.state) == ("Monday", None, "happened")


def test_an_article_with_a_date_tells_the_day_of_the_same_statement() -> None:
    undated = sentence("The wall broke on Monday.", None)
    dated = sentence("On Monday the wall broke.")
    (event,) = events(make_claim("c1", undated, dated))
    assert event.start == date(2024, 5, 13)


def test_rows_of_one_day_stand_by_the_hour() -> None:
    texts = (
        "It rained on Monday evening.",
        "It snowed on Monday.",
        "It broke at 4:10 a.m. on Monday.",
        "They met early on Monday morning.",
    )
    assert in_order(*texts, published=FRIDAY) == [texts[2], texts[3], texts[1], texts[0]]


def test_the_end_of_a_week_stands_after_its_days() -> None:
    texts = ("They will meet later this week.", "It will rain on Saturday.", "It broke on Monday.")
    assert in_order(*texts, published=FRIDAY) == [texts[2], texts[1], texts[0]]


def test_today_and_the_next_day_stand_among_weekdays() -> None:
    text = "It broke on Sunday evening. They met on Monday. The next day they left. It rains today."
    made = article(text, None)
    split = make_split(article(text, None)).sentences
    shuffled = [replace(split[i], article=made) for i in (3, 1, 2, 0)]
    ordered = KINDS["timeline"].order([make_claim("c", found) for found in shuffled])
    assert [found.text for found in ordered] == [found.text for found in split]


def test_undated_weekdays_follow_their_verbs() -> None:
    ahead, behind, now = (
        "They will meet on Monday.",
        "It broke on Friday.",
        "It rained on Saturday.",
    )
    assert in_order(ahead, now, behind) == [behind, now, ahead]


def test_an_undated_article_takes_its_week_from_what_a_dated_one_also_says() -> None:
    undated = article("The wall broke on Monday. Help came on Tuesday.", None)
    first, second = make_split(undated).sentences
    dated = sentence("On Monday the wall broke.")
    shared = make_claim("c1", dated, first)
    later = claim("It rained on Wednesday.", "c3")
    help_came = make_claim("c2", second)
    ordered = KINDS["timeline"].order([later, help_came, shared])
    assert [found.id for found in ordered] == ["c1", "c2", "c3"]


def test_a_day_of_the_month_tells_an_undated_articles_week() -> None:
    texts = (
        "The wall cracked on 2 May 2024.",
        "It broke on 20 May 2024.",
    )
    undated = claim("They met on Tuesday, 7 May.", published=None)
    made = [claim(text, published=None) for text in texts]
    ordered = KINDS["timeline"].order([made[1], undated, made[0]])
    assert [found.text for found in ordered] == [texts[0], undated.text, texts[1]]


def test_several_reports_of_one_event_are_one_row() -> None:
    one = claim("The wall above the village broke at 04:10 on Monday.", "c1")
    two = claim("The wall broke above the village before dawn on Monday.", "c2")
    three = claim("The minister flew to the capital on Monday.", "c3")
    found = events(one, two, three)
    assert [(event.claim, event.also) for event in found] == [("c1", ("c2",)), ("c3", ())]


def test_the_same_words_on_another_day_are_another_event() -> None:
    one = claim("The wall above the village broke on Monday.", "c1")
    two = claim("The wall above the village broke on Tuesday.", "c2")
    assert [event.also for event in events(one, two)] == [(), ()]


def test_a_dated_claim_of_another_section_has_a_row() -> None:
    own = claim("The wall broke on Monday.", "c1")
    other = claim("The gates were opened on Wednesday.", "c2")
    elsewhere = claim("The minister resigned on Thursday.", "c3")
    undated = claim("The gates were opened.", "c4")
    found = events(own, others=(other, elsewhere, undated))
    assert [event.claim for event in found] == ["c1", "c2"]


def test_a_season_is_no_day() -> None:
    own = claim("The wall broke on Monday.", "c1")
    distant = claim("The gates of the wall were opened in the 1990s.", "c2")
    assert [event.claim for event in events(own, others=(distant,))] == ["c1"]


def test_the_brief_says_once_that_days_are_as_written() -> None:
    undated = Event("c1", "Monday")
    dated = Event("c2", "on 13 May", date(2024, 5, 13))
    section = Section("Course", "timeline", events=(undated, dated, undated))
    assert tell_undated([replace(section, events=(dated,))]) == ()
    (told,) = tell_undated([section])
    assert told.startswith("2 rows of the timeline keep the source's own words")


def test_how_long_a_thing_took_is_no_day() -> None:
    own = claim("The wall broke on Monday.", "c1")
    took = claim("The gates were watched over the last two weeks.", "c2")
    assert [event.claim for event in events(own, others=(took,))] == ["c1"]


def test_a_year_that_is_not_over_dates_nothing() -> None:
    ongoing = claim("The gates were opened early in 2024.", "c1")
    over = claim("The gates were opened in 2023.", "c2")
    assert [event.claim for event in events(ongoing, over)] == ["c2"]


def test_what_somebody_without_a_name_thinks_is_no_event() -> None:
    text = "“The wall and the gates will never hold,” a neighbour said."
    said = text[1 : text.index(",")]
    neighbour = Speaker("a neighbour", text=said, kind="unnamed")
    asked = query("wall", "gates")
    fit = KINDS["timeline"].fit
    of_neighbour = fit(Candidate(claim(text, speaker=neighbour)), asked).score
    assert 0 < of_neighbour < fit(Candidate(claim(text)), asked).score


def test_a_day_that_tells_which_thing_is_meant_is_not_when_it_happens() -> None:
    aftershock = claim("A gust like the May 3 storm hit the wall on Wednesday.", "c1")
    (found,) = events(aftershock)
    assert (found.start, found.expression) == (FRIDAY - timedelta(2), "Wednesday")
    (found,) = events(claim("The wall broke in the May 3 storm.", "c1"))
    assert found.start == date(2024, 5, 3)


def test_the_day_on_which_somebody_spoke_makes_no_event() -> None:
    text = "The wall and the gates will hold, the owner said on Monday."
    owner = Speaker("the owner", text="The wall and the gates will hold", kind="unnamed")
    asked = query("wall", "gates")
    fit = KINDS["timeline"].fit
    spoken = fit(Candidate(claim(text, speaker=owner)), asked).score
    assert 0 < spoken < fit(Candidate(claim(text)), asked).score


def test_a_section_on_one_year_wants_what_happens_in_it() -> None:
    spec = SectionSpec(title="The flood of 2021", kind="timeline", keywords=("wall", "gates"))
    asked = compile_queries([spec], [], "en")[0]
    fit = KINDS["timeline"].fit
    of_then = fit(Candidate(claim("The wall and the gates broke on 3 May 2021.")), asked).score
    of_now = fit(Candidate(claim("The wall and the gates broke on 3 May 2024.")), asked).score
    assert 0 < of_now < of_then
    assert fit(Candidate(claim("The wall broke on 3 May 2024.")), query("wall")).score > of_now


def test_a_question_is_no_event() -> None:
    asked = query("wall", "gates")
    text = "Did the wall and the gates break on Monday?"
    assert KINDS["timeline"].fit(Candidate(claim(text)), asked).score == 0


def test_a_day_is_in_the_year_that_the_article_states_elsewhere() -> None:
    text = "The wall broke on May 3. The council looked into the events of May 3, 2021."
    made = article(text)
    first = Sentence(made, 0, text.index(" The council"))
    (found,) = events(make_claim("c1", first))
    assert found.start == date(2021, 5, 3)


def test_last_weeks_event_is_not_dated_by_what_it_is_called() -> None:
    own = claim("The wall broke on Monday.", "c1")
    other = claim("The gates were opened for those whom last week's flood reached.", "c2")
    assert [event.claim for event in events(own, others=(other,))] == ["c1"]


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("HALLIN, May 16 (AP) -- ", date(2024, 5, 16)),  # it came out on the 17th
        ("HALLIN, May 2 (AP) -- ", FRIDAY),
        ("By May 16 it was over - ", FRIDAY),
        ("", FRIDAY),
    ],
)
def test_today_is_the_day_of_the_dateline(opening: str, day: date) -> None:
    told = "The wall broke today."
    made = article(opening + told)
    first = Sentence(made, len(opening), len(opening + told))
    (found,) = events(make_claim("c1", first))
    assert found.start == day
