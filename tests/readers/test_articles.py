"""Articles as files -> the facts and the text that the readers take from them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.config import SourceSpec
from briefing.models import Article
from briefing.readers import Reading, read

FOLDER = Path(__file__).parents[1] / "data" / "articles"
CASES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".md", ".html"))


def read_case(path: Path, **facts: object) -> Reading:
    source = SourceSpec.model_validate({"path": path.name, **facts})
    return read(path, source, language="xx", zone=ZoneInfo("Asia/Seoul"), root=FOLDER)


def only(reading: Reading) -> Article:
    (article,) = reading.articles
    return article


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_file_gives_its_facts_and_text(path: Path) -> None:
    beside = path.with_name(path.name + ".json")
    expected = json.loads((beside if beside.exists() else path.with_suffix(".json")).read_text())
    reading = read_case(path)
    article = only(reading)
    assert article.title == expected["title"]
    assert article.publisher == expected["publisher"]
    assert list(article.authors) == expected["authors"]
    assert (article.published.isoformat() if article.published else None) == expected["published"]
    assert article.language == expected["language"]
    assert article.url == expected["url"]
    assert article.wire == expected["wire"]
    assert article.path == path.name
    assert len(reading.notes) == expected["notes"]
    assert article.text.startswith(expected["starts"])
    assert [words for words in expected["holds"] if words not in article.text] == []
    assert [words for words in expected["lacks"] if words in article.text] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_title_that_stands_in_the_text_is_a_slice_of_it(path: Path) -> None:
    article = only(read_case(path))
    first = article.text.split("\n")[0]
    assert article.title is None or article.title == first or article.title not in article.text


def test_every_file_has_its_expectation() -> None:
    expected = {p.name for p in FOLDER.glob("*.json")}
    assert len(CASES) == len(expected) > 10


def test_same_file_gives_the_same_article_again() -> None:
    # trafilatura with its deduplication remembers pages: the fifth reading came out differently.
    texts = {only(read_case(FOLDER / "article.html")).text for _ in range(6)}
    assert len(texts) == 1


def test_facts_of_the_configuration_win() -> None:
    article = only(
        read_case(
            FOLDER / "front-matter.txt",
            title="Ferries",
            publisher="Skarn Post",
            author="Ministry of Health and Care; Jo Lind",
            published="2024-05-04T08:00:00",
            url="https://post.example/1",
            language="da",
        )
    )
    assert (article.title, article.publisher) == ("Ferries", "Skarn Post")
    assert article.authors == ("Ministry of Health and Care", "Jo Lind")
    assert article.published == datetime(2024, 5, 4, 8, tzinfo=ZoneInfo("Asia/Seoul"))
    assert (article.url, article.language) == ("https://post.example/1", "da")


def test_bare_date_stays_a_date() -> None:
    published = only(read_case(FOLDER / "byline.txt", published="2024-05-04")).published
    assert published == date(2024, 5, 4)
    assert not isinstance(published, datetime)


def test_publisher_that_is_an_agency_carries_its_own_copy() -> None:
    assert only(read_case(FOLDER / "byline.txt", publisher="The Associated Press")).wire == "AP"


def test_id_hangs_on_publisher_and_text_alone() -> None:
    article = only(read_case(FOLDER / "byline.txt"))
    again = only(read_case(FOLDER / "byline.txt", title="Another", url="https://x.example/"))
    other = only(read_case(FOLDER / "byline.txt", publisher="Another"))
    assert article.id == again.id != other.id
    assert len(article.id) == 12
    assert set(article.id) <= set("0123456789abcdef")


def test_title_is_spelled_as_in_the_text(tmp_path: Path) -> None:
    lines = ["---", "title: \"'We won': Mayor\"", "---", "‘We won’: mayor", "", "She won.", ""]
    (tmp_path / "a.txt").write_text("\n".join(lines))
    source = SourceSpec.model_validate({"path": "a.txt"})
    reading = read(tmp_path / "a.txt", source, language="en", zone=ZoneInfo("UTC"), root=tmp_path)
    assert only(reading).title == "‘We won’: mayor"
