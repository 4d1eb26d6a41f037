"""An edition appears whole or not at all, byte for byte the same, and never leaves its folder."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefing import edition as under_test
from briefing.edition import without_secrets, write_edition
from briefing.errors import DeliveryError
from briefing.models import Document
from tests.build import COURIER, RADIO

NAME = "2024-05-14T1200Z"
DOCUMENTS = (
    Document("brief.md", "text/markdown", b"# Brief\n"),
    Document("brief.json", "application/json", b"{}\n"),
)
NOBODY = 65534


def write(
    folder: Path,
    name: str = NAME,
    documents: Sequence[Document] = DOCUMENTS,
    configuration: Mapping[str, Any] | None = None,
) -> Path:
    configuration = {"title": "Tarn"} if configuration is None else configuration
    return write_edition(
        folder, name, documents, (COURIER, RADIO), configuration=configuration, version="1.2.3"
    )


def contents(folder: Path) -> dict[str, bytes | str]:
    """Every file by its path, and every link's target."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def test_edition_holds_documents_evidence_and_manifest(tmp_path: Path) -> None:
    folder = write(tmp_path / "out" / "tarn")
    assert folder == tmp_path / "out" / "tarn" / NAME
    files = contents(folder)
    manifest = json.loads(files.pop("manifest.json"))
    assert files == {
        "brief.md": b"# Brief\n",
        "brief.json": b"{}\n",
        f"evidence/{COURIER.id}.txt": COURIER.text.encode(),
        f"evidence/{RADIO.id}.txt": RADIO.text.encode(),
    }
    assert manifest["edition"] == NAME
    assert manifest["tool"] == {"name": "brief", "version": "1.2.3"}
    assert manifest["configuration"] == {"title": "Tarn"}
    assert manifest["files"] == [
        {"path": path, "sha256": sha256(content).hexdigest(), "bytes": len(content)}
        for path, content in sorted(files.items())
        if isinstance(content, bytes)
    ]


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    assert contents(write(tmp_path / "a" / "tarn")) == contents(write(tmp_path / "b" / "tarn"))


def test_replacing_leaves_nothing_of_the_old_edition(tmp_path: Path) -> None:
    folder = tmp_path / "tarn"
    extra = Document("brief.html", "text/html", b"<p>old</p>")
    write(folder, documents=(*DOCUMENTS, extra))
    write(folder)
    assert not (folder / NAME / "brief.html").exists()
    assert sorted(p.name for p in folder.iterdir()) == [NAME, "latest"]


def test_replacing_without_an_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Other systems know no exchange of two folders; there the old edition is moved aside.
    monkeypatch.setattr(under_test, "_exchange", lambda _first, _second: False)
    folder = tmp_path / "tarn"
    write(folder)
    write(folder, documents=DOCUMENTS[:1])
    assert not (folder / NAME / "brief.json").exists()
    assert sorted(p.name for p in folder.iterdir()) == [NAME, "latest"]


def test_latest_is_relative_and_only_goes_forward(tmp_path: Path) -> None:
    folder = tmp_path / "tarn"
    write(folder)
    assert str((folder / "latest").readlink()) == NAME
    write(folder, "2024-05-13T0600Z")
    assert str((folder / "latest").readlink()) == NAME
    write(folder, "2024-06-01T0600Z")
    assert str((folder / "latest").readlink()) == "2024-06-01T0600Z"
    shutil.rmtree(folder / "2024-06-01T0600Z")
    write(folder)
    assert str((folder / "latest").readlink()) == NAME


def test_what_killed_runs_left_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "tarn"
    (folder / ".tmp-99-2024" / "evidence").mkdir(parents=True)
    (folder / ".tmp-99-2024" / "brief.md").write_text("half")
    (folder / ".tmp-99-latest").symlink_to("gone")
    (folder / "notes.txt").write_text("a user's own file")
    write(folder)
    assert sorted(p.name for p in folder.iterdir()) == [NAME, "latest", "notes.txt"]


@pytest.mark.parametrize(
    "name", ["..", "latest", "2024-05-14", "2024-05-14T1200Z/..", "", "x" * 300]
)
def test_edition_names_are_checked(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeliveryError, match="no name for an edition"):
        write(tmp_path / "tarn", name)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("name", ["..", ".tarn", "Tarn Dam", "tarn.", "-", "x" * 100])
