"""`brief check`, `init`, `schema`, `verify`, `explain` and `brief` itself: streams, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from briefing.cli import app, main
from briefing.config import configuration_markdown, load_config, schema
from briefing.edition import write_edition
from briefing.errors import SourceError
from briefing.models import Alternative, Brief, Passage, Section, Speaker
from briefing.rankers import RANKERS
from briefing.renderers import json_document
from briefing.renderers.environment import Templates
from tests.build import AS_OF, make_article, make_claim, make_split, number_references

ROOT = Path(__file__).parent.parent
HEAVY = ("weasyprint", "sumy", "nltk", "trafilatura", "lxml", "numpy", "nupunkt", "fontTools")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_check_says_what_was_understood(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "config.yaml").write_text(
        "defaults: {condense: {method: lead, length: 4}, publishers: p.yaml}\n"
        "briefs:\n"
        '  harbour: {title: "Harbour [/red] strike",\n'
        '    sections: [{title: Talks, actors: [Union], questions: ["Who came?"]}],\n'
        "    sources: [{path: a/*.txt, publisher: Example, published: 2024-05-17},\n"
        '              {feed: "https://example.org/feed"}]}\n',
        encoding="utf-8",
    )
    (folder / "p.yaml").write_text("- name: Example\n", encoding="utf-8")
    assert main(["check"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        "config.yaml: 1 brief, no mistakes",
        "",
        "harbour: Harbour [/red] strike",
        "  formats: markdown, html, pdf, json",
        "  language: en; time zone: UTC",
        "  condense: lead, 4 sentences of each article",
        "  publishers: p.yaml, 1 publisher",
        "  sources:",
        "    path a/*.txt (publisher: Example; published: 2024-05-17)",
        "    feed https://example.org/feed",
        "  sections:",
        "    Talks (topic): at most 10; actors: Union; questions: 1",
    ]


def test_check_and_build_warn_of_words_in_notes_and_go_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text("The dam at Tarn cracked on Monday.", encoding="utf-8")
    (folder / "config.yaml").write_text(
        "defaults: {yardstick: phia, formats: [json]}\n"
        "briefs:\n"
        "  a: {title: A, sources: [{path: a.txt}], sections: [{title: Dam}], notes: Maybe.}\n"
        "  b: {title: B, sources: [{path: a.txt}], sections: [{title: Dam}], notes: Perhaps.}\n",
        encoding="utf-8",
    )
    said = "warning: config.yaml:{}:76: briefs.{}.notes.0: '{}' is no word of the PHIA yardstick"
    assert main(["check"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" for")[0] for line in lines] == [
        said.format(3, "a", "maybe"),
        said.format(4, "b", "perhaps"),
    ]
    assert main(["build", "b", "-q"]) == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(said.format(4, "b", "perhaps"))


def test_check_names_every_mistake_and_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "my.yaml").write_text("briefs:\n  a: {titel: A}\n  b: {titel: B}\n")
    assert main(["check", "--config", "my.yaml"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert len(lines) == 6
    assert all(re.match(r"error: my\.yaml:[23]:\d+: briefs\.[ab]", line) for line in lines)


def test_a_configuration_above_is_named_from_here(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.yaml").write_text("briefs: 1\n")
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith(f"error: ..{os.sep}config.yaml:1:9: briefs: ")


@pytest.mark.usefixtures("folder")
def test_without_a_configuration_the_hint_says_how_to_get_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--config", "none.yaml"]) == 2
    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: none.yaml: no such file"
    assert hint.startswith("hint: `brief init`")


@pytest.mark.usefixtures("folder")
def test_debug_shows_the_traceback_of_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--config", "none.yaml", "--debug"]) == 2
    assert capsys.readouterr().err.startswith("Traceback")


def test_init_writes_a_configuration_that_check_accepts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = folder / "harbour-strike"
    articles.mkdir()
    for name in ("a.txt", "b.txt", "c.html", "README.md", "data.csv", ".hidden.md"):
        (articles / name).touch()
    assert main(["init", "harbour-strike"]) == 0
    path = Path("harbour-strike") / "config.yaml"
    assert capsys.readouterr().out == f"{path}\n"
    (spec,) = load_config(path, rankers=RANKERS).briefs
    assert (spec.name, spec.title) == ("harbour-strike", "Harbour strike")
    assert [source.path for source in spec.sources] == ["*.txt", "*.html"]
    assert len(spec.sections) == 5
    assert main(["check", "--config", str(path)]) == 0


def test_init_is_for_this_folder_and_finds_articles_one_folder_down(folder: Path) -> None:
    for name in ("few/a.txt", "many/a.md", "many/b.md", "many/deeper/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert main(["init"]) == 0
    (spec,) = load_config(Path("config.yaml"), rankers=RANKERS).briefs
    assert [source.path for source in spec.sources] == ["many/*.md"]


@pytest.mark.usefixtures("folder")
def test_init_without_articles_says_where_they_go() -> None:
    assert main(["init"]) == 0
    (spec,) = load_config(Path("config.yaml"), rankers=RANKERS).briefs
    assert [source.path for source in spec.sources] == ["articles/*.txt"]


def test_init_replaces_a_file_only_when_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "config.yaml"
    path.write_text("mine")
    assert main(["init"]) == 2
    assert path.read_text() == "mine"
    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: config.yaml: is already there"
    assert "--force" in hint
    assert main(["init", "--force"]) == 0
    assert load_config(path, rankers=RANKERS).briefs


def test_init_names_the_schema_only_where_there_is_one(folder: Path) -> None:
    assert main(["init"]) == 0
    assert "yaml-language-server" not in (folder / "config.yaml").read_text(encoding="utf-8")
    (folder / "brief.schema.json").write_text("{}")
    assert main(["init", "--force"]) == 0
    first = (folder / "config.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=brief.schema.json"
    assert main(["check"]) == 0


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_init_needs_a_folder(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "file").touch()
    assert main(["init", name]) == 2
    assert re.fullmatch(
        rf"error: {name}: no(t a| such file or) directory\n", capsys.readouterr().err
    )


def test_schema_is_json_or_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema(RANKERS)
    assert main(["schema", "--markdown"]) == 0
    assert capsys.readouterr().out == configuration_markdown(RANKERS)


@dataclass(frozen=True)
class Found:
    """What the verifier says of one thing."""

    subject: str
    reason: str


@pytest.fixture
def will_find(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def will_find(*findings: Found, error: SourceError | None = None) -> None:
        def verify_edition(folder: Path) -> tuple[Found, ...]:
            assert folder == Path("out/a/latest")
            if error:
                raise error
            return findings

        monkeypatch.setattr("briefing.verify.verify_edition", verify_edition)

    return will_find


def test_verify_says_that_everything_holds(
    will_find: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    will_find()
    assert main(["verify", "out/a/latest"]) == 0
    assert capsys.readouterr().out == "out/a/latest: everything holds\n"
    assert main(["verify", "out/a/latest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": "brief-verify/1",
        "edition": "out/a/latest",
        "findings": [],
    }


def test_verify_lists_what_does_not_hold(
    will_find: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    will_find(Found("c1", "is not in\x1b the evidence"), Found("brief.md", "has another hash"))
    assert main(["verify", "out/a/latest"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        r"c1: is not in\x1b the evidence",
        "brief.md: has another hash",
    ]
    assert main(["verify", "out/a/latest", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][1] == {
        "subject": "brief.md",
        "reason": "has another hash",
    }


def test_verify_of_what_is_no_edition_ends_with_2(
    will_find: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    will_find(error=SourceError("out/a/latest", "no such folder"))
    assert main(["verify", "out/a/latest"]) == 2
    assert capsys.readouterr().err == "error: out/a/latest: no such folder\n"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition of one section, whose claims have an escape sequence among their words."""
    courier = make_article(
        "Tolls rise in May.\n\nThe bridge\x1b[2J opens on Monday, the mayor said.",
        title="Bridge\u202e",
        publisher="Courier",
        path="a/courier.txt",
    )
    wire = make_article("On Monday the bridge opens.", publisher="Post", wire="Agency")
    opening = replace(
        make_claim(
            "c1",
            make_split(courier).sentences[1],
            make_split(wire).sentences[0],
            speaker=Speaker("the mayor", None, "opens on Monday"),
            status="said",
            why=("keyword: bridge",),
        ),
        same=("", "wording 0.71 and 1 equal figure"),
        also_fits=(Alternative("Roads", 0.61), Alternative("Towns", 0.4)),
    )
    lamps = make_article(" ".join(f"Lamp {n} was lit." for n in range(12)), publisher="Post")
    more = [
        make_claim(f"m{n}", lamp, passage=Passage(lamps, 0, lamp.end))
        for n, lamp in enumerate(make_split(lamps).sentences)
    ]
    more[0] = make_claim("m0", *make_split(lamps).sentences[:2], independent=1)
    tolls = make_claim("c2", make_split(courier).sentences[0])
    brief = Brief(
        name="bridge",
        title="Bridge",
        as_of=AS_OF,
        articles=(courier, wire, lamps),
        references=number_references(courier, wire),
        bottom_line=("c1",),
        sections=(Section("Opening", "topic", claims=(opening,), more=tuple(more)),),
        unplaced=(replace(tolls, also_fits=(Alternative("Opening", 0.2),)),),
    )
    document = json_document.render(brief, Templates(None))
    write_edition(
        tmp_path / "bridge",
        "2024-05-14T1200Z",
        [document],
        brief.articles,
        configuration={},
        version="1",
    )
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return Path("bridge/latest")


