"""config.yaml -> specs: what is understood, what is refused, and what is said about it."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing.config import (
    BriefSpec,
    CondenseSpec,
    SectionSpec,
    SourceSpec,
    configuration_markdown,
    find_config,
    load_config,
    nearest,
    no_such,
    parse_time,
    schema,
    starter,
)
from briefing.errors import ConfigError
from briefing.rankers import RANKERS

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "config"
FULL = (DATA / "good" / "full.yaml").read_bytes()
MINIMAL = "briefs: {a: {title: A, sources: [{path: a.txt}], sections: [{title: S}]}}\n"


def cases(folder: str) -> list[Path]:
    found = sorted((DATA / folder).glob("*.yaml"))
    assert found
    return found


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", cases("mistakes"), ids=lambda path: path.stem)
def test_every_mistake_is_named_at_its_place_and_in_file_order(path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(path, rankers=RANKERS, shown=path.name)
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert f"{caught.value}\n" == expected
    assert [str(mistake) for mistake in caught.value.mistakes] == expected.splitlines()


@pytest.mark.parametrize("path", cases("good"), ids=lambda path: path.stem)
def test_a_good_file_is_resolved_with_its_defaults(path: Path) -> None:
    config = load_config(path, rankers=RANKERS)
    specs = [spec.model_dump(mode="json", exclude_defaults=True) for spec in config.briefs]
    assert specs == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def test_the_shipped_configuration_loads() -> None:
    config = load_config(ROOT / "config.yaml", rankers=RANKERS)
    assert config.path == ROOT / "config.yaml"
    assert [spec.name for spec in config.briefs] == ["summit"]


def test_methods_are_checked_only_against_the_names_given(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL.replace("title: A", "title: A, condense: {method: mine}"))
    assert load_config(path).briefs[0].condense.method == "mine"
    assert load_config(path, rankers=["mine"]).briefs[0].condense.method == "mine"
    with pytest.raises(ConfigError, match="no 'mine'; known: lead, yours"):
        load_config(path, rankers=["yours", "lead"])


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.yaml: no such file$") as caught:
        load_config(tmp_path / "none.yaml")
    assert "brief init" in caught.value.hint


def test_a_folder_or_a_pipe_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder"):
        load_config(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ConfigError, match="is not a regular file"):
        load_config(tmp_path / "pipe")


def test_a_file_in_the_place_of_a_folder_is_one_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not a directory"):
        load_config(write(tmp_path, MINIMAL) / "config.yaml")


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL + "#" * 1_000_000)
    with pytest.raises(ConfigError, match="larger than 1,000,000 bytes"):
        load_config(path)


def test_the_nearest_configuration_upwards_is_found(tmp_path: Path) -> None:
    outer = write(tmp_path, MINIMAL)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(inner) == outer.resolve()
    (tmp_path / "a" / "config.yaml").mkdir()  # a folder of that name is not one
    assert find_config(inner) == outer.resolve()
    nearer = write(inner, MINIMAL)
    assert find_config(inner) == nearer.resolve()


def test_no_configuration_anywhere_names_both_ways_out(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file in") as caught:
        find_config(tmp_path)
    assert "brief init" in caught.value.hint
    assert "--config" in caught.value.hint


def outcome(path: Path) -> list[tuple[int, int]]:
    """Where the mistakes of a file are, or (0, 0) for each brief of a file that has none."""
    try:
        return [(0, 0) for _ in load_config(path, rankers=RANKERS).briefs]
    except ConfigError as error:
        return [(mistake.line, mistake.column) for mistake in error.mistakes]


@settings(deadline=None, max_examples=200, derandomize=True)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode(errors="replace"))
    | st.tuples(st.integers(0, len(FULL)), st.integers(0, 30), st.binary(max_size=5)).map(
        lambda cut: FULL[: cut[0]] + cut[2] + FULL[cut[0] + cut[1] :]
    )
)
def test_whatever_a_file_holds_is_understood_or_refused_with_mistakes(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_bytes(content)
        found = outcome(path)
    assert found
    assert found == sorted(found)


def test_a_flood_of_mistakes_is_cut(tmp_path: Path) -> None:
    path = write(tmp_path, MINIMAL + "".join(f"key{i}: 1\n" for i in range(3000)))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert len(caught.value.mistakes) == 500


def test_specs_made_by_hand_check_themselves() -> None:
    with pytest.raises(ValidationError, match="names no path, url or feed"):
        SourceSpec(publisher="The Daily Example")
    with pytest.raises(ValidationError, match="names both a path and a feed"):
        SourceSpec(path="a.txt", feed="https://example.org/feed")
    with pytest.raises(ValidationError, match="a share above 0%"):
        CondenseSpec(length=0)
    assert CondenseSpec(length="100 %").length == "100%"
    assert CondenseSpec(length=7).length == 7


def test_a_time_without_a_zone_is_in_the_zone_of_its_brief() -> None:
    naive = datetime.fromisoformat("2024-05-17T08:00")
    spec = BriefSpec(
        name="harbour",
        title="Harbour strike",
        timezone="Asia/Tokyo",
        sources=(SourceSpec(path="a.txt", published=naive),),
        sections=(SectionSpec(title="Talks"),),
    )
    assert spec.sources[0].published == naive.replace(tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-09-12", date(2023, 9, 12)),
        ("2023-9-2", date(2023, 9, 2)),
        (" 2023-09-12T08:00Z ", datetime(2023, 9, 12, 8, tzinfo=UTC)),
        ("2023-09-12t08:00:30z", datetime(2023, 9, 12, 8, 0, 30, tzinfo=UTC)),
        ("2023-09-12 08:00:00.25 +00:00", datetime(2023, 9, 12, 8, 0, 0, 250_000, tzinfo=UTC)),
        (
            "2023-09-12T08:00:00-0330",
            datetime(2023, 9, 12, 8, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
        ),
        ("2023-09-12T08:00+9", datetime(2023, 9, 12, 8, tzinfo=timezone(timedelta(hours=9)))),
    ],
)
def test_times_as_people_write_them(text: str, expected: date | datetime) -> None:
    found = parse_time(text)
    assert found == expected
    assert type(found) is type(expected)


def test_a_time_without_a_zone_stays_without_one() -> None:
    found = parse_time("2023-09-12T08:00")
    assert isinstance(found, datetime)
    assert found.tzinfo is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-02-30",
        "2023-13-01",
        "0000-01-01",
        "20230912",
        "2023-09-12T25:00",
        "2023-09-12T08",
        "2023-09-12T08:00+25:00",
        "9999-12-31T23:00-12:00",
        "٢٠٢٣-٠٩-١٢",
    ],
)
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is (neither|no time)"):
        parse_time(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("lex-rnak", "lex-rank"),
        ("LexRank", "lex-rank"),
        ("lex_rank", "lex-rank"),
        ("md", "markdown"),
        ("edm", "edmundson"),
        ("xyzzy", None),
        ("", None),
        ("-", None),
    ],
)
def test_the_word_that_was_meant(word: str, expected: str | None) -> None:
    assert nearest(word, [*RANKERS, "markdown", "html"]) == expected


def test_a_long_word_is_cut_in_a_message() -> None:
    assert no_such("x" * 500, ["lead"]) == f"no '{'x' * 59}…'; known: lead"


def test_the_schema_knows_every_key_and_method() -> None:
    made = schema(RANKERS)
    brief = made["$defs"]["BriefSpec"]
    assert "name" not in brief["properties"]
    assert brief["required"] == ["title", "sources", "sections"]
    assert set(brief["properties"]) == set(BriefSpec.model_fields) - {"name"}
    assert made["$defs"]["CondenseSpec"]["properties"]["method"]["enum"] == sorted(RANKERS)
    assert made["properties"]["briefs"]["propertyNames"]["pattern"].startswith("^[a-z0-9]")
    described = [key for spec in made["$defs"].values() for key in spec["properties"].values()]
    assert all(key.get("description") for key in described if "$ref" not in key)
    json.dumps(made)


def test_the_page_on_the_configuration_is_up_to_date() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == configuration_markdown(RANKERS), "brief schema --markdown writes it anew"


def test_the_example_of_the_page_loads(tmp_path: Path) -> None:
    page = configuration_markdown(RANKERS)
    path = write(tmp_path, page.split("```yaml\n")[1].split("```")[0])
    assert load_config(path, rankers=RANKERS).briefs[0].title == "Harbour strike: where it stands"


@pytest.mark.parametrize(
    ("folder", "name", "title"),
    [
        ("harbour_strike-2024", "harbour-strike-2024", "Harbour strike 2024"),
        ("Überfahrt: “now”", "uberfahrt-now", "Überfahrt: “now”"),
        ('a"b\\c', "a-b-c", 'A"b\\c'),
        ("日本", "brief", "日本"),
        ("", "brief", "Brief"),
        ("\x1b[31m\n", "31m", "[31m"),
        ("x" * 200, "x" * 80, "X" + "x" * 199),
    ],
)
def test_a_starter_loads_whatever_the_folder_is_called(
    tmp_path: Path, folder: str, name: str, title: str
) -> None:
    path = write(tmp_path, starter(folder, ["*.txt", 'odd"folder/*.md'], RANKERS))
    (spec,) = load_config(path, rankers=RANKERS).briefs
    assert (spec.name, spec.title) == (name, title)
    assert [source.path for source in spec.sources] == ["*.txt", 'odd"folder/*.md']
    assert [section.kind for section in spec.sections] == [
        "topic",
        "timeline",
        "people",
        "statements",
        "experts",
    ]


REGISTER = """\
- name: The Harbour Courier
  also: [Courier Online]
  domains: [www.Courier.example]
  country: NO
