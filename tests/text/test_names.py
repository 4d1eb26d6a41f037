from __future__ import annotations

import pytest

from briefing.text.names import aliases, country_of, find_names
from briefing.text.names.lexicon import load_lexicon
from briefing.text.names.persons import group_people, same_person
from briefing.text.names.places import load_places

_TWO_BODIES = [("White House", "body"), ("Justice Department", "body")]
_WILL = [("Will Osborne", "person"), ("Parliament", "other")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "On Monday President Anna Roe met Tor Lind.",
            [("Anna Roe", "person"), ("Tor Lind", "person")],
        ),
        ("Police said the road to Oslo was shut.", [("Oslo", "place")]),
        (
            "Officials in France blamed the Bank of England.",
            [("France", "place"), ("Bank of England", "body")],
        ),
        ("Norwegian Prime Minister Ada Moe left.", [("Norwegian", "other"), ("Ada Moe", "person")]),
        (
            "Matdos dos Santos and Piet van der Berg won.",
            [("Matdos dos Santos", "person"), ("Piet van der Berg", "person")],
        ),
        ("The University of Bergen opened in 1946.", [("University of Bergen", "body")]),
        ("He met the President in May.", []),
        ("Worker Anna Roe sang.", [("Anna Roe", "person")]),
        ("Hydrologist Maren Solberg left.", [("Maren Solberg", "person")]),
        ("Local MP Tor Lind left.", [("Tor Lind", "person")]),
        ("Chief Executive Officer Tor Lind left.", [("Tor Lind", "person")]),
        ("Downing Street was silent.", [("Downing Street", "body")]),
        (
            "The Competition and Markets Authority met the Rail and Dock Workers’ Union.",
            [
                ("Competition and Markets Authority", "body"),
                ("Rail and Dock Workers’ Union", "body"),
            ],
        ),
        ("They blamed the White House and Justice Department.", _TWO_BODIES),
        ("Bergen-based Hale Associates won.", [("Hale Associates", "body")]),
        ("A WOMAN has sold her boat.", []),
        ("NATO has met.", [("NATO", "body")]),
        ("Will Osborne said no. Will Parliament vote?", _WILL),
        ("On Sunday Anna May sang in May.", [("Anna May", "person")]),
        ("Ivo Hale, 44, sang.", [("Ivo Hale", "person")]),
        ("Hale Rowe, general secretary of the club, sang.", [("Hale Rowe", "person")]),
        ("He read Sanders’ Senate email.", [("Sanders", "other"), ("Senate", "other")]),
        ("“We are late,” she said.", []),
        ("", []),
    ],
)
def test_names_of_a_text(text: str, names: list[tuple[str, str]]) -> None:
    found = find_names(text)
    assert [(name.text, name.kind) for name in found] == names
    assert all(text[name.start : name.end] == name.text for name in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Jo Chun-ryong", "Jo Chun Ryong"),
        ("Choe Son-hui", "Choi Son Hui"),
        ("Sen. Anna Roe", "Anna Roe"),
        ("ANNA ROE", "Anna Roe"),
        ("José García", "Jose Garcia"),
        ("Jörg Großmann", "Joerg Grossmann"),
        ("Robert Lind", "Bob Lind"),
        ("John F. Roe", "John Roe"),
        ("Georg Anders Roe", "Anders Roe"),
        ("Lee Min Ho", "Min Ho Lee"),
        ("Sergei Petrovsky", "Sergey Petrovskiy"),
    ],
)
def test_spellings_of_one_person(first: str, second: str) -> None:
    assert same_person(first, second)
    assert same_person(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna Roe", "Berit Roe"),
        ("Choe Min Ho", "Cho Min Ho"),
        ("Mario Rossi", "Maria Rossi"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("George H. W. Roe", "George W. Roe"),
        ("Mr A Roe", "Mrs A Roe"),
        ("Roe", "Anna Roe"),
        ("John Roe", "James Roe"),
    ],
)
def test_two_persons(first: str, second: str) -> None:
    assert not same_person(first, second)
    assert not same_person(second, first)


def test_a_bare_surname_joins_its_only_bearer() -> None:
    assert group_people(["Tor Lind", "Mr Lind", "Ada Moe", "Moe"]) == ((0, 1), (2, 3))


def test_a_bare_surname_of_two_persons_stays_alone() -> None:
    assert group_people(["Anna Krog", "Berit Krog", "Krog"]) == ((0,), (1,), (2,))


def test_a_title_tells_which_of_two_is_meant() -> None:
    assert group_people(["Anna Krog", "Peter Krog", "Mrs Krog"]) == ((0, 2), (1,))


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Washington", "United States"),
        ("the Pentagon", "United States"),
        ("U.S.", "United States"),
        ("American officials", "United States"),
        ("State Department spokesman", "United States"),
        ("Kremlin", "Russia"),
        ("the Kremlin spokesperson", "Russia"),
        ("Seoul", "South Korea"),
        ("South Korea’s defence ministry", "South Korea"),
        ("Prime Minister of Israel", "Israel"),
        ("Élysée", "France"),
        ("Downing Street", "United Kingdom"),
        ("us", None),
        ("an expert on Russia", None),
        ("the special envoy to Russia", None),
        ("their ambassador to the United States", None),
        ("a spokesman for British Prime Minister Ann Roe", "United Kingdom"),
        ("Washington-based think-tank", None),
        ("president of the University of North Korean Studies", None),
        ("World Health Organization", None),
        ("", None),
    ],
)
def test_country_of_a_phrase(phrase: str, country: str | None) -> None:
    assert country_of(phrase) == country


def test_aliases_are_mutual() -> None:
    assert {"Washington", "White House", "US", "American"} <= aliases("United States")
    assert "United States" in aliases("Pentagon")
    assert "WHO" in aliases("World Health Organization")
    assert aliases("Tarn Valley") == {"Tarn Valley"}


def test_every_country_stands_for_itself() -> None:
    for country in load_places().countries:
        assert country_of(country) == country


def test_a_language_without_tables_has_no_lexicon() -> None:
    assert load_lexicon("xx") is None
    assert load_lexicon("en") is load_lexicon("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("April Jones said the bridge was safe.", ["April Jones"]),
        ("The engineer, May Whitfield, told reporters it was safe.", ["May Whitfield"]),
        ("June Castell, the mayor, said that April was dry.", ["June Castell"]),
        ("August Lindqvist leads the inquiry.", ["August Lindqvist"]),
        ("“It is not safe,” said April Osei, a nurse.", ["April Osei"]),
        ("“It is not safe,” said April Osei. A letter by April Osei came.", ["April Osei"] * 2),
        ("In June President Castell resigned.", ["Castell"]),
        ("In May Lowland closed the border.", ["Lowland"]),
        ("Next May Johnson will retire.", ["Johnson"]),
        ("The talks will resume in June. Roe will not come.", ["Roe"]),
    ],
)
def test_months_that_are_first_names(text: str, expected: list[str]) -> None:
    assert [name.text for name in find_names(text)] == expected