def test_explain_tells_a_person_why_a_claim_stands_there(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "c1"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    courier, wire = (
        each["article"]
        for each in json.loads((edition / "brief.json").read_text("utf-8"))["references"]
    )
    end = 20 + len("The bridge\x1b[2J opens on Monday, the mayor said.")
    assert printed.out.splitlines() == [
        "c1: printed in “Opening” (topic), 1 of 1; also in the bottom line",
        "",
        r"  The bridge\x1b[2J opens on Monday, the mayor said.",
        "",
        "Said by  the mayor: opens on Monday",
        "Status   said",
        r"Article  [1] Courier, “Bridge\u202e”, undated, a/courier.txt",
        f"Passage  evidence/{courier}.txt, line 3, characters 20–{end}",
        "",
        "Why it stands there (fit 0.50)",
        "  keyword: bridge",
        "It would also fit",
        "  “Roads” (fit 0.61, better: moved from a full section, or to one nearly empty)",
        "  “Towns” (fit 0.40)",
        "",
        "2 sentences say it",
        r"  1. [1] Courier, “Bridge\u202e”, undated, a/courier.txt",
        f"     evidence/{courier}.txt, line 3, characters 20–{end}",
        r"     The bridge\x1b[2J opens on Monday, the mayor said.",
        "     → the sentence shown",
        "  2. [2] Post, undated",
        f"     evidence/{wire}.txt, line 1, characters 0–27",
        "     On Monday the bridge opens.",
        "     → the same, by wording 0.71 and 1 equal figure",
        "",
        "Independent sources: 2 (articles 2, publishers 2)",
        "  Courier: sentence 1",
        "  Agency: sentence 2; its copy is carried by Post",
    ]


def test_explain_of_an_unplaced_claim_by_its_words(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "tolls RISE"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "c2: unplaced, 1 of 1: condensing chose it, and it fits no section well enough"
    )
    assert lines[lines.index("What came nearest") + 1] == "  “Opening” (fit 0.20)"
    assert "One sentence says it; it was merged with no other." in lines


def test_explain_keeps_to_the_width_of_the_terminal(
    edition: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert main(["explain", str(edition), "c1"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 50


def test_explain_as_json(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(edition), "c1", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["schema"], printed["edition"]) == ("brief-explain/1", str(edition))
    assert printed["also_fits"][0] == {"section": "Roads", "score": 0.61}
    assert printed["support"][1]["same"] == "wording 0.71 and 1 equal figure"
    assert printed["sources"][1] == {"name": "Agency", "sentences": [2], "carriers": ["Post"]}


def test_explain_lists_the_claims_that_the_words_may_mean(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "RI"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "error: 2 claims hold 'RI'",
        "hint: give the id of one, or more of its words",
        r"  c1  The bridge\x1b[2J opens on Monday, the mayor said.",
        "  c2  Tolls rise in May.",
    ]


def test_explain_lists_ten_claims_at_most(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "Lamp"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "error: 12 claims hold 'Lamp'"
    assert len(lines) == 2 + 10 + 1
    assert lines[-1] == "  and 2 more"


def test_explain_of_a_claim_beyond_the_limit_whose_reasons_were_not_kept(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "m0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "m0: belongs in “Opening” (topic), beyond its limit, 1 of 12 there"
    assert "Said by  nobody named; the article itself" in lines
    assert lines[lines.index("Why it stands there (fit 0.50)") + 1 :][:2] == [
        "  no reason was kept",
        "It fits no other section.",
    ]
    assert "     → the same; why was not kept in this edition" in lines
    assert lines[-1] == "  Post: sentences 1, 2"


def test_explain_shows_the_sentence_in_a_wider_passage(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "m1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  Lamp 0 was lit. Lamp 1 was lit." in lines
    assert "     Lamp 1 was lit." in lines


def test_explain_of_no_claim_or_no_edition_ends_with_2(
    edition: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(edition), "c7"]) == 2
    assert capsys.readouterr().err.startswith(f"error: {edition}: no claim 'c7'\nhint: ids run")
    assert main(["explain", ".", "c1"]) == 2
    assert capsys.readouterr().err.startswith("error: .: not an edition folder\n")


def test_the_version_and_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"brief \S.*\n", capsys.readouterr().out)
    assert main(["--help"]) == 0
    assert "verify" in capsys.readouterr().out
    assert main([]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Usage: brief" in printed.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["bild"], "No such command 'bild'. Did you mean 'build'?", "brief --help"),
        (["build", "--fromat", "pdf"], "No such option: --fromat", "brief build --help"),
        (["verify"], "Missing argument 'EDITION'", "brief verify --help"),
        (["\x1b[31m"], r"No such command '\x1b[31m'", "brief --help"),
    ],
)
def test_a_usage_error_is_one_line_and_a_hint(
    arguments: list[str], message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    first, second = printed.err.splitlines()
    assert first.startswith(f"error: {message}")
    assert second == f"hint: {hint}"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from briefing.cli import main; "
        f"assert main({arguments!r}) == 0; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ended = run_python("-c", code)
    assert ended.stderr == ""
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_module_runs_as_the_command() -> None:
    ended = run_python("-m", "briefing", "check")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("config.yaml: ")


def test_a_locale_that_cannot_show_a_title_stops_nothing() -> None:
    ended = run_python("-m", "briefing", "check", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\u" in ended.stdout  # the title of the shipped example holds a dash


def test_a_reader_that_hangs_up_changes_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "briefing", "check"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_output_that_cannot_be_written_is_an_error_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "briefing", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
        )
    assert (ended.returncode, ended.stderr) == (3, b"error: stdout: no space left on device\n")


def test_completion_is_built_in_and_knows_the_briefs() -> None:
    shell = {"_BRIEF_COMPLETE": "complete_bash", "COMP_WORDS": "brief build sum", "COMP_CWORD": "2"}
    ended = run_python("-m", "briefing", **shell)
    assert ended.stdout.split() == ["summit"]
    shell = {**shell, "COMP_WORDS": "brief build --format m", "COMP_CWORD": "3"}
    assert run_python("-m", "briefing", **shell).stdout.split() == ["markdown"]


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    chapters = dict(
        re.findall(r"^## `brief (\S+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    )
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    commands = group.commands
    assert sorted(chapters) == sorted(commands)
    for name, command in commands.items():
        documented = set(re.findall(r"`(--?[a-z-]+)", chapters[name]))
        options = {each for parameter in command.params for each in parameter.opts}
        named = {each for each in options if each.startswith("-")}
        assert documented == named | {"-h", "--help"}, name
