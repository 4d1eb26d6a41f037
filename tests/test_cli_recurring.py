"""The commands about recurring briefs, from outside: what they print, and what they end with."""

from __future__ import annotations

import json
import re
import stat
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine

from briefing.cli import main
from briefing.cli.units import crontab_line, github_workflow, systemd_units
from tests.recurring_site import (
    PASSWORD,
    ROOT,
    MailServer,
    run_brief_at,
    write_article,
    write_config,
)

MORNING, NOON = "2024-05-14T07:45+00:00", "2024-05-14T12:00+00:00"
IGNORED = "ignore:Requiring AUTH while not requiring TLS"  # on loopback
pytestmark = pytest.mark.filterwarnings(IGNORED)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITE_PASSWORD", PASSWORD)
    monkeypatch.delenv("BRIEF_STORE", raising=False)
    write_config(tmp_path)
    write_article(tmp_path, 1, "2024-05-14T06:00Z")
    return tmp_path


def edition(capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["build", "--as-of", "2024-05-14T12:00Z", "-q"]) == 0
    return Path(capsys.readouterr().out.strip())


# -- check, and what stands in the configuration -------------------------------------------------


@pytest.mark.usefixtures("site")
def test_check_shows_the_next_times_and_who_gets_mail(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    out = capsys.readouterr().out
    assert "  mail: 3 recipients, by localhost" in out
    (line,) = [line for line in out.splitlines() if "next editions" in line]
    assert line.count("07:44 UTC") == 3


@pytest.mark.usefixtures("site")
def test_a_password_that_is_not_there_is_a_mistake_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SITE_PASSWORD")
    assert main(["check"]) == 2
    error = capsys.readouterr().err
    assert "config.yaml:17:78:" in error
    assert "the environment variable SITE_PASSWORD is not set" in error
    assert main(["schedule"]) == 0  # it needs no password


def test_check_looks_at_files_and_programs_but_runs_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def given(password: str) -> None:
        text = write_config(site).read_text(encoding="utf-8")
        text = text.replace("password_env: SITE_PASSWORD", password)
        (site / "config.yaml").write_text(text, encoding="utf-8")

    given("password_file: secret")
    assert main(["check"]) == 2
    assert "password_file: secret: the password cannot be read" in capsys.readouterr().err
    (site / "secret").touch(0o600)
    assert main(["check"]) == 2
    assert "secret holds no password in its first line" in capsys.readouterr().err
    (site / "secret").write_text(PASSWORD, encoding="utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().err == ""
    (site / "secret").chmod(0o644)
    assert main(["check"]) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("warning: secret: can be read by others")
    assert PASSWORD not in captured.out + captured.err
    given("password_command: touch was-run")
    assert main(["check"]) == 0
    assert not (site / "was-run").exists()
    given("password_command: no-such-program-here")
    assert main(["check"]) == 2
    assert "no program 'no-such-program-here'" in capsys.readouterr().err


def test_a_password_that_is_not_there_keeps_back_the_mail_of_its_server_alone(
    site: Path,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write_config(site, port=server.port)
    text = path.read_text(encoding="utf-8")
    other = text[text.index("  harbour:") :].replace("  harbour:", "  port:", 1)
    other = other.replace("SITE_PASSWORD", "OTHER_PASSWORD").replace("copies", "more-copies")
    path.write_text(text + other, encoding="utf-8")
    monkeypatch.delenv("SITE_PASSWORD")
    monkeypatch.setenv("OTHER_PASSWORD", PASSWORD)
    with time_machine.travel(MORNING, tick=False):
        assert main(["run", "--due"]) == 4
    captured = capsys.readouterr()
    assert len(captured.out.split()) == 2  # both editions are there
    assert len(server.sink.taken) == 3
    (line,) = [line for line in captured.err.splitlines() if line.startswith("error:")]
    assert line == (
        "error: not sent yet: 3 messages of harbour 2024-05-14: localhost:"
        " the environment variable SITE_PASSWORD is not set"
    )
    assert "hint: tried again by itself, 2024-05-14 07:50 UTC at the earliest" in captured.err


# -- schedule ------------------------------------------------------------------------------------


def test_schedule_lists_times_with_their_windows(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(site, schedule=", window: 24h, cut_off: '07:30', timezone: Europe/Madrid")
    assert main(["schedule", "--count", "2"]) == 0
    title, *lines = capsys.readouterr().out.splitlines()
    assert title == "harbour: Harbour talks"
    assert len(lines) == 2
    assert all(" 07:44 CE" in line and "07:30 to" in line for line in lines)
    assert main(["schedule", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["schema"] == "brief-schedule/1"
    assert len(facts["editions"]) == 5


def test_names_without_a_schedule_are_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", "harbor"]) == 2
    assert "did you mean 'harbour'?" in capsys.readouterr().err
    path = site / "config.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "schedule:" not in line), encoding="utf-8")
    for arguments in (["schedule"], ["run", "--due"]):
        assert main(arguments) == 2
        assert "no brief in the configuration has a schedule" in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_run_needs_due(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    assert "--due" in capsys.readouterr().err


def test_systemd_finds_no_fault_with_the_units(tmp_path: Path, require_tool: object) -> None:
    assert callable(require_tool)
    analyze = require_tool("systemd-analyze")
    program = tmp_path / "brief"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    place = tmp_path / "news & 50% more"
    place.mkdir()
    units = systemd_units(str(program), place / "config.yaml")
    texts = units.split("# ~/.config/systemd/user/")[1:]
    names = [text.split("\n", 1)[0] for text in texts]
    assert names == ["brief-news-50-more.service", "brief-news-50-more.timer"]
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name).write_text(text.split("\n", 1)[1], encoding="utf-8")
    done = subprocess.run(
        [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in names)],
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "brief" in line]
    assert (done.returncode, said) == (0, [])


def test_the_crontab_line_runs_in_a_shell(tmp_path: Path) -> None:
    program = tmp_path / "it's brief"
    program.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    place = tmp_path / "50% more"
    place.mkdir()
    line = crontab_line(str(program), place / "config.yaml").splitlines()[-1]
    schedule, command = line[:10], line[10:].replace("\\%", "%")  # as cron reads it
    assert schedule == "* * * * * "
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        str(place),
        "run",
        "--due",
        "--quiet",
        "--config",
        str(place / "config.yaml"),
    ]


def test_the_workflow_hands_secrets_over_by_name() -> None:
    text = github_workflow("config.yaml", ["SMTP_PASSWORD"])
    assert "SMTP_PASSWORD: ${{ secrets.SMTP_PASSWORD }}" in text
    assert "brief run --due --config config.yaml" in text


def test_nothing_is_installed_by_a_bare_name_which_may_be_somebody_else_s() -> None:
    texts = [github_workflow("config.yaml", [])]
    for folder, ending in (("docs", "md"), ("briefing", "py"), ("examples", "md")):
        texts += [p.read_text(encoding="utf-8") for p in (ROOT / folder).rglob(f"*.{ending}")]
    installed = [name for text in texts for name in re.findall(r"""pip install ["']?(\S+)""", text)]
    assert len(installed) >= 4
    assert [name for name in installed if not name.startswith((".", "-"))] == []


# -- send ----------------------------------------------------------------------------------------


def test_a_dry_run_writes_messages_and_leaves_no_store(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = edition(capsys)
    assert main(["send", str(folder), "--dry-run", "--out", "mails"]) == 0
    paths = capsys.readouterr().out.splitlines()
    assert [Path(path).name for path in paths] == [
        f"harbour-2024-05-14T1200Z-{n}.eml" for n in (1, 2, 3)
    ]
    message = message_from_bytes(Path(paths[2]).read_bytes())
    assert "cy@example.org" not in str(message["To"]) + str(message["Cc"])
    assert not (site / "state.sqlite3").exists()
    assert main(["send", str(folder), "--dry-run", "--to", "dee@example.org"]) == 0
    (path,) = capsys.readouterr().out.splitlines()
    assert message_from_bytes(Path(path).read_bytes())["To"] == "dee@example.org"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("to", ["dee@example.org\nBcc: x@y.org", "@", "dee"])
def test_send_takes_no_address_that_is_none(to: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = edition(capsys)
    assert main(["send", str(folder), "--dry-run", "--to", to]) == 2
    assert "--to" in capsys.readouterr().err


def test_a_test_recipient_gets_it_as_often_as_asked_and_nothing_is_remembered(
    site: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(site, port=server.port)
    folder = edition(capsys)
    for _ in range(2):
        assert main(["send", str(folder), "--test-recipient", "dee@example.org"]) == 0
    assert [recipient for recipient, _ in server.sink.taken] == ["dee@example.org"] * 2
    assert not (site / "state.sqlite3").exists()


def test_a_trial_that_fails_is_not_said_to_be_tried_again(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(site, port=1)  # nobody listens there
    folder = edition(capsys)
    assert main(["send", str(folder), "--test-recipient", "dee@example.org"]) == 4
    error = capsys.readouterr().err
    assert "dee@example.org: localhost:1: cannot be reached" in error
    assert "nothing is remembered of it" in error
    assert "by itself" not in error


def test_what_was_sent_by_hand_goes_to_whom_it_was_meant_for(
    site: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(site, port=1)
    folder = edition(capsys)
    assert main(["send", str(folder)]) == 4
    assert main(["send", str(folder), "--to", "dee@example.org"]) == 4
    write_config(site, port=server.port)
    text = (site / "config.yaml").read_text(encoding="utf-8")
    text = text.replace("[ana@example.org, bo@example.org]", "[ana@example.org]")
    (site / "config.yaml").write_text(text, encoding="utf-8")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6), tick=False):
        assert main(["send", str(folder), "--to", "eve@example.org"]) == 0
    assert sorted(recipient for recipient, _ in server.sink.taken) == [
        *("ana@example.org", "cy@example.org", "dee@example.org", "eve@example.org")
    ]
    assert "dropped: harbour by hand" in capsys.readouterr().err


def test_sending_twice_by_hand_sends_once(
    site: Path, server: MailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(site, port=server.port)
    folder = edition(capsys)
    for _ in range(2):
        assert main(["send", str(folder), "--to", "dee@example.org"]) == 0
    assert [recipient for recipient, _ in server.sink.taken] == ["dee@example.org"]
    assert "1 of 1 recipients have it" in capsys.readouterr().err


def test_a_folder_that_is_no_edition_is_told(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", str(site), "--dry-run"]) == 3
    assert "manifest.json" in capsys.readouterr().err


# -- run, outbox, history, backup ----------------------------------------------------------------


def test_what_cannot_be_sent_waits_and_can_be_dropped_or_sent_again(
    site: Path, server: MailServer
) -> None:
    write_config(site, port=1)  # nobody listens there
    ended = run_brief_at(site, MORNING, "run", "--due", "--json")
    facts = json.loads(ended.stdout)
    assert (ended.code, facts["exit_code"]) == (4, 4)
    assert [each["outcome"] for each in facts["editions"]] == ["built"]
    assert {each["result"] for each in facts["messages"]} == {"retry", "sent"}
    listed = run_brief_at(site, MORNING, "outbox", "--json")
    messages = json.loads(listed.stdout)["messages"]
    assert [each["recipient"] for each in messages] == [
        "ana@example.org",
        "bo@example.org",
        "cy@example.org",
    ]
    first, second, third = (str(each["id"]) for each in messages)
    assert run_brief_at(site, MORNING, "outbox", "drop", first, "--reason", "left").code == 0
    assert run_brief_at(site, MORNING, "outbox", "retry", second, third).code == 0
    assert run_brief_at(site, MORNING, "outbox", "retry", "999").code == 2
    write_config(site, port=server.port)
    assert run_brief_at(site, NOON, "run", "--due").code == 0
    assert [recipient for recipient, _ in server.sink.taken] == ["bo@example.org", "cy@example.org"]
    assert run_brief_at(site, NOON, "outbox").stdout == "nothing waits\n"
    history = run_brief_at(site, NOON, "history", "harbour", "1").stdout
    assert "ana@example.org: dropped" in history
    assert "bo@example.org: sent" in history
    assert "articles/round-0001.txt; The Quay Courier" in history
    copy = run_brief_at(site, NOON, "backup", "copy.sqlite3")
    assert (copy.code, (site / "copy.sqlite3").is_file()) == (0, True)
    assert run_brief_at(site, NOON, "backup", "copy.sqlite3").code == 5


def test_a_refused_server_is_told_of_once(site: Path) -> None:
    write_config(site, port=1)
    ended = run_brief_at(site, MORNING, "run", "--due")
    assert ended.stderr.count("cannot be reached") == 1
    assert "not sent yet: 3 messages of harbour 2024-05-14: localhost:1: cannot" in ended.stderr
    listed = run_brief_at(site, MORNING, "outbox")
    assert "after 1 try: " in listed.stdout


def test_messages_whose_delivery_is_gone_are_named_with_what_to_do(site: Path) -> None:
    path = write_config(site, port=1)
    run_brief_at(site, MORNING, "run", "--due")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("    deliver:")], encoding="utf-8")
    assert run_brief_at(site, MORNING, "run", "--due").code == 0
    assert run_brief_at(site, MORNING, "outbox").code == 0
    for arguments in (["run", "--due"], ["outbox"]):
        ended = run_brief_at(site, NOON, *arguments)
        assert ended.code == 4
        assert (
            "warning: harbour/mail: 3 messages should have been sent long ago, but this"
            " configuration has no such delivery; put it back, or give them up:"
            " `brief outbox drop 1 2 3`"
        ) in ended.stderr
    facts = json.loads(run_brief_at(site, NOON, "run", "--due", "--json").stdout)
    assert (facts["exit_code"], facts["stranded"]) == (4, [1, 2, 3])
    assert run_brief_at(site, NOON, "outbox", "drop", "1", "2", "3").code == 0
    assert run_brief_at(site, NOON, "run", "--due").code == 0


def test_a_store_put_back_holds_its_editions_for_the_outbox(site: Path, server: MailServer) -> None:
    write_config(site, port=server.port)
    assert run_brief_at(site, MORNING, "backup", "copy.sqlite3").code == 0
    assert run_brief_at(site, MORNING, "run", "--due").code == 0
    (site / "copy.sqlite3").replace(site / "state.sqlite3")
    for log in site.glob("state.sqlite3-*"):
        log.unlink()
    ended = run_brief_at(site, NOON, "run", "--due")
    assert ended.code == 4
    assert "held: the store was put back from a copy of 2024-05-14 07:45 UTC" in ended.stderr
    listed = run_brief_at(site, NOON, "outbox")
    assert (listed.code, listed.stdout.count("unknown")) == (4, 3)
    assert "        the store was put back from a copy of 2024-05-14 07:45 UTC" in listed.stdout
    by_hand = run_brief_at(site, NOON, "send", "out/harbour/latest")
    assert by_hand.code == 4  # who may have it already gets it by a decision alone
    assert "3 of 3 recipients have it in the outbox already" in by_hand.stderr
    assert len(server.sink.taken) == 3
    assert run_brief_at(site, NOON, "outbox", "retry", "2").code == 0
    assert run_brief_at(site, NOON, "outbox", "drop", "1", "3").code == 0
    assert run_brief_at(site, NOON, "run", "--due").code == 0
    assert run_brief_at(site, NOON, "outbox").code == 0
    assert len(server.sink.taken) == 4


def test_history_says_what_was_left_out_and_what_is_tried_again(site: Path) -> None:
    write_config(site, port=1, schedule=", min_sources: 2")
    assert run_brief_at(site, MORNING, "run", "--due").code == 3
    assert "2024-05-14  waiting to be tried again" in run_brief_at(site, MORNING, "history").stdout
    write_config(site, port=1)
    write_article(site, 2, "2024-05-14T09:00Z")
    ended = run_brief_at(site, NOON, "run", "--due")
    assert "of 2 articles 1 published after its cut-off" in ended.stderr
    shown = run_brief_at(site, NOON, "history", "harbour", "1").stdout
    assert "  left out:\n    articles/round-0002.txt: published after its cut-off\n" in shown


def test_an_absurd_clock_is_refused_until_it_is_trusted(site: Path) -> None:
    write_config(site, port=1)
    assert run_brief_at(site, MORNING, "run", "--due").code == 4
    refused = run_brief_at(site, "2034-05-14T07:45+00:00", "run", "--due")
    assert refused.code == 5
    assert "--trust-clock" in refused.stderr
    trusted = run_brief_at(site, "2034-05-14T07:45+00:00", "run", "--due", "--trust-clock")
    assert trusted.code != 5
    assert "Traceback" not in trusted.stderr


def test_a_damaged_store_ends_everything_and_is_kept(site: Path) -> None:
    path = site / "state.sqlite3"
    path.write_bytes(b"not a store at all" * 100)
    ended = run_brief_at(site, MORNING, "run", "--due")
    assert ended.code == 5
    assert "state.sqlite3" in ended.stderr
    assert path.read_bytes() == b"not a store at all" * 100
    assert not (site / "out").exists()


# -- daemon --------------------------------------------------------------------------------------


def test_the_daemon_makes_each_edition_once_and_goes_on_with_the_last_good_configuration(
    site: Path,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = write_config(site, port=server.port)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            config.write_text("version: 1\nbriefs: 7\n", encoding="utf-8")
        if len(pauses) == 3:
            raise SystemExit(143)

    monkeypatch.setattr("briefing.cli.run.time", SimpleNamespace(sleep=pause))
    with time_machine.travel(MORNING, tick=False), pytest.raises(SystemExit):
        main(["daemon"])
    captured = capsys.readouterr()
    assert len(captured.out.split()) == 1  # one edition's folder
    assert len(server.sink.taken) == 3  # one message a recipient
    assert captured.err.count("config.yaml:2:") == 1
