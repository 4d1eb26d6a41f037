"""What lines of a text state about it; every case is a few lines and what follows from them."""

from __future__ import annotations

import pytest

from briefing.readers.statements import Statements, find_statements
from briefing.readers.wire import agencies, agency_named, credited_agency, dateline_agency

LEAD = (
    "Engineers opened the old lock on Monday for the first time in sixty years, and three barges "
    "went up to the mill basin before a crowd of about two hundred people, the canal trust said."
)
MORE = "The mayor of the town said that the work had cost less than planned."


def stated(*lines: str) -> Statements:
    return find_statements("\n\n".join(lines))


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("Old lock opens after sixty years", "Old lock opens after sixty years"),
        ("# Old lock opens after sixty years", "Old lock opens after sixty years"),
        ("‘We never gave up’: old lock opens", "‘We never gave up’: old lock opens"),
        (
            "Why did the lock stay shut for sixty years?",
            "Why did the lock stay shut for sixty years?",
        ),
        ("Canal trade grows in the U.S.", "Canal trade grows in the U.S."),
        ("六十年ぶりに水門が開く", "六十年ぶりに水門が開く"),
        ("The lock was opened on Monday.", None),
        ("In the autumn of that year,", None),
        ("News", None),
        ("World news", None),
        ("Home > World > Europe >", None),
        ("word " * 60, None),
    ],
)
def test_title_is_the_first_line_where_it_stands_like_one(first: str, title: str | None) -> None:
    assert stated(first, LEAD, MORE).title == title


def test_title_stands_after_date_and_publisher_too() -> None:
    found = stated("CBX News", "3 May 2024", "Old lock opens after sixty years", LEAD, MORE)
    assert found.title == "Old lock opens after sixty years"
    assert (found.publisher, str(found.published)) == ("CBX News", "2024-05-03")


def test_one_line_has_no_title() -> None:
    assert find_statements("Old lock opens after sixty years") == Statements()


@pytest.mark.parametrize(
    ("byline", "authors", "publisher"),
    [
        ("By Ann Lee", ("Ann Lee",), None),
        ("by ANN LEE", ("ANN LEE",), None),
        ("By: Ann Lee", ("Ann Lee",), None),
        ("**By Ann Lee**", ("Ann Lee",), None),
        ("By Ann Lee and Jo de la Cruz", ("Ann Lee", "Jo de la Cruz"), None),
        ("By Ann Lee, Ole Berg and Jo Hart", ("Ann Lee", "Ole Berg", "Jo Hart"), None),
        ("By Ann Lee in Oslo and Jo Hart in Riga", ("Ann Lee", "Jo Hart"), None),
        ("By Ann Lee, Political Editor", ("Ann Lee",), None),
        ("By Ann Lee Political Editor", ("Ann Lee",), None),
        ("By Ann Lee, New Delhi", ("Ann Lee",), None),
        ("By Ann Lee | CBX News", ("Ann Lee",), "CBX News"),
        ("By Ann Lee, The Mill Post", ("Ann Lee",), "The Mill Post"),
        ("By Ann Lee for The Mill Post", ("Ann Lee",), "The Mill Post"),
        ("By Ann Lee, CBX", ("Ann Lee",), "CBX"),
        ("Written by Ann Lee", ("Ann Lee",), None),
        ("By J.R. O’Neill-Smith", ("J.R. O’Neill-Smith",), None),
        ("By Tuesday evening the water had gone", (), None),
        ("By Monday Morning", (), None),
        ("By staff and agencies", (), None),
        ("By our correspondent", (), None),
    ],
)
def test_byline(byline: str, authors: tuple[str, ...], publisher: str | None) -> None:
    found = stated("Old lock opens after sixty years", byline, LEAD, MORE)
    assert (found.authors, found.publisher, found.wire) == (authors, publisher, None)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("CBX News, Millhaven", "CBX News"),
        ("CBX", "CBX"),
        ("The Mill Post", "The Mill Post"),
        ("Mill Valley Times • 4 min read", "Mill Valley Times"),
        ("Political correspondent", None),
        ("Millhaven, Norland", None),
        ("Daily Newsletter", None),
        ("Latest News", None),
    ],
)
def test_line_after_the_byline(line: str, publisher: str | None) -> None:
    found = stated("Old lock opens after sixty years", "By Ann Lee", line, LEAD, MORE)
    assert found.publisher == publisher


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2024 The Mill Post. All rights reserved.", "The Mill Post"),
        ("Copyright 2024 Mill Valley Media Ltd", "Mill Valley Media Ltd"),
        ("(c) 2021-2024 The Mill Post", "The Mill Post"),
        ("© The Mill Post | Terms of use", None),
        ("© Getty Images 2024", None),
        ("Photo © 2024 Ann Lee", None),
    ],
)
def test_copyright_names_the_publisher(line: str, publisher: str | None) -> None:
    assert stated("Old lock opens after sixty years", LEAD, MORE, line).publisher == publisher


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("3 May 2024", "2024-05-03"),
        ("Published: May 3, 2024", "2024-05-03"),
        ("Posted on 3 May 2024 | 4 min read", "2024-05-03"),
        ("Updated 3 May 2024", "None"),
        ("The lock opened on 3 May 2024", "None"),
    ],
)
def test_date_line(line: str, date: str) -> None:
    found = stated("Old lock opens after sixty years", "By Ann Lee", line, LEAD, MORE)
    assert str(found.published) == date