- {name: Post, country: South Korea, control: state, kind: agency, note: "It is."}
"""
NAMED = "defaults: {publishers: lists/publishers.yaml}\n" + MINIMAL


def write_register(folder: Path, text: str) -> Path:
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "lists" / "publishers.yaml").write_text(text, encoding="utf-8")
    return write(folder, NAMED)


def test_a_register_of_publishers_is_read_beside_the_configuration(tmp_path: Path) -> None:
    (spec,) = load_config(write_register(tmp_path, REGISTER)).briefs
    assert spec.publishers is not None
    courier, post = spec.publishers.entries
    assert (courier.country, courier.domains) == ("Norway", ("courier.example",))
    assert (post.name, post.country, post.control) == ("Post", "South Korea", "state")


def test_a_brief_s_own_register_wins(tmp_path: Path) -> None:
    write_register(tmp_path, REGISTER)
    (tmp_path / "mine.yaml").write_text("[{name: Mine}]", encoding="utf-8")
    path = write(tmp_path, NAMED.replace("title: A,", "title: A, publishers: mine.yaml,"))
    (spec,) = load_config(path).briefs
    assert spec.publishers is not None
    assert [entry.name for entry in spec.publishers.entries] == ["Mine"]


@pytest.mark.parametrize(
    ("register", "said"),
    [
        ("- {name: A, country: UK}", "1:22: 0.country: no country 'UK'; did you mean 'GB'? "),
        ("- {name: A, country: no}", "1:22: 0.country: no country 'no'; did you mean 'NO'? "),
        ("- {name: A, country: Norwey}", "no country 'Norwey'; did you mean 'Norway'? "),
        ("- {name: A, contry: NO}", "1:13: 0.contry: unknown key; did you mean 'country'? "),
        ("- {name: A, control: sate}", "0.control: no 'sate'; did you mean 'state'? known: "),
        ("- {name: A, kind: papers}", "0.kind: no 'papers'; "),
        ("- {name: A, domains: ['https://a.b']}", "must be a domain such as example.org, not "),
        ("- {name: A, language: english}", "must be a language code of two letters"),
        ("- {country: NO}", "1:3: 0.name: is missing"),
        ("- name: A\n- name: the  a", "2:9: 1.name: belongs to A already; a publisher"),
        ("- name: A\n- {name: B, also: [a]}", "2:20: 1.also.0: belongs to A already"),
        (
            "- name: A\n  domains: [a.bc]\n- {name: B, domains: [a.bc]}",
            "3:23: 1.domains.0: belongs",
        ),
        ("name: A", "must be a list"),
        ("", "is empty; needs a list of publishers"),
        ("- [", "1:4: not YAML: a value is missing, or needs quotation marks"),
        ("- A", "must be keys with values (name, also, "),
    ],
)
def test_a_mistake_in_a_register_is_named_in_its_file(
    tmp_path: Path, register: str, said: str
) -> None:
    path = write_register(tmp_path, register)
    with pytest.raises(ConfigError) as caught:
        load_config(path, shown="config.yaml")
    (line,) = str(caught.value).splitlines()
    assert line.startswith("lists/publishers.yaml:")
    assert said in line


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none.yaml", "config.yaml:1:24: defaults.publishers: no such file: none.yaml"),
        ("''", "defaults.publishers: must be a file such as publishers.yaml"),
        ("[a.yaml]", "defaults.publishers: must be a file such as publishers.yaml"),
        (".", "is a folder"),
    ],
)
def test_a_register_that_cannot_be_read_is_a_mistake(tmp_path: Path, given: str, said: str) -> None:
    path = write(tmp_path, NAMED.replace("lists/publishers.yaml", given))
    with pytest.raises(ConfigError) as caught:
        load_config(path, shown="config.yaml")
    assert said in str(caught.value)


def test_mistakes_of_both_files_are_told_together(tmp_path: Path) -> None:
    path = write_register(tmp_path, "- {name: A, kind: papers}\n- {nam: B}\n")
    path.write_text(NAMED.replace("title: A,", "titel: A,"), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path, shown="config.yaml")
    places = [(m.path, m.line) for m in caught.value.mistakes]
    assert places == [
        ("config.yaml", 2),
        ("lists/publishers.yaml", 1),
        ("lists/publishers.yaml", 2),
    ]