def test_folder_names_are_checked(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeliveryError):
        write(tmp_path / name)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    "name",
    ["../x.md", "/etc/x", "a/b.md", ".hidden.md", "x", "manifest.json", "Manifest.JSON",
     "BRIEF.md", "a\0.md", ""],
)  # fmt: skip
def test_document_names_are_checked(tmp_path: Path, name: str) -> None:
    with pytest.raises(DeliveryError, match="no name for a file"):
        write(tmp_path / "tarn", documents=(*DOCUMENTS, Document(name, "text/plain", b"x")))
    assert contents(tmp_path) == {}


def test_secrets_stay_out_of_the_manifest(tmp_path: Path) -> None:
    configuration = {
        "smtp": {"password": "hunter2", "password_env": "MAIL_PASSWORD", "host": "mail.example"},
        "sources": [{"url": "https://reader:hunter2@news.example/a?b=c@d"}, {"api_key": "hunter2"}],
        "token": None,
    }
    manifest = (
        write(tmp_path / "tarn", configuration=configuration) / "manifest.json"
    ).read_bytes()
    assert b"hunter2" not in manifest
    assert without_secrets(configuration)["sources"][0] == {"url": "https://news.example/a?b=c@d"}
    assert without_secrets(configuration)["smtp"]["host"] == "mail.example"


# where it cannot be written


def test_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(DeliveryError, match="a file is in the way"):
        write(tmp_path / "out" / "tarn")
    with pytest.raises(DeliveryError, match="a file is in the way"):
        write(tmp_path / "out")
    assert contents(tmp_path) == {"out": b"a file"}