def test_labelled_lines_at_the_start() -> None:
    found = find_statements(
        "Title: Old lock opens\nAuthor: Ann Lee and Jo Hart\nPublisher: The Mill Post\n"
        f"Date: 3 May 2024\nURL: https://mill.example/1\n\n{LEAD}\n\n{MORE}"
    )
    assert (found.title, found.authors) == ("Old lock opens", ("Ann Lee", "Jo Hart"))
    assert (found.publisher, str(found.published)) == ("The Mill Post", "2024-05-03")
    assert found.url == "https://mill.example/1"


def test_note_on_the_author_names_her() -> None:
    found = stated("Old lock opens", LEAD, "About the author", "Ann Lee is a reporter in Oslo.")
    assert (found.authors, found.wire) == (("Ann Lee",), None)


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("OSLO, May 3 (Reuters) - " + LEAD, "Reuters"),
        ("OSLO (AP) — " + LEAD, "AP"),
        ("Oslo (AFP) – " + LEAD, "AFP"),
        ("OSLO, Norland, May 3 (Xinhua) -- " + LEAD, "Xinhua"),
        ("(Reuters) - " + LEAD, "Reuters"),
        ("OSLO, May 3 (QWX) - " + LEAD, "QWX"),  # an agency that no table knows
        ("OSLO (US) - " + LEAD, None),
        ("OSLO (Reuters/AFP) - " + LEAD, None),
        ("The party (AP) won. " + LEAD, None),
    ],
)
def test_dateline_credits_an_agency(line: str, wire: str | None) -> None:
    assert stated("Old lock opens after sixty years", line, MORE).wire == wire


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("AFP", "AFP"),
        ("Reuters", "Reuters"),
        ("— Reuters", "Reuters"),
        ("(AFP)", "AFP"),
        ("AFP/jk", "AFP"),
        ("Source: Xinhua", "Xinhua"),
        ("By The Associated Press", "AP"),
        ("Agence France-Presse in Oslo", "AFP"),
        ("© 2024 AFP", "AFP"),
        ("Copyright 2024 The Associated Press. All rights reserved.", "AP"),
        ("© Agence France-Presse", "AFP"),
        ("The barges will come again in June. – AFP", "AFP"),
        ("The barges will come again in June. (Reuters)", "Reuters"),
        ("AFP, Reuters", None),
        ("Additional reporting by agencies", None),
        ("With inputs from AFP and Reuters", None),
        ("Source: Video Screenshot", None),
        ("Photo: AFP", None),
        ("Getty Images via AFP", None),
        ("MAP", None),
        ("KCNA reported it on Monday.", None),
    ],
)
def test_line_credits_an_agency(line: str, wire: str | None) -> None:
    assert stated("Old lock opens after sixty years", LEAD, MORE, line).wire == wire


def test_agency_is_the_publisher_only_where_none_is_named() -> None:
    alone = stated("Old lock opens after sixty years", "OSLO (AP) — " + LEAD, MORE)
    carried = stated(
        "Old lock opens after sixty years", "The Mill Post", "OSLO (AP) — " + LEAD, MORE
    )
    assert (alone.publisher, alone.wire) == ("Associated Press", "AP")
    assert (carried.publisher, carried.wire) == ("The Mill Post", "AP")


def test_two_remarks_of_one_agency_count_where_no_publisher_is_named() -> None:
    lines = ["The keeper told AFP that he was glad.", "An AFP reporter saw the barges pass."]
    assert stated("Old lock opens", LEAD, *lines).wire == "AFP"
    assert stated("Old lock opens", LEAD, lines[0], MORE).wire is None
    assert stated("Old lock opens", LEAD, *lines, "A sailor told Reuters no.").wire is None
    assert stated("Old lock opens", "The Mill Post", LEAD, *lines).wire is None


def test_statements_of_agencies_are_no_credit() -> None:
    found = stated(
        "Old lock opens after sixty years",
        "Yonhap news agency said that the lock was open.",
        "KCNA reported on Monday that it was not, and TASS quoted a keeper.",
        "He told Interfax that he had lost the key, according to Kyodo.",
    )
    assert (found.wire, found.publisher) == (None, None)


def test_table_of_agencies() -> None:
    table = agencies()
    assert len(table) > 80
    assert len({agency.short for agency in table}) == len(table)
    assert all(len(agency.country) == 2 and agency.country.isupper() for agency in table)
    # Every agency answers to its own names, but for an abbreviation that a better known one has.
    lost = [s for a in table for s in a.spellings if (agency_named(s) or a).short != a.short]
    assert lost == []


def test_abbreviations_count_in_capitals_only() -> None:
    assert agency_named("map") is None
    assert agency_named("MAP") is not None
    assert agency_named("the associated press") is agency_named("AP")
    assert credited_agency("MAP") is None
    assert dateline_agency("RABAT (MAP) - x") is agency_named("MAP")
