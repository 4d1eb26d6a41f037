"""`brief build` against a runner written by hand: what it asks for, prints and ends with."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import main
from briefing.config import BriefSpec, SourceSpec
from briefing.errors import (
    BriefingError,
    CitationError,
    DeliveryError,
    NothingToBuild,
    RenderError,
    StoreError,
)
from briefing.models import Brief, Problem
from briefing.runner import Edition

pytestmark = pytest.mark.usefixtures("root")

CONFIG = """\
briefs:
  harbour:
    title: Harbour strike
    timezone: Asia/Tokyo
    sources: [{path: articles/*.txt}]
    sections: [{title: Talks}]
  ferry:
    title: Ferry
    sources: [{path: b.txt}]
    sections: [{title: Talks}]
"""


@dataclass
class Runner:
    """Builds nothing: keeps what it was asked for and does as it was told."""

    will: dict[str, Callable[[], object]] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def run_brief(self, spec: BriefSpec, *, out: Path, **asked: Any) -> Edition:
        self.asked.append({"name": spec.name, "spec": spec, "out": out, **asked})
        if spec.name in self.will:
            self.will[spec.name]()
        problems = self.problems.get(spec.name, ())
        brief = Brief(spec.name, spec.title, as_of=datetime(2024, 5, 14, tzinfo=UTC))
        return Edition(spec.name, out / spec.name / "edition", problems, brief)

    def fail(self, name: str, error: BaseException) -> None:
        def fail() -> None:
            raise error

        self.will[name] = fail

    @property
    def names(self) -> list[str]:
        return [one["name"] for one in self.asked]


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Runner:
    made = Runner()
    monkeypatch.setattr("briefing.runner.run_brief", made.run_brief)
    return made


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path.resolve() / "project"
    folder.mkdir()
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def source_paths(runner: Runner, arguments: Sequence[str]) -> list[str | None]:
    assert main(["build", "harbour", *arguments]) == 0
    return [source.path for source in runner.asked[-1]["sources"]]


@pytest.mark.parametrize(("name", "is_ready"), [("pdf", True), ("html", False)])
def test_what_typesets_is_started_once_before_the_first_brief_that_wants_a_pdf(
    runner: Runner, name: str, is_ready: bool
) -> None:
    seen: list[object] = []
    for brief in ("harbour", "ferry"):
        runner.will[brief] = lambda: seen.append(runner.asked[-1]["typesetter"]._process)
    assert main(["build", "--format", name]) == 0
    first, second = seen
    assert (first is not None) == is_ready
    assert first is second


def test_all_briefs_are_built_and_their_folders_are_the_last_lines(
    runner: Runner, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build"]) == 0
    assert runner.names == ["harbour", "ferry"]
    first = runner.asked[0]
    assert first["root"] == root
    assert first["out"] == root / "out"
    assert [first[key] for key in ("templates", "sources", "formats", "progress")] == [None] * 4
    assert first["now"].tzinfo is not None
    assert abs(datetime.now(UTC) - first["now"]) < timedelta(hours=1)
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        str(root / "out" / name / "edition") for name in ("harbour", "ferry")
    ]
    assert printed.err == ""


def test_all_briefs_of_a_run_have_one_time(runner: Runner) -> None:
    assert main(["build"]) == 0
    assert runner.asked[0]["now"] == runner.asked[1]["now"]


def test_named_briefs_are_built_in_the_order_given_and_once(runner: Runner) -> None:
    assert main(["build", "ferry", "harbour", "ferry"]) == 0
    assert runner.names == ["ferry", "harbour"]


def test_an_unknown_name_builds_nothing(runner: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "ferry", "harbor"]) == 2
    assert runner.names == []
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no 'harbor'; did you mean 'harbour'? known: harbour, ferry" in printed.err


def test_a_glob_that_the_shell_took_apart_is_explained(
    runner: Runner, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "b.txt").touch()
    assert main(["build", "--source", "a.txt", "b.txt"]) == 2
    assert runner.names == []
    assert (
        "a source needs --source before it, and a glob quotation marks" in capsys.readouterr().err
    )


def test_formats_replace_the_configured_ones(runner: Runner) -> None:
    assert main(["build", "ferry", "--format", "pdf", "--format", "html", "--format", "pdf"]) == 0
    assert runner.asked[0]["formats"] == ("html", "pdf")


def test_the_profile_replaces_the_configured_one(runner: Runner) -> None:
    assert main(["build", "ferry", "--profile", "principal"]) == 0
    assert runner.asked[0]["spec"].profile == "principal"


def test_an_unknown_profile_builds_nothing(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--profile", "pres"]) == 2
    assert runner.names == []
    assert "no 'pres'; did you mean 'press'?" in capsys.readouterr().err


def test_an_unknown_format_builds_nothing(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--format", "md"]) == 2
    assert runner.names == []
    assert "no 'md'; did you mean 'markdown'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2023-09-12T12:00:00+00:00", "2023-09-12T12:00:00+00:00"),
        ("2023-09-12T21:00+09:00", "2023-09-12T21:00:00+09:00"),
        ("2023-09-12T12:00Z", "2023-09-12T12:00:00+00:00"),
        ("2023-09-12T12:00", "2023-09-12T12:00:00+09:00"),
        ("2023-09-12", "2023-09-12T00:00:00+09:00"),
    ],
)
def test_as_of_is_the_editions_time_by_default_in_the_briefs_zone(
    runner: Runner, given: str, expected: str
) -> None:
    assert main(["build", "harbour", "--as-of", given]) == 0
    assert runner.asked[0]["now"].isoformat() == expected


def test_a_time_that_is_none_builds_nothing(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--as-of", "2024-02-30"]) == 2
    assert main(["build", "--as-of", "0001-01-01"]) == 2
    assert main(["build", "--as-of", "9999-12-31"]) == 2
    assert runner.names == []
    assert "'2024-02-30' is no time that exists" in capsys.readouterr().err


def test_the_configuration_is_found_upwards_and_everything_from_there(
    runner: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "templates").mkdir()
    (root / "below").mkdir()
    monkeypatch.chdir(root / "below")
    assert main(["build", "ferry"]) == 0
    assert runner.asked[0]["root"] == root
    assert runner.asked[0]["templates"] == root / "templates"
    assert runner.asked[0]["out"] == root / "out"


def test_out_is_relative_to_the_working_directory(
    runner: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    assert main(["build", "ferry", "--config", "project/config.yaml", "--out", "there"]) == 0
    assert runner.asked[0]["root"] == root
    assert runner.asked[0]["out"] == root.parent / "there"


def test_an_empty_out_is_no_folder(
    runner: Runner, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--config", str(root / "config.yaml"), "--out", ""]) == 2
    assert "'' is empty" in capsys.readouterr().err
    assert not runner.asked


def test_sources_on_the_command_line_are_relative_to_the_working_directory(
    runner: Runner, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source_paths(runner, ["--source", "b.txt", "--source", "more/*.md"]) == [
        "b.txt",
        "more/*.md",
    ]
    below = root / "a[b]"
    below.mkdir()
    monkeypatch.chdir(below)
    (below / "c.txt").touch()
    assert source_paths(runner, ["--source", "c.txt"]) == ["a[b]/c.txt"]
    assert source_paths(runner, ["--source", "*.txt"]) == ["a[[]b]/*.txt"]
    assert source_paths(runner, ["--source", "../b.txt"]) == ["b.txt"]
    assert source_paths(runner, ["--source", "/elsewhere/*.txt"]) == ["/elsewhere/*.txt"]
    monkeypatch.chdir(root.parent)
    config = ["--config", "project/config.yaml"]
    assert source_paths(runner, [*config, "--source", "c.txt"]) == ["../c.txt"]


def test_an_address_is_a_source(runner: Runner) -> None:
    assert main(["build", "ferry", "--source", "https://example.org/page?a=1"]) == 0
    assert runner.asked[0]["sources"] == (SourceSpec(url="https://example.org/page?a=1"),)


@pytest.mark.parametrize("given", ["", "ftp://example.org/a.txt", "https://", "a\x1b[31m.txt"])
def test_a_source_that_can_be_none_builds_nothing(
    runner: Runner, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--source", given]) == 2
    assert runner.names == []
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert "\x1b" not in error


def test_problems_are_named_on_stderr_and_end_with_1(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    runner.problems["ferry"] = (
        Problem("b.txt", "is empty"),
        Problem("[/red]\x1b]0;\u202ename.txt", "no text\nin it"),
    )
    assert main(["build", "-q"]) == 1
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "warning: b.txt: is empty",
        r"warning: [/red]\x1b]0;\u202ename.txt: no text\nin it",
    ]
    assert len(printed.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NothingToBuild("ferry: no article could be read"), 3),
        (RenderError("brief.html.j2:4: unexpected '}'", is_template_error=True), 2),
        (RenderError("brief.json: not written"), 3),
        (CitationError("c1 has no article"), 3),
        (DeliveryError("out: permission denied"), 3),
        (StoreError("state: locked"), 5),
    ],
)
def test_a_brief_that_fails_has_its_exit_code_and_stops_no_other(
    runner: Runner,
    root: Path,
    capsys: pytest.CaptureFixture[str],
    error: BriefingError,
    code: int,
) -> None:
    error.hint = "do this"
    runner.fail("harbour", error)
    assert main(["build"]) == code
    assert runner.names == ["harbour", "ferry"]
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [str(root / "out" / "ferry" / "edition")]
    assert printed.err.splitlines() == [f"error: {error}", "hint: do this"]


def test_the_highest_exit_code_wins(runner: Runner) -> None:
    runner.fail("harbour", NothingToBuild("harbour: nothing"))
    runner.fail("ferry", RenderError("x.j2:1: no", is_template_error=True))
    assert main(["build"]) == 3
    runner.will.clear()
    runner.problems["harbour"] = (Problem("b.txt", "is empty"),)
    assert main(["build"]) == 1


def test_what_was_wrong_with_each_source_is_named_when_none_could_be_read(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = (Problem("b.txt", "no such file"),)
    runner.fail("ferry", NothingToBuild("ferry: no article could be read", problems=problems))
    assert main(["build", "ferry"]) == 3
    assert capsys.readouterr().err.splitlines() == [
        "warning: b.txt: no such file",
        "error: ferry: no article could be read",
    ]


def test_json_is_one_object_a_brief(
    runner: Runner, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = (Problem("articles/a.txt", "is empty"),)
    runner.fail("harbour", NothingToBuild("nothing", problems=problems, hint="do this"))
    runner.problems["ferry"] = (Problem("b.txt", "is empty"),)
    assert main(["build", "--json"]) == 3
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "schema": "brief-build/1",
        "name": "harbour",
        "exit_code": 3,
        "folder": None,
        "problems": [{"subject": "articles/a.txt", "reason": "is empty"}],
        "error": "nothing",
        "hint": "do this",
    }
    assert second["folder"] == str(root / "out" / "ferry" / "edition")
    assert second["problems"] == [{"subject": "b.txt", "reason": "is empty"}]
    assert (second["exit_code"], second["error"], second["hint"]) == (1, None, None)


def test_mistakes_in_the_configuration_build_nothing_and_come_one_a_line(
    runner: Runner, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "config.yaml").write_text(CONFIG.replace("title: F", "titel: F") + "extra: 1\n")
    assert main(["build"]) == 2
    assert runner.names == []
    printed = capsys.readouterr()
    assert printed.out == ""
    first, second = printed.err.splitlines()
    assert re.match(r"error: config\.yaml:8:5: briefs\.ferry\.titel: .*did you mean 't", first)
    assert second.startswith("error: config.yaml:11:1: extra: unknown key; known: version")


def test_debug_shows_where_an_error_comes_from(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    runner.fail("ferry", NothingToBuild("ferry: nothing"))
    assert main(["build", "ferry", "--debug"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("Traceback (most recent call last):")
    assert error.endswith("error: ferry: nothing\n")


def test_a_bug_shows_its_traceback_and_is_not_taken_for_success(
    runner: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    runner.fail("harbour", ZeroDivisionError("a bug"))
    with pytest.raises(SystemExit) as ended:
        main(["build"])
    assert ended.value.code == 3
    error = capsys.readouterr().err
    assert "Traceback (most recent call last):" in error
    assert "ZeroDivisionError: a bug\nerror: this is a bug in brief\n" in error


def test_an_interrupt_ends_with_130(runner: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    runner.fail("harbour", KeyboardInterrupt())
    assert main(["build"]) == 130
    assert runner.names == ["harbour"]
    assert capsys.readouterr().err == "interrupted\n"


def test_a_termination_undoes_what_is_half_done_and_ends_with_143(runner: Runner) -> None:
    undone = []

    def be_terminated() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            undone.append("harbour")

    before = signal.getsignal(signal.SIGTERM)
    runner.will["harbour"] = be_terminated
    with pytest.raises(SystemExit) as ended:
        main(["build"])
    assert ended.value.code == 143
    assert undone == ["harbour"]
    assert runner.names == ["harbour"]
    assert signal.getsignal(signal.SIGTERM) == before
