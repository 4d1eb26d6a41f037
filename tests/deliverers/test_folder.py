"""A copy of an edition in another folder: whole or not at all, and once however often made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config.delivery import FolderSpec
from briefing.deliverers.folder import FolderTransport, copy_message
from briefing.deliverers.transport import Outcome
from briefing.errors import DeliveryError
from briefing.models import Brief
from briefing.verify import verify_edition
from tests.build import make_plain_brief
from tests.deliverers.editions import make_claimed, make_edition


def copy(edition: Path, root: Path, to: str = "shared") -> Outcome:
    message = copy_message(edition, FolderSpec(path=to), root=root)
    claimed = make_claimed(message.recipient, message.content)

    def fail() -> None:
        raise AssertionError("a copy is never in doubt")

    return FolderTransport().send(claimed, fail)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def with_title(title: str) -> Brief:
    return replace(make_plain_brief(), title=title)


def test_a_copy_is_the_edition(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    name = edition.parent.name
    place = tmp_path / "shared" / name / edition.name
    assert copy(edition, tmp_path) == Outcome("sent", f"copied to {place}")
    assert files(place) == files(edition)
    assert (place.parent / "latest").readlink() == Path(edition.name)
    assert sorted(path.name for path in place.parent.iterdir()) == [edition.name, "latest"]


def test_a_copy_holds(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    copy(edition, tmp_path)
    place = tmp_path / "shared" / edition.parent.name / edition.name
    assert verify_edition(place) == verify_edition(edition)


def test_twice_is_once(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    copy(edition, tmp_path)
    place = tmp_path / "shared" / edition.parent.name / edition.name
    before = place.stat().st_ino
    assert copy(edition, tmp_path) == Outcome("sent", f"{place} was there already")
    assert place.stat().st_ino == before


def test_a_newer_build_of_an_edition_takes_its_place(tmp_path: Path) -> None:
    copy(make_edition(tmp_path / "out", with_title("First")), tmp_path)
    edition = make_edition(tmp_path / "out", with_title("Second"))
    copy(edition, tmp_path)
    place = tmp_path / "shared" / edition.parent.name / edition.name
    assert files(place) == files(edition)
    assert sorted(path.name for path in place.parent.iterdir()) == [edition.name, "latest"]


def test_latest_stays_with_the_newest(tmp_path: Path) -> None:
    for name in ("2024-05-15T1200Z", "2024-05-14T1200Z"):
        copy(make_edition(tmp_path / "out", edition=name), tmp_path)
    folder = tmp_path / "shared" / make_plain_brief().name
    assert (folder / "latest").readlink() == Path("2024-05-15T1200Z")


def test_an_edition_built_anew_meanwhile_is_not_what_was_queued(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out", with_title("First"))
    message = copy_message(edition, FolderSpec(path="shared"), root=tmp_path)
    make_edition(tmp_path / "out", with_title("Second"))
    claimed = make_claimed(message.recipient, message.content)
    outcome = FolderTransport().send(claimed, lambda: None)
    assert outcome == Outcome("failed", f"{edition}: is another edition by now")
    assert not (tmp_path / "shared").exists()


def test_a_file_in_the_way_is_a_retry_and_leaves_nothing(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    (tmp_path / "shared").write_text("a file", encoding="utf-8")
    outcome = copy(edition, tmp_path)
    assert outcome.kind == "retry"
    assert "cannot be written" in outcome.reply


def test_a_full_disk_is_a_retry_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_edition(tmp_path / "out")
    monkeypatch.setenv("BRIEF_FAULTS_ALLOWED", "1")
    monkeypatch.setenv("BRIEF_FAULT", "copy-written:enospc")
    outcome = copy(edition, tmp_path)
    assert outcome.kind == "retry"
    assert outcome.reply.endswith("cannot be written: no space left on device")
    assert list((tmp_path / "shared" / edition.parent.name).iterdir()) == []
    monkeypatch.delenv("BRIEF_FAULT")
    assert copy(edition, tmp_path).kind == "sent"


def test_a_damaged_edition_is_not_copied(tmp_path: Path) -> None:
    edition = make_edition(tmp_path / "out")
    message = copy_message(edition, FolderSpec(path="shared"), root=tmp_path)
    (edition / "brief.pdf").write_bytes(b"%PDF damaged")
    claimed = make_claimed(message.recipient, message.content)
    outcome = FolderTransport().send(claimed, lambda: None)
    assert outcome.kind == "retry"
    assert "not what manifest.json says" in outcome.reply
    assert list((tmp_path / "shared" / edition.parent.name).iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"\xff",
        b'{"source": "/x", "name": "..", "edition": "../..", "manifest_sha256": ""}',
        b'{"source": "/x", "name": "a/b", "edition": "e", "manifest_sha256": ""}',
        b'{"source": "/x", "name": "..", "edition": "e", "manifest_sha256": ""}',
    ],
)
def test_a_row_that_is_no_copy_leads_nowhere(tmp_path: Path, content: bytes) -> None:
    outcome = FolderTransport().send(make_claimed(str(tmp_path), content), lambda: None)
    assert outcome.kind == "retry"
    assert list(tmp_path.iterdir()) == []


def test_no_edition_no_row(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError):
        copy_message(tmp_path, FolderSpec(path="shared"), root=tmp_path)
