"""Section kinds: what fits each of them, and in what order it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.config import SectionSpec
from briefing.models import Claim, Mention, Section, SectionKind, Speaker, Voice
from briefing.sections import KINDS
from briefing.sections.fit import Candidate, Whole
from briefing.sections.query import Query, compile_queries
from briefing.sections.speakers import actor_of, acts, by_speaker, every_speaker, is_observer
from tests.build import AS_OF, make_article, make_claim, make_split

WHOLE = Whole(claims=(), printed=(), now=AS_OF)


def claim(
    text: str,
    speaker: Speaker | None = None,
    people: tuple[Mention, ...] = (),
    published: date | None = None,
) -> Claim:
    article = make_article(text, published=published)
    sentence = replace(make_split(article).sentences[0], end=len(text), people=people)
    return replace(make_claim("c1", sentence), speaker=speaker)


def query(kind: SectionKind, *keywords: str, actors: tuple[str, ...] = ()) -> Query:
    spec = SectionSpec(title="Section", kind=kind, keywords=keywords, actors=actors)
    return compile_queries([spec], [], "en")[0]


def fit(made: Claim, asked: Query) -> float:
    return KINDS[asked.spec.kind].fit(Candidate(made), asked).score


OBSERVERS = (
    Speaker("Orla Venn", "a professor of river law at the University of Caldmoor"),
    Speaker("Jonas Ferrer", "who directs the Institute for Shared Rivers"),
    Speaker("Ines Brand", "Tarn Foundation for Water"),
    Speaker("analysts", kind="unnamed"),
)
OFFICIALS = (
    Speaker("Ilse Brandt", "water minister"),
    Speaker("Tom Ilk", "a spokesman for the University of Caldmoor"),
    Speaker("US officials and analysts", kind="unnamed"),
    Speaker("Lena Moor", None),
)


@pytest.mark.parametrize("speaker", OBSERVERS, ids=lambda s: s.name)
def test_outside_observers(speaker: Speaker) -> None:
    assert is_observer(speaker)
    assert fit(claim("The wall will break.", speaker), query("experts")) >= 0.55


@pytest.mark.parametrize("speaker", OFFICIALS, ids=lambda s: s.name)
def test_others_are_no_observers(speaker: Speaker) -> None:
    assert not is_observer(speaker)
    assert fit(claim("The wall will break.", speaker), query("experts")) == 0


def test_a_named_observer_outweighs_an_unnamed_one() -> None:
    asked = query("experts")
    named, unnamed = (fit(claim("The wall will break.", OBSERVERS[n]), asked) for n in (0, 3))
    assert named > unnamed


@pytest.mark.parametrize(
    ("speaker", "actor"),
    [
        (Speaker("Ann Roe", "State Department spokeswoman"), "United States"),
        (Speaker("Washington", kind="body"), "United States"),
        (Speaker("U.S. officials", kind="unnamed"), "United States"),
        (Speaker("a French diplomat", kind="unnamed"), "France"),
        (Speaker("Tom Ilk", "a spokesman for the Tarn Dam Authority"), "Tarn Dam Authority"),
        (Speaker("Ilse Brandt", "water minister"), "Ilse Brandt"),
    ],
)
def test_who_speaks_for_an_actor(speaker: Speaker, actor: str) -> None:
    assert actor_of(speaker, ["Nobody", actor]) == actor
    assert fit(claim("The wall will break.", speaker), query("statements", actors=(actor,))) >= 0.9


@pytest.mark.parametrize(
    "speaker",
    [
        Speaker("Ann Roe", "Kremlin spokeswoman"),
        Speaker("Orla Venn", "an expert at the Washington-based Institute for Shared Rivers"),
        Speaker("Lena Moor", "former US vice-president"),
        Speaker("Tom Ilk", None),
    ],
)
def test_who_does_not_speak_for_an_actor(speaker: Speaker) -> None:
    assert actor_of(speaker, ["United States"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Washington imposed new sanctions on the builders.",
        "On Monday, the United States closed its embassy.",
        "U.S. officials released the figures last week.",
        "The American army sent boats.",
        "The United States has been sending boats.",
    ],
)
def test_an_actor_acts_where_it_is_the_subject(text: str) -> None:
    assert acts(text, ["United States"]) == "United States"


@pytest.mark.parametrize(
    "text",
    [
        "The builders left the United States.",
        "Washington and Paris agree.",
        "A ship sank.",
        "The American floods are reported to have ended.",
        "The United States has been hit by a storm.",
        "The United States had recovered from a war.",
        "America's neighbors opened their borders.",
        "The American Red Cross pledged money.",
        "The Washington Games lasted 16 days.",
    ],
)
def test_an_actor_does_not_act_where_it_is_not(text: str) -> None:
    assert acts(text, ["United States"]) is None


def test_an_aside_is_no_statement() -> None:
    text = "The train reached the border at dawn, a journey that Washington calls a threat."
    aside = Speaker("Washington", text="a threat", kind="body")
    whole = Speaker("Washington", text=text, kind="body")
    asked = query("statements", actors=("United States",))
    assert fit(claim(text, aside), asked) < fit(claim(text, whole), asked)


def test_a_timeline_prefers_what_is_dated() -> None:
    asked = query("timeline", "gates", "opened")
    dated = fit(claim("The gates were opened on Monday."), asked)
    undated = fit(claim("The gates were opened."), asked)
    earlier = fit(claim("The gates were opened in 1961."), asked)
    assert dated > undated > 0
    assert dated > earlier
    assert fit(claim("It rained on Monday."), asked) == 0


def test_a_timeline_stands_in_order_of_happening() -> None:
    day = date(2024, 5, 17)  # a Friday
    texts = ("They met on Thursday.", "It broke on Monday.", "It rained on Wednesday.")
    made = [claim(text, published=day) for text in texts]
    ordered = KINDS["timeline"].order(made)
    assert [c.text for c in ordered] == [texts[1], texts[2], texts[0]]

    section = Section("Any", "timeline", claims=ordered)
    events = KINDS["timeline"].complete(section, query("timeline"), WHOLE).events
    assert [(e.expression, e.start, e.granularity) for e in events] == [
        ("Monday", date(2024, 5, 13), "day"),
        ("Wednesday", date(2024, 5, 15), "day"),
        ("Thursday", date(2024, 5, 16), "day"),
    ]


def test_without_a_date_of_its_article_a_weekday_stays_as_written() -> None:
    section = Section("Any", "timeline", claims=(claim("It broke on Monday."),))
    (event,) = KINDS["timeline"].complete(section, query("timeline"), WHOLE).events
    assert (event.expression, event.start) == ("Monday", None)


BRANDT = Mention("Ilse Brandt", "Ilse Brandt", "water minister", is_introduced=True)
REUEL = Mention("Tomas Reuel", "Reuel", "director of the dam")


def test_a_roster_prefers_who_is_introduced() -> None:
    asked = query("people", "delegation")
    text = "The delegation is led by Ilse Brandt, the water minister."
    assert fit(claim(text, people=(BRANDT,)), asked) > fit(claim(text), asked) > 0


def test_a_roster_without_words_takes_whoever_is_introduced() -> None:
    minister = Mention("Ilse Brandt", "Ilse Brandt", "water minister", is_introduced=True)
    introduces = claim("Ilse Brandt, the water minister, arrived.", people=(minister,))
    assert fit(introduces, query("people")) > 0
    assert fit(claim("The wall held."), query("people")) == 0
    assert fit(introduces, query("people", "harbour")) == 0


def test_a_timeline_without_words_takes_whatever_has_a_day() -> None:
    dated = claim("The wall cracked on Monday.", published=date(2024, 5, 8))
    assert fit(dated, query("timeline")) > 0
    assert fit(claim("The wall held."), query("timeline")) == 0
    assert fit(dated, query("timeline", "harbour")) == 0


def test_a_roster_has_one_row_a_person() -> None:
    twin = replace(BRANDT, name="Ilse BRANDT", form="Ilse BRANDT", is_introduced=False)
    nobody = Mention("Max Moor", "Max Moor")
    made = [
        claim("Brandt and Reuel came.", people=(BRANDT, REUEL)),
        replace(claim("Brandt left with Moor.", people=(twin, nobody)), id="c2"),
    ]
    section = KINDS["people"].complete(
        Section("Any", "people", claims=tuple(made)), query("people"), WHOLE
    )
    assert [(p.name, p.also, p.role, p.claims) for p in section.people] == [
        ("Ilse Brandt", ("Ilse BRANDT",), "water minister", ("c1", "c2")),
        ("Tomas Reuel", (), "director of the dam", ("c1",)),
    ]


def test_a_speaker_is_no_row_of_the_roster() -> None:
    spoken = claim("Reuel will come, Brandt said.", Speaker("Ilse Brandt"), (BRANDT, REUEL))
    section = KINDS["people"].complete(
        Section("Any", "people", claims=(spoken,)), query("people"), WHOLE
    )
    assert [person.name for person in section.people] == ["Tomas Reuel"]


def test_every_speaker_is_heard_before_one_is_heard_twice() -> None:
    venn, ferrer = OBSERVERS[:2]
    made = [claim(f"Sentence {n} by {s.name}.", s) for n, s in enumerate((venn, venn, ferrer))]
    assert every_speaker(made, 2) == (made[0], made[2])
    assert every_speaker(made, 9) == tuple(made)


def test_one_speakers_claims_stand_together() -> None:
    venn, ferrer = OBSERVERS[:2]
    made = [claim(f"Sentence {n} by {s.name}.", s) for n, s in enumerate((venn, ferrer, venn))]
    assert [c.speaker for c in by_speaker(made)] == [venn, venn, ferrer]


def in_order(*texts: str, published: tuple[date | None, ...] = ()) -> list[str]:
    days = published or (None,) * len(texts)
    made = [claim(text, published=day) for text, day in zip(texts, days, strict=True)]
    return [c.text for c in KINDS["timeline"].order(made)]


def test_days_without_dates_follow_one_another() -> None:
    monday, sunday = "It rained on Monday.", "It broke on Sunday evening."
    tuesday = "They met on Tuesday."
    assert in_order(tuesday, sunday, monday) == [sunday, monday, tuesday]


def test_a_day_without_a_date_stands_among_the_dated_ones() -> None:
    undated = "It rained on Tuesday."
    before, after = "It broke on Monday.", "They met on Wednesday."
    day = date(2024, 5, 16)  # a Thursday
    assert in_order(undated, after, before, published=(None, day, day)) == [before, undated, after]


def test_what_nothing_dates_stands_last() -> None:
    assert in_order("It rained.", "It broke in 1987.") == ["It broke in 1987.", "It rained."]


@pytest.mark.parametrize(
    ("speaker", "actor"),
    [
        (Speaker("Ilse Brandt", "Environment Minister"), "environment ministry"),
        (Speaker("TDA", kind="body"), "Tarn Dam Authority"),
        (Speaker("Tom Ilk", "the Commission’s spokesman for floods"), "European Commission"),
    ],
    ids=lambda each: getattr(each, "name", None),
)
def test_who_speaks_for_a_body_under_another_name(speaker: Speaker, actor: str) -> None:
    assert actor_of(speaker, [actor]) == actor


def test_another_commission_is_another_body() -> None:
    spokesman = Speaker("Tom Ilk", "spokesman of the River Commission")
    assert actor_of(spokesman, ["European Commission"]) is None


def test_what_a_weather_service_measures_is_no_statement_of_the_state() -> None:
    asked = query("statements", actors=("Chile",))
    text = "Chile’s weather service said 38 mm of rain fell."
    service = Speaker("Chile’s weather service", kind="body")
    assert fit(claim(text, service), asked) == 0
    ministry = Speaker("Chile’s foreign ministry", kind="body")
    assert fit(claim(text.replace("weather service", "foreign ministry"), ministry), asked) > 0


def test_the_government_is_that_of_the_only_country_around() -> None:
    asked = query("statements", actors=("Chile", "Peru"))
    made = claim("The government will pay for the houses.")
    kind = KINDS["statements"]
    assert kind.fit(Candidate(made, around="Chile saw the flood."), asked).score > 0
    assert kind.fit(Candidate(made, around="Chile and Peru saw the flood."), asked).score == 0


def test_another_source_may_tell_for_whom_the_speaker_speaks() -> None:
    asked = query("statements", actors=("Chile",))
    bare = Speaker("Tom Ilk", "its spokesman")
    made = claim("“We will pay,” said Tom Ilk, its spokesman.", bare)
    told = Voice(Speaker("Tom Ilk", "spokesman of Chile’s foreign ministry"), "")
    kind = KINDS["statements"]
    assert kind.fit(Candidate(made), asked).score == 0
    assert kind.fit(Candidate(made, elsewhere=(told,)), asked).score > 0


def test_the_ministry_is_that_of_the_country_that_its_article_names_most() -> None:
    asked = query("statements", actors=("Chile", "Peru"))
    official = Speaker("An official at the health ministry", kind="unnamed")
    said = "An official at the health ministry said the wells were clean."
    rest = "\n\nChile saw the flood. Chile sent help. Peru was spared."
    article = make_article(said + rest)
    made = replace(make_claim("c1", make_split(article).sentences[0]), speaker=official)
    kind = KINDS["statements"]
    assert kind.fit(Candidate(made), asked).why[0].startswith(f"{official.name} speaks for Chile")
    assert kind.fit(Candidate(made, around="Chile and Peru saw it."), asked).score == 0


def test_a_committee_without_a_capital_is_no_other_committee() -> None:
    actors = ["organizing committee"]
    assert actor_of(Speaker("the committee", kind="body"), actors) == actors[0]
    assert actor_of(Speaker("Ann Roe", "member of the executive committee"), actors) is None


def test_who_speaks_for_a_countrys_prime_minister_speaks_for_the_country() -> None:
    speaker = Speaker("a spokesperson for Chilean Prime Minister Ann Roe", kind="unnamed")
    assert actor_of(speaker, ["Chile"]) == "Chile"


def test_a_roster_wants_claims_that_name_somebody() -> None:
    asked = query("people", "delegation", "harbour")
    text = "The delegation left the harbour."
    assert 0 < fit(claim(text), asked) < fit(claim(text, people=(REUEL,)), asked)


def roster(asked: Query, made: Claim) -> list[str]:
    section = KINDS["people"].complete(Section("Any", "people", claims=(made,)), asked, WHOLE)
    return [person.name for person in section.people]


def test_a_roster_of_offices_has_holders_and_who_stands_beside_one() -> None:
    alone = claim("Reuel was detained.", people=(REUEL,))
    assert roster(query("people", "minister", "chairman"), alone) == []
    assert roster(query("people", "minister", "detained"), alone) == ["Tomas Reuel"]
    both = claim("The minister brought Reuel.", people=(BRANDT, REUEL))
    assert roster(query("people", "minister", "chairman"), both) == ["Ilse Brandt", "Tomas Reuel"]


def test_nobody_is_on_a_roster_for_being_somebodys_daughter() -> None:
    daughter = Mention("Ida Reuel", "Ida Reuel", "daughter of Tomas Reuel", is_introduced=True)
    made = claim("The delegation brought Ida Reuel.", people=(daughter, REUEL))
    assert roster(query("people", "delegation"), made) == ["Tomas Reuel"]
    asked = query("people", "delegation", "daughter")
    assert roster(asked, made) == ["Ida Reuel", "Tomas Reuel"]


@pytest.mark.parametrize(
    ("speaker", "is_spoken_for"),
    [
        (Speaker("Ann Roe", "head of Chile’s dam agency"), True),
        (Speaker("Chilean officials", kind="unnamed"), True),
        (Speaker("Radio Chile", kind="body"), False),
        (Speaker("Ann Roe", "the union’s special envoy to Chile"), False),
        (Speaker("Chile’s largest mill", kind="body"), False),
    ],
)
def test_who_only_names_a_country_does_not_speak_for_it(
    speaker: Speaker, is_spoken_for: bool
) -> None:
    assert (actor_of(speaker, ["Chile"]) == "Chile") is is_spoken_for


def test_officials_and_others_speak_for_nobody_in_particular() -> None:
    asked = query("statements", actors=("Chile",))
    text = "Officials and relief workers say the help came late."
    mixed = Speaker("Officials and relief workers", kind="unnamed")
    kind = KINDS["statements"]
    assert kind.fit(Candidate(claim(text, mixed), around="Chile saw it."), asked).score == 0


@pytest.mark.parametrize(
    ("speaker", "is_spoken_for"),
    [
        (Speaker("Ann Roe", "board member"), True),
        (Speaker("Ann Roe", "the board chairman"), True),
        (Speaker("Tom Ilk", "member of the school board"), False),
        (Speaker("Tom Ilk", "chairman of the board of Tarn Mills"), False),
    ],
)
def test_a_board_of_something_is_the_board(speaker: Speaker, is_spoken_for: bool) -> None:
    assert (actor_of(speaker, ["Board of Education"]) is not None) is is_spoken_for


def test_actors_in_the_plural_are_each_one_of_them() -> None:
    actors = ["council members"]
    assert actor_of(Speaker("Ann Roe", "a council member who voted"), actors) == actors[0]


def test_a_body_acts_with_its_place_before_it() -> None:
    text = "The Tarn Board of Education voted to close the school."
    assert acts(text, ["Board of Education"]) == "Board of Education"


def test_an_office_is_one_under_its_short_form_and_for_women() -> None:
    people = (
        Mention("Ann Roe", "Ann Roe", "Republican Gov.", is_introduced=True),
        Mention("Ida Venn", "Ida Venn", "the board’s chairwoman", is_introduced=True),
    )
    made = claim("Roe called Venn.", people=people)
    assert roster(query("people", "governor", "chairman"), made) == ["Ann Roe", "Ida Venn"]


def test_a_question_that_nobody_in_particular_asks_says_little() -> None:
    asked = query("topic", "gates", "wall")
    text = "Did anybody look after the gates and the wall?"
    speaker = Speaker("Ann Roe", text=text)
    assert 0 < fit(claim(text), asked) < fit(claim(text, speaker), asked)


def test_a_body_with_a_place_in_its_name_is_not_of_the_articles_country() -> None:
    asked = query("statements", actors=("Chile",))
    article = make_article("The road was closed.\n\nChile saw the flood. Chile sent help.")
    made = make_claim("c1", make_split(article).sentences[0])
    kind = KINDS["statements"]

    def fit_of(name: str) -> float:
        spoken = replace(made, speaker=Speaker(name, kind="body"))
        return kind.fit(Candidate(spoken), asked).score

    assert fit_of("Health Ministry") > 0
    assert fit_of("Port Alder Police Department") == 0


def test_a_house_is_not_the_white_house() -> None:
    assert actor_of(Speaker("Ann Roe", "House prosecutor"), ["White House"]) is None
    assert actor_of(Speaker("Ann Roe", "White House spokeswoman"), ["White House"]) == "White House"
