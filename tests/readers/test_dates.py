"""The words of a date -> the date; what could mean two days means none."""

from __future__ import annotations

import pytest

from briefing.readers.dates import parse_published


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T07:15", "2024-05-03T07:15:00"),
        ("2024-05-03 07:15:09", "2024-05-03T07:15:09"),
        ("2024-05-03T07:15:00Z", "2024-05-03T07:15:00+00:00"),
        ("2024-05-03T07:15:00+0900", "2024-05-03T07:15:00+09:00"),
        ("2024-05-03T07:15:00.123+09:00", "2024-05-03T07:15:00.123000+09:00"),
        ("2024/5/3", "2024-05-03"),
        ("3 May 2024", "2024-05-03"),
        ("May 3, 2024", "2024-05-03"),
        ("Friday, 3rd May 2024", "2024-05-03"),
        ("Sept. 12, 2023", "2023-09-12"),
        ("12 SEP 2023", "2023-09-12"),
        ("Sept. 12, 2023 at 8:05 p.m.", "2023-09-12T20:05:00"),
        ("12 September 2023, 12:30 am", "2023-09-12T00:30:00"),
        ("12 September 2023 08:05 GMT", "2023-09-12T08:05:00+00:00"),
        ("12 September 2023 08.05 UTC+9:00", "2023-09-12T08:05:00+09:00"),
        ("September 12, 2023 at 6:05 p.m. EDT", "2023-09-12"),
        ("Tue, 12 Sep 2023 08:00:00 +0900", "2023-09-12T08:00:00+09:00"),
        ("Tue, 12 Sep 2023 08:00:00 GMT", "2023-09-12T08:00:00+00:00"),
    ],
)
def test_dates_that_are_stated(words: str, iso: str) -> None:
    found = parse_published(words)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    "words",
    [
        "", "soon", "yesterday", "May 2024", "3 May", "03/04/2024", "12.09.2023", "2024-02-30",
        "2024-13-01",
        "0000-01-01", "9999-12-31", "99999-01-01", "32 January 2024", "25:61", "3 Smarch 2024",
        "1 Ma 2024",
        "3 May 2024 at 25:10", "2024-05-03T99:00", "in the 3 May 2024 edition", "20240503",
        "9" * 500,
        "Tue, 12 Sep 99999 08:00:00 GMT",
    ],
)  # fmt: skip
def test_dates_that_are_not(words: str) -> None:
    assert parse_published(words) is None