@pytest.mark.parametrize("name", ["latest", NAME])
def test_something_else_in_the_place_is_left_alone(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "tarn"
    folder.mkdir()
    (folder / name).write_text("a user's own file")
    with pytest.raises(DeliveryError, match=r": not a (link|folder)$"):
        write(folder)
    assert contents(tmp_path) == {f"tarn/{name}": b"a user's own file"}


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of its own, in the skin of a user who is not root."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        shutil.rmtree(folder)


def test_folder_that_may_not_be_written(unprivileged: Path) -> None:
    write(unprivileged / "tarn")
    before = contents(unprivileged)
    (unprivileged / "tarn").chmod(0o555)
    with pytest.raises(DeliveryError, match="permission denied"):
        write(unprivileged / "tarn", documents=DOCUMENTS[:1])
    (unprivileged / "tarn").chmod(0o755)
    assert contents(unprivileged) == before
    unprivileged.chmod(0o555)
    with pytest.raises(DeliveryError, match="permission denied"):
        write(unprivileged / "other")
    unprivileged.chmod(0o755)
    assert contents(unprivileged) == before


def _write_within(limit: int, folder: Path) -> None:
    """In a process of its own: write with a limit on the size of files; exit 3 when told."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        write(folder, documents=(Document("brief.md", "text/markdown", b"x" * 5000),))
    except DeliveryError:
        os._exit(3)
    os._exit(0)


@pytest.mark.parametrize("limit", [0, 400, 4999])
@pytest.mark.parametrize("has_old", [True, False])
def test_file_that_cannot_be_finished_leaves_all_as_it_was(
    tmp_path: Path, limit: int, has_old: bool
) -> None:
    folder = tmp_path / "out" / "tarn"
    if has_old:
        write(folder)
    before = contents(tmp_path), sorted(tmp_path.rglob("*"))
    run = multiprocessing.get_context("fork").Process(target=_write_within, args=(limit, folder))
    run.start()
    run.join()
    assert run.exitcode == 3
    assert (contents(tmp_path), sorted(tmp_path.rglob("*"))) == before


FULL_DISK = """
import sys
from pathlib import Path
from briefing.edition import write_edition
from briefing.errors import DeliveryError
from briefing.models import Document
content = b"x" * int(sys.argv[2])
try:
    write_edition(Path(sys.argv[1]), sys.argv[3], [Document("brief.md", "text/markdown", content)],
        (), configuration={}, version="1")
except DeliveryError as error:
    print(error)
"""


def test_full_disk_is_one_line_and_the_old_edition_stays(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs unshare, to mount a small disk of its own")
    (tmp_path / "disk").mkdir()
    write_one = f"{sys.executable} -c '{FULL_DISK}' {tmp_path}/disk/tarn"
    script = (
        f"mount -t tmpfs -o size=1m none {tmp_path}/disk || exit 77\n"
        f"{write_one} 1000 {NAME} && {write_one} 9000000 {NAME} && ls -A {tmp_path}/disk/tarn "
        f"&& wc -c < {tmp_path}/disk/tarn/{NAME}/brief.md"
    )
    run = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    if run.returncode in (1, 77) and not run.stdout:
        pytest.skip(f"no disk of its own here: {run.stderr.strip()}")
    assert run.stdout.splitlines() == [
        f"{tmp_path}/disk/tarn: the edition cannot be written: the disk is full",
        NAME,
        "latest",
        "1000",
    ]


@pytest.mark.parametrize("name", ["mkdir", "open", "rename", "symlink_to"])
@pytest.mark.parametrize("has_old", [True, False])
def test_every_call_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, has_old: bool
) -> None:
    """Fail the first, the second, the third call to the disk, until a run meets no failure."""
    folder = tmp_path / "out" / "tarn"
    if has_old:
        write(folder, documents=DOCUMENTS[:1])
    before = contents(tmp_path)
    monkeypatch.setattr(under_test, "_exchange", lambda _first, _second: False)
    for failing in range(1, 20):
        calls = fail_call(monkeypatch, name, failing)
        outcome = outcome_of(folder)
        monkeypatch.setattr(Path, name, calls.real)
        if outcome == "written":
            break
        assert outcome.endswith("input/output error")
        assert contents(tmp_path) == before
        assert list(tmp_path.rglob(".tmp-*")) == []
    assert failing > 1


@dataclass
class Calls:
    """A method of Path, one of whose calls fails."""

    real: Callable[..., Any]
    count: int = 0


def fail_call(monkeypatch: pytest.MonkeyPatch, name: str, failing: int) -> Calls:
    calls = Calls(getattr(Path, name))

    def call(self: Path, *args: Any, **options: Any) -> Any:
        calls.count += 1
        if calls.count == failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(self))
        return calls.real(self, *args, **options)

    monkeypatch.setattr(Path, name, call)
    return calls


def outcome_of(folder: Path) -> str:
    try:
        write(folder)
    except DeliveryError as error:
        return str(error)
    return "written"


def test_link_that_cannot_be_moved_still_names_a_whole_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tarn"
    write(folder)
    fail_call(monkeypatch, "replace", 1)
    with pytest.raises(DeliveryError, match="input/output error"):
        write(folder, "2024-06-01T0600Z")
    assert str((folder / "latest").readlink()) == NAME
    assert list(folder.rglob(".tmp-*")) == []


def test_killed_run_leaves_the_old_edition_and_the_next_run_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tarn"
    write(folder)
    before = contents(folder / NAME)
    killed = os.fork()
    if killed == 0:
        monkeypatch.setattr(under_test, "_put", lambda _new, _old: os.kill(os.getpid(), 9))
        write(folder, documents=DOCUMENTS[:1])
        os._exit(0)
    os.waitpid(killed, 0)
    assert contents(folder / NAME) == before
    assert [p.name for p in folder.iterdir() if p.name.startswith(".tmp-")] != []
    write(folder, documents=DOCUMENTS[:1])
    assert sorted(p.name for p in folder.iterdir()) == [NAME, "latest"]
    assert not (folder / NAME / "brief.json").exists()


def _write_often(folder: Path, mark: str) -> None:
    for _ in range(15):
        documents = [Document(name, "text/plain", mark.encode()) for name in ("a.md", "b.md")]
        write(folder, documents=documents)


def test_readers_never_see_a_part_while_two_runs_write(tmp_path: Path) -> None:
    folder = tmp_path / "tarn"
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=_write_often, args=(folder, mark)) for mark in "xy"]
    for run in runs:
        run.start()
    place = folder / NAME
    seen = 0
    while any(run.is_alive() for run in runs):
        try:
            before = place.stat().st_ino
            names = sorted(path.name for path in place.iterdir())
            is_same = place.stat().st_ino == before
        except FileNotFoundError:
            assert seen == 0  # from its first appearance on it is always there
            continue
        # A listing during which the edition was replaced may be of the one that goes.
        if is_same:
            assert names == ["a.md", "b.md", "evidence", "manifest.json"]
            seen += 1
    assert [run.exitcode for run in runs] == [0, 0]
    assert seen > 0
    assert sorted(path.name for path in folder.iterdir()) == [NAME, "latest"]
